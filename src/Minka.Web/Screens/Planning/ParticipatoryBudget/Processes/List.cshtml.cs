using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Planning.ParticipatoryBudget;
using Minka.Web.Access;
using Minka.Web.Api;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Planning.ParticipatoryBudget.Processes;

public sealed record ListedBudget(BudgetProcess Process, string Entity);

/// <summary>All processes that were called, newest year first.</summary>
[Public]
public sealed class ListModel(AppDb db) : Screen, IListed
{
    public IReadOnlyList<ListedBudget> Rows { get; private set; } = [];

    public int Total { get; private set; }

    public int PageNumber { get; private set; } = 1;

    public override async Task LoadAsync()
    {
        Total = await db.BudgetProcesses.CountAsync(p => p.State != BudgetState.Preparing);
        PageNumber = PageOf(Total, 50);
        Rows = await SliceAsync((PageNumber - 1) * 50, 50);
    }

    async Task<IReadOnlyList<ListedBudget>> SliceAsync(int from, int count) =>
        await (from p in db.BudgetProcesses
               where p.State != BudgetState.Preparing
               join e in db.CoordinationEntities on p.EntityId equals e.Id
               orderby p.FiscalYear descending, p.Title, p.Id
               select new ListedBudget(p, e.Name)).Skip(from).Take(count).ToListAsync();

    public TableFile ToFile() => new("presupuestos-participativos", [T["budget.process"], T["budget.entity"], T["budget.year"], T["budget.place"], T["budget.state"], T["budget.amount"], T["budget.rule-digest"]],
        Listing.AllAsync(SliceAsync).Select(r => (IReadOnlyList<object?>)[r.Process.Title, r.Entity, r.Process.FiscalYear, r.Process.PlaceCode, T.Of(r.Process.State), r.Process.Amount, r.Process.RuleDigest?.Hex]));
}
