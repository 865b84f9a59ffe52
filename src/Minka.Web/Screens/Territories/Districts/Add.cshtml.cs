using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Minka.Core.Accounts;
using Minka.Core.Kernel;
using Minka.Core.Territories;
using Minka.Web.Access;
using Minka.Web.Components;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Territories.Districts;

[May(Role.Admin, Role.Operator, Role.Secretary, Role.Manager)]
public sealed class AddModel(AddDistrict addDistrict, Country country) : Screen
{
    [BindProperty]
    public string? Code { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Population { get; set; }

    [BindProperty(SupportsGet = true, Name = "provincia")]
    public string? ProvinceCode { get; set; }

    public Territory? Province { get; private set; }

    public IReadOnlyList<Crumb> Trail { get; private set; } = [];

    public override Task LoadAsync()
    {
        Province = country.Find(ProvinceCode) is { Level: Level.Province } found ? found : null;
        Code ??= Province?.Code;
        Trail = [new(T["territories.title"], "/territorios"), .. Province is null ? [] : country.PathOf(Province.Code).Select(t => new Crumb(t.Name, $"/territorios/{t.Code}")), new(T["territories.add.title"])];
        return Task.CompletedTask;
    }

    public async Task<IActionResult> OnPostAsync()
    {
        long? population = null;
        if (!string.IsNullOrWhiteSpace(Population))
        {
            // Thousands may be parted by spaces; anything else is asked again.
            var digits = string.Concat(Population.Where(c => !char.IsWhiteSpace(c)));
            if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                Fault(nameof(Population), "rule.district.population-invalid", Population);
                return await AgainAsync();
            }
            population = number;
        }
        try
        {
            var code = await addDistrict.ExecuteAsync(new(Code ?? "", Name ?? "", population), Actor);
            Say("territories.add.done", (Name ?? "").Trim());
            return LocalRedirect($"/territorios/{code}");
        }
        catch (RuleBroken broken)
        {
            var field = broken.Code switch
            {
                TerritoriesRules.NameMissing or TerritoriesRules.NameLong => nameof(Name),
                TerritoriesRules.PopulationInvalid => nameof(Population),
                _ => nameof(Code),
            };
            Fault(field, "rule." + broken.Code, broken.Args);
            return await AgainAsync();
        }
    }
}
