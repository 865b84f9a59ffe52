using Minka.Measures.Bundling;
using Minka.Measures.Dispersion;
using Minka.Measures.Numerics;
using Minka.Measures.Text;

namespace Minka.Selection.Tests.Measures;

public sealed class BundlingTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 60)];

    private static readonly WorkWords Words = new(
        new HashSet<string> { "mejoramiento", "creacion", "construccion", "servicio", "sistema" }, new HashSet<string> { "en", "distrito", "localidad", "caserio" });

    private static readonly BundleLimits Limits = new() { LeastLikeness = 0.5, MostRatio = 3, FewestProjects = 3, MostProjects = 30, MostPlaces = 3, MostAmount = 1_000_000_000, MostKilometres = 30 };

    private static readonly Dictionary<string, IReadOnlyCollection<string>> Line = new() { ["D1"] = ["D2"], ["D2"] = ["D3"], ["D3"] = ["D4"] };

    [Theory]
    [InlineData("MEJORAMIENTO DEL CANAL DE RIEGO EN EL CASERÍO EL PALTO, DISTRITO DE CHILETE", "canal riego")]
    [InlineData("CREACIÓN DEL SERVICIO DE AGUA POTABLE Y DISPOSICIÓN SANITARIA DE EXCRETAS EN LA LOCALIDAD DE X", "agua potable disposición sanitaria excretas")]
    [InlineData("CONSTRUCCION DE PUENTE; EN EL(LA) VIA VECINAL PA-686", "puente")]
    [InlineData("EN LA LOCALIDAD DE TRINIDAD, CANALES", "trinidad canales")]
    [InlineData("MEJORAMIENTO DEL CAMINO VECINAL PA-669 DEL DISTRITO DE OXAPAMPA", "camino vecinal")]
    [InlineData("MEJORAMIENTO DEL SISTEMA", "")]
    [InlineData("", "")]
    public void ObjectOf_Title_IsWhatIsBuilt(string title, string thing) =>
        string.Join(' ', WorkTitle.ObjectOf(title, Words).Select(w => w.Written)).ShouldBe(thing);

    [Fact]
    public void Find_CanalsAmongOtherWorks_AreOneBundleWithItsReasons()
    {
        var found = Find(
            Project("1", "MEJORAMIENTO DEL CANAL DE RIEGO EN EL CASERIO A", 100_000, "D1"),
            Project("2", "CREACION DEL CANAL DE RIEGO EN EL CASERIO B", 150_000, "D2"),
            Project("3", "CONSTRUCCION DE CANALES DE RIEGO EN EL CASERIO C", 200_000, "D1"),
            Project("4", "MEJORAMIENTO DEL CANAL DE RIEGO EN EL CASERIO E", 110_000, "D4"),      // too far
            Project("5", "MEJORAMIENTO DEL CANAL DE RIEGO EN EL CASERIO F", 1_000_000, "D1"),    // too large beside the others
            Project("6", "CONSTRUCCION DE PUENTE EN EL CASERIO A", 100_000, "D1"),               // another thing
            Project("7", "MEJORAMIENTO DEL CANAL DE RIEGO EN EL CASERIO G", 120_000, "D1") with { Function = "OTRA" },
            Project("8", "CANAL DE RIEGO", 0, "D1"), Project("9", "CANAL DE RIEGO", 20_000_000, "D1"), Project("10", "CANAL DE RIEGO", 100_000), Project("11", "MEJORAMIENTO DEL SISTEMA", 100_000, "D1"));

        var bundle = found.Bundles.ShouldHaveSingleItem();
        bundle.Members.Select(m => m.Project.Code).ShouldBe(["1", "2", "3"]);
        bundle.Words.ShouldBe(["canal", "riego"]);
        bundle.Places.ShouldBe(["D1", "D2"]);
        (bundle.Amount, bundle.Least, bundle.Largest).ShouldBe((450_000_00, 100_000_00, 200_000_00));
        bundle.Members[1].ShouldSatisfyAllConditions(
            m => m.Likeness.ShouldBe(1, 1e-9), m => m.SizeRatio.ShouldBe(1.5), m => m.Nearness.ShouldBe(Nearness.NextDistrict), m => m.Shared.Order().ShouldBe(["canal", "riego"]), m => m.Kilometres.ShouldBeNull());
        bundle.Members[2].Nearness.ShouldBe(Nearness.SameDistrict);
        (found.Considered, found.WithoutAmount, found.TooLarge, found.WithoutPlace, found.WithoutObject).ShouldBe((7, 1, 1, 1, 1));
    }

    [Fact]
    public void Find_KnownPoints_TooFarApart_AreNotTogether()
    {
        // A degree of latitude is 111.2 km.
        var near = Enumerable.Range(0, 4).Select(i => Project($"{i}", "CANAL DE RIEGO", 100_000, "D1") with { Point = (-7 - (i * 0.05), -79) }).ToArray();
        var bundle = Find(near).Bundles.ShouldHaveSingleItem();
        bundle.Members.Max(m => m.Kilometres)!.Value.ShouldBe(111.195 * 0.15, 0.01);
        near[3] = near[3] with { Point = (-9, -79) };
        Find(near).Bundles.ShouldHaveSingleItem().Members.Count.ShouldBe(3);
    }

    [Fact]
    public void Find_ChainOfLikeness_DoesNotGrowBeyondTheCentre()
    {
        // Costs rise by 2.5: each is within three times of the next, and of no other.
        var chain = Enumerable.Range(0, 7).Select(i => Project($"{i}", "CANAL DE RIEGO", (long)(10_000 * Math.Pow(2.5, i)), "D1")).ToArray();
        foreach (var bundle in Find(chain).Bundles)
        {
            bundle.Members.ShouldAllBe(m => m.SizeRatio <= 3);
            bundle.Members.Count.ShouldBe(3);
        }
    }

    [Fact]
    public void Find_TooManyDistricts_KeepsThoseWithMostTies()
    {
        var star = new Dictionary<string, IReadOnlyCollection<string>> { ["D0"] = ["D1", "D2", "D3", "D4"] };
        BundleProject[] projects = [Project("0", "CANAL DE RIEGO", 100_000, "D0"), .. new[] { 1, 2, 2, 3, 4, 4, 4 }.Select((d, i) => Project($"1{i}", "CANAL DE RIEGO", 100_000, $"D{d}"))];
        var bundle = ProjectBundles.Find(projects, Limits, Words, star).Bundles[0];
        bundle.Places.ShouldBe(["D0", "D2", "D4"]);
        bundle.Members.Count.ShouldBe(6);
    }

    [Fact]
    public void Find_MoreThanTheMost_FormsASecondBundle()
    {
        var found = ProjectBundles.Find([.. Enumerable.Range(0, 9).Select(i => Project($"{i}", "CANAL DE RIEGO", 100_000, "D1"))], Limits with { MostProjects = 5 }, Words, Line);
        found.Bundles.Select(b => b.Members.Count).ShouldBe([5, 4]);
        found.Bundles.Select(b => b.Centre.Code).ShouldBe(["0", "5"]);
    }

    [Fact]
    public void Find_BadInput_IsRefused()
    {
        Should.Throw<ArgumentException>(() => Find(Project("1", "A", 1, "D1"), Project("1", "B", 1, "D1")));
        Should.Throw<ArgumentOutOfRangeException>(() => ProjectBundles.Find([], Limits with { LeastLikeness = 0 }, Words, Line));
        Should.Throw<ArgumentOutOfRangeException>(() => ProjectBundles.Find([], Limits with { MostRatio = 0.5 }, Words, Line));
        Should.Throw<ArgumentOutOfRangeException>(() => ProjectBundles.Find([], Limits with { FewestProjects = 1 }, Words, Line));
        Find().Bundles.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Find_DrawnProjects_IsTheGreedyStarCoverTriedPairByPair(int seed)
    {
        var projects = Drawn(seed, 40);
        var found = ProjectBundles.Find(projects, Limits, Words, Line);

        found.Bundles.Select(b => string.Join(' ', b.Members.Select(m => m.Project.Code))).Order().ShouldBe(BruteForce(projects).Order());
        // In any order the same.
        var random = new SeededDraws(seed);
        ProjectBundles.Find([.. projects.Select(p => (p, At: random.Unit())).OrderBy(p => p.At).Select(p => p.p)], Limits, Words, Line).Bundles.Select(b => string.Join(' ', b.Members.Select(m => m.Project.Code)))
            .ShouldBe(found.Bundles.Select(b => string.Join(' ', b.Members.Select(m => m.Project.Code))));
        var all = found.Bundles.SelectMany(b => b.Members).ToList();
        all.Select(m => m.Project.Code).Distinct().Count().ShouldBe(all.Count);
        foreach (var bundle in found.Bundles)
        {
            bundle.Members.Count.ShouldBeInRange(Limits.FewestProjects, Limits.MostProjects);
            bundle.Places.Count.ShouldBeLessThanOrEqualTo(Math.Max(Limits.MostPlaces, bundle.Centre.Places.Count));
            bundle.Members.ShouldAllBe(m => m.Project.Function == bundle.Function && m.SizeRatio <= Limits.MostRatio && m.Likeness >= Limits.LeastLikeness - 1e-6);
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Panel_DrawnPortfolio_IsThatOfTheMeasuresAndOfEveryPair(int seed)
    {
        var random = new SeededDraws(seed);
        PortfolioItem[] items = [.. Enumerable.Range(0, 2 + random.Below(28)).Select(_ => new PortfolioItem(
            random.Below(20_000_000) / 100m, random.Below(5) == 0 ? null : $"F{random.Below(3)}", [.. Enumerable.Range(0, random.Below(4)).Select(_ => $"D{random.Below(6)}").Distinct()])), new(5, "F9", [])];
        var panel = PortfolioPanel.Of(items);
        var d = AmountDispersion.Of([.. items.Select(i => i.Amount)]);

        (panel.Count, panel.Total).ShouldBe((items.Length, d.Total));
        panel["median"].ShouldBe(d.Median);
        panel["hhi"].ShouldBe(d.Hhi);
        panel["gini_population"].ShouldBe(d.Gini);
        panel["size_weighted_mean"].ShouldBe(d.SizeWeightedMean);
        (panel["eff_axes"] * panel["eff_projects_per_axis"])!.Value.ShouldBe(d.EffectiveNumber!.Value, 1e-9);
        bool Linked(PortfolioItem a, PortfolioItem b) => (a.Function is not null && a.Function == b.Function) || a.Places.Intersect(b.Places).Any();
        var pairs = items.SelectMany((a, i) => items.Skip(i + 1).Select(b => Linked(a, b))).ToList();
        panel["linked_pair_share"]!.Value.ShouldBe((double)pairs.Count(l => l) / pairs.Count, 1e-12);
        panel["isolated_amount_share"]!.Value.ShouldBe((double)(items.Where((a, i) => !items.Where((_, j) => j != i).Any(b => Linked(a, b))).Sum(i => i.Amount) / d.Total), 1e-12);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void After_Bundles_KeepTheMoneyAndTheFewerItems(int seed)
    {
        var projects = Drawn(seed, 40);
        var portfolio = projects.ToDictionary(p => p.Code, p => new PortfolioItem(p.Amount / 100m, p.Function, p.Places.Count == 1 ? p.Places : []));
        var bundles = ProjectBundles.Find(projects, Limits, Words, Line).Bundles;
        var after = BundleEffect.After(portfolio, bundles);

        after.Sum(i => i.Amount).ShouldBe(portfolio.Values.Sum(i => i.Amount));
        after.Count.ShouldBe(projects.Count - bundles.Sum(b => b.Members.Count - 1));
        after.Take(bundles.Count).Select(i => i.Amount).ShouldBe(bundles.Select(b => b.Amount / 100m));
        // Fewer and larger projects: nobody who had a sol in a large one is worse off.
        (PortfolioPanel.Of(after)["size_weighted_mean"] >= PortfolioPanel.Of([.. portfolio.Values])["size_weighted_mean"] - 1e-6).ShouldBe(true);
    }

    [Fact]
    public void After_KnownAnswer()
    {
        // methods.md §1.2: ten projects; the four below S/ 100 thousand as one are a project of S/ 265,000.
        decimal[] ten = [45_000, 60_000, 80_000, 80_000, 120_000, 250_000, 400_000, 900_000, 1_500_000, 12_000_000];
        var portfolio = ten.Select((a, i) => (Code: $"{i}", Item: new PortfolioItem(a, "F", ["D1"]))).ToDictionary(p => p.Code, p => p.Item);
        var members = Enumerable.Range(0, 4).Select(i => new BundleMember(Project($"{i}", "CANAL", (long)ten[i], "D1"), 1, [], 1, Nearness.SameDistrict, null)).ToList();
        var after = PortfolioPanel.Of(BundleEffect.After(portfolio, [new Bundle(members, ["canal"], ["D1"], 265_000_00)]));

        after.Count.ShouldBe(7);
        after["share_lt_100k"].ShouldBe(0);
        after["atomisation_count_share_lt_1M"]!.Value.ShouldBe(5 / 7.0, 1e-12);
        after["median"].ShouldBe(400_000);
        after["hhi"]!.Value.ShouldBe(((265e3 * 265e3) + (120e3 * 120e3) + (250e3 * 250e3) + (400e3 * 400e3) + (900e3 * 900e3) + (1.5e6 * 1.5e6) + (12e6 * 12e6)) / (15.435e6 * 15.435e6), 1e-12);
        after["linked_pair_share"].ShouldBe(1);
        Should.Throw<ArgumentException>(() => BundleEffect.After(portfolio, [new Bundle(members, [], [], 0), new Bundle(members, [], [], 0)]));
    }

    [Fact]
    public void Find_FiveThousandLikeProjects_Ends()
    {
        var random = new SeededDraws(7);
        string[] things = ["CANAL DE RIEGO", "PUENTE CARROZABLE", "AGUA POTABLE", "LOSA DEPORTIVA", "CAMINO VECINAL", "PARQUE INFANTIL", "PISTAS Y VEREDAS", "MURO DE CONTENCION"];
        var borders = Enumerable.Range(0, 12).ToDictionary(i => $"D{i}", i => (IReadOnlyCollection<string>)[$"D{(i + 1) % 12}", $"D{(i + 2) % 12}"]);
        var projects = Enumerable.Range(0, 5_000).Select(i => Project($"{i}", $"MEJORAMIENTO DE {things[random.Below(things.Length)]} EN EL CASERIO {i}", (long)Math.Exp(10 + (4 * random.Unit())), $"D{random.Below(12)}")).ToList();
        var found = ProjectBundles.Find(projects, Limits, Words, borders);
        found.Considered.ShouldBe(5_000);
        found.Bundles.Sum(b => b.Members.Count).ShouldBeGreaterThan(4_000);
    }

    private static BundleProject Project(string code, string title, long soles, params string[] places) => new() { Code = code, Title = title, Amount = soles * 100, Places = places, Function = "RIEGO" };

    private static BundleSearch Find(params BundleProject[] projects) => ProjectBundles.Find(projects, Limits, Words, Line);

    private static List<BundleProject> Drawn(int seed, int count)
    {
        var random = new SeededDraws(seed);
        string[] things = ["CANAL DE RIEGO", "CANAL REVESTIDO", "CANAL DE RIEGO Y RESERVORIO", "PUENTE", "PUENTE PEATONAL"];
        return
        [
            .. Enumerable.Range(0, count).Select(i => new BundleProject
            {
                Code = $"{100 + i}",
                Title = $"MEJORAMIENTO DEL {things[random.Below(things.Length)]} EN EL CASERIO {i}",
                Function = random.Below(3) switch { 0 => null, 1 => "A", _ => "B" },
                Places = [.. Enumerable.Range(0, 1 + (random.Below(6) / 5)).Select(_ => $"D{1 + random.Below(5)}").Distinct()],
                Amount = 1_000_000 * (1 + random.Below(11)),
            }),
        ];
    }

    /// <summary>The definition read literally: every pair is compared, and the next centre is sought among all.</summary>
    private static List<string> BruteForce(List<BundleProject> projects)
    {
        var sorted = projects.OrderBy(p => p.Amount).ThenBy(p => p.Code, StringComparer.Ordinal).ToList();
        var likeness = new TextLikeness([.. sorted.Select(p => string.Join(' ', WorkTitle.ObjectOf(p.Title, Words).Select(w => w.Stem)))]);
        bool Border(string a, string b) => a == b || (Line.TryGetValue(a, out var x) && x.Contains(b)) || (Line.TryGetValue(b, out var y) && y.Contains(a));
        bool Tied(int i, int j) => i != j && sorted[i].Function == sorted[j].Function && sorted[i].Places.Any(a => sorted[j].Places.Any(b => Border(a, b)))
            && Math.Max(sorted[i].Amount, sorted[j].Amount) <= 3 * Math.Min(sorted[i].Amount, sorted[j].Amount) && likeness.Of(i, j) >= 0.5 - 1e-12;
        var free = Enumerable.Range(0, sorted.Count).ToHashSet();
        var tried = new HashSet<int>();
        var bundles = new List<string>();
        while (true)
        {
            var centre = free.Where(i => !tried.Contains(i)).Select(i => (I: i, Ties: free.Where(j => Tied(i, j)).ToList())).Where(c => c.Ties.Count >= 2)
                .OrderByDescending(c => c.Ties.Count).ThenBy(c => sorted[c.I].Code, StringComparer.Ordinal).FirstOrDefault();
            if (centre.Ties is null)
                return bundles;
            var within = sorted[centre.I].Places.ToHashSet();
            foreach (var d in centre.Ties.SelectMany(t => sorted[t].Places).Where(p => !within.Contains(p)).GroupBy(p => p).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).Select(g => g.Key).Take(3 - within.Count).ToList())
                within.Add(d);
            int[] star = [centre.I, .. centre.Ties.Where(t => sorted[t].Places.All(within.Contains)).OrderByDescending(t => (float)likeness.Of(centre.I, t)).ThenBy(t => sorted[t].Code, StringComparer.Ordinal)];
            if (star.Length < 3)
            {
                tried.Add(centre.I);
                continue;
            }

            free.ExceptWith(star);
            bundles.Add(string.Join(' ', star.Select(i => sorted[i].Code)));
        }
    }
}
