using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.Core.Territories;

namespace Minka.Core.Planning.Writing;

/// <summary>Copies the territory's indicators from the country pack into the diagnosis, with their source and year.</summary>
[UseCase]
public sealed class FillFigures(Writer writer, Country country)
{
    public Task ExecuteAsync(EntityId entity, StrategyId id, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("strategy.fill-figures", actor, async work =>
        {
            var provinces = await work.Db.CoordinationEntities.Where(e => e.Id == entity).Select(e => e.ProvinceCodes).SingleAsync(cancel);
            var figures = TerritoryFigures.Of(country, provinces, work.Today);
            if (figures.Figures.Count == 0) throw new RuleBroken(WritingRules.NothingToFill);
            await work.SavePartAsync(entity, id, TerritoryFigures.Key, WritingLoads.Canonical(figures), cancel);
        }, new ActNote("strategy", id.Value), cancel);
}
