using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Planning;
using Minka.Core.Territories;
using Minka.Web.Components;

namespace Minka.Web.Screens.Planning.ParticipatoryBudget.Proposals;

/// <summary>A page with the form of a proposal.</summary>
public abstract class ProposalScreen(AppDb db, Gazetteer gazetteer) : BudgetScreen(db)
{
    [BindProperty]
    public ProposalForm Input { get; set; } = new();

    /// <summary>Of the agent's slip.</summary>
    [BindProperty]
    public string? Code { get; set; }

    public ProposalFields Fields { get; private set; } = null!;

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        var districts = Process.PlaceCode.Length switch
        {
            6 => await gazetteer.FindAsync(Process.PlaceCode) is { } district ? [new Choice(district.Code, district.Name)] : [new Choice(Process.PlaceCode, Process.PlaceCode)],
            _ => (await gazetteer.DistrictsAsync()).Where(d => Process.Covers(d.Code)).OrderBy(d => d.Name, StringComparer.Ordinal).Select(d => new Choice(d.Code, d.Name)).ToList(),
        };
        if (districts is [var only] && Input.Places.Count == 0) Input.Places.Add(only.Value);
        var axes = await (from a in Db.Axes join s in Db.Strategies on a.StrategyId equals s.Id where s.EntityId == Process.EntityId && s.State == StrategyState.InForce orderby a.Code select new { a.Id, a.Code, a.Name }).ToListAsync();
        Fields = new(Input, districts, [.. axes.Select(a => new Choice(a.Id.Value.ToString(), $"{a.Code} {a.Name}"))]);
    }
}
