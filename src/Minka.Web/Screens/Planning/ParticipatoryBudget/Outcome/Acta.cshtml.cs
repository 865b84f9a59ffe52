using Microsoft.AspNetCore.Mvc;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Planning.ParticipatoryBudget;
using Minka.Web.Access;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Planning.ParticipatoryBudget.Outcome;

/// <summary>The agreement of results and commitments: drafted for the team, published for everybody.</summary>
[Public]
public sealed class ActaModel(AppDb db, DraftActa draft) : BudgetScreen(db)
{
    /// <summary>One a line: "party; what; amount; by".</summary>
    [BindProperty]
    public string? Commitments { get; set; }

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        if (!IsReader && Process.PublishedAt is null) throw new NotFound("acta", Process.Slug);
        Commitments ??= string.Join('\n', Process.Commitments.Select(c => $"{c.Party}; {c.What}; {c.Amount?.ToString()}; {(c.By is { } by ? TypedTime.OfDay(by) : "")}"));
    }

    public async Task<IActionResult> OnPostCommitAsync()
    {
        if (!IsTeam) return StatusCode(StatusCodes.Status403Forbidden);
        await LoadAsync();
        var list = new List<Commitment>();
        foreach (var (at, line) in (Commitments ?? "").ReplaceLineEndings("\n").Split('\n').Index().Where(l => !string.IsNullOrWhiteSpace(l.Item)))
        {
            var cells = line.Split(';', StringSplitOptions.TrimEntries);
            string? Cell(int i) => cells.Length > i && cells[i].Length > 0 ? cells[i] : null;
            Money? amount = null;
            DateOnly? by = null;
            var readable = cells.Length is >= 2 and <= 4 && Cell(0) is not null && Cell(1) is not null;
            if (readable && Cell(2) is { } money)
            {
                readable = MoneyText.TryParse(money, out var read, out _);
                amount = read;
            }
            if (readable && Cell(3) is { } day)
            {
                readable = TypedTime.TryDay(day, out var read);
                by = read;
            }
            if (readable) list.Add(new(cells[0], cells[1], amount, by));
            else Fault(nameof(Commitments), "budget.acta.commitments-unreadable", at + 1);
        }
        if (!ModelState.IsValid) return await AgainAsync();
        await draft.CommitAsync(Process.Id, list, Actor);
        Say("budget.saved");
        return Redirect($"{Address}/acta");
    }

    public Task<IActionResult> OnPostDraftAsync() => AsTeamAsync(() => draft.DraftAsync(Process.Id, Actor), "budget.acta.drafted", "/acta");

    public Task<IActionResult> OnPostPublishAsync() => AsTeamAsync(() => draft.PublishAsync(Process.Id, Actor), "budget.acta.published", "/acta");
}
