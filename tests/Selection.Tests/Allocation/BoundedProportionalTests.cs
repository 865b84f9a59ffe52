using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Minka.Selection.Allocation;
using Minka.Selection.Exact;

namespace Minka.Selection.Tests.Allocation;

public sealed class BoundedProportionalTests
{
    [Fact]
    public void Share_FloorAndCeiling_GivesTheExactSharesOfTheTextbookCase()
    {
        var result = BoundedProportional.Share(1000, [new("a", 50, 100, 400), new("b", 30, 100, 400), new("c", 15, 100, 400), new("d", 5, 100, 400)]);

        result.Multiplier.ToString().ShouldBe("100/9");
        result.Shares.Select(s => s.Exact.ToString()).ShouldBe(["400", "1000/3", "500/3", "100"]);
        result.Shares.Select(s => s.Amount).ShouldBe([400, 333, 167, 100]);
        result.Shares.Select(s => s.Bound).ShouldBe([Bound.Ceiling, Bound.None, Bound.None, Bound.Floor]);
        result.Shares.Select(s => s.RoundedUp).ShouldBe([false, false, true, false]);
    }

    [Fact]
    public void Share_EqualRemainders_GoToTheGreaterWeightThenToTheCode()
    {
        BoundedProportional.Share(1, [new("b", 1), new("a", 1)]).Shares.Select(s => s.Amount).ShouldBe([0, 1]);
        BoundedProportional.Share(2, [new("a", 1), new("b", 3)]).Shares.Select(s => s.Amount).ShouldBe([0, 2]);
    }

    [Theory]
    [InlineData(99, Infeasibility.FloorsExceedTotal, "100")]
    [InlineData(301, Infeasibility.CeilingsBelowTotal, "300")]
    public void Share_OutsideTheLimits_IsRefusedWithTheReason(long total, Infeasibility reason, string limit)
    {
        var refused = Should.Throw<InfeasibleAllocationException>(() => BoundedProportional.Share(total, [new("a", 1, 60, 200), new("b", 2, 40, 100)]));
        refused.Reason.ShouldBe(reason);
        refused.Total.ShouldBe(total);
        refused.Limit.ToString().ShouldBe(limit);
    }

    [Fact]
    public void Share_ImpossibleWeights_AreRefusedWithTheReason()
    {
        Should.Throw<InfeasibleAllocationException>(() => BoundedProportional.Share(1, [new("a", 0), new("b", 0)])).Reason.ShouldBe(Infeasibility.NoWeight);
        Should.Throw<InfeasibleAllocationException>(() => BoundedProportional.Share(11, [new("a", 1, 0, 10), new("b", 0)])).Reason.ShouldBe(Infeasibility.WeightsCannotReachTotal);
        var crossed = Should.Throw<InfeasibleAllocationException>(() => BoundedProportional.Share(11, [new("a", 1, 5, 4)]));
        (crossed.Reason, crossed.Code).ShouldBe((Infeasibility.FloorAboveCeiling, "a"));
        Should.Throw<ArgumentException>(() => BoundedProportional.Share(1, [new("a", 1), new("a", 1)]));
        Should.Throw<ArgumentException>(() => BoundedProportional.Share(-1, [new("a", 1)]));
        Should.Throw<ArgumentException>(() => BoundedProportional.Share(1, [new("a", -1)]));
    }

    [Fact]
    public void Share_AtItsLimits_IsFeasible()
    {
        BoundedProportional.Share(100, [new("a", 1, 60, 200), new("b", 2, 40, 100)]).Shares.Select(s => s.Amount).ShouldBe([60, 40]);
        BoundedProportional.Share(300, [new("a", 1, 60, 200), new("b", 2, 40, 100)]).Shares.Select(s => s.Amount).ShouldBe([200, 100]);
        BoundedProportional.Share(0, []).Shares.ShouldBeEmpty();
        BoundedProportional.Share(long.MaxValue, [new("a", 1), new("b", 1), new("c", 1)]).Shares.Sum(s => s.Amount).ShouldBe(long.MaxValue);
    }

    [Fact]
    public void Share_AnyFeasibleCase_IsTheClampedProportionAndAddsUp()
    {
        var claims = from weight in Gen.Choose(0, 50)
                     from floor in Gen.Choose(0, 20)
                     from room in Gen.Choose(-5, 60)
                     select (weight, floor, ceiling: room < 0 ? (long?)null : floor + room);
        var cases = from list in claims.NonEmptyListOf() from total in Gen.Choose(0, 400) select (list, total);
        var feasible = 0;

        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            Claim[] input = [.. c.list.Select((x, i) => new Claim(i.ToString("D3", CultureInfo.InvariantCulture), x.weight, x.floor, x.ceiling))];
            BoundedAllocation result;
            try
            {
                result = BoundedProportional.Share(c.total, input);
            }
            catch (InfeasibleAllocationException)
            {
                var reach = input.Sum(x => x.Weight.Sign > 0 ? x.Ceiling ?? 10_000 : x.Floor);
                return c.total < input.Sum(x => x.Floor) || c.total > reach;
            }

            feasible++;
            var exact = result.Shares.Aggregate(Fraction.Zero, (sum, s) => sum + s.Exact);
            var reversed = BoundedProportional.Share(c.total, [.. input.Reverse()]);
            return exact == c.total
                && result.Shares.Sum(s => s.Amount) == c.total
                && result.Shares.Zip(input).All(p =>
                    p.First.Exact == Clamp(result.Multiplier * p.Second.Weight, p.Second)
                    && p.First.Amount >= p.Second.Floor && !(p.First.Amount > p.Second.Ceiling)
                    && Fraction.Max(p.First.Exact - p.First.Amount, p.First.Amount - p.First.Exact) < 1)
                && reversed.Shares.Reverse().SequenceEqual(result.Shares);
        }).QuickCheckThrowOnFailure();
        feasible.ShouldBeGreaterThan(10);

        static Fraction Clamp(Fraction value, Claim claim)
        {
            var raised = value < claim.Floor ? claim.Floor : value;
            return raised > (claim.Ceiling ?? long.MaxValue) ? claim.Ceiling!.Value : raised;
        }
    }

    [SharedFact]
    public void Share_Golden_Waterfill()
    {
        var golden = Shared.Golden("envelope.json", "waterfill_floor_cap");
        var input = golden.GetProperty("input");
        var claims = input.GetProperty("weights").EnumerateArray()
            .Select((w, i) => new Claim(i.ToString("D3", CultureInfo.InvariantCulture), w.GetInt64(), input.GetProperty("floor").GetInt64(), input.GetProperty("cap").GetInt64()));
        var result = BoundedProportional.Share(input.GetProperty("budget").GetInt64(), [.. claims]);

        result.Multiplier.ToString().ShouldBe(golden.GetProperty("expected").GetProperty("lam").GetString());
        result.Shares.Select(s => s.Exact.ToString()).ShouldBe(golden.GetProperty("expected").GetProperty("x").EnumerateArray().Select(x => x.GetString()!));
    }

    [SharedFact]
    public void Share_Golden_PopulationByPoverty()
    {
        var golden = Shared.Golden("envelope.json", "pop_x_poverty");
        var input = golden.GetProperty("input");
        var weights = input.GetProperty("pop").EnumerateArray().Zip(input.GetProperty("poverty").EnumerateArray(), (pop, poverty) =>
            TerritoryWeight.Of(new WeightFactor(pop.GetInt64(), 1), new WeightFactor(new Fraction((int)(poverty.GetDecimal() * 100), 100), 1))).ToList();
        var result = BoundedProportional.Share(
            input.GetProperty("budget").GetInt64(), [.. weights.Select((w, i) => new Claim(i.ToString("D3", CultureInfo.InvariantCulture), w))]);

        weights.Select(w => w.ToDouble()).ShouldBe(golden.GetProperty("expected").GetProperty("weights").EnumerateArray().Select(x => x.GetDouble()));
        result.Shares.Select(s => s.Amount).ShouldBe(golden.GetProperty("expected").GetProperty("largest_remainder").EnumerateArray().Select(x => x.GetInt64()));
    }
}
