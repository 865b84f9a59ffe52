using Microsoft.AspNetCore.Mvc;
using Minka.Core.Entities;
using Minka.Core.Territories;
using Minka.Web.Access;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Entities.Entities;

[SignedIn]
public sealed class CreateModel(CreateEntity create, Country country) : Screen
{
    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string Template { get; set; } = "fdd-alliance";

    [BindProperty]
    public string? Province { get; set; }

    [BindProperty]
    public string? OtherProvinces { get; set; }

    [BindProperty]
    public string? Ruc { get; set; }

    public IReadOnlyList<Components.Choice> Kinds =>
        [.. CompositionTemplates.All.Select(k => new Components.Choice(k.Id, k.Name.In(T.Language), $"{k.About.In(T.Language)} {k.LegalBasis.Value}."))];

    public IReadOnlyList<Components.Choice> Provinces => EntityWords.ProvinceChoices(country);

    public async Task<IActionResult> OnPostAsync()
    {
        string[] codes = [Province ?? "", .. (OtherProvinces ?? "").Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries)];
        if (string.IsNullOrWhiteSpace(Name)) Fault(nameof(Name), "rule." + EntitiesRules.NameMissing);
        if (string.IsNullOrEmpty(Province)) Fault(nameof(Province), "rule." + EntitiesRules.ProvinceMissing);
        foreach (var code in codes.Where(c => c.Length > 0 && (c.Length != 4 || country.Find(c) is null)))
            Fault(code == Province ? nameof(Province) : nameof(OtherProvinces), "rule." + EntitiesRules.ProvinceUnknown, code);
        if (!string.IsNullOrWhiteSpace(Ruc) && !Core.Entities.Ruc.IsValid(Ruc.Trim())) Fault(nameof(Ruc), "rule." + EntitiesRules.RucInvalid, Ruc.Trim());
        if (!ModelState.IsValid) return await AgainAsync();
        var (_, slug) = await create.ExecuteAsync(new EntityInput(Name!, Template, codes, Ruc), Actor);
        Say("entities.create.done");
        return Redirect($"/entidades/{slug}/miembros");
    }
}
