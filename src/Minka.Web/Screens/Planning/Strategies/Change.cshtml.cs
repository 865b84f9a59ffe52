using Microsoft.AspNetCore.Mvc;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Planning;
using Minka.Web.Access;
using Minka.Web.Components;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Planning.Strategies;

[May(Role.Manager, Role.Secretary)]
public sealed class ChangeModel(AppDb db, ChangeStrategy change) : Screen
{
    [BindProperty]
    public StrategyForm Input { get; set; } = new();

    /// <summary>The version that the form was made from.</summary>
    [BindProperty]
    public int Seen { get; set; }

    public CoordinationEntity Entity { get; private set; } = null!;

    public Strategy Strategy { get; private set; } = null!;

    public IReadOnlyList<Difference>? Conflict { get; private set; }

    public override async Task LoadAsync()
    {
        Entity = await db.EntityAsync(Route("entity"));
        Strategy = await db.StrategyAsync(Entity.Id, new(RouteId("strategy")));
        if (!HttpMethods.IsGet(Request.Method)) return;
        (Input, Seen) = (StrategyForm.Of(Strategy), Strategy.Version);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        var input = Input.Read(new FormReader(ModelState, T, "Input."));
        if (!ModelState.IsValid) return await AgainAsync();
        try
        {
            await change.ExecuteAsync(Entity.Id, Strategy.Id, input, Seen, Actor);
        }
        catch (ChangedMeanwhile)
        {
            await LoadAsync();
            var stored = StrategyForm.Of(Strategy);
            Conflict =
            [
                new(T["planning.strategy.field.title"], Input.Title ?? "", stored.Title ?? ""),
                new(T["planning.strategy.field.vision"], Input.Vision ?? "", stored.Vision ?? ""),
                new(T["planning.strategy.field.from"], Input.YearFrom ?? "", stored.YearFrom ?? ""),
                new(T["planning.strategy.field.to"], Input.YearTo ?? "", stored.YearTo ?? ""),
            ];
            Fault("", "shell.changed-meanwhile");
            ModelState.Remove(nameof(Seen));
            Seen = Strategy.Version;
            return await AgainAsync(StatusCodes.Status409Conflict);
        }
        Say("planning.saved");
        return Redirect($"/entidades/{Entity.Slug}/estrategia");
    }
}
