using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Planning.ParticipatoryBudget;
using Minka.Web.Access;

namespace Minka.Web.Screens.Planning.ParticipatoryBudget.Workshops;

/// <summary>The roll of a workshop to print and sign; its names are for the entity's own people.</summary>
[May(Role.Manager, Role.Secretary)]
public sealed class SheetModel(AppDb db) : BudgetScreen(db)
{
    public BudgetWorkshop Workshop { get; private set; } = null!;

    public IReadOnlyList<BudgetAgent> Agents { get; private set; } = [];

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        var (id, process) = (BudgetWorkshopId.From(RouteId("workshop")), Process.Id);
        Workshop = await Db.BudgetWorkshops.SingleOrDefaultAsync(w => w.Id == id && w.ProcessId == process) ?? throw new NotFound("workshop", id.Value);
        Agents = await Db.BudgetAgents.Where(a => a.ProcessId == process && a.State == AgentState.Accredited).OrderBy(a => a.Number).Take(400).ToListAsync();
    }
}
