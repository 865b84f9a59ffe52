using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Planning.ParticipatoryBudget;
using Minka.Web.Access;
using Minka.Web.Api;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Planning.ParticipatoryBudget.Execution;

/// <summary>How agreements were kept: of this year so far or as rendered, and of years before.</summary>
[Public]
public sealed class AccountsModel(AppDb db, FormaliseBudget formalise) : BudgetScreen(db), IListed
{
    [BindProperty]
    public string? Remarks { get; set; }

    [BindProperty]
    public string? Year { get; set; }

    [BindProperty]
    public string? Document { get; set; }

    /// <summary>One a line: "project; agreement; opening budget; accrued; state; why".</summary>
    [BindProperty]
    public string? Lines { get; set; }

    public AccountsContent? Accounts { get; private set; }

    public bool Owed { get; private set; }

    public IReadOnlyList<(string Slug, string Title)> EarlierProcesses { get; private set; } = [];

    public string Typed(string field) => Request.HasFormContentType && Request.Form.TryGetValue(field, out var typed) ? typed.ToString() : "";

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        var (entity, year) = (Process.EntityId, Process.FiscalYear);
        Accounts = Process.Accounts ?? (Process.Pia is not null ? await FormaliseBudget.AccountsAsync(Db, Process, Today, [], null) : null);
        Owed = await BudgetQuery.AccountsOwedAsync(Db, Process);
        EarlierProcesses = [.. (await Db.BudgetProcesses.Where(p => p.EntityId == entity && p.FiscalYear < year && (p.State == BudgetState.Agreed || p.State == BudgetState.Formalised || p.State == BudgetState.Closed)).OrderByDescending(p => p.FiscalYear).Select(p => new { p.Slug, p.Title }).ToListAsync()).Select(p => (p.Slug, p.Title))];
        Year ??= (Process.FiscalYear - 2).ToString(CultureInfo.InvariantCulture);
    }

    public Task<IActionResult> OnPostRenderAsync() => AsTeamAsync(() => formalise.RenderAsync(Process.Id,
        [.. Process.Commitments.Select((_, i) => (bool.TryParse(Typed(string.Create(CultureInfo.InvariantCulture, $"kept-{i}")), out var kept) ? kept : (bool?)null, (string?)Typed(string.Create(CultureInfo.InvariantCulture, $"note-{i}"))))], Remarks, Actor), "budget.accounts.done", "/rendicion");

    public async Task<IActionResult> OnPostEarlierAsync()
    {
        if (!IsTeam) return StatusCode(StatusCodes.Status403Forbidden);
        await LoadAsync();
        if (!int.TryParse(Year, NumberStyles.None, CultureInfo.InvariantCulture, out var year)) Fault(nameof(Year), "planning.field.year");
        var lines = new List<EarlierLine>();
        foreach (var (at, line) in (Lines ?? "").ReplaceLineEndings("\n").Split('\n').Index().Where(l => !string.IsNullOrWhiteSpace(l.Item)))
        {
            var cells = line.Split(';', StringSplitOptions.TrimEntries);
            if (cells.Length is >= 5 and <= 6 && MoneyText.TryParse(cells[1], out var acta, out _) && MoneyText.TryParse(cells[2], out var pia, out _) && MoneyText.TryParse(cells[3], out var accrued, out _) && StateOf(cells[4]) is { } state)
                lines.Add(new(cells[0], acta, pia, accrued, state, cells.Length > 5 && cells[5].Length > 0 ? cells[5] : null));
            else Fault(nameof(Lines), "budget.accounts.lines-unreadable", at + 1);
        }
        if (!ModelState.IsValid) return await AgainAsync();
        await formalise.RecordEarlierAsync(Process.Id, new(year, Document ?? "", lines), Actor);
        Say("budget.saved");
        return Redirect($"{Address}/rendicion");
    }

    ExecutionState? StateOf(string text) => Enum.GetValues<ExecutionState>().Where(s => T.Of(s).Equals(text, StringComparison.OrdinalIgnoreCase)).Select(s => (ExecutionState?)s).FirstOrDefault();

    public TableFile ToFile() => new($"{Process.Slug}-rendicion", [T["budget.proposal-code"], T["budget.proposal"], T["budget.acta"], "PIA", "PIM", T["budget.accrued"], T["budget.state"], T["budget.why"]],
        (Accounts?.Lines ?? []).Select(l => (IReadOnlyList<object?>)[l.Code, l.Title, l.Acta, l.Pia, l.Pim, l.Accrued, T.Of(l.State), l.Why]));
}
