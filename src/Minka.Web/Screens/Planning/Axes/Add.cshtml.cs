using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Planning;
using Minka.Web.Access;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Planning.Axes;

[May(Role.Manager, Role.Secretary)]
public sealed class AddModel(AppDb db, AddAxis add) : Screen
{
    [BindProperty]
    public AxisForm Input { get; set; } = new();

    public CoordinationEntity Entity { get; private set; } = null!;

    public Strategy Strategy { get; private set; } = null!;

    public override async Task LoadAsync()
    {
        Entity = await db.EntityAsync(Route("entity"));
        Strategy = await db.StrategyAsync(Entity.Id, new(RouteId("strategy")));
        if (HttpMethods.IsGet(Request.Method)) Input.Code = $"E{await db.Axes.CountAsync(a => a.StrategyId == Strategy.Id) + 1}";
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        var input = Input.Read(new FormReader(ModelState, T, "Input."));
        if (!ModelState.IsValid) return await AgainAsync();
        await add.ExecuteAsync(Entity.Id, Strategy.Id, input, Actor);
        Say("planning.axis.added");
        return Redirect($"/entidades/{Entity.Slug}/estrategia");
    }
}
