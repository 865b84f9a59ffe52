using Microsoft.EntityFrameworkCore;
using Minka.Core.Applications;
using Minka.Core.Awards;
using Minka.Core.Evaluation;
using Minka.Core.Fund;
using Minka.Core.Kernel;
using Minka.Core.Ledger;
using Minka.Core.Register;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Awards;

public sealed class DesertedTests
{
    static Task DeclareAsync(Given given, GivenCall call) => given.WithAsync<DeclareDeserted>(d => d.ExecuteAsync(call.Id, call.Operator));

    [Theory, BothDatabases]
    public async Task A_call_to_which_nobody_came_is_deserted_and_its_money_goes_back(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = database.Given();
        var call = await given.CallAsync(c => c.Closed());
        var before = await given.ReadAsync(db => LedgerBook.OfFundAsync(db, FundOf(db)));
        before.Assigned.ShouldBe(Money.Soles(20_000_000));
        await DeclareAsync(given, call);
        var after = await given.ReadAsync(db => db.Calls.SingleAsync());
        after.State.ShouldBe(CallState.Deserted);
        after.EndedAt.ShouldNotBeNull();
        (await given.ReadAsync(db => LedgerBook.OfCallAsync(db, call.Id.Value))).ShouldBe(new CallBalance(Money.Zero, Money.Zero, Money.Zero, Money.Zero));
        (await given.ReadAsync(db => LedgerBook.OfFundAsync(db, FundOf(db)))).ShouldBe(new FundBalance(Money.Soles(100_000_000), Money.Soles(100_000_000), Money.Zero));
        (await Should.ThrowAsync<RuleBroken>(() => DeclareAsync(given, call))).Code.ShouldBe("state.forbidden");
        (await Audit.RunAsync(database.Settings)).Findings.ShouldBeEmpty();

        static Guid FundOf(Minka.Core.Database.AppDb db) => db.Funds.AsNoTracking().Single().Id.Value;
    }

    [Fact]
    public async Task While_anybody_may_still_win_it_is_not_deserted()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var open = await given.CallAsync(c => c.Open());
        (await Should.ThrowAsync<RuleBroken>(() => DeclareAsync(given, open))).Code.ShouldBe("state.forbidden");

        var files = await given.FilesInScreeningAsync(2);
        var call = files[0].Call;
        (await Should.ThrowAsync<RuleBroken>(() => DeclareAsync(given, call))).ShouldSatisfyAllConditions(b => b.Code.ShouldBe(FundRules.NotDeserted), b => b.Args[0].ShouldBe(2));
        var fatal = (await given.RulesAsync(call)).Pack.Admissibility.First(r => !r.Curable.Value).Id;
        await given.FindAsync(files[0], fatal);
        await given.WithAsync<DecideReview>(d => d.RejectAsync(files[0].Id, call.Operator));
        (await Should.ThrowAsync<RuleBroken>(() => DeclareAsync(given, call))).Args[0].ShouldBe(1);
        await given.WithAsync<DisqualifyApplication>(d => d.ExecuteAsync(files[1].Id, "Documento falso.", call.Operator));
        await DeclareAsync(given, call);
        (await given.ReadAsync(db => db.Calls.SingleAsync(c => c.Id == call.Id))).State.ShouldBe(CallState.Deserted);
        (await Should.ThrowAsync<RuleBroken>(() => given.WithAsync<DisqualifyApplication>(d => d.ExecuteAsync(files[0].Id, "Tarde.", call.Operator)))).Code.ShouldBe(ApplicationsRules.DisqualifyCallOver);
    }

    [Fact]
    public async Task Withdrawn_before_the_close_or_all_below_the_threshold_it_is_deserted()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var (application, _) = await given.SubmittedApplicationAsync();
        await given.WithAsync<WithdrawApplication>(w => w.ExecuteAsync(application.Id, null, application.Manager));
        await given.AdvanceCallAsync(application.Call.Id, application.Call.Fund, CallState.Closed);
        await DeclareAsync(given, application.Call);

        var file = (await given.FilesInEvaluationAsync(1, 2))[0];
        await given.ScoreAsync(file, 40);
        (await Should.ThrowAsync<RuleBroken>(() => DeclareAsync(given, file.Call))).Code.ShouldBe(FundRules.NotDeserted);
        await given.WithAsync<ProposeAward>(p => p.ExecuteAsync(file.Call.Id, file.Call.Operator));
        await DeclareAsync(given, file.Call);
        (await given.ReadAsync(db => db.Calls.CountAsync(c => c.State == CallState.Deserted))).ShouldBe(2);
    }
}
