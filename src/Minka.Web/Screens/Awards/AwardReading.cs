using Microsoft.EntityFrameworkCore;
using Minka.Core.Applications;
using Minka.Core.Awards;
using Minka.Core.Database;
using Minka.Core.Fund;
using Minka.Selection.Award;

namespace Minka.Web.Screens.Awards;

/// <summary>A run with its whole argument and what has happened since.</summary>
public sealed record AwardReading(SelectionRun Run, AwardInput Input, AwardResult Result, IReadOnlyList<ResultLine> Lines, IReadOnlyList<ReserveRound> Rounds, IReadOnlyList<ReserveEntry> Waiting)
{
    /// <summary>How often a page runs an award again to find one figure; beyond it the page says that it gave up.</summary>
    public const int MostRuns = 5_000;

    /// <summary>The optimum and the probabilities beside it; null until they are computed.</summary>
    public AwardComparison? Beside { get; init; }

    /// <summary>The best portfolio beside the declared rule; null where there is none to tell.</summary>
    public AwardOptimum? Optimum => Beside?.Optimum;

    /// <summary>The probability of being funded, in basis points, by code; empty where it cannot be told.</summary>
    public IReadOnlyDictionary<string, int> Probability => Beside?.Odds.Probability ?? new Dictionary<string, int>(StringComparer.Ordinal);

    public static async Task<AwardReading> OfAsync(AppDb db, SelectionRun run)
    {
        var (input, result) = (run.ReadInput(), run.ReadResult());
        var call = run.CallId;
        var id = run.Id;
        var rounds = await db.ReserveRounds.Where(r => r.RunId == id).OrderBy(r => r.Number).ToListAsync();
        var left = rounds.SelectMany(r => r.Withdrawn).ToHashSet(StringComparer.Ordinal);
        var promoted = rounds.SelectMany(r => r.Promoted).ToHashSet(StringComparer.Ordinal);
        var disqualified = (await db.Applications.Where(a => a.CallId == call && a.State == ApplicationState.Disqualified && a.Code != null).Select(a => a.Code!).ToListAsync()).ToHashSet(StringComparer.Ordinal);
        var moved = rounds.Count == 0 ? [] : AwardRanking.PromoteFromReserve(input, [.. rounds.Select(r => (IReadOnlyCollection<string>)r.Withdrawn)]).Rounds
            .SelectMany(r => r.Promotions).GroupBy(p => p.Id, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Last().Amount, StringComparer.Ordinal);
        var waiting = result.Reserve.Where(r => !left.Contains(r.Id) && !promoted.Contains(r.Id) && !disqualified.Contains(r.Id)).ToList();
        return new(run, input, result,
            [.. result.Decisions.Select(d => Line(d, disqualified.Contains(d.Id) ? AwardChange.Disqualified : left.Contains(d.Id) ? AwardChange.Left : promoted.Contains(d.Id) ? AwardChange.Promoted : AwardChange.None))],
            rounds, waiting);

        ResultLine Line(AwardDecision d, AwardChange change) => new(d, change,
            change switch { AwardChange.None => d.Awarded, AwardChange.Promoted => moved.GetValueOrDefault(d.Id, d.Request), _ => 0 });
    }

    /// <summary>Lines that are shown, with the names of their applications: a run may have thousands, a page has some of them.</summary>
    public async Task<IReadOnlyList<NamedLine>> NamedAsync(AppDb db, IReadOnlyCollection<ResultLine> lines)
    {
        var (call, codes) = (Run.CallId, lines.Select(l => l.Code).ToList());
        var opened = await db.OpenedApplications.Where(o => o.CallId == call && codes.Contains(o.Code)).Select(o => new { o.Code, o.Entity, o.Title }).ToDictionaryAsync(o => o.Code, StringComparer.Ordinal);
        return [.. lines.Select(l => new NamedLine(l.Decision, l.Change, l.Holds, opened[l.Code].Entity, opened[l.Code].Title))];
    }

    /// <summary>The run that a published award rests on.</summary>
    public static async Task<AwardReading?> PublishedAsync(AppDb db, Call call)
    {
        if (call.State != CallState.Awarded) return null;
        var id = call.Id;
        var run = await db.SelectionRuns.Where(r => r.CallId == id && r.State == RunState.Approved).OrderByDescending(r => r.Number).FirstOrDefaultAsync();
        return run is null ? null : await OfAsync(db, run);
    }
}

/// <summary>What the part about the price of the rule needs.</summary>
/// <param name="Level">Of its heading.</param>
/// <param name="File">Where its model is downloaded.</param>
public sealed record PriceModel(AwardComparison Beside, int Level, string File);
