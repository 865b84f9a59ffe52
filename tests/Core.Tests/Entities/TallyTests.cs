using FsCheck;
using FsCheck.Fluent;
using Minka.Core.Entities;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Entities;

public sealed class TallyTests
{
    [Theory]
    [InlineData(MajorityKind.Simple, 5, 5, 0, 0, false)] // a tie is not a majority
    [InlineData(MajorityKind.Simple, 6, 5, 0, 0, true)]
    [InlineData(MajorityKind.Simple, 1, 0, 11, 0, true)] // abstentions do not block
    [InlineData(MajorityKind.Simple, 0, 0, 12, 0, false)]
    [InlineData(MajorityKind.Absolute, 12, 3, 2, 0, true)] // 12 of 17
    [InlineData(MajorityKind.Absolute, 6, 0, 6, 0, false)] // half is not more than half
    [InlineData(MajorityKind.Absolute, 7, 0, 5, 0, true)]
    [InlineData(MajorityKind.Absolute, 6, 0, 0, 6, false)] // who is there and silent counts
    [InlineData(MajorityKind.Absolute, 6, 5, 0, 0, true)]
    [InlineData(MajorityKind.Absolute, 0, 0, 0, 0, false)]
    [InlineData(MajorityKind.TwoThirds, 8, 4, 0, 0, true)]
    [InlineData(MajorityKind.TwoThirds, 7, 4, 0, 0, false)]
    [InlineData(MajorityKind.TwoThirds, 7, 3, 0, 0, true)]
    [InlineData(MajorityKind.TwoThirds, 0, 0, 0, 0, false)]
    [InlineData(MajorityKind.Consensus, 1, 0, 11, 0, true)]
    [InlineData(MajorityKind.Consensus, 11, 1, 0, 0, false)]
    [InlineData(MajorityKind.Consensus, 0, 0, 12, 0, true)] // nobody opposes
    [InlineData(MajorityKind.Consensus, 0, 0, 0, 3, true)]
    [InlineData(MajorityKind.Consensus, 0, 0, 0, 0, false)] // nobody is there who could
    [InlineData(MajorityKind.OfPresent, 6, 0, 6, 0, false)]
    [InlineData(MajorityKind.OfPresent, 7, 0, 5, 0, true)]
    public void Majority_OfATally_IsKnown(MajorityKind kind, int yes, int no, int abstain, int unused, bool met) =>
        Tally.Count(kind, Ballots(yes, no, abstain, 0), unused).IsMet.ShouldBe(met);

    [Fact]
    public void Conflict_TakesTheVoteAndLeavesTheBaseSmaller()
    {
        var tally = Tally.Count(MajorityKind.Absolute, Ballots(12, 3, 2, 1));
        tally.Base.ShouldBe(17);
        tally.Needed.ShouldBe(9);
        tally.Conflict.ShouldBe(1);
        tally.IsMet.ShouldBeTrue();
    }

    [Fact]
    public void Tally_StoredBeforeAllSeatsCounted_StaysAsItWasDecided()
    {
        // As it stands in acts of before: an absolute majority of those present, a consensus with somebody in favour.
        const string stored = """{"majority":"absolute","yes":7,"no":0,"abstain":5,"conflict":0,"unused":0,"needed":7,"isMet":true,"base":12,"reason":{"code":"majority.absolute","met":true,"args":[7,0,5,12,7]}}""";
        var tally = System.Text.Json.JsonSerializer.Deserialize<TallyReport>(stored, Core.Kernel.CanonicalJson.Options)!;
        tally.Holds.ShouldBeTrue();
        System.Text.Json.JsonSerializer.Serialize(tally, Core.Kernel.CanonicalJson.Options).ShouldBe(stored, "its digest is that of the act");
        (new TallyReport(MajorityKind.Consensus, 0, 0, 3, 0, 0, 1, false)).Holds.ShouldBeTrue();
        (tally with { Yes = 6, Abstain = 6 }).Holds.ShouldBeFalse();
    }

    [Fact]
    public void Votes_AreWeighedNotHeads()
    {
        var tally = Tally.Count(MajorityKind.Absolute, [new(Choice.Yes, 5), new(Choice.No, 2), new(Choice.No, 2)]);
        tally.IsMet.ShouldBeTrue();
        tally.Base.ShouldBe(9);
    }

    [Fact]
    public void Majorities_AgainstFractions_AgreeForAnyBallots()
    {
        var ballot = from choice in Gen.Elements(Choice.Yes, Choice.No, Choice.Abstain, Choice.Conflict) from votes in Gen.Choose(1, 9) select new Ballot(choice, votes);
        var cases = (from ballots in Gen.ListOf(ballot) from unused in Gen.Choose(0, 9) select (ballots, unused)).ToArbitrary();
        Prop.ForAll(cases, c =>
        {
            long Of(Choice choice) => c.ballots.Where(b => b.Choice == choice).Sum(b => (long)b.Votes);
            var (yes, no, whole) = (Of(Choice.Yes), Of(Choice.No), Of(Choice.Yes) + Of(Choice.No) + Of(Choice.Abstain) + c.unused);
            return Tally.Count(MajorityKind.Simple, c.ballots, c.unused).IsMet == (yes > no)
                && Tally.Count(MajorityKind.Absolute, c.ballots, c.unused).IsMet == (2 * yes > whole)
                && Tally.Count(MajorityKind.TwoThirds, c.ballots, c.unused).IsMet == (yes > 0 && 3 * yes >= 2 * whole)
                && Tally.Count(MajorityKind.Consensus, c.ballots, c.unused).IsMet == (no == 0 && whole > 0)
                && Tally.Count(MajorityKind.Absolute, c.ballots, c.unused, absent: 5).IsMet == (2 * yes > whole + 5)
                && Tally.Count(MajorityKind.TwoThirds, c.ballots, c.unused, absent: 5, ofAll: true).IsMet == (3 * yes >= 2 * (whole + 5));
        }).QuickCheckThrowOnFailure();
    }

    static IEnumerable<Ballot> Ballots(int yes, int no, int abstain, int conflict) =>
        Enumerable.Repeat(new Ballot(Choice.Yes, 1), yes).Concat(Enumerable.Repeat(new Ballot(Choice.No, 1), no))
            .Concat(Enumerable.Repeat(new Ballot(Choice.Abstain, 1), abstain)).Concat(Enumerable.Repeat(new Ballot(Choice.Conflict, 1), conflict));
}
