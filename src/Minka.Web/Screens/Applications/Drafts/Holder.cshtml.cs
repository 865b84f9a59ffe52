using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Minka.Core.Accounts;
using Minka.Core.Applications;
using Minka.Core.Rules;
using Minka.Web.Access;
using Minka.Web.Components;

namespace Minka.Web.Screens.Applications.Drafts;

[May(Role.Manager)]
public sealed class HolderModel(ApplicationCases cases, SaveDraft save) : ApplicationScreen(cases)
{
    [BindProperty]
    public int? Version { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Ruc { get; set; }

    [BindProperty]
    public string? Kind { get; set; }

    [BindProperty]
    public string? Months { get; set; }

    [BindProperty]
    public string? PersonName { get; set; }

    [BindProperty]
    public string? PersonDocument { get; set; }

    [BindProperty]
    public string? PersonPosition { get; set; }

    [BindProperty]
    public string? PersonEmail { get; set; }

    [BindProperty]
    public Dictionary<string, string?> ExecutorNames { get; set; } = [];

    [BindProperty]
    public Dictionary<string, string?> ExecutorRucs { get; set; } = [];

    public IEnumerable<Choice> Kinds => Case.Rules.Pack.Holder.LegalKinds.Or(Enum.GetValues<LegalKind>())!.Select(k => new Choice(k.ToString(), T.Of(k)));

    public string? MonthsHint => Case.Rules.Pack.MostMonths is { } most ? T["applications.holder.months.hint", most] : null;

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        if (!HttpMethods.IsGet(Request.Method)) return;
        var section = Case.Form.Holder;
        var (holder, person) = (section.Holder, section.Holder.Representative);
        Version = Case.VersionOf(FormSection.Holder);
        (Name, Ruc, Kind, Months) = (holder.Name, holder.Ruc, holder.Kind?.ToString(), section.Months?.ToString(CultureInfo.InvariantCulture));
        (PersonName, PersonDocument, PersonPosition, PersonEmail) = (person.Name, person.Document, person.Position, person.Email);
        ExecutorNames = section.Executors.ToDictionary(e => e.Project, e => (string?)e.Name);
        ExecutorRucs = section.Executors.ToDictionary(e => e.Project, e => (string?)e.Ruc);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        var section = new HolderSection
        {
            Holder = new()
            {
                Name = Name ?? "",
                Ruc = Ruc ?? "",
                Kind = Enum.TryParse<LegalKind>(Kind, out var kind) && Enum.IsDefined(kind) ? kind : null,
                Representative = new() { Name = PersonName ?? "", Document = PersonDocument ?? "", Position = PersonPosition ?? "", Email = PersonEmail ?? "" },
            },
            Executors = [.. Case.Programme.Projects.Select(p => new Executor(p.Code, ExecutorNames.GetValueOrDefault(p.Code) ?? "", ExecutorRucs.GetValueOrDefault(p.Code) ?? ""))],
            Months = int.TryParse(Months?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var months) ? months : null,
        };
        if (section.Months is null && !string.IsNullOrWhiteSpace(Months)) Fault(nameof(Months), "applications.holder.months.wrong");
        if (!ModelState.IsValid) return await AgainAsync();
        return await SaveOrCompare.RunAsync(this, save, FormSection.Holder, section, () => save.ExecuteAsync(Id, section, Version, Actor, HttpContext.RequestAborted));
    }
}
