namespace Minka.Core.Territories;

public enum IndicatorKind
{
    /// <summary>How many of something: whole, adds up.</summary>
    Count,

    /// <summary>Money or another measure.</summary>
    Amount,

    /// <summary>So much for each of something else.</summary>
    Rate,

    /// <summary>From 0 to 100.</summary>
    Percent,

    /// <summary>A composed index.</summary>
    Index,
}

/// <summary>One published figure for the territories of one level.</summary>
/// <param name="Key">Stable name, the same at every level, such as <c>poverty-2018</c>.</param>
/// <param name="Name">Spanish name, with the year where it has one.</param>
public sealed record Indicator(string Key, string Name, string Unit, int? Year, IndicatorKind Kind, Level Level)
{
    public string? NameEn { get; init; }

    public string? UnitEn { get; init; }

    /// <summary>Where the figure was taken from: repository or package, version, path.</summary>
    public required string Source { get; init; }

    public required string Attribution { get; init; }

    public required string Licence { get; init; }

    /// <summary>The figures cover only a part of the year.</summary>
    public bool PartialYear { get; init; }

    /// <summary>Only the territories that have the figure; a code may be of a territory that no longer exists.</summary>
    public required IReadOnlyDictionary<string, decimal> Values { get; init; }

    public decimal? Of(string code) => Values.TryGetValue(code, out var value) ? value : null;

    /// <summary>Whether the figures of the parts may be added.</summary>
    public bool AddsUp => Kind == IndicatorKind.Count || (Kind == IndicatorKind.Amount && Unit is "S/" or "km²");
}
