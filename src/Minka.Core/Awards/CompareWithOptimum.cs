using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Applications;
using Minka.Core.Database;
using Minka.Core.Evaluation;
using Minka.Core.Kernel;
using Minka.Core.Planning;
using Minka.Selection.Award;
using Minka.Selection.Optimal;

namespace Minka.Core.Awards;

/// <summary>The best portfolio that the same money could have bought, beside the declared award. It decides nothing.</summary>
/// <param name="Price">Declared rule and best portfolio, in points, people and places.</param>
/// <param name="Funded">Codes of those whom the best portfolio funds.</param>
/// <param name="Qualified">Codes of those who competed.</param>
/// <param name="Proved">Whether no portfolio has more points; else it is the best found.</param>
/// <param name="Unique">Whether it is also proved to be the first, in the order of the ranking, among all with the same points.</param>
/// <param name="Gap">By how much at most a better one could surpass it, in basis points of its points, rounded up; 0 if proved.</param>
public sealed record AwardOptimum(PriceOfRule Price, IReadOnlySet<string> Funded, IReadOnlySet<string> Qualified, bool Proved, bool Unique, long Gap)
{
    /// <summary>The longest that a page lets the optimiser search.</summary>
    public static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(2);

    /// <summary>Solves a model and compares; null if the time ran out before anything was found.</summary>
    public static AwardOptimum? Of(OptimumModel model, AwardResult result, IReadOnlyDictionary<string, Reach> reach, TimeSpan? limit = null)
    {
        var outcome = AwardOptimiser.Solve(model.Model, new SolveOptions { TimeLimit = limit ?? TimeLimit, Start = model.Declared });
        if (outcome.Stages.Count == 0) return null;
        var (best, proved) = (outcome.Stages[0], outcome.Status == SolveStatus.Optimal);
        List<SelectedItem> optimum = [.. outcome.Decisions.Where(d => d.Amount > 0).Select(d => new SelectedItem(model.CandidateOf(d.Id), d.Amount))];
        List<AwardDecision> qualified = [.. result.Decisions.Where(OptimumModel.IsQualified)];
        var price = PriceOfRule.Compare(
            [.. qualified.Select(d => new PricedItem(d.Id, d.RankingPoints ?? d.Points!.Value, reach.GetValueOrDefault(d.Id)?.People, reach.GetValueOrDefault(d.Id)?.Places ?? []))],
            [.. qualified.Where(d => d.IsFunded).Select(d => new SelectedItem(d.Id, d.Awarded))],
            optimum);
        var gap = proved || best.Value <= 0 ? 0 : Int128.Max(0, ((((Int128)best.Bound!.Value - best.Value) * 10_000) + best.Value - 1) / best.Value);
        return new(price, optimum.Select(o => o.Id).ToHashSet(StringComparer.Ordinal), qualified.Select(d => d.Id).ToHashSet(StringComparer.Ordinal), proved, outcome.Canonical, (long)gap);
    }
}

/// <summary>Whom an application's frozen programme reaches.</summary>
/// <param name="People">Beneficiaries of its projects, added up; null if the programme does not say.</param>
/// <param name="Places">Codes of its districts, each once.</param>
public sealed record Reach(long? People, IReadOnlyList<string> Places);

/// <summary>What is told beside a run.</summary>
public sealed record AwardComparison(AwardOptimum? Optimum, FundingOdds Odds);

/// <summary>
/// Tells the optimum and the probabilities beside a run. Computed once for each input, when somebody first looks, outside the
/// writer's lane and one at a time; kept by the digest of the input, which never changes.
/// </summary>
[UseCase]
public sealed class CompareWithOptimum(AppDb db, KeptComparisons kept)
{
    public async Task<AwardComparison> ExecuteAsync(SelectionRun run, CancellationToken cancel = default)
    {
        if (kept.TryFind(run.InputDigest, out var known)) return await known.WaitAsync(cancel);
        var opened = await OpenedAsync(run, cancel);
        var versions = opened.ConvertAll(o => o.ReadPublic().ProgrammeVersionId);
        var contents = (await db.ProgrammeVersions.Where(v => versions.Contains(v.Id)).ToListAsync(cancel)).ToDictionary(v => v.Id, v => v.ReadContent());
        var reach = opened.Zip(versions).ToDictionary(o => o.First.Code, o => ReachOf(contents.GetValueOrDefault(o.Second)), StringComparer.Ordinal);
        var sheets = await SheetsAsync(run, opened, cancel);
        var (input, result) = (run.ReadInput(), run.ReadResult());
        var model = OptimumModel.Of("", input, result, Titles(opened));
        return await kept.Keep(run.InputDigest, () => new(model is null ? null : AwardOptimum.Of(model, result, reach), FundingOdds.Of(input, run.InputDigest, sheets))).WaitAsync(cancel);
    }

    /// <summary>The model of a run as a file that anybody solves with <c>./minka select award</c>; null where nobody qualified.</summary>
    public async Task<byte[]?> FileAsync(SelectionRun run, string name, CancellationToken cancel = default) =>
        OptimumModel.Of(name, run.ReadInput(), run.ReadResult(), Titles(await OpenedAsync(run, cancel)))?.File;

    /// <summary>Whom a frozen programme reaches.</summary>
    public static Reach ReachOf(ProgrammeContent? programme)
    {
        if (programme is null) return new(null, []);
        var people = programme.Projects.Sum(p => (long)p.BeneficiaryWomen + p.BeneficiaryMen);
        return new(people > 0 ? people : null, [.. programme.Projects.SelectMany(p => p.Places).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);
    }

    Task<List<OpenedApplication>> OpenedAsync(SelectionRun run, CancellationToken cancel)
    {
        var id = run.Id;
        return db.OpenedApplications.Where(o => db.Set<AwardLine>().Any(l => l.RunId == id && l.ApplicationId == o.ApplicationId)).OrderBy(o => o.Code).ToListAsync(cancel);
    }

    static Dictionary<string, string> Titles(List<OpenedApplication> opened) => opened.ToDictionary(o => o.Code, o => o.Title, StringComparer.Ordinal);

    async Task<IReadOnlyList<LockedSheet>> SheetsAsync(SelectionRun run, List<OpenedApplication> opened, CancellationToken cancel)
    {
        var (call, codes) = (run.CallId, opened.ToDictionary(o => o.ApplicationId, o => o.Code));
        var seats = await db.Assignments.Where(a => a.CallId == call && a.State == AssignmentState.Locked).Select(a => new { a.Id, a.ApplicationId, a.Pseudonym, a.Seat }).ToListAsync(cancel);
        var points = (await db.Scores.Where(s => db.Set<Assignment>().Any(a => a.Id == s.AssignmentId && a.CallId == call && a.State == AssignmentState.Locked)).Select(s => new { s.AssignmentId, s.Points }).ToListAsync(cancel))
            .ToLookup(s => s.AssignmentId, s => s.Points ?? 0);
        return [.. seats.Where(s => codes.ContainsKey(s.ApplicationId)).Select(s => new LockedSheet(codes[s.ApplicationId], s.Pseudonym, s.Seat, points[s.Id].Sum()))];
    }
}

/// <summary>The comparisons of this process, each computed once.</summary>
public sealed class KeptComparisons
{
    const int Most = 256;
    static readonly SemaphoreSlim One = new(1);

    readonly ConcurrentDictionary<Digest, Lazy<Task<AwardComparison>>> kept = new();

    public bool TryFind(Digest input, [NotNullWhen(true)] out Task<AwardComparison>? found)
    {
        found = kept.TryGetValue(input, out var known) && !known.Value.IsFaulted ? known.Value : null;
        return found is not null;
    }

    public Task<AwardComparison> Keep(Digest input, Func<AwardComparison> compute)
    {
        // What failed is tried again; when too many are kept all go, for each can be computed anew.
        if (kept.TryGetValue(input, out var failed) && failed.Value.IsFaulted) kept.TryRemove(KeyValuePair.Create(input, failed));
        if (kept.Count >= Most) kept.Clear();
        return kept.GetOrAdd(input, _ => new(() => Task.Run(async () =>
        {
            await One.WaitAsync();
            try
            {
                return compute();
            }
            finally
            {
                One.Release();
            }
        }))).Value;
    }
}
