namespace Minka.Core.Territories.Packs;

/// <summary>
/// One fault of a country pack; its text lies under <c>pack.CODE</c> in the language files. Line and column count
/// from 1, in characters, and are null where the fault is of the whole file.
/// </summary>
public sealed record PackFault(string File, int? Line, int? Column, string Code, params IReadOnlyList<string> Args)
{
    public bool Equals(PackFault? other) =>
        other is not null && File == other.File && Line == other.Line && Column == other.Column && Code == other.Code && Args.SequenceEqual(other.Args);

    public override int GetHashCode() => HashCode.Combine(File, Line, Column, Code);

    /// <summary>For logs: <c>provincias.csv:3:1 code-duplicate 0101</c>.</summary>
    public override string ToString() =>
        $"{File}{(Line is null ? "" : $":{Line}:{Column}")} {Code} {string.Join(' ', Args)}".TrimEnd();
}

/// <summary>The codes of <see cref="PackFault"/>.</summary>
public static class PackFaults
{
    public const string PackMissing = "pack-missing";
    public const string ZipInvalid = "zip-invalid";
    public const string TooLarge = "too-large";
    public const string TooManyFiles = "too-many-files";
    public const string TooManyFaults = "too-many-faults";
    public const string ManifestMissing = "manifest-missing";
    public const string ManifestField = "manifest-field";
    public const string PathEscapes = "path-escapes";
    public const string PathDuplicate = "path-duplicate";
    public const string FileMissing = "file-missing";
    public const string HashMismatch = "hash-mismatch";
    public const string LevelMissing = "level-missing";
    public const string Utf8 = "utf8";
    public const string JsonInvalid = "json-invalid";
    public const string CsvQuote = "csv-quote";
    public const string CsvCells = "csv-cells";
    public const string ColumnMissing = "column-missing";
    public const string ColumnWrong = "column-wrong";
    public const string RowCount = "row-count";
    public const string CodeLength = "code-length";
    public const string CodeDuplicate = "code-duplicate";
    public const string CodeOrphan = "code-orphan";
    public const string NameEmpty = "name-empty";
    public const string NotANumber = "not-a-number";
    public const string OutOfRange = "out-of-range";
    public const string Geometry = "geometry";
    public const string PolygonWithoutRow = "polygon-without-row";
    public const string RowWithoutPolygon = "row-without-polygon";
    public const string DrawnAsUnknown = "drawn-as-unknown";

    public static IReadOnlyList<string> All { get; } =
        [.. typeof(PackFaults).GetFields().Where(f => f.IsLiteral).Select(f => (string)f.GetRawConstantValue()!)];
}

/// <summary>The faults found so far; past a limit one more says that there are others.</summary>
sealed class FaultList
{
    const int Most = 500;

    readonly List<PackFault> faults = [];

    public IReadOnlyList<PackFault> Found => faults;

    /// <summary>No more faults are kept: their places need not be looked up.</summary>
    public bool Full => faults.Count > Most;

    public bool None => faults.Count == 0;

    public void Add(string file, Place? place, string code, params IReadOnlyList<string> args)
    {
        if (faults.Count < Most) faults.Add(new(file, place?.Line, place?.Column, code, args));
        else if (faults.Count == Most) faults.Add(new(file, null, null, PackFaults.TooManyFaults, $"{Most}"));
    }
}

/// <summary>A place in a text file, from 1, in characters.</summary>
readonly record struct Place(int Line, int Column);
