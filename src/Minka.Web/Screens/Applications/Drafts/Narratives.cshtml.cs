using Microsoft.AspNetCore.Mvc;
using Minka.Core.Accounts;
using Minka.Core.Applications;
using Minka.Core.Kernel;
using Minka.Web.Access;

namespace Minka.Web.Screens.Applications.Drafts;

[May(Role.Manager)]
public sealed class NarrativesModel(ApplicationCases cases, SaveDraft save) : ApplicationScreen(cases)
{
    [BindProperty]
    public int? Version { get; set; }

    [BindProperty]
    public Dictionary<string, string?> Texts { get; set; } = [];

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        if (!HttpMethods.IsGet(Request.Method)) return;
        Version = Case.VersionOf(FormSection.Narratives);
        Texts = Case.Form.Narratives.Narratives.ToDictionary(n => n.Criterion, n => (string?)n.Text);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        var section = Section(id => Texts.GetValueOrDefault(id));
        return await SaveOrCompare.RunAsync(this, save, FormSection.Narratives, section, () => save.ExecuteAsync(Id, section, Version, Actor, HttpContext.RequestAborted));
    }

    /// <summary>Sent by the page itself while one writes: the changed texts only.</summary>
    public async Task<IActionResult> OnPostGuardarAsync()
    {
        await LoadAsync();
        var before = Case.Form.Narratives.Narratives.ToDictionary(n => n.Criterion, n => n.Text);
        var section = Section(id => Texts.TryGetValue(id, out var changed) ? changed : before.GetValueOrDefault(id));
        try
        {
            var version = await save.ExecuteAsync(Id, section, Version, Actor, HttpContext.RequestAborted);
            return new JsonResult(new { at = Format.Time(Now), version });
        }
        catch (ChangedMeanwhile)
        {
            await save.SetAsideAsync(Id, FormSection.Narratives, section, Actor, HttpContext.RequestAborted);
            return new JsonResult(new { compare = SaveOrCompare.Address(this, FormSection.Narratives) }) { StatusCode = StatusCodes.Status409Conflict };
        }
        catch (RuleBroken broken)
        {
            return new JsonResult(new { error = T.Of(broken) }) { StatusCode = StatusCodes.Status422UnprocessableEntity };
        }
    }

    NarrativesSection Section(Func<string, string?> text) =>
        new() { Narratives = [.. Case.Rules.Pack.Criteria.Items.Select(c => new Narrative(c.Id, text(c.Id) ?? ""))] };
}
