using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Applications;
using Minka.Core.Database;
using Minka.Core.Evaluation;
using Minka.Core.Fund;
using Minka.Core.Kernel;
using Minka.Core.Planning;
using Minka.Core.Register;
using Minka.Selection.Award;
using Minka.Selection.Optimal;

namespace Minka.Core.Awards;

/// <summary>The best portfolio that the same money could have bought, beside the declared award. It decides nothing.</summary>
/// <param name="Price">Declared rule and best portfolio, in points, people and places.</param>
/// <param name="Best">Whom the best portfolio funds, and with how much, in the order of the codes.</param>
/// <param name="Qualified">Codes of those who competed, in order.</param>
/// <param name="Proved">Whether no portfolio has more points; else it is the best found.</param>
/// <param name="Unique">Whether it is also proved to be the first, in the order of the ranking, among all with the same points.</param>
/// <param name="Gap">By how much at most a better one could surpass it, in basis points of its points, rounded up; 0 if proved.</param>
public sealed record AwardOptimum(PriceOfRule Price, IReadOnlyList<SelectedItem> Best, IReadOnlyList<string> Qualified, bool Proved, bool Unique, long Gap)
{
    /// <summary>How long the optimiser may search; it does once, when the award is proposed.</summary>
    public static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(5);

    /// <summary>Solves a model and compares; null if the time ran out before anything was found.</summary>
    /// <param name="certificate">The proof that anybody replays with <c>./minka select verify</c>; null where nothing was proved.</param>
    public static AwardOptimum? Of(OptimumModel model, AwardResult result, IReadOnlyDictionary<string, Reach> reach, out byte[]? certificate, TimeSpan? limit = null)
    {
        certificate = AwardCertificate.Solve(model.File, 0, model.Task, new SolveOptions { TimeLimit = limit ?? TimeLimit, Start = model.Declared }, out var outcome, out _);
        if (outcome!.Stages.Count == 0) return null;
        var (best, proved) = (outcome.Stages[0], outcome.Status == SolveStatus.Optimal);
        var granted = outcome.Decisions.Where(d => d.Amount > 0).Select(d => (d.Id, d.Amount)).ToHashSet();
        var chosen = model.Columns.Index().Where(c => granted.Contains((c.Item.Proposal, c.Item.Item.Amount))).Select(c => c.Index);
        var gap = proved || best.Value <= 0 ? 0 : Int128.Max(0, ((((Int128)best.Bound!.Value - best.Value) * 10_000) + best.Value - 1) / best.Value);
        return Told(model, result, reach, chosen, proved, outcome.Canonical, (long)gap);
    }

    /// <summary>The same of columns that are known to be chosen, as a certificate tells them.</summary>
    public static AwardOptimum Told(OptimumModel model, AwardResult result, IReadOnlyDictionary<string, Reach> reach, IEnumerable<int> chosen, bool proved, bool unique, long gap)
    {
        List<SelectedItem> best = [.. chosen.Select(c => model.Columns[c].Item).OrderBy(i => i.Id, StringComparer.Ordinal)];
        List<AwardDecision> qualified = [.. result.Decisions.Where(OptimumModel.IsQualified)];
        var price = PriceOfRule.Compare(
            [.. qualified.Select(d => new PricedItem(d.Id, d.RankingPoints ?? d.Points!.Value, reach.GetValueOrDefault(d.Id)?.People, reach.GetValueOrDefault(d.Id)?.Places ?? []))],
            [.. qualified.Where(d => d.IsFunded).Select(d => new SelectedItem(d.Id, d.Awarded))],
            best);
        return new(price, best, [.. qualified.Select(d => d.Id).Order(StringComparer.Ordinal)], proved, unique, gap);
    }

    public bool Funds(string code) => Best.Any(b => b.Id == code);
}

/// <summary>Whom an application's frozen programme reaches.</summary>
/// <param name="People">Beneficiaries of its projects, added up; null if the programme does not say.</param>
/// <param name="Places">Codes of its districts, each once.</param>
public sealed record Reach(long? People, IReadOnlyList<string> Places)
{
    public static Reach Of(ProgrammeContent? programme)
    {
        if (programme is null) return new(null, []);
        var people = programme.Projects.Sum(p => (long)p.BeneficiaryWomen + p.BeneficiaryMen);
        return new(people > 0 ? people : null, [.. programme.Projects.SelectMany(p => p.Places).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);
    }
}

/// <summary>What is told beside a run.</summary>
/// <param name="Reasons">Why the best portfolio funds each one or not; null if it is not proved, and in what was kept before reasons were told.</param>
public sealed record AwardComparison(AwardOptimum? Optimum, FundingOdds Odds, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<OptimumReason>? Reasons = null);

/// <summary>The comparison of one run, computed once and kept: it never changes, and no page waits for it.</summary>
public sealed class RunComparison : IAppendOnly
{
    public required RunId RunId { get; init; }

    /// <summary>Canonical JSON of <see cref="AwardComparison"/>.</summary>
    public required string Content { get; init; }

    public required Digest ContentDigest { get; init; }

    /// <summary>JSON of the optimum's certificate; null where nothing was proved or the proof is too long to keep.</summary>
    public required string? Certificate { get; init; }

    public required DateTime ComputedAt { get; init; }

    public AwardComparison Read() => JsonSerializer.Deserialize<AwardComparison>(Content, CanonicalJson.Options)!;
}

/// <summary>Computes the optimum and the probabilities beside a run, outside the writer's lane, and keeps them.</summary>
[UseCase]
public sealed class CompareWithOptimum(Writer writer, AppDb db)
{
    /// <summary>So many bytes of proof are kept at most.</summary>
    public const int LongestCertificate = 4 * 1024 * 1024;

    /// <summary>Computes it unless that was done.</summary>
    public async Task StoreAsync(RunId id, CancellationToken cancel = default)
    {
        if (await db.RunComparisons.AnyAsync(c => c.RunId == id, cancel)) return;
        var run = await db.SelectionRuns.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, cancel) ?? throw new NotFound("run", id.Value);
        var opened = await ComparedRuns.OpenedAsync(db, run, cancel);
        var versions = opened.ConvertAll(o => o.ReadPublic().ProgrammeVersionId);
        var contents = (await db.ProgrammeVersions.AsNoTracking().Where(v => versions.Contains(v.Id)).ToListAsync(cancel)).ToDictionary(v => v.Id, v => v.ReadContent());
        var reach = opened.Zip(versions).ToDictionary(o => o.First.Code, o => Reach.Of(contents.GetValueOrDefault(o.Second)), StringComparer.Ordinal);
        var sheets = await SheetsAsync(run, opened, cancel);
        var (input, result) = (run.ReadInput(), run.ReadResult());
        byte[]? proof = null;
        var model = await ComparedRuns.ModelAsync(db, run, opened, cancel);
        var optimum = model is null ? null : AwardOptimum.Of(model, result, reach, out proof);
        var reasons = optimum is null ? null : OptimumReasons.Of(model!, optimum);
        var content = CanonicalJson.Bytes(new AwardComparison(optimum, FundingOdds.Of(input, run.InputDigest, sheets), reasons));
        var told = new RunComparison
        {
            RunId = id,
            Content = Encoding.UTF8.GetString(content),
            ContentDigest = Digest.Of(content),
            Certificate = proof is { Length: <= LongestCertificate } ? Encoding.UTF8.GetString(proof) : null,
            ComputedAt = default,
        };
        try
        {
            await writer.ActAsync("award.compare", Actor.System, async work =>
            {
                if (await work.Db.RunComparisons.AnyAsync(c => c.RunId == id, cancel)) throw new ComparedMeanwhile();
                work.Db.RunComparisons.Add(new()
                {
                    RunId = id,
                    Content = told.Content,
                    ContentDigest = told.ContentDigest,
                    Certificate = told.Certificate,
                    ComputedAt = work.Now,
                });
                work.Happened(new AwardCompared(run.CallId, id, told.ContentDigest));
            }, new ActNote("run", id.Value), cancel);
        }
        catch (ComparedMeanwhile)
        {
            // Another was faster: what it wrote is the same.
        }
    }

    /// <summary>Computes what an earlier version of the platform left without.</summary>
    public async Task StoreMissingAsync(CancellationToken cancel = default)
    {
        foreach (var id in await db.SelectionRuns.Where(r => !db.Set<RunComparison>().Any(c => c.RunId == r.Id)).OrderBy(r => r.ProposedAt).Select(r => r.Id).ToListAsync(cancel))
            await StoreAsync(id, cancel);
    }

    async Task<IReadOnlyList<LockedSheet>> SheetsAsync(SelectionRun run, List<OpenedApplication> opened, CancellationToken cancel)
    {
        var (call, codes) = (run.CallId, opened.ToDictionary(o => o.ApplicationId, o => o.Code));
        var seats = await db.Assignments.Where(a => a.CallId == call && a.State == AssignmentState.Locked).Select(a => new { a.Id, a.ApplicationId, a.Pseudonym, a.Seat }).ToListAsync(cancel);
        var points = (await db.Scores.Where(s => db.Set<Assignment>().Any(a => a.Id == s.AssignmentId && a.CallId == call && a.State == AssignmentState.Locked)).Select(s => new { s.AssignmentId, s.Points }).ToListAsync(cancel))
            .ToLookup(s => s.AssignmentId, s => s.Points ?? 0);
        return [.. seats.Where(s => codes.ContainsKey(s.ApplicationId)).Select(s => new LockedSheet(codes[s.ApplicationId], s.Pseudonym, s.Seat, points[s.Id].Sum()))];
    }

    /// <summary>Another stored the same run meanwhile: nothing is written.</summary>
    sealed class ComparedMeanwhile : Exception;
}

/// <summary>Reads what stands beside a run.</summary>
public static class ComparedRuns
{
    /// <summary>What was computed, or null before.</summary>
    public static async Task<AwardComparison?> FindAsync(AppDb db, RunId id, CancellationToken cancel = default) =>
        (await db.RunComparisons.AsNoTracking().SingleOrDefaultAsync(c => c.RunId == id, cancel))?.Read();

    /// <summary>The model of a run as a file that anybody solves with <c>./minka select award</c>; null where nobody qualified.</summary>
    public static async Task<byte[]?> FileAsync(AppDb db, SelectionRun run, CancellationToken cancel = default) =>
        (await ModelAsync(db, run, await OpenedAsync(db, run, cancel), cancel))?.File;

    internal static async Task<OptimumModel?> ModelAsync(AppDb db, SelectionRun run, List<OpenedApplication> opened, CancellationToken cancel)
    {
        var call = run.CallId;
        var slug = await db.Calls.Where(c => c.Id == call).Select(c => c.Slug).SingleAsync(cancel);
        return OptimumModel.Of(slug, run.ReadInput(), run.ReadResult(), opened.ToDictionary(o => o.Code, o => o.Title, StringComparer.Ordinal));
    }

    internal static Task<List<OpenedApplication>> OpenedAsync(AppDb db, SelectionRun run, CancellationToken cancel)
    {
        var id = run.Id;
        return db.OpenedApplications.AsNoTracking().Where(o => db.Set<AwardLine>().Any(l => l.RunId == id && l.ApplicationId == o.ApplicationId)).OrderBy(o => o.Code).ToListAsync(cancel);
    }
}
