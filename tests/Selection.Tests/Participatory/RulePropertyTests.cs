using FsCheck;
using FsCheck.Fluent;
using Minka.Selection.Exact;
using Minka.Selection.Participatory;
using Minka.Selection.Participatory.Audits;

namespace Minka.Selection.Tests.Participatory;

/// <summary>The engine against the definitions, and what must hold of any election.</summary>
public sealed class RulePropertyTests
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(1_500);
    private static readonly Config Some = Config.QuickThrowOnFailure.WithMaxTest(300);

    [Fact]
    public void EqualShares_AnyElection_IsItsDefinition() => Prop.ForAll(Elections.Any, election =>
    {
        foreach (var utility in election.Utilities())
        {
            var expected = new Naive(election, utility).EqualShares(election.Budget / election.Ballots.Count);
            var fast = Run(election, PbRule.EqualShares, utility);
            election.Ids(fast.Order).ShouldBe(election.Ids(expected), $"{utility} fast");
            var exact = ParticipatoryBudget.Run(election, new PbSettings { Rule = PbRule.EqualShares, Utility = utility, Exact = true });
            election.Ids(exact.Order).ShouldBe(election.Ids(expected), $"{utility} exact");
            exact.Exact.ShouldBeTrue();
        }
    }).Check(Many);

    [Fact]
    public void BoundedOverspending_AnyElection_IsItsDefinition() => Prop.ForAll(Elections.Any, election =>
    {
        foreach (var utility in election.Utilities())
            election.Ids(Run(election, PbRule.BoundedOverspending, utility).Order).ShouldBe(election.Ids(new Naive(election, utility).BoundedOverspending()), $"{utility}");
    }).Check(Many);

    [Fact]
    public void Add1_AnyElection_IsEveryStepRun() => Prop.ForAll(Elections.Any, election =>
    {
        foreach (var utility in election.Utilities())
        {
            var naive = new Naive(election, utility);
            foreach (var exact in (bool[])[false, true])
            {
                var outcome = ParticipatoryBudget.Run(election, new PbSettings { Rule = PbRule.EqualShares, Utility = utility, Completion = Completion.Add1, Exact = exact });
                election.Ids(outcome.Order).ShouldBe(election.Ids(naive.Add1(Fraction.One, 2_000)), $"{utility} {exact}");
                outcome.Spent.ShouldBeLessThanOrEqualTo(election.Budget);
            }
        }
    }).Check(Some);

    /// <summary>The smallest unit makes thousands of steps, nearly all of which are jumped.</summary>
    [Fact]
    public void AddOpt_SmallElections_IsEverySmallestStepRun() => Prop.ForAll(Elections.Of(BallotKind.Approval, BallotKind.Cumulative).ToArbitrary(), election =>
    {
        var unit = new Fraction(1, election.Field.Unit) / election.Ballots.Count;
        if ((election.Projects.Aggregate(Fraction.Zero, (sum, p) => sum + p.Cost) / unit).Ceiling() * election.Ballots.Count > 6_000)
            return;
        var utility = election.Utilities().Last();
        var outcome = ParticipatoryBudget.Run(election, new PbSettings { Rule = PbRule.EqualShares, Utility = utility, Completion = Completion.AddOpt });
        election.Ids(outcome.Order).ShouldBe(election.Ids(new Naive(election, utility).Add1(unit, 100_000)));
    }).Check(Some);

    [Fact]
    public void Phragmen_AnyElection_IsItsDefinition() => Prop.ForAll(Elections.Any, election =>
    {
        var expected = election.Ids(new Naive(election, Utility.Cardinality).Phragmen());
        election.Ids(Run(election, PbRule.Phragmen).Order).ShouldBe(expected);
        election.Ids(ParticipatoryBudget.Run(election, new PbSettings { Rule = PbRule.Phragmen, Exact = true }).Order).ShouldBe(expected);
    }).Check(Many);

    [Fact]
    public void Greedy_AnyElection_IsItsDefinition() => Prop.ForAll(Elections.Of(BallotKind.Approval, BallotKind.Cumulative, BallotKind.Ordinal).ToArbitrary(), election =>
    {
        var naive = new Naive(election, election.Utilities().Last());
        var scored = election.Ballots.Kind != BallotKind.Approval;
        election.Ids(Run(election, PbRule.GreedyScore).Order).ShouldBe(election.Ids(naive.Greedy(perCost: false)));
        election.Ids(Run(election, PbRule.GreedyVotes).Order).ShouldBe(election.Ids(naive.Greedy(perCost: scored)));
        election.Ids(Run(election, PbRule.GreedyDensity).Order).ShouldBe(election.Ids(naive.Greedy(perCost: true)));
    }).Check(Many);

    [Fact]
    public void MaximinSupport_AnyElection_IsTheLeastHeaviestLoad() => Prop.ForAll(Elections.Approvals, election =>
    {
        election.Ids(Run(election, PbRule.MaximinSupport).Order).ShouldBe(election.Ids(new Naive(election, Utility.Cardinality).MaximinSupport()));
    }).Check(Some);

    [Fact]
    public void AnyRule_OrderOfBallotsAndProjectsAndSplitGroups_ChangeNothing() => Prop.ForAll(Elections.Any, election =>
    {
        var ballots = election.AsBallots().SelectMany(b => Enumerable.Repeat(b with { Count = 1 }, b.Count)).Reverse().ToList();
        var turned = Election.Create("turned", election.Ballots.Kind, election.Budget, election.Projects.Reverse(), ballots);
        foreach (var settings in RuleComparison.StandardRules(election.Ballots.Kind))
            turned.Ids(ParticipatoryBudget.Run(turned, settings).Order).ShouldBe(election.Ids(ParticipatoryBudget.Run(election, settings).Order), settings.ToString());
    }).Check(Some);

    [Fact]
    public void RulesWithoutCompletion_AllMoneyScaled_ChangeNothing() => Prop.ForAll(Elections.Any, election =>
    {
        foreach (var factor in (Fraction[])[7, new Fraction(1, 8), 1_000])
        {
            var scaled = Election.Create("scaled", election.Ballots.Kind, election.Budget * factor, election.Projects.Select(p => p with { Cost = p.Cost * factor }), election.AsBallots());
            foreach (var settings in RuleComparison.StandardRules(election.Ballots.Kind).Where(s => s.Completion == Completion.None))
                scaled.Ids(ParticipatoryBudget.Run(scaled, settings).Order).ShouldBe(election.Ids(ParticipatoryBudget.Run(election, settings).Order), settings.ToString());
        }
    }).Check(Some);

    [Fact]
    public void AnyRule_SpendsAtMostTheBudgetOnDifferentProjects() => Prop.ForAll(Elections.Any, election =>
    {
        foreach (var settings in RuleComparison.StandardRules(election.Ballots.Kind))
        {
            var outcome = ParticipatoryBudget.Run(election, settings);
            outcome.Spent.ShouldBeLessThanOrEqualTo(election.Budget, settings.ToString());
            outcome.Spent.ShouldBe(outcome.Order.Aggregate(Fraction.Zero, (sum, p) => sum + election.Projects[p].Cost));
            outcome.Order.Distinct().Count().ShouldBe(outcome.Order.Count);
            outcome.MinRelGap.ShouldBeInRange(0, 1);
        }
    }).Check(Some);

    [Fact]
    public void FractionalEqualShares_AnyElection_SpendsAtMostTheBudgetInParts() => Prop.ForAll(Elections.Any, election =>
    {
        foreach (var utility in election.Utilities())
        {
            var parts = FractionalEqualShares.Run(election, utility);
            parts.ShouldAllBe(p => p.Sign >= 0 && p <= Fraction.One);
            parts.Select((part, p) => part * election.Projects[p].Cost).Aggregate(Fraction.Zero, (a, b) => a + b).ShouldBeLessThanOrEqualTo(election.Budget);
        }
    }).Check(Some);

    [Fact]
    public void Greedy_OneMoreApproval_NeverDropsThatProject() => Prop.ForAll(Elections.Approvals, election =>
    {
        foreach (var rule in (PbRule[])[PbRule.GreedyVotes, PbRule.GreedyScore, PbRule.GreedyDensity, PbRule.GreedyNoSkip])
        {
            foreach (var p in Run(election, rule).Order)
            {
                var ballots = election.AsBallots().ToList();
                var at = ballots.FindIndex(b => !b.Projects.Contains(election.Projects[p].Id));
                if (at < 0)
                    continue;
                ballots[at] = ballots[at] with { Projects = [.. ballots[at].Projects, election.Projects[p].Id] };
                var more = Election.Create("more", BallotKind.Approval, election.Budget, election.Projects, ballots);
                Run(more, rule).Order.ShouldContain(p, rule.ToString());
            }
        }
    }).Check(Some);

    [Fact]
    public void EqualShares_NoCompletion_SatisfiesEjrPlusUpToAnyProject() => Prop.ForAll(Elections.Any, election =>
    {
        foreach (var utility in election.Utilities())
            JustifiedRepresentation.Of(election, Run(election, PbRule.EqualShares, utility).Order, utility).Holds.ShouldBeTrue(utility.ToString());
    }).Check(Many);

    /// <summary>The audit against all groups of voters.</summary>
    [Fact]
    public void JustifiedRepresentation_AnyOutcome_FindsWhatAllGroupsFind() => Prop.ForAll(Elections.Any, election =>
    {
        if (election.Ballots.Count > 7)
            return;
        foreach (var utility in election.Utilities())
        {
            var naive = new Naive(election, utility);
            var outcome = Run(election, PbRule.GreedyVotes).Order;
            var violated = false;
            for (var p = 0; p < election.Projects.Count; p++)
            {
                if (outcome.Contains(p) || election.Projects[p].Cost.Sign == 0)
                    continue;
                var who = naive.Supporters(p).ToList();
                for (var part = 1; part < 1 << who.Count && !violated; part++)
                {
                    var group = who.Where((_, i) => (part >> i & 1) == 1).ToList();
                    var entitled = election.Budget / naive.Voters * group.Aggregate(Fraction.Zero, (sum, i) => sum + naive.Utility_(i, p)) / election.Projects[p].Cost;
                    violated |= group.TrueForAll(i => Served(naive, i, outcome) + naive.Utility_(i, p) <= entitled);
                }
            }

            JustifiedRepresentation.Of(election, outcome, utility).Holds.ShouldBe(!violated, utility.ToString());
        }
    }).Check(Some);

    [Fact]
    public void EqualSharesAndPhragmen_PaymentsArePriceSystems() => Prop.ForAll(Elections.Any, election =>
    {
        foreach (var settings in (PbSettings[])[new() { Rule = PbRule.EqualShares, Explain = true }, new() { Rule = PbRule.EqualShares, Completion = Completion.Add1, Explain = true }])
        {
            var prices = Priceability.Of(election, ParticipatoryBudget.Run(election, settings));
            prices!.Unpaid.ShouldBeEmpty();
            foreach (var round in prices.Rounds)
                round.Payments.ShouldAllBe(p => p.Each.Sign >= 0 && p.Left.Sign >= 0);
            prices.LeftOver.ShouldBeEmpty();
        }
    }).Check(Some);

    // Utilities that count: supporters are those with a positive one.
    private static Fraction Served(Naive naive, int voter, IReadOnlyList<int> outcome) =>
        outcome.Aggregate(Fraction.Zero, (sum, p) => sum + Fraction.Max(Fraction.Zero, naive.Utility_(voter, p)));

    private static PbOutcome Run(Election election, PbRule rule, Utility? utility = null) => ParticipatoryBudget.Run(election, new PbSettings { Rule = rule, Utility = utility });
}
