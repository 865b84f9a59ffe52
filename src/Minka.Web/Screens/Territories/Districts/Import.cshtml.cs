using Microsoft.AspNetCore.Mvc;
using Minka.Core.Accounts;
using Minka.Core.Territories;
using Minka.Core.Territories.Packs;
using Minka.Web.Access;
using Minka.Web.Components;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Territories.Districts;

[May(Role.Admin, Role.Operator, Role.Secretary, Role.Manager)]
public sealed class ImportModel(ImportDistricts importDistricts) : Screen
{
    [BindProperty]
    public IFormFile? Upload { get; set; }

    public IReadOnlyList<PackFault> Faults { get; private set; } = [];

    public IReadOnlyList<Crumb> Trail => [new(T["territories.title"], "/territorios"), new(T["territories.import.title"])];

    public async Task<IActionResult> OnPostAsync()
    {
        if (Upload is null || Upload.Length == 0)
        {
            Fault(nameof(Upload), "territories.import.file-missing");
            return await AgainAsync();
        }
        if (Upload.Length > ImportDistricts.LargestFile)
        {
            Fault(nameof(Upload), "pack.too-large", $"{ImportDistricts.LargestFile >> 20}");
            return await AgainAsync();
        }
        using var content = new MemoryStream();
        await Upload.CopyToAsync(content, HttpContext.RequestAborted);
        var import = await importDistricts.ExecuteAsync(Path.GetFileName(Upload.FileName), content.ToArray(), Actor);
        if (import.Faults.Count == 0)
        {
            Say(import.Added == 1 ? "territories.import.done.one" : "territories.import.done.many", import.Added);
            return LocalRedirect("/territorios?nivel=distrito");
        }
        Faults = import.Faults;
        Fault(nameof(Upload), import.Faults.Count == 1 ? "territories.import.refused.one" : "territories.import.refused.many", import.Faults.Count);
        return await AgainAsync();
    }
}
