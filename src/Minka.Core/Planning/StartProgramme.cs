using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Planning;

/// <summary>Where a new programme is found.</summary>
public sealed record StartedProgramme(ProgrammeId Id, string Slug);

[UseCase]
public sealed class StartProgramme(Writer writer)
{
    public Task<StartedProgramme> ExecuteAsync(EntityId entity, ProgrammeInput input, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("programme.start", actor, work => StartAsync(work, entity, input, cancel), new ActNote("entity", entity.Value), cancel);

    /// <summary>The same within the act of another use case.</summary>
    public async Task<StartedProgramme> StartAsync(Work work, EntityId entity, ProgrammeInput input, CancellationToken cancel)
    {
        if (!await work.Db.Strategies.AnyAsync(s => s.Id == input.StrategyId && s.EntityId == entity, cancel)) throw new RuleBroken(PlanningRules.StrategyOfAnother);
        var stem = Slugs.From(input.Title);
        var near = await work.Db.Programmes.Where(p => p.Slug.StartsWith(stem)).Select(p => p.Slug).ToListAsync(cancel);
        var programme = Programme.Start(work.NewId<ProgrammeId>(), entity, Slugs.Unique(input.Title, near.Contains), input);
        work.Db.Programmes.Add(programme);
        work.Happened(new ProgrammeStarted(programme.Id, entity, input.StrategyId));
        return new StartedProgramme(programme.Id, programme.Slug);
    }
}
