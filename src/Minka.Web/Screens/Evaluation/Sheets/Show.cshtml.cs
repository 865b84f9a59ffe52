using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Applications;
using Minka.Core.Database;
using Minka.Core.Evaluation;
using Minka.Core.Fund;
using Minka.Core.Kernel;
using Minka.Core.Rules;
using Minka.Web.Access;
using Minka.Web.Components;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Evaluation.Sheets;

/// <summary>One seat: its evaluator declares, scores criterion by criterion and locks. Others read it once all seats are locked.</summary>
[May(Role.Evaluator, Role.Operator, Role.Board, Role.Auditor)]
public sealed class ShowModel(AppDb db, EvaluateFile evaluate) : Screen
{
    public const string ReviewStep = "revisar";

    public Assignment Seat { get; private set; } = null!;

    public Call Call { get; private set; } = null!;

    public CallRules Rules { get; private set; } = null!;

    /// <summary>Null until the evaluator has declared to have no conflict.</summary>
    public OpenedFile? Papers { get; private set; }

    public string Code { get; private set; } = "";

    public string? Entity { get; private set; }

    public IReadOnlyDictionary<string, Score> Scores { get; private set; } = new Dictionary<string, Score>(StringComparer.Ordinal);

    /// <summary>What is kept of the criterion, where it changed since the form was read.</summary>
    public Score? Kept { get; private set; }

    public bool IsMine { get; private set; }

    public bool AllLocked { get; private set; }

    /// <summary>False where the file was withdrawn, or the call has gone on.</summary>
    public bool IsUnderWay { get; private set; }

    [BindProperty(SupportsGet = true, Name = "criterio")]
    public string? CriterionId { get; set; }

    [BindProperty]
    public string? Level { get; set; }

    [BindProperty]
    public string? Points { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    [BindProperty]
    public int? Version { get; set; }

    [BindProperty]
    public string? Why { get; set; }

    public IReadOnlyList<Criterion> Criteria => Rules.Pack.Criteria.Items;

    public Criterion? Criterion => CriterionId == ReviewStep ? null : Criteria.FirstOrDefault(c => c.Id == CriterionId) ?? Criteria.FirstOrDefault(c => !IsComplete(c)) ?? (CriterionId is null ? null : Criteria[0]);

    public bool IsReadOnly => !IsMine || Seat.State == AssignmentState.Locked || !IsUnderWay;

    public int LeastReason => Rules.Pack.Evaluation.ReasonRequired.Value ? 10 : 0;

    public bool Complete => Criteria.All(IsComplete);

    public int Total => Scores.Values.Sum(s => s.Points ?? 0);

    public IEnumerable<Crumb> Trail => IsMine
        ? [new Crumb(T["evaluation.mine.title"], "/evaluaciones"), new Crumb(Code)]
        : [new Crumb(Call.Title, $"/convocatorias/{Call.Slug}"), new Crumb(T["evaluation.seats.title"], $"/convocatorias/{Call.Slug}/evaluacion"), new Crumb(Code)];

    public bool IsComplete(Criterion criterion) => Scores.TryGetValue(criterion.Id, out var score) && score.Points is not null && score.Reason.Length >= LeastReason;

    public string Address(string? step = null) => $"/evaluaciones/{Seat.Id.Value}{(step is null ? "" : "?criterio=" + Uri.EscapeDataString(step))}";

    public string NextOf(Criterion criterion)
    {
        var index = Criteria.Index().First(c => c.Item.Id == criterion.Id).Index;
        return index + 1 < Criteria.Count ? Criteria[index + 1].Id : ReviewStep;
    }

    public override async Task LoadAsync()
    {
        var id = AssignmentId.From(RouteId("assignment"));
        Seat = await db.Assignments.SingleOrDefaultAsync(a => a.Id == id) ?? throw new NotFound("assignment", id.Value);
        IsMine = Seat.EvaluatorId == Person!.Id;
        AllLocked = await Scoring.AllLockedAsync(db, Seat.ApplicationId);
        // Another evaluator's seat is nobody's business; the office and the board read it once nothing can change any more.
        if (!IsMine && !(AllLocked && Seat.State == AssignmentState.Locked && May(Role.Operator, Role.Board, Role.Auditor))) throw new NotFound("assignment", id.Value);
        if (Seat.State == AssignmentState.Recused) throw new NotFound("assignment", id.Value);
        var (callId, application) = (Seat.CallId, Seat.ApplicationId);
        Call = await db.Calls.SingleAsync(c => c.Id == callId);
        var round = Call.Round;
        Rules = CallRules.Of(await db.Freezes.SingleAsync(f => f.CallId == callId && f.Round == round && f.Number == 2));
        var state = await db.Applications.Where(a => a.Id == application).Select(a => a.State).SingleAsync();
        IsUnderWay = Call.State == CallState.Evaluating && state == ApplicationState.Admitted;
        var opened = await db.OpenedApplications.Where(o => o.ApplicationId == application).Select(o => new { o.Code, o.Entity }).SingleAsync();
        var named = Rules.Pack.Evaluation.IdentityShown.Value;
        (Code, Entity) = (opened.Code, named || !IsMine ? opened.Entity : null);
        if (Seat.State == AssignmentState.Assigned) return;
        Papers = await OpenedFile.FindAsync(db, application, named || !IsMine);
        Scores = await db.Scores.AsNoTracking().Where(s => s.AssignmentId == id).ToDictionaryAsync(s => s.CriterionId, StringComparer.Ordinal);
        if (HttpMethods.IsGet(Request.Method) && Criterion is { } criterion && Scores.TryGetValue(criterion.Id, out var score))
            (Points, Reason, Version) = (score.Points?.ToString(CultureInfo.InvariantCulture), score.Reason, score.Version);
    }

    public async Task<IActionResult> OnPostAcceptAsync()
    {
        await LoadAsync();
        await evaluate.AcceptAsync(Seat.Id, Actor);
        return Redirect(Address());
    }

    public async Task<IActionResult> OnPostRecuseAsync()
    {
        await LoadAsync();
        if (string.IsNullOrWhiteSpace(Why))
        {
            Fault(nameof(Why), "rule." + EvaluationCodes.ConflictReasonMissing);
            return await AgainAsync();
        }
        await evaluate.RecuseAsync(Seat.Id, Why, Actor);
        Say("evaluation.recused", Code);
        return Redirect("/evaluaciones");
    }

    public async Task<IActionResult> OnPostScoreAsync(string? go)
    {
        await LoadAsync();
        if (Criterion is not { } criterion) return NotFound();
        try
        {
            if (!await SaveAsync(criterion, Points, Level, Reason)) return await AgainAsync();
        }
        catch (ChangedMeanwhile)
        {
            // Both are shown; sent again, this one counts.
            await LoadAsync();
            Kept = Scores.GetValueOrDefault(criterion.Id);
            Fault("", "evaluation.sheet.changed");
            ModelState.Remove(nameof(Version));
            Version = Kept?.Version;
            return await AgainAsync(StatusCodes.Status409Conflict);
        }
        if (go == "save")
        {
            Say("evaluation.saved", Format.Time(Now));
            return Redirect(Address(criterion.Id));
        }
        return Redirect(Address(NextOf(criterion)));
    }

    /// <summary>Autosave: only what changed comes; the rest is as it was kept.</summary>
    public async Task<IActionResult> OnPostKeepAsync()
    {
        await LoadAsync();
        if (Criterion is not { } criterion) return NotFound();
        var changed = Request.Form["__changed"].ToHashSet(StringComparer.Ordinal);
        var kept = Scores.GetValueOrDefault(criterion.Id);
        var before = kept?.Points?.ToString(CultureInfo.InvariantCulture);
        try
        {
            if (!await SaveAsync(criterion, changed.Contains("Points") ? Points : changed.Contains("Level") ? null : before, changed.Contains("Level") ? Level : null, changed.Contains("Reason") ? Reason : kept?.Reason))
                return StatusCode(StatusCodes.Status422UnprocessableEntity);
        }
        catch (ChangedMeanwhile)
        {
            return new JsonResult(new { compare = Address(criterion.Id) }) { StatusCode = StatusCodes.Status409Conflict };
        }
        catch (RuleBroken)
        {
            return StatusCode(StatusCodes.Status422UnprocessableEntity);
        }
        var id = Seat.Id;
        var version = await db.Scores.Where(s => s.AssignmentId == id && s.CriterionId == criterion.Id).Select(s => s.Version).SingleAsync();
        return new JsonResult(new { at = Format.Time(Now), version = version.ToString(CultureInfo.InvariantCulture) });
    }

    public async Task<IActionResult> OnPostLockAsync()
    {
        await LoadAsync();
        CriterionId = ReviewStep;
        await evaluate.LockAsync(Seat.Id, Actor);
        Say("evaluation.locked", Code);
        return Redirect("/evaluaciones");
    }

    async Task<bool> SaveAsync(Criterion criterion, string? typed, string? level, string? reason)
    {
        // The number is what counts; without it, the level that was chosen.
        var text = string.IsNullOrWhiteSpace(typed) ? level : typed.Trim();
        int? points = null;
        if (!string.IsNullOrWhiteSpace(text))
        {
            if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) || number < 0 || number > criterion.MaxPoints.Value)
            {
                Fault(nameof(Points), "rule." + EvaluationCodes.PointsOutside, text, criterion.MaxPoints.Value);
                return false;
            }
            points = number;
        }
        await evaluate.ScoreAsync(Seat.Id, criterion.Id, points, reason ?? "", Version, Actor);
        return true;
    }
}
