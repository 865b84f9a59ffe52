using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Planning.Writing;
using Minka.Core.Register;

namespace Minka.Core.Planning;

/// <summary>Starts the entity's next strategy. Where one is in force, its axes and what is written are copied: a revision begins from what there is.</summary>
[UseCase]
public sealed class StartStrategy(Writer writer)
{
    public Task<StrategyId> ExecuteAsync(EntityId entity, StrategyInput input, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("strategy.start", actor, async work =>
        {
            var earlier = await work.Db.Strategies.Where(s => s.EntityId == entity).ToListAsync(cancel);
            if (earlier.Any(s => s.State is StrategyState.Draft or StrategyState.Proposed)) throw new RuleBroken(PlanningRules.StrategyDraftExists);
            var strategy = Strategy.Start(work.NewId<StrategyId>(), entity, earlier.Count + 1, input);
            work.Db.Strategies.Add(strategy);
            if (earlier.SingleOrDefault(s => s.State == StrategyState.InForce) is { } inForce)
            {
                foreach (var axis in await work.Db.Axes.Where(a => a.StrategyId == inForce.Id).ToListAsync(cancel))
                    work.Db.Axes.Add(Axis.Add(work.NewId<AxisId>(), strategy.Id, axis.ToInput()));
                foreach (var part in (await work.Db.PartsAsync(inForce.Id, cancel)).All)
                {
                    var copy = new StrategyPart { StrategyId = strategy.Id, Key = part.Key };
                    copy.Save(part.Content, work.Now);
                    work.Db.StrategyParts.Add(copy);
                }
            }
            work.Happened(new StrategyStarted(strategy.Id, entity, strategy.Number));
            return strategy.Id;
        }, new ActNote("entity", entity.Value), cancel);
}
