using FsCheck;
using FsCheck.Fluent;
using Minka.Core.Entities;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Entities;

public sealed class QuorumTests
{
    static readonly DateTime Nine = new(2026, 3, 9, 14, 0, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData(QuorumKind.HalfPlusOne, 0, 1)]
    [InlineData(QuorumKind.HalfPlusOne, 1, 1)]
    [InlineData(QuorumKind.HalfPlusOne, 2, 2)]
    [InlineData(QuorumKind.HalfPlusOne, 11, 6)]
    [InlineData(QuorumKind.HalfPlusOne, 12, 7)]
    [InlineData(QuorumKind.HalfPlusOne, 30, 16)]
    [InlineData(QuorumKind.OneThird, 0, 1)]
    [InlineData(QuorumKind.OneThird, 1, 1)]
    [InlineData(QuorumKind.OneThird, 3, 1)]
    [InlineData(QuorumKind.OneThird, 4, 2)]
    [InlineData(QuorumKind.OneThird, 12, 4)]
    [InlineData(QuorumKind.OneThird, 13, 5)]
    [InlineData(QuorumKind.AnyNumber, 12, 1)]
    public void Required_OfARoll_IsKnown(QuorumKind kind, int roll, int required) => Quorum.Required(kind, roll).ShouldBe(required);

    [Fact]
    public void Presence_IsHalfOpen()
    {
        var stay = new Presence(Member(1), Nine, Nine.AddHours(1));
        stay.CoversAt(Nine.AddTicks(-1)).ShouldBeFalse();
        stay.CoversAt(Nine).ShouldBeTrue();
        stay.CoversAt(Nine.AddHours(1).AddTicks(-1)).ShouldBeTrue();
        stay.CoversAt(Nine.AddHours(1)).ShouldBeFalse();
    }

    [Fact]
    public void Strangers_AndDoubleStays_DoNotCount()
    {
        MemberId[] roll = [Member(1), Member(2), Member(3)];
        var report = Quorum.At(Nine, AssemblyCall.First, QuorumKind.HalfPlusOne, roll,
            [new(Member(1), Nine, null), new(Member(1), Nine.AddHours(-1), null), new(Member(9), Nine, null)]);
        report.Present.ShouldBe(1);
        report.Required.ShouldBe(2);
        report.IsMet.ShouldBeFalse();
        report.Reason.Met.ShouldBe(false);
    }

    [Fact]
    public void Present_AgainstMinuteByMinute_AgreesForAnyStays()
    {
        var stay = from member in Gen.Choose(1, 8) from arrived in Gen.Choose(0, 60) from stayed in Gen.Choose(0, 60) select (member, arrived, stayed);
        var cases = (from stays in Gen.ListOf(stay) from at in Gen.Choose(0, 120) from roll in Gen.Choose(0, 6) select (stays, at, roll)).ToArbitrary();
        Prop.ForAll(cases, c =>
        {
            var roll = Enumerable.Range(1, c.roll).Select(Member).ToList();
            var brute = Enumerable.Range(1, c.roll).Count(m => c.stays.Any(s => s.member == m && Enumerable.Range(s.arrived, s.stayed).Contains(c.at)));
            var report = Quorum.At(Nine.AddMinutes(c.at), AssemblyCall.Second, QuorumKind.OneThird, roll,
                c.stays.Select(s => new Presence(Member(s.member), Nine.AddMinutes(s.arrived), Nine.AddMinutes(s.arrived + s.stayed))));
            return report.Present == brute && report.IsMet == (brute >= 1 && 3 * brute >= c.roll);
        }).QuickCheckThrowOnFailure();
    }

    static MemberId Member(int number) => MemberId.From(new Guid(number, 0, 0, new byte[8]));
}
