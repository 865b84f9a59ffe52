using System.Text.Json;
using Minka.Measures.Spending;

namespace Minka.Core.Territories.Chapter;

/// <summary>A figure of the founding chapter as its scan has it.</summary>
/// <param name="Raw">«2.097.6»; a lost digit is «�» and is never guessed.</param>
public readonly record struct ChapterFigure(string Raw)
{
    /// <summary>Null where a digit is lost.</summary>
    public decimal? Value => ChapterNumber.TryParse(Raw, out var value) ? value : null;

    public bool IsLegible => Value is not null;
}

/// <summary>A row of Cuadro 1: a figure for each kind of area.</summary>
/// <param name="Today">Key of the indicator of a country pack that says the same of today.</param>
public sealed record ChapterRow(string Key, string Unit, IReadOnlyList<ChapterFigure> Figures, string? Today);

/// <summary>A single figure of the chapter's text.</summary>
/// <param name="Year">As the scan has it.</param>
/// <param name="Territory">Code of the place that it is about; null for the country.</param>
public sealed record ChapterFact(string Key, string Unit, ChapterFigure Figure, ChapterFigure Year, string? Territory, string? Today);

/// <summary>The figures of the founding chapter's Cuadro 1 and text, restated with their source.</summary>
public sealed record FoundingChapter(string Source, string Survey, IReadOnlyList<string> Columns, IReadOnlyList<ChapterRow> Rows, IReadOnlyList<ChapterFact> Facts)
{
    public static FoundingChapter Figures { get; } = Read();

    /// <summary>Richest fifth over poorest fifth, by area.</summary>
    public IReadOnlyList<double?> Ratio(string kind)
    {
        var (rich, poor) = (Row($"{kind}-richest"), Row($"{kind}-poorest"));
        return [.. rich.Figures.Zip(poor.Figures, (r, p) => r.Value is { } a && p.Value is > 0 and { } b ? (double?)(double)(a / b) : null)];
    }

    /// <summary>First column less last: how many percentage points the countryside lies behind the capital.</summary>
    public decimal? Gap(string key) => Row(key).Figures[0].Value - Row(key).Figures[^1].Value;

    public ChapterRow Row(string key) => Rows.Single(r => r.Key == key);

    static FoundingChapter Read()
    {
        using var stream = typeof(FoundingChapter).Assembly.GetManifestResourceStream("territories/chapter.json")!;
        using var document = JsonDocument.Parse(stream);
        var root = document.RootElement;
        var table = root.GetProperty("table");
        return new(
            root.GetProperty("source").GetString()!,
            table.GetProperty("survey").GetString()!,
            [.. table.GetProperty("columns").EnumerateArray().Select(c => c.GetString()!)],
            [.. table.GetProperty("rows").EnumerateArray().Select(r => new ChapterRow(Text(r, "key")!, Text(r, "unit")!, [.. r.GetProperty("values").EnumerateArray().Select(v => new ChapterFigure(v.GetString()!))], Text(r, "today")))],
            [.. root.GetProperty("facts").EnumerateArray().Select(f => new ChapterFact(Text(f, "key")!, Text(f, "unit")!, new(Text(f, "value")!), new(Text(f, "year")!), Text(f, "territory"), Text(f, "today")))]);
    }

    static string? Text(JsonElement of, string name) => of.TryGetProperty(name, out var value) ? value.GetString() : null;
}
