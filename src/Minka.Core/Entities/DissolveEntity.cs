using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Entities;

/// <summary>How an entity ended: why, and by which resolution of its assembly.</summary>
public sealed class EntityDissolution : IAppendOnly
{
    public required EntityId EntityId { get; init; }

    public required string Why { get; init; }

    /// <summary>Null where it never met, so that nobody could resolve anything.</summary>
    public ResolutionId? ResolutionId { get; init; }

    public required DateTime At { get; init; }
}

/// <summary>Ends an entity; what it did remains. One that has met ends by a resolution of its own, in force and with its minutes signed.</summary>
[UseCase]
public sealed class DissolveEntity(Writer writer)
{
    public Task ExecuteAsync(EntityId id, string why, ResolutionId? resolutionId, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("entity.dissolve", actor, async work =>
        {
            if (string.IsNullOrWhiteSpace(why)) throw new RuleBroken(EntitiesRules.WhyMissing);
            var entity = await work.EntityAsync(id, cancel);
            if (await work.Db.Assemblies.Where(a => a.EntityId == id && (a.State == AssemblyState.Convened || a.State == AssemblyState.InSession)).Select(a => a.Title).FirstOrDefaultAsync(cancel) is { } open)
                throw new RuleBroken(EntitiesRules.AssemblyStillOpen, open);
            if (resolutionId is { } given) await MustDecideAsync(work, id, given, cancel);
            else if (await work.Db.Resolutions.AnyAsync(r => r.EntityId == id, cancel)) throw new RuleBroken(EntitiesRules.DissolutionNeedsResolution, entity.Name);
            entity.Dissolve();
            work.Db.EntityDissolutions.Add(new EntityDissolution { EntityId = id, Why = why.Trim(), ResolutionId = resolutionId, At = work.Now });
            work.Happened(new EntityDissolved(id));
        }, new ActNote("entity", id.Value, why), cancel);

    static async Task MustDecideAsync(Work work, EntityId id, ResolutionId resolutionId, CancellationToken cancel)
    {
        var resolution = await work.Db.Resolutions.SingleOrDefaultAsync(r => r.Id == resolutionId && r.EntityId == id, cancel) ?? throw new NotFound("resolution", resolutionId.Value);
        if (resolution.State != ResolutionState.InForce) throw new RuleBroken(EntitiesRules.ResolutionEnded, resolution.Code);
        if ((await work.AssemblyAsync(resolution.AssemblyId, cancel)).SignedAt is null) throw new RuleBroken(EntitiesRules.MinutesNotSigned, resolution.Code);
    }
}
