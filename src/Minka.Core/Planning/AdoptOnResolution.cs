using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Register;

namespace Minka.Core.Planning;

/// <summary>The kinds under which an assembly votes what Planning holds.</summary>
public static class PlanningSubjects
{
    public const string Strategy = "strategy";
    public const string ProgrammeVersion = "programme-version";
}

/// <summary>
/// Marks what an assembly adopted. A resolution binds the exact content that was voted: where the content changed since, the
/// resolution stands but adopts nothing here.
/// </summary>
sealed class AdoptOnResolution : IEventHandler<ResolutionAdopted>
{
    public async Task HandleAsync(ResolutionAdopted happened, Work work)
    {
        if (happened is not { SubjectId: { } subject, SubjectDigest: { } digest }) return;
        if (happened.SubjectKind == PlanningSubjects.Strategy)
        {
            var id = new StrategyId(subject);
            if (await work.Db.Strategies.SingleOrDefaultAsync(s => s.Id == id && s.EntityId == happened.EntityId) is not { } strategy) return;
            var content = await work.Db.StrategyContentAsync(strategy);
            if (content.Digest() != digest || !Strategy.Table.May(strategy.State, "adopt")) return;
            foreach (var earlier in await work.Db.Strategies.Where(s => s.EntityId == happened.EntityId && s.State == StrategyState.InForce).ToListAsync())
                earlier.Supersede();
            strategy.Adopt(content, happened.ResolutionId, work.Now);
            work.Happened(new StrategyAdopted(id, happened.EntityId, digest, happened.ResolutionId));
        }
        else if (happened.SubjectKind == PlanningSubjects.ProgrammeVersion)
        {
            var id = new ProgrammeVersionId(subject);
            if (await work.Db.ProgrammeVersions.SingleOrDefaultAsync(v => v.Id == id && v.EntityId == happened.EntityId) is not { } version) return;
            if (version.Digest != digest || version.IsAdopted) return;
            version.Adopt(happened.ResolutionId, work.Now);
            (await work.Db.ProgrammeAsync(version.ProgrammeId)).Adopt(id, work.Now);
            work.Happened(new ProgrammeVersionAdopted(id, version.ProgrammeId, digest, happened.ResolutionId));
        }
    }
}
