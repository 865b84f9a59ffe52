using Minka.Core.Entities.Elections;
using Minka.Core.Kernel;
using Minka.Core.Planning.ParticipatoryBudget;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Planning.ParticipatoryBudget;

public sealed class BudgetFiguresTests
{
    static readonly Digest Rule = Digest.Of("rule");

    static Contender Of(string code, int points, int people, int soles, int others = 0) => new(BudgetProposalId.From(Guid.CreateVersion7()), code, $"Obra {code}", points, people, Money.Soles(soles), Money.Soles(others));

    [Fact]
    public void ByCriteria_TheRankedFill_TheAmount_AndWhatOthersPayCostsNothing()
    {
        var result = BudgetPriorities.ByCriteria([Of("P01", 70, 10, 300), Of("P02", 90, 10, 400, others: 150), Of("P03", 80, 10, 300), Of("P04", 60, 10, 100)], Money.Soles(600), skip: true, Rule);
        result.Lines.Select(l => (l.Code, l.Rank, l.Fate)).ShouldBe([("P02", 1, ResultFate.Funded), ("P03", 2, ResultFate.Funded), ("P01", 3, ResultFate.Reserve), ("P04", 4, ResultFate.Reserve)]);
        result.Spent.ShouldBe(Money.Soles(550), "P02 asks 250 of its 400");
        var why = result.Lines[2].Reasons.Single(r => r.Met == false);
        (why.Code, why.Args[0], why.Args[1]).ShouldBe(("budget.does-not-fit", Money.Soles(300), Money.Soles(50)));
    }

    [Fact]
    public void ByCriteria_WithoutSkipping_TheListEndsAtTheFirstThatDoesNotFit()
    {
        IReadOnlyList<Contender> all = [Of("P01", 90, 10, 500), Of("P02", 80, 10, 300), Of("P03", 70, 10, 100)];
        BudgetPriorities.ByCriteria(all, Money.Soles(600), skip: true, Rule).Funded.Select(l => l.Code).ShouldBe(["P01", "P03"]);
        var strict = BudgetPriorities.ByCriteria(all, Money.Soles(600), skip: false, Rule);
        strict.Funded.Select(l => l.Code).ShouldBe(["P01"]);
        strict.Lines[2].Reasons.ShouldContain(r => r.Code == "budget.list-ended");
    }

    [Fact]
    public void ByCriteria_EqualPoints_AreOrderedByPeopleThenCostThenADrawThatNobodySteers()
    {
        var people = BudgetPriorities.ByCriteria([Of("P01", 70, 10, 100), Of("P02", 70, 20, 100)], Money.Soles(100), true, Rule);
        people.Lines[0].Code.ShouldBe("P02");
        people.Lines[0].Reasons.ShouldContain(r => r.Code == "budget.tie-people");
        BudgetPriorities.ByCriteria([Of("P01", 70, 10, 100), Of("P02", 70, 10, 90)], Money.Soles(100), true, Rule).Lines[0].Code.ShouldBe("P02");
        IReadOnlyList<Contender> same = [Of("P01", 70, 10, 100), Of("P02", 70, 10, 100)];
        var drawn = BudgetPriorities.ByCriteria(same, Money.Soles(100), true, Rule);
        drawn.Lines[0].Reasons.ShouldContain(r => r.Code == "budget.tie-draw");
        BudgetPriorities.ByCriteria([.. same.Reverse()], Money.Soles(100), true, Rule).Lines[0].Code.ShouldBe(drawn.Lines[0].Code, "the order in which they were typed decides nothing");
        Enumerable.Range(0, 40).Select(i => BudgetPriorities.ByCriteria(same, Money.Soles(100), true, Digest.Of($"rule {i}")).Lines[0].Code).Distinct().Count().ShouldBe(2, "another rule draws another order");
    }

    [Fact]
    public void ByCriteria_NeverSpendsMoreThanIsOffered_AndLeavesNoGapThatARankedOneWouldFill()
    {
        var random = new Random(28056);
        for (var run = 0; run < 300; run++)
        {
            var all = Enumerable.Range(1, random.Next(1, 12)).Select(i => Of($"P{i:00}", random.Next(0, 5) * 20, random.Next(0, 3), random.Next(1, 60))).ToList();
            var amount = Money.Soles(random.Next(1, 150));
            var result = BudgetPriorities.ByCriteria(all, amount, skip: true, Rule);
            result.Spent.ShouldBeLessThanOrEqualTo(amount);
            result.Spent.ShouldBe(new Money(result.Funded.Sum(l => l.Asked.Minor)));
            result.Lines.Select(l => l.Points!.Value).ShouldBeInOrder(SortDirection.Descending);
            var spent = Money.Zero;
            foreach (var line in result.Lines)
            {
                (line.Fate == ResultFate.Funded).ShouldBe(spent + line.Asked <= amount, "in order, whoever fits is funded");
                if (line.Fate == ResultFate.Funded) spent += line.Asked;
            }
        }
    }

    [Theory]
    [InlineData(500_000, 500_000, null, null)]
    [InlineData(500_000, 400_000, "menor transferencia", null)]
    [InlineData(500_000, 400_000, null, "budget.pia-differs")]
    [InlineData(500_000, 0, " ", "budget.pia-differs")]
    [InlineData(500_000, 600_000, null, "budget.pia-differs")]
    [InlineData(500_000, -1, "x", "budget.pia-negative")]
    public void OpeningBudget_ADifferenceNeedsItsReason(int acta, int pia, string? why, string? fault)
    {
        var contender = Of("P01", 90, 10, acta);
        var result = BudgetPriorities.ByCriteria([contender], Money.Soles(500_000), true, Rule);
        var typed = new Dictionary<BudgetProposalId, (Money, string?)> { [contender.Id] = (Money.Soles(pia), why) };
        if (fault is not null)
        {
            Should.Throw<RuleBroken>(() => OpeningBudget.Of(result, "Acuerdo 1", new(2026, 12, 1), typed)).Code.ShouldBe(fault);
            return;
        }
        OpeningBudget.Of(result, "Acuerdo 1", new(2026, 12, 1), typed).Differences.Count().ShouldBe(acta == pia ? 0 : 1);
    }

    [Theory]
    [InlineData(2, 400, 200, ExecutionState.InExecution, "OnTime")]
    [InlineData(2, 400, 199, ExecutionState.InExecution, "Near")]
    [InlineData(2, 400, 100, ExecutionState.InExecution, "Near")]
    [InlineData(2, 400, 99, ExecutionState.InExecution, "Late")]
    [InlineData(2, 400, 0, ExecutionState.Stopped, "Late")]
    [InlineData(1, 400, 400, ExecutionState.Finished, "OnTime")]
    [InlineData(1, 400, 400, ExecutionState.InExecution, "Late")]
    public void Light_ComparesWithEvenSpending(int quarter, int pim, int accrued, ExecutionState state, string light)
    {
        var report = new BudgetReport { Id = default, ProcessId = default, ProposalId = default, Quarter = quarter, Pim = Money.Soles(pim), Accrued = Money.Soles(accrued), State = state, At = default };
        FollowLight.Of(report, dueQuarter: 2, BudgetPack.Peru).Light.ToString().ShouldBe(light);
    }

    [Theory]
    [InlineData("1-3, 7", new[] { 1, 2, 3, 7 })]
    [InlineData("4\n9;12 13", new[] { 4, 9, 12, 13 })]
    public void Roll_IsReadAsPeopleWriteIt(string text, int[] numbers) => RunWorkshops.Numbers(text).ShouldBe(numbers);

    [Theory]
    [InlineData("uno")]
    [InlineData("5-3")]
    [InlineData("1-2-3")]
    [InlineData("1-99999")]
    public void Roll_WhatCannotBeRead_IsTold(string text) => Should.Throw<RuleBroken>(() => RunWorkshops.Numbers(text)).Code.ShouldBe(BudgetRules.RollUnreadable);

    static IReadOnlyList<BudgetAgent> Agents(int count) => [.. Enumerable.Range(1, count).Select(n =>
    {
        var agent = new BudgetAgent { Id = BudgetAgentId.From(Guid.CreateVersion7()), ProcessId = default, Number = n, Kind = n == 9 ? AgentKind.Council : AgentKind.CivilSociety, RequestedAt = default };
        agent.Set(TestKit.Given.Agent(n), null, null);
        agent.Accredit(default);
        return agent;
    })];

    static CommitteeInput Input(params long[] votes) => new(default, 4, 2, [.. votes.Select((v, i) => (i + 1, v))], 20, 1, 1, [], null);

    [Fact]
    public void Committee_TheMostVoted_ButTwoWomen()
    {
        // Odd numbers are women: 2, 4, 6 lead, 1 and 3 come in by the quota.
        var election = CommitteeCount.Decide(Input(3, 15, 2, 14, 0, 13, 0, 12), Agents(8), BudgetPack.Peru, present: 20, new(2026, 6, 10));
        election.Sitting.Select(c => c.Number).Order().ShouldBe([1, 2, 3, 4]);
        election.Candidates.Single(c => c.Number == 6).Fate.ShouldBe(CandidateFate.PassedOver);
        election.To.ShouldBe(new DateOnly(2028, 6, 9), "twenty-four months");
        election.Next!.Number.ShouldBe(6);
    }

    [Fact]
    public void Committee_WhatDoesNotAddUp_IsTold()
    {
        string Fault(CommitteeInput input, int present = 20) => Should.Throw<RuleBroken>(() => CommitteeCount.Decide(input, Agents(9), BudgetPack.Peru, present, new(2026, 6, 10))).Code;
        Fault(Input(5, 4, 3, 2) with { Seats = 3 }).ShouldBe(BudgetRules.CommitteeSeats);
        Fault(Input(5, 4, 3)).ShouldBe(BudgetRules.CommitteeFew);
        Fault(Input(5, 4, 3, 2), present: 19).ShouldBe(BudgetRules.CommitteeBallots);
        Fault(Input(19, 4, 3, 2)).ShouldBe(BudgetRules.CandidateVotes);
        Fault(Input(5, 4, 3, 2) with { Votes = [(1, 5), (1, 4), (2, 3), (3, 2)] }).ShouldBe(BudgetRules.CandidateTwice);
        Fault(Input(5, 4, 3, 2) with { Votes = [(1, 5), (77, 4), (2, 3), (3, 2)] }).ShouldBe(BudgetRules.CandidateUnknown);
        Fault(Input(5, 4, 3, 2) with { Votes = [(1, 5), (9, 4), (2, 3), (3, 2)] }).ShouldBe(BudgetRules.CandidateKind);
        Fault(Input(9, 8, 7, 5, 5) with { LeastWomen = 0 }).ShouldBe(BudgetRules.CommitteeTie);
        CommitteeCount.Decide(Input(9, 8, 7, 5, 5) with { LeastWomen = 0, DrawnOrder = [5, 4], Draw = "bolsa de papeles" }, Agents(9), BudgetPack.Peru, 20, new(2026, 6, 10)).Sitting.Select(c => c.Number).Order().ShouldBe([1, 2, 3, 5]);
    }
}
