using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Applications;
using Minka.Core.Database;
using Minka.Core.Evaluation;
using Minka.Core.Fund;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.Core.Rules.Calendars;
using Minka.Web.Access;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Evaluation.Cures;

public sealed record FindingLine(string RequirementId, string Text, string Reason, string Answer, CureAnswer? Given);

[May(Role.Manager, Role.Operator, Role.Auditor)]
public sealed class AnswerModel(AppDb db, CureFindings cure, FileStore files) : Screen
{
    public Application Application { get; private set; } = null!;

    public Call Call { get; private set; } = null!;

    public Review Review { get; private set; } = null!;

    public IReadOnlyList<FindingLine> Lines { get; private set; } = [];

    public bool MayAnswer => May(Role.Manager) && Review.State == ReviewState.Observed && new Deadline(Review.CureUntil!.Value).IsOpenAt(Now);

    public int BusinessDays => Math.Max(0, BusinessCalendar.Peru.BusinessDaysBetween(Today, LegalTime.DayIn(Review.CureUntil!.Value)));

    public override async Task LoadAsync()
    {
        var id = ApplicationId.From(RouteId("application"));
        Application = await db.Applications.SingleOrDefaultAsync(a => a.Id == id) ?? throw new NotFound("application", id.Value);
        Review = await db.Reviews.SingleOrDefaultAsync(r => r.ApplicationId == id) ?? throw new NotFound("review", id.Value);
        // Nothing of the review is told before the office tells it.
        if (Review.Round == 0) throw new NotFound("findings", id.Value);
        var callId = Application.CallId;
        Call = await db.Calls.SingleAsync(c => c.Id == callId);
        var callRound = Call.Round;
        var rules = CallRules.Of(await db.Freezes.SingleAsync(f => f.CallId == callId && f.Round == callRound && f.Number == 2));
        var told = Review.Round - 1;
        var findings = await db.Findings.Where(f => f.ApplicationId == id && f.Round == told && !f.Met).ToListAsync();
        var round = Review.Round;
        var answers = await db.CureAnswers.Where(c => c.ApplicationId == id && c.Round == round).ToListAsync();
        Lines = [.. rules.Pack.Admissibility.Where(r => findings.Any(f => f.RequirementId == r.Id)).Select(r => new FindingLine(r.Id, r.Text.In(T.Language),
            findings.Single(f => f.RequirementId == r.Id).Reason, Request.HasFormContentType ? Request.Form["answer." + r.Id].ToString() : "", answers.SingleOrDefault(a => a.RequirementId == r.Id)))];
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        if (!May(Role.Manager)) return StatusCode(StatusCodes.Status403Forbidden);
        var answers = new List<CureInput>();
        foreach (var line in Lines)
        {
            if (string.IsNullOrWhiteSpace(line.Answer)) Fault("answer." + line.RequirementId, "rule." + EvaluationCodes.CureAnswerMissing, line.Text);
            IncomingFile? incoming = null;
            if (Request.Form.Files.GetFile("file." + line.RequirementId) is { Length: > 0 } sent)
            {
                try
                {
                    incoming = await ReadAsync(sent);
                }
                catch (RuleBroken broken) when (broken.Code.StartsWith("file.", StringComparison.Ordinal))
                {
                    Fault("file." + line.RequirementId, "rule." + broken.Code, broken.Args);
                }
            }
            answers.Add(new(line.RequirementId, line.Answer, incoming));
        }
        if (!ModelState.IsValid) return await AgainAsync();
        await cure.ExecuteAsync(Application.Id, answers, Actor);
        Say("evaluation.cure.sent");
        return Redirect($"/postulaciones/{Application.Id.Value}/subsanar");
    }

    async Task<IncomingFile> ReadAsync(IFormFile sent)
    {
        if (sent.Length > FileStore.Largest) throw new RuleBroken("file.too-large", FileStore.LargestMegabytes);
        using var bytes = new MemoryStream();
        await sent.CopyToAsync(bytes);
        return await files.PutAsync(bytes.ToArray(), sent.FileName);
    }
}
