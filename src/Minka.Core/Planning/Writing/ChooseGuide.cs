using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Planning.Writing;

/// <summary>Chooses by which guide a strategy is written. Answers stay: the same question keeps its id in every guide.</summary>
[UseCase]
public sealed class ChooseGuide(Writer writer)
{
    public Task ExecuteAsync(EntityId entity, StrategyId id, string guide, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("strategy.choose-guide", actor, async work =>
        {
            if (!StrategyGuides.Has(guide)) throw new RuleBroken(WritingRules.GuideUnknown);
            await work.SavePartAsync(entity, id, WritingLoads.GuideKey, WritingLoads.Canonical(guide), cancel);
        }, new ActNote("strategy", id.Value), cancel);
}
