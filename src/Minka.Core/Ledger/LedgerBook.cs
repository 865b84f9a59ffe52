using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;
using static Minka.Core.Ledger.LedgerLine;

namespace Minka.Core.Ledger;

/// <summary>Debits less credits of each account of a call. <c>Appropriation</c> = available + committed + paid, always.</summary>
public sealed record CallBalance(Money Appropriation, Money Available, Money Committed, Money Paid);

/// <summary>What a fund received, and how much of it its calls hold.</summary>
public sealed record FundBalance(Money Endowment, Money Unassigned, Money Assigned);

/// <summary>A commitment made or released, as the register tells it.</summary>
public sealed record AmountPosted(string Entry, Guid Subject, Money Amount) : IEvent;

/// <summary>
/// Posts to the books, within an act. Every entry balances, and no account but the two origins falls below zero: since acts
/// run one after another, two that would together exceed a budget cannot both pass.
/// </summary>
public static class LedgerBook
{
    /// <summary>A fund receives resources. <paramref name="basis"/>: the norm or document that grants them.</summary>
    public static Task EndowAsync(Work work, Guid fundId, Money amount, string basis) =>
        PostAsync(work, "fund.endow", Key("endow", work.Act.Id.Value), fundId, basis,
            DebitOf(BookKind.Fund, fundId, AccountKind.Unassigned, amount),
            CreditOf(BookKind.Fund, fundId, AccountKind.Endowment, amount));

    /// <summary>A call takes its budget from the resources of its fund.</summary>
    /// <exception cref="RuleBroken"><see cref="LedgerRules.Unassigned"/>: the fund has not so much left.</exception>
    public static Task AppropriateAsync(Work work, Guid fundId, Guid callId, Money amount) =>
        PostAsync(work, "call.appropriate", Key("appropriate", callId, work.Act.Id.Value), callId, "",
            DebitOf(BookKind.Fund, fundId, AccountKind.Assigned, amount),
            CreditOf(BookKind.Fund, fundId, AccountKind.Unassigned, amount),
            DebitOf(BookKind.Call, callId, AccountKind.Available, amount),
            CreditOf(BookKind.Call, callId, AccountKind.Appropriation, amount));

    /// <summary>A call gives back what no agreement took.</summary>
    public static Task ReturnAsync(Work work, Guid fundId, Guid callId, Money amount) =>
        PostAsync(work, "call.return", Key("return", callId, work.Act.Id.Value), callId, "",
            DebitOf(BookKind.Call, callId, AccountKind.Appropriation, amount),
            CreditOf(BookKind.Call, callId, AccountKind.Available, amount),
            DebitOf(BookKind.Fund, fundId, AccountKind.Unassigned, amount),
            CreditOf(BookKind.Fund, fundId, AccountKind.Assigned, amount));

    /// <summary>An agreement takes its amount from the budget of its call; once for each agreement.</summary>
    /// <exception cref="RuleBroken"><see cref="LedgerRules.Available"/>: it would exceed the call's budget.</exception>
    public static Task CommitAsync(Work work, Guid callId, Guid agreementId, Money amount) =>
        PostAsync(work, "agreement.commit", Key("commit", agreementId), agreementId, "",
            DebitOf(BookKind.Call, callId, AccountKind.Committed, amount),
            CreditOf(BookKind.Call, callId, AccountKind.Available, amount));

    /// <summary>An agreement gives back what it did not use.</summary>
    public static Task ReleaseAsync(Work work, Guid callId, Guid agreementId, Money amount) =>
        PostAsync(work, "agreement.release", Key("release", agreementId, work.Act.Id.Value), agreementId, "",
            DebitOf(BookKind.Call, callId, AccountKind.Available, amount),
            CreditOf(BookKind.Call, callId, AccountKind.Committed, amount));

    /// <summary>Posts any balanced entry.</summary>
    public static async Task PostAsync(Work work, string kind, string key, Guid subjectId, string basis, params IReadOnlyList<LedgerLine> lines)
    {
        foreach (var line in lines)
        {
            if (line.Debit.IsNegative || line.Credit.IsNegative || line.Debit.IsPositive == line.Credit.IsPositive)
                throw new RuleBroken(LedgerRules.NotPositive, line.Debit - line.Credit);
        }
        var (debits, credits) = (lines.SumMoney(l => l.Debit), lines.SumMoney(l => l.Credit));
        if (debits != credits || lines.Count < 2) throw new RuleBroken(LedgerRules.Unbalanced, debits, credits);
        foreach (var book in lines.GroupBy(l => (l.Book, l.BookId)))
        {
            if (book.SumMoney(l => l.Debit) != book.SumMoney(l => l.Credit))
                throw new RuleBroken(LedgerRules.Unbalanced, book.SumMoney(l => l.Debit), book.SumMoney(l => l.Credit));
        }
        await work.FlushAsync();
        if (await work.Db.LedgerEntries.AnyAsync(e => e.Key == key)) throw new RuleBroken(LedgerRules.Repeated, key);

        var entry = new LedgerEntry { Id = work.NewId<LedgerEntryId>(), Kind = kind, Key = key, At = work.Now, SubjectId = subjectId, Basis = basis };
        work.Db.LedgerEntries.Add(entry);
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i];
            var account = await AccountAsync(work, line.Book, line.BookId, line.Account);
            var balance = await BalanceAsync(work.Db, account.Id);
            var after = balance + line.Debit - line.Credit;
            if (after.IsNegative && line.Account is not (AccountKind.Endowment or AccountKind.Appropriation))
                throw new RuleBroken(RuleOf(line.Account), -after, balance);
            work.Db.Postings.Add(new Posting { EntryId = entry.Id, Line = i + 1, AccountId = account.Id, Debit = line.Debit, Credit = line.Credit });
            await work.FlushAsync();
        }
        work.Happened(new AmountPosted(kind, subjectId, lines[0].Debit + lines[0].Credit));
    }

    public static async Task<CallBalance> OfCallAsync(AppDb db, Guid callId)
    {
        var sums = await SumsAsync(db, BookKind.Call, callId);
        return new(-At(AccountKind.Appropriation), At(AccountKind.Available), At(AccountKind.Committed), At(AccountKind.Paid));
        Money At(AccountKind kind) => sums.GetValueOrDefault(kind);
    }

    public static async Task<FundBalance> OfFundAsync(AppDb db, Guid fundId)
    {
        var sums = await SumsAsync(db, BookKind.Fund, fundId);
        return new(-At(AccountKind.Endowment), At(AccountKind.Unassigned), At(AccountKind.Assigned));
        Money At(AccountKind kind) => sums.GetValueOrDefault(kind);
    }

    /// <summary>Debits less credits.</summary>
    public static async Task<Money> BalanceAsync(AppDb db, LedgerAccountId account)
    {
        var debits = await db.Postings.Where(p => p.AccountId == account).SumAsync(p => (long)(object)p.Debit);
        var credits = await db.Postings.Where(p => p.AccountId == account).SumAsync(p => (long)(object)p.Credit);
        return new(debits - credits);
    }

    static async Task<Dictionary<AccountKind, Money>> SumsAsync(AppDb db, BookKind book, Guid bookId)
    {
        var sums = new Dictionary<AccountKind, Money>();
        foreach (var account in await db.LedgerAccounts.AsNoTracking().Where(a => a.Book == book && a.BookId == bookId).ToListAsync())
            sums[account.Kind] = await BalanceAsync(db, account.Id);
        return sums;
    }

    static async Task<LedgerAccount> AccountAsync(Work work, BookKind book, Guid bookId, AccountKind kind)
    {
        var account = await work.Db.LedgerAccounts.SingleOrDefaultAsync(a => a.Book == book && a.BookId == bookId && a.Kind == kind);
        if (account is not null) return account;
        account = new LedgerAccount { Id = work.NewId<LedgerAccountId>(), Book = book, BookId = bookId, Kind = kind };
        work.Db.LedgerAccounts.Add(account);
        await work.FlushAsync();
        return account;
    }

    static string RuleOf(AccountKind kind) => kind switch
    {
        AccountKind.Unassigned => LedgerRules.Unassigned,
        AccountKind.Available => LedgerRules.Available,
        AccountKind.Committed => LedgerRules.Committed,
        _ => LedgerRules.BelowZero,
    };

    static string Key(string verb, params IReadOnlyList<Guid> ids) =>
        string.Join(':', ids.Select(i => i.ToString("N", CultureInfo.InvariantCulture)).Prepend(verb));
}
