using System.Diagnostics;
using System.Text.Json.Serialization;
using Minka.Selection.Optimal;

namespace Minka.Core.Awards;

/// <summary>
/// Why the best portfolio funds an application, or does not: how many points fewer the best portfolio with the opposite
/// decision has. Whom it leaves out lacks just these points; whom it funds could lose them.
/// </summary>
/// <param name="Code">The application.</param>
/// <param name="Low">No portfolio with the opposite decision has less than this fewer; proved, in hundredths of a point.</param>
/// <param name="High">A portfolio with the opposite decision was found that has so many fewer; null if none was.</param>
/// <param name="Leaves">Whom that portfolio no longer funds, itself apart.</param>
/// <param name="Comes">Whom it funds instead, itself apart.</param>
public sealed record OptimumReason(string Code, long Low, long? High, IReadOnlyList<string> Leaves, IReadOnlyList<string> Comes)
{
    [JsonIgnore]
    public bool IsExact => Low == High;
}

/// <summary>Finds the reasons of the best portfolio by solving again with the opposite decision on one application after another.</summary>
public static class OptimumReasons
{
    /// <summary>How long all of them together may take; who is not reached has no reason told.</summary>
    public static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Reasons in ordinal order of the codes; null where the optimum is not proved, because then none of this would be. Those about
    /// whom rule and optimum differ go first, the others in the order of the ranking.
    /// </summary>
    public static IReadOnlyList<OptimumReason>? Of(OptimumModel model, AwardOptimum optimum, TimeSpan? limit = null)
    {
        if (!optimum.Proved) return null;
        var differ = optimum.Price.OnlyDeclared.Concat(optimum.Price.OnlyOther).ToHashSet(StringComparer.Ordinal);
        var ranked = model.Columns.Select(c => c.Item.Id).Distinct(StringComparer.Ordinal).ToList();
        var (all, clock, told) = (limit ?? TimeLimit, Stopwatch.StartNew(), new List<OptimumReason>());
        foreach (var code in ranked.Where(differ.Contains).Concat(ranked.Where(c => !differ.Contains(c))))
        {
            var left = all - clock.Elapsed;
            if (left <= TimeSpan.Zero) break;
            if (Opposite(model, optimum, code, left) is { } reason) told.Add(reason);
        }
        return [.. told.OrderBy(r => r.Code, StringComparer.Ordinal)];
    }

    /// <summary>One application decided the other way; null if the time ran out before anything was known.</summary>
    public static OptimumReason? Opposite(OptimumModel model, AwardOptimum optimum, string code, TimeSpan? limit = null)
    {
        var (award, funded) = (model.Task.Model!, optimum.Funds(code));
        var own = model.Columns.Where(c => c.Item.Id == code).Select(c => c.Proposal).ToHashSet(StringComparer.Ordinal);
        // More than all points together: so much more and it is in wherever the rules let it, so much less and it is out.
        var weight = (award.Proposals.Sum(p => p.Levels.Max(l => l.Value)) + 1) * (funded ? -1 : 1);
        var pressed = award with
        {
            Proposals = [.. award.Proposals.Select(p => own.Contains(p.Id) ? p with { Levels = [.. p.Levels.Select(l => l with { Value = l.Value + weight })] } : p)],
        };
        var outcome = AwardOptimiser.Solve(pressed, new SolveOptions { TimeLimit = limit });
        if (outcome.Stages.Count == 0 || outcome.Stages[0].Bound is not { } bound) return null;
        var (best, offset, unit) = (optimum.Price.Other.Points, funded ? 0 : weight, Hundredths(model));
        var least = Math.Max(0, best - ((bound - offset) * unit));
        var columns = outcome.Decisions.Where(d => d.Amount > 0).Select(d => d.Id).ToHashSet(StringComparer.Ordinal);
        var chosen = model.Columns.Where(c => columns.Contains(c.Proposal)).Select(c => c.Item.Id).ToHashSet(StringComparer.Ordinal);
        if (chosen.Contains(code) == funded) return outcome.Status == SolveStatus.Optimal ? null : new(code, least, null, [], []);
        var now = optimum.Best.Select(b => b.Id).ToHashSet(StringComparer.Ordinal);
        return new(code, least, best - ((outcome.Stages[0].Value - offset) * unit), Only(now, chosen), Only(chosen, now));

        IReadOnlyList<string> Only(HashSet<string> these, HashSet<string> those) => [.. these.Where(c => c != code && !those.Contains(c)).Order(StringComparer.Ordinal)];
    }

    // The model counts in whole points where all points are whole.
    static long Hundredths(OptimumModel model) => model.Task.ValueDecimals switch { 0 => 100, 1 => 10, _ => 1 };

    /// <summary>What of a reason does not hold by adding up its points, without solving; null if it adds up.</summary>
    public static string? Fault(OptimumModel model, AwardOptimum optimum, OptimumReason reason)
    {
        if (!optimum.Qualified.Contains(reason.Code)) return $"{reason.Code} did not compete";
        if (reason.Low < 0 || reason.High < reason.Low) return $"{reason.Code}: its ends are the wrong way round";
        if (reason.High is not { } high) return reason.Leaves.Count + reason.Comes.Count == 0 ? null : $"{reason.Code}: others change in a portfolio that was not found";
        if (!reason.Leaves.All(optimum.Funds) || reason.Comes.Any(optimum.Funds) || !reason.Comes.All(optimum.Qualified.Contains)) return $"{reason.Code}: somebody leaves who is not in, or comes who is";
        var points = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var proposal in model.Task.Model!.Proposals) points[model.Columns.First(c => c.Proposal == proposal.Id).Item.Id] = proposal.Levels[0].Value * Hundredths(model);
        var own = optimum.Funds(reason.Code) ? points[reason.Code] : -points[reason.Code];
        return own + reason.Leaves.Sum(c => points[c]) - reason.Comes.Sum(c => points[c]) == high ? null : $"{reason.Code}: its portfolio has other points";
    }
}
