using Microsoft.EntityFrameworkCore;
using Minka.Core.Entities;
using Minka.Core.Entities.Ballots;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Entities;

public sealed class ConflictVotingTests
{
    const string Company = "Constructora Sol";

    static MotionInput About(params string[] names) => new("Contratar", "Contratar la obra.") { Parties = [.. names.Select(n => new Party(n))] };

    static Task TieAsync(Given given, Guid person, string organisation = Company, string? number = null) =>
        given.WithAsync<DeclareInterest>(d => d.ExecuteAsync(person, new(InterestKind.Supplier, organisation, number, null, null, LegalTime.DayIn(given.Clock.Now), null), new Actor(person, "person")));

    [Theory, BothDatabases]
    public async Task TiedMember_InARollCall_CountsForTheQuorumAndNowhereElse(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = database.Given();
        var voters = await given.VotersAsync(9);
        var (session, actor, members) = (voters.Session, voters.Session.Entity.Actor, voters.Session.Entity.Members);
        await TieAsync(given, voters.People[0]);
        var own = await database.ReadAsync(db => db.Members.Where(m => m.Id == members[4]).Select(m => m.Organisation).SingleAsync());
        var motion = await given.WithAsync<ProposeMotion, MotionId>(p => p.ExecuteAsync(session.Id, About("CONSTRUCTORA  sol", own), actor));
        await given.WithAsync<OpenVoting>(o => o.ExecuteAsync(motion, actor));

        // Neither who declared the interest nor the member that is the party votes, whoever writes it down.
        foreach (var (member, by) in new[] { (0, voters.ActorOf(0)), (0, actor), (4, actor) })
            (await Should.ThrowAsync<RuleBroken>(() => given.WithAsync<CastVote>(c => c.ExecuteAsync(motion, members[member], Choice.Yes, by)))).Code.ShouldBe(EntitiesRules.VoteConflict);
        await given.WithAsync<CastVote>(c => c.ExecuteAsync(motion, [.. members.Where((_, i) => i is not (0 or 4)).Select((m, i) => (m, i < 3 ? Choice.No : Choice.Yes))], actor));
        var view = await given.WithAsync<SessionQuery, SessionView?>(q => q.FindAsync(session.Id, database.Clock.Now));
        view!.Motions[0].Conflicted.ShouldBe([members[0], members[4]], ignoreOrder: true);
        var outcome = await given.WithAsync<CloseVoting, MotionOutcome>(c => c.ExecuteAsync(motion, actor));
        (outcome.Quorum.Present, outcome.Quorum.Roll).ShouldBe((9, 9));
        (outcome.Tally.Yes, outcome.Tally.No, outcome.Tally.Conflict, outcome.Tally.Unused, outcome.Tally.Absent, outcome.Withdrew).ShouldBe((4, 3, 2, 0, 0, 2));
        outcome.IsAdopted.ShouldBeTrue();

        await given.WithAsync<CloseSession, Digest>(c => c.ExecuteAsync(session.Id, actor));
        var minutes = await database.ReadAsync(db => db.Assemblies.Select(a => a.Minutes).SingleAsync());
        minutes!.Motions[0].StayedOut.ShouldBe(2);
        minutes.Motions[0].Votes.Count.ShouldBe(7);
        // What is published, and what stands in the register, says how many and never who.
        System.Text.Json.JsonSerializer.Serialize(minutes.Motions[0], CanonicalJson.Options).ShouldNotContain(own);
        outcome.Reasons.ShouldContain(r => r.Code == "decision.withdrew" && Equals(r.Args[0], 2));
        outcome.Reasons.ShouldNotContain(r => r.Args.Contains(own));
    }

    [Fact]
    public async Task AbsoluteMajority_LeavesConflictedSeatsOutOfItsDenominator()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var voters = await given.VotersAsync(9);
        var (session, actor, members) = (voters.Session, voters.Session.Entity.Actor, voters.Session.Entity.Members);
        foreach (var i in new[] { 0, 1, 2 }) await TieAsync(given, voters.People[i]);
        var outcomes = new List<bool>();
        foreach (var parties in new[] { new[] { Company }, [] })
        {
            var motion = await given.WithAsync<ProposeMotion, MotionId>(p => p.ExecuteAsync(session.Id, About(parties) with { Majority = MajorityKind.Absolute }, actor));
            await given.WithAsync<OpenVoting>(o => o.ExecuteAsync(motion, actor));
            // Four of six free votes are more than half; four of nine are not.
            await given.WithAsync<CastVote>(c => c.ExecuteAsync(motion, [.. members.Skip(3).Select((m, i) => (m, i < 4 ? Choice.Yes : Choice.No))], actor));
            var outcome = await given.WithAsync<CloseVoting, MotionOutcome>(c => c.ExecuteAsync(motion, actor));
            outcome.Tally.Needed.ShouldBe(parties.Length > 0 ? 4 : 5);
            outcomes.Add(outcome.Tally.IsMet);
        }
        outcomes.ShouldBe([true, false]);
    }

    [Theory, BothDatabases]
    public async Task TiedMember_InASecretVoting_GetsNoBallot(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = database.Given();
        var voters = await given.VotersAsync(9);
        var (actor, members) = (voters.Session.Entity.Actor, voters.Session.Entity.Members);
        await TieAsync(given, voters.People[0]);
        var box = await given.SecretVotingAsync(voters, About(Company));
        (await Should.ThrowAsync<RuleBroken>(() => given.BallotAsync(voters, box, 0, "yes"))).Code.ShouldBe(EntitiesRules.VoteConflict);
        (await Should.ThrowAsync<RuleBroken>(() => given.WithAsync<HandOutPaper>(h => h.ExecuteAsync(box, [members[0]], actor)))).Code.ShouldBe(EntitiesRules.VoteConflict);
        var (open, own) = (await database.ReadAsync(db => db.BallotBoxes.SingleAsync()), voters.People[0]);
        (await given.WithAsync<BallotQuery, IReadOnlyList<OwnSeat>>(q => q.OwnAsync(open, own, database.Clock.Now))).Single().Barred.ShouldBe(EntitiesRules.VoteConflict);
        (await given.WithAsync<BallotQuery, IReadOnlyList<RollSeat>>(q => q.PendingAsync(open, database.Clock.Now))).Select(s => s.MemberId).ShouldBe(members.Skip(1), ignoreOrder: true);
        foreach (var i in Enumerable.Range(1, 8)) await given.BallotAsync(voters, box, i, i < 6 ? "yes" : "no");
        // Who declares an interest after the ballot is in can't have it out again.
        await TieAsync(given, voters.People[8]);
        var outcome = await given.WithAsync<CloseSecretVoting, MotionOutcome>(c => c.ExecuteAsync(box, actor));
        (outcome.Quorum.Present, outcome.Tally.Yes, outcome.Tally.No, outcome.Tally.Conflict, outcome.Tally.Unused, outcome.Withdrew).ShouldBe((9, 5, 3, 1, 0, 1));
        outcome.Reasons.ShouldContain(r => r.Code == "decision.interest-too-late");
    }

    [Fact]
    public async Task Hands_OfTiedMembers_AreNotCounted()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var voters = await given.VotersAsync(9);
        var (session, actor) = (voters.Session, voters.Session.Entity.Actor);
        await TieAsync(given, voters.People[1]);
        var motion = await given.WithAsync<ProposeMotion, MotionId>(p => p.ExecuteAsync(session.Id, About(Company), actor));
        await given.WithAsync<OpenVoting>(o => o.ExecuteAsync(motion, actor));
        // The only producer is the tied one.
        (await Should.ThrowAsync<RuleBroken>(() => given.WithAsync<CountHands>(c => c.ExecuteAsync(motion, [new(Sector.Private, "producers", 1, 0, 0)], actor)))).Code.ShouldBe(EntitiesRules.HandsTooMany);
        await given.WithAsync<CountHands>(c => c.ExecuteAsync(motion, [new(Sector.Private, "business", 1, 0, 0), new(Sector.Social, "communities", 1, 0, 0), new(Sector.Public, "district-government", 1, 0, 0)], actor));
        var outcome = await given.WithAsync<CloseVoting, MotionOutcome>(c => c.ExecuteAsync(motion, actor));
        (outcome.Tally.Yes, outcome.Tally.Conflict, outcome.Tally.Unused, outcome.Quorum.Present).ShouldBe((3, 1, 5, 9));
    }

    [Fact]
    public async Task WrittenProcedure_HasSeveralVotingsOpen_AndLeavesTiedMembersOut()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var voters = await given.VotersAsync(9);
        var (entity, members) = (voters.Session.Entity, voters.Session.Entity.Members);
        await TieAsync(given, voters.People[0]);
        var first = database.Clock.Now.AddDays(6);
        var id = await given.WithAsync<ConveneAssembly, AssemblyId>(c => c.ExecuteAsync(entity.Id, new ConvocationInput("Consulta", "Por escrito", first, null, first.AddDays(6)), entity.Actor));
        var motions = new List<MotionId>();
        foreach (var input in new[] { About(Company), About(), About("Otra") }) motions.Add(await given.WithAsync<ProposeMotion, MotionId>(p => p.ExecuteAsync(id, input, entity.Actor)));
        database.Clock.MoveTo(first);
        await given.WithAsync<OpenSession>(o => o.ExecuteAsync(id, AssemblyCall.First, entity.Actor));
        foreach (var motion in motions) await given.WithAsync<OpenVoting>(o => o.ExecuteAsync(motion, entity.Actor));
        var assembly = await database.ReadAsync(db => db.Assemblies.SingleAsync(a => a.Id == id));
        var own = await given.WithAsync<OwnVotesQuery, IReadOnlyList<OwnVoting>>(q => q.FindAsync(assembly, voters.People[0], database.Clock.Now));
        own.Select(o => o.Seats.Single().Barred).ShouldBe([EntitiesRules.VoteConflict, null, null]);

        foreach (var (motion, i) in motions.Select((m, i) => (m, i)))
        {
            foreach (var n in Enumerable.Range(i == 0 ? 1 : 0, i == 0 ? 8 : 9)) await given.WithAsync<CastVote>(c => c.ExecuteAsync(motion, members[n], Choice.Yes, voters.ActorOf(n)));
        }
        // Everybody who may has answered: it ends before its last day, each voting apart.
        var outcomes = new List<MotionOutcome>();
        foreach (var motion in motions) outcomes.Add(await given.WithAsync<CloseVoting, MotionOutcome>(c => c.ExecuteAsync(motion, entity.Actor)));
        outcomes.ShouldAllBe(o => o.IsAdopted && o.Quorum.Present == 9);
        outcomes.Select(o => (o.Tally.Yes, o.Withdrew)).ShouldBe([(8L, 1), (9L, (int?)null), (9L, null)]);
        await given.WithAsync<CloseSession, Digest>(c => c.ExecuteAsync(id, entity.Actor));
    }

    [Fact]
    public async Task Amendment_TouchesWhatItsMotionTouches_AndTheRegisterSaysNotWho()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var voters = await given.VotersAsync(9);
        var (session, actor, members) = (voters.Session, voters.Session.Entity.Actor, voters.Session.Entity.Members);
        await TieAsync(given, voters.People[0]);
        var motion = await given.WithAsync<ProposeMotion, MotionId>(p => p.ExecuteAsync(session.Id, About(Company), actor));
        var amendment = await given.WithAsync<AmendMotion, MotionId>(a => a.ExecuteAsync(motion, "Contratar media obra.", actor));
        await given.WithAsync<CastVote>(c => c.ExecuteAsync(amendment, members[3], Choice.Conflict, voters.ActorOf(3)));
        await given.WithAsync<OpenVoting>(o => o.ExecuteAsync(amendment, actor));
        foreach (var i in new[] { 0, 3 })
            (await Should.ThrowAsync<RuleBroken>(() => given.WithAsync<CastVote>(c => c.ExecuteAsync(amendment, members[i], Choice.No, voters.ActorOf(i))))).Code.ShouldBe(EntitiesRules.VoteConflict);
        await given.WithAsync<CastVote>(c => c.ExecuteAsync(amendment, members[5], Choice.Yes, actor));
        (await given.WithAsync<CloseVoting, MotionOutcome>(c => c.ExecuteAsync(amendment, actor))).Withdrew.ShouldBe(2);
        var leaves = (await database.ReadAsync(db => db.Leaves.OrderBy(l => l.Index).Select(l => l.Body).ToListAsync())).ConvertAll(System.Text.Encoding.UTF8.GetString);
        var withdrawal = leaves.Single(l => l.Contains("conflictDeclared", StringComparison.Ordinal));
        withdrawal.ShouldNotContain(members[3].Value.ToString(), Case.Insensitive, "neither its events nor the keys of its rows");
    }

    [Theory, BothDatabases]
    public async Task Interest_WithdrawnWhileAVoteIsOpen_KeepsOutOfThatVoteAndNotOfTheNext(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = database.Given();
        var voters = await given.VotersAsync(9);
        var (session, actor, members) = (voters.Session, voters.Session.Entity.Actor, voters.Session.Entity.Members);
        await TieAsync(given, voters.People[0]);
        var motions = new List<MotionId>();
        foreach (var _ in Enumerable.Range(0, 2)) motions.Add(await given.WithAsync<ProposeMotion, MotionId>(p => p.ExecuteAsync(session.Id, About(Company), actor)));
        await given.WithAsync<OpenVoting>(o => o.ExecuteAsync(motions[0], actor));
        database.Clock.Advance(TimeSpan.FromMinutes(1));
        var interest = await database.ReadAsync(db => db.Interests.Select(i => i.Id).SingleAsync());
        await given.WithAsync<DeclareInterest>(d => d.WithdrawAsync(interest, voters.People[0], "por error", new Actor(voters.People[0], "person")));
        database.Clock.Advance(TimeSpan.FromMinutes(1));
        (await Should.ThrowAsync<RuleBroken>(() => given.WithAsync<CastVote>(c => c.ExecuteAsync(motions[0], members[0], Choice.Yes, voters.ActorOf(0))))).Code.ShouldBe(EntitiesRules.VoteConflict);
        await given.WithAsync<CastVote>(c => c.ExecuteAsync(motions[0], [.. members.Skip(1).Select(m => (m, Choice.Yes))], actor));
        (await given.WithAsync<CloseVoting, MotionOutcome>(c => c.ExecuteAsync(motions[0], actor))).Withdrew.ShouldBe(1);
        await given.WithAsync<OpenVoting>(o => o.ExecuteAsync(motions[1], actor));
        await given.WithAsync<CastVote>(c => c.ExecuteAsync(motions[1], [.. members.Select(m => (m, Choice.Yes))], actor));
        (await given.WithAsync<CloseVoting, MotionOutcome>(c => c.ExecuteAsync(motions[1], actor))).Withdrew.ShouldBeNull();
    }

    [Theory, BothDatabases]
    public async Task Interest_WithdrawnWhileASecretVoteIsOpen_GetsNoBallot(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = database.Given();
        var voters = await given.VotersAsync(9);
        await TieAsync(given, voters.People[0]);
        var box = await given.SecretVotingAsync(voters, About(Company));
        database.Clock.Advance(TimeSpan.FromMinutes(1));
        var interest = await database.ReadAsync(db => db.Interests.Select(i => i.Id).SingleAsync());
        await given.WithAsync<DeclareInterest>(d => d.WithdrawAsync(interest, voters.People[0], "por error", new Actor(voters.People[0], "person")));
        (await Should.ThrowAsync<RuleBroken>(() => given.BallotAsync(voters, box, 0, "yes"))).Code.ShouldBe(EntitiesRules.VoteConflict);
        var open = await database.ReadAsync(db => db.BallotBoxes.SingleAsync());
        (await given.WithAsync<BallotQuery, IReadOnlyList<RollSeat>>(q => q.PendingAsync(open, database.Clock.Now))).Count.ShouldBe(8);
    }
}
