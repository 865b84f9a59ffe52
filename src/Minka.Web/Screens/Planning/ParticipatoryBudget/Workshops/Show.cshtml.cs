using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Planning.ParticipatoryBudget;
using Minka.Web.Access;
using Minka.Web.Api;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Planning.ParticipatoryBudget.Workshops;

/// <summary>One workshop: counts and problems for everybody; the roll and its close for the team.</summary>
[Public]
public sealed class ShowModel(AppDb db, RunWorkshops run) : BudgetScreen(db), IListed
{
    [BindProperty]
    public string? Signatures { get; set; }

    [BindProperty]
    public string? Numbers { get; set; }

    [BindProperty]
    public string? Problems { get; set; }

    [BindProperty]
    public string? Summary { get; set; }

    [BindProperty]
    public string? Place { get; set; }

    [BindProperty]
    public string? When { get; set; }

    [BindProperty]
    public string? Why { get; set; }

    public BudgetWorkshop Workshop { get; private set; } = null!;

    public int Came { get; private set; }

    public int Women { get; private set; }

    public int Accredited { get; private set; }

    public bool TakesArrivals => Workshop.TakesArrivalsAt(Now);

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        var (id, process) = (BudgetWorkshopId.From(RouteId("workshop")), Process.Id);
        Workshop = await Db.BudgetWorkshops.SingleOrDefaultAsync(w => w.Id == id && w.ProcessId == process) ?? throw new NotFound("workshop", id.Value);
        var came = from a in Db.BudgetAttendances where a.WorkshopId == id join g in Db.BudgetAgents on a.AgentId equals g.Id select g;
        (Came, Women) = (await came.CountAsync(), await came.CountAsync(a => a.IsWoman == true));
        Accredited = await Db.BudgetAgents.CountAsync(a => a.ProcessId == process && a.State == AgentState.Accredited);
        Place ??= Workshop.Place;
        When ??= TypedTime.OfInstant(Workshop.StartsAt);
        Problems ??= string.Join('\n', Workshop.Problems.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Problem}; {p.Result}; {p.Votes}")));
    }

    public async Task<IActionResult> OnPostRollAsync()
    {
        if (!IsTeam) return StatusCode(StatusCodes.Status403Forbidden);
        await LoadAsync();
        if (!int.TryParse(Signatures, NumberStyles.None, CultureInfo.InvariantCulture, out var signatures)) Fault(nameof(Signatures), "planning.field.number");
        if (!ModelState.IsValid) return await AgainAsync();
        try
        {
            await run.TypeRollAsync(Process.Id, Workshop.Id, signatures, Numbers ?? "", Actor);
        }
        catch (RuleBroken broken) when (broken.Code.StartsWith("budget.roll-", StringComparison.Ordinal))
        {
            ModelState.AddModelError(broken.Code is BudgetRules.RollExceeds or BudgetRules.RollDiffers ? nameof(Signatures) : nameof(Numbers), T.Of(broken));
            return await AgainAsync();
        }
        return Done("budget.roll.saved");
    }

    public async Task<IActionResult> OnPostProblemsAsync()
    {
        if (!IsTeam) return StatusCode(StatusCodes.Status403Forbidden);
        await LoadAsync();
        var problems = new List<WorkshopProblem>();
        foreach (var (at, line) in (Problems ?? "").ReplaceLineEndings("\n").Split('\n').Index().Where(l => !string.IsNullOrWhiteSpace(l.Item)))
        {
            var cells = line.Split(';', StringSplitOptions.TrimEntries);
            if (cells.Length != 3 || !int.TryParse(cells[2], NumberStyles.None, CultureInfo.InvariantCulture, out var votes)) Fault(nameof(Problems), "budget.problems.unreadable", at + 1);
            else problems.Add(new(problems.Count + 1, cells[0], cells[1], votes));
        }
        if (!ModelState.IsValid) return await AgainAsync();
        await run.NoteProblemsAsync(Process.Id, Workshop.Id, problems, Actor);
        return Done("budget.problems.saved");
    }

    public Task<IActionResult> OnPostHoldAsync() => ActAsync(() => run.HoldAsync(Process.Id, Workshop.Id, Summary, Actor), "budget.workshop.held");

    public async Task<IActionResult> OnPostMoveAsync()
    {
        if (!IsTeam) return StatusCode(StatusCodes.Status403Forbidden);
        await LoadAsync();
        if (!TypedTime.TryInstant(When, out var starts)) Fault(nameof(When), "entities.time-invalid", When);
        if (!ModelState.IsValid) return await AgainAsync();
        await run.MoveAsync(Process.Id, Workshop.Id, Place ?? "", starts, Why ?? "", Actor);
        return Done("budget.workshop.moved");
    }

    public Task<IActionResult> OnPostCancelAsync() => ActAsync(() => run.CancelAsync(Process.Id, Workshop.Id, Why ?? "", Actor), "budget.workshop.cancelled");

    public TableFile ToFile() => new($"{Process.Slug}-problemas", [T["budget.problem"], T["budget.problem.result"], T["budget.problem.votes"]], Workshop.Problems.Select(p => (IReadOnlyList<object?>)[p.Problem, p.Result, p.Votes]));

    async Task<IActionResult> ActAsync(Func<Task> act, string said)
    {
        if (!IsTeam) return StatusCode(StatusCodes.Status403Forbidden);
        await LoadAsync();
        await act();
        return Done(said);
    }

    RedirectResult Done(string said)
    {
        Say(said);
        return Redirect($"{Address}/talleres/{Workshop.Id.Value}");
    }
}
