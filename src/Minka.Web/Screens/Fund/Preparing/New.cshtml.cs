using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Fund;
using Minka.Core.Fund.Calls;
using Minka.Core.Kernel;
using Minka.Core.Ledger;
using Minka.Core.Rules;
using Minka.Core.Territories;
using Minka.Web.Access;
using Minka.Web.Components;

namespace Minka.Web.Screens.Fund.Preparing;

[May(Role.Operator)]
public sealed class NewModel(AppDb db, Country country, RulePacks packs, DraftCall draft) : FundScreen(db)
{
    [BindProperty]
    public string? Pack { get; set; }

    [BindProperty]
    public string? Title { get; set; }

    [BindProperty]
    public string? Purpose { get; set; }

    [BindProperty]
    public string? Budget { get; set; }

    [BindProperty]
    public List<string> ProvinceCodes { get; set; } = [];

    [BindProperty]
    public List<string> Departments { get; set; } = [];

    public IReadOnlyList<Choice> Packs { get; private set; } = [];

    public Money Unassigned { get; private set; }

    public ProvinceChoice Provinces => ProvinceChoice.Of(country, ProvinceChoice.Expand(country, ProvinceCodes, Departments));

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        var lines = await packs.ListAsync(HttpContext.RequestAborted);
        Packs = [.. lines.Select(l => new Choice($"{l.Id}/{l.Version}", $"{l.Name.In(T.Language)} {l.Version}", l.Mechanism.In(T.Language)))];
        Pack ??= Packs.Count > 0 ? Packs[0].Value : null;
        Unassigned = (await LedgerBook.OfFundAsync(Db, Fund.Id.Value)).Unassigned;
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        var provinces = ProvinceChoice.Expand(country, ProvinceCodes, Departments);
        if (!MoneyText.TryParse(Budget, out var budget, out var problem)) Fault(nameof(Budget), "fund." + problem);
        else if (budget.IsZero) Fault(nameof(Budget), "rule.call.budget-missing");
        if (string.IsNullOrWhiteSpace(Title)) Fault(nameof(Title), "rule.call.title-missing");
        if (provinces.Count == 0) Fault(nameof(ProvinceCodes), "rule.call.provinces-missing");
        if (Pack?.Split('/') is not { Length: 2 } pack) Fault(nameof(Pack), "call.field.pack.missing");
        else if (ModelState.IsValid)
        {
            var id = await draft.ExecuteAsync(new(Fund.Id, Title!, Purpose ?? "", pack[0], pack[1], budget, provinces), Actor, HttpContext.RequestAborted);
            var slug = await Db.Calls.Where(c => c.Id == id).Select(c => c.Slug).SingleAsync(HttpContext.RequestAborted);
            Say("call.new.done");
            return LocalRedirect($"/convocatorias/{slug}/preparar/territorios");
        }
        return await AgainAsync();
    }
}
