using Microsoft.EntityFrameworkCore;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Entities;

public sealed class AssemblyTests
{
    static readonly MotionSubject Programme = new("programme-version", new Guid(7, 0, 0, new byte[8]), Digest.Of("programme"), "Programa Café de altura, versión 1");

    [Theory, BothDatabases]
    public async Task Programme_PutToTheVote_BecomesAResolutionInForce(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = database.Given();
        var entity = await given.EntityAsync();
        var resolution = await given.AdoptedResolutionAsync(entity, Programme);

        resolution.State.ShouldBe(ResolutionState.InForce);
        resolution.Code.ShouldBe("001-2026");
        resolution.Outcome.IsAdopted.ShouldBeTrue();
        resolution.Outcome.Quorum.Present.ShouldBe(12);
        resolution.Outcome.Quorum.Required.ShouldBe(7);
        resolution.Outcome.Tally.Yes.ShouldBe(12);
        resolution.Outcome.Tally.Majority.ShouldBe(MajorityKind.Absolute);
        resolution.Outcome.Composition.IsMet.ShouldBeTrue();
        // A stored reason keeps the kinds of its figures.
        resolution.Outcome.Reasons.Single(r => r.Code == "composition.public-max").Args[3].ShouldBe(new BasisPoints(4900));

        (await database.ReadAsync(db => Core.Entities.Resolutions.FindInForceAsync(db, entity.Id, Programme.Kind, Programme.Id, Programme.Digest)))!.Id.ShouldBe(resolution.Id);
        (await database.ReadAsync(db => Core.Entities.Resolutions.FindInForceAsync(db, entity.Id, Programme.Kind, Programme.Id, Digest.Of("another version")))).ShouldBeNull();
        (await database.ReadAsync(db => Core.Entities.Resolutions.CodeInForceAsync(db, entity.Id, Programme.Kind, Programme.Id, Programme.Digest))).ShouldBe(resolution.Code);
        (await database.ReadAsync(db => Core.Entities.Resolutions.CodeInForceAsync(db, entity.Id, Programme.Kind, Programme.Id, Digest.Of("another version")))).ShouldBeNull();

        var assembly = await database.ReadAsync(db => db.Assemblies.SingleAsync());
        assembly.SignedAt.ShouldNotBeNull();
        assembly.MinutesDigest.ShouldBe(CanonicalJson.DigestOf(assembly.Minutes!));
        assembly.Minutes!.Motions.Single().Resolution.ShouldBe("001-2026");
        var leaves = await database.ReadAsync(db => db.Leaves.Select(l => l.Body).ToListAsync());
        leaves.ShouldAllBe(b => !System.Text.Encoding.UTF8.GetString(b).Contains("Representante"), "no person's name in the register");
        leaves.ShouldContain(b => System.Text.Encoding.UTF8.GetString(b).Contains("resolutionAdopted"));
    }

    [Theory, BothDatabases]
    public async Task Votes_ThatMayNotBeCast_AreRefusedAndLeaveNoTrace(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = database.Given();
        var entity = await given.EntityAsync();
        var stranger = (await given.EntityAsync(members: 1)).Members[0];
        var session = await given.SessionAsync(entity, present: 10);
        var later = await given.WithAsync<AddMember, MemberId>(a => a.ExecuteAsync(entity.Id, given.Member("Llegó después"), entity.Actor));
        var motion = await given.WithAsync<ProposeMotion, MotionId>(p => p.ExecuteAsync(session.Id, new MotionInput("Punto único", "Aprobar."), entity.Actor));

        async Task Refused(string code, MemberId member, Choice choice = Choice.Yes, Actor? actor = null) =>
            (await Should.ThrowAsync<RuleBroken>(() => given.WithAsync<CastVote>(c => c.ExecuteAsync(motion, member, choice, actor ?? entity.Actor)))).Code.ShouldBe(code);

        await Refused(EntitiesRules.VotingNotOpen, entity.Members[0]);
        await given.WithAsync<CastVote>(c => c.ExecuteAsync(motion, entity.Members[1], Choice.Conflict, entity.Actor));
        await given.WithAsync<OpenVoting>(o => o.ExecuteAsync(motion, entity.Actor));
        await Refused(EntitiesRules.VoteNotMember, stranger);
        await Refused(EntitiesRules.VoteNotMember, later);
        await Refused(EntitiesRules.VoteConflict, entity.Members[1]);
        await Refused(EntitiesRules.VoteAbsent, entity.Members[11]);
        await Refused(EntitiesRules.VoteNotYours, entity.Members[0], actor: new Actor(new Guid(5, 0, 0, new byte[8]), "representative"));
        await Refused(EntitiesRules.VoteNotYours, entity.Members[0], actor: new Actor(null, "representative"));
        await given.WithAsync<CastVote>(c => c.ExecuteAsync(motion, entity.Members[0], Choice.Yes, entity.Actor));
        await Refused(EntitiesRules.VoteTwice, entity.Members[0], Choice.No);
        await given.WithAsync<EndMandate>(e => e.ExecuteAsync(entity.Members[2], "Renunció", entity.Actor));
        await Refused(EntitiesRules.VoteMandateExpired, entity.Members[2]);
        await given.WithAsync<RecordAttendance>(r => r.LeaveAsync(session.Id, entity.Members[3], entity.Actor));
        await Refused(EntitiesRules.VoteAbsent, entity.Members[3]);
        var acts = await database.ReadAsync(db => db.Acts.CountAsync());
        // A roll call is written whole or not at all.
        await Should.ThrowAsync<RuleBroken>(() => given.WithAsync<CastVote>(c => c.ExecuteAsync(motion, [(entity.Members[4], Choice.Yes), (entity.Members[0], Choice.Yes)], entity.Actor)));
        (await database.ReadAsync(db => db.Votes.CountAsync())).ShouldBe(1);
        (await database.ReadAsync(db => db.Withdrawals.CountAsync())).ShouldBe(1);
        (await database.ReadAsync(db => db.Acts.CountAsync())).ShouldBe(acts);

        await given.WithAsync<CloseVoting, MotionOutcome>(c => c.ExecuteAsync(motion, entity.Actor));
        await Refused(EntitiesRules.VotingNotOpen, entity.Members[4]);
        await given.WithAsync<CloseSession, Digest>(c => c.ExecuteAsync(session.Id, entity.Actor));
        await Refused(EntitiesRules.NotInSession, entity.Members[4]);
    }

    [Theory, BothDatabases]
    public async Task TwoVotesOfOneMember_AtOnce_OnlyOneCounts(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = database.Given();
        var entity = await given.EntityAsync();
        var session = await given.SessionAsync(entity);
        var motion = await given.WithAsync<ProposeMotion, MotionId>(p => p.ExecuteAsync(session.Id, new MotionInput("Punto único", "Aprobar."), entity.Actor));
        await given.WithAsync<OpenVoting>(o => o.ExecuteAsync(motion, entity.Actor));
        var results = await Task.WhenAll(Enumerable.Range(0, 6).Select(async i =>
        {
            try
            {
                await given.WithAsync<CastVote>(c => c.ExecuteAsync(motion, entity.Members[0], i % 2 == 0 ? Choice.Yes : Choice.No, entity.Actor));
                return "";
            }
            catch (RuleBroken broken)
            {
                return broken.Code;
            }
        }));
        results.Count(r => r.Length == 0).ShouldBe(1);
        results.Count(r => r == EntitiesRules.VoteTwice).ShouldBe(5);
    }

    [Theory, BothDatabases]
    public async Task Quorum_LostBeforeTheClose_LeavesTheVoteWithoutEffect(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = database.Given();
        var entity = await given.EntityAsync();
        var session = await given.SessionAsync(entity, present: 7);
        var motion = await given.WithAsync<ProposeMotion, MotionId>(p => p.ExecuteAsync(session.Id, new MotionInput("Punto único", "Aprobar."), entity.Actor));
        await given.WithAsync<OpenVoting>(o => o.ExecuteAsync(motion, entity.Actor));
        await given.WithAsync<CastVote>(c => c.ExecuteAsync(motion, [.. entity.Members.Take(7).Select(m => (m, Choice.Yes))], entity.Actor));
        database.Clock.Advance(TimeSpan.FromMinutes(5));
        await given.WithAsync<RecordAttendance>(r => r.LeaveAsync(session.Id, entity.Members[0], entity.Actor));
        var outcome = await given.WithAsync<CloseVoting, MotionOutcome>(c => c.ExecuteAsync(motion, entity.Actor));
        outcome.IsAdopted.ShouldBeFalse();
        outcome.Quorum.Present.ShouldBe(6);
        outcome.Quorum.Required.ShouldBe(7);
        outcome.Tally.IsMet.ShouldBeTrue();
        (await database.ReadAsync(db => db.Motions.SingleAsync())).State.ShouldBe(MotionState.Invalid);
        (await database.ReadAsync(db => db.Resolutions.AnyAsync())).ShouldBeFalse();
        // Nor can another voting begin.
        var next = await given.WithAsync<ProposeMotion, MotionId>(p => p.ExecuteAsync(session.Id, new MotionInput("Otro", "Aprobar."), entity.Actor));
        (await Should.ThrowAsync<RuleBroken>(() => given.WithAsync<OpenVoting>(o => o.ExecuteAsync(next, entity.Actor)))).Code.ShouldBe(EntitiesRules.QuorumLost);
    }

    [Fact]
    public async Task Session_WithoutQuorum_OpensOnlyAtTheSecondCall()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var entity = await given.EntityAsync();
        var id = await given.AssemblyAsync(entity);
        async Task<string> Open(AssemblyCall call) => (await Should.ThrowAsync<RuleBroken>(() => given.WithAsync<OpenSession>(o => o.ExecuteAsync(id, call, entity.Actor)))).Code;

        (await Open(AssemblyCall.First)).ShouldBe(EntitiesRules.TooEarly);
        database.Clock.Advance(TimeSpan.FromDays(7));
        await given.WithAsync<RecordAttendance>(r => r.ArriveAsync(id, [.. entity.Members.Take(4)], entity.Actor));
        (await Open(AssemblyCall.First)).ShouldBe(EntitiesRules.NoQuorum);
        (await Open(AssemblyCall.Second)).ShouldBe(EntitiesRules.TooEarly);
        database.Clock.Advance(TimeSpan.FromMinutes(30));
        await given.WithAsync<OpenSession>(o => o.ExecuteAsync(id, AssemblyCall.Second, entity.Actor));
        var motion = await given.WithAsync<ProposeMotion, MotionId>(p => p.ExecuteAsync(id, new MotionInput("Punto", "Aprobar."), entity.Actor));
        await given.WithAsync<OpenVoting>(o => o.ExecuteAsync(motion, entity.Actor));
        await given.WithAsync<CastVote>(c => c.ExecuteAsync(motion, [.. entity.Members.Take(4).Select(m => (m, Choice.Yes))], entity.Actor));
        var outcome = await given.WithAsync<CloseVoting, MotionOutcome>(c => c.ExecuteAsync(motion, entity.Actor));
        outcome.Quorum.Required.ShouldBe(4, "one third of twelve");
        // Four came: two of them public, 50 % of the votes cast.
        outcome.Composition.Reasons.ShouldContain(r => r.Code == "composition.public-max" && r.Met == false);
        outcome.IsAdopted.ShouldBeFalse();
    }

    [Fact]
    public async Task Ccl_DecidesByConsensus_AndItsMayorsDoNotDelegate()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var entity = await given.EntityAsync("ccl", members: 14);
        var members = await database.ReadAsync(db => db.Members.Where(m => m.EntityId == entity.Id).ToListAsync());
        Composition.OfMembers(CompositionTemplates.Get("ccl"), members.Select(m => m.Seat)).IsMet.ShouldBeTrue();
        var mayor = members.First(m => m.Sector == Sector.Public).Id;
        var civil = members.First(m => m.Sector == Sector.Social).Id;
        var id = await given.AssemblyAsync(entity);
        (await Should.ThrowAsync<RuleBroken>(() => given.WithAsync<RecordAttendance>(r => r.ArriveAsync(id, mayor, "Teniente alcalde", entity.Actor)))).Code.ShouldBe(EntitiesRules.NotDelegable);
        await given.WithAsync<RecordAttendance>(r => r.ArriveAsync(id, civil, "Suplente", entity.Actor));
        await given.WithAsync<RecordAttendance>(r => r.ArriveAsync(id, [.. entity.Members.Where(m => m != civil)], entity.Actor));
        database.Clock.Advance(TimeSpan.FromDays(7));
        await given.WithAsync<OpenSession>(o => o.ExecuteAsync(id, AssemblyCall.First, entity.Actor));
        foreach (var (against, adopted) in new[] { (1, false), (0, true) })
        {
            var motion = await given.WithAsync<ProposeMotion, MotionId>(p => p.ExecuteAsync(id, new MotionInput("Punto", "Concertar."), entity.Actor));
            await given.WithAsync<OpenVoting>(o => o.ExecuteAsync(motion, entity.Actor));
            await given.WithAsync<CastVote>(c => c.ExecuteAsync(motion, [.. entity.Members.Select((m, i) => (m, i < against ? Choice.No : Choice.Yes))], entity.Actor));
            (await given.WithAsync<CloseVoting, MotionOutcome>(c => c.ExecuteAsync(motion, entity.Actor))).IsAdopted.ShouldBe(adopted);
        }
    }

    [Fact]
    public async Task Convocation_BeforeItsNotice_IsRefused()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var entity = await given.EntityAsync();
        async Task<string> Convene(TimeSpan ahead, TimeSpan? second = null) => (await Should.ThrowAsync<RuleBroken>(() => given.WithAsync<ConveneAssembly, AssemblyId>(c =>
            c.ExecuteAsync(entity.Id, new ConvocationInput("Asamblea", "Plaza", database.Clock.Now + ahead, second is { } s ? database.Clock.Now + s : null), entity.Actor)))).Code;
        (await Convene(TimeSpan.FromDays(4))).ShouldBe(EntitiesRules.NoticeTooShort);
        (await Convene(TimeSpan.FromDays(5), TimeSpan.FromDays(5).Add(TimeSpan.FromMinutes(29)))).ShouldBe(EntitiesRules.SecondCallTooSoon);
        var nobody = await given.EntityAsync(members: 0);
        (await Should.ThrowAsync<RuleBroken>(() => given.AssemblyAsync(nobody))).Code.ShouldBe(EntitiesRules.NoMembers);
    }

    [Fact]
    public async Task Resolution_IsRevokedByAnotherOne_AndByNothingElse()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var entity = await given.EntityAsync();
        var first = await given.AdoptedResolutionAsync(entity, Programme);
        var session = await given.SessionAsync(entity);
        (await Should.ThrowAsync<RuleBroken>(() => given.WithAsync<ProposeMotion, MotionId>(p => p.ExecuteAsync(session.Id, new MotionInput("Otra vez", "Aprobar.", Programme), entity.Actor))))
            .Code.ShouldBe(EntitiesRules.SubjectAlreadyAdopted);
        (await Should.ThrowAsync<RuleBroken>(() => given.WithAsync<ProposeMotion, MotionId>(p => p.ExecuteAsync(session.Id, new MotionInput("Más fácil", "Aprobar.",
            Programme with { Digest = Digest.Of("v2") }, MajorityKind.Simple), entity.Actor)))).Code.ShouldBe(EntitiesRules.MajorityFixed);
        await given.VoteAsync(session, new MotionInput("Dejar sin efecto", "Revocar.", new MotionSubject(Resolution.RevokeSubject, first.Id.Value, Digest.Of(first.Text), first.Code)));
        var after = await database.ReadAsync(db => db.Resolutions.SingleAsync(r => r.Id == first.Id));
        after.State.ShouldBe(ResolutionState.Revoked);
        after.RevokedById.ShouldNotBeNull();
        (await database.ReadAsync(db => Core.Entities.Resolutions.FindInForceAsync(db, entity.Id, Programme.Kind, Programme.Id, Programme.Digest))).ShouldBeNull();
        (await database.ReadAsync(db => Core.Entities.Resolutions.CodeInForceAsync(db, entity.Id, Programme.Kind, Programme.Id, Programme.Digest))).ShouldBeNull();
        (await Should.ThrowAsync<RuleBroken>(() => given.WithAsync<EndResolution>(e => e.FulfilAsync(first.Id, "hecho", entity.Actor)))).Code.ShouldBe("state.forbidden");
    }

    [Fact]
    public async Task Minutes_WithoutTheRightContent_AreNotSigned()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var entity = await given.EntityAsync();
        var session = await given.SessionAsync(entity);
        Task Sign(Digest digest, byte[] bytes, string? signers = "Presidenta y secretario") => given.WithAsync<AttachSignature, SignatureId>(a =>
            a.ExecuteAsync(new SignedSubject(Assembly.MinutesSubject, session.Id.Value, digest), new SignatureInput(bytes, "acta.pdf", signers), entity.Actor));
        byte[] scan = [.. "%PDF-1.4 acta"u8];
        (await Should.ThrowAsync<RuleBroken>(() => Sign(Digest.Of("x"), scan))).Code.ShouldBe(EntitiesRules.MinutesNotReady);
        var digest = await given.WithAsync<CloseSession, Digest>(c => c.ExecuteAsync(session.Id, entity.Actor));
        (await Should.ThrowAsync<RuleBroken>(() => Sign(Digest.Of("x"), scan))).Code.ShouldBe(EntitiesRules.MinutesNotReady);
        (await Should.ThrowAsync<RuleBroken>(() => Sign(digest, scan, " "))).Code.ShouldBe("signature.signers-missing");
        (await Should.ThrowAsync<RuleBroken>(() => Sign(digest, [.. "MZ program"u8]))).Code.ShouldBe("file.type-refused");
        (await database.ReadAsync(db => db.Assemblies.SingleAsync())).SignedAt.ShouldBeNull();
        await Sign(digest, scan);
        (await Should.ThrowAsync<RuleBroken>(() => Sign(digest, scan))).Code.ShouldBe("signature.already-attached");
        (await database.ReadAsync(db => db.Assemblies.SingleAsync())).SignedAt.ShouldNotBeNull();
        (await database.ReadAsync(db => db.IsSignedAsync(new SignedSubject(Assembly.MinutesSubject, session.Id.Value, digest)))).ShouldBeTrue();
    }
}
