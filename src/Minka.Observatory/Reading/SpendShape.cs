using Minka.Measures.Dispersion;

namespace Minka.Observatory.Reading;

/// <summary>A project of a group, with its size in soles.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Name">Its name in the files; <see langword="null"/> if none tells it.</param>
/// <param name="Amount">Its size: the amount that the panel is about.</param>
/// <param name="Function">Its function, that of the larger part.</param>
/// <param name="Place">The district of the larger part; <see langword="null"/> where the files tell none.</param>
/// <param name="Level">Level of government.</param>
/// <param name="Others">Its further amounts, by the names of the store's columns.</param>
public sealed record SpendProject(string Code, string? Name, decimal Amount, string? Function, string? Place, string? Level, IReadOnlyList<(string Column, decimal? Value)> Others);

/// <summary>The money of a function within a group.</summary>
/// <param name="Code">The function as the files tell it; <see langword="null"/> for projects without one.</param>
/// <param name="Name">Its name.</param>
/// <param name="Count">Projects.</param>
/// <param name="Amount">Their money.</param>
public sealed record FunctionShare(string? Code, string? Name, int Count, decimal Amount);

/// <summary>What the charts of a group need beyond its indicators; all from the amounts that the indicators are about.</summary>
public sealed record SpendShape
{
    /// <summary>From so many projects on, leaving each one out is not tried.</summary>
    public const int MostForLeaveOneOut = 5_000;

    private SpendShape(Lazy<SampleIntervals?> intervals) => _intervals = intervals;

    /// <summary>Projects with an amount of zero or more.</summary>
    public required int Count { get; init; }

    /// <summary>The bands of Peruvian practice.</summary>
    public required IReadOnlyList<SizeBand> Bands { get; init; }

    /// <summary>Sizes on a logarithmic scale.</summary>
    public required IReadOnlyList<LogBin> Bins { get; init; }

    /// <summary>The Lorenz curve.</summary>
    public required IReadOnlyList<LorenzPoint> Lorenz { get; init; }

    /// <summary>How far the Gini index rests on single projects; <see langword="null"/> beyond <see cref="MostForLeaveOneOut"/> or where it is undefined.</summary>
    public required GiniUncertainty? Uncertainty { get; init; }

    /// <summary>From so many projects on, a sample is not resampled.</summary>
    public const int MostForIntervals = 2_000;

    private readonly Lazy<SampleIntervals?> _intervals;

    /// <summary>Intervals of the median, of the share below a million and of the Gini index, for who shows a sample; <see langword="null"/> below 30 projects and beyond <see cref="MostForIntervals"/>.</summary>
    public SampleIntervals? Intervals => _intervals.Value;

    /// <summary>Functions, most money first.</summary>
    public required IReadOnlyList<FunctionShare> Functions { get; init; }

    /// <summary>The largest projects.</summary>
    public required IReadOnlyList<SpendProject> Largest { get; init; }

    /// <summary>Measures the amounts of a group.</summary>
    /// <param name="amounts">Soles with céntimos, zero or more.</param>
    /// <param name="functions">Its functions.</param>
    /// <param name="largest">Its largest projects.</param>
    public static SpendShape Of(IReadOnlyList<decimal> amounts, IReadOnlyList<FunctionShare> functions, IReadOnlyList<SpendProject> largest)
    {
        ArgumentNullException.ThrowIfNull(amounts);
        return new(new Lazy<SampleIntervals?>(() => amounts.Count > MostForIntervals ? null : SampleIntervals.Of(amounts, 1_000_000)))
        {
            Count = amounts.Count,
            Bands = SizeBands.Of([.. amounts.Select(a => (long)(a * 100))], SizeBands.PeruLimits),
            Bins = SizeDistribution.OnLogScale(amounts),
            Lorenz = SizeDistribution.Lorenz(amounts),
            // The interval is of a super-population; a registry is a census, so only the range of leaving one out is asked for.
            Uncertainty = amounts.Count is 0 or > MostForLeaveOneOut ? null : LeaveOneOut(amounts),
            Functions = functions,
            Largest = largest,
        };
    }

    private static GiniUncertainty? LeaveOneOut(IReadOnlyList<decimal> amounts)
    {
        if (AmountDispersion.Of(amounts).Gini is not { } gini)
            return null;
        double[] left = [.. GiniUncertainty.Jackknife(amounts).OfType<double>()];
        return left.Length == 0 ? new GiniUncertainty(gini, null, null, null)
            : new GiniUncertainty(gini, (left.Min(), left.Max()), null, gini == 0 ? null : left.Max(l => Math.Abs(gini - l)) / gini);
    }
}
