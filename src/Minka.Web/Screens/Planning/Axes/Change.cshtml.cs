using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Planning;
using Minka.Web.Access;
using Minka.Web.Components;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Planning.Axes;

[May(Role.Manager, Role.Secretary)]
public sealed class ChangeModel(AppDb db, ChangeAxis change, RemoveAxis remove) : Screen
{
    [BindProperty]
    public AxisForm Input { get; set; } = new();

    /// <summary>The version that the form was made from.</summary>
    [BindProperty]
    public int Seen { get; set; }

    public CoordinationEntity Entity { get; private set; } = null!;

    public Strategy Strategy { get; private set; } = null!;

    public Axis Axis { get; private set; } = null!;

    public IReadOnlyList<Difference>? Conflict { get; private set; }

    public override async Task LoadAsync()
    {
        Entity = await db.EntityAsync(Route("entity"));
        Strategy = await db.StrategyAsync(Entity.Id, new(RouteId("strategy")));
        var id = new AxisId(RouteId("axis"));
        Axis = await db.Axes.SingleOrDefaultAsync(a => a.Id == id && a.StrategyId == Strategy.Id) ?? throw new NotFound("axis", id.Value);
        if (!Request.HasFormContentType || Request.Query.ContainsKey("handler")) (Input, Seen) = (AxisForm.Of(Axis.ToInput()), Axis.Version);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        var input = Input.Read(new FormReader(ModelState, T, "Input."));
        if (!ModelState.IsValid) return await AgainAsync();
        try
        {
            await change.ExecuteAsync(Entity.Id, Strategy.Id, Axis.Id, input, Seen, Actor);
        }
        catch (ChangedMeanwhile)
        {
            await LoadAsync();
            Conflict = Input.Against(AxisForm.Of(Axis.ToInput()), T);
            Fault("", "shell.changed-meanwhile");
            ModelState.Remove(nameof(Seen));
            Seen = Axis.Version;
            return await AgainAsync(StatusCodes.Status409Conflict);
        }
        Say("planning.saved");
        return Redirect($"/entidades/{Entity.Slug}/estrategia");
    }

    public async Task<IActionResult> OnPostRemoveAsync()
    {
        await LoadAsync();
        await remove.ExecuteAsync(Entity.Id, Strategy.Id, Axis.Id, Actor);
        Say("planning.axis.removed");
        return Redirect($"/entidades/{Entity.Slug}/estrategia");
    }
}
