using System.Text.Json;
using Minka.Measures.Cohesion;
using Minka.Measures.Dispersion;

namespace Minka.Selection.Tests.Cohesion;

public sealed class ProgrammeCohesionTests
{
    private static readonly CohesionLimits Limits = new()
    {
        MinimumProjects = 3,
        MinimumPlaces = 2,
        MaximumOffAxis = 1_000,
        MinimumProjectAmount = 100_000_00,
        MaximumIsolated = 4_000,
    };

    [Fact]
    public void Measure_OneProject_HasNoCohesion()
    {
        var result = Measure(Project("p1", "cafe", "A", 500_000_00));
        (result.LinkedPairShare, result.MeanSimilarity, result.AmountWeighted, result.Modularity).ShouldBe((null, null, null, null));
        result.Isolated.ShouldBeEmpty();
        result.Largest!.Share.ShouldBe(1);
        result.Findings.Select(f => f.Code).ShouldBe([CohesionFindingCode.TooFewProjects, CohesionFindingCode.OneDistrictOnly]);
    }

    [Fact]
    public void Measure_Nothing_IsUndefinedNotZero()
    {
        var result = Measure();
        (result.AxisHhi, result.Effective, result.OffAxisShare, result.IsolatedShare, result.Largest).ShouldBe((null, null, null, null, null));
        result.Findings.Select(f => f.Code).ShouldBe([CohesionFindingCode.TooFewProjects, CohesionFindingCode.TooFewDistricts]);
        Measure(Project("p1", null, "A", 0), Project("p2", null, "A", 0)).AmountWeighted.ShouldBeNull();
    }

    [Fact]
    public void Measure_WeakProgramme_NamesWhatIsWeak()
    {
        var result = Measure(
            Project("p1", "cafe", "A", 300_000_00),
            Project("p2", "cafe", "A", 50_000_00),
            Project("p3", "turismo", "B", 400_000_00),
            Project("p4", null, "C", 250_000_00));

        result.Isolated.ShouldBe(["p3", "p4"]);
        result.IsolatedShare!.Value.ShouldBe(.65);
        result.Findings.ShouldBe(
        [
            new(CohesionFindingCode.OffAxis, CohesionSeverity.Breach, 6_500, 1_000, ["p3", "p4"]),
            new(CohesionFindingCode.ManySmall, CohesionSeverity.Breach, 1, 100_000_00, ["p2"]),
            new(CohesionFindingCode.IsolatedProjects, CohesionSeverity.Breach, 6_500, 4_000, ["p3", "p4"]),
            new(CohesionFindingCode.Untagged, CohesionSeverity.Advice, 1, null, ["p4"]),
        ], new FindingComparer());
        result.Axes.Select(a => (a.Axis, a.Declared, a.Amount)).ShouldBe([("turismo", false, 400_000_00), ("cafe", true, 350_000_00), (null, false, 250_000_00)]);
        result.OffAxisShare!.Value.ShouldBe(.65);
    }

    [Fact]
    public void Measure_ExactlyAtTheLimit_IsNoBreach()
    {
        CohesionProject[] AtLimit(long off) => [Project("p1", "cafe", "A", 500_000_00), Project("p2", "cafe", "B", 500_000_00 - off), Project("p3", "x", "B", off)];
        Measure(AtLimit(100_000_00)).Findings.Single(f => f.Code == CohesionFindingCode.OffAxis).Severity.ShouldBe(CohesionSeverity.Advice);
        Measure(AtLimit(100_000_01)).Findings.Single(f => f.Code == CohesionFindingCode.OffAxis).ShouldSatisfyAllConditions(
            f => f.Severity.ShouldBe(CohesionSeverity.Breach),
            f => f.Value.ShouldBe(1_001, "a breach never reads as its limit"));
    }

    [Fact]
    public void Measure_SmallProjectOfAConglomerate_IsNotHeldAgainstIt()
    {
        var small = Project("p1", "cafe", "A", 1_00) with { InConglomerate = true };
        Measure(small, Project("p2", "cafe", "A", 300_000_00), Project("p3", "cafe", "B", 300_000_00)).Findings.ShouldBeEmpty();
    }

    [Fact]
    public void Measure_PrecedenceAlone_IsATie()
    {
        var result = Measure(Project("p1", "cafe", "A", 1), Project("p2", "via", "B", 1) with { After = ["p1"] }, Project("p3", "riego", "C", 1));
        result.Pairs.Where(p => p.Linked).Select(p => (p.First, p.Second, p.Similarity)).ShouldBe([("p1", "p2", .2)]);
        result.Components.Select(c => c.Projects.Count).ShouldBe([2, 1]);
    }

    [Fact]
    public void Measure_AnyOrder_GivesTheSameResult()
    {
        CohesionProject[] projects = [Project("p1", "cafe", "A", 10), Project("p2", "cafe", "B", 20), Project("p3", "x", "B", 30)];
        JsonSerializer.Serialize(Measure(projects)).ShouldBe(JsonSerializer.Serialize(Measure([.. projects.Reverse()])));
    }

    [Fact]
    public void Measure_SumsOfOneWalk_AreThoseOfThePairs()
    {
        var random = new Random(7);
        for (var round = 0; round < 60; round++)
        {
            string? Any(params string?[] of) => of[random.Next(of.Length)];
            CohesionProject[] projects = [.. Enumerable.Range(1, random.Next(0, 12)).Select(i => new CohesionProject
            {
                Id = $"p{i}",
                Axis = Any("cafe", "via", null),
                Chain = Any("cafe", "queso", null, null),
                Places = [.. new[] { "A", "B", "C", "D" }.Where(_ => random.Next(3) == 0)],
                Beneficiaries = [.. new[] { "X", "Y" }.Where(_ => random.Next(4) == 0)],
                After = random.Next(4) == 0 ? [$"p{random.Next(1, 14)}"] : [],
                Amount = random.Next(0, 3) * 1_000_00,
            })];
            var result = Measure(projects);
            var amounts = projects.ToDictionary(p => p.Id, p => (double)p.Amount);
            var linked = result.Pairs.Where(p => p.Linked).ToList();
            (result.PairCount, result.LinkedPairs).ShouldBe((result.Pairs.Count, linked.Count));
            result.SimilaritySum.ShouldBe(result.Pairs.Sum(p => p.Similarity), 1e-12);
            result.WeightSum.ShouldBe(result.Pairs.Sum(p => amounts[p.First] * amounts[p.Second]), 1e-3);
            result.WeightedSum.ShouldBe(result.Pairs.Sum(p => amounts[p.First] * amounts[p.Second] * p.Similarity), 1e-3);
            result.Isolated.ShouldBe(projects.Length < 2 ? [] : projects.Select(p => p.Id).Where(id => linked.All(l => l.First != id && l.Second != id)).Order(StringComparer.Ordinal));
            string[] ids = [.. projects.Select(p => p.Id)];
            int[] communities = [.. projects.Select((p, i) => p.Axis switch { "cafe" => 0, "via" => 1, _ => 2 + i })];
            result.Modularity.ShouldBe(Modularity.Of([.. linked.Select(l => (Array.IndexOf(ids, l.First), Array.IndexOf(ids, l.Second)))], communities));
        }
    }

    [Fact]
    public void Measure_FaultyInput_IsRefused()
    {
        Should.Throw<ArgumentException>(() => Measure(Project("p1", "a", "A", 1), Project("p1", "a", "A", 1)));
        Should.Throw<ArgumentException>(() => Measure(Project("p1", "a", "A", -1)));
        Should.Throw<ArgumentException>(() => ProgrammeCohesion.Measure(new CohesionInput { Projects = [], DeclaredAxes = [], Weights = new(1, 1, 1, 1, 1) }));
    }

    [Fact]
    public void Modularity_TwoTrianglesAndABridge_IsFiveFourteenths()
    {
        Modularity.Of([(0, 1), (1, 2), (0, 2), (3, 4), (4, 5), (3, 5), (2, 3)], [0, 0, 0, 1, 1, 1]).ShouldBe(5.0 / 14);
        Modularity.Of([], [0, 1]).ShouldBeNull();
        Should.Throw<ArgumentException>(() => Modularity.Of([(0, 2)], [0, 1]));
    }

    [Fact]
    public void SizeBands_Limits_BelongAsPeruvianPracticeSays()
    {
        var bands = SizeBands.Of([99_999_99, 100_000_00, 999_999_99, 1_000_000_00, 10_000_000_00, 10_000_000_01], SizeBands.PeruLimits);
        bands.Select(b => b.Count).ShouldBe([1, 2, 2, 1]);
        Should.Throw<ArgumentException>(() => SizeBands.Of([], [1, 1]));
        SizeBands.Of([], SizeBands.PeruLimits).ShouldAllBe(b => b.CountShare == null && b.AmountShare == null);
    }

    [SharedFact]
    public void Measure_Golden_Pairs4()
    {
        var golden = Shared.Golden("cohesion.json", "pairs4");
        var projects = golden.GetProperty("input").EnumerateObject().Select(p => new CohesionProject
        {
            Id = p.Name,
            Axis = p.Value.GetProperty("axis").GetString(),
            Chain = p.Value.GetProperty("chain").GetString(),
            Places = Texts(p.Value.GetProperty("terr")),
            Beneficiaries = Texts(p.Value.GetProperty("ben")),
            Amount = p.Value.GetProperty("amount").GetInt64(),
        });
        var result = ProgrammeCohesion.Measure(new CohesionInput
        {
            Projects = [.. projects],
            DeclaredAxes = ["cafe"],
            Weights = new SimilarityWeights(2_500, 2_500, 2_500, 2_500, 0),
        });
        var expected = golden.GetProperty("expected");

        foreach (var pair in result.Pairs)
            pair.Similarity.ShouldBe(expected.GetProperty("pair_similarity").GetProperty($"{pair.First}-{pair.Second}").GetDouble(), 1e-9);
        result.Pairs.Count.ShouldBe(6);
        result.LinkedPairShare!.Value.ShouldBe(expected.GetProperty("linked_pair_share").GetDouble(), 1e-9);
        result.MeanSimilarity!.Value.ShouldBe(expected.GetProperty("mean_similarity").GetDouble(), 1e-9);
        result.AmountWeighted!.Value.ShouldBe(expected.GetProperty("amount_weighted").GetDouble(), 1e-9);
        result.Isolated.ShouldBe(["p4"]);
        result.IsolatedShare.ShouldBe(.4);
        result.Largest!.Projects.ShouldBe(["p1", "p2", "p3"]);
    }

    [SharedFact]
    public void Modularity_Golden_TwoTriangles()
    {
        var golden = Shared.Golden("cohesion.json", "modularity_two_triangles");
        var edges = golden.GetProperty("input").GetProperty("edges").EnumerateArray().Select(e => (e[0].GetInt32(), e[1].GetInt32())).ToList();
        var communities = golden.GetProperty("input").GetProperty("communities").EnumerateArray().Select(c => c.GetInt32()).ToList();
        Modularity.Of(edges, communities)!.Value.ShouldBe(golden.GetProperty("expected").GetProperty("Q").GetDouble(), 1e-9);
    }

    [SharedFact]
    public void Concentration_Golden_Fragmentation()
    {
        foreach (var id in new[] { "equal4", "uneven5", "single", "with_zero" })
        {
            var golden = Shared.Golden("fragmentation.json", id);
            long[] amounts = [.. golden.GetProperty("input").EnumerateArray().Select(x => x.GetInt64())];
            var expected = golden.GetProperty("expected");
            Concentration.Hhi(amounts)!.Value.ShouldBe(expected.GetProperty("hhi").GetDouble(), 1e-9, id);
            Concentration.Shannon(amounts)!.Value.ShouldBe(expected.GetProperty("shannon_nats").GetDouble(), 1e-9, id);
            Concentration.EffectiveNumber(amounts)!.Value.ShouldBe(expected.GetProperty("eff_number_q1").GetDouble(), 1e-9, id);
        }

        var chain = Shared.Golden("fragmentation.json", "shannon_chain_rule");
        var parts = Concentration.EffectiveNumbersOf([.. chain.GetProperty("input").EnumerateObject()
            .Select(g => g.Value.EnumerateArray().Select(x => x.GetInt64()).ToList())])!;
        parts.All.ShouldBe(chain.GetProperty("expected").GetProperty("eff_number").GetDouble(), 1e-9);
        parts.Groups.ShouldBe(chain.GetProperty("expected").GetProperty("eff_groups").GetDouble(), 1e-9);
        parts.PerGroup.ShouldBe(chain.GetProperty("expected").GetProperty("eff_per_group").GetDouble(), 1e-9);

        var bands = Shared.Golden("fragmentation.json", "ipe_bands");
        var result = SizeBands.Of([.. bands.GetProperty("input").EnumerateArray().Select(x => x.GetInt64() * 100)], SizeBands.PeruLimits);
        (result[0].CountShare + result[1].CountShare)!.Value.ShouldBe(bands.GetProperty("expected").GetProperty("atomisation_count_share_lt_1M").GetDouble(), 1e-9);
        (result[0].AmountShare + result[1].AmountShare)!.Value.ShouldBe(bands.GetProperty("expected").GetProperty("amount_share_lt_1M").GetDouble(), 1e-9);
        result[0].CountShare!.Value.ShouldBe(bands.GetProperty("expected").GetProperty("share_lt_100k").GetDouble(), 1e-9);
        result[2].CountShare!.Value.ShouldBe(bands.GetProperty("expected").GetProperty("medium_1M_10M").GetDouble(), 1e-9);
        result[3].CountShare!.Value.ShouldBe(bands.GetProperty("expected").GetProperty("large_gt_10M").GetDouble(), 1e-9);
    }

    private static List<string> Texts(JsonElement list) => [.. list.EnumerateArray().Select(x => x.GetString()!)];

    private static CohesionProject Project(string id, string? axis, string place, long amount) =>
        new() { Id = id, Axis = axis, Places = [place], Amount = amount };

    private static CohesionResult Measure(params CohesionProject[] projects) =>
        ProgrammeCohesion.Measure(new CohesionInput { Projects = projects, DeclaredAxes = ["cafe"], Limits = Limits });

    private sealed class FindingComparer : IEqualityComparer<CohesionFinding>
    {
        public bool Equals(CohesionFinding? x, CohesionFinding? y) =>
            x! with { Projects = [] } == y! with { Projects = [] } && x.Projects.SequenceEqual(y.Projects);

        public int GetHashCode(CohesionFinding obj) => obj.Code.GetHashCode();
    }
}
