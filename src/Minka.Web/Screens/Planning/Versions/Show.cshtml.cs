using System.Text;
using Microsoft.AspNetCore.Mvc;
using Minka.Core.Database;
using Minka.Core.Territories;
using Minka.Web.Access;

namespace Minka.Web.Screens.Planning.Versions;

[Public]
public sealed class ShowModel(AppDb db, Country country, Gazetteer gazetteer) : VersionScreen(db)
{
    public ProgrammeView View { get; private set; } = null!;

    public bool MayEdit { get; private set; }

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        MayEdit = May(PlanningFinds.Editors);
        View = await ProgrammeView.MakeAsync(Version.ReadContent(), T, country, gazetteer, $"{Address}/version/{Version.Number}/proyectos/", $"{Address}/version/{Version.Number}/filas", PageAsked);
    }

    /// <summary>The very bytes whose SHA-256 is the version's digest.</summary>
    public async Task<IActionResult> OnGetContentAsync()
    {
        await base.LoadAsync();
        return File(Encoding.UTF8.GetBytes(Version.Content), "application/json", $"{Programme.Slug}-v{Version.Number}.json");
    }
}
