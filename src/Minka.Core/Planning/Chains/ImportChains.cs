using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Planning.Economy;
using Minka.Core.Planning.Writing;
using Minka.Core.Register;
using Minka.Core.Territories;

namespace Minka.Core.Planning.Chains;

/// <summary>What an import did: all chains, or none and every problem.</summary>
public sealed record ChainsOutcome(int Added, IReadOnlyList<SheetProblem> Problems);

/// <summary>Adds the chains of a table. One problem anywhere and nothing is added.</summary>
[UseCase]
public sealed class ImportChains(AppDb db, Writer writer)
{
    public async Task<ChainsOutcome> ExecuteAsync(EntityId entity, byte[] file, Actor actor, CancellationToken cancel = default)
    {
        var problems = new List<SheetProblem>();
        var read = ChainTable.Read(file, problems);
        if (problems.Count == 0)
        {
            var there = (await db.ValueChains.Where(c => c.EntityId == entity).Select(c => c.Name).ToListAsync(cancel)).Select(Country.PlainText).ToHashSet(StringComparer.Ordinal);
            foreach (var chain in read)
            {
                if (there.Contains(Country.PlainText(chain.Name))) problems.Add(new(chain.Cell, "chain-exists", chain.Name));
                else Try(chain, problems);
            }
        }
        if (problems.Count > 0) return new(0, problems);
        return await writer.ActAsync("chain.import", actor, async work =>
        {
            await work.Db.MustBeOpenAsync(entity, cancel);
            foreach (var chain in read)
            {
                var made = Make(work.NewId<ChainId>(), entity, chain);
                await StartChain.MustBeFreeAsync(work, made, cancel);
                work.Db.ValueChains.Add(made);
                work.Happened(new ChainStarted(made.Id, entity));
            }
            return new ChainsOutcome(read.Count, []);
        }, new ActNote("entity", entity.Value), cancel);
    }

    static void Try(ReadChain read, List<SheetProblem> problems)
    {
        var standards = read.Standards.Select(s => s.Key).ToHashSet(StringComparer.Ordinal);
        var actors = read.Actors.Select(a => a.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var code in read.Actors.SelectMany(a => a.Actor.Meets).Concat(read.Demands.SelectMany(d => d.Requires)).Concat(read.Effects.SelectMany(e => e.Effect.Brings)).Where(c => !standards.Contains(c)).Distinct())
            problems.Add(new(read.Cell, "standard-unknown", read.Name, code));
        foreach (var (effect, cell) in read.Effects.Where(e => !actors.Contains(e.Effect.Actor))) problems.Add(new(cell, "actor-unknown", effect.Actor, string.Join(", ", actors)));
        var bottlenecks = read.Bottlenecks.Select(b => b.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var code in read.Effects.SelectMany(e => e.Effect.Relieves).Where(c => !bottlenecks.Contains(c)).Distinct()) problems.Add(new(read.Cell, "bottleneck-unknown", read.Name, code));
        if (problems.Count > 0) return;
        try
        {
            Make(default, default, read);
        }
        catch (RuleBroken broken)
        {
            problems.Add(new(read.Cell, "rule", read.Name, broken));
        }
    }

    // Codes are given anew, in the order of the table; what names a row by the table's code names the new one.
    static ValueChain Make(ChainId id, EntityId entity, ReadChain read)
    {
        var chain = ValueChain.Start(id, entity, read.Input!);
        var standards = Fill(ChainLists.Standards, read.Standards.Select(s => (s.Key, (PartItem)s.Standard)));
        var actors = Fill(ChainLists.Actors, read.Actors.Select(a => (a.Key, (PartItem)(a.Actor with { Meets = Renamed(a.Actor.Meets, standards) }))));
        Fill(ChainLists.Demands, read.Demands.Select(d => ("", (PartItem)(d with { Requires = Renamed(d.Requires, standards) }))));
        var bottlenecks = Fill(ChainLists.Bottlenecks, read.Bottlenecks.Select(b => (b.Key, (PartItem)b.Bottleneck)));
        Fill(ChainLists.Effects, read.Effects.Select(e => ("", (PartItem)(e.Effect with { Actor = actors[e.Effect.Actor], Brings = Renamed(e.Effect.Brings, standards), Relieves = Renamed(e.Effect.Relieves, bottlenecks) }))));
        return chain;

        Dictionary<string, string> Fill(ItemList list, IEnumerable<(string Key, PartItem Item)> items)
        {
            var codes = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var (key, item) in items)
            {
                var (all, code) = list.With(chain.Of(list), null, item, null);
                chain.Set(list, all);
                codes[key] = code;
            }
            return codes;
        }

        static IReadOnlyList<string> Renamed(IReadOnlyList<string> codes, Dictionary<string, string> names) => [.. codes.Select(c => names[c])];
    }
}
