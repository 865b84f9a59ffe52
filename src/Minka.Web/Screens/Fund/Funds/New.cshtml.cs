using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Fund;
using Minka.Core.Fund.Funds;
using Minka.Core.Kernel;
using Minka.Web.Access;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Fund.Funds;

[May(Role.Admin)]
public sealed class NewModel(CreateFund create, AppDb db) : Screen
{
    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Institution { get; set; }

    [BindProperty]
    public string? LegalBasis { get; set; }

    [BindProperty]
    public string? Resources { get; set; }

    [BindProperty]
    public string? ResourcesBasis { get; set; }

    public async Task<IActionResult> OnPostAsync()
    {
        var amount = Money.Zero;
        if (!string.IsNullOrWhiteSpace(Resources) && !MoneyText.TryParse(Resources, out amount, out var problem)) Fault(nameof(Resources), "fund." + problem);
        if (string.IsNullOrWhiteSpace(Name)) Fault(nameof(Name), "rule.fund.name-missing");
        if (string.IsNullOrWhiteSpace(Institution)) Fault(nameof(Institution), "rule.fund.institution-missing");
        if (amount.IsPositive && string.IsNullOrWhiteSpace(ResourcesBasis)) Fault(nameof(ResourcesBasis), "rule.fund.basis-missing");
        if (!ModelState.IsValid) return await AgainAsync();
        var id = await create.ExecuteAsync(new(Name!, Institution!, LegalBasis ?? "", amount, ResourcesBasis ?? ""), Actor, HttpContext.RequestAborted);
        var slug = await db.Funds.Where(f => f.Id == id).Select(f => f.Slug).SingleAsync(HttpContext.RequestAborted);
        Say("fund.new.done", Name);
        return LocalRedirect($"/fondos/{slug}");
    }
}
