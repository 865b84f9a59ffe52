using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Register;

namespace Minka.Core.Planning.ParticipatoryBudget;

/// <summary>Tells accredited agents with an account that a workshop is convened; the others are reached by paper and by the public page.</summary>
sealed class WorkshopNotice : IEventHandler<WorkshopConvened>
{
    public async Task HandleAsync(WorkshopConvened happened, Work work)
    {
        var (process, id) = (await work.Db.BudgetProcesses.FindAsync(happened.ProcessId), happened.ProcessId);
        var workshop = await work.Db.BudgetWorkshops.FindAsync(happened.WorkshopId);
        var people = await work.Db.BudgetAgents.Where(a => a.ProcessId == id && a.State == AgentState.Accredited && a.PersonId != null).Select(a => a.PersonId!.Value).Distinct().ToListAsync();
        if (process is null || workshop is null || people.Count == 0) return;
        await Outbox.NotifyAsync(work, people, "workshop-convened", [process.Title, workshop.Title, workshop.StartsAt, workshop.Place], $"/presupuesto-participativo/{process.Slug}/talleres/{workshop.Id.Value}");
    }
}
