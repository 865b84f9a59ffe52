using Microsoft.AspNetCore.Mvc;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Planning;
using Minka.Web.Access;
using Minka.Web.Layout;
using Minka.Web.Screens.Entities.Motions;

namespace Minka.Web.Screens.Planning.Strategies;

[May(Role.Manager, Role.Secretary)]
public sealed class ProposeModel(AppDb db, ProposeStrategy propose) : Screen
{
    /// <summary>Organisations that the strategy touches, one a line.</summary>
    [BindProperty]
    public string? Touches { get; set; }

    public CoordinationEntity Entity { get; private set; } = null!;

    public Strategy Strategy { get; private set; } = null!;

    public MotionInput Motion { get; private set; } = null!;

    /// <summary>Organisations that it names.</summary>
    public IReadOnlyList<string> Named { get; private set; } = [];

    public AssemblyChoices Assemblies { get; private set; } = null!;

    public override async Task LoadAsync()
    {
        Entity = await db.EntityAsync(Route("entity"));
        Strategy = await db.StrategyAsync(Entity.Id, new(RouteId("strategy")));
        var content = await db.StrategyContentAsync(Strategy);
        Motion = PlanningMotions.Of(content);
        Named = PlanningMotions.NamedIn(content);
        Assemblies = await AssemblyChoices.OfAsync(db, T, Entity);
    }

    public async Task<IActionResult> OnPostAsync(Guid? assembly)
    {
        await LoadAsync();
        if (assembly is not { } chosen)
        {
            Fault("assembly", "planning.assembly.choose");
            return await AgainAsync();
        }
        await propose.ExecuteAsync(Entity.Id, Strategy.Id, new(chosen), Actor, [.. PartyLines.Read(Touches)]);
        Say("planning.proposed");
        return Redirect($"/asambleas/{chosen}");
    }
}
