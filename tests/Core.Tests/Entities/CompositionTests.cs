using FsCheck;
using FsCheck.Fluent;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Entities;

public sealed class CompositionTests
{
    static readonly CompositionTemplate Leader = CompositionTemplates.Get("leader");
    static readonly CompositionTemplate Alliance = CompositionTemplates.Get("fdd-alliance");
    static readonly CompositionTemplate Ccl = CompositionTemplates.Get("ccl");

    static readonly string[] Confidences = ["S", "M", "N", "proposal"];

    [Fact]
    public void Templates_AsShipped_ReadWhole()
    {
        CompositionTemplates.All.Select(t => t.Id).ShouldBe(["association", "ccl", "ccr", "clar", "colegiado-territorial", "consejo-mexicano", "fdd-alliance", "fund-board", "leader", "leader-2021",
            "mancomunidad", "mesa-concertacion", "nucleo-ejecutor"], ignoreOrder: true);
        foreach (var template in CompositionTemplates.All)
        {
            template.Majorities.Count(m => m.Subjects.Count == 0).ShouldBe(1, template.Id);
            template.Rules.ShouldAllBe(r => r.Source.Length > 0 && Confidences.Contains(r.Confidence));
            new[] { template.LegalBasis.Confidence, template.Quorum.First.Confidence, template.Quorum.Second.Confidence, template.Attendance.Confidence, template.AbstentionIsCast.Confidence, template.ProxyRule.Confidence }
                .Concat(template.Majorities.Select(m => m.Confidence)).ShouldAllBe(c => Confidences.Contains(c), template.Id);
            template.Rules.Where(r => r.Values is not null && r.By == ShareBy.Interest).SelectMany(r => r.Values!).ShouldAllBe(g => InterestGroups.Find(g) != null);
            template.NoticeDays.Source.ShouldNotBeEmpty();
            template.Attendance.NotDelegableGroups.ShouldAllBe(g => InterestGroups.Find(g) != null);
        }
        InterestGroups.All.Select(g => g.Code).ShouldBeUnique();
    }

    [Theory]
    [InlineData(49, 51, true)] // exactly the limit
    [InlineData(50, 50, false)]
    [InlineData(4901, 5099, false)] // 49.01 %
    [InlineData(4900, 5100, true)]
    [InlineData(0, 3, true)]
    public void Leader_PublicVotes_MayReach49PercentAndNoMore(int publicVotes, int others, bool met)
    {
        // Others spread over three groups, so that only the public limit decides.
        List<SeatWeight> seats = [new(Sector.Private, "producers", (others + 2) / 3), new(Sector.Social, "women", (others + 1) / 3), new(Sector.Social, "youth", others / 3)];
        if (publicVotes > 0) seats.Add(new(Sector.Public, "district-government", publicVotes));
        var report = Composition.OfMembers(Leader, seats);
        report.Reasons.Single(r => r.Code == "composition.public-max").Met.ShouldBe(met);
    }

    [Theory]
    [InlineData(5, 5, true)] // half is enough
    [InlineData(51, 49, false)]
    [InlineData(1, 0, false)]
    [InlineData(0, 1, true)]
    public void Leader_VotesCast_NeedHalfNonPublic(int publicVotes, int others, bool met)
    {
        List<SeatWeight> cast = [];
        if (publicVotes > 0) cast.Add(new(Sector.Public, "district-government", publicVotes));
        if (others > 0) cast.Add(new(Sector.Social, "women", others));
        Composition.OfVotes(Leader, cast).Reasons.Single(r => r.Code == "composition.non-public-min").Met.ShouldBe(met);
    }

    [Fact]
    public void Leader_OneInterestGroupOver49_Fails()
    {
        var report = Composition.OfMembers(Leader, [new(Sector.Private, "producers", 50), new(Sector.Social, "women", 26), new(Sector.Public, "district-government", 24)]);
        report.IsMet.ShouldBeFalse();
        var reason = report.Reasons.Single(r => r.Met == false);
        reason.Code.ShouldBe("composition.interest-max");
        reason.Args[0].ShouldBe(50L);
        reason.Args[3].ShouldBe(new BasisPoints(4900));
    }

    [Theory]
    [InlineData(10, 4, true)] // 40 of each 100 public seats: 4 of 14 is 28.57 % of the body
    [InlineData(10, 5, false)]
    [InlineData(10, 3, false)]
    [InlineData(13, 5, true)] // 5.2: either whole number beside it
    [InlineData(13, 6, true)]
    [InlineData(13, 7, false)]
    [InlineData(0, 2, false)]
    [InlineData(5, 0, false)]
    public void Ccl_CivilSeats_Are40PercentOfThePublicOnes(int publicSeats, int civil, bool met)
    {
        var report = Composition.OfMembers(Ccl, Enumerable.Repeat(new SeatWeight(Sector.Public, "district-government", 1), publicSeats)
            .Concat(Enumerable.Repeat(new SeatWeight(Sector.Social, "communities", 1), civil)));
        report.IsMet.ShouldBe(met);
    }

    [Fact]
    public void Ccl_WithTheSharesOfTheLaw_HoldsCivilSocietyAt2857()
    {
        var report = Composition.OfMembers(Ccl, Enumerable.Repeat(new SeatWeight(Sector.Public, "district-government", 1), 10)
            .Concat(Enumerable.Repeat(new SeatWeight(Sector.Social, "communities", 1), 4)));
        report.ShareOf(Sector.Social).ShouldBe(new BasisPoints(2857));
        Composition.OfMembers(Leader, Enumerable.Repeat(new SeatWeight(Sector.Public, "district-government", 1), 10)
            .Concat(Enumerable.Repeat(new SeatWeight(Sector.Social, "communities", 1), 4))).IsMet.ShouldBeFalse("the body of the law fails LEADER's rule");
    }

    [Theory]
    [InlineData(4, 4, 4, 3, true)]
    [InlineData(6, 3, 3, 3, false)]
    [InlineData(3, 6, 3, 3, false)]
    [InlineData(3, 3, 6, 3, false)]
    [InlineData(49, 49, 2, 3, true)]
    public void Alliance_NoSectorOver49(int publicVotes, int privateVotes, int social, int groups, bool met)
    {
        var report = Composition.OfMembers(Alliance, [new(Sector.Public, "district-government", publicVotes), new(Sector.Private, "producers", privateVotes), new(Sector.Social, "women", social)]);
        report.IsMet.ShouldBe(met);
        report.Reasons.Single(r => r.Code == "composition.groups-min").Args[0].ShouldBe(groups);
    }

    [Theory]
    [InlineData(6, 1, 2, 2, true)] // 6 mayors, 4 civil; one third of 4 is 1.33: two of business
    [InlineData(6, 1, 1, 3, false)] // one of four
    [InlineData(6, 0, 2, 2, true)] // whoever chairs the region stands apart
    [InlineData(6, 1, 2, 4, false)] // six civil seats for six mayors
    [InlineData(9, 1, 2, 4, true)]
    public void Ccr_SixtyFortyAndAThirdForProducers(int mayors, int president, int business, int others, bool met)
    {
        var seats = Enumerable.Repeat(new SeatWeight(Sector.Public, "provincial-government", 1), mayors).Concat(Enumerable.Repeat(new SeatWeight(Sector.Public, "regional-government", 1), president))
            .Concat(Enumerable.Repeat(new SeatWeight(Sector.Private, "producers", 1), business)).Concat(Enumerable.Repeat(new SeatWeight(Sector.Social, "ngo", 1), others));
        Composition.OfMembers(CompositionTemplates.Get("ccr"), seats).IsMet.ShouldBe(met);
    }

    [Fact]
    public void Bodies_OfEachKind_TellWhatTheyLack()
    {
        SeatWeight Of(Sector sector, string group) => new(sector, group, 1);
        Composition.OfMembers(CompositionTemplates.Get("clar"), [Of(Sector.Public, "district-government"), Of(Sector.Social, "ngo")]).Reasons.Single().Code.ShouldBe("composition.sectors-min");
        Composition.OfMembers(CompositionTemplates.Get("mancomunidad"), [Of(Sector.Public, "district-government")]).Reasons.Single().Met.ShouldBe(false);
        Composition.OfMembers(CompositionTemplates.Get("colegiado-territorial"), [Of(Sector.Public, "district-government"), Of(Sector.Social, "ngo")]).IsMet.ShouldBeTrue();
        Composition.OfMembers(CompositionTemplates.Get("colegiado-territorial"), [Of(Sector.Public, "district-government")]).IsMet.ShouldBeFalse();
        CompositionTemplates.Get("mesa-concertacion").IsBinding.ShouldBeFalse();
        CompositionTemplates.Get("ccl").IsBinding.ShouldBeTrue();
    }

    [Fact]
    public void Nobody_WhereARuleApplies_IsNotMet()
    {
        Composition.OfMembers(Alliance, []).IsMet.ShouldBeFalse();
        Composition.OfVotes(Leader, []).IsMet.ShouldBeFalse();
        Composition.OfMembers(CompositionTemplates.Get("association"), []).IsMet.ShouldBeTrue("an association has no composition rule");
    }

    [Fact]
    public void Verdicts_AgainstFractions_AgreeForAnyBody()
    {
        var seat = from sector in Gen.Elements(Sector.Public, Sector.Private, Sector.Social)
                   from votes in Gen.Choose(1, 60)
                   from variant in Gen.Choose(0, 1)
                   select new SeatWeight(sector, InterestGroups.All.Where(g => g.Sector == sector).ElementAt(variant).Code, votes);
        var bodies = Gen.NonEmptyListOf(seat).ToArbitrary();
        Prop.ForAll(bodies, body =>
        {
            // Brute force: one vote a list entry, shares as decimals of the exact rational.
            var votes = body.SelectMany(s => Enumerable.Repeat((s.Sector, s.InterestGroup), s.Votes)).ToList();
            decimal Share(Func<(Sector Sector, string Group), bool> of) => (decimal)votes.Count(v => of(v)) / votes.Count;
            var members = Composition.OfMembers(Leader, body);
            var cast = Composition.OfVotes(Leader, body);
            var alliance = Composition.OfMembers(Alliance, body);
            var publicShare = Share(v => v.Sector == Sector.Public);
            var interest = votes.Select(v => v.InterestGroup).Distinct().Max(g => Share(v => v.Group == g));
            return members.IsMet == (publicShare <= 0.49m && interest <= 0.49m)
                && cast.IsMet == (publicShare <= 0.49m && interest <= 0.49m && 1 - publicShare >= 0.5m)
                && alliance.IsMet == (Enum.GetValues<Sector>().All(s => Share(v => v.Sector == s) <= 0.49m) && votes.Select(v => v.InterestGroup).Distinct().Count() >= 3)
                && members.Segments.Sum(s => s.Votes) == votes.Count;
        }).QuickCheckThrowOnFailure();
    }
}
