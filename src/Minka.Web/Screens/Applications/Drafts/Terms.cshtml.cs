using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Minka.Core.Accounts;
using Minka.Core.Applications;
using Minka.Core.Kernel;
using Minka.Core.Rules;
using Minka.Web.Access;

namespace Minka.Web.Screens.Applications.Drafts;

/// <summary>What the award of this call needs to know, where its rules ask anything: consent to a part, the plan writer, the promoter's own order.</summary>
[May(Role.Manager)]
public sealed class TermsModel(ApplicationCases cases, SaveDraft save) : ApplicationScreen(cases)
{
    [BindProperty]
    public int? Version { get; set; }

    [BindProperty]
    public bool AcceptsPart { get; set; }

    [BindProperty]
    public string? LeastPart { get; set; }

    [BindProperty]
    public string? WriterName { get; set; }

    [BindProperty]
    public string? WriterDocument { get; set; }

    [BindProperty]
    public string? Place { get; set; }

    public AwardRules Award => Case.Rules.Pack.Award;

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        if (!HttpMethods.IsGet(Request.Method)) return;
        var terms = Case.Form.Terms;
        (Version, AcceptsPart, LeastPart) = (Case.VersionOf(FormSection.Terms), terms.AcceptsPart, terms.LeastPart?.ToString());
        (WriterName, WriterDocument, Place) = (terms.PlanWriter.Name, terms.PlanWriter.Document, terms.OwnPriority?.ToString(CultureInfo.InvariantCulture));
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        Money? least = null;
        if (!string.IsNullOrWhiteSpace(LeastPart))
        {
            if (MoneyText.TryParse(LeastPart, out var amount, out var problem)) least = amount;
            else Fault(nameof(LeastPart), "fund." + problem);
        }
        int? place = int.TryParse(Place?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var typed) ? typed : null;
        if (place is null && !string.IsNullOrWhiteSpace(Place)) Fault(nameof(Place), "applications.terms.own.wrong");
        if (!ModelState.IsValid) return await AgainAsync();
        var section = new TermsSection { AcceptsPart = AcceptsPart, LeastPart = least, PlanWriter = new() { Name = WriterName ?? "", Document = WriterDocument ?? "" }, OwnPriority = place };
        return await SaveOrCompare.RunAsync(this, save, FormSection.Terms, section, () => save.ExecuteAsync(Id, section, Version, Actor, HttpContext.RequestAborted));
    }
}
