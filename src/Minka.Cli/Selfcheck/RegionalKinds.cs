using System.Text.Json;
using Minka.Measures.Regional;

namespace Minka.Cli.Selfcheck;

/// <summary>Cases of <c>regional.json</c>: specialisation, shift-share, ranked ballots over axes.</summary>
static class RegionalKinds
{
    const string File = "regional";

    public static readonly IReadOnlyList<CaseKind> All =
    [
        new(File, c => c.InputHas("t0", "t1") && c.InputHasOnly("t0", "t1", "columns"), Shift),
        new(File, c => c.Input.ValueKind == JsonValueKind.Object && c.Input.EnumerateObject().All(s => s.Value.ValueKind == JsonValueKind.Array), Quotients),
        new(File, c => c.InputIsTable && c.Input.EnumerateArray().All(b => b.GetArrayLength() == 2 && b[0].ValueKind == JsonValueKind.Array), Ballots),
    ];

    static object? Quotients(KnownCase known)
    {
        List<string> sectors = [.. known.Input.EnumerateObject().Select(s => s.Name)];
        var table = known.Input.EnumerateObject().Select(s => (IReadOnlyList<double>)s.Value.Reals()).ToList();
        var quotients = Specialisation.Quotients(table);
        var regions = table.Count == 0 ? 0 : table[0].Count;
        var answers = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["LQ"] = sectors.Zip(quotients).ToDictionary(p => p.First, object? (p) => p.Second, StringComparer.Ordinal),
            ["symmetric_lq"] = sectors.Zip(quotients).ToDictionary(p => p.First, object? (p) => p.Second.Select(Specialisation.Symmetric).ToList(), StringComparer.Ordinal),
        };
        // Regions are named by letters, in the order of the columns.
        for (var r = 0; r < Math.Min(regions, 26); r++) answers[$"hoover_balassa_{(char)('A' + r)}"] = quotients.Select(q => q[r]).ToList();
        // It compares two regions; of more it would not be known which.
        if (regions == 2) answers["krugman_index"] = Specialisation.Krugman([.. table.Select(s => s[0])], [.. table.Select(s => s[1])]);
        return answers;
    }

    static object? Shift(KnownCase known)
    {
        var (region, nation) = (0, 1);
        if (known.Input.TryGetProperty("columns", out var columns))
        {
            List<string?> names = [.. columns.EnumerateArray().Select(c => c.GetString())];
            (region, nation) = (names.IndexOf("region"), names.IndexOf("nation"));
            if (names.Count != 2 || region < 0 || nation < 0) throw new CaseFails("the columns must be region and nation");
        }
        var (start, end) = (known.Input.GetProperty("t0"), known.Input.GetProperty("t1"));
        if (!start.EnumerateObject().Select(s => s.Name).Order(StringComparer.Ordinal).SequenceEqual(end.EnumerateObject().Select(s => s.Name).Order(StringComparer.Ordinal), StringComparer.Ordinal))
            throw new CaseFails("t0 and t1 hold other sectors");
        if (start.EnumerateObject().Concat(end.EnumerateObject()).Any(s => s.Value.GetArrayLength() != 2)) throw new CaseFails("a sector needs two values, of region and nation");
        var shift = ShiftShare.Of([.. start.EnumerateObject().Select(s =>
            new SectorChange(s.Name, s.Value[region].Real(), end.GetProperty(s.Name)[region].Real(), s.Value[nation].Real(), end.GetProperty(s.Name)[nation].Real()))]);
        if (shift is null) return null;
        var answers = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["G"] = shift.Growth,
            ["sectors"] = shift.Sectors.ToDictionary(s => s.Name, object? (s) => Parts(s.National, s.IndustryMix, s.Regional, s.Total), StringComparer.Ordinal),
            ["sum"] = Parts(shift.National, shift.IndustryMix, shift.Regional, shift.Total),
        };
        foreach (var s in shift.Sectors)
            answers.TryAdd(s.Name, new Dictionary<string, object?>(StringComparer.Ordinal) { ["homothetic"] = s.Homothetic, ["competitive"] = s.Competitive, ["allocation"] = s.Allocation });
        return answers;

        static Dictionary<string, object?> Parts(double national, double? mix, double? own, double total) =>
            new(StringComparer.Ordinal) { ["national"] = national, ["industry_mix"] = mix, ["regional"] = own, ["total"] = total };
    }

    static object? Ballots(KnownCase known)
    {
        var tally = RankedTally.Of([.. known.Input.EnumerateArray().Select(b => new RankedBallot([.. b[0].EnumerateArray().Select(o => o.GetString()!)], CaseNumbers.Whole(b[1].Exact())))]);
        return new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["plurality"] = tally.Plurality.ToDictionary(p => p.Key, object? (p) => p.Value, StringComparer.Ordinal),
            ["borda"] = tally.Borda.ToDictionary(p => p.Key, object? (p) => p.Value, StringComparer.Ordinal),
            ["pairwise"] = tally.Pairwise.ToDictionary(p => $"{p.Key.Over}>{p.Key.Under}", object? (p) => p.Value, StringComparer.Ordinal),
            ["condorcet"] = tally.Condorcet,
            ["schulze"] = tally.Schulze.All(s => s.Count == 1) ? tally.Schulze.Select(s => s[0]).ToList() : tally.Schulze,
        };
    }
}
