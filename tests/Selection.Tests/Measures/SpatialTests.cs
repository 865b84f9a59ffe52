using Minka.Measures.Spatial;

namespace Minka.Selection.Tests.Measures;

public sealed class SpatialTests
{
    // goldens/methods/r_reference.json, lattice: a rook's 4×4 board, computed by R's spdep.
    private static readonly double[] Board = [1, 2, 3, 4, 2, 3, 4, 5, 3, 4, 8, 9, 4, 5, 9, 12];

    private static Neighbours Rook(int side) => new([.. Enumerable.Range(0, side * side).Select(i => (IReadOnlyCollection<int>)[.. new[] { (i / side) - 1, (i / side) + 1 }
        .Where(r => r >= 0 && r < side).Select(r => (r * side) + (i % side)).Concat(new[] { (i % side) - 1, (i % side) + 1 }.Where(c => c >= 0 && c < side).Select(c => (i / side * side) + c))])]);

    [Fact]
    public void Moran_Board_IsThatOfR()
    {
        var moran = SpatialAutocorrelation.Moran(Board, Rook(4))!;
        moran.I.ShouldBe(0.715563506261181, 1e-13);
        moran.Expected.ShouldBe(-1.0 / 15, 1e-15);
        moran.VarianceRandomised!.Value.ShouldBe(0.0337896277085099, 1e-13);
        moran.VarianceNormal.ShouldBe(0.0348393246187363, 1e-13);
        (moran.PRandomised!.Value / 1.04326515403194e-05).ShouldBe(1, 1e-9);
        SpatialAutocorrelation.Moran(Board, Rook(4), WeightStyle.Binary)!.I.ShouldBe(0.636255217650566, 1e-13);
        SpatialAutocorrelation.Geary(Board, Rook(4))!.Value.ShouldBe(0.215787119856887, 1e-13);
        SpatialAutocorrelation.LocalGStar(Board, Rook(4))!.Max()!.Value.ShouldBe(3.2263578367257, 1e-12);
        SpatialAutocorrelation.MoranPermuted(Board, Rook(4), 999, 1).ShouldBe(0.001);
    }

    [Fact]
    public void Moran_Moments_AreThoseOfAllPermutations()
    {
        double[] x = [3, 1, 4, 1, 5];
        var ring = new Neighbours([[1], [0, 2], [1, 3], [2, 4], [3, 0]]);
        double[] all = [.. Permutations(x).Select(p => SpatialAutocorrelation.Moran(p, ring)!.I)];
        var moran = SpatialAutocorrelation.Moran(x, ring)!;
        all.Average().ShouldBe(moran.Expected, 1e-12);
        all.Average(i => (i - moran.Expected) * (i - moran.Expected)).ShouldBe(moran.VarianceRandomised!.Value, 1e-12);
    }

    [Fact]
    public void LocalMoran_OverAllPlaces_AddsUpToMoran()
    {
        var local = SpatialAutocorrelation.LocalMoran(Board, Rook(4))!;
        local.Average(l => l!.I).ShouldBe(SpatialAutocorrelation.Moran(Board, Rook(4))!.I, 1e-12);
        local[0]!.Quadrant.ShouldBe(Quadrant.LowLow);
        local[15]!.Quadrant.ShouldBe(Quadrant.HighHigh);
        local[15]!.Z!.Value.ShouldBe(2.82601145822902, 1e-12);
        var p = SpatialAutocorrelation.LocalMoranPermuted(Board, Rook(4), 999, 1)!;
        p[15]!.Value.ShouldBeLessThan(0.05);
        p.ShouldAllBe(v => v >= 0.001 && v <= 0.6);
    }

    [Fact]
    public void IslandsAndEqualValues_HaveNoFigure()
    {
        var neighbours = new Neighbours([[1], [0, 2], [1], []]);
        neighbours.Islands.ShouldBe([3]);
        SpatialAutocorrelation.LocalMoran([1, 2, 3, 4], neighbours)![3].ShouldBeNull();
        SpatialAutocorrelation.LocalGStar([1, 2, 3, 4], neighbours)![3].ShouldBeNull();
        SpatialAutocorrelation.LocalG([1, 2, 3, 4], neighbours)![3].ShouldBeNull();
        SpatialAutocorrelation.Moran([1, 2, 3, 4], neighbours)!.Expected.ShouldBe(-0.5);
        SpatialAutocorrelation.Moran([5, 5, 5, 5], neighbours).ShouldBeNull();
        SpatialAutocorrelation.LocalGStar([5, 5, 5, 5], neighbours).ShouldBeNull();
        SpatialAutocorrelation.Geary([5, 5, 5, 5], neighbours).ShouldBeNull();
        SpatialAutocorrelation.Moran([1, 2], new Neighbours([[], []])).ShouldBeNull();
        Should.Throw<ArgumentException>(() => new Neighbours([[0]]));
        Should.Throw<ArgumentException>(() => SpatialAutocorrelation.Moran([1, double.NaN, 3, 4], neighbours));
        Should.Throw<ArgumentException>(() => SpatialAutocorrelation.GlobalG([1, -2, 3, 4], neighbours));
    }

    // Benjamini and Hochberg (1995), the fifteen p of their table 1 at 0.05: four hold.
    [Fact]
    public void Discoveries_PublishedExample_FourHold()
    {
        double?[] p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0];
        SpatialAutocorrelation.Discoveries(p, 0.05).Count(h => h).ShouldBe(4);
        SpatialAutocorrelation.Discoveries([null, 0.04, null], 0.05).ShouldBe([false, true, false]);
        SpatialAutocorrelation.Discoveries([], 0.05).ShouldBeEmpty();
    }

    [Fact]
    public void SmoothedRates_SmallPlaces_MoveMost()
    {
        var smooth = SpatialAutocorrelation.SmoothedRates([10, 100, 300, 900], [10, 1_000, 1_000, 1_000]);
        var whole = 1_310.0 / 3_010;
        (smooth[0] < 1 && smooth[0] > whole).ShouldBeTrue();
        (Math.Abs(smooth[0] - 1) > Math.Abs(smooth[3] - 0.9)).ShouldBeTrue();
        SpatialAutocorrelation.SmoothedRates([5, 5], [10, 10]).ShouldBe([0.5, 0.5]);
    }

    private static IEnumerable<double[]> Permutations(double[] x) =>
        x.Length <= 1 ? [x] : x.SelectMany((v, i) => Permutations([.. x.Where((_, j) => j != i)]).Select(p => new[] { v }.Concat(p).ToArray()));
}
