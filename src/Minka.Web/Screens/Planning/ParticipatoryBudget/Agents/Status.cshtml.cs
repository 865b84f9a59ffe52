using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Planning.ParticipatoryBudget;
using Minka.Core.Territories;
using Minka.Web.Access;

namespace Minka.Web.Screens.Planning.ParticipatoryBudget.Agents;

/// <summary>What became of a registration or of a complaint, for whoever holds its code; an observed agent cures here.</summary>
[Public]
public sealed class StatusModel(AppDb db, Gazetteer gazetteer, RegisterAgents register) : BudgetScreen(db)
{
    [BindProperty]
    public string? Code { get; set; }

    [BindProperty]
    public AgentForm Input { get; set; } = new();

    public BudgetAgent? Agent { get; private set; }

    public VigilanceNote? Note { get; private set; }

    public IReadOnlyList<BudgetWorkshop> Workshops { get; private set; } = [];

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        await FindAsync();
        if (Agent is null && Note is null)
        {
            Fault(nameof(Code), "rule." + BudgetRules.CodeUnknown);
            return await AgainAsync();
        }
        if (Agent is not null) Input = AgentForm.Of(Agent);
        return Page();
    }

    public async Task<IActionResult> OnPostCureAsync()
    {
        await LoadAsync();
        try
        {
            await register.CureAsync(Process.Id, Code ?? "", Input.Read(), Anybody);
        }
        catch (AgentRefused refused)
        {
            foreach (var fault in refused.Faults) Fault($"Input.{fault.Field}", "rule." + AgentForm.Told(fault.Code, IsTeam), fault.Args);
            await FindAsync();
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }
        Say("budget.status.sent");
        return Redirect($"{Address}/constancia");
    }

    public IReadOnlyList<Components.Choice> Districts { get; private set; } = [];

    async Task FindAsync()
    {
        Districts = await AgentForm.DistrictsAsync(gazetteer, Process);
        Response.Headers.CacheControl = "no-store";
        var (id, digest) = (Process.Id, AgentCodes.DigestOf(Process.Id, Code ?? ""));
        Agent = await Db.BudgetAgents.SingleOrDefaultAsync(a => a.ProcessId == id && a.CodeDigest == digest);
        Note = Agent is null ? await Db.VigilanceNotes.SingleOrDefaultAsync(n => n.ProcessId == id && n.CodeDigest == digest) : null;
        if (Agent is { State: AgentState.Accredited }) Workshops = await Db.BudgetWorkshops.Where(w => w.ProcessId == id && w.State == WorkshopState.Convened).OrderBy(w => w.StartsAt).ToListAsync();
    }
}
