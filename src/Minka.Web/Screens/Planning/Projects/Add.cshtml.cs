using Microsoft.AspNetCore.Mvc;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Planning;
using Minka.Core.Territories;
using Minka.Web.Access;

namespace Minka.Web.Screens.Planning.Projects;

[May(Role.Manager, Role.Secretary)]
public sealed class AddModel(AppDb db, Gazetteer gazetteer, AddProject add, AddDistrict addDistrict) : ProgrammeScreen(db)
{
    [BindProperty]
    public ProjectForm Input { get; set; } = new();

    [BindProperty(Name = "search")]
    public string? Search { get; set; }

    public ProjectFields Fields { get; private set; } = null!;

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        Fields = await ProjectFields.MakeAsync(Db, gazetteer, Entity, Programme, Input, null, Search);
    }

    public async Task<IActionResult> OnPostAsync(string? go, string? districtCode, string? districtName)
    {
        if (go == "district") Input.Places.Add(await addDistrict.ExecuteAsync(new NewDistrict(districtCode ?? "", districtName ?? "", null), Actor));
        await LoadAsync();
        if (go is not null) return Page();
        var input = Input.Read(new FormReader(ModelState, T, "Input."));
        if (!ModelState.IsValid) return await AgainAsync();
        var id = await add.ExecuteAsync(Programme.Id, input, Actor);
        Say("planning.project.added");
        return Redirect($"{Address}/proyectos/{id.Value}/costos");
    }
}
