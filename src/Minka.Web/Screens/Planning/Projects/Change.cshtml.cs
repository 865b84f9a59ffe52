using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Planning;
using Minka.Core.Planning.Bank;
using Minka.Core.Territories;
using Minka.Web.Access;
using Minka.Web.Components;

namespace Minka.Web.Screens.Planning.Projects;

[May(Role.Manager, Role.Secretary)]
public sealed class ChangeModel(AppDb db, Gazetteer gazetteer, ChangeProject change, RemoveProject remove, ReturnToBank giveBack, AddDistrict addDistrict) : ProgrammeScreen(db)
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

    public IReadOnlyList<Tab> Tabs => RoomsOf(Project.Id, "");

    /// <summary>The same project is kept elsewhere: to take this one out loses nothing.</summary>
    public bool IsCopy => Project.RootId != Project.Id;

    public bool HasCopies { get; private set; }

    public IReadOnlyList<string> Outside { get; private set; } = [];

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        Project = await Db.ProjectAsync(Programme.Id, new(RouteId("project")));
        HasCopies = await Db.Projects.AnyAsync(p => p.RootId == Project.Id && p.Id != Project.Id);
        var outside = (await EntityPlaces.OfAsync(Db, Entity.Id)).Outside(Project.Places);
        Outside = outside.Count == 0 ? [] : [.. (await ProgrammeView.NamesAsync(outside, gazetteer)).Values];
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

    public async Task<IActionResult> OnPostReturnAsync()
    {
        await LoadAsync();
        await giveBack.ExecuteAsync(Programme.Id, Project.Id, Actor);
        Say("builder.returned");
        return Redirect($"{Address}/constructor#proyectos");
    }

    public async Task<IActionResult> OnPostRemoveAsync()
    {
        await LoadAsync();
        await remove.ExecuteAsync(Programme.Id, Project.Id, Actor);
        Say("planning.project.removed", Project.Title);
        return Redirect($"{Address}/constructor");
    }
}
