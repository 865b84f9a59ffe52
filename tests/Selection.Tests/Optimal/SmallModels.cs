using Minka.Selection.Optimal;

namespace Minka.Selection.Tests.Optimal;

/// <summary>Small random models with every kind of rule, and their answer by trying everything.</summary>
internal static class SmallModels
{
    public static AwardModel Make(int seed)
    {
        var state = unchecked(((ulong)seed * 6_364_136_223_846_793_005UL) + 1_442_695_040_888_963_407UL);
        int Next(int below)
        {
            state = unchecked((state * 6_364_136_223_846_793_005UL) + 1_442_695_040_888_963_407UL);
            return (int)((state >> 33) % (ulong)below);
        }

        var n = 1 + Next(6);
        // Small numbers make ties and exact fits frequent; large ones test the scaling.
        long unit = Next(3) switch { 0 => 1, 1 => 100, _ => 1_234_567 };
        var proposals = Enumerable.Range(0, n).Select(p => new AwardProposal
        {
            Id = "p" + p,
            Applicant = Next(4) == 0 ? null : "a" + Next(3),
            PlanWriter = Next(3) == 0 ? null : "w" + Next(2),
            Groups = Next(5) == 0 ? new Dictionary<string, string>(StringComparer.Ordinal) : new(StringComparer.Ordinal) { ["region"] = "r" + Next(2), ["axis"] = "x" + Next(2) },
            DrawNumber = (p * 7 % 11) + 1,
            Levels = [.. Enumerable.Range(0, 1 + Next(n > 4 ? 2 : 3)).Select(l => new FundingLevel
            {
                Id = "l" + l,
                Amount = (Next(12) + (Next(6) == 0 ? 0 : 1)) * unit,
                Value = Next(10) - (Next(8) == 0 ? 5 : 0) + (Next(2) * Next(200)),
                Equity = Next(4),
            })],
        }).ToArray();
        string[] Some(int least) => [.. Enumerable.Range(0, n).OrderBy(_ => Next(1000)).Take(Math.Min(n, least + Next(2))).Select(p => "p" + p)];
        AwardObjective[] objectives = Next(5) switch
        {
            0 => [AwardObjective.Merit, AwardObjective.Equity, AwardObjective.LeastCost],
            1 => [AwardObjective.Merit, AwardObjective.FewestProjects, AwardObjective.Draw],
            2 => [AwardObjective.Equity, AwardObjective.Merit],
            3 => [AwardObjective.Merit, AwardObjective.Draw],
            _ => [AwardObjective.Merit],
        };
        var envelopes = new List<Envelope>();
        foreach (var (dimension, group) in new[] { ("region", "r0"), ("region", "r1"), ("axis", "x0"), ("axis", "x1") })
        {
            if (Next(2) == 0)
                continue;
            var floor = Next(3) == 0 ? Next(6) * unit : 0;
            envelopes.Add(new Envelope(dimension, group, floor, Next(4) == 0 ? null : floor + (Next(16) * unit)));
        }

        return new AwardModel
        {
            Name = "small " + seed,
            Budget = Next(8) == 0 ? 0 : Next(10 * n) * unit,
            Objectives = objectives,
            Proposals = proposals,
            Envelopes = envelopes,
            Caps = [.. Enumerable.Range(0, Next(3)).Select(_ => new AwardCap(Next(2) == 0 ? CapBy.Applicant : CapBy.PlanWriter, Next(2) == 0 ? 1 + Next(2) : null, (5 + Next(15)) * unit, Next(3) == 0 ? "a0" : null))],
            Programmes = n > 1 && Next(3) == 0 ? [new AllOrNothing("g", Some(2))] : [],
            Prerequisites = n > 1 ? [.. Enumerable.Range(0, Next(3)).Select(_ => Next(n - 1)).Select(a => new Prerequisite("p" + a, "p" + (a + 1 + Next(n - a - 1))))] : [],
            Exclusions = [.. Enumerable.Range(0, Next(3)).Select(k => new Exclusion("e" + k, Some(2), 1 + Next(2)))],
            Synergies = n > 1 ? [.. Enumerable.Range(0, Next(3)).Select(k => new Interaction("s" + k, Some(2), Next(30)))] : [],
            Penalties = n > 1 ? [.. Enumerable.Range(0, Next(2)).Select(k => new Interaction("t" + k, Some(2), Next(30)))] : [],
        };
    }

    /// <summary>The canonical optimum as levels (−1: not funded) by trying everything; null if nothing is feasible.</summary>
    public static (int[] Levels, long[] Values)? Best(AwardModel model, Func<int[], bool>? also = null)
    {
        var n = model.Proposals.Count;
        var index = model.Proposals.Select((p, k) => (p.Id, k)).ToDictionary(p => p.Id, p => p.k, StringComparer.Ordinal);
        var order = model.Objectives.Contains(AwardObjective.Draw) ? Enumerable.Range(0, n).OrderBy(p => model.Proposals[p].DrawNumber).ToArray() : [.. Enumerable.Range(0, n)];
        (int[] Levels, long[] Values)? best = null;
        var levels = Enumerable.Repeat(-1, n).ToArray();
        while (true)
        {
            if (Feasible(model, levels, index) && (also is null || also(levels)))
            {
                var values = model.Objectives.Where(o => o != AwardObjective.Draw).Select(o => Value(model, levels, index, o)).ToArray();
                if (best is not { } b || Before(values, levels, b.Values, b.Levels, order))
                    best = ((int[])levels.Clone(), values);
            }

            var at = 0;
            while (at < n && ++levels[at] == model.Proposals[at].Levels.Count)
                levels[at++] = -1;
            if (at == n)
                return best;
        }
    }

    private static bool Before(long[] values, int[] levels, long[] otherValues, int[] otherLevels, int[] order)
    {
        for (var k = 0; k < values.Length; k++)
        {
            if (values[k] != otherValues[k])
                return values[k] > otherValues[k];
        }

        foreach (var p in order)
        {
            if (levels[p] != otherLevels[p])
                return (levels[p] < 0 ? int.MaxValue : levels[p]) < (otherLevels[p] < 0 ? int.MaxValue : otherLevels[p]);
        }

        return false;
    }

    private static long Value(AwardModel model, int[] levels, Dictionary<string, int> index, AwardObjective objective)
    {
        long sum = 0;
        for (var p = 0; p < levels.Length; p++)
        {
            if (levels[p] < 0)
                continue;
            var level = model.Proposals[p].Levels[levels[p]];
            sum += objective switch { AwardObjective.Merit => level.Value, AwardObjective.Equity => level.Equity, AwardObjective.FewestProjects => -1, _ => -level.Amount };
        }

        if (objective == AwardObjective.Merit)
        {
            sum += model.Synergies.Where(s => s.Members.All(m => levels[index[m]] >= 0)).Sum(s => s.Value);
            sum -= model.Penalties.Where(s => s.Members.All(m => levels[index[m]] >= 0)).Sum(s => s.Value);
        }

        return sum;
    }

    private static bool Feasible(AwardModel model, int[] levels, Dictionary<string, int> index)
    {
        long Amount(int p) => levels[p] < 0 ? 0 : model.Proposals[p].Levels[levels[p]].Amount;
        var all = Enumerable.Range(0, levels.Length).ToArray();
        if (all.Sum(Amount) > model.Budget)
            return false;
        foreach (var e in model.Envelopes)
        {
            var sum = all.Where(p => model.Proposals[p].Groups.GetValueOrDefault(e.Dimension) == e.Group).Sum(Amount);
            if (sum < e.Floor || sum > e.Ceiling)
                return false;
        }

        foreach (var cap in model.Caps)
        {
            foreach (var holder in all.GroupBy(p => cap.By == CapBy.Applicant ? model.Proposals[p].Applicant : model.Proposals[p].PlanWriter))
            {
                if (holder.Key is null || (cap.Only is not null && cap.Only != holder.Key))
                    continue;
                if (holder.Count(p => levels[p] >= 0) > cap.MaxCount || holder.Sum(Amount) > cap.MaxAmount)
                    return false;
            }
        }

        bool On(string id) => levels[index[id]] >= 0;
        return model.Programmes.All(g => g.Members.All(On) || !g.Members.Any(On))
            && model.Prerequisites.All(q => !On(q.Proposal) || On(q.Requires))
            && model.Exclusions.All(e => e.Members.Count(On) <= e.AtMost);
    }
}
