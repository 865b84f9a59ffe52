using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.Core.Territories;

namespace Minka.Core.Entities;

/// <summary>A functional territory in which an entity works, beside its provinces.</summary>
public sealed class EntityTerritory
{
    public required EntityId EntityId { get; init; }

    public required FunctionalTerritoryId TerritoryId { get; init; }
}

/// <summary>Says in which functional territories an entity works. Its provinces stay: they are where the law knows it.</summary>
[UseCase]
public sealed class SetEntityTerritories(Writer writer)
{
    public const int Most = 5;

    public Task ExecuteAsync(EntityId id, IReadOnlyCollection<FunctionalTerritoryId> territories, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("entity.set-territories", actor, async work =>
        {
            var entity = await work.EntityAsync(id, cancel);
            entity.MustBeActive();
            if (territories.Count > Most) throw new RuleBroken(EntitiesRules.TooManyTerritories, Most);
            foreach (var territoryId in territories)
            {
                var territory = await work.Db.FunctionalTerritories.SingleOrDefaultAsync(f => f.Id == territoryId, cancel) ?? throw new NotFound("functional-territory", territoryId.Value);
                if (!territory.Provinces.Any(entity.ProvinceCodes.Contains)) throw new RuleBroken(EntitiesRules.TerritoryElsewhere, territory.Name);
            }
            var there = await work.Db.EntityTerritories.Where(t => t.EntityId == id).ToListAsync(cancel);
            work.Db.EntityTerritories.RemoveRange(there.Where(t => !territories.Contains(t.TerritoryId)));
            work.Db.EntityTerritories.AddRange(territories.Distinct().Where(t => there.All(r => r.TerritoryId != t)).Select(t => new EntityTerritory { EntityId = id, TerritoryId = t }));
            work.Happened(new EntityTerritoriesSet(id, [.. territories.Distinct()]));
        }, new ActNote("entity", id.Value), cancel);
}
