using Microsoft.EntityFrameworkCore;
using Minka.Core.Kernel;
using Minka.Core.Ledger;
using Minka.Core.Register;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Ledger;

public sealed class LedgerBookTests
{
    static readonly Guid Fund = new("018f0000-0000-7000-8000-000000000001");
    static readonly Guid Call = new("018f0000-0000-7000-8000-000000000002");

    [Theory, BothDatabases]
    public async Task FundsLife_InKnownSteps_GivesKnownBalances(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var agreement = Agreement(1);
        await ActAsync(database, w => LedgerBook.EndowAsync(w, Fund, Money.Soles(1_000_000), "RM 1"));
        await ActAsync(database, w => LedgerBook.AppropriateAsync(w, Fund, Call, Money.Soles(600_000)));
        await ActAsync(database, w => LedgerBook.CommitAsync(w, Call, agreement, Money.Soles(250_000)));
        await ActAsync(database, w => LedgerBook.ReleaseAsync(w, Call, agreement, Money.Soles(50_000)));
        await ActAsync(database, w => LedgerBook.ReturnAsync(w, Fund, Call, Money.Soles(400_000)));

        (await database.ReadAsync(db => LedgerBook.OfCallAsync(db, Call)))
            .ShouldBe(new CallBalance(Money.Soles(200_000), Money.Zero, Money.Soles(200_000), Money.Zero));
        (await database.ReadAsync(db => LedgerBook.OfFundAsync(db, Fund)))
            .ShouldBe(new FundBalance(Money.Soles(1_000_000), Money.Soles(800_000), Money.Soles(200_000)));
    }

    [Theory, BothDatabases]
    public async Task Commitment_OneCentimoOverTheBudget_IsRefusedAndLeavesNothing(string provider)
    {
        await using var database = await FundedAsync(provider, Money.Soles(100));
        var refused = await Should.ThrowAsync<RuleBroken>(() => ActAsync(database, w => LedgerBook.CommitAsync(w, Call, Agreement(1), new Money(10_001))));
        refused.Code.ShouldBe(LedgerRules.Available);
        refused.Args.ShouldBe([new Money(1), new Money(10_000)]);
        (await database.ReadAsync(db => db.LedgerEntries.CountAsync())).ShouldBe(2);
        await ActAsync(database, w => LedgerBook.CommitAsync(w, Call, Agreement(1), new Money(10_000)));
    }

    [Theory, BothDatabases]
    public async Task Commitment_OfTheSameAgreementTwice_IsRefused(string provider)
    {
        await using var database = await FundedAsync(provider, Money.Soles(100));
        await ActAsync(database, w => LedgerBook.CommitAsync(w, Call, Agreement(1), Money.Soles(10)));
        (await Should.ThrowAsync<RuleBroken>(() => ActAsync(database, w => LedgerBook.CommitAsync(w, Call, Agreement(1), Money.Soles(10))))).Code.ShouldBe(LedgerRules.Repeated);
    }

    [Theory]
    [InlineData(100, 99, LedgerRules.Unbalanced)]
    [InlineData(0, 0, LedgerRules.NotPositive)]
    [InlineData(-5, -5, LedgerRules.NotPositive)]
    public async Task Entry_ThatIsNoEntry_IsRefused(long debit, long credit, string rule)
    {
        await using var database = await FundedAsync("sqlite", Money.Soles(100));
        var refused = await Should.ThrowAsync<RuleBroken>(() => ActAsync(database, w => LedgerBook.PostAsync(w, "test.post", "test", Call, "",
            LedgerLine.DebitOf(BookKind.Call, Call, AccountKind.Committed, new Money(debit)),
            LedgerLine.CreditOf(BookKind.Call, Call, AccountKind.Available, new Money(credit)))));
        refused.Code.ShouldBe(rule);
    }

    [Theory, BothDatabases]
    public async Task Posting_Changed_IsRefused(string provider)
    {
        await using var database = await FundedAsync(provider, Money.Soles(100));
        await Should.ThrowAsync<InvalidOperationException>(() => ActAsync(database, async w => w.Db.Postings.Remove(await w.Db.Postings.FirstAsync())));
    }

    [Theory]
    [InlineData("sqlite", 8)]
    [InlineData("sqlite", 64)]
    [InlineData("postgres", 8)]
    [InlineData("postgres", 64)]
    public async Task Commitments_OfManyAtOnce_NeverExceedTheBudget(string provider, int workers)
    {
        if (provider == "postgres" && Postgres.Missing is not null) return;
        await using var database = await FundedAsync(provider, Money.Soles(1_000));
        var passed = 0;
        await Task.WhenAll(Enumerable.Range(0, workers).Select(async worker =>
        {
            for (var i = 0; i < 3; i++)
            {
                try
                {
                    await ActAsync(database, w => LedgerBook.CommitAsync(w, Call, Agreement((worker * 10) + i), Money.Soles(90)));
                    Interlocked.Increment(ref passed);
                }
                catch (RuleBroken broken) when (broken.Code == LedgerRules.Available)
                {
                }
            }
        }));
        passed.ShouldBe(11);
        var balance = await database.ReadAsync(db => LedgerBook.OfCallAsync(db, Call));
        balance.ShouldBe(new CallBalance(Money.Soles(1_000), Money.Soles(10), Money.Soles(990), Money.Zero));
        balance.Appropriation.ShouldBe(balance.Available + balance.Committed + balance.Paid);
        var postings = await database.ReadAsync(db => db.Postings.ToListAsync());
        foreach (var entry in postings.GroupBy(p => p.EntryId))
            entry.SumMoney(p => p.Debit).ShouldBe(entry.SumMoney(p => p.Credit));
    }

    static async Task<TestDatabase> FundedAsync(string provider, Money budget)
    {
        var database = await TestDatabase.CreateAsync(provider);
        await ActAsync(database, w => LedgerBook.EndowAsync(w, Fund, budget, "RM 1"));
        await ActAsync(database, w => LedgerBook.AppropriateAsync(w, Fund, Call, budget));
        return database;
    }

    static Task ActAsync(TestDatabase database, Func<Minka.Core.Database.Work, Task> work) => database.Writer.ActAsync("test.post", Actor.System, work);

    static Guid Agreement(int n) => new(n, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1]);
}
