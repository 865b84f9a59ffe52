using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Minka.Core.Entities;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Entities;

public sealed class DecisionTests
{
    [Fact]
    public void Decision_AgainstAPlainCount_AgreesForAnyCase()
    {
        string[] ids = ["a", "b", "c", "d", "e", "f", "g"];
        var id = Gen.Elements<string>([.. ids, "z"]);
        var seat = from sector in Gen.Elements(Sector.Public, Sector.Private, Sector.Social)
                   from interest in Gen.Elements("x", "y", "w")
                   from votes in Gen.Choose(0, 4)
                   from expired in Gen.Choose(0, 5)
                   select (sector, interest, votes, expired: expired == 0);
        var cases = from seats in Gen.ListOf(seat, ids.Length)
                    from present in Gen.ListOf(id)
                    from conflicted in Gen.ListOf(id, 1)
                    from proxies in Gen.ListOf(from g in id from h in id select (g, h), 2)
                    from ballots in Gen.ListOf(from i in id from b in Gen.Elements(Choice.Yes, Choice.No, Choice.Abstain) select (i, b))
                    from majority in Gen.Elements(Enum.GetValues<MajorityKind>())
                    from limit in Gen.Elements<int?>(null, 1)
                    from counts in Gen.Elements(true, false)
                    from call in Gen.Elements(AssemblyCall.First, AssemblyCall.Second)
                    from all in Gen.Elements(true, false)
                    select (seats, present, conflicted, proxies: proxies.DistinctBy(p => p.g).ToList(), ballots: ballots.DistinctBy(b => b.i).ToList(), majority, limit, counts, call, all);
        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var day = new DateOnly(2026, 3, 9);
            var seats = c.seats.Select((s, i) => new DecisionSeat(ids[i], s.sector, s.interest, s.votes, null, s.expired ? day.AddDays(-1) : day)).ToList();
            CompositionRule[] shares = [new(CompositionRuleKind.ShareMax, [CompositionScope.Votes], "t", "", Limit: "1/2", Values: ["public"])];
            var report = Decision.Of(new DecisionCase(new DecisionRule("t", shares, true, c.all, new ProxyRule(true, c.limit, c.counts, false, "", "")), seats, day, c.call,
                QuorumNeed.Of(c.call == AssemblyCall.First ? QuorumKind.HalfPlusOne : QuorumKind.OneThird), c.majority, [.. c.present], [.. c.proxies.Select(p => (p.g, p.h))], [.. c.conflicted], [.. c.ballots.Select(b => (b.i, b.b))]));

            // The same by hand, seat by seat, in decimals.
            var force = seats.Where(s => s.MandateTo >= day).ToList();
            var here = force.Where(s => c.present.Contains(s.Id)).Select(s => s.Id).ToList();
            var carried = new List<string>();
            var represented = new List<string>();
            foreach (var (g, h) in c.proxies.Where(p => force.Any(s => s.Id == p.g) && !here.Contains(p.g) && here.Contains(p.h)))
            {
                if (c.limit is { } most && carried.Count(x => x == h) >= most) continue;
                carried.Add(h);
                represented.Add(g);
            }
            var heads = here.Count + (c.counts ? represented.Count : 0);
            var quorate = heads > 0 && (c.call == AssemblyCall.First ? 2 * heads > force.Count : 3 * heads >= force.Count);
            var voters = force.Where(s => (here.Contains(s.Id) || represented.Contains(s.Id)) && !c.conflicted.Contains(s.Id)).ToList();
            decimal Sum(Choice b, Sector? only = null) => voters.Where(v => (only is null || v.Sector == only) && c.ballots.Contains((v.Id, b))).Sum(v => (decimal)v.Votes);
            var (yes, no, abstain) = (Sum(Choice.Yes), Sum(Choice.No), Sum(Choice.Abstain));
            var whole = force.Where(s => !c.conflicted.Contains(s.Id)).Sum(s => (decimal)s.Votes);
            var there = voters.Sum(s => (decimal)s.Votes);
            var carries = c.majority switch
            {
                MajorityKind.Simple => yes > no,
                MajorityKind.Absolute => yes > whole / 2,
                MajorityKind.OfPresent => yes > there / 2,
                MajorityKind.TwoThirds => yes > 0 && 3 * yes >= 2 * (c.all ? whole : there),
                MajorityKind.Double => voters.Any(v => v.Votes > 0) && voters.Where(v => v.Votes > 0).Select(v => v.Sector).Distinct().All(s => Sum(Choice.Yes, s) > Sum(Choice.No, s)),
                _ => no == 0 && there > 0,
            };
            var cast = yes + no + abstain;
            var inPublic = Sum(Choice.Yes, Sector.Public) + Sum(Choice.No, Sector.Public) + Sum(Choice.Abstain, Sector.Public);
            var expected = !quorate || 2 * inPublic > cast ? DecisionOutcome.Invalid : carries ? DecisionOutcome.Adopted : DecisionOutcome.Rejected;
            return report.Outcome == expected && report.Present == heads && report.Roll == force.Count
                && (report.Tally.Yes, report.Tally.No, report.Tally.Abstain) == ((long)yes, (long)no, (long)abstain)
                && report.Excluded.Count == c.ballots.Count(b => voters.All(v => v.Id != b.i)) && report.Tally.Holds;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
    }

    [Theory]
    [InlineData("""{"seats":[{"id":"a","sector":"estado"}]}""", EntitiesRules.TallyNoneOf, "seats[0].sector")]
    [InlineData("""{"seats":[{"id":"a","sector":"Public"}]}""", EntitiesRules.TallyNoneOf, "seats[0].sector")]
    [InlineData("""{"seats":[{"sector":"public"}]}""", EntitiesRules.TallyMissing, "seats[0].id")]
    [InlineData("""{"seats":[{"id":"a"}]}""", EntitiesRules.TallyMissing, "seats[0].sector")]
    [InlineData("""{"seats":[{"id":" ","sector":"public"}]}""", EntitiesRules.TallyText, "seats[0].id")]
    [InlineData("""{"seats":[{"id":7,"sector":"public"}]}""", EntitiesRules.TallyText, "seats[0].id")]
    [InlineData("""{"seats":[{"id":"a","sector":"public"},{"id":"a","sector":"social"}]}""", EntitiesRules.TallyTwice, "seats[1].id")]
    [InlineData("""{"seats":[{"id":"a","sector":"public","votes":-1}]}""", EntitiesRules.TallyWhole, "seats[0].votes")]
    [InlineData("""{"seats":[{"id":"a","sector":"public","votes":1.5}]}""", EntitiesRules.TallyWhole, "seats[0].votes")]
    [InlineData("""{"seats":[{"id":"a","sector":"public","votes":"2"}]}""", EntitiesRules.TallyWhole, "seats[0].votes")]
    [InlineData("""{"seats":[{"id":"a","sector":"public","votes":99999999999999}]}""", EntitiesRules.TallyWhole, "seats[0].votes")]
    [InlineData("""{"seats":[{"id":"a","sector":"public","woman":"yes"}]}""", EntitiesRules.TallyNoneOf, "seats[0].woman")]
    [InlineData("""{"date":"2026-02-30","seats":[]}""", EntitiesRules.TallyDate, "date")]
    [InlineData("""{"date":"09/03/2026","seats":[]}""", EntitiesRules.TallyDate, "date")]
    [InlineData("""{"seats":[{"id":"a","sector":"public","mandateTo":"2026-12-31"}]}""", EntitiesRules.TallyDateMissing, "date")]
    [InlineData("""{"date":"2026-01-01","seats":[{"id":"a","sector":"public","mandateFrom":"2026-12-31","mandateTo":"2026-01-01"}]}""", EntitiesRules.TallyMandateReversed, "seats[0]")]
    [InlineData("""{"call":3,"seats":[]}""", EntitiesRules.TallyNoneOf, "call")]
    [InlineData("""{"call":"1","seats":[]}""", EntitiesRules.TallyNoneOf, "call")]
    [InlineData("""{"majority":"most","seats":[]}""", EntitiesRules.TallyNoneOf, "majority")]
    [InlineData("""{"quorum":{"first":"half"},"seats":[]}""", EntitiesRules.TallyQuorum, "quorum.first")]
    [InlineData("""{"quorum":{"first":"1/0"},"seats":[]}""", EntitiesRules.TallyQuorum, "quorum.first")]
    [InlineData("""{"quorum":{"first":0.5},"seats":[]}""", EntitiesRules.TallyQuorum, "quorum.first")]
    [InlineData("""{"quorum":{"third":"1/3"},"seats":[]}""", EntitiesRules.TallyRuleField, "quorum.third")]
    [InlineData("""{"ballots":{"a":"si"},"seats":[]}""", EntitiesRules.TallyNoneOf, "ballots.a")]
    [InlineData("""{"ballots":["a"],"seats":[]}""", EntitiesRules.TallyObject, "ballots")]
    [InlineData("""{"present":"a","seats":[]}""", EntitiesRules.TallyList, "present")]
    [InlineData("""{"proxies":{"a":["b"]},"seats":[]}""", EntitiesRules.TallyText, "proxies.a")]
    [InlineData("""{"rule":"eu-leader-2041","seats":[]}""", EntitiesRules.TallyRuleUnknown, "rule")]
    [InlineData("""{"rule":{"id":"eu-leader-2041"},"seats":[]}""", EntitiesRules.TallyRuleUnknown, "rule.id")]
    [InlineData("""{"rule":{"maxShares":[]},"seats":[]}""", EntitiesRules.TallyMissing, "rule.id")]
    [InlineData("""{"rule":{"id":"x","maxShare":[]},"seats":[]}""", EntitiesRules.TallyRuleField, "rule.maxShare")]
    [InlineData("""{"rule":{"id":"x","maxShares":[{"by":"sector","value":"public","max":"49%"}]},"seats":[]}""", EntitiesRules.TallyShare, "rule.maxShares[0].max")]
    [InlineData("""{"rule":{"id":"x","maxShares":[{"by":"sector","value":"public","max":"3/2"}]},"seats":[]}""", EntitiesRules.TallyShare, "rule.maxShares[0].max")]
    [InlineData("""{"rule":{"id":"x","maxShares":[{"by":"sector","value":"civil","max":"1/2"}]},"seats":[]}""", EntitiesRules.TallyNoneOf, "rule.maxShares[0].value")]
    [InlineData("""{"rule":{"id":"x","minShares":[{"by":"sector","min":"1/2"}]},"seats":[]}""", EntitiesRules.TallyMissing, "rule.minShares[0].value")]
    [InlineData("""{"rule":7,"seats":[]}""", EntitiesRules.TallyObject, "rule")]
    [InlineData("""{}""", EntitiesRules.TallyMissing, "seats")]
    [InlineData("""[]""", EntitiesRules.TallyObject, "$")]
    [InlineData("""{"seats":{}}""", EntitiesRules.TallyList, "seats")]
    [InlineData("""{"seats":[7]}""", EntitiesRules.TallyObject, "seats[0]")]
    public void File_WithAFault_NamesThePlace(string json, string code, string place)
    {
        var fault = Should.Throw<Core.Kernel.RuleBroken>(() => DecisionCaseFile.Parse(System.Text.Encoding.UTF8.GetBytes(json)));
        (fault.Code, fault.Args[0]).ShouldBe((code, place));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("""{"seats":[],"seats":[]}""")]
    [InlineData("""{"seats":[],"ballots":{"a":"yes","a":"no"}}""")]
    [InlineData("""{"seats":[],}""")]
    public void File_ThatIsNoJson_NamesLineAndColumn(string json) =>
        Should.Throw<Core.Kernel.RuleBroken>(() => DecisionCaseFile.Parse(System.Text.Encoding.UTF8.GetBytes(json))).Code.ShouldBe(EntitiesRules.TallyNotJson);

    [Fact]
    public void File_WithSeatsAlone_HasTheUsualTerms()
    {
        var c = DecisionCaseFile.Parse(System.Text.Encoding.UTF8.GetPreamble().Concat("""{"seats":[{"id":"a","sector":"public"}],"present":null,"date":null}"""u8.ToArray()).ToArray()).Case;
        (c.Rule.Id, c.Call, c.Quorum.ToString(), c.Majority, c.Seats[0].Votes).ShouldBe(("none", AssemblyCall.First, "1/2+1", MajorityKind.Simple, 1));
    }

    [Fact]
    public void Terms_OtherThanTheRules_AreTold()
    {
        var read = DecisionCaseFile.Parse("""{"rule":"pe-ccl-provincial","seats":[],"majority":"simple","quorum":{"first":"1/3"},"sessoin":1}"""u8.ToArray());
        read.Remarks.Select(r => r.Code).ShouldBe(["rule.quorum-differs", "rule.majority-differs", "case.field-unknown"], ignoreOrder: true);
        (read.Case.Majority, read.Case.Quorum.ToString()).ShouldBe((MajorityKind.Simple, "1/3"));
    }

    [Fact]
    public void InlineRule_OfSeats_Decides()
    {
        var c = DecisionCaseFile.Parse("""
            {"rule":{"id":"own","maxShares":[{"of":"seats","by":"sector","value":"public","max":"1/2"}],"minShares":[{"of":"votes","by":"interest","value":["business","producers"],"within":["private","social"],"min":"1/3"}]},
             "seats":[{"id":"a","sector":"public"},{"id":"b","sector":"public"},{"id":"c","sector":"private","interest":"business","votes":3}],"present":["a","b","c"],"ballots":{"a":"yes","b":"yes","c":"yes"}}
            """u8.ToArray()).Case;
        var report = Decision.Of(c);
        report.Outcome.ShouldBe(DecisionOutcome.Invalid);
        report.Composition.Failures.ShouldHaveSingleItem().Rule.ShouldBe("max seats sector=public");
    }

    [Fact]
    public void Rules_OfSeats_AreToldAndDoNotVoidAVote()
    {
        var c = DecisionCaseFile.Parse("""{"rule":"pe-ccl-provincial","seats":[{"id":"a","sector":"public","interest":"mayor"},{"id":"b","sector":"social"},{"id":"c","sector":"social"}],"present":["a","b"],"ballots":{"a":"yes","b":"yes"}}"""u8.ToArray()).Case;
        var report = Decision.Of(c);
        report.Outcome.ShouldBe(DecisionOutcome.Adopted);
        report.Reasons.ShouldContain(r => r.Code == "composition.civil-per-public" && r.Met == null);
    }

    [SharedFact("rulepacks")]
    public void Packs_OfTheReference_AreAllKnownAndSayTheSame()
    {
        foreach (var file in Directory.GetFiles(Shared.At("rulepacks"), "*.json"))
            DecisionPacks.Ids.ShouldContain(Path.GetFileNameWithoutExtension(file));
        JsonElement Pack(string id) => JsonDocument.Parse(File.ReadAllBytes(Shared.At("rulepacks", id + ".json"))).RootElement;
        CompositionTemplate Own(string id) => CompositionTemplates.FindPack(id)!;
        int Limit(string id, CompositionRuleKind kind) => Own(id).Rules.Single(r => r.Kind == kind).LimitBp!.Value.Value;
        var leader = Pack("eu-leader-2014").GetProperty("governance");
        Limit("eu-leader-2014", CompositionRuleKind.SectorShareMax).ShouldBe(100 * leader.GetProperty("maxPublicVotePct").GetInt32());
        Limit("eu-leader-2014", CompositionRuleKind.InterestShareMax).ShouldBe(100 * leader.GetProperty("maxSingleInterestVotePct").GetInt32());
        Limit("eu-leader-2014", CompositionRuleKind.NonPublicShareMin).ShouldBe(100 * leader.GetProperty("minNonPublicVotesInSelectionPct").GetInt32());
        var ccl = Pack("pe-ccl-provincial");
        ccl.GetProperty("civilSocietySeats").GetString().ShouldStartWith("40%");
        Limit("pe-ccl-provincial", CompositionRuleKind.CivilSeatsPerPublic).ShouldBe(4000);
        Own("pe-ccl-provincial").Term!.Years.ShouldBe(ccl.GetProperty("termYears").GetInt32());
        ccl.GetProperty("quorum").GetString().ShouldBe("half plus one");
        Own("pe-ccl-provincial").Quorum.First.Kind.ShouldBe(QuorumKind.HalfPlusOne);
        Own("pe-ccl-provincial").MajorityFor(null).ShouldBe(MajorityKind.Consensus);
        Own("pe-ccl-provincial").ProxyRule.MayGive(Sector.Public, "district-government").ShouldBeFalse();
        var ccr = Pack("pe-ccr");
        Own("pe-ccr").Term!.Years.ShouldBe(ccr.GetProperty("termYears").GetInt32());
        var seats = Own("pe-ccr").Rules.Single(r => r.Kind == CompositionRuleKind.CivilSeatsPerPublic).LimitShare;
        (seats * ccr.GetProperty("mayorsPct").GetInt32()).ShouldBe(ccr.GetProperty("civilSocietyPct").GetInt32());
        ((double)Own("pe-ccr").Rules.Single(r => r.Code == "business").LimitShare.ToDouble()).ShouldBe(ccr.GetProperty("businessProducersMinShareOfCivil").GetDouble(), 0.001);
    }
}
