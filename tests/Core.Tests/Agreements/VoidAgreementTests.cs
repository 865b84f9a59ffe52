using Microsoft.EntityFrameworkCore;
using Minka.Core.Agreements;
using Minka.Core.Applications;
using Minka.Core.Awards;
using Minka.Core.Kernel;
using Minka.Core.Ledger;
using Minka.Core.Publication;
using Minka.Core.Register;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Agreements;

public sealed class VoidAgreementTests
{
    static Task DisqualifyAsync(Given given, GivenApplication file) => given.WithAsync<DisqualifyApplication>(d => d.ExecuteAsync(file.Id, "Presentó un documento falso.", file.Call.Operator));

    /// <summary>Three scored files of S/ 540,000 before money for one.</summary>
    static async Task<IReadOnlyList<GivenApplication>> ThreeForOneAsync(Given given)
    {
        await given.WithAsync<OpenRegister>(o => o.ExecuteAsync());
        var files = await given.FilesInEvaluationAsync(3, 2, Money.Soles(1_000_000));
        for (var i = 0; i < 3; i++) await given.ScoreAsync(files[i], 90 - (10 * i));
        return files;
    }

    static Task<List<Agreement>> AgreementsAsync(Given given) => given.ReadAsync(db => db.Agreements.OrderBy(a => a.Number).ToListAsync());

    [Theory, BothDatabases]
    public async Task A_winner_with_a_concluded_agreement_loses_it_and_the_next_one_moves_up(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = database.Given();
        var files = await ThreeForOneAsync(given);
        var call = files[0].Call;
        await given.AwardAsync(call);
        var first = (await AgreementsAsync(given)).ShouldHaveSingleItem();
        first.ApplicationId.ShouldBe(files[0].Id);
        await given.ConcludeAsync(first.Id, call, files[0].Manager);
        (await given.ReadAsync(db => LedgerBook.OfCallAsync(db, call.Id.Value))).Committed.ShouldBe(Money.Soles(540_000));

        await DisqualifyAsync(given, files[0]);
        var agreements = await AgreementsAsync(given);
        agreements.Select(a => (a.ApplicationId, a.State)).ShouldBe([(files[0].Id, AgreementState.Lapsed), (files[1].Id, AgreementState.Draft)]);
        agreements[0].LapseReason.ShouldBe("Presentó un documento falso.");
        var balance = await given.ReadAsync(db => LedgerBook.OfCallAsync(db, call.Id.Value));
        (balance.Committed, balance.Available).ShouldBe((Money.Zero, Money.Soles(1_000_000)));
        await given.ConcludeAsync(agreements[1].Id, call, files[1].Manager);
        (await given.ReadAsync(db => LedgerBook.OfCallAsync(db, call.Id.Value))).Committed.ShouldBe(Money.Soles(540_000));

        // A second one, still a draft nowhere: the third moves up, then nobody is left.
        await DisqualifyAsync(given, files[1]);
        (await AgreementsAsync(given))[^1].ApplicationId.ShouldBe(files[2].Id);
        await DisqualifyAsync(given, files[2]);
        (await AgreementsAsync(given)).ShouldAllBe(a => a.State == AgreementState.Lapsed);
        (await given.ReadAsync(db => LedgerBook.OfCallAsync(db, call.Id.Value))).Available.ShouldBe(Money.Soles(1_000_000));
        (await Should.ThrowAsync<RuleBroken>(() => DisqualifyAsync(given, files[0]))).Code.ShouldBe("state.forbidden");
        (await Audit.RunAsync(database.Settings)).Findings.ShouldBeEmpty();
        var (zip, _) = await given.WithAsync<BundleWriter, (byte[], Digest)>(b => b.WriteAsync(call.Id));
        BundleVerifier.Verify(zip).Claims.Where(c => !c.Passed).ShouldBeEmpty();
    }

    [Fact]
    public async Task One_who_waits_on_the_reserve_list_is_passed_over()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var files = await ThreeForOneAsync(given);
        await given.AwardAsync(files[0].Call);
        await DisqualifyAsync(given, files[1]);
        (await AgreementsAsync(given)).ShouldHaveSingleItem().State.ShouldBe(AgreementState.Draft);
        await DisqualifyAsync(given, files[0]);
        (await AgreementsAsync(given)).Select(a => (a.ApplicationId, a.State)).ShouldBe([(files[0].Id, AgreementState.Lapsed), (files[2].Id, AgreementState.Draft)]);
    }

    [Fact]
    public async Task After_the_term_of_the_reserve_list_nobody_moves_up_and_the_money_stays_free()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var files = await ThreeForOneAsync(given);
        var call = files[0].Call;
        await given.AwardAsync(call);
        await given.ConcludeAsync((await AgreementsAsync(given))[0].Id, call, files[0].Manager);
        given.Clock.Advance(TimeSpan.FromDays(91));
        await DisqualifyAsync(given, files[0]);
        (await AgreementsAsync(given)).ShouldHaveSingleItem().State.ShouldBe(AgreementState.Lapsed);
        (await given.ReadAsync(db => LedgerBook.OfCallAsync(db, call.Id.Value))).Available.ShouldBe(Money.Soles(1_000_000));
    }

    [Fact]
    public async Task Between_ranking_and_approval_the_ranking_is_stale_and_the_board_returns_it()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var files = await ThreeForOneAsync(given);
        var call = files[0].Call;
        var run = await given.WithAsync<ProposeAward, RunId>(p => p.ExecuteAsync(call.Id, call.Operator));
        await DisqualifyAsync(given, files[0]);
        (await Should.ThrowAsync<RuleBroken>(() => given.WithAsync<DecideAward>(d => d.ApproveAsync(run, call.Board)))).Code.ShouldBe(AwardCodes.Stale);
        await given.WithAsync<DecideAward>(d => d.ReturnAsync(run, "Se descalificó a una postulación.", call.Board));
        await given.AwardAsync(call);
        (await AgreementsAsync(given)).ShouldHaveSingleItem().ApplicationId.ShouldBe(files[1].Id);
        var (zip, _) = await given.WithAsync<BundleWriter, (byte[], Digest)>(b => b.WriteAsync(call.Id));
        BundleVerifier.Verify(zip).Claims.Where(c => !c.Passed).ShouldBeEmpty();
    }

    [Fact]
    public async Task Between_approval_and_publication_the_place_goes_to_the_reserve()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var files = await ThreeForOneAsync(given);
        var call = files[0].Call;
        var run = await given.WithAsync<ProposeAward, RunId>(p => p.ExecuteAsync(call.Id, call.Operator));
        await given.WithAsync<DecideAward>(d => d.ApproveAsync(run, call.Board));
        await DisqualifyAsync(given, files[0]);
        await given.WithAsync<PublishAward>(p => p.ExecuteAsync(call.Id, call.Operator));
        (await AgreementsAsync(given)).ShouldHaveSingleItem().ApplicationId.ShouldBe(files[1].Id);
        var (zip, _) = await given.WithAsync<BundleWriter, (byte[], Digest)>(b => b.WriteAsync(call.Id));
        BundleVerifier.Verify(zip).Claims.Where(c => !c.Passed).ShouldBeEmpty();
    }
}
