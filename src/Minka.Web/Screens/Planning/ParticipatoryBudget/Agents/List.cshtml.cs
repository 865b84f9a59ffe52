using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Planning.ParticipatoryBudget;
using Minka.Web.Access;
using Minka.Web.Api;
using Minka.Web.Components;
using Minka.Web.Layout;
using Minka.Web.Screens.Entities;

namespace Minka.Web.Screens.Planning.ParticipatoryBudget.Agents;

/// <summary>The register of agents: organisations for everybody, names and what is asked for the entity's own people.</summary>
[Public]
public sealed class ListModel(AppDb db, RegisterAgents register) : BudgetScreen(db), IListed
{
    public IReadOnlyList<BudgetAgent> Rows { get; private set; } = [];

    public int Total { get; private set; }

    public int PageNumber { get; private set; } = 1;

    public IReadOnlyList<FilterChoice> Filters { get; private set; } = [];

    AgentState? Chosen => IsReader && Enum.TryParse<AgentState>(Request.Query["estado"], out var state) ? state : null;

    IQueryable<BudgetAgent> Query
    {
        get
        {
            var id = Process.Id;
            var all = Db.BudgetAgents.Where(a => a.ProcessId == id);
            return Chosen is { } state ? all.Where(a => a.State == state) : IsReader ? all : all.Where(a => a.State == AgentState.Accredited);
        }
    }

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        var id = Process.Id;
        if (IsReader)
        {
            var counts = await Db.BudgetAgents.Where(a => a.ProcessId == id).GroupBy(a => a.State).Select(g => new { g.Key, Count = g.Count() }).ToListAsync();
            Filters = [new("", T["budget.all"], counts.Sum(c => c.Count)), .. counts.OrderBy(c => c.Key).Select(c => new FilterChoice(c.Key.ToString(), T.Of(c.Key), c.Count))];
        }
        Total = await Query.CountAsync();
        PageNumber = PageOf(Total, 50);
        Rows = await SliceAsync((PageNumber - 1) * 50, 50);
    }

    public Task<IActionResult> OnPostCouncilAsync() => AsTeamAsync(() => register.BringMembersAsync(Process.Id, Actor), "budget.agents.council-done", "/agentes");

    async Task<IReadOnlyList<BudgetAgent>> SliceAsync(int from, int count) => await Query.OrderBy(a => a.Number).Skip(from).Take(count).ToListAsync();

    public TableFile ToFile() => new($"{Process.Slug}-agentes", [T["budget.number"], T["budget.agent.organisation"], T["budget.agent.kind"], T["budget.agent.group"], T["budget.agent.zone"], T["budget.state"]],
        Listing.AllAsync(SliceAsync).Select(a => (IReadOnlyList<object?>)[a.Number, a.Organisation, T.Of(a.Kind), a.Group is { } group ? EntityWords.Group(T, group) : null, a.Zone, T.Of(a.State)]));
}
