using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Entities;

public sealed class ComplianceHistoryTests
{
    [Theory, BothDatabases]
    public async Task EveryChangeOfMembers_AndEveryVote_IsJudgedWithItsFigures(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = database.Given();
        var entity = await given.EntityAsync(members: 9);
        var session = await given.SessionAsync(entity);
        await given.VoteAsync(session, new MotionInput("Con todos", "Aprobar."));
        // Two of three votes are public: the cast votes break the limit, the members do not.
        var actor = entity.Actor;
        var motion = await given.WithAsync<ProposeMotion, MotionId>(p => p.ExecuteAsync(session.Id, new MotionInput("Con tres", "Aprobar."), actor));
        await given.WithAsync<OpenVoting>(o => o.ExecuteAsync(motion, actor));
        await given.WithAsync<CastVote>(c => c.ExecuteAsync(motion, [(entity.Members[0], Choice.Yes), (entity.Members[3], Choice.Yes), (entity.Members[1], Choice.Yes)], actor));
        database.Clock.Advance(TimeSpan.FromMinutes(2));
        await given.WithAsync<CloseVoting, MotionOutcome>(c => c.ExecuteAsync(motion, actor));
        // All private members leave, on the next day of the law.
        database.Clock.Advance(TimeSpan.FromDays(1));
        foreach (var i in new[] { 1, 4, 7 }) await given.WithAsync<EndMandate>(e => e.ExecuteAsync(entity.Members[i], "Renunció", actor));

        var history = await given.WithAsync<ComplianceHistory, IReadOnlyList<ComplianceEntry>>(h => h.ReadAsync(entity.Id, database.Clock.Now));
        history.Select(h => (h.Kind, h.Seats, h.IsMet)).ShouldBe([(ComplianceKind.Members, 6, false), (ComplianceKind.Vote, 3, false), (ComplianceKind.Vote, 9, true), (ComplianceKind.Members, 9, true)]);
        history[0].Day.ShouldBe(LegalTime.DayIn(database.Clock.Now));
        history[0].ShareOf(Sector.Public).ShouldBe(BasisPoints.Percent(50));
        history[0].ShareOf(Sector.Private).ShouldBe(new BasisPoints(0));
        var broken = history[1].Reasons.Single(r => r.Met == false);
        (broken.Code, broken.Args[0], broken.Args[1], broken.Args[3]).ShouldBe(("composition.public-max", 2L, 3L, (object)BasisPoints.Percent(49)));
        history[1].Title.ShouldBe("Con tres");
        history.Select(h => h.At).ShouldBeInOrder(SortDirection.Descending);
    }

    [Fact]
    public async Task WomenWhoSpeak_ChangeTheHistory_OnTheDayTheyDo()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var entity = await given.EntityAsync(members: 0);
        var ids = new List<MemberId>();
        foreach (var (sector, group, i) in new[] { (Sector.Public, "district-government", 0), (Sector.Private, "producers", 1), (Sector.Social, "women", 2) })
            ids.Add(await given.WithAsync<AddMember, MemberId>(a => a.ExecuteAsync(entity.Id, given.Member($"Organización {i}", sector, group) with { RepresentativeIsWoman = i == 2 }, entity.Actor)));
        await given.WithAsync<SetStatute>(s => s.ExecuteAsync(entity.Id, -1, new("Fin", "Chilete", null, null, null, BasisPoints.Percent(50)), entity.Actor));
        database.Clock.Advance(TimeSpan.FromDays(10));
        await given.WithAsync<ReplaceRepresentative>(r => r.ExecuteAsync(ids[0], 0, new("Alba Ríos", false, null, true, "acta", null, "nueva alcaldesa"), entity.Actor));
        var history = await given.WithAsync<ComplianceHistory, IReadOnlyList<ComplianceEntry>>(h => h.ReadAsync(entity.Id, database.Clock.Now));
        history.Select(h => h.Reasons.Single(r => r.Code == "composition.women-min").Args[0]).ShouldBe([2L, 1L]);
        history[0].Day.ShouldBe(LegalTime.DayIn(database.Clock.Now));
    }

    [Fact]
    public async Task StatutesThatAskMoreWomen_BindFromTheDayTheyWereWrittenDown()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var entity = await given.EntityAsync(members: 0);
        var founded = LegalTime.DayIn(database.Clock.Now);
        foreach (var (sector, group, i) in new[] { (Sector.Public, "district-government", 0), (Sector.Private, "producers", 1), (Sector.Social, "women", 2) })
            await given.WithAsync<AddMember, MemberId>(a => a.ExecuteAsync(entity.Id, given.Member($"Organización {i}", sector, group) with { RepresentativeIsWoman = i == 2 }, entity.Actor));
        foreach (var (version, percent) in new[] { (-1, 30), (0, 50), (1, 0) })
        {
            database.Clock.Advance(TimeSpan.FromDays(10));
            await given.WithAsync<SetStatute>(s => s.ExecuteAsync(entity.Id, version, new("Fin", "Chilete", null, null, null, percent == 0 ? null : BasisPoints.Percent(percent)), entity.Actor));
        }
        var history = await given.WithAsync<ComplianceHistory, IReadOnlyList<ComplianceEntry>>(h => h.ReadAsync(entity.Id, database.Clock.Now));
        // One woman of three: enough for 30 in 100, too few for half.
        history.Select(h => (h.Day, h.Reasons.SingleOrDefault(r => r.Code == "composition.women-min")?.Met))
            .ShouldBe([(founded.AddDays(30), null), (founded.AddDays(20), false), (founded.AddDays(10), true), (founded, null)]);
    }

    [Theory, BothDatabases]
    public async Task AMemberThatChanges_IsJudgedOnEachDayByWhatWasOnRecordThen(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = database.Given();
        var entity = await given.EntityAsync(members: 0);
        var founded = LegalTime.DayIn(database.Clock.Now);
        var ids = new List<MemberId>();
        MemberInput Input(int i, int votes = 1) => given.Member($"Organización {i}", i == 0 ? Sector.Public : Sector.Social, i == 0 ? "district-government" : "communities") with { Votes = votes };
        foreach (var i in Enumerable.Range(0, 4)) ids.Add(await given.WithAsync<AddMember, MemberId>(a => a.ExecuteAsync(entity.Id, Input(i), entity.Actor)));
        Task ChangeAsync(int i, int version, int votes) => given.WithAsync<ChangeMember>(c => c.ExecuteAsync(ids[i], version, Input(i, votes), entity.Actor));
        // One of four votes is public; then five of eight, which breaks the limit; then one of four again. Another changes only its name.
        database.Clock.Advance(TimeSpan.FromDays(10));
        await ChangeAsync(0, 0, 5);
        await given.WithAsync<ChangeMember>(c => c.ExecuteAsync(ids[1], 0, Input(1) with { RepresentativeName = "Otra Persona Nueva" }, entity.Actor));
        database.Clock.Advance(TimeSpan.FromDays(10));
        await ChangeAsync(0, 1, 1);

        var history = await given.WithAsync<ComplianceHistory, IReadOnlyList<ComplianceEntry>>(h => h.ReadAsync(entity.Id, database.Clock.Now));
        history.Select(h => (h.Day, h.Seats, h.Segments.Where(s => s.Sector == Sector.Public).Sum(s => s.Votes), h.Reasons.Single(r => r.Code == "composition.public-max").Met))
            .ShouldBe([(founded.AddDays(20), 4, 1L, true), (founded.AddDays(10), 4, 5L, false), (founded, 4, 1L, true)]);
    }

    [Fact]
    public async Task Mandates_OlderThanTheEntity_BeginWithIt()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var entity = await given.EntityAsync(members: 0);
        var founded = LegalTime.DayIn(database.Clock.Now);
        foreach (var i in Enumerable.Range(0, 3))
            await given.WithAsync<AddMember, MemberId>(a => a.ExecuteAsync(entity.Id, given.Member($"Organización {i}", Sector.Social, "communities") with { MandateFrom = founded.AddDays(-100 - i) }, entity.Actor));
        database.Clock.Advance(TimeSpan.FromDays(10));
        var history = await given.WithAsync<ComplianceHistory, IReadOnlyList<ComplianceEntry>>(h => h.ReadAsync(entity.Id, database.Clock.Now));
        history.Select(h => (h.Day, h.Seats)).ShouldBe([(founded, 3)]);
    }
}
