using Microsoft.AspNetCore.Mvc;
using Minka.Core.Accounts;
using Minka.Core.Applications;
using Minka.Web.Access;

namespace Minka.Web.Screens.Applications.Drafts;

[May(Role.Manager)]
public sealed class WithdrawModel(ApplicationCases cases, WithdrawApplication withdraw) : ApplicationScreen(cases)
{
    [BindProperty]
    public string? Why { get; set; }

    [BindProperty]
    public bool Sure { get; set; }

    public bool CanWithdraw => Application.Table.May(base.Application.State, "withdraw");

    public async Task<IActionResult> OnPostAsync()
    {
        if (!Sure)
        {
            Fault(nameof(Sure), "applications.withdraw.sure.missing");
            return await AgainAsync();
        }
        await withdraw.ExecuteAsync(Id, Why, Actor, HttpContext.RequestAborted);
        Say("applications.withdraw.done");
        return LocalRedirect(Home);
    }
}
