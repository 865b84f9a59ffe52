using Microsoft.AspNetCore.Mvc;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Planning.ParticipatoryBudget;
using Minka.Web.Access;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Planning.ParticipatoryBudget.Execution;

/// <summary>The projects as they entered the opening budget, each difference with its reason; and who got copies.</summary>
[May(Role.Manager, Role.Secretary)]
public sealed class OpenModel(AppDb db, FormaliseBudget formalise) : BudgetScreen(db)
{
    [BindProperty]
    public string? Agreement { get; set; }

    [BindProperty]
    public string? On { get; set; }

    [BindProperty]
    public string? To { get; set; }

    [BindProperty]
    public string? Document { get; set; }

    public string Typed(string field, string otherwise) => Request.HasFormContentType && Request.Form.TryGetValue(field, out var typed) ? typed.ToString() : otherwise;

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        if (!TypedTime.TryDay(On, out var on)) Fault(nameof(On), "budget.day-wrong");
        var typed = new Dictionary<BudgetProposalId, (Money, string?)>();
        foreach (var line in Process.Result?.Funded ?? [])
        {
            if (MoneyText.TryParse(Typed("pia-" + line.Code, ""), out var pia, out var problem)) typed[line.ProposalId] = (pia, Typed("why-" + line.Code, ""));
            else Fault("pia-" + line.Code, "planning." + problem);
            if (ModelState.IsValid && pia != line.Asked && string.IsNullOrWhiteSpace(Typed("why-" + line.Code, ""))) Fault("why-" + line.Code, "rule." + BudgetRules.PiaDiffers, $"{line.Code} {line.Title}", line.Asked, pia);
        }
        if (!ModelState.IsValid) return await AgainAsync();
        await formalise.RecordAsync(Process.Id, Agreement ?? "", on, typed, Actor);
        Say("budget.pia.done");
        return Redirect($"{Address}/seguimiento");
    }

    public async Task<IActionResult> OnPostCopyAsync()
    {
        await LoadAsync();
        if (!TypedTime.TryDay(On, out var on)) Fault(nameof(On), "budget.day-wrong");
        if (!ModelState.IsValid) return await AgainAsync();
        await formalise.CopySentAsync(Process.Id, new(To ?? "", on, Document ?? ""), Actor);
        Say("budget.saved");
        return Redirect($"{Address}/apertura");
    }
}
