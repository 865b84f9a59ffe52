using System.Text;
using Microsoft.AspNetCore.Mvc;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Planning.ParticipatoryBudget;
using Minka.Web.Access;

namespace Minka.Web.Screens.Planning.ParticipatoryBudget.Agents;

/// <summary>A table of agents: judged row by row, the good ones admitted, the others kept in the field to be corrected.</summary>
[May(Role.Manager, Role.Secretary)]
public sealed class ImportModel(AppDb db, AgentTable table, RegisterAgents register) : BudgetScreen(db)
{
    [BindProperty]
    public IFormFile? Table { get; set; }

    [BindProperty]
    public string? Pasted { get; set; }

    public AgentTableReview? Review { get; private set; }

    public IReadOnlyList<LineProblem> Problems { get; private set; } = [];

    /// <summary>A fault in words; a number below zero is a line of this table.</summary>
    public string Say(AgentFault fault) =>
        fault.Args is [var name, int and < 0 and var line] ? T["rule." + fault.Code + "-in-table", name, -line] : T["rule." + fault.Code, fault.Args];

    public async Task<IActionResult> OnPostAsync(string? go)
    {
        await LoadAsync();
        if (await BytesAsync() is not { } bytes) return await AgainAsync();
        Review = await table.ReviewAsync(Process.Id, bytes);
        Problems = Review.Problems;
        if (Problems.Count > 0)
        {
            Review = null;
            Fault(nameof(Pasted), "rule." + Problems[0].Code, Problems[0].Args);
            return await AgainAsync();
        }
        if (go == "admit" && Review.Good.Count > 0)
        {
            var admitted = await register.ImportAsync(Process.Id, Review.Good, Actor);
            base.Say("budget.import.done", admitted);
            if (Review.Bad.Count == 0) return Redirect($"{Address}/agentes");
            Keep(Review.BadText());
            Review = await table.ReviewAsync(Process.Id, Encoding.UTF8.GetBytes(Pasted!));
            return Page();
        }
        // A workbook becomes text in the field, so that its faults can be put right here.
        if (Table is not null) Keep(AllText(Review));
        return Page();
    }

    void Keep(string text)
    {
        ModelState.Remove(nameof(Pasted));
        Pasted = text;
    }

    static string AllText(AgentTableReview review) =>
        string.Join('\n', [string.Join(';', AgentTable.Columns), .. review.Rows.Select(r => string.Join(';', r.Cells.Select(c => c.AsSpan().IndexOfAny(";\"\n") < 0 ? c : $"\"{c.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")))]);

    async Task<byte[]?> BytesAsync()
    {
        if (Table is not { Length: > 0 })
        {
            if (!string.IsNullOrWhiteSpace(Pasted)) return Encoding.UTF8.GetBytes(Pasted);
            Fault(nameof(Table), "entities.members.import.missing");
            return null;
        }
        if (Table.Length > MemberTable.MostBytes)
        {
            Fault(nameof(Table), "rule." + EntitiesRules.TableTooLarge, MemberTable.MostBytes / 1024 / 1024);
            return null;
        }
        using var memory = new MemoryStream();
        await Table.CopyToAsync(memory);
        return memory.ToArray();
    }
}
