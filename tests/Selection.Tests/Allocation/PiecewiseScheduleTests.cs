using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Minka.Selection.Allocation;
using Minka.Selection.Exact;

namespace Minka.Selection.Tests.Allocation;

public sealed class PiecewiseScheduleTests
{
    [Fact]
    public void Rate_BetweenKnots_IsLinearAndRoundedOnce()
    {
        var schedule = new PiecewiseSchedule([new(0, 3_000), new(5_000, 2_000), new(10_000, 1_000)], Slope.NonIncreasing);
        schedule.ExactRateAt(3_333).ToString().ShouldBe("11667/5");
        schedule.RateAt(3_333).ShouldBe(2_333);
        schedule.RateAt(-5).ShouldBe(3_000);
        schedule.RateAt(20_000).ShouldBe(1_000);
        schedule.LeastPartOf(1_001, 10_000).ShouldBe(101);
        schedule.GreatestPartOf(1_001, 10_000).ShouldBe(100);
        new PiecewiseSchedule([new(0, 0), new(2, 1)], Slope.NonDecreasing).RateAt(1).ShouldBe(1, "an exact half goes up");
    }

    [Fact]
    public void Schedule_ThatIsNotWhatItSays_IsRefused()
    {
        Should.Throw<ArgumentException>(() => new PiecewiseSchedule([], Slope.NonIncreasing));
        Should.Throw<ArgumentException>(() => new PiecewiseSchedule([new(0, 1), new(0, 1)], Slope.NonIncreasing));
        Should.Throw<ArgumentException>(() => new PiecewiseSchedule([new(0, 10_001)], Slope.NonIncreasing));
        Should.Throw<ArgumentException>(() => new PiecewiseSchedule([new(0, 1), new(1, 2)], Slope.NonIncreasing)).Message.ShouldContain("knot 2 (1; 2)");
        Should.Throw<ArgumentException>(() => new PiecewiseSchedule([new(0, 2), new(1, 1)], Slope.NonDecreasing));
    }

    [Fact]
    public void Rate_AnySchedule_IsMonotoneContinuousAndWithinItsKnots()
    {
        var knots = from steps in Gen.Choose(1, 3_000).ListOf(5) from rates in Gen.Choose(0, 10_000).ListOf(5) select (steps, rates);
        Prop.ForAll(knots.ToArbitrary(), k =>
        {
            var at = 0;
            Knot[] list = [.. k.steps.Zip(k.rates.OrderDescending(), (step, rate) => new Knot(at += step, rate))];
            var schedule = new PiecewiseSchedule(list, Slope.NonIncreasing);
            var rates = Enumerable.Range(-1, at + 3).Select(schedule.RateAt).ToList();
            return rates.Zip(rates.Skip(1)).All(p => p.First >= p.Second)
                && rates[0] == list[0].Rate && rates[^1] == list[^1].Rate
                && list.All(x => schedule.ExactRateAt(x.At) == x.Rate
                    && schedule.ExactRateAt(x.At) - schedule.ExactRateAt(x.At + new Fraction(1, 1_000_000)) < new Fraction(1, 50));
        }).QuickCheckThrowOnFailure();
    }

    [SharedFact]
    public void Rate_Golden_MatchingSchedule()
    {
        var golden = Shared.Golden("envelope.json", "matching_schedule");
        var knots = golden.GetProperty("input").GetProperty("knots").EnumerateArray()
            .Select(k => new Knot((int)(k[0].GetDecimal() * 10_000), (int)(k[1].GetDecimal() * 10_000)));
        var schedule = new PiecewiseSchedule([.. knots], Slope.NonIncreasing);
        foreach (var point in golden.GetProperty("expected").EnumerateObject())
        {
            var at = (int)(decimal.Parse(point.Name, CultureInfo.InvariantCulture) * 10_000);
            (schedule.ExactRateAt(at).ToDouble() / 10_000).ShouldBe(point.Value.GetDouble(), 1e-9, point.Name);
            schedule.RateAt(at).ShouldBe((int)Math.Round(point.Value.GetDouble() * 10_000));
        }
    }
}
