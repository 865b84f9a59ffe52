using System.Globalization;
using System.Text.Json;
using Minka.Selection.Allocation;
using Minka.Selection.Exact;

namespace Minka.Cli.Selfcheck;

/// <summary>Cases of <c>envelope.json</c>: territorial envelopes and matching rates.</summary>
static class EnvelopeKinds
{
    const string File = "envelope";

    public static readonly IReadOnlyList<CaseKind> All =
    [
        new(File, c => c.InputHas("weights", "budget") && c.InputHasOnly("weights", "budget", "floor", "cap"), BoundedProportions),
        new(File, c => c.InputHas("pop", "poverty", "budget") && c.InputHasOnly("pop", "poverty", "budget", "unit"), PopulationByPoverty),
        new(File, c => c.InputHas("regions", "ref_gdppc", "coef", "premium") && c.InputHasOnly("regions", "ref_gdppc", "coef", "premium"), Gaps),
        new(File, c => c.InputHas("knots") && c.InputHasOnly("knots") && c.Expected.ValueKind == JsonValueKind.Object, Schedule),
    ];

    static object? BoundedProportions(KnownCase known)
    {
        var weights = known.Input.ExactList("weights");
        var floors = Limits(known.Input, "floor", weights.Count);
        var caps = Limits(known.Input, "cap", weights.Count);
        var budget = known.Input.Exact("budget");
        try
        {
            var (multiplier, shares) = WaterFilling.Solve(budget, [.. weights.Select((w, i) => new ExactClaim(Code(i), w, floors[i] ?? 0, caps[i]))]);
            var answer = new Dictionary<string, object?>(StringComparer.Ordinal) { ["lam"] = multiplier, ["x"] = shares, ["x_float"] = shares, ["feasible"] = true, ["infeasible"] = false };
            if (budget.IsWhole && floors.Concat(caps).All(l => l is not { IsWhole: false }))
            {
                var claims = weights.Select((w, i) => new Claim(Code(i), w, CaseNumbers.Whole(floors[i] ?? 0), caps[i] is { } cap ? CaseNumbers.Whole(cap) : null)).ToList();
                answer["largest_remainder"] = BoundedProportional.Share(CaseNumbers.Whole(budget), claims).Shares.Select(s => s.Amount).ToList();
            }
            return answer;
        }
        catch (InfeasibleAllocationException)
        {
            return known.Expected.ValueKind == JsonValueKind.Null ? null
                : new Dictionary<string, object?>(StringComparer.Ordinal) { ["lam"] = null, ["x"] = null, ["x_float"] = null, ["feasible"] = false, ["infeasible"] = true };
        }
    }

    static List<Fraction?> Limits(JsonElement input, string name, int count)
    {
        if (!input.TryGetProperty(name, out var limit) || limit.ValueKind == JsonValueKind.Null) return [.. Enumerable.Repeat((Fraction?)null, count)];
        if (limit.ValueKind != JsonValueKind.Array) return [.. Enumerable.Repeat((Fraction?)limit.Exact(), count)];
        List<Fraction?> limits = [.. limit.EnumerateArray().Select(l => l.ValueKind == JsonValueKind.Null ? (Fraction?)null : l.Exact())];
        return limits.Count == count ? limits : throw new CaseFails($"{name}: {limits.Count} limits for {count} weights");
    }

    static object? PopulationByPoverty(KnownCase known)
    {
        var population = known.Input.ExactList("pop");
        var poverty = known.Input.ExactList("poverty");
        if (population.Count != poverty.Count) throw new CaseFails("pop and poverty differ in length");
        var unit = known.Input.TryGetProperty("unit", out var named) ? named.GetString() : "soles";
        var perSol = unit switch { "centimos" => 100, "soles" => 1, _ => throw new CaseFails($"unit {unit} is unknown") };
        var weights = population.Zip(poverty, (n, p) => TerritoryWeight.Of(new WeightFactor(n, 1), new WeightFactor(p, 1))).ToList();
        var total = weights.Aggregate(Fraction.Zero, (sum, w) => sum + w);
        var shares = BoundedProportional.Share(known.Input.Whole("budget"), [.. weights.Select((w, i) => new Claim(Code(i), w))]).Shares;
        return new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["weights"] = weights,
            ["shares"] = weights.Select(w => total.Sign == 0 ? null : (object?)(w / total)).ToList(),
            ["largest_remainder"] = shares.Select(s => s.Amount).ToList(),
            ["per_capita_soles"] = shares.Zip(population, (s, n) => n.Sign == 0 ? null : (object?)((Fraction)s.Amount / perSol / n)).ToList(),
        };
    }

    static object? Gaps(KnownCase known)
    {
        var regions = known.Input.GetProperty("regions").EnumerateArray()
            .Select((r, i) => new GapRegion(Code(i), r.Exact("pop"), r.Exact("gdppc"), r.Exact("unemp"), r.Exact("lf"), r.Exact("avg_rate"))).ToList();
        return GapMethod.Share(known.Input.Exact("ref_gdppc"), known.Input.Exact("coef"), known.Input.Exact("premium"), regions).Select(s => new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["gap"] = s.Gap,
            ["step_b"] = s.GapAmount,
            ["excess_unemployed"] = s.ExcessUnemployed,
            ["premium"] = s.Premium,
            ["total"] = s.Total,
        }).ToList();
    }

    static object? Schedule(KnownCase known)
    {
        var line = new PiecewiseLine([.. known.Input.GetProperty("knots").EnumerateArray().Select(k => (k[0].Exact(), k[1].Exact()))]);
        return known.Expected.EnumerateObject().DistinctBy(p => p.Name).ToDictionary(
            p => p.Name,
            p => Fraction.TryParse(p.Name, out var at) ? (object?)line.At(at) : throw new CaseFails($"{p.Name} is no position"),
            StringComparer.Ordinal);
    }

    /// <summary>A code whose ordinal order is the order of the list, which resolves the last ties.</summary>
    internal static string Code(int index) => index.ToString("D9", CultureInfo.InvariantCulture);
}
