using Microsoft.AspNetCore.Mvc;
using Minka.Core.Accounts;
using Minka.Core.Applications;
using Minka.Core.Kernel;
using Minka.Web.Access;
using Minka.Web.Components;

namespace Minka.Web.Screens.Applications.Drafts;

/// <summary>What this person wrote beside what another saved meanwhile; the person chooses, and nothing was lost until then.</summary>
[May(Role.Manager)]
public sealed class CompareModel(ApplicationCases cases, SaveDraft save) : ApplicationScreen(cases)
{
    object? mine;

    [BindProperty]
    public int? Version { get; set; }

    public FormSection Section => Enum.TryParse<FormSection>(Route("section"), ignoreCase: true, out var section) && Enum.IsDefined(section) ? section : throw new NotFound("section", Route("section"));

    public string Place => Section.ToString().ToLowerInvariant();

    public bool HasAside => mine is not null;

    public DateTime? SavedAt => Case.Saved.FirstOrDefault(s => s.Section == Section)?.SavedAt;

    public IReadOnlyList<Difference> Lines { get; private set; } = [];

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        var person = Person!.Id;
        var form = Case.Form;
        (mine, var saved) = Section switch
        {
            FormSection.Holder => (await save.ReadAsideAsync<HolderSection>(Id, Section, person), Words(form.Holder)),
            FormSection.Commitments => (await save.ReadAsideAsync<CommitmentsSection>(Id, Section, person), Words(form.Commitments)),
            FormSection.Narratives => (await save.ReadAsideAsync<NarrativesSection>(Id, Section, person), Words(form.Narratives)),
            FormSection.Terms => (await save.ReadAsideAsync<TermsSection>(Id, Section, person), Words(form.Terms)),
            _ => ((object?)await save.ReadAsideAsync<DocumentsSection>(Id, Section, person), Words(form.Documents)),
        };
        // The version that is shown now: a third save meanwhile is told again.
        if (HttpMethods.IsGet(Request.Method)) Version = Case.VersionOf(Section);
        if (mine is null) return;
        var own = Words(mine);
        Lines = [.. own.Keys.Union(saved.Keys).Select(k => new Difference(k, own.GetValueOrDefault(k, "–"), saved.GetValueOrDefault(k, "–"))).Where(d => d.Left != d.Right)];
    }

    public async Task<IActionResult> OnPostAsync(string? choose)
    {
        await LoadAsync();
        if (mine is null) return LocalRedirect(Home);
        if (choose == "mine")
        {
            await (mine switch
            {
                HolderSection s => save.ExecuteAsync(Id, s, Version, Actor),
                CommitmentsSection s => save.ExecuteAsync(Id, s, Version, Actor),
                NarrativesSection s => save.ExecuteAsync(Id, s, Version, Actor),
                TermsSection s => save.ExecuteAsync(Id, s, Version, Actor),
                _ => save.ExecuteAsync(Id, (DocumentsSection)mine, Version, Actor),
            });
        }
        await save.DropAsideAsync(Id, Section, Actor);
        Say(choose == "mine" ? "applications.compare.kept-mine" : "applications.compare.kept-saved");
        return LocalRedirect(Home);
    }

    Dictionary<string, string> Words(object section)
    {
        var words = new Dictionary<string, string>(StringComparer.Ordinal);
        switch (section)
        {
            case HolderSection s:
                words[T["applications.holder.name"]] = s.Holder.Name;
                words[T["applications.ruc"]] = s.Holder.Ruc;
                words[T["applications.holder.kind"]] = s.Holder.Kind is { } kind ? T.Of(kind) : "–";
                words[T["applications.holder.months"]] = s.Months is { } months ? Format.Number(months) : "–";
                words[T["applications.representative.name"]] = s.Holder.Representative.Name;
                words[T["applications.representative.document"]] = s.Holder.Representative.Document;
                words[T["applications.representative.position"]] = s.Holder.Representative.Position;
                words[T["applications.representative.email"]] = s.Holder.Representative.Email;
                foreach (var executor in s.Executors) words[$"{T["applications.executors.name"]} {executor.Project}"] = $"{executor.Name} {executor.Ruc}".Trim();
                break;
            case CommitmentsSection s:
                foreach (var c in s.Commitments) words[T.Of(c.Source)] = string.Join(" · ", new[] { c.Contributor, c.Valuation, c.Letter?.Name ?? "" }.Where(x => x.Length > 0));
                break;
            case NarrativesSection s:
                foreach (var n in s.Narratives) words[Case.Rules.Pack.Criteria.Items.FirstOrDefault(c => c.Id == n.Criterion)?.Name.In(T.Language) ?? n.Criterion] = n.Text;
                break;
            case DocumentsSection s:
                foreach (var d in s.Documents) words[d.Requirement] = d.File.Name;
                words[T["applications.documents.sworn"]] = T[s.SwornStatement ? "applications.yes" : "applications.no"];
                break;
            case TermsSection s:
                words[T["applications.terms.part"]] = T[s.AcceptsPart ? "applications.yes" : "applications.no"];
                words[T["applications.terms.least"]] = s.LeastPart is { } least ? Format.Money(least) : "";
                words[T["applications.terms.writer"]] = $"{s.PlanWriter.Name} {s.PlanWriter.Document}".Trim();
                words[T["applications.terms.own.place"]] = s.OwnPriority is { } place ? Format.Number(place) : "";
                break;
        }
        return words.Where(w => w.Value.Length > 0).ToDictionary(StringComparer.Ordinal);
    }
}
