using System.Text.Json;
using Minka.Measures.Spending;

namespace Minka.Cli.Selfcheck;

/// <summary>Cases of <c>seed.json</c>: Cuadro 1 of the founding chapter, its numbers as the scan has them or already read.</summary>
static class SeedKinds
{
    const string Columns = "columns";

    const string Ratio = "ratio_q5_q1_";

    public static readonly IReadOnlyList<CaseKind> All =
    [
        new("seed", c => c.InputHas(Columns) && c.Expected.ValueKind == JsonValueKind.Object, Table),
        new("seed", c => c.Input.ValueKind is JsonValueKind.String || (c.Input.ValueKind == JsonValueKind.Array && c.Input.EnumerateArray().All(v => v.ValueKind == JsonValueKind.String)), Numbers),
    ];

    static object? Table(KnownCase known)
    {
        List<string> columns = [.. known.Input.GetProperty(Columns).EnumerateArray().Select(c => c.GetString()!)];
        var rows = known.Input.EnumerateObject().Where(p => p.Name != Columns).ToDictionary(p => p.Name, p => p.Value.EnumerateArray().Select(Read).ToList(), StringComparer.Ordinal);
        if (rows.Values.Any(r => r.Count != columns.Count)) throw new CaseFails("a row has another number of values than there are columns");
        var (lima, rural) = (columns.FindIndex(c => c.Contains("Lima", StringComparison.OrdinalIgnoreCase)), columns.FindIndex(c => c.Contains("rural", StringComparison.OrdinalIgnoreCase)));
        return known.Expected.EnumerateObject().DistinctBy(p => p.Name).ToDictionary(p => p.Name, p => p.Name switch
        {
            "gap_rural_vs_lima_pp" when lima >= 0 && rural >= 0 => p.Value.EnumerateObject().DistinctBy(g => g.Name)
                .ToDictionary(g => g.Name, object? (g) => (double)(Row(g.Name)[lima] - Row(g.Name)[rural]), StringComparer.Ordinal),
            _ when p.Name.StartsWith(Ratio, StringComparison.Ordinal) => Row($"{p.Name[Ratio.Length..]}_q5").Zip(Row($"{p.Name[Ratio.Length..]}_q1"), (high, low) => low == 0 ? null : (object?)(double)(high / low)).ToList(),
            _ => rows.TryGetValue(p.Name, out var row) ? (object?)row.Select(v => (double)v).ToList() : throw new CaseFails($"{p.Name}: unknown to this version"),
        }, StringComparer.Ordinal);

        List<decimal> Row(string name) => rows.TryGetValue(name, out var row) ? row : throw new CaseFails($"there is no row {name}");
    }

    static object? Numbers(KnownCase known) => known.Input.ValueKind == JsonValueKind.String ? (double)Read(known.Input) : known.Input.EnumerateArray().Select(v => (double)Read(v)).ToList();

    static decimal Read(JsonElement value) => value.ValueKind != JsonValueKind.String ? value.Money()
        : ChapterNumber.TryParse(value.GetString(), out var number) ? number : throw new CaseFails($"«{value.GetString()}» is no legible number of the chapter");
}
