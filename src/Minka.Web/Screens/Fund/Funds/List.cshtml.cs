using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Fund;
using Minka.Core.Kernel;
using Minka.Core.Ledger;
using Minka.Web.Access;
using Minka.Web.Api;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Fund.Funds;

public sealed record FundLine(CoFinancingFund Fund, int Calls, Money Resources);

[Public]
public sealed class ListModel(AppDb db) : Screen, IListed
{
    public IReadOnlyList<FundLine> Lines { get; private set; } = [];

    public bool MayAdd => Person?.Holds(Role.Admin) ?? false;

    public const int Size = 50;

    [BindProperty(SupportsGet = true, Name = "pagina")]
    public int Number { get; set; } = 1;

    public int Total { get; private set; }

    public override async Task LoadAsync()
    {
        Total = await db.Funds.CountAsync(HttpContext.RequestAborted);
        Number = Math.Clamp(Number, 1, Math.Max(1, (Total + Size - 1) / Size));
        Lines = await SliceAsync((Number - 1) * Size, Size);
    }

    async Task<IReadOnlyList<FundLine>> SliceAsync(int from, int count)
    {
        var funds = await db.Funds.OrderBy(f => f.Name).ThenBy(f => f.Id).Skip(from).Take(count).ToListAsync(HttpContext.RequestAborted);
        var ids = funds.ConvertAll(f => f.Id);
        var calls = await db.Calls.Where(c => ids.Contains(c.FundId) && c.State != CallState.Draft).GroupBy(c => c.FundId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count);
        var lines = new List<FundLine>();
        foreach (var fund in funds) lines.Add(new(fund, calls.GetValueOrDefault(fund.Id), (await LedgerBook.OfFundAsync(db, fund.Id.Value)).Endowment));
        return lines;
    }

    public TableFile ToFile() => new("fondos",
        [T["fund.field.name"], T["fund.field.institution"], T["fund.calls"], T["fund.resources"]],
        Listing.AllAsync(SliceAsync).Select(l => (IReadOnlyList<object?>)[l.Fund.Name, l.Fund.Institution, l.Calls, l.Resources]));
}
