using Microsoft.AspNetCore.Mvc;
using Minka.Core.Database;
using Minka.Core.Planning.ParticipatoryBudget;
using Minka.Web.Access;
using Minka.Web.Api;
using Minka.Web.Charts;
using Minka.Web.Components;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Planning.ParticipatoryBudget.Outcome;

/// <summary>The prioritisation and its result, each project with its reasons.</summary>
[Public]
public sealed class PrioritiesModel(AppDb db, RunPriorities run) : BudgetScreen(db), IListed
{
    public Guid? Session => Process.SessionId;

    public IReadOnlyList<Contender> Contenders { get; private set; } = [];

    /// <summary>Agents with a vote who came.</summary>
    public int Voters { get; private set; }

    public BarChart? Chart { get; private set; }

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        if (Process.Result is null) Contenders = await RunPriorities.ContendersAsync(Db, Process.Id);
        else Chart = new(T["budget.chart.result"], T["budget.chart.result-text"], [.. Process.Result.Lines.Select(l => new Bar($"{l.Code} {l.Title}", l.Asked.Minor, Format.Money(l.Asked), Tone: l.Fate == ResultFate.Funded ? Tone.Met : Tone.Neutral))]);
        if (Process.State == BudgetState.Prioritising && IsTeam) Voters = await BudgetQuery.VotersAsync(Db, Process);
    }

    public Task<IActionResult> OnPostOpenAsync() => AsTeamAsync(() => run.OpenAsync(Process.Id, Actor), "budget.priorities-opened", "/priorizacion");

    public Task<IActionResult> OnPostTakeAsync() => AsTeamAsync(() => run.TakeResultAsync(Process.Id, Actor), "budget.result-taken", "/priorizacion");

    public Task<IActionResult> OnPostRepeatAsync(string? why) => AsTeamAsync(() => run.RepeatAsync(Process.Id, why ?? "", Actor), "budget.repeated", "/priorizacion");

    public TableFile ToFile() => new($"{Process.Slug}-resultado", [T["budget.rank"], T["budget.proposal-code"], T["budget.proposal"], T["budget.points"], T["budget.supporters"], T["planning.cost"], T["budget.others"], T["budget.asked"], T["budget.outcome"], T["budget.reasons"]],
        (Process.Result?.Lines ?? []).Select(l => (IReadOnlyList<object?>)[l.Rank, l.Code, l.Title, l.Points, l.Supporters, l.Cost, l.Others, l.Asked, T.Of(l.Fate), string.Join(' ', l.Reasons.Select(r => T.Of(r)))]));
}
