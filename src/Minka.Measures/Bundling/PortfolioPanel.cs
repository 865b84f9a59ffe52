using Minka.Measures.Dispersion;

namespace Minka.Measures.Bundling;

/// <summary>A project or a bundle as a portfolio counts it.</summary>
/// <param name="Amount">Soles with céntimos, zero or more.</param>
/// <param name="Function">Its function; <see langword="null"/> if the source tells none.</param>
/// <param name="Places">Its districts, each once; empty if none is told.</param>
public sealed record PortfolioItem(decimal Amount, string? Function, IReadOnlyCollection<string> Places);

/// <summary>
/// Size, concentration and cohesion of a portfolio: the figures of the observatory's panels that depend on what counts as one project, so that the same
/// portfolio can be measured before and after some of its projects are taken as one.
/// </summary>
/// <remarks>
/// Names and formulas are those of the panels (docs/observatory.md). Two items are linked if they have one function or share a district; an item is isolated
/// if it is linked to none. Undefined figures are <see langword="null"/>: without items, without money, and, as in the panels, axes and links where
/// no function is told. O(n log n + m·(d + m)), m the items of several districts, d their districts.
/// </remarks>
public sealed record PortfolioPanel
{
    /// <summary>Names of the figures, size first, then concentration, then cohesion.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "n", "share_lt_100k", "amount_share_lt_100k", "atomisation_count_share_lt_1M", "amount_share_lt_1M", "medium_1M_10M", "amount_medium_1M_10M", "large_gt_10M", "amount_large_gt_10M",
        "median", "size_weighted_mean", "hhi", "gini_population", "eff_axes", "eff_projects_per_axis", "linked_pair_share", "isolated_amount_share",
    ];

    private readonly Dictionary<string, double?> _figures;

    private PortfolioPanel(Dictionary<string, double?> figures, int count, decimal total) => (_figures, Count, Total) = (figures, count, total);

    /// <summary>Items.</summary>
    public int Count { get; }

    /// <summary>Their money, in soles.</summary>
    public decimal Total { get; }

    /// <summary>A figure by its name; shares 0 to 1, money in soles.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <exception cref="KeyNotFoundException">There is no such figure.</exception>
    public double? this[string name] => _figures[name];

    /// <summary>Measures a portfolio.</summary>
    /// <param name="items">In any order.</param>
    /// <exception cref="ArgumentOutOfRangeException">An amount is negative.</exception>
    public static PortfolioPanel Of(IReadOnlyCollection<PortfolioItem> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        var d = AmountDispersion.Of([.. items.Select(i => i.Amount)]);
        var size = SizeProfile.Of([.. items.Select(i => decimal.ToInt64(decimal.Round(i.Amount * 100)))]);
        var axes = items.All(i => i.Function is null) ? null
            : Decompositions.Entropy([.. items.GroupBy(i => i.Function).Select(g => (IReadOnlyCollection<decimal>)[.. g.Select(i => i.Amount)])]);
        var links = items.Count < 2 || items.All(i => i.Function is null) ? ((double Share, decimal Isolated)?)null : Links([.. items]);
        return new PortfolioPanel(
            new(StringComparer.Ordinal)
            {
                ["n"] = items.Count,
                ["share_lt_100k"] = size.Below100kCount,
                ["amount_share_lt_100k"] = size.Below100kAmount,
                ["atomisation_count_share_lt_1M"] = size.Below1MCount,
                ["amount_share_lt_1M"] = size.Below1MAmount,
                ["medium_1M_10M"] = size.MediumCount,
                ["amount_medium_1M_10M"] = size.MediumAmount,
                ["large_gt_10M"] = size.LargeCount,
                ["amount_large_gt_10M"] = size.LargeAmount,
                ["median"] = d.Median,
                ["size_weighted_mean"] = d.SizeWeightedMean,
                ["hhi"] = d.Hhi,
                ["gini_population"] = d.Gini,
                ["eff_axes"] = axes is { } e ? Math.Exp(e.Between) : null,
                ["eff_projects_per_axis"] = axes is { } w ? Math.Exp(w.Within) : null,
                ["linked_pair_share"] = links?.Share,
                ["isolated_amount_share"] = links is { } l && d.Total > 0 ? (double)(l.Isolated / d.Total) : null,
            },
            items.Count, d.Total);
    }

    private static (double Share, decimal Isolated) Links(PortfolioItem[] items)
    {
        var functions = new Counts<string>();
        var districts = new Counts<string>();
        // Of items in one district at most; the few in several are compared one by one.
        var (f, p, both) = (new Counts<string>(), new Counts<string>(), new Counts<(string, string)>());
        foreach (var item in items)
        {
            functions.Add(item.Function);
            foreach (var place in item.Places)
                districts.Add(place);
            if (item.Places.Count > 1)
                continue;
            f.Add(item.Function);
            if (item.Places.Count == 1)
                p.Add(item.Places.First());
            if (item.Places.Count == 1 && item.Function is { } function)
                both.Add((function, item.Places.First()));
        }

        var linked = f.Pairs + p.Pairs - both.Pairs;
        PortfolioItem[] wide = [.. items.Where(i => i.Places.Count > 1)];
        for (var i = 0; i < wide.Length; i++)
        {
            var a = wide[i];
            linked += f[a.Function] + a.Places.Sum(d => p[d] - (a.Function is { } function ? both[(function, d)] : 0));
            for (var j = 0; j < i; j++)
            {
                if ((a.Function is not null && a.Function == wide[j].Function) || a.Places.Any(wide[j].Places.Contains))
                    linked++;
            }
        }

        var pairs = (long)items.Length * (items.Length - 1) / 2;
        var isolated = items.Where(i => (i.Function is null || functions[i.Function] == 1) && i.Places.All(d => districts[d] == 1)).Sum(i => i.Amount);
        return ((double)linked / pairs, isolated);
    }

    private sealed class Counts<T>
        where T : notnull
    {
        private readonly Dictionary<T, long> _counts = [];

        public long Pairs => _counts.Values.Sum(n => n * (n - 1) / 2);

        public long this[T? key] => key is null ? 0 : _counts.GetValueOrDefault(key);

        public void Add(T? key)
        {
            if (key is not null)
                _counts[key] = _counts.GetValueOrDefault(key) + 1;
        }
    }
}
