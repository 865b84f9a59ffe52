using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Fund;
using Minka.Core.Kernel;
using Minka.Core.Ledger;
using Minka.Web.Access;

namespace Minka.Web.Screens.Fund.Funds;

public sealed record FundEntry(DateTime At, string Kind, string Basis, string Subject, Money Amount);

[Public]
public sealed class ShowModel(AppDb db) : FundScreen(db)
{
    public FundBalance Balance { get; private set; } = new(default, default, default);

    public int Accredited { get; private set; }

    public IReadOnlyList<Call> Calls { get; private set; } = [];

    public IReadOnlyList<FundEntry> Entries { get; private set; } = [];

    public bool MayAct => May(Role.Operator);

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        var cancel = HttpContext.RequestAborted;
        Balance = await LedgerBook.OfFundAsync(Db, Fund.Id.Value);
        Accredited = (await Core.Fund.Accreditations.EntitiesInForceAsync(Db, Fund.Id, Today, cancel)).Count;
        var seesDrafts = May(Role.Operator, Role.Board, Role.Auditor);
        Calls = await Db.Calls.Where(c => c.FundId == Fund.Id && (seesDrafts || c.State != CallState.Draft)).OrderByDescending(c => c.CreatedAt).ToListAsync(cancel);
        var accounts = await Db.LedgerAccounts.Where(a => a.Book == BookKind.Fund && a.BookId == Fund.Id.Value && a.Kind == AccountKind.Unassigned).Select(a => a.Id).ToListAsync(cancel);
        var titles = Calls.ToDictionary(c => c.Id.Value, c => c.Title);
        var lines = await (from p in Db.Postings
                           join e in Db.LedgerEntries on p.EntryId equals e.Id
                           where accounts.Contains(p.AccountId)
                           orderby e.At descending
                           select new { e.At, e.Kind, e.Basis, e.SubjectId, p.Debit, p.Credit }).Take(50).ToListAsync(cancel);
        Entries = [.. lines.Select(l => new FundEntry(l.At, l.Kind, l.Basis, titles.GetValueOrDefault(l.SubjectId, ""), l.Debit - l.Credit))];
    }
}
