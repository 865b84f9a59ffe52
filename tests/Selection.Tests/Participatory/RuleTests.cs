using System.Text.Json;
using Minka.Selection.Exact;
using Minka.Selection.Participatory;
using Minka.Selection.Participatory.Audits;
using Minka.Selection.Participatory.Pabulib;

namespace Minka.Selection.Tests.Participatory;

/// <summary>Small elections that can be done by hand, the goldens, and what the fast path promises.</summary>
public sealed class RuleTests
{
    /// <summary>Two blocks of voters: the majority's list takes everything under greedy, equal shares serve both.</summary>
    [Fact]
    public void EqualShares_TwoBlocks_ServesTheSmallerToo()
    {
        var election = Elections.Approval("blocks", 100, [("a1", 40), ("a2", 40), ("a3", 20), ("b1", 40)], "a1 a2 a3", "a1 a2 a3", "a1 a2 a3", "b1", "b1");
        Ids(election, PbRule.GreedyVotes).ShouldBe(["a1", "a2", "a3"]);
        Ids(election, PbRule.EqualShares).ShouldBe(["a1", "a3", "b1"], ignoreOrder: true);
    }

    [Fact]
    public void EqualShares_Explained_TellsPricesAndPayments()
    {
        // Share 20. b: four supporters pay 10 each, ρ = 1/4. a: then the third voter has 10 left and the first two 20 and 10.
        var election = Elections.Approval("hand", 80, [("a", 30), ("b", 40)], "a", "a b", "b", "b a", "");
        election = Elections.Approval("hand", 80, [("a", 30), ("b", 40)], "a", "a b", "b", "b a");
        var outcome = ParticipatoryBudget.Run(election, new PbSettings { Rule = PbRule.EqualShares, Explain = true });
        outcome.Share.ShouldBe(20);
        election.Ids(outcome.Order).ShouldBe(["a", "b"]);
        outcome.Rounds[0].Price.ShouldBe(new Fraction(1, 3));
        outcome.Rounds[0].Tied.Count.ShouldBe(2);
        outcome.Rounds[0].Payments.ShouldAllBe(p => p.Each == 10 && p.Left == 10);
        outcome.Rounds[1].Price.ShouldBe(new Fraction(1, 2));
        outcome.Rounds[1].Payments.Select(p => p.Each).Order().ShouldBe([10, 20]);
        Priceability.Of(election, outcome)!.Holds.ShouldBeTrue();
    }

    [Fact]
    public void Phragmen_AnyOfTheTiedOverruns_Stops()
    {
        var election = Elections.Approval("stop", 15, [("a", 10), ("b", 10)], "a", "b");
        Ids(election, PbRule.Phragmen).ShouldBe(["a"]);
        Ids(Elections.Approval("stop", 15, [("a", 10), ("b", 20)], "a", "b b", "b"), PbRule.Phragmen).ShouldBe(["a"]);
        // Tied from the start and one would overrun after the other: nothing of the second round; a third that fits is not looked at.
        Ids(Elections.Approval("stop", 15, [("a", 10), ("b", 10), ("c", 5)], "a", "b", "c"), PbRule.Phragmen).ShouldBe(["c", "a"]);
    }

    [Fact]
    public void Phragmen_UnsupportedProjects_AreBoughtOnlyWhileEachWouldFit()
    {
        Ids(Elections.Approval("none", 10, [("a", 5), ("b", 2), ("c", 3)], "a"), PbRule.Phragmen).ShouldBe(["a", "b", "c"]);
        Ids(Elections.Approval("none", 10, [("a", 5), ("b", 2), ("c", 6)], "a"), PbRule.Phragmen).ShouldBe(["a"]);
    }

    [Fact]
    public void FreeProjects_UnderEachUtility_FollowTheReference()
    {
        var election = Elections.Approval("free", 10, [("z", 0), ("y", 0), ("u", 0), ("a", 10)], "z", "a y", "a");
        Ids(election, PbRule.EqualShares).ShouldBe([]);
        Ids(election, PbRule.EqualShares, Utility.Cardinality).ShouldBe(["y", "z"]);
        Ids(election, PbRule.GreedyVotes).ShouldBe(["a", "y", "z", "u"]);
    }

    [Fact]
    public void TieOrder_IsWhatIsAskedFor()
    {
        var election = Elections.Approval("ties", 10, [("b", 10), ("a", 9), ("10", 10)], "a b 10", "a b 10", "10");
        string First(PbSettings settings) => election.Ids(ParticipatoryBudget.Run(election, settings).Order)[0];
        var two = Elections.Approval("ties", 10, [("b", 8), ("a", 10), ("10", 9)], "a b 10", "a b 10");
        string FirstOfTwo(TieOrder tie, params string[] drawn) => two.Ids(ParticipatoryBudget.Run(two, new PbSettings { Rule = PbRule.EqualShares, Tie = tie, Drawn = drawn }).Order)[0];
        First(new PbSettings { Rule = PbRule.GreedyVotes }).ShouldBe("10");
        FirstOfTwo(TieOrder.Id).ShouldBe("10");
        FirstOfTwo(TieOrder.Cost).ShouldBe("b");
        FirstOfTwo(TieOrder.Drawn, "a", "b").ShouldBe("a");
    }

    [Fact]
    public void GreedyVariants_DoWhatTheirNamesSay()
    {
        var election = Elections.Approval("variants", 10, [("a", 6), ("b", 5), ("c", 4), ("d", 1)], "a b c", "a b c", "a b", "a");
        Ids(election, PbRule.GreedyVotes).ShouldBe(["a", "c"]);
        Ids(election, PbRule.GreedyNoSkip).ShouldBe(["a"]);
        election.Ids(ParticipatoryBudget.Run(election, new PbSettings { Rule = PbRule.GreedyThreshold, Threshold = 3 }).Order).ShouldBe(["a"]);
        election.Ids(ParticipatoryBudget.Run(election, new PbSettings { Rule = PbRule.GreedyExclusive, Exclusions = [("a", "c")] }).Order).ShouldBe(["a", "d"]);
        Should.Throw<InvalidElectionException>(() => ParticipatoryBudget.Run(election, new PbSettings { Rule = PbRule.GreedyExclusive, Exclusions = [("a", "x")] }));
        Should.Throw<InvalidElectionException>(() => ParticipatoryBudget.Run(election, new PbSettings { Rule = PbRule.EqualShares, Utility = Utility.Points })).Fault.ShouldBe(ElectionFault.RuleDoesNotApply);
        Should.Throw<InvalidElectionException>(() => ParticipatoryBudget.Run(election, new PbSettings { Rule = PbRule.Phragmen, Completion = Completion.Add1 })).Fault.ShouldBe(ElectionFault.RuleDoesNotApply);
    }

    /// <summary>Overspending: supporters of b have 50 of its 60; it is funded with α = 5/6 although equal shares refuse it.</summary>
    [Fact]
    public void BoundedOverspending_NearlyPaidProject_IsFunded()
    {
        var election = Elections.Approval("bos", 100, [("a", 40), ("b", 60)], "a", "b");
        Ids(election, PbRule.EqualShares).ShouldBe(["a"]);
        Ids(election, PbRule.BoundedOverspending).ShouldBe(["a", "b"]);
        var rounds = ParticipatoryBudget.Run(election, new PbSettings { Rule = PbRule.BoundedOverspending, Explain = true }).Rounds;
        rounds[0].Price.ToDouble().ShouldBe(1, 1e-9);
        // λ = 50/60 per unit of cost, α = 5/6, ρ = 1, ρ/α = 6/5.
        rounds[1].Price.ToDouble().ShouldBe(1.2, 1e-9);
    }

    /// <summary>Who gave all she had can pay for nothing more, at whatever scale the money is written: rounding must not leave her a crumb.</summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 1)]
    [InlineData(1, 8)]
    [InlineData(1_000, 1)]
    public void BoundedOverspending_SupporterWithNothingLeft_FundsNothing(int times, int parts)
    {
        var scale = new Fraction(times, parts);
        var election = Election.Create("crumbs", BallotKind.Cumulative, new Fraction(5, 4) * scale,
            [new Project("A", new Fraction(1, 4) * scale), new Project("a", new Fraction(1, 2) * scale), new Project("2", new Fraction(1, 4) * scale)],
            [new Ballot([], [], 3), new Ballot(["a", "2"], [0, new Fraction(3, 10)]), new Ballot(["A", "a", "2"], [1, 4, 0])]);
        Ids(election, PbRule.BoundedOverspending).ShouldBe(["A", "2"]);
    }

    /// <summary>Two parts of one project may be worth exactly the same: the one that asks least is charged, at whatever scale.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void BoundedOverspending_TwoPartsWorthTheSame_ChargeTheLesser(int times)
    {
        (string Id, int Cost)[] costs = [("10", 5), ("2", 1), ("a", 12), ("9", 7), ("é", 7)];
        var election = Election.Create("parts", BallotKind.Ordinal, 27 * times, costs.Select(c => new Project(c.Id, c.Cost * times)),
            [new Ballot(["10", "a"]), new Ballot(["é"]), new Ballot([]), new Ballot(["10", "é", "9", "a", "2"]), new Ballot(["2", "a", "é", "10"]), new Ballot(["10", "2"])]);
        Ids(election, PbRule.BoundedOverspending).ShouldBe(election.Ids(new Naive(election, Utility.Borda).BoundedOverspending()));
    }

    /// <summary>The example of the paper's first lines: half the budget each; one side pays for the whole of its project and keeps the rest.</summary>
    [Fact]
    public void FractionalEqualShares_ByHand()
    {
        FractionalEqualShares.Run(Elections.Approval("parts", 1_100, [("A", 1_000), ("B", 500)], "A", "B"), Utility.Cost).ShouldBe([new Fraction(55, 100), 1]);

        // Shares 30. c: three supporters, ρ = 1/3: 10 each. Then a (two supporters, 1/2): all of 40. Voters of b: 20 of its 40.
        FractionalEqualShares.Run(Elections.Approval("parts", 90, [("a", 40), ("b", 40), ("c", 30)], "a c", "a c", "b c"), Utility.Cost).ShouldBe([1, new Fraction(1, 2), 1]);
    }

    /// <summary>Supporters first, then everybody: the rest of the money goes to what asks least of those who do not support it.</summary>
    [Fact]
    public void Epsilon_MoneyLeft_IsSpentWithEverybodysHelp()
    {
        var election = Elections.Approval("epsilon", 100, [("a", 50), ("b", 60), ("c", 55)], "a", "b", "b c", "a");
        Ids(election, PbRule.EqualShares).ShouldBe(["a"]);
        election.Ids(ParticipatoryBudget.Run(election, new PbSettings { Rule = PbRule.EqualShares, Completion = Completion.Epsilon }).Order).ShouldBe(["a"]);
        var more = Elections.Approval("epsilon", 100, [("a", 40), ("b", 60), ("c", 58)], "a", "b", "b c", "a");
        // Left: a's voters 5 each, the others 25. b's supporters give 50 and lack 10; c's give 25 and lack 33.
        more.Ids(ParticipatoryBudget.Run(more, new PbSettings { Rule = PbRule.EqualShares, Completion = Completion.Epsilon }).Order).ShouldBe(["a", "b"]);
    }

    [Fact]
    public void NoVotersOrOnlyEmptyBallots_AreDecided()
    {
        foreach (var election in (Election[])[Elections.Approval("none", 10, [("a", 5)]), Elections.Approval("empty", 10, [("a", 5)], "", "")])
        {
            foreach (var settings in RuleComparison.StandardRules(BallotKind.Approval))
                ParticipatoryBudget.Run(election, settings).Spent.ShouldBeLessThanOrEqualTo(10);
            Satisfaction.Of(election, []).Gini.ShouldBe(0);
        }
    }

    [Fact]
    public void Satisfaction_ByHand()
    {
        var election = Elections.Approval("sat", 100, [("a", 40), ("b", 60)], "a", "a", "a b", "");
        var satisfaction = Satisfaction.Of(election, [0, 1]);
        satisfaction.All.ShareWithNothing.ShouldBe(new Fraction(1, 4));
        satisfaction.All.MeanProjects.ShouldBe(1);
        satisfaction.All.MeanMoney.ShouldBe(45);
        satisfaction.ByProjects.ShouldBe([1, 2, 1]);
        // 0, 40, 40, 100: Σ(2i − 5)x = 40·(−1) + 40·1 + 100·3 = 300, over 4·180.
        satisfaction.Gini.ShouldBe(new Fraction(300, 720));
    }

    [Fact]
    public void Comparison_OfficialResult_NamesTheRulesThatGiveIt()
    {
        var projects = new[] { new Project("a", 6) { Selected = 1 }, new Project("b", 5) { Selected = 0 }, new Project("c", 4) { Selected = 1 } };
        var election = Election.Create("official", BallotKind.Approval, 10, projects, [new Ballot(["a", "b", "c"], Count: 2), new Ballot(["a", "b"]), new Ballot(["a"])]);
        var comparison = RuleComparison.Of(election);
        comparison.Official.ShouldBe([0, 2]);
        comparison.Explaining.ShouldContain(r => r.Settings.Rule == PbRule.GreedyVotes);
        comparison.Rows.Single(r => r.Settings.Rule == PbRule.GreedyNoSkip).Agreement.ShouldBe(0.5);
    }

    [Fact]
    public void FastShares_Runs_AllocateNothing()
    {
        var random = 17UL;
        int Next(int below) => (int)((random = unchecked((random * 6_364_136_223_846_793_005UL) + 1_442_695_040_888_963_407UL)) >> 33) % below;
        var projects = Enumerable.Range(0, 30).Select(p => new Project(Elections.Number(p), 50 + Next(400))).ToList();
        var ballots = Enumerable.Range(0, 400).Select(_ => new Ballot([.. Enumerable.Range(0, 30).Where(_ => Next(5) == 0).Select(Elections.Number)]));
        var election = Election.Create("many", BallotKind.Approval, 3_000, projects, ballots);
        var support = new Support(election.Field, Utility.Cost, 0, election.Ballots);
        var fast = new FastShares(support, TieRanks.Of(election, new PbSettings { Rule = PbRule.EqualShares }));
        System.Numerics.BigInteger budget = 3_000, voters = 400;
        foreach (var probe in (bool[])[false, true])
        {
            fast.Run(budget, voters, probe);
            fast.InDoubt.ShouldBeFalse();
            fast.Count.ShouldBeGreaterThan(3);
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 20; i++)
                fast.Run(budget, voters, probe);
            // A few hundred bytes a run: the large numbers of the initial share. Nothing by voter, project or round.
            (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(20 * 1_500);
        }
    }

    [SharedFact]
    public void Goldens_EveryGivenElection_HasTheReferencesOutcome()
    {
        var rules = new Dictionary<string, PbSettings>
        {
            ["greedy_votes"] = new() { Rule = PbRule.GreedyVotes },
            ["greedy_density"] = new() { Rule = PbRule.GreedyDensity },
            ["greedy_sat"] = new() { Rule = PbRule.GreedyVotes },
            ["mes_cost"] = new() { Rule = PbRule.EqualShares, Utility = Utility.Cost },
            ["mes_card"] = new() { Rule = PbRule.EqualShares, Utility = Utility.Cardinality },
            ["mes_sat"] = new() { Rule = PbRule.EqualShares },
            ["mes_cost_add1"] = new() { Rule = PbRule.EqualShares, Utility = Utility.Cost, Completion = Completion.Add1 },
            ["mes_cost_add1u"] = new() { Rule = PbRule.EqualShares, Utility = Utility.Cost, Completion = Completion.Add1U },
            ["mes_card_add1"] = new() { Rule = PbRule.EqualShares, Utility = Utility.Cardinality, Completion = Completion.Add1 },
            ["mes_sat_add1"] = new() { Rule = PbRule.EqualShares, Completion = Completion.Add1 },
            ["mes_sat_add1u"] = new() { Rule = PbRule.EqualShares, Completion = Completion.Add1U },
            ["phragmen"] = new() { Rule = PbRule.Phragmen },
        };
        var elections = Directory.EnumerateFiles(Path.Combine(Shared.Folder!, "samples", "pabulib")).AsParallel()
            .Select(f =>
            {
                using var stream = File.OpenRead(f);
                return PabulibReader.Read(stream, Path.GetFileName(f), PabulibOptions.Default with { VoterAttributes = false });
            }).ToDictionary(e => e.Name.Replace(".gz", "", StringComparison.Ordinal));
        var compared = 0;
        foreach (var (golden, settings) in rules)
        {
            using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Shared.Folder!, "goldens", "selection", golden + ".json")));
            document.RootElement.GetProperty("instances").EnumerateObject().ToList().AsParallel().ForAll(instance =>
            {
                var election = elections[instance.Name.Replace(".gz", "", StringComparison.Ordinal)];
                var outcome = ParticipatoryBudget.Run(election, settings);
                election.Ids(outcome.Order).ShouldBe(instance.Value.GetProperty("order").EnumerateArray().Select(x => x.GetString()!), $"{golden} {instance.Name}");
                Interlocked.Increment(ref compared);
            });
        }

        compared.ShouldBeGreaterThan(3_000);
    }

    private static string[] Ids(Election election, PbRule rule, Utility? utility = null) => election.Ids(ParticipatoryBudget.Run(election, new PbSettings { Rule = rule, Utility = utility }).Order);
}
