using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.Core.Territories;

namespace Minka.Core.Planning.Chains;

[UseCase]
public sealed class StartChain(Writer writer)
{
    public Task<ChainId> ExecuteAsync(EntityId entity, ChainInput input, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("chain.start", actor, async work =>
        {
            await work.Db.MustBeOpenAsync(entity, cancel);
            var chain = ValueChain.Start(work.NewId<ChainId>(), entity, input);
            await MustBeFreeAsync(work, chain, cancel);
            work.Db.ValueChains.Add(chain);
            work.Happened(new ChainStarted(chain.Id, entity));
            return chain.Id;
        }, new ActNote("entity", entity.Value), cancel);

    internal static async Task MustBeFreeAsync(Work work, ValueChain chain, CancellationToken cancel)
    {
        var others = await work.Db.ValueChains.Where(c => c.EntityId == chain.EntityId && c.Id != chain.Id).Select(c => c.Name).ToListAsync(cancel);
        if (others.Count >= ChainRules.MostChains) throw new RuleBroken(ChainRules.TooMany, ChainRules.MostChains);
        if (others.Any(o => Country.PlainText(o) == Country.PlainText(chain.Name))) throw new RuleBroken(ChainRules.NameTaken, chain.Name);
    }
}
