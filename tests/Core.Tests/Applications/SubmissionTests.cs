using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Minka.Core.Applications;
using Minka.Core.Entities;
using Minka.Core.Fund;
using Minka.Core.Kernel;
using Minka.Core.Planning;
using Minka.Core.Register;
using Minka.TestKit;
using Npgsql;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Applications;

public sealed class SubmissionTests
{
    [Theory, BothDatabases]
    public async Task Submit_CompleteApplication_IsAnsweredWithAReceiptThatStandsInTheRegister(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var (application, receipt) = await database.Given().SubmittedApplicationAsync();

        var keys = database.Services.GetRequiredService<SigningKeys>();
        Receipt.Check(receipt.Token, keys.All, out var payload, out _).ShouldBe(JwsVerdict.Valid);
        payload!.Call.ShouldBe(application.Call.Id.Value);
        payload.Application.ShouldBe(application.Id.Value);
        payload.Content.ShouldBe(receipt.ContentDigest);
        payload.Files.Count.ShouldBe(5); // three letters, two documents
        payload.At.ShouldBe(database.Clock.Now);
        payload.Code.ToString().ShouldBe(receipt.Code);

        var index = checked((long)payload.Index);
        var leaf = await database.ReadAsync(db => db.Leaves.SingleAsync(l => l.Index == index));
        Encoding.UTF8.GetString(leaf.Body).ShouldContain(receipt.ContentDigest.Hex);
        var submission = await database.ReadAsync(db => db.Submissions.SingleAsync());
        submission.RegisterIndex.ShouldBe(index);
        (await StateAsync(database, application)).ShouldBe(ApplicationState.Submitted);
    }

    [Theory, BothDatabases]
    public async Task Submit_OneMillisecondBeforeTheDeadline_IsAccepted_AtIt_IsLate(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = database.Given();
        var application = await given.WrittenApplicationAsync();
        var close = (await database.ReadAsync(db => db.Calls.SingleAsync())).Dates.Close.ClosesAt;

        database.Clock.MoveTo(close.AddMilliseconds(-1));
        var key = given.SubmissionKey();
        var receipt = await given.SubmitAsync(application, key);
        receipt.ReceivedAt.ShouldBe(close.AddMilliseconds(-1));

        foreach (var late in new[] { TimeSpan.Zero, TimeSpan.FromMilliseconds(1), TimeSpan.FromDays(1) })
        {
            database.Clock.MoveTo(close + late);
            (await Should.ThrowAsync<RuleBroken>(() => given.SubmitAsync(application))).Code.ShouldBe("submission.late");
        }
        // The reply was lost: the same key gets the same receipt, at any time.
        (await given.SubmitAsync(application, key)).Token.ShouldBe(receipt.Token);
        (await database.ReadAsync(db => db.Submissions.CountAsync())).ShouldBe(1);
    }

    [Theory, BothDatabases]
    public async Task Submit_FiftyTimesAtOnceWithOneKey_CountsOnceWithOneReceipt(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = database.Given();
        var application = await given.WrittenApplicationAsync();
        var key = given.SubmissionKey();

        var receipts = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => given.SubmitAsync(application, key))));

        receipts.Select(r => r.Token).Distinct().Count().ShouldBe(1);
        (await database.ReadAsync(db => db.Submissions.CountAsync())).ShouldBe(1);
        (await database.ReadAsync(db => db.Acts.CountAsync(a => a.Kind == "application.submit"))).ShouldBe(1);
    }

    [Theory, BothDatabases]
    public async Task Submit_SameKeyWithAnotherContent_IsRefused(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = database.Given();
        var application = await given.WrittenApplicationAsync();
        var key = given.SubmissionKey();
        await given.SubmitAsync(application, key);
        await given.WriteFormAsync(application, "Otra propuesta.");

        (await Should.ThrowAsync<RuleBroken>(() => given.SubmitAsync(application, key))).Code.ShouldBe("submission.other-body");
        (await given.SubmitAsync(application)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Submit_KeyOfAnotherApplication_IsRefused()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var key = given.SubmissionKey();
        await given.SubmitAsync(await given.WrittenApplicationAsync(), key);
        var other = await given.WrittenApplicationAsync();
        (await Should.ThrowAsync<RuleBroken>(() => given.SubmitAsync(other, key))).Code.ShouldBe("submission.other-body");
    }

    [Fact]
    public async Task Submit_WhatIsNotWhatThePersonSaw_IsNotReceived()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var application = await given.WrittenApplicationAsync();
        var seen = (await CaseAsync(database, application)).Content.Digest();
        await given.WriteFormAsync(application, "Otra persona cambió la propuesta.");
        await Should.ThrowAsync<ChangedMeanwhile>(() => database.WithAsync<SubmitApplication, SubmissionReceipt>(s => s.ExecuteAsync(application.Id, given.SubmissionKey(), seen, application.Manager)));
    }

    [Theory, BothDatabases]
    public async Task Submit_AgainBeforeTheClose_TakesThePlaceOfTheFirst(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = database.Given();
        var (application, first) = await given.SubmittedApplicationAsync();
        await given.WriteFormAsync(application, "La segunda vale.");
        var second = await given.SubmitAsync(application);
        await given.OpenEnvelopesAsync(application.Call);

        var opened = await database.ReadAsync(db => db.OpenedApplications.SingleAsync());
        opened.ContentDigest.ShouldBe(second.ContentDigest);
        opened.WithheldContent.ShouldContain("La segunda vale.");
        foreach (var receipt in new[] { first, second })
            Receipt.Check(receipt.Token, database.Services.GetRequiredService<SigningKeys>().All, out _, out _).ShouldBe(JwsVerdict.Valid);
    }

    [Theory, BothDatabases]
    public async Task Submit_WithoutAResolutionOfThisVersion_IsRefused(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = database.Given();
        var application = await given.WrittenApplicationAsync();
        var programme = application.Programme;
        var manager = application.Manager;
        // The next version differs by a word and has no resolution of its own.
        await given.WithAsync<ChangeProgramme>(c => c.ExecuteAsync(programme.Id, new() { StrategyId = programme.StrategyId, Title = "Programa corregido", Objective = "Que las familias ganen más" }, null, manager));
        var next = await given.WithAsync<FreezeVersion, ProgrammeVersionId>(f => f.ExecuteAsync(programme.Id, manager));
        await given.WithAsync<ChooseVersion>(c => c.ExecuteAsync(application.Id, next, manager));

        (await Should.ThrowAsync<RuleBroken>(() => given.SubmitAsync(application))).Code.ShouldBe("submission.no-resolution");

        await given.WithAsync<ChooseVersion>(c => c.ExecuteAsync(application.Id, programme.Version.Id, manager));
        (await given.SubmitAsync(application)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Submit_AfterTheResolutionWasRevoked_IsRefused()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var application = await given.WrittenApplicationAsync();
        var resolution = application.Programme.Resolution;
        var session = await given.SessionAsync(application.Entity);
        await given.VoteAsync(session, new MotionInput("Revocar", "Revocar el acuerdo.", new MotionSubject(Resolution.RevokeSubject, resolution.Id.Value, resolution.SubjectDigest!.Value, resolution.Code)));
        (await database.ReadAsync(db => db.Resolutions.SingleAsync(r => r.Id == resolution.Id))).State.ShouldBe(ResolutionState.Revoked);

        (await Should.ThrowAsync<RuleBroken>(() => given.SubmitAsync(application))).Code.ShouldBe("submission.no-resolution");
    }

    [Fact]
    public async Task Submit_WithBlockingFaults_IsRefusedWithTheFirst()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var application = await given.StartedApplicationAsync();
        var broken = await Should.ThrowAsync<RuleBroken>(() => given.SubmitAsync(application));
        broken.Code.ShouldBe("submission.checks-fail");
        broken.Args[1].ShouldBeOfType<Reason>().Code.ShouldBe("form.holder-name-missing");
    }

    [Theory, BothDatabases]
    public async Task Canary_BeforeTheOpening_IsNowhereInTheClear(string provider)
    {
        const string canary = "CANARIO-7f3k92-SECRETO";
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = database.Given();
        var application = await given.StartedApplicationAsync();
        await given.WriteFormAsync(application, canary);
        await given.WithAsync<AttachFile, AttachedFile>(a => a.DocumentAsync(application.Id, "holder", Encoding.UTF8.GetBytes($"%PDF-1.4 {canary}"), $"{canary}.pdf", application.Manager));
        var found = await CaseAsync(database, application);
        await given.WithAsync<SaveDraft>(s => s.SetAsideAsync(application.Id, FormSection.Narratives, found.Form.Narratives, application.Manager with { PersonId = Guid.Empty }));
        await given.SubmitAsync(application);
        found.Form.Narratives.Narratives[0].Text.ShouldContain(canary);

        await ShouldBeNowhereAsync(database, canary);

        await given.OpenEnvelopesAsync(application.Call);
        (await database.ReadAsync(db => db.OpenedApplications.SingleAsync())).WithheldContent.ShouldContain(canary);
        var files = await database.ReadAsync(db => db.ApplicationFiles.Where(f => f.ApplicationId == application.Id).CountAsync());
        files.ShouldBe(5);
    }

    [Theory, BothDatabases]
    public async Task SaveDraft_ByTwoEditors_OverwritesNothingSilently(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = database.Given();
        var application = await given.WrittenApplicationAsync();
        var (rosa, juan) = (application.Manager with { PersonId = given.SubmissionKey().Value }, application.Manager with { PersonId = given.SubmissionKey().Value });
        var read = (await CaseAsync(database, application)).VersionOf(FormSection.Narratives);
        NarrativesSection Words(string text) => new() { Narratives = [new("viability", text)] };

        var next = await given.WithAsync<SaveDraft, int>(s => s.ExecuteAsync(application.Id, Words("de Rosa"), read, rosa));
        await Should.ThrowAsync<ChangedMeanwhile>(() => given.WithAsync<SaveDraft, int>(s => s.ExecuteAsync(application.Id, Words("de Juan"), read, juan)));
        await given.WithAsync<SaveDraft>(s => s.SetAsideAsync(application.Id, FormSection.Narratives, Words("de Juan"), juan));

        var found = await CaseAsync(database, application);
        found.Form.Narratives.Narratives.Single().Text.ShouldBe("de Rosa");
        found.VersionOf(FormSection.Narratives).ShouldBe(next);
        (await given.WithAsync<SaveDraft, NarrativesSection?>(s => s.ReadAsideAsync<NarrativesSection>(application.Id, FormSection.Narratives, juan.PersonId!.Value)))!.Narratives.Single().Text.ShouldBe("de Juan");
        // Having seen both, he saves on the version that is there.
        await given.WithAsync<SaveDraft, int>(s => s.ExecuteAsync(application.Id, Words("de los dos"), next, juan));
    }

    [Fact]
    public async Task SaveDraft_AfterTheClose_IsRefused()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var application = await given.WrittenApplicationAsync();
        var version = (await CaseAsync(database, application)).VersionOf(FormSection.Narratives);
        database.Clock.MoveTo((await database.ReadAsync(db => db.Calls.SingleAsync())).Dates.Close.ClosesAt);
        (await Should.ThrowAsync<RuleBroken>(() => given.WithAsync<SaveDraft, int>(s => s.ExecuteAsync(application.Id, new NarrativesSection(), version, application.Manager)))).Code.ShouldBe("submission.late");
    }

    [Fact]
    public async Task Start_TwiceForOneCall_IsRefused_AfterAWithdrawalNot()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var application = await given.StartedApplicationAsync();
        (await Should.ThrowAsync<RuleBroken>(() => given.StartedApplicationAsync(application.Programme, application.Call))).Code.ShouldBe("application.already-started");
        await given.WithAsync<WithdrawApplication>(w => w.ExecuteAsync(application.Id, null, application.Manager));
        await given.StartedApplicationAsync(application.Programme, application.Call);
    }

    [Fact]
    public async Task Start_ByAnEntityThatIsNotAccredited_IsRefused()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var programme = await given.ProgrammeAsync();
        var call = await given.CallAsync(c => c.Open());
        (await Should.ThrowAsync<RuleBroken>(() => given.StartedApplicationAsync(programme, call))).Code.ShouldBe("application.not-accredited");
    }

    static async Task ShouldBeNowhereAsync(TestDatabase database, string canary)
    {
        byte[][] forms = [Encoding.UTF8.GetBytes(canary), Encoding.Unicode.GetBytes(canary), Encoding.ASCII.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes(canary))[..^4])];
        var files = Directory.GetFiles(database.Settings.DataFolder, "*", SearchOption.AllDirectories);
        files.Any(f => f.Contains($"{Path.DirectorySeparatorChar}sealed{Path.DirectorySeparatorChar}", StringComparison.Ordinal)).ShouldBeTrue("the sealed files were looked at");
        foreach (var file in files)
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[stream.Length];
            await stream.ReadExactlyAsync(bytes);
            foreach (var form in forms) bytes.AsSpan().IndexOf(form).ShouldBe(-1, file);
            Path.GetFileName(file).ShouldNotContain(canary);
        }
        if (database.Settings.IsSqlite) return;
        await using var connection = new NpgsqlConnection(database.Settings.Postgres);
        await connection.OpenAsync();
        var tables = new List<string>();
        await using (var command = new NpgsqlCommand("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'", connection))
        await using (var reader = await command.ExecuteReaderAsync())
            while (await reader.ReadAsync()) tables.Add(reader.GetString(0));
        foreach (var table in tables)
        {
            using var copy = await connection.BeginTextExportAsync($"COPY \"{table}\" TO STDOUT");
            (await copy.ReadToEndAsync()).ShouldNotContain(canary, Case.Sensitive, table);
        }
    }

    static Task<ApplicationCase> CaseAsync(TestDatabase database, GivenApplication application) =>
        database.WithAsync<ApplicationCases, ApplicationCase>(c => c.FindAsync(application.Id));

    static async Task<ApplicationState> StateAsync(TestDatabase database, GivenApplication application) =>
        (await database.ReadAsync(db => db.Applications.SingleAsync(a => a.Id == application.Id))).State;
}
