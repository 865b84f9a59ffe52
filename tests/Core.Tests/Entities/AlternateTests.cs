using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Entities;
using Minka.Core.Entities.Room;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Entities;

public sealed class AlternateTests
{
    static Actor ActorOf(Guid person) => new(person, Role.Representative.Word());

    static async Task<Guid> AlternateAsync(Given given, GivenEntity entity, MemberId member, string name, bool? woman = null)
    {
        var person = await given.WithAsync<AddPerson, Guid>(a => a.ExecuteAsync(new NewPerson(name, name, null, null, IsDemo: true), Actor.System));
        var version = await given.ReadAsync(db => db.Members.Where(m => m.Id == member).Select(m => m.Version).SingleAsync());
        await given.WithAsync<ReplaceRepresentative>(r => r.ExecuteAsync(member, version, new($"Alterna {name}", true, person, woman, "acta", null, "se nombra alterna"), entity.Actor));
        return person;
    }

    [Theory, BothDatabases]
    public async Task Alternate_ComesAndVotesInThePlaceOfTheRepresentative_NeverBoth(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = database.Given();
        var voters = await given.VotersAsync(9, present: 8);
        var (session, actor, members) = (voters.Session, voters.Session.Entity.Actor, voters.Session.Entity.Members);
        var alternate = await AlternateAsync(given, session.Entity, members[8], "alba");
        (await database.ReadAsync(db => db.RoleGrants.AnyAsync(g => g.PersonId == alternate && g.Role == Role.Representative && g.RevokedAt == null))).ShouldBeTrue("the alternate may enter the room's pages");
        await given.WithAsync<OpenDoor>(d => d.ExecuteAsync(session.Id, false, actor));
        (await given.WithAsync<ArriveBySelf, bool>(a => a.ExecuteAsync(session.Id, members[8], null, ActorOf(alternate)))).ShouldBeTrue();
        (await given.WithAsync<ArriveBySelf, bool>(a => a.ExecuteAsync(session.Id, members[8], null, ActorOf(alternate)))).ShouldBeFalse("sent again it changes nothing");
        (await Should.ThrowAsync<RuleBroken>(() => given.WithAsync<ArriveBySelf, bool>(a => a.ExecuteAsync(session.Id, members[8], null, voters.ActorOf(8))))).Code.ShouldBe(EntitiesRules.OtherSpeaks);
        var stay = await database.ReadAsync(db => db.Attendances.SingleAsync(a => a.MemberId == members[8]));
        (stay.IsProxy, stay.AlternateId is not null, stay.Attendee).ShouldBe((true, true, "Alterna alba"));

        var motion = await given.WithAsync<ProposeMotion, MotionId>(p => p.ExecuteAsync(session.Id, new MotionInput("Punto", "Aprobar."), actor));
        await given.WithAsync<OpenVoting>(o => o.ExecuteAsync(motion, actor));
        (await Should.ThrowAsync<RuleBroken>(() => given.WithAsync<CastVote>(c => c.ExecuteAsync(motion, members[8], Choice.No, voters.ActorOf(8))))).Code.ShouldBe(EntitiesRules.OtherSpeaks);
        (await Should.ThrowAsync<RuleBroken>(() => given.WithAsync<CastVote>(c => c.ExecuteAsync(motion, members[7], Choice.No, ActorOf(alternate))))).Code.ShouldBe(EntitiesRules.VoteNotYours);
        await given.WithAsync<CastVote>(c => c.ExecuteAsync(motion, members[8], Choice.Yes, ActorOf(alternate)));
        (await Should.ThrowAsync<RuleBroken>(() => given.WithAsync<CastVote>(c => c.ExecuteAsync(motion, members[8], Choice.No, voters.ActorOf(8))))).Code.ShouldBe(EntitiesRules.OtherSpeaks);
        (await database.ReadAsync(db => db.Votes.SingleAsync())).AlternateId.ShouldBe(stay.AlternateId);
        await given.WithAsync<CloseVoting, MotionOutcome>(c => c.ExecuteAsync(motion, actor));

        // A secret ballot is cast by whoever is in the room.
        var box = await given.SecretVotingAsync(voters);
        (await Should.ThrowAsync<RuleBroken>(() => given.BallotAsync(voters, box, 8, "no"))).Code.ShouldBe(EntitiesRules.OtherSpeaks);
        var people = voters.People.Select((p, i) => i == 8 ? alternate : p).ToList();
        await given.BallotAsync(voters with { People = people }, box, 8, "yes");
        await given.BallotAsync(voters, box, 0, "yes");

        // They change places: the alternate leaves, the representative comes.
        await given.WithAsync<RecordAttendance>(r => r.LeaveAsync(session.Id, members[8], actor));
        (await given.WithAsync<ArriveBySelf, bool>(a => a.ExecuteAsync(session.Id, members[8], null, voters.ActorOf(8)))).ShouldBeTrue();
        (await Should.ThrowAsync<RuleBroken>(() => given.BallotAsync(voters, box, 8, "no"))).Code.ShouldBe(Core.Entities.Ballots.BallotRules.Twice, "one ballot a member");
    }

    [Fact]
    public async Task Secretary_WritesTheAlternateDown_AndAMayorSendsNone()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var entity = await given.EntityAsync("ccl", members: 7);
        var (civil, mayor) = (entity.Members[0], entity.Members[6]);
        await AlternateAsync(given, entity, civil, "alba");
        var deputy = await AlternateAsync(given, entity, mayor, "teniente");
        var id = await given.AssemblyAsync(entity);
        database.Clock.Advance(TimeSpan.FromDays(7));
        await given.WithAsync<RecordAttendance>(r => r.ArriveAlternateAsync(id, civil, entity.Actor));
        (await Should.ThrowAsync<RuleBroken>(() => given.WithAsync<RecordAttendance>(r => r.ArriveAlternateAsync(id, mayor, entity.Actor)))).Code.ShouldBe(EntitiesRules.NotDelegable);
        (await Should.ThrowAsync<RuleBroken>(() => given.WithAsync<RecordAttendance>(r => r.ArriveAlternateAsync(id, entity.Members[1], entity.Actor)))).Code.ShouldBe(EntitiesRules.NotAlternate);
        await given.WithAsync<OpenDoor>(d => d.ExecuteAsync(id, false, entity.Actor));
        (await Should.ThrowAsync<RuleBroken>(() => given.WithAsync<ArriveBySelf, bool>(a => a.ExecuteAsync(id, mayor, null, ActorOf(deputy))))).Code.ShouldBe(RoomRules.NotYours);
        (await database.ReadAsync(db => OwnSeats.FindAsync(db, id, deputy, LegalTime.DayIn(database.Clock.Now)))).ShouldBeEmpty();
    }

    [Fact]
    public async Task AlternateOfATiedRepresentative_MayDecide()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var voters = await given.VotersAsync(9, present: 8);
        var (session, actor, members) = (voters.Session, voters.Session.Entity.Actor, voters.Session.Entity.Members);
        var alternate = await AlternateAsync(given, session.Entity, members[8], "alba");
        await given.WithAsync<DeclareInterest>(d => d.ExecuteAsync(voters.People[8], new(InterestKind.Kin, "Constructora Sol", null, 2, null, LegalTime.DayIn(given.Clock.Now), null), new Actor(voters.People[8], "person")));
        var motion = await given.WithAsync<ProposeMotion, MotionId>(p => p.ExecuteAsync(session.Id, new MotionInput("Punto", "Contratar.") { Parties = [new("Constructora Sol")] }, actor));
        await given.WithAsync<OpenVoting>(o => o.ExecuteAsync(motion, actor));
        await given.WithAsync<RecordAttendance>(r => r.ArriveAlternateAsync(session.Id, members[8], actor));
        await given.WithAsync<CastVote>(c => c.ExecuteAsync(motion, members[8], Choice.Yes, ActorOf(alternate)));
        await given.WithAsync<CastVote>(c => c.ExecuteAsync(motion, [.. members.Take(8).Select(m => (m, Choice.Yes))], actor));
        var outcome = await given.WithAsync<CloseVoting, MotionOutcome>(c => c.ExecuteAsync(motion, actor));
        (outcome.Tally.Yes, outcome.Withdrew).ShouldBe((9L, (int?)null));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task LeastShareOfWomen_IsJudgedByWhoSpeaks_AtEachVote(bool alternateIsWoman)
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var entity = await given.EntityAsync(members: 0);
        var ids = new List<MemberId>();
        (Sector, string)[] mix = [(Sector.Public, "provincial-government"), (Sector.Private, "producers"), (Sector.Social, "communities"), (Sector.Public, "district-government"), (Sector.Private, "business"), (Sector.Social, "women")];
        foreach (var (seat, i) in mix.Select((m, i) => (m, i)))
            ids.Add(await given.WithAsync<AddMember, MemberId>(a => a.ExecuteAsync(entity.Id, given.Member($"Organización {i}", seat.Item1, seat.Item2) with { RepresentativeIsWoman = i == 5 }, entity.Actor)));
        entity = entity with { Members = ids };
        await AlternateAsync(given, entity, ids[0], "alba", alternateIsWoman);
        await given.WithAsync<SetStatute>(s => s.ExecuteAsync(entity.Id, -1, new("Fin", "Chilete", null, null, null, BasisPoints.Percent(33)), entity.Actor));
        (await database.ReadAsync(db => db.CompositionAsync(entity.Id, LegalTime.DayIn(database.Clock.Now)))).Reasons.Single(r => r.Code == "composition.women-min").Met.ShouldBe(false, "one of six representatives");

        var id = await given.AssemblyAsync(entity);
        database.Clock.Advance(TimeSpan.FromDays(7));
        await given.WithAsync<RecordAttendance>(r => r.ArriveAlternateAsync(id, ids[0], entity.Actor));
        await given.WithAsync<RecordAttendance>(r => r.ArriveAsync(id, [.. ids.Skip(1)], entity.Actor));
        await given.WithAsync<OpenSession>(o => o.ExecuteAsync(id, AssemblyCall.First, entity.Actor));
        var live = (await given.WithAsync<SessionQuery, SessionView?>(q => q.FindAsync(id, database.Clock.Now)))!.PresentComposition!;
        live.Reasons.Single(r => r.Code == "composition.women-min").Args.Take(2).ShouldBe([alternateIsWoman ? 2L : 1L, 6L]);
        var outcome = await given.VoteAsync(new GivenSession(entity, id), new MotionInput("Punto", "Aprobar."));
        outcome.IsAdopted.ShouldBe(alternateIsWoman);
        outcome.IsInvalid.ShouldBe(!alternateIsWoman);
        outcome.Composition.Reasons.Single(r => r.Code == "composition.women-min").Met.ShouldBe(alternateIsWoman);
    }

    [Fact]
    public async Task ShowOfHands_CountsTheFewestWomenThatItAllows()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var entity = await given.EntityAsync(members: 0);
        var ids = new List<MemberId>();
        (Sector, string)[] mix = [(Sector.Public, "district-government"), (Sector.Public, "district-government"), (Sector.Private, "producers"), (Sector.Private, "producers"), (Sector.Social, "communities"), (Sector.Social, "communities")];
        foreach (var (seat, i) in mix.Select((m, i) => (m, i)))
            ids.Add(await given.WithAsync<AddMember, MemberId>(a => a.ExecuteAsync(entity.Id, given.Member($"Organización {i}", seat.Item1, seat.Item2) with { RepresentativeIsWoman = i % 2 == 0 }, entity.Actor)));
        await given.WithAsync<SetStatute>(s => s.ExecuteAsync(entity.Id, -1, new("Fin", "Chilete", null, null, null, BasisPoints.Percent(50)), entity.Actor));
        var session = await given.SessionAsync(entity with { Members = ids });
        async Task<bool?> InvalidAsync(int each)
        {
            var motion = await given.WithAsync<ProposeMotion, MotionId>(p => p.ExecuteAsync(session.Id, new MotionInput("Punto", "Aprobar."), entity.Actor));
            await given.WithAsync<OpenVoting>(o => o.ExecuteAsync(motion, entity.Actor));
            await given.WithAsync<CountHands>(c => c.ExecuteAsync(motion, [new(Sector.Public, "district-government", each, 0, 0), new(Sector.Private, "producers", each, 0, 0), new(Sector.Social, "communities", each, 0, 0)], entity.Actor));
            return (await given.WithAsync<CloseVoting, MotionOutcome>(c => c.ExecuteAsync(motion, entity.Actor))).IsInvalid;
        }
        (await InvalidAsync(2)).ShouldBe(false, "all hands: three women of six");
        (await InvalidAsync(1)).ShouldBe(true, "one hand a group may have been a man's each time");
    }
}
