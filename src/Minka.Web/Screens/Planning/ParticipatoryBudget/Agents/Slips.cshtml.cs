using Microsoft.AspNetCore.Mvc;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Planning.ParticipatoryBudget;
using Minka.Web.Access;

namespace Minka.Web.Screens.Planning.ParticipatoryBudget.Agents;

/// <summary>Slips with number and code for every accredited agent, to print, cut and hand out. Codes are shown once.</summary>
[May(Role.Manager, Role.Secretary)]
public sealed class SlipsModel(AppDb db, ReviewAgents review) : BudgetScreen(db)
{
    public IReadOnlyList<AgentSlip> Slips { get; private set; } = [];

    public string Scanned => $"{Request.Scheme}://{Place}";

    public string Place => $"{Request.Host}{Address}";

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        Response.Headers.CacheControl = "no-store";
        Slips = await review.IssueCodesAsync(Process.Id, Actor);
        return Page();
    }
}
