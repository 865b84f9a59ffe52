using System.Globalization;
using System.Text;
using System.Text.Json;
using Minka.Measures.Spending;
using Minka.Observatory.Describing;
using Minka.Observatory.Tables;

namespace Minka.Observatory.Panels;

/// <summary>The prices that overruns of cost are freed from, with their source.</summary>
/// <remarks>Minka's own are Peru's yearly consumer prices (<c>rulepacks/prices.json</c>); a store may hold others, which then count alone.</remarks>
public sealed record PriceTable
{
    /// <summary>Name of the file of a store that holds its prices.</summary>
    public const string FileName = "precios.csv";

    /// <summary>The largest file that is read.</summary>
    public const int MostBytes = 1024 * 1024;

    private static readonly OfficeLimits Limits = new(MostBytes, 500);
    private static readonly string[] YearNames = ["ano", "anio", "year"];
    private static readonly string[] LevelNames = ["indice", "index", "ipc", "cpi", "nivel", "level"];
    private static readonly Lazy<PriceTable> Kept = new(ReadOwn);

    /// <summary>Levels by year.</summary>
    public required PriceIndex Index { get; init; }

    /// <summary>Where Minka's own come from, by language; <see langword="null"/> of those that a store holds.</summary>
    public IReadOnlyDictionary<string, string>? Source { get; init; }

    /// <summary>What is to be known of Minka's own, by language.</summary>
    public IReadOnlyDictionary<string, string>? Note { get; init; }

    /// <summary>Minka's own.</summary>
    public static PriceTable Own => Kept.Value;

    /// <summary>The first and the last year.</summary>
    public (int First, int Last) Years => (Index.Levels.Keys.First(), Index.Levels.Keys.Last());

    /// <summary>Reads a table of two columns, a year and the level of its prices; a workbook or text, as offices send it.</summary>
    /// <param name="bytes">The file.</param>
    /// <exception cref="TableFault">
    /// It cannot be read, or <c>prices-columns</c>, <c>prices-year</c> and <c>prices-level</c> (line, cell), <c>prices-twice</c> (line, year), <c>prices-few</c>.
    /// </exception>
    public static PriceTable Read(byte[] bytes)
    {
        var table = OfficeTable.Read(bytes, cells => Column(cells, YearNames) >= 0 && Column(cells, LevelNames) >= 0, Limits);
        var (year, level) = (Column(table.Headings.Cells, YearNames), Column(table.Headings.Cells, LevelNames));
        if (year < 0 || level < 0)
            throw new TableFault("prices-columns", string.Join(", ", table.Headings.Cells));
        var levels = new SortedDictionary<int, double>();
        foreach (var line in table.Lines)
        {
            var (when, what) = (line.Cells.ElementAtOrDefault(year) ?? "", line.Cells.ElementAtOrDefault(level) ?? "");
            if (!int.TryParse(when, NumberStyles.None, CultureInfo.InvariantCulture, out var y) || y is < 1900 or > 2200)
                throw new TableFault("prices-year", line.Line, when);
            // An index has no groups of thousands: a comma parts the decimals.
            if (!double.TryParse(what.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var l) || !(l > 0))
                throw new TableFault("prices-level", line.Line, what);
            if (!levels.TryAdd(y, l))
                throw new TableFault("prices-twice", line.Line, when);
        }

        return levels.Count < 2 ? throw new TableFault("prices-few") : new PriceTable { Index = PriceIndex.OfLevels(levels) };
    }

    /// <summary>The table as a store keeps it and as <see cref="Read"/> reads it.</summary>
    public string ToText()
    {
        var text = new StringBuilder("año,índice\n");
        foreach (var (year, level) in Index.Levels)
            text.Append(CultureInfo.InvariantCulture, $"{year},{level:R}\n");
        return text.ToString();
    }

    private static int Column(IReadOnlyList<string> cells, string[] names) => cells.Index().Where(c => names.Contains(FileKind.Plain(c.Item))).Select(c => c.Index).DefaultIfEmpty(-1).First();

    private static PriceTable ReadOwn()
    {
        using var file = typeof(PriceTable).Assembly.GetManifestResourceStream("rulepacks/prices")!;
        using var json = JsonDocument.Parse(file);
        Dictionary<string, string> Said(string name) => json.RootElement.GetProperty(name).EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString()!, StringComparer.Ordinal);
        return new()
        {
            Index = PriceIndex.OfChanges(json.RootElement.GetProperty("changes").EnumerateObject().Select(p => KeyValuePair.Create(int.Parse(p.Name, CultureInfo.InvariantCulture), p.Value.GetDouble()))),
            Source = Said("source"),
            Note = Said("note"),
        };
    }
}
