using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Fund;
using Minka.Core.Kernel;
using Minka.Core.Ledger;
using Minka.Web.Access;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Fund.Funds;

public sealed record FundLine(CoFinancingFund Fund, int Calls, Money Resources);

[Public]
public sealed class ListModel(AppDb db) : Screen
{
    public IReadOnlyList<FundLine> Lines { get; private set; } = [];

    public bool MayAdd => Person?.Holds(Role.Admin) ?? false;

    public override async Task LoadAsync()
    {
        var lines = new List<FundLine>();
        var calls = await db.Calls.Where(c => c.State != CallState.Draft).GroupBy(c => c.FundId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count);
        foreach (var fund in await db.Funds.OrderBy(f => f.Name).ToListAsync(HttpContext.RequestAborted))
            lines.Add(new(fund, calls.GetValueOrDefault(fund.Id), (await LedgerBook.OfFundAsync(db, fund.Id.Value)).Endowment));
        Lines = lines;
    }
}
