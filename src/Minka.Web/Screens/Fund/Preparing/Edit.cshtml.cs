using Microsoft.AspNetCore.Mvc;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Fund.Calls;
using Minka.Core.Kernel;
using Minka.Core.Territories;
using Minka.Web.Access;

namespace Minka.Web.Screens.Fund.Preparing;

[May(Role.Operator)]
public sealed class EditModel(AppDb db, Country country, EditCall edit) : CallScreen(db)
{
    [BindProperty]
    public int? Version { get; set; }

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

    public ProvinceChoice Provinces => ProvinceChoice.Of(country, ProvinceChoice.Expand(country, ProvinceCodes, Departments));

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        Version ??= Call.Version;
        if (!HttpMethods.IsGet(Request.Method)) return;
        (Title, Purpose, Budget, ProvinceCodes) = (Call.Title, Call.Purpose, Format.Plain(Call.Budget), [.. Call.ProvinceCodes]);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        var provinces = ProvinceChoice.Expand(country, ProvinceCodes, Departments);
        if (!MoneyText.TryParse(Budget, out var budget, out var problem)) Fault(nameof(Budget), "fund." + problem);
        if (string.IsNullOrWhiteSpace(Title)) Fault(nameof(Title), "rule.call.title-missing");
        if (provinces.Count == 0) Fault(nameof(ProvinceCodes), "rule.call.provinces-missing");
        if (!ModelState.IsValid) return await AgainAsync();
        await edit.ExecuteAsync(Call.Id, Version ?? 0, new CallChange(Title, Purpose ?? "", budget, provinces), Actor, cancel: HttpContext.RequestAborted);
        Say("call.edit.done");
        return LocalRedirect($"{Base}/gestion");
    }
}
