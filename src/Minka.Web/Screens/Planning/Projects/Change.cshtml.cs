using Microsoft.AspNetCore.Mvc;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Planning;
using Minka.Core.Territories;
using Minka.Web.Access;
using Minka.Web.Components;

namespace Minka.Web.Screens.Planning.Projects;

[May(Role.Manager, Role.Secretary)]
public sealed class ChangeModel(AppDb db, Gazetteer gazetteer, ChangeProject change, RemoveProject remove, AddDistrict addDistrict) : ProgrammeScreen(db)
{
    [BindProperty]
    public ProjectForm Input { get; set; } = new();

    /// <summary>The version that the form was made from.</summary>
    [BindProperty]
    public int Seen { get; set; }

    [BindProperty(Name = "search")]
    public string? Search { get; set; }

    public Project Project { get; private set; } = null!;

    public ProjectFields Fields { get; private set; } = null!;

    public IReadOnlyList<Difference>? Conflict { get; private set; }

    public IReadOnlyList<Tab> Tabs => [new(T["planning.project.data"], $"{Address}/proyectos/{Project.Id.Value}", Current: true), new(T["planning.costs"], $"{Address}/proyectos/{Project.Id.Value}/costos")];

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        Project = await Db.ProjectAsync(Programme.Id, new(RouteId("project")));
        if (HttpMethods.IsGet(Request.Method) || Request.Query.ContainsKey("handler")) (Input, Seen) = (ProjectForm.Of(Project), Project.Version);
        Fields = await ProjectFields.MakeAsync(Db, gazetteer, Entity, Programme, Input, Project.Id, Search);
    }

    public async Task<IActionResult> OnPostAsync(string? go, string? districtCode, string? districtName)
    {
        if (go == "district") Input.Places.Add(await addDistrict.ExecuteAsync(new NewDistrict(districtCode ?? "", districtName ?? "", null), Actor));
        await LoadAsync();
        if (go is not null) return Page();
        var input = Input.Read(new FormReader(ModelState, T, "Input."));
        if (!ModelState.IsValid) return await AgainAsync();
        try
        {
            await change.ExecuteAsync(Programme.Id, Project.Id, input, Seen, Actor);
        }
        catch (ChangedMeanwhile)
        {
            await LoadAsync();
            Conflict = Input.Against(ProjectForm.Of(Project), T, Fields.Names);
            Fault("", "shell.changed-meanwhile");
            ModelState.Remove(nameof(Seen));
            Seen = Project.Version;
            return await AgainAsync(StatusCodes.Status409Conflict);
        }
        Say("planning.saved");
        return Redirect($"{Address}/constructor");
    }

    public async Task<IActionResult> OnPostRemoveAsync()
    {
        await LoadAsync();
        await remove.ExecuteAsync(Programme.Id, Project.Id, Actor);
        Say("planning.project.removed", Project.Title);
        return Redirect($"{Address}/constructor");
    }
}
