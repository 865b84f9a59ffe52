using Microsoft.EntityFrameworkCore;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Entities;

/// <summary>Proxies, amendments, suspensions, shows of hands, objections and votes in writing.</summary>
public sealed class DeliberationTests
{
    static async Task<string> CodeOf(Task task) => (await Should.ThrowAsync<RuleBroken>(() => task)).Code;

    [Theory, BothDatabases]
    public async Task Proxy_WithinItsRule_VotesAndIsToldInTheMinutes(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = database.Given();
        var entity = await given.EntityAsync();
        var session = await given.SessionAsync(entity, present: 9);
        Task Give(int giver, int holder, string? document = "carta del 3 de marzo") => given.WithAsync<GiveProxy>(p => p.ExecuteAsync(session.Id, entity.Members[giver], entity.Members[holder], document, entity.Actor));
        (await CodeOf(Give(9, 0, null))).ShouldBe(EntitiesRules.ProxyDocumentMissing);
        (await CodeOf(Give(9, 9))).ShouldBe(EntitiesRules.ProxyToItself);
        (await CodeOf(Give(0, 1))).ShouldBe(EntitiesRules.ProxyGiverPresent);
        await Give(9, 0);
        (await CodeOf(Give(9, 1))).ShouldBe(EntitiesRules.ProxyTwice);
        (await CodeOf(Give(10, 0))).ShouldBe(EntitiesRules.ProxyOverLimit);
        (await CodeOf(Give(10, 9))).ShouldBe(EntitiesRules.ProxyChain);
        (await CodeOf(given.WithAsync<RecordAttendance>(r => r.ArriveAsync(session.Id, entity.Members[9], null, entity.Actor)))).ShouldBe(EntitiesRules.GiverArrives);

        var motion = await given.WithAsync<ProposeMotion, MotionId>(p => p.ExecuteAsync(session.Id, new MotionInput("Punto", "Aprobar."), entity.Actor));
        await given.WithAsync<CastVote>(c => c.ExecuteAsync(motion, entity.Members[0], Choice.Conflict, entity.Actor));
        await given.WithAsync<OpenVoting>(o => o.ExecuteAsync(motion, entity.Actor));
        (await CodeOf(given.WithAsync<CastVote>(c => c.ExecuteAsync(motion, entity.Members[9], Choice.Yes, entity.Actor)))).ShouldBe(EntitiesRules.HolderConflicted);
        await given.WithAsync<GiveProxy>(p => p.RevokeAsync(session.Id, entity.Members[9], entity.Actor));
        database.Clock.Advance(TimeSpan.FromMinutes(1));
        await Give(9, 1);
        await given.WithAsync<CastVote>(c => c.ExecuteAsync(motion, [.. new[] { 1, 2, 4, 5, 9 }.Select(i => (entity.Members[i], Choice.Yes))], entity.Actor));
        await given.WithAsync<RecordAttendance>(r => r.LeaveAsync(session.Id, entity.Members[2], entity.Actor));
        var outcome = await given.WithAsync<CloseVoting, MotionOutcome>(c => c.ExecuteAsync(motion, entity.Actor));
        (outcome.Tally.Yes, outcome.Quorum.Present, outcome.Quorum.Roll).ShouldBe((5, 8, 12), "a vote stands when its member leaves; a proxy is no head");
        await given.WithAsync<CloseSession, Digest>(c => c.ExecuteAsync(session.Id, entity.Actor));
        var minutes = (await database.ReadAsync(db => db.Assemblies.SingleAsync(a => a.Id == session.Id))).Minutes!;
        minutes.Proxies!.Count.ShouldBe(2);
        minutes.Proxies[0].RevokedAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task Proxy_OfAMayor_IsRefused()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var entity = await given.EntityAsync("ccl", members: 14);
        var id = await given.AssemblyAsync(entity);
        var members = await database.ReadAsync(db => db.Members.Where(m => m.EntityId == entity.Id).ToListAsync());
        var mayors = members.Where(m => m.Sector == Sector.Public).ToList();
        var civil = members.Where(m => m.Sector == Sector.Social).ToList();
        (await CodeOf(given.WithAsync<GiveProxy>(p => p.ExecuteAsync(id, mayors[0].Id, mayors[1].Id, "carta", entity.Actor)))).ShouldBe(EntitiesRules.ProxyNotDelegable);
        await given.WithAsync<GiveProxy>(p => p.ExecuteAsync(id, civil[0].Id, civil[1].Id, "carta", entity.Actor));
        var table = await given.EntityAsync("mesa-concertacion", members: 3);
        var other = await given.AssemblyAsync(table);
        (await CodeOf(given.WithAsync<GiveProxy>(p => p.ExecuteAsync(other, table.Members[0], table.Members[1], "carta", table.Actor)))).ShouldBe(EntitiesRules.ProxyNotAllowed);
        (await CodeOf(given.WithAsync<ProposeMotion, MotionId>(p => p.ExecuteAsync(other, new MotionInput("Programa", "Aprobar.", new MotionSubject("programme-version", new Guid(7, 0, 0, new byte[8]), Digest.Of("x"), "Programa")), table.Actor))))
            .ShouldBe(EntitiesRules.NotBinding);
    }

    [Theory, BothDatabases]
    public async Task Amendment_IsVotedFirst_AndWritesTheText(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = database.Given();
        var entity = await given.EntityAsync();
        var session = await given.SessionAsync(entity);
        Task<MotionId> Amend(MotionId of, string text) => given.WithAsync<AmendMotion, MotionId>(a => a.ExecuteAsync(of, text, entity.Actor));
        async Task<bool> Vote(MotionId id, Choice choice)
        {
            await given.WithAsync<OpenVoting>(o => o.ExecuteAsync(id, entity.Actor));
            await given.WithAsync<CastVote>(c => c.ExecuteAsync(id, [.. entity.Members.Select(m => (m, choice))], entity.Actor));
            return (await given.WithAsync<CloseVoting, MotionOutcome>(c => c.ExecuteAsync(id, entity.Actor))).IsAdopted;
        }
        var motion = await given.WithAsync<ProposeMotion, MotionId>(p => p.ExecuteAsync(session.Id, new MotionInput("Cuota", "La cuota es de 10 soles."), entity.Actor));
        var bound = await given.WithAsync<ProposeMotion, MotionId>(p => p.ExecuteAsync(session.Id, new MotionInput("Programa", "Aprobar.", new MotionSubject("programme-version", new Guid(7, 0, 0, new byte[8]), Digest.Of("x"), "Programa")), entity.Actor));
        var first = await Amend(motion, "La cuota es de 8 soles.");
        var second = await Amend(motion, "La cuota es de 0 soles.");
        (await CodeOf(Amend(first, "…"))).ShouldBe(EntitiesRules.AmendOfAmendment);
        (await CodeOf(Amend(bound, "…"))).ShouldBe(EntitiesRules.AmendBound);
        (await CodeOf(given.WithAsync<OpenVoting>(o => o.ExecuteAsync(motion, entity.Actor)))).ShouldBe(EntitiesRules.AmendmentsFirst);
        (await Vote(first, Choice.Yes)).ShouldBeTrue();
        (await Vote(second, Choice.No)).ShouldBeFalse();
        await given.WithAsync<OpenVoting>(o => o.ExecuteAsync(motion, entity.Actor));
        (await CodeOf(Amend(motion, "…"))).ShouldBe(EntitiesRules.MotionAmendedLate);
        await given.WithAsync<CastVote>(c => c.ExecuteAsync(motion, [.. entity.Members.Select(m => (m, Choice.Yes))], entity.Actor));
        await given.WithAsync<CloseVoting, MotionOutcome>(c => c.ExecuteAsync(motion, entity.Actor));
        (await CodeOf(Amend(motion, "…"))).ShouldBe(EntitiesRules.MotionAmendedLate);
        var resolution = await database.ReadAsync(db => db.Resolutions.SingleAsync());
        resolution.Text.ShouldBe("La cuota es de 8 soles.", "an amendment is no resolution; it wrote the text of one");
    }

    [Theory, BothDatabases]
    public async Task Session_SuspendedOverMidnight_GoesOnWithItsQuorum(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = database.Given();
        var entity = await given.EntityAsync();
        var session = await given.SessionAsync(entity);
        var motion = await given.WithAsync<ProposeMotion, MotionId>(p => p.ExecuteAsync(session.Id, new MotionInput("Punto", "Aprobar."), entity.Actor));
        Task Suspend(string why = "Falta el informe", DateTime? at = null) => given.WithAsync<SuspendSession>(s => s.ExecuteAsync(session.Id, why, at, entity.Actor));
        (await CodeOf(Suspend(at: database.Clock.Now))).ShouldBe(EntitiesRules.ResumesInThePast);
        (await CodeOf(Suspend(" "))).ShouldBe(EntitiesRules.WhyMissing);
        await given.WithAsync<OpenVoting>(o => o.ExecuteAsync(motion, entity.Actor));
        (await CodeOf(Suspend())).ShouldBe(EntitiesRules.VotingUnderWay);
        await given.WithAsync<CloseVoting, MotionOutcome>(c => c.ExecuteAsync(motion, entity.Actor));
        await Suspend(at: database.Clock.Now.AddHours(14));
        (await CodeOf(given.WithAsync<SuspendSession>(s => s.ResumeAsync(session.Id, entity.Actor)))).ShouldBe(EntitiesRules.NoQuorum, "all left");
        database.Clock.Advance(TimeSpan.FromHours(14));
        var next = await given.WithAsync<ProposeMotion, MotionId>(p => p.ExecuteAsync(session.Id, new MotionInput("Otro", "Aprobar."), entity.Actor));
        (await CodeOf(given.WithAsync<OpenVoting>(o => o.ExecuteAsync(next, entity.Actor)))).ShouldBe(EntitiesRules.Suspended);
        await given.WithAsync<RecordAttendance>(r => r.ArriveAsync(session.Id, [.. entity.Members.Take(7)], entity.Actor));
        await given.WithAsync<SuspendSession>(s => s.ResumeAsync(session.Id, entity.Actor));
        await given.WithAsync<RecordAttendance>(r => r.LeaveAsync(session.Id, entity.Members[0], entity.Actor));
        database.Clock.Advance(TimeSpan.FromMinutes(1));
        (await CodeOf(given.WithAsync<OpenVoting>(o => o.ExecuteAsync(next, entity.Actor)))).ShouldBe(EntitiesRules.QuorumLost);
        await given.WithAsync<CloseSession, Digest>(c => c.ExecuteAsync(session.Id, entity.Actor));
        var minutes = (await database.ReadAsync(db => db.Assemblies.SingleAsync(a => a.Id == session.Id))).Minutes!;
        minutes.Breaks!.Single().ResumedAt.ShouldNotBeNull();
        minutes.Motions[0].State.ShouldBe(MotionState.Rejected);
    }

    [Fact]
    public async Task Mandate_ThatEndsAtMidnight_HoldsForTheVotingThatWasOpenedBefore()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var entity = await given.EntityAsync(members: 11);
        var today = LegalTime.DayIn(database.Clock.Now);
        var last = await given.WithAsync<AddMember, MemberId>(a => a.ExecuteAsync(entity.Id, given.Member("Termina hoy", Sector.Social, "women") with { MandateTo = today.AddDays(7) }, entity.Actor));
        entity = entity with { Members = [.. entity.Members, last] };
        var session = await given.SessionAsync(entity);
        // 23:59 in Lima, a minute before the mandate is over.
        database.Clock.Advance(LegalTime.ToUtc(LegalTime.DayIn(database.Clock.Now), new TimeOnly(23, 59)) - database.Clock.Now);
        var motion = await given.WithAsync<ProposeMotion, MotionId>(p => p.ExecuteAsync(session.Id, new MotionInput("Punto", "Aprobar."), entity.Actor));
        await given.WithAsync<OpenVoting>(o => o.ExecuteAsync(motion, entity.Actor));
        database.Clock.Advance(TimeSpan.FromMinutes(5));
        await given.WithAsync<CastVote>(c => c.ExecuteAsync(motion, last, Choice.Yes, entity.Actor));
        (await given.WithAsync<CloseVoting, MotionOutcome>(c => c.ExecuteAsync(motion, entity.Actor))).Quorum.Roll.ShouldBe(12);
        var next = await given.WithAsync<ProposeMotion, MotionId>(p => p.ExecuteAsync(session.Id, new MotionInput("Otro", "Aprobar."), entity.Actor));
        await given.WithAsync<OpenVoting>(o => o.ExecuteAsync(next, entity.Actor));
        (await CodeOf(given.WithAsync<CastVote>(c => c.ExecuteAsync(next, last, Choice.Yes, entity.Actor)))).ShouldBe(EntitiesRules.VoteMandateExpired);
        (await given.WithAsync<CloseVoting, MotionOutcome>(c => c.ExecuteAsync(next, entity.Actor))).Quorum.Roll.ShouldBe(11);
    }

    [Theory, BothDatabases]
    public async Task Hands_BeyondTheVotesPresent_AreRefused(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = database.Given();
        var entity = await given.EntityAsync();
        var session = await given.SessionAsync(entity);
        var motion = await given.WithAsync<ProposeMotion, MotionId>(p => p.ExecuteAsync(session.Id, new MotionInput("Punto", "Aprobar."), entity.Actor));
        var view = (await given.WithAsync<SessionQuery, SessionView?>(q => q.FindAsync(session.Id, database.Clock.Now)))!;
        var groups = view.Seats.GroupBy(s => (s.Seat.Sector, s.Seat.InterestGroup)).ToDictionary(g => g.Key, g => g.Count());
        Task Count(params HandCount[] figures) => given.WithAsync<CountHands>(c => c.ExecuteAsync(motion, figures, entity.Actor));
        HandCount[] all = [.. groups.Select(g => new HandCount(g.Key.Sector, g.Key.InterestGroup, g.Value, 0, 0))];
        (await CodeOf(Count(all))).ShouldBe(EntitiesRules.VotingNotOpen);
        await given.WithAsync<OpenVoting>(o => o.ExecuteAsync(motion, entity.Actor));
        (await CodeOf(Count([.. all.Select((f, i) => i == 0 ? f with { No = 1 } : f)]))).ShouldBe(EntitiesRules.HandsTooMany);
        (await CodeOf(Count(all[0] with { Yes = -1 }))).ShouldBe(EntitiesRules.HandsNegative);
        (await CodeOf(Count(new HandCount(Sector.Social, "labour", 1, 0, 0)))).ShouldBe(EntitiesRules.HandsTooMany);
        await Count([.. all.Select(f => f with { Yes = f.Yes - 1, No = 1 })]);
        await Count(all);
        (await CodeOf(given.WithAsync<CastVote>(c => c.ExecuteAsync(motion, entity.Members[0], Choice.Yes, entity.Actor)))).ShouldBe(EntitiesRules.HandsTyped);
        var outcome = await given.WithAsync<CloseVoting, MotionOutcome>(c => c.ExecuteAsync(motion, entity.Actor));
        (outcome.IsAdopted, outcome.Tally.Yes, outcome.Composition.Votes).ShouldBe((true, 12, 12));
    }

    [Fact]
    public async Task Hands_WhereVotesWeigh_AskForTheRollCall()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var entity = await given.EntityAsync(members: 3);
        var heavy = await given.WithAsync<AddMember, MemberId>(a => a.ExecuteAsync(entity.Id, given.Member("Pesa tres", votes: 3), entity.Actor));
        var session = await given.SessionAsync(entity with { Members = [.. entity.Members, heavy] });
        var motion = await given.WithAsync<ProposeMotion, MotionId>(p => p.ExecuteAsync(session.Id, new MotionInput("Punto", "Aprobar."), entity.Actor));
        await given.WithAsync<OpenVoting>(o => o.ExecuteAsync(motion, entity.Actor));
        (await CodeOf(given.WithAsync<CountHands>(c => c.ExecuteAsync(motion, [new HandCount(Sector.Social, "communities", 1, 0, 0)], entity.Actor)))).ShouldBe(EntitiesRules.HandsNeedHeads);
    }

    [Fact]
    public async Task Objection_OfWhoWasAgainst_StandsInTheMinutes()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var entity = await given.EntityAsync("ccl", members: 7);
        var session = await given.SessionAsync(entity);
        var motion = await given.WithAsync<ProposeMotion, MotionId>(p => p.ExecuteAsync(session.Id, new MotionInput("Punto", "Concertar."), entity.Actor));
        await given.WithAsync<OpenVoting>(o => o.ExecuteAsync(motion, entity.Actor));
        await given.WithAsync<CastVote>(c => c.ExecuteAsync(motion, [.. entity.Members.Select((m, i) => (m, i == 0 ? Choice.No : Choice.Yes))], entity.Actor));
        Task Object(int member, string text) => given.WithAsync<RecordObjection>(o => o.ExecuteAsync(motion, entity.Members[member], text, entity.Actor));
        (await CodeOf(Object(1, "No"))).ShouldBe(EntitiesRules.ObjectionWithoutNo);
        (await CodeOf(Object(0, " "))).ShouldBe(EntitiesRules.ObjectionMissing);
        await Object(0, "Falta el estudio de agua.");
        (await CodeOf(Object(0, "Otra"))).ShouldBe(EntitiesRules.ObjectionTwice);
        (await given.WithAsync<CloseVoting, MotionOutcome>(c => c.ExecuteAsync(motion, entity.Actor))).IsAdopted.ShouldBeFalse();
        await given.WithAsync<CloseSession, Digest>(c => c.ExecuteAsync(session.Id, entity.Actor));
        (await database.ReadAsync(db => db.Assemblies.SingleAsync(a => a.Id == session.Id))).Minutes!.Motions.Single().Objections!.Single().Text.ShouldBe("Falta el estudio de agua.");
    }

    [Theory, BothDatabases]
    public async Task WrittenProcedure_CountsWhoAnsweredUntilItsDeadline(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = database.Given();
        var entity = await given.EntityAsync();
        var from = database.Clock.Now.AddDays(7);
        Task<AssemblyId> Convene(GivenEntity of, DateTime until) => given.WithAsync<ConveneAssembly, AssemblyId>(c => c.ExecuteAsync(of.Id, new ConvocationInput("Consulta escrita", "Por escrito", from, null, until), of.Actor));
        (await CodeOf(Convene(entity, from.AddDays(4)))).ShouldBe(EntitiesRules.WrittenTooShort);
        (await CodeOf(Convene(await given.EntityAsync("ccl", 7), from.AddDays(9)))).ShouldBe(EntitiesRules.WrittenNotAllowed);
        var id = await Convene(entity, from.AddDays(5));
        var motion = await given.WithAsync<ProposeMotion, MotionId>(p => p.ExecuteAsync(id, new MotionInput("Punto", "Aprobar."), entity.Actor));
        (await CodeOf(given.WithAsync<RecordAttendance>(r => r.ArriveAsync(id, entity.Members[0], null, entity.Actor)))).ShouldBe(EntitiesRules.WrittenNoRoom);
        database.Clock.Advance(TimeSpan.FromDays(7));
        await given.WithAsync<OpenSession>(o => o.ExecuteAsync(id, AssemblyCall.First, entity.Actor));
        await given.WithAsync<OpenVoting>(o => o.ExecuteAsync(motion, entity.Actor));
        await given.WithAsync<CastVote>(c => c.ExecuteAsync(motion, [.. entity.Members.Take(7).Select(m => (m, Choice.Yes))], entity.Actor));
        (await CodeOf(given.WithAsync<CloseVoting, MotionOutcome>(c => c.ExecuteAsync(motion, entity.Actor)))).ShouldBe(EntitiesRules.WrittenNotOver);
        database.Clock.Advance(TimeSpan.FromDays(5));
        (await CodeOf(given.WithAsync<CastVote>(c => c.ExecuteAsync(motion, entity.Members[8], Choice.No, entity.Actor)))).ShouldBe(EntitiesRules.WrittenOver, "the deadline is half-open");
        var outcome = await given.WithAsync<CloseVoting, MotionOutcome>(c => c.ExecuteAsync(motion, entity.Actor));
        (outcome.IsAdopted, outcome.Quorum.Present, outcome.Quorum.Required).ShouldBe((true, 7, 7));
        await given.WithAsync<CloseSession, Digest>(c => c.ExecuteAsync(id, entity.Actor));
        var minutes = (await database.ReadAsync(db => db.Assemblies.SingleAsync(a => a.Id == id))).Minutes!;
        (minutes.QuorumAtOpening.Present, minutes.Absent.Count, minutes.WrittenUntil).ShouldBe((7, 5, from.AddDays(5)));
    }
}
