using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Planning.ParticipatoryBudget;
using Minka.Web.Access;

namespace Minka.Web.Screens.Planning.ParticipatoryBudget.Workshops;

/// <summary>An agent says "here" with the code of its slip, or from an account of its own.</summary>
[Public]
public sealed class ArriveModel(AppDb db, RunWorkshops run) : BudgetScreen(db)
{
    [BindProperty]
    public string? Code { get; set; }

    public BudgetWorkshop Workshop { get; private set; } = null!;

    /// <summary>Whether the person who is signed in speaks for an agent.</summary>
    public bool HasAccount { get; private set; }

    public (int Number, string Organisation, bool Already)? Done { get; private set; }

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        var (id, process) = (BudgetWorkshopId.From(RouteId("workshop")), Process.Id);
        Workshop = await Db.BudgetWorkshops.SingleOrDefaultAsync(w => w.Id == id && w.ProcessId == process) ?? throw new NotFound("workshop", id.Value);
        HasAccount = Person is { } person && await Db.BudgetAgents.AnyAsync(a => a.ProcessId == process && a.PersonId == person.Id && a.State == AgentState.Accredited);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        try
        {
            Done = await run.ArriveByCodeAsync(Process.Id, Workshop.Id, Code ?? "", Anybody);
        }
        catch (RuleBroken broken)
        {
            ModelState.AddModelError(nameof(Code), T.Of(broken));
            return await AgainAsync();
        }
        return Page();
    }

    public async Task<IActionResult> OnPostAccountAsync()
    {
        await LoadAsync();
        if (Person is null) return StatusCode(StatusCodes.Status403Forbidden);
        Done = await run.ArriveBySignInAsync(Process.Id, Workshop.Id, Actor);
        return Page();
    }
}
