using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Planning;
using Minka.Web.Access;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Planning.Strategies;

[May(Role.Manager, Role.Secretary)]
public sealed class StartModel(AppDb db, StartStrategy start) : Screen
{
    [BindProperty]
    public StrategyForm Input { get; set; } = new();

    public CoordinationEntity Entity { get; private set; } = null!;

    /// <summary>Whether the new strategy begins with the axes of the one in force.</summary>
    public bool Copies { get; private set; }

    public override async Task LoadAsync()
    {
        Entity = await db.EntityAsync(Route("entity"));
        Copies = await db.Strategies.AnyAsync(s => s.EntityId == Entity.Id && s.State == StrategyState.InForce);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        var input = Input.Read(new FormReader(ModelState, T, "Input."));
        if (!ModelState.IsValid) return await AgainAsync();
        await start.ExecuteAsync(Entity.Id, input, Actor);
        Say("planning.strategy.started");
        return Redirect($"/entidades/{Entity.Slug}/estrategia");
    }
}
