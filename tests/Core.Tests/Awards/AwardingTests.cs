using Microsoft.EntityFrameworkCore;
using Minka.Core.Agreements;
using Minka.Core.Awards;
using Minka.Core.Kernel;
using Minka.Core.Ledger;
using Minka.Selection.Award;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Awards;

public sealed class AwardingTests
{
    static async Task<string> CodeAsync(Func<Task> act) => (await Should.ThrowAsync<RuleBroken>(act)).Code;

    [Theory, BothDatabases]
    public async Task The_board_returns_or_approves_and_agreements_follow(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = database.Given();
        var files = await given.FilesInEvaluationAsync(2, 2);
        var call = files[0].Call;
        (await CodeAsync(() => given.WithAsync<ProposeAward>(p => p.ExecuteAsync(call.Id, call.Operator)))).ShouldBe(AwardCodes.ScoresPending);
        await given.ScoreAsync(files[0], 80);
        await given.ScoreAsync(files[1], 70);
        (await CodeAsync(() => given.WithAsync<CommitTieDraw>(c => c.ExecuteAsync(call.Id, call.Operator)))).ShouldBe(AwardCodes.DrawNotNeeded);

        var first = await given.WithAsync<ProposeAward, RunId>(p => p.ExecuteAsync(call.Id, call.Operator));
        (await CodeAsync(() => given.WithAsync<DecideAward>(d => d.ReturnAsync(first, " ", call.Board)))).ShouldBe(AwardCodes.ReturnReasonMissing);
        await given.WithAsync<DecideAward>(d => d.ReturnAsync(first, "Revisen el acta.", call.Board));
        var run = await given.WithAsync<ProposeAward, RunId>(p => p.ExecuteAsync(call.Id, call.Operator));
        var runs = await given.ReadAsync(db => db.SelectionRuns.Where(r => r.CallId == call.Id).OrderBy(r => r.Number).ToListAsync());
        runs.Select(r => r.State).ShouldBe([RunState.Returned, RunState.Proposed]);
        runs[0].ResultDigest.ShouldBe(runs[1].ResultDigest);
        (await CodeAsync(() => given.WithAsync<DecideAward>(d => d.ApproveAsync(first, call.Board)))).ShouldBe("state.forbidden");
        await given.WithAsync<DecideAward>(d => d.ApproveAsync(run, call.Board));
        await given.WithAsync<PublishAward>(p => p.ExecuteAsync(call.Id, call.Operator));

        var agreements = await given.ReadAsync(db => db.Agreements.Where(a => a.CallId == call.Id).OrderBy(a => a.Number).ToListAsync());
        var funded = await given.ReadAsync(db => db.AwardLines.Where(l => l.RunId == run).ToListAsync());
        agreements.Count.ShouldBe(funded.Count(l => l.Outcome is AwardOutcome.FundedInGroup or AwardOutcome.FundedFromResidual));
        agreements.ShouldNotBeEmpty();
        foreach (var agreement in agreements)
        {
            var text = agreement.Read();
            text.Tranches.SumMoney(t => t.Amount).ShouldBe(agreement.Amount);
            text.Sources.SumMoney(s => s.Amount).ShouldBe(text.TotalCost);
        }
        var one = agreements[0];
        await given.WithAsync<ConcludeAgreement>(c => c.ApproveByFundAsync(one.Id, call.Operator));
        (await CodeAsync(() => given.WithAsync<ConcludeAgreement>(c => c.ApproveByFundAsync(one.Id, call.Operator)))).ShouldBe(AgreementCodes.AlreadyApproved);
        (await given.ReadAsync(db => LedgerBook.OfCallAsync(db, call.Id.Value))).Committed.ShouldBe(Money.Zero);
        await given.WithAsync<ConcludeAgreement>(c => c.ApproveByEntityAsync(one.Id, files[0].Manager));
        (await given.ReadAsync(db => LedgerBook.OfCallAsync(db, call.Id.Value))).Committed.ShouldBe(one.Amount);
        (await CodeAsync(() => given.WithAsync<LapseAgreement>(l => l.ExecuteAsync(one.Id, "Tarde.", true, files[0].Manager)))).ShouldBe("state.forbidden");
    }

    [Fact]
    public async Task An_agreement_lapses_when_its_term_is_over_and_not_before()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var files = await given.FilesInEvaluationAsync(1, 2);
        var call = files[0].Call;
        await given.ScoreAsync(files[0], 80);
        var run = await given.WithAsync<ProposeAward, RunId>(p => p.ExecuteAsync(call.Id, call.Operator));
        await given.WithAsync<DecideAward>(d => d.ApproveAsync(run, call.Board));
        await given.WithAsync<PublishAward>(p => p.ExecuteAsync(call.Id, call.Operator));
        var agreement = await given.ReadAsync(db => db.Agreements.SingleAsync(a => a.CallId == call.Id));
        (await CodeAsync(() => given.WithAsync<LapseAgreement>(l => l.ExecuteAsync(agreement.Id, "No vino.", false, call.Operator)))).ShouldBe(AgreementCodes.SignTermOpen);
        given.Clock.MoveTo(agreement.SignUntil);
        (await CodeAsync(() => given.WithAsync<ConcludeAgreement>(c => c.ApproveByFundAsync(agreement.Id, call.Operator)))).ShouldBe(AgreementCodes.SignTermPassed);
        (await given.WithAsync<LapseAgreement, IReadOnlyList<string>>(l => l.ExecuteAsync(agreement.Id, "No vino.", false, call.Operator))).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(90, true)]
    [InlineData(91, false)]
    public void The_reserve_list_may_be_called_to_the_end_of_its_last_day(int days, bool inTime)
    {
        var decided = new DateTime(2027, 3, 1, 22, 0, 0, DateTimeKind.Utc);
        Reserve.IsInTime(decided, decided.AddDays(days), 90).ShouldBe(inTime);
    }
}
