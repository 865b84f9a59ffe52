using System.Globalization;

namespace Minka.Selection.Optimal;

/// <summary>Makes invented calls of any size for benchmarks and for the rule laboratory: one seed, one call, on every machine.</summary>
/// <remarks>Nothing in it is real. Requests grow with the size of the plan, points vary around a mean, partial levels lose less than they save.</remarks>
public static class SyntheticCall
{
    /// <summary>Makes a call.</summary>
    /// <param name="seed">Any number.</param>
    /// <param name="proposals">How many proposals.</param>
    /// <param name="envelopes">How many regions, each with a floor and a ceiling.</param>
    /// <param name="levels">Funding levels a proposal: full, then steps of a tenth less.</param>
    /// <param name="synergies">How many pairs of the same region are worth more together.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not positive.</exception>
    public static AwardModel Make(ulong seed, int proposals, int envelopes, int levels, int synergies)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(proposals, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(envelopes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(levels, 1);
        var state = unchecked((seed * 6_364_136_223_846_793_005UL) + 1_442_695_040_888_963_407UL);
        long Next(long below)
        {
            state = unchecked((state * 6_364_136_223_846_793_005UL) + 1_442_695_040_888_963_407UL);
            return (long)((state >> 33) % (ulong)below);
        }

        string Name(char kind, long number) => string.Create(CultureInfo.InvariantCulture, $"{kind}{number:D4}");

        var list = new List<AwardProposal>();
        var requested = new long[envelopes];
        for (var k = 0; k < proposals; k++)
        {
            // Between 150,000 and about 6 million, small ones more often; in whole hundreds, as minor units.
            var request = (1_500 + (Next(250) * Next(240))) * 100_00L;
            var points = 4_500 + Next(2_750) + Next(2_750);
            var region = k < 4 * envelopes ? k % envelopes : (int)Math.Min(Next(envelopes), Next(envelopes));
            requested[region] += request;
            list.Add(new AwardProposal
            {
                Id = Name('P', k + 1),
                Applicant = Name('A', Next(proposals * 3 / 5 + 1)),
                PlanWriter = Name('W', Next((proposals / 8) + 8)),
                Groups = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["region"] = Name('R', region),
                    ["axis"] = Name('X', Next(5)),
                    ["need"] = Name('N', Next(3)),
                },
                DrawNumber = k + 1,
                Levels = [.. Enumerable.Range(0, levels).Select(l => new FundingLevel
                {
                    Id = l == 0 ? "full" : string.Create(CultureInfo.InvariantCulture, $"{100 - (10 * l)}"),
                    Amount = request / 10 * Math.Max(10 - l, 1),
                    // The first tenth that is cut costs 4 % of the points, the next 6 %, then 8 %.
                    Value = points * (100 - (l * (3 + l))) / 100,
                    Equity = Next(10),
                })],
            });
        }

        var budget = requested.Sum() * 35 / 100;
        var pairs = new List<Interaction>();
        for (var k = 0; k < synergies && proposals > 1; k++)
        {
            var a = (int)Next(proposals);
            var b = Enumerable.Range(1, proposals - 1).Select(d => (a + d) % proposals).FirstOrDefault(p => list[p].Groups["region"] == list[a].Groups["region"], (a + 1) % proposals);
            pairs.Add(new Interaction(Name('S', k + 1), [list[a].Id, list[b].Id], 200 + Next(800)));
        }

        var dependent = Enumerable.Range(0, proposals / 25).Select(k => (From: k * 25, To: (k * 25) + 7)).Where(d => d.To < proposals);
        return new AwardModel
        {
            Name = string.Create(CultureInfo.InvariantCulture, $"synthetic-{seed}-{proposals}-{envelopes}-{levels}-{synergies}"),
            Budget = budget,
            ValueDecimals = 2,
            Proposals = list,
            Envelopes = [
                .. Enumerable.Range(0, envelopes).Select(r => new Envelope("region", Name('R', r), requested[r] * 8 / 100, requested[r] * (45 + Next(15)) / 100)),
                .. Enumerable.Range(0, 5).Select(x => new Envelope("axis", Name('X', x), 0, budget * 30 / 100)),
                .. Enumerable.Range(0, 3).Select(x => new Envelope("need", Name('N', x), budget * 15 / 100, null))],
            Caps = [new AwardCap(CapBy.Applicant, 2, null), new AwardCap(CapBy.PlanWriter, 6, budget / 4)],
            Prerequisites = [.. dependent.Select(d => new Prerequisite(list[d.From].Id, list[d.To].Id))],
            Exclusions = [.. dependent.Where(d => d.To + 4 < proposals).Select((d, k) => new Exclusion(Name('E', k), [list[d.From + 3].Id, list[d.To + 4].Id]))],
            Synergies = pairs,
        };
    }
}
