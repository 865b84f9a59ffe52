using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Applications;
using Minka.Core.Database;
using Minka.Core.Evaluation;
using Minka.Core.Fund;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.Core.Rules;
using Minka.Web.Access;
using Minka.Web.Components;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Evaluation.Screening;

/// <summary>One requirement with what the office found and what the applicant answered.</summary>
public sealed record RequirementLine(AdmissibilityRequirement Requirement, string? Met, string Reason, Finding? Before, CureAnswer? Answer, StoredFile? AnswerFile);

[May(Role.Operator, Role.Board, Role.Auditor)]
public sealed class ReviewModel(AppDb db, RecordFindings record, TellFindings tell, DecideReview decide) : Screen
{
    public Application Application { get; private set; } = null!;

    public Call Call { get; private set; } = null!;

    public Review Review { get; private set; } = null!;

    public CallRules Rules { get; private set; } = null!;

    public OpenedFile Papers { get; private set; } = null!;

    public IReadOnlyList<RequirementLine> Lines { get; private set; } = [];

    /// <summary>Investments that another promoter of the call asks for too.</summary>
    public IReadOnlyList<SharedInvestment> Shared { get; private set; } = [];

    public FileDocument? Viewed { get; private set; }

    public bool MayEdit => May(Role.Operator) && Review.State is ReviewState.InReview or ReviewState.Cured && Application.State is not (ApplicationState.Withdrawn or ApplicationState.Disqualified);

    public bool MayRejectLate => May(Role.Operator) && Review.State == ReviewState.Observed && new Deadline(Review.CureUntil!.Value).HasPassedAt(Now);

    public bool RoundsLeft => Review.Round < Rules.Pack.Cure.Rounds.Value;

    public IEnumerable<Crumb> Trail => [new Crumb(T["shell.nav.calls"], "/convocatorias"), new Crumb(Call.Title, $"/convocatorias/{Call.Slug}"),
        new Crumb(T["evaluation.screening.title"], $"/convocatorias/{Call.Slug}/admisibilidad"), new Crumb(Application.Code!)];

    public override async Task LoadAsync()
    {
        var id = ApplicationId.From(RouteId("application"));
        Application = await db.Applications.SingleOrDefaultAsync(a => a.Id == id) ?? throw new NotFound("application", id.Value);
        Review = await db.Reviews.SingleOrDefaultAsync(r => r.ApplicationId == id) ?? throw new NotFound("review", id.Value);
        var callId = Application.CallId;
        Call = await db.Calls.SingleAsync(c => c.Id == callId);
        var round = Call.Round;
        Rules = CallRules.Of(await db.Freezes.SingleAsync(f => f.CallId == callId && f.Round == round && f.Number == 2));
        Papers = await OpenedFile.FindAsync(db, id) ?? throw new NotFound("application", id.Value);
        Shared = await SharedInvestments.OfAsync(db, id);
        var shown = Request.Query["documento"].ToString();
        Viewed = Papers.Documents.FirstOrDefault(d => d.Entry.Order.ToString(System.Globalization.CultureInfo.InvariantCulture) == shown) ?? Papers.Documents.FirstOrDefault();
        var findings = await db.Findings.Where(f => f.ApplicationId == id).ToListAsync();
        var answers = await db.CureAnswers.Where(c => c.ApplicationId == id).ToListAsync();
        var fileIds = answers.Select(a => a.FileId).OfType<StoredFileId>().ToList();
        var files = await db.StoredFiles.Where(f => fileIds.Contains(f.Id)).ToDictionaryAsync(f => f.Id);
        // While findings are told and not answered, those of the round before are the ones that count.
        var at = Review.State == ReviewState.Observed || (Review.State == ReviewState.Rejected && findings.All(f => f.Round != Review.Round)) ? Review.Round - 1 : Review.Round;
        Lines = [.. Rules.Pack.Admissibility.Select(r =>
        {
            var now = findings.SingleOrDefault(f => f.RequirementId == r.Id && f.Round == at);
            var before = findings.Where(f => f.RequirementId == r.Id && f.Round < at).MaxBy(f => f.Round);
            var answer = answers.Where(c => c.RequirementId == r.Id).MaxBy(c => c.Round);
            var typed = Request.HasFormContentType ? Request.Form["met." + r.Id].ToString() : "";
            var reason = Request.HasFormContentType ? Request.Form["reason." + r.Id].ToString() : now?.Reason ?? "";
            // What was met before a cure stays met unless the office says otherwise.
            var met = typed.Length > 0 ? typed : now is not null ? (now.Met ? "yes" : "no") : before is { Met: true } ? "yes" : null;
            return new RequirementLine(r, met, reason, before, answer, answer?.FileId is { } f ? files.GetValueOrDefault(f) : null);
        })];
    }

    public async Task<IActionResult> OnPostAsync(string act)
    {
        await LoadAsync();
        if (!May(Role.Operator)) return StatusCode(StatusCodes.Status403Forbidden);
        var id = Application.Id;
        if (MayEdit)
        {
            foreach (var line in Lines.Where(l => l.Met == "no" && string.IsNullOrWhiteSpace(l.Reason))) Fault("reason." + line.Requirement.Id, "rule." + EvaluationCodes.ReviewReasonMissing, line.Requirement.Text.In(T.Language));
            if (!ModelState.IsValid) return await AgainAsync();
            await record.ExecuteAsync(id, [.. Lines.Where(l => l.Met is not null).Select(l => new FindingInput(l.Requirement.Id, l.Met == "yes", l.Reason))], Actor);
        }
        switch (act)
        {
            case "tell": Say("evaluation.review.told", await tell.ExecuteAsync(id, Actor)); break;
            case "admit": await decide.AdmitAsync(id, Actor); Say("evaluation.review.admitted", Application.Code); break;
            case "reject": await decide.RejectAsync(id, Actor); Say("evaluation.review.rejected", Application.Code); break;
            default: Say("evaluation.review.saved"); return Redirect($"/postulaciones/{id.Value}/admisibilidad");
        }
        return Redirect($"/convocatorias/{Call.Slug}/admisibilidad");
    }
}
