using Microsoft.AspNetCore.Mvc;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Planning;
using Minka.Web.Access;
using Minka.Web.Layout;
using Choice = Minka.Web.Components.Choice;

namespace Minka.Web.Screens.Planning.Programmes;

[May(Role.Manager, Role.Secretary)]
public sealed class StartModel(AppDb db, StartProgramme start) : Screen
{
    [BindProperty]
    public ProgrammeForm Input { get; set; } = new();

    public CoordinationEntity Entity { get; private set; } = null!;

    public IReadOnlyList<Choice> Strategies { get; private set; } = [];

    public override async Task LoadAsync()
    {
        Entity = await db.EntityAsync(Route("entity"));
        Strategies = await StrategyChoices.OfAsync(db, T, Entity.Id);
        if (HttpMethods.IsGet(Request.Method) && Strategies.Count == 1) Input.Strategy = Strategies[0].Value;
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        var input = Input.Read(new FormReader(ModelState, T, "Input."));
        if (!ModelState.IsValid) return await AgainAsync();
        var programme = await start.ExecuteAsync(Entity.Id, input, Actor);
        Say("planning.programme.started");
        return Redirect($"/programas/{programme.Slug}/constructor");
    }
}
