using System.Text;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Applications;
using Minka.Core.Fund;
using Minka.Core.Fund.Calls;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Applications;

public sealed class OpeningTests
{
    [Theory, BothDatabases]
    public async Task Open_AfterTheClose_ReadsAllInOrderOfArrival(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = database.Given();
        var applications = await given.SubmittedApplicationsAsync(3);
        // The first sends again: it counts as the last to arrive.
        await given.SubmitAsync(applications[0]);
        var call = applications[0].Call;
        (await given.OpenEnvelopesAsync(call)).ShouldBe(3);

        var opened = await database.ReadAsync(db => db.OpenedApplications.OrderBy(o => o.Code).ToListAsync());
        opened.Select(o => (o.Code, o.ApplicationId)).ShouldBe([("P-001", applications[1].Id), ("P-002", applications[2].Id), ("P-003", applications[0].Id)]);
        (await database.ReadAsync(db => db.Calls.SingleAsync())).State.ShouldBe(CallState.Opened);
        foreach (var envelope in opened)
        {
            ApplicationContent.DigestOf(envelope.PublicDigest, envelope.WithheldDigest).ShouldBe(envelope.ContentDigest);
            envelope.Requested.ShouldBe(Money.Soles(540_000));
            envelope.TotalCost.ShouldBe(Money.Soles(900_000));
            envelope.ReadPublic().Match().ShouldBe(Money.Soles(360_000));
            envelope.LeagueCode.ShouldNotBeNull();
            // Persons, the proposal and who contributes stay out of the public part.
            foreach (var secret in new[] { "Rosa Quispe", "40999123", "rosa@ejemplo.pe", "Vendemos café", "Aportante", ".pdf" }) envelope.PublicContent.ShouldNotContain(secret);
            envelope.WithheldContent.ShouldContain("Rosa Quispe");
        }
        var index = (await database.ReadAsync(db => db.Acts.SingleAsync(a => a.Kind == "call.open-envelopes"))).Index;
        var leaf = await database.ReadAsync(db => db.Leaves.SingleAsync(l => l.Index == index));
        foreach (var envelope in opened) Encoding.UTF8.GetString(leaf.Body).ShouldContain(envelope.ContentDigest.Hex);
    }

    [Fact]
    public async Task Open_BeforeTheClose_IsRefusedAndLeavesAllSealed()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var (application, _) = await given.SubmittedApplicationAsync();
        var close = (await database.ReadAsync(db => db.Calls.SingleAsync())).Dates.Close.ClosesAt;
        database.Clock.MoveTo(close.AddMilliseconds(-1));
        (await Should.ThrowAsync<RuleBroken>(() => given.WithAsync<OpenEnvelopes, int>(o => o.ExecuteAsync(application.Call.Id, application.Call.Operator)))).Code.ShouldBe("opening.before-close");
        (await database.ReadAsync(db => db.OpenedApplications.AnyAsync())).ShouldBeFalse();
        database.Clock.MoveTo(close);
        await given.AskOpeningAsync(application.Call);
        (await given.WithAsync<OpenEnvelopes, int>(o => o.ExecuteAsync(application.Call.Id, application.Call.Board))).ShouldBe(1);
        (await Should.ThrowAsync<RuleBroken>(() => given.WithAsync<OpenEnvelopes, int>(o => o.ExecuteAsync(application.Call.Id, application.Call.Operator)))).Code.ShouldBe("state.forbidden");
    }

    [Theory, BothDatabases]
    public async Task Open_ByOneOfficialAlone_IsRefused(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = database.Given();
        var (application, _) = await given.SubmittedApplicationAsync();
        var call = application.Call;
        Task<int> OpenAsync(Actor by) => given.WithAsync<OpenEnvelopes, int>(o => o.ExecuteAsync(call.Id, by));
        Task AskAsync(Actor by) => given.WithAsync<AskOpening>(o => o.ExecuteAsync(call.Id, by));
        async Task<string> CodeAsync(Func<Task> act) => (await Should.ThrowAsync<RuleBroken>(act)).Code;

        (await CodeAsync(() => AskAsync(call.Operator))).ShouldBe("call.close-later");
        database.Clock.MoveTo((await database.ReadAsync(db => db.Calls.SingleAsync())).Dates.Close.ClosesAt);
        (await CodeAsync(() => OpenAsync(call.Operator))).ShouldBe("opening.ask-first");
        (await CodeAsync(() => OpenAsync(call.Board))).ShouldBe("opening.ask-first");
        (await CodeAsync(() => AskAsync(Actor.System))).ShouldBe("opening.person");
        await AskAsync(call.Operator);
        (await database.ReadAsync(db => db.Calls.SingleAsync())).State.ShouldBe(CallState.Closed);
        (await CodeAsync(() => AskAsync(call.Operator))).ShouldBe("opening.same-person");
        // The same person under another role is still the same person.
        (await CodeAsync(() => OpenAsync(call.Operator))).ShouldBe("opening.same-person");
        (await CodeAsync(() => OpenAsync(call.Operator with { Role = "board" }))).ShouldBe("opening.same-person");
        (await CodeAsync(() => AskAsync(call.Board))).ShouldBe("opening.enough");
        (await CodeAsync(() => OpenAsync(Actor.System))).ShouldBe("opening.person");
        (await database.ReadAsync(db => db.OpenedApplications.AnyAsync())).ShouldBeFalse();
        (await OpenAsync(call.Board)).ShouldBe(1);

        var asked = await database.ReadAsync(db => db.Acts.SingleAsync(a => a.Kind == "call.ask-opening"));
        var opened = await database.ReadAsync(db => db.Acts.SingleAsync(a => a.Kind == "call.open-envelopes"));
        asked.PersonId.ShouldNotBe(opened.PersonId);
        asked.Index.ShouldBeLessThan(opened.Index);
    }

    [Fact]
    public async Task Open_InARoundAfterANewPublication_AsksAnew()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var (application, _) = await given.SubmittedApplicationAsync();
        var call = application.Call;
        database.Clock.MoveTo((await database.ReadAsync(db => db.Calls.SingleAsync())).Dates.Close.ClosesAt);
        await given.AskOpeningAsync(call);
        var file = await given.ReadAsync(db => CallFile.LoadAsync(db, call.Id));
        var calendar = CallCalendar.Shortest(file.Pack.Calendar, LegalTime.DayIn(database.Clock.Now).AddDays(3), Minka.Core.Rules.Calendars.BusinessCalendar.Peru, file.Call.Calendar.ClosesAt);
        await given.WithAsync<AnnulCall>(a => a.ExecuteAsync(call.Id, CallState.Published, "Vicio en las reglas", calendar, call.Board));
        await given.AdvanceCallAsync(call.Id, call.Fund, CallState.Closed);
        (await Should.ThrowAsync<RuleBroken>(() => given.WithAsync<OpenEnvelopes, int>(o => o.ExecuteAsync(call.Id, call.Board)))).Code.ShouldBe("opening.ask-first");
    }

    [Fact]
    public async Task Open_LeavesWhatWasWithdrawnOrNeverSentSealed()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var applications = await given.SubmittedApplicationsAsync(2);
        await given.WithAsync<WithdrawApplication>(w => w.ExecuteAsync(applications[0].Id, "Sin contrapartida", applications[0].Manager));
        (await given.OpenEnvelopesAsync(applications[0].Call)).ShouldBe(1);
        (await database.ReadAsync(db => db.OpenedApplications.SingleAsync())).ApplicationId.ShouldBe(applications[1].Id);
        (await database.ReadAsync(db => db.Applications.SingleAsync(a => a.Id == applications[0].Id))).IsSealed.ShouldBeTrue();
    }

    [Fact]
    public async Task Open_ABoxPutInThePlaceOfAnother_IsNotOpened()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var applications = await given.SubmittedApplicationsAsync(2);
        await given.AdvanceCallAsync(applications[0].Call.Id, applications[0].Call.Fund, CallState.Closed);
        await given.AskOpeningAsync(applications[0].Call);
        await Tampering.RunAsync(database.Settings, "UPDATE \"Submissions\" SET \"Box\" = (SELECT \"Box\" FROM \"Submissions\" ORDER BY \"RegisterIndex\" LIMIT 1)");
        await Should.ThrowAsync<System.Security.Cryptography.CryptographicException>(() => given.WithAsync<OpenEnvelopes, int>(o => o.ExecuteAsync(applications[0].Call.Id, applications[0].Call.Board)));
        (await database.ReadAsync(db => db.OpenedApplications.AnyAsync())).ShouldBeFalse();
    }

    [Fact]
    public async Task RollBack_ToAStage_TakesApplicationsAlong()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var (application, _) = await given.SubmittedApplicationAsync();
        var call = application.Call;
        await given.OpenEnvelopesAsync(call);
        await database.Writer.ActAsync("call.screen", call.Operator, async work =>
        {
            (await work.Db.Calls.SingleAsync()).StartScreening();
            (await work.Db.Applications.SingleAsync()).Admit();
        });
        await given.WithAsync<AnnulCall>(a => a.ExecuteAsync(call.Id, CallState.Opened, "Error de notificación", null, call.Board));
        (await database.ReadAsync(db => db.Applications.SingleAsync())).State.ShouldBe(ApplicationState.Opened);
        (await database.ReadAsync(db => db.AnnulmentCopies.SingleAsync())).Content.ShouldContain("admitted");
    }
}
