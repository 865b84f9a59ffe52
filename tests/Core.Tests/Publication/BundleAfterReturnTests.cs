using Microsoft.EntityFrameworkCore;
using Minka.Core.Agreements;
using Minka.Core.Awards;
using Minka.Core.Evaluation;
using Minka.Core.Fund;
using Minka.Core.Fund.Calls;
using Minka.Core.Kernel;
using Minka.Core.Publication;
using Minka.Core.Register;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Publication;

/// <summary>Bundles of calls that went back to a stage, and of registers that changed their key.</summary>
public sealed class BundleAfterReturnTests
{
    static Task BackAsync(Given given, GivenCall call, CallState to) =>
        given.WithAsync<AnnulCall>(a => a.ExecuteAsync(call.Id, to, "Se halló un vicio en la evaluación.", null, call.Board));

    static async Task ScreenAsync(Given given, IReadOnlyList<GivenApplication> files)
    {
        await given.AdmitAsync(files);
        await given.WithAsync<StartEvaluation>(s => s.ExecuteAsync(files[0].Call.Id, files[0].Call.Operator));
    }

    [Theory]
    [InlineData(CallState.Evaluating, false)]
    [InlineData(CallState.Evaluating, true)]
    [InlineData(CallState.Screening, true)]
    [InlineData(CallState.Opened, true)]
    public async Task Evaluated_again_after_a_return_the_bundle_holds(CallState to, bool approved)
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        await given.WithAsync<OpenRegister>(o => o.ExecuteAsync());
        var files = await given.FilesInEvaluationAsync(2, 4);
        var call = files[0].Call;
        await given.ScoreAsync(files[0], 80);
        await given.ScoreAsync(files[1], 70);
        var first = await given.WithAsync<ProposeAward, RunId>(p => p.ExecuteAsync(call.Id, call.Operator));
        if (approved) await given.WithAsync<DecideAward>(d => d.ApproveAsync(first, call.Board));
        var kept = await given.WithAsync<Checkpoints, StoredCheckpoint>(c => c.SignAsync());

        await BackAsync(given, call, to);
        (await given.ReadAsync(db => db.Scores.AnyAsync())).ShouldBeFalse();
        if (to == CallState.Opened) await given.WithAsync<StartScreening>(s => s.ExecuteAsync(call.Id, call.Operator));
        if (to != CallState.Evaluating) await ScreenAsync(given, files);
        await given.ScoreAsync(files[0], 62);
        await given.ScoreAsync(files[1], 88);
        await given.AwardAsync(call);
        foreach (var agreement in await given.ReadAsync(db => db.Agreements.ToListAsync()))
            await given.ConcludeAsync(agreement.Id, call, files.Single(f => f.Id == agreement.ApplicationId).Manager);

        var (zip, digest) = await given.WithAsync<BundleWriter, (byte[], Digest)>(b => b.WriteAsync(call.Id));
        var report = BundleVerifier.Verify(zip, head: kept.Note);
        report.Claims.Where(c => !c.Passed).ShouldBeEmpty();
        report.Digest.ShouldBe(digest);
        (await Audit.RunAsync(database.Settings)).Findings.ShouldBeEmpty();

        // What was scored before the return is kept, and cannot be brought back into the bundle.
        (await given.ReadAsync(db => db.AnnulmentCopies.CountAsync(c => c.SubjectKind == "assignment"))).ShouldBe(4);
        var forgery = new Forgery(zip);
        var sheets = forgery.Read<List<BundleSheet>>("scores.json");
        forgery.Put("scores.json", sheets.Take(sheets.Count - 1).ToList());
        BundleVerifier.Verify(forgery.List().Zip()).Claims.Where(c => !c.Passed).Select(c => c.Claim).ShouldContain("scores");
    }

    [Fact]
    public async Task Published_again_the_second_round_alone_counts()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        await given.WithAsync<OpenRegister>(o => o.ExecuteAsync());
        var files = await given.FilesInEvaluationAsync(2, 3);
        var call = files[0].Call;
        await given.ScoreAsync(files[0], 80);
        var papers = await given.ReadAsync(db => CallFile.LoadAsync(db, call.Id));
        var calendar = CallCalendar.Shortest(papers.Pack.Calendar, LegalTime.DayIn(database.Clock.Now).AddDays(3), Minka.Core.Rules.Calendars.BusinessCalendar.Peru, papers.Call.Calendar.ClosesAt);
        await given.WithAsync<AnnulCall>(a => a.ExecuteAsync(call.Id, CallState.Published, "Vicio en las reglas.", calendar, call.Board));
        await given.AdvanceCallAsync(call.Id, call.Fund, CallState.Open);
        // One comes back, the other does not.
        await given.SubmitAsync(files[1]);
        (await given.OpenEnvelopesAsync(call)).ShouldBe(1);
        await given.WithAsync<StartScreening>(s => s.ExecuteAsync(call.Id, call.Operator));
        await ScreenAsync(given, [files[1]]);
        await given.ScoreAsync(files[1], 75);
        await given.AwardAsync(call);
        var (zip, _) = await given.WithAsync<BundleWriter, (byte[], Digest)>(b => b.WriteAsync(call.Id));
        BundleVerifier.Verify(zip).Claims.Where(c => !c.Passed).ShouldBeEmpty();
        (await Audit.RunAsync(database.Settings)).Findings.ShouldBeEmpty();
    }

    [Fact]
    public async Task Signed_with_the_next_key_the_bundle_holds_against_an_old_head()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        await given.WithAsync<OpenRegister>(o => o.ExecuteAsync());
        var files = await given.FilesInEvaluationAsync(1, 2);
        var call = files[0].Call;
        var kept = await given.WithAsync<Checkpoints, StoredCheckpoint>(c => c.SignAsync());
        var key = await given.WithAsync<RotateSigningKey, VerifyingKey>(r => r.ExecuteAsync(new Actor(call.Board.PersonId, "admin"), "Cambio anual."));
        await given.ScoreAsync(files[0], 80);
        await given.AwardAsync(call);
        var (zip, _) = await given.WithAsync<BundleWriter, (byte[], Digest)>(b => b.WriteAsync(call.Id));
        BundleVerifier.Verify(zip, key.Fingerprint, kept.Note).Claims.Where(c => !c.Passed).ShouldBeEmpty();
        // Handed out twice with nothing new, it is the same, and the register grows by nothing.
        var (again, _) = await given.WithAsync<BundleWriter, (byte[], Digest)>(b => b.WriteAsync(call.Id));
        again.ShouldBe(zip);
    }
}
