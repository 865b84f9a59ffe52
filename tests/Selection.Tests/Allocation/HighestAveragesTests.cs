using System.Globalization;
using System.Text.Json;
using Minka.Selection.Allocation;

namespace Minka.Selection.Tests.Allocation;

public sealed class HighestAveragesTests
{
    [Fact]
    public void Assign_OneMorePlace_NeverCostsAPlace()
    {
        Assign([6, 6, 2], 10, DivisorSeries.SainteLague).ShouldBe([5, 4, 1]);
        Assign([6, 6, 2], 11, DivisorSeries.SainteLague).ShouldBe([5, 5, 1]);
        BoundedProportional.Share(10, Claims([6, 6, 2])).Shares.Select(s => s.Amount).ShouldBe([4, 4, 2]);
        BoundedProportional.Share(11, Claims([6, 6, 2])).Shares.Select(s => s.Amount).ShouldBe([5, 5, 1]);
    }

    [Fact]
    public void Assign_FloorsAndCeilings_AreKept()
    {
        var result = HighestAverages.Assign(10, [new("a", 90, 0, 6), new("b", 9), new("c", 1, 2)]);
        result.Counts.Select(c => c.Count).ShouldBe([6, 2, 2]);
        result.Order.Count.ShouldBe(10);
        Should.Throw<InfeasibleAllocationException>(() => HighestAverages.Assign(3, [new("a", 1, 0, 2)])).Reason.ShouldBe(Infeasibility.CeilingsBelowTotal);
        Should.Throw<InfeasibleAllocationException>(() => HighestAverages.Assign(1, [new("a", 1, 2)])).Reason.ShouldBe(Infeasibility.FloorsExceedTotal);
        Should.Throw<InfeasibleAllocationException>(() => HighestAverages.Assign(1, [new("a", 0)])).Reason.ShouldBe(Infeasibility.NoWeight);
    }

    [SharedFact]
    public void Assign_Golden_Apportionment()
    {
        foreach (var id in new[] { "wiki_10seats", "seats7" })
        {
            var golden = Shared.Golden("apportionment.json", id);
            var weights = Numbers(golden.GetProperty("input").GetProperty("weights"));
            var seats = golden.GetProperty("input").GetProperty("seats").GetInt32();
            var expected = golden.GetProperty("expected");
            BoundedProportional.Share(seats, Claims(weights)).Shares.Select(s => s.Amount).ShouldBe(Numbers(expected.GetProperty("largest_remainder_hare")), id);
            Assign(weights, seats, DivisorSeries.SainteLague).ShouldBe(Numbers(expected.GetProperty("sainte_lague")), id);
            Assign(weights, seats, DivisorSeries.DHondt).ShouldBe(Numbers(expected.GetProperty("dhondt")), id);
        }

        var paradox = Shared.Golden("apportionment.json", "alabama_paradox");
        var paradoxWeights = Claims(Numbers(paradox.GetProperty("input").GetProperty("weights")));
        foreach (var seats in new[] { 10, 11 })
        {
            BoundedProportional.Share(seats, paradoxWeights).Shares.Select(s => s.Amount)
                .ShouldBe(Numbers(paradox.GetProperty("expected").GetProperty($"seats{seats}")));
        }
    }

    private static long[] Numbers(JsonElement list) => [.. list.EnumerateArray().Select(x => x.GetInt64())];

    private static Claim[] Claims(long[] weights) => [.. weights.Select((w, i) => new Claim(i.ToString("D3", CultureInfo.InvariantCulture), w))];

    private static long[] Assign(long[] weights, int seats, DivisorSeries series) =>
        [.. HighestAverages.Assign(seats, Claims(weights), series).Counts.Select(c => (long)c.Count)];
}
