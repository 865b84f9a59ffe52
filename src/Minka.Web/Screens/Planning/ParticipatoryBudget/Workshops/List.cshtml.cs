using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Planning.ParticipatoryBudget;
using Minka.Web.Access;
using Minka.Web.Api;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Planning.ParticipatoryBudget.Workshops;

public sealed record ListedWorkshop(BudgetWorkshop Workshop, int Came);

[Public]
public sealed class ListModel(AppDb db, RunWorkshops run) : BudgetScreen(db), IListed
{
    [BindProperty]
    public WorkshopKind Kind { get; set; }

    [BindProperty]
    public string? Subject { get; set; }

    [BindProperty]
    public string? Place { get; set; }

    [BindProperty]
    public string? When { get; set; }

    [BindProperty]
    public string? Agenda { get; set; }

    public IReadOnlyList<ListedWorkshop> Rows { get; private set; } = [];

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        var (id, attendances) = (Process.Id, Db.BudgetAttendances);
        Rows = await Db.BudgetWorkshops.Where(w => w.ProcessId == id).OrderBy(w => w.StartsAt).ThenBy(w => w.Id).Take(200).Select(w => new ListedWorkshop(w, attendances.Count(a => a.WorkshopId == w.Id))).ToListAsync();
    }

    public async Task<IActionResult> OnPostConveneAsync()
    {
        if (!IsTeam) return StatusCode(StatusCodes.Status403Forbidden);
        await LoadAsync();
        if (!TypedTime.TryInstant(When, out var starts)) Fault(nameof(When), "entities.time-invalid", When);
        if (!ModelState.IsValid) return await AgainAsync();
        var workshop = await run.ConveneAsync(Process.Id, new(Kind, Subject ?? "", Place ?? "", starts, Agenda ?? ""), Actor);
        Say("budget.workshop.convened");
        return Redirect($"{Address}/talleres/{workshop.Value}");
    }

    public TableFile ToFile() => new($"{Process.Slug}-talleres", [T["budget.workshop"], T["budget.workshop.kind"], T["budget.workshop.when"], T["budget.workshop.place"], T["budget.workshop.came"], T["budget.state"]],
        Rows.Select(r => (IReadOnlyList<object?>)[r.Workshop.Title, T.Of(r.Workshop.Kind), r.Workshop.StartsAt, r.Workshop.Place, r.Came, T.Of(r.Workshop.State)]));
}
