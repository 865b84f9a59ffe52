using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Planning.ParticipatoryBudget;
using Minka.Web.Access;
using Minka.Web.Api;
using Minka.Web.Charts;
using Minka.Web.Components;
using Minka.Web.Layout;
using Minka.Web.Screens.Entities;

namespace Minka.Web.Screens.Planning.ParticipatoryBudget.Execution;

public sealed record FollowedProject(PiaLine Line, BudgetReport? Last, FollowLight Light);

/// <summary>What became of each project, from the agreement to the last quarter.</summary>
[Public]
public sealed class FollowModel(AppDb db, FormaliseBudget formalise) : BudgetScreen(db), IListed
{
    [BindProperty]
    public Guid Project { get; set; }

    [BindProperty]
    public int Quarter { get; set; } = 1;

    [BindProperty]
    public string? Pim { get; set; }

    [BindProperty]
    public string? Accrued { get; set; }

    [BindProperty]
    public ExecutionState State { get; set; }

    [BindProperty]
    public string? Why { get; set; }

    public IReadOnlyList<FollowedProject> Rows { get; private set; } = [];

    /// <summary>Entries that told a reason.</summary>
    public IReadOnlyList<BudgetReport> Changes { get; private set; } = [];

    public BarChart? Chart { get; private set; }

    public IEnumerable<Choice> Projects => Rows.Select(r => new Choice(r.Line.ProposalId.Value.ToString(), $"{r.Line.Code} {r.Line.Title}"));

    public string CodeOf(BudgetProposalId id) => Rows.FirstOrDefault(r => r.Line.ProposalId == id)?.Line.Code ?? "";

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        if (Process.Pia is not { } pia) return;
        var id = Process.Id;
        var last = await BudgetQuery.LastReportsAsync(Db, id);
        var due = FollowLight.DueQuarter(Process.FiscalYear, Today);
        Rows = [.. pia.Lines.Select(l => new FollowedProject(l, last.GetValueOrDefault(l.ProposalId), FollowLight.Of(last.GetValueOrDefault(l.ProposalId), due, Process.Pack)))];
        Changes = await Db.BudgetReports.Where(r => r.ProcessId == id && r.Why != null).OrderBy(r => r.Quarter).ThenBy(r => r.At).ToListAsync();
        Chart = new(T["budget.chart.follow"], T["budget.chart.follow-text"], [.. Rows.Select(r =>
        {
            var share = r.Last is { Pim.IsPositive: true } report ? report.Accrued.ShareOf(report.Pim)!.Value.Value : 0;
            return new Bar($"{r.Line.Code} {r.Line.Title}", share, Format.Percent(share), Tone: EntityWords.ToneOf(r.Light.Light));
        })])
        { Full = 10_000 };
    }

    public async Task<IActionResult> OnPostWriteAsync()
    {
        if (!IsTeam) return StatusCode(StatusCodes.Status403Forbidden);
        await LoadAsync();
        if (!MoneyText.TryParse(Pim, out var pim, out var problem)) Fault(nameof(Pim), "planning." + problem);
        if (!MoneyText.TryParse(Accrued, out var accrued, out problem)) Fault(nameof(Accrued), "planning." + problem);
        if (!ModelState.IsValid) return await AgainAsync();
        try
        {
            await formalise.FollowAsync(Process.Id, new(Project), new(Quarter, pim, accrued, State, Why), Actor);
        }
        catch (RuleBroken broken) when (broken.Code is BudgetRules.FollowWhyMissing or BudgetRules.AccruedFell or BudgetRules.AccruedOver)
        {
            ModelState.AddModelError(broken.Code == BudgetRules.AccruedOver ? nameof(Accrued) : nameof(Why), T.Of(broken));
            return await AgainAsync();
        }
        Say("budget.follow.saved");
        return Redirect($"{Address}/seguimiento");
    }

    public TableFile ToFile() => new($"{Process.Slug}-seguimiento", [T["budget.proposal-code"], T["budget.proposal"], T["budget.acta"], "PIA", "PIM", T["budget.accrued"], T["budget.quarter"], T["budget.state"], T["budget.light"]],
        Rows.Select(r => (IReadOnlyList<object?>)[r.Line.Code, r.Line.Title, r.Line.Acta, r.Line.Pia, r.Last?.Pim, r.Last?.Accrued, r.Last?.Quarter.ToString(CultureInfo.InvariantCulture), r.Last is { } l ? T.Of(l.State) : null, BudgetWords.Light(T, r.Light.Light)]));
}
