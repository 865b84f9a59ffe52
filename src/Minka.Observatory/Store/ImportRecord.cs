namespace Minka.Observatory.Store;

/// <summary>The sums of one amount over a file, in céntimos: what was read is what was taken and what was refused.</summary>
/// <param name="Amount">Column of the store's table.</param>
/// <param name="Read">Of all readable amounts.</param>
/// <param name="Accepted">Of rows that were taken; the same as the sum over the Parquet.</param>
/// <param name="Rejected">Of rows that were refused.</param>
public sealed record AmountTotals(string Amount, decimal Read, decimal Accepted, decimal Rejected);

/// <summary>A trap met on import, as <see cref="Describing.FileTrap"/>.</summary>
/// <param name="Code">A code for the language files.</param>
/// <param name="Count">How often.</param>
/// <param name="Line">Where first; 0 for the file as a whole.</param>
/// <param name="Example">What was met there.</param>
/// <param name="Column">Heading, where it is about one.</param>
public sealed record TrapRecord(string Code, long Count, long Line, string? Example, string? Column);

/// <summary>An import: an act that can be undone.</summary>
public sealed record ImportRecord
{
    /// <summary>Number in the store, from 1; later ones are in force before earlier ones.</summary>
    public required int Number { get; init; }

    /// <summary>When it was done.</summary>
    public required DateTime At { get; init; }

    /// <summary>Name of the file without its folder.</summary>
    public required string File { get; init; }

    /// <summary>SHA-256 of the file, lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Its length.</summary>
    public required long Bytes { get; init; }

    /// <summary>Its kind, as <c>spend describe</c> names it.</summary>
    public required string Kind { get; init; }

    /// <summary>The table that its rows went to.</summary>
    public required string Table { get; init; }

    /// <summary>Whether it stands for all of its kind (and years), so that earlier files of that kind are out of force even where it is silent.</summary>
    public bool Replaces { get; init; }

    /// <summary>Years of its rows.</summary>
    public required IReadOnlyList<int> Years { get; init; }

    /// <summary>Data rows of the file.</summary>
    public required long Read { get; init; }

    /// <summary>Rows taken.</summary>
    public required long Accepted { get; init; }

    /// <summary>Rows refused; they lie in <c>rejected/NUMBER.csv</c> with their reasons.</summary>
    public required long Rejected { get; init; }

    /// <summary>Distinct codes of projects, where the file has them.</summary>
    public required long? Projects { get; init; }

    /// <summary>Sums of each amount.</summary>
    public required IReadOnlyList<AmountTotals> Totals { get; init; }

    /// <summary>Every trap met.</summary>
    public required IReadOnlyList<TrapRecord> Traps { get; init; }

    /// <summary>Refused rows by reason.</summary>
    public required IReadOnlyDictionary<string, long> Reasons { get; init; }

    /// <summary>How a file that nobody published was read, as <see cref="Importing.ColumnMapping.Parse"/> takes it.</summary>
    public string? Mapping { get; init; }

    /// <summary>Of a workbook: the sheet that was read.</summary>
    public string? Sheet { get; init; }

    /// <summary>When it was undone; its data are gone, the record stays.</summary>
    public DateTime? Undone { get; init; }

    /// <summary>Folder of its data.</summary>
    internal string Folder => $"import={Number:0000}";
}
