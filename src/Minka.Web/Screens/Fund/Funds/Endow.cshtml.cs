using Microsoft.AspNetCore.Mvc;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Fund.Funds;
using Minka.Core.Kernel;
using Minka.Web.Access;

namespace Minka.Web.Screens.Fund.Funds;

[May(Role.Operator, Role.Admin)]
public sealed class EndowModel(AppDb db, EndowFund endow) : FundScreen(db)
{
    [BindProperty]
    public string? Amount { get; set; }

    [BindProperty]
    public string? Basis { get; set; }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        if (!MoneyText.TryParse(Amount, out var amount, out var problem)) Fault(nameof(Amount), "fund." + problem);
        if (string.IsNullOrWhiteSpace(Basis)) Fault(nameof(Basis), "rule.fund.basis-missing");
        if (!ModelState.IsValid) return await AgainAsync();
        await endow.ExecuteAsync(Fund.Id, amount, Basis!, Actor, HttpContext.RequestAborted);
        Say("fund.endow.done", amount);
        return LocalRedirect($"/fondos/{Fund.Slug}");
    }
}
