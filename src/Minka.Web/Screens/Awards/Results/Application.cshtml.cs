using Microsoft.EntityFrameworkCore;
using Minka.Core.Agreements;
using Minka.Core.Applications;
using Minka.Core.Awards;
using Minka.Core.Database;
using Minka.Core.Evaluation;
using Minka.Core.Fund;
using Minka.Core.Kernel;
using Minka.Selection.Award;
using Minka.Web.Access;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Awards.Results;

public sealed record ReaderSheet(string Pseudonym, int Seat, int Total, IReadOnlyDictionary<string, Score> Scores);

[Public]
public sealed class ApplicationModel(AppDb db) : Screen
{
    public Call Call { get; private set; } = null!;

    public CallRules Rules { get; private set; } = null!;

    public AwardReading Award { get; private set; } = null!;

    public NamedLine Line { get; private set; } = null!;

    /// <summary>What would have changed its outcome, by running the award again.</summary>
    public AwardExplanation Explanation { get; private set; } = null!;

    public AwardCandidate Candidate => Award.Input.Candidates.First(c => c.Id == Line.Code);

    public OpenedApplication Opened { get; private set; } = null!;

    public PublicPart Public { get; private set; } = null!;

    public IReadOnlyList<ReaderSheet> Sheets { get; private set; } = [];

    public FinalScore? Final { get; private set; }

    public IReadOnlyList<(string Text, Finding Finding)> Failures { get; private set; } = [];

    public IReadOnlyList<AwardStep> Steps { get; private set; } = [];

    public Agreement? Agreement { get; private set; }

    public override async Task LoadAsync()
    {
        var (slug, code) = (Route("call"), Route("code"));
        Call = await db.Calls.SingleOrDefaultAsync(c => c.Slug == slug) ?? throw new NotFound("call", slug);
        Award = await AwardReading.PublishedAsync(db, Call) ?? throw new NotFound("award", slug);
        Award = Award with { Beside = await ComparedRuns.FindAsync(db, Award.Run.Id, HttpContext.RequestAborted) };
        var line = Award.Lines.FirstOrDefault(l => l.Code == code) ?? throw new NotFound("application", code);
        Line = (await Award.NamedAsync(db, [line]))[0];
        var (id, round) = (Call.Id, Call.Round);
        Rules = CallRules.Of(await db.Freezes.SingleAsync(f => f.CallId == id && f.Round == round && f.Number == 2));
        Opened = await db.OpenedApplications.SingleAsync(o => o.CallId == id && o.Code == code);
        Public = Opened.ReadPublic();
        var application = Opened.ApplicationId;
        var seats = await db.Assignments.Where(a => a.ApplicationId == application && a.State == AssignmentState.Locked).OrderBy(a => a.Seat).ToListAsync();
        var seatIds = seats.ConvertAll(s => s.Id);
        var scores = (await db.Scores.Where(s => seatIds.Contains(s.AssignmentId)).ToListAsync()).ToLookup(s => s.AssignmentId);
        Sheets = [.. seats.Select(s => new ReaderSheet(s.Pseudonym, s.Seat, scores[s.Id].Sum(x => x.Points ?? 0), scores[s.Id].ToDictionary(x => x.CriterionId, StringComparer.Ordinal)))];
        if (Line.Decision.Points is not null) Final = FinalScores.Compute(await Scoring.SheetsAsync(db, application), Rules.Pack.Evaluation);
        var findings = await db.Findings.Where(f => f.ApplicationId == application && !f.Met).OrderBy(f => f.Round).ToListAsync();
        Failures = [.. findings.Select(f => (Rules.Pack.Admissibility.First(r => r.Id == f.RequirementId).Text.In(T.Language), f))];
        Explanation = AwardRanking.Explain(Award.Input, code, AwardReading.MostRuns);
        Steps = [.. Award.Result.Trace.Where(s => s.Candidate == code)];
        Agreement = await db.Agreements.Where(a => a.ApplicationId == application).OrderByDescending(a => a.DraftedAt).FirstOrDefaultAsync();
    }
}
