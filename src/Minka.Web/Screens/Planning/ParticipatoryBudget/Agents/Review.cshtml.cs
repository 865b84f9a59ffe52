using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Planning.ParticipatoryBudget;
using Minka.Web.Access;
using Minka.Web.Components;

namespace Minka.Web.Screens.Planning.ParticipatoryBudget.Agents;

/// <summary>One registration before the technical team: accredited, sent back with what is missing, or refused, with reasons.</summary>
[May(Role.Manager, Role.Secretary)]
public sealed class ReviewModel(AppDb db, ReviewAgents review) : BudgetScreen(db)
{
    public BudgetAgent Agent { get; private set; } = null!;

    public string? Why { get; private set; }

    public IReadOnlyList<Choice> Verbs => [.. new[] { "observe", "reject", "withdraw" }.Where(v => BudgetAgent.Table.May(Agent.State, v)).Select(v => new Choice(v, T["budget.agent.verb." + v], T["budget.agent.verb." + v + "-hint"]))];

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        var id = BudgetAgentId.From(RouteId("agent"));
        Agent = await Db.BudgetAgents.SingleOrDefaultAsync(a => a.Id == id && a.ProcessId == Process.Id) ?? throw new NotFound("agent", id.Value);
        if (Request.HasFormContentType) Why = Request.Form["why"];
    }

    public async Task<IActionResult> OnPostAccreditAsync()
    {
        await LoadAsync();
        await review.AccreditAsync(Process.Id, Agent.Id, Actor);
        Say("budget.agent.accredited", Agent.Organisation);
        return Redirect($"{Address}/agentes");
    }

    public async Task<IActionResult> OnPostJudgeAsync(string? verb, string? why)
    {
        await LoadAsync();
        await (verb switch
        {
            "reject" => review.RejectAsync(Process.Id, Agent.Id, why ?? "", Actor),
            "withdraw" => review.WithdrawAsync(Process.Id, Agent.Id, why ?? "", Actor),
            _ => review.ObserveAsync(Process.Id, Agent.Id, why ?? "", Actor),
        });
        Say("budget.agent.judged", Agent.Organisation);
        return Redirect($"{Address}/agentes");
    }
}
