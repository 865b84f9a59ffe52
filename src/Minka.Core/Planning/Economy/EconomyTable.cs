using Minka.Core.Kernel;

namespace Minka.Core.Planning.Economy;

/// <summary>What one sector counted in one place and year.</summary>
/// <param name="Place">As the table writes it: a name or a code.</param>
/// <param name="Cell">Where in the file it stands.</param>
public sealed record EconomyRow(string Sector, string Place, int Year, Quantity Value, string Cell);

/// <summary>What an editor says of a table of employment or production.</summary>
public sealed record EconomyInput
{
    /// <summary>What is counted: "Ocupados", "Valor bruto de producción".</summary>
    public required string Measure { get; init; }
    public required string Unit { get; init; }

    /// <summary>Institution and year.</summary>
    public required string Source { get; init; }

    /// <summary>The places of the table that are the territory; empty: those that bear the codes or names of its provinces.</summary>
    public IReadOnlyList<string> Region { get; init; } = [];

    /// <summary>The place that is the whole; null: all places together.</summary>
    public string? Whole { get; init; }

    /// <summary>A sector with less than this in the whole is left without a quotient.</summary>
    public Quantity Threshold { get; init; }
}

/// <summary>A table sectors × places × years, as it was imported, with which of its places is the territory and which the whole.</summary>
/// <param name="File">Digest of the file.</param>
public sealed record EconomyTable(string Measure, string Unit, string Source, Digest File, IReadOnlyList<string> Region, string? Whole, Quantity Threshold, IReadOnlyList<EconomyRow> Rows)
{
    public const string Key = "economy";

    public IReadOnlyList<string> Places => [.. Rows.Select(r => r.Place).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    public IReadOnlyList<int> Years => [.. Rows.Select(r => r.Year).Distinct().Order()];
}
