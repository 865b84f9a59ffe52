namespace Minka.Core.Territories;

public enum ClassMethod
{
    /// <summary>Classes of about the same number of territories.</summary>
    Quantile,

    /// <summary>Classes whose values lie closest together (Fisher 1958, Jenks 1977): least sum of squared deviations.</summary>
    NaturalBreaks,
}

/// <summary>One class of a map: the least and greatest value in it and how many territories it has.</summary>
public sealed record ChoroplethClass(decimal From, decimal To, int Count)
{
    public string Label(Func<decimal, string> show) => From == To ? show(From) : $"{show(From)} – {show(To)}";
}

/// <summary>How the values of a map are put into classes, from the least to the greatest.</summary>
/// <param name="Missing">Territories without a value: "sin dato".</param>
public sealed record Choropleth(ClassMethod Method, IReadOnlyList<ChoroplethClass> Classes, int Missing)
{
    /// <summary>
    /// At most <paramref name="wanted"/> classes, none of them empty; equal values are never parted, so fewer
    /// different values than classes give fewer classes.
    /// </summary>
    public static Choropleth Make(IEnumerable<decimal?> values, ClassMethod method = ClassMethod.Quantile, int wanted = 5)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(wanted, 1);
        var all = values.ToArray();
        var distinct = all.OfType<decimal>().GroupBy(v => v).OrderBy(g => g.Key).Select(g => (Value: g.Key, Count: g.Count())).ToArray();
        var count = Math.Min(wanted, distinct.Length);
        var ends = count == 0 ? [] : method == ClassMethod.Quantile ? QuantileEnds(distinct, count) : NaturalEnds(distinct, count);
        var classes = new List<ChoroplethClass>();
        var start = 0;
        foreach (var end in ends)
        {
            classes.Add(new(distinct[start].Value, distinct[end - 1].Value, distinct[start..end].Sum(d => d.Count)));
            start = end;
        }
        return new(method, classes, all.Count(v => v is null));
    }

    /// <summary>Index of the class of a value; null for a missing one.</summary>
    public int? ClassOf(decimal? value)
    {
        if (value is not { } v || Classes.Count == 0) return null;
        for (var i = 0; i < Classes.Count - 1; i++)
            if (v <= Classes[i].To) return i;
        return Classes.Count - 1;
    }

    static int[] QuantileEnds((decimal Value, int Count)[] distinct, int classes)
    {
        var total = distinct.Sum(d => d.Count);
        var ends = new int[classes];
        int end = 0, reached = 0;
        for (var i = 0; i < classes - 1; i++)
        {
            var target = (double)total * (i + 1) / classes;
            var last = distinct.Length - (classes - 1 - i);
            reached += distinct[end++].Count;
            while (end < last && Math.Abs(reached + distinct[end].Count - target) < Math.Abs(reached - target))
                reached += distinct[end++].Count;
            ends[i] = end;
        }
        ends[^1] = distinct.Length;
        return ends;
    }

    static int[] NaturalEnds((decimal Value, int Count)[] distinct, int classes)
    {
        var n = distinct.Length;
        double[] weight = new double[n + 1], sum = new double[n + 1], squares = new double[n + 1];
        // Values are taken from their middle, so that squares of near-equal great numbers keep their digits.
        var middle = (double)distinct[n / 2].Value;
        for (var i = 0; i < n; i++)
        {
            var v = (double)distinct[i].Value - middle;
            weight[i + 1] = weight[i] + distinct[i].Count;
            sum[i + 1] = sum[i] + (v * distinct[i].Count);
            squares[i + 1] = squares[i] + (v * v * distinct[i].Count);
        }
        var best = new double[n + 1];
        for (var to = 1; to <= n; to++) best[to] = Deviation(0, to);
        var cuts = new int[classes, n + 1];
        for (var k = 1; k < classes; k++)
        {
            var next = new double[n + 1];
            for (var to = k + 1; to <= n; to++)
            {
                next[to] = double.PositiveInfinity;
                for (var from = k; from < to; from++)
                {
                    var cost = best[from] + Deviation(from, to);
                    if (cost < next[to]) (next[to], cuts[k, to]) = (cost, from);
                }
            }
            best = next;
        }
        var ends = new int[classes];
        for (int k = classes - 1, to = n; k >= 0; to = cuts[k, to], k--) ends[k] = to;
        return ends;

        double Deviation(int from, int to)
        {
            var w = weight[to] - weight[from];
            var s = sum[to] - sum[from];
            return squares[to] - squares[from] - (s * s / w);
        }
    }
}
