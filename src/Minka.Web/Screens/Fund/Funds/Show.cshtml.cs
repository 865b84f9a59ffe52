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

    public const int Size = 50;

    public int PageNumber { get; private set; }

    public int CallTotal { get; private set; }

    public int Accredited { get; private set; }

    public IReadOnlyList<Call> Calls { get; private set; } = [];

    public IReadOnlyList<FundEntry> Entries { get; private set; } = [];

    public bool MayAct => May(Role.Operator);

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        var cancel = HttpContext.RequestAborted;
        Balance = await LedgerBook.OfFundAsync(Db, Fund.Id.Value);
        Accredited = await Core.Fund.Accreditations.CountInForceAsync(Db, Fund.Id, Today, cancel);
        var seesDrafts = May(Role.Operator, Role.Board, Role.Auditor);
        var calls = Db.Calls.Where(c => c.FundId == Fund.Id && (seesDrafts || c.State != CallState.Draft));
        CallTotal = await calls.CountAsync(cancel);
        PageNumber = PageOf(CallTotal, Size);
        Calls = await calls.OrderByDescending(c => c.CreatedAt).ThenBy(c => c.Id).Skip((PageNumber - 1) * Size).Take(Size).ToListAsync(cancel);
        var accounts = await Db.LedgerAccounts.Where(a => a.Book == BookKind.Fund && a.BookId == Fund.Id.Value && a.Kind == AccountKind.Unassigned).Select(a => a.Id).ToListAsync(cancel);
        var lines = await (from p in Db.Postings
                           join e in Db.LedgerEntries on p.EntryId equals e.Id
                           where accounts.Contains(p.AccountId)
                           orderby e.At descending
                           select new { e.At, e.Kind, e.Basis, e.SubjectId, p.Debit, p.Credit }).Take(50).ToListAsync(cancel);
        var subjects = lines.Select(l => CallId.From(l.SubjectId)).Distinct().ToList();
        var titles = await Db.Calls.Where(c => subjects.Contains(c.Id)).Select(c => new { c.Id, c.Title }).ToDictionaryAsync(c => c.Id.Value, c => c.Title, cancel);
        Entries = [.. lines.Select(l => new FundEntry(l.At, l.Kind, l.Basis, titles.GetValueOrDefault(l.SubjectId, ""), l.Debit - l.Credit))];
    }
}
