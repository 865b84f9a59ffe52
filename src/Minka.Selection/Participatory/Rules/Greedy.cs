using Minka.Selection.Exact;

namespace Minka.Selection.Participatory;

/// <summary>The greedy rules. Whole numbers throughout.</summary>
internal static class Greedy
{
    public static (List<int> Order, List<PbRound> Rounds, double Gap) Run(Election election, Field field, PbSettings settings, int[] ranks, IReadOnlyCollection<int> taken)
    {
        var density = settings.Rule == PbRule.GreedyDensity || (settings.Rule == PbRule.GreedyVotes && field.Strength is not null);
        var scores = field.Scores(settings.BordaOffset);
        var order = new int[field.Projects];
        for (var p = 0; p < order.Length; p++)
            order[p] = p;
        int Compare(int a, int b) => density ? Density(scores, field.Cost, b, a) : scores[b].CompareTo(scores[a]);
        Array.Sort(order, (a, b) => Compare(a, b) is var by && by != 0 ? by : ranks[a].CompareTo(ranks[b]));

        var threshold = settings.Rule == PbRule.GreedyThreshold ? Threshold(election, settings) : Fraction.Zero;
        var scale = Amount.Power(election.Ballots.PointDecimals);
        var excluded = new HashSet<int>();
        var exclusions = settings.Rule == PbRule.GreedyExclusive ? settings.Exclusions.Select(e => (election.IndexOf(e.Item1), election.IndexOf(e.Item2))).ToList() : [];
        var left = field.Budget;
        var funded = new List<int>();
        var isTaken = new bool[field.Projects];
        foreach (var p in taken)
        {
            isTaken[p] = true;
            left -= field.Cost[p];
        }

        var rounds = new List<PbRound>();
        var gap = 1.0;
        for (var i = 0; i < order.Length; i++)
        {
            var p = order[i];
            if (isTaken[p] || excluded.Contains(p) || (settings.Rule == PbRule.GreedyThreshold && new Fraction(scores[p], scale) < threshold))
                continue;
            if (field.Cost[p] > left)
            {
                if (settings.Rule == PbRule.GreedyNoSkip)
                    break;
                continue;
            }

            var next = i + 1;
            while (next < order.Length && Compare(p, order[next]) == 0)
                next++;
            var distance = next < order.Length ? Distance(scores, field.Cost, density, p, order[next]) : 1;
            gap = Math.Min(gap, distance);
            if (settings.Explain)
            {
                var tied = order.Where(q => !isTaken[q] && Compare(p, q) == 0).ToArray();
                var score = new Fraction(scores[p], scale);
                var price = density ? (field.Cost[p] == 0 ? Fraction.Zero : score / field.Money(field.Cost[p])) : score;
                rounds.Add(new PbRound(p, price, tied, [], distance, settings.Completion == Completion.Add1U));
            }

            left -= field.Cost[p];
            isTaken[p] = true;
            funded.Add(p);
            foreach (var (a, b) in exclusions)
            {
                if (a == p)
                    excluded.Add(b);
                if (b == p)
                    excluded.Add(a);
            }
        }

        return (funded, rounds, gap);
    }

    /// <summary>Order by score per cost. Supported projects without cost come first, unsupported ones last.</summary>
    private static int Density(long[] scores, long[] cost, int a, int b)
    {
        var (sa, sb) = (Math.Max(scores[a], 0), Math.Max(scores[b], 0));
        if (sa == 0 || sb == 0)
            return sa.CompareTo(sb);
        return ((Int128)sa * cost[b]).CompareTo((Int128)sb * cost[a]);
    }

    private static double Distance(long[] scores, long[] cost, bool density, int p, int q)
    {
        double a = scores[p], b = scores[q];
        if (density)
        {
            if (cost[p] == 0 || cost[q] == 0)
                return 1;
            a /= cost[p];
            b /= cost[q];
        }

        return a > 0 ? Math.Min(1, (a - b) / a) : 1;
    }

    public static Fraction Threshold(Election election, PbSettings settings)
    {
        if (settings.Threshold is { } given)
            return given;
        return election.Meta.TryGetValue("min_project_score_threshold", out var text) && Amount.TryParse(System.Text.Encoding.UTF8.GetBytes(text), out var amount) ? amount.Value : Fraction.Zero;
    }
}
