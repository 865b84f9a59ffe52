using System.Numerics;
using System.Text.Json;
using Minka.Measures.Reliability;
using Minka.Selection.Exact;

namespace Minka.Cli.Selfcheck;

/// <summary>Cases of <c>assignment.json</c>: evaluators to proposals. Of several optima the first in lexicographic order is meant.</summary>
static class AssignmentKinds
{
    public static readonly IReadOnlyList<CaseKind> All =
    [
        new("assignment", c => c.InputHas("similarity", "per_proposal", "max_load") && c.InputHasOnly("similarity", "coi", "per_proposal", "max_load") && c.Expected.ValueKind == JsonValueKind.Object, Assign),
    ];

    static object? Assign(KnownCase known)
    {
        List<List<Fraction>> similarity = [.. known.Input.GetProperty("similarity").EnumerateArray().Select(r => r.EnumerateArray().Select(v => v.Exact()).ToList())];
        var scale = similarity.SelectMany(r => r).Aggregate(BigInteger.One, (all, v) => all / BigInteger.GreatestCommonDivisor(all, v.Denominator) * v.Denominator);
        var conflicts = known.Input.TryGetProperty("coi", out var pairs)
            ? pairs.EnumerateArray().Select(p => (checked((int)CaseNumbers.Whole(p[0].Exact())), checked((int)CaseNumbers.Whole(p[1].Exact())))).ToHashSet() : [];
        var problem = new AssignmentProblem(
            [.. similarity.Select(r => (IReadOnlyList<long>)[.. r.Select(v => CaseNumbers.Whole(v * scale))])], conflicts, checked((int)known.Input.Whole("per_proposal")), checked((int)known.Input.Whole("max_load")));
        var (greatest, fairest) = (EvaluatorAssignment.FirstOfGreatestTotal(problem), EvaluatorAssignment.Fairest(problem));
        if (EvaluatorAssignment.OfGreatestTotal(problem)?.Total != greatest?.Total) throw new CaseFails("flow and search disagree on the greatest total");
        object? Shown(long? value) => value is { } v ? new Fraction(v, scale) : null;
        return new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["feasible"] = (long)EvaluatorAssignment.Feasible(problem),
            ["max_sum"] = Shown(greatest?.Total),
            ["worst_proposal_in_max_sum"] = Shown(greatest?.Worst),
            ["assignment_sum"] = greatest?.Evaluators,
            ["maxmin"] = Shown(fairest?.Worst),
            ["sum_at_maxmin"] = Shown(fairest?.Total),
            ["assignment_maxmin"] = fairest?.Evaluators,
        };
    }
}
