using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Planning;
using Minka.Web.Access;

namespace Minka.Web.Screens.Planning.Programmes;

[May(Role.Manager, Role.Secretary)]
public sealed class CopyModel(AppDb db, CopyProgramme copy) : ProgrammeScreen(db)
{
    [BindProperty(Name = "title")]
    public string? Name { get; set; }

    public int Projects { get; private set; }

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        Projects = await Db.Projects.CountAsync(p => p.ProgrammeId == Programme.Id);
        if (HttpMethods.IsGet(Request.Method)) Name = T["builder.copy.of", Programme.Title];
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        var title = new FormReader(ModelState, T).Text(Name, "title");
        if (!ModelState.IsValid) return await AgainAsync();
        var copied = await copy.ExecuteAsync(Programme.Id, title, Actor);
        Say("builder.copied", Projects);
        return Redirect($"/programas/{copied.Slug}/constructor");
    }
}
