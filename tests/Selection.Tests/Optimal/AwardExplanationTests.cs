using Minka.Selection.Optimal;

namespace Minka.Selection.Tests.Optimal;

public sealed class AwardExplanationTests
{
    [Fact]
    public void SolveWith_EveryProposalInAndOut_EqualsSolvingAfresh()
    {
        for (ulong seed = 1; seed <= 3; seed++)
        {
            var award = new AwardProgram(SyntheticCall.Make(seed, 40, 4, 3, 5));
            var run = new ExactRun(award.Program, new SolveOptions { Canonical = false });
            run.Open().ShouldBeTrue();
            bool[] optimum = [.. ExactSolver.Solve(award.Program).Chosen];
            for (var p = 0; p < 40; p++)
            {
                foreach (var taken in (bool[])[true, false])
                {
                    var afresh = award.Program.With(award.Program.Values);
                    afresh.AddRow("forced", award.Columns(p).Select(c => (c, 1L)), taken ? 1 : 0, taken ? 1 : 0);
                    var expected = ExactSolver.Solve(afresh, new SolveOptions { Canonical = false });
                    var result = run.SolveWith([.. award.Columns(p)], taken, optimum);
                    result.Status.ShouldBe(expected.Status, $"seed {seed} proposal {p} {taken}");
                    result.Objective.ShouldBe(expected.Objective, $"seed {seed} proposal {p} {taken}");
                    if (result.Status == SolveStatus.Optimal)
                        afresh.IsFeasible(result.Chosen).ShouldBeTrue();
                }
            }
        }
    }

    [Fact]
    public void Of_TrapOfTheBudget_WalksBothCurves()
    {
        // A (cost 5, value 5) wins at budgets 5 to 9, loses to C (10, 11) at 10 to 14, wins beside it from 15 on.
        AwardModel At(long budget) => new() { Budget = budget, Proposals = [AwardOptimiserTests.One("A", 5, 5), AwardOptimiserTests.One("C", 10, 11)] };
        ProposalExplanation Of(long budget, string id) => AwardExplanations.OfProposal(At(budget), AwardOptimiser.Solve(At(budget)), id);
        Of(3, "A").BudgetEnough.ShouldBe(5);
        Of(12, "A").BudgetEnough.ShouldBe(15);
        Of(12, "A").GreatestRequest.ShouldBe(2);
        Of(12, "A").ScoreNeeded.ShouldBe(11, "at 11 they tie, and A stands first in the list");
        Of(12, "A").Displaces.ShouldBe(["C"]);
        Of(9, "C").BudgetEnough.ShouldBe(10);
        Of(9, "C").ScoreNeeded.ShouldBeNull("no score buys what costs more than the budget");
        Of(9, "C").Conflict.Select(c => c.Kind).ShouldBe(["budget"]);
        Of(9, "C").GreatestRequest.ShouldBe(9);
        AwardExplanations.BudgetSteps(At(3), AwardOptimiser.Solve(At(3)), 9).ShouldBe([new(3, 0), new(5, 5), new(10, 11), new(15, 16)]);
    }

    [Fact]
    public void Of_SmallModels_EachFigureHoldsWhenSolvedAgainAndFailsByOneUnit()
    {
        var (scores, budgets, requests, margins) = (0, 0, 0, 0);
        for (var seed = 0; seed < 250; seed++)
        {
            var model = SmallModels.Make(seed);
            if (model.Objectives[0] != AwardObjective.Merit || model.Proposals.Max(p => p.Levels.Max(l => l.Amount)) > 2_000)
                continue;
            if (SmallModels.Best(model) is not { } now)
                continue;
            var outcome = AwardOptimiser.Solve(model);
            foreach (var e in AwardExplanations.Of(model, outcome).Proposals)
            {
                var p = model.Proposals.Select((q, k) => (q.Id, k)).First(q => q.Id == e.Id).k;
                var first = model.Proposals[p].Levels[0];
                e.Complete.ShouldBeTrue();
                long With(AwardModel m) => SmallModels.Best(m, l => l[p] >= 0)?.Values[0] ?? long.MinValue;
                if (e.Funded)
                {
                    var without = SmallModels.Best(model, l => l[p] < 0);
                    e.Margin.ShouldBe(without is null ? null : now.Values[0] - without.Value.Values[0], model.Name);
                    margins++;
                    continue;
                }

                if (e.ScoreNeeded is { } needed)
                {
                    scores++;
                    SmallModels.Best(Raised(model, p, needed - first.Value))!.Value.Levels[p].ShouldBeGreaterThanOrEqualTo(0, $"{model.Name} {e.Id}");
                    SmallModels.Best(Raised(model, p, needed - first.Value - 1))!.Value.Levels[p].ShouldBe(-1, $"{model.Name} {e.Id}");
                }
                else
                {
                    With(model).ShouldBe(long.MinValue);
                    e.Conflict.ShouldNotBeEmpty();
                }

                var most = model.Proposals.Sum(q => q.Levels.Max(l => l.Amount));
                if (most - model.Budget < 300)
                {
                    long? least = null;
                    for (var b = model.Budget; b <= Math.Max(most, model.Budget) && least is null; b++)
                    {
                        var at = model with { Budget = b };
                        if (With(at) is var w && w != long.MinValue && w == SmallModels.Best(at)!.Value.Values[0])
                            least = b;
                    }

                    e.BudgetEnough.ShouldBe(least, $"{model.Name} {e.Id}");
                    budgets++;
                }

                if (first.Amount < 400)
                {
                    long? greatest = null;
                    for (var c = first.Amount; c >= 0 && greatest is null; c--)
                    {
                        var at = model with { Proposals = [.. model.Proposals.Select((q, k) => k == p ? q with { Levels = [q.Levels[0] with { Amount = c }] } : q)] };
                        if (SmallModels.Best(at, l => l[p] == 0) is { } w && w.Values[0] >= (SmallModels.Best(model, l => l[p] < 0)?.Values[0] ?? long.MinValue))
                            greatest = c;
                    }

                    e.GreatestRequest.ShouldBe(greatest, $"{model.Name} {e.Id}");
                    requests++;
                }
            }
        }

        new[] { scores, budgets, requests, margins }.ShouldAllBe(c => c > 20);
    }

    [Fact]
    public void Explain_SmallModels_BothEndsOfEveryRangeHoldByTryingEverything()
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        void Met(string what) => seen[what] = seen.GetValueOrDefault(what) + 1;
        for (var seed = 0; seed < 400; seed++)
        {
            var model = SmallModels.Make(seed);
            if (model.Objectives[0] != AwardObjective.Merit || model.Proposals.Max(p => p.Levels.Max(l => l.Amount)) > 2_000 || SmallModels.Best(model) is not { } now)
                continue;
            var options = new SolveOptions { TimeLimit = TimeSpan.FromMinutes(5), Threads = 1 + (seed % 2) };
            var told = new ExplainingAll(model, AwardOptimiser.Solve(model), options) { Exactly = false }.Explain(1).Proposals;
            told.Count.ShouldBe(model.Proposals.Count);
            for (var p = 0; p < told.Count; p++)
            {
                var (e, first, who) = (told[p], model.Proposals[p].Levels[0], $"{model.Name} {told[p].Id}");
                e.Funded.ShouldBe(now.Levels[p] >= 0, who);
                bool Funds(AwardModel m) => SmallModels.Best(m) is { } b && b.Levels[p] >= 0;
                long Value(AwardModel m, Func<int[], bool>? also = null) => SmallModels.Best(m, also)?.Values[0] ?? long.MinValue;
                if (e.MarginRange is { } margin)
                {
                    var without = Value(model, l => l[p] < 0);
                    margin.Low!.Value.ShouldBeLessThanOrEqualTo(now.Values[0] - without, who);
                    if (margin.High is { } high)
                        high.ShouldBeGreaterThanOrEqualTo(now.Values[0] - without, who);
                    Met("margin");
                }

                if (e.ScoreRange is { } score)
                {
                    Funds(Raised(model, p, score.Low!.Value - 1 - first.Value)).ShouldBeFalse(who);
                    if (score.High is { } high)
                        Funds(Raised(model, p, high - first.Value)).ShouldBeTrue(who);
                    Met(score.IsExact ? "score" : "score-range");
                }

                bool Enough(long budget) => model with { Budget = budget } is var m && Value(m, l => l[p] >= 0) is var w && w != long.MinValue && w == Value(m);
                if (!e.Funded && e.BudgetRange is { } budget)
                {
                    for (var b = model.Budget; b < budget.Low; b++)
                        Enough(b).ShouldBeFalse($"{who} {b}");
                    if (budget.High is { } high)
                        Enough(high).ShouldBeTrue(who);
                    Met(budget.High is null ? "budget-open" : "budget");
                }

                var most = model.Proposals.Sum(q => q.Levels.Max(l => l.Amount));
                if (e.NoBudget)
                {
                    for (var b = model.Budget; b <= Math.Min(most, model.Budget + 300); b++)
                        Enough(b).ShouldBeFalse($"{who} {b}");
                    Met("no-budget");
                }

                bool Asked(long request) => Value(model with { Proposals = [.. model.Proposals.Select((q, k) => k == p ? q with { Levels = [q.Levels[0] with { Amount = request }] } : q)] }, l => l[p] == 0) >= now.Values[0];
                if (!e.Funded && e.RequestRange is { } asked)
                {
                    if (asked.Low is { } low)
                        Asked(low).ShouldBeTrue($"{who} {low}");
                    for (var c = asked.High!.Value + 1; c <= Math.Min(first.Amount, asked.High.Value + 300); c++)
                        Asked(c).ShouldBeFalse($"{who} {c}");
                    Met(asked.Low is null ? "request-open" : "request");
                }

                if (e.NoRequest)
                {
                    for (var c = Math.Max(0, first.Amount - 300); c <= first.Amount; c++)
                        Asked(c).ShouldBeFalse($"{who} {c}");
                    Met("no-request");
                }
            }
        }

        foreach (var what in (string[])["margin", "score", "budget", "no-budget", "request", "no-request"])
            seen.GetValueOrDefault(what).ShouldBeGreaterThan(10, string.Join(", ", seen.Select(s => $"{s.Key} {s.Value}")));
    }

    [Fact]
    public void Of_CallOfForty_EverybodyExplainedAndEveryFigureHoldsWhenRunAgain()
    {
        var model = SyntheticCall.Make(3, 40, 4, 3, 5);
        var outcome = AwardOptimiser.Solve(model);
        var told = new ExplainingAll(model, outcome, new SolveOptions { TimeLimit = TimeSpan.FromMinutes(5), Threads = 2 }) { Exactly = false }.Explain(1).Proposals;
        told.ShouldAllBe(e => e.Funded ? e.MarginRange != null || e.Complete : e.ScoreRange != null && (e.BudgetRange != null || e.NoBudget) && (e.RequestRange != null || e.NoRequest));
        var checks = told.SelectMany(e => ExplanationCheck.Of(model, e, new SolveOptions { TimeLimit = TimeSpan.FromSeconds(30) })).ToList();
        checks.Count.ShouldBeGreaterThan(100);
        checks.Where(c => c.Passed == false).ShouldBeEmpty();

        // The checker is not blind: a figure off by what it claims fails.
        var (loser, keeper) = (told.First(e => !e.Funded), told.First(e => e.Funded && e.MarginRange!.High < 100_000));
        ExplanationCheck.Of(model, loser with { ScoreRange = new(loser.ScoreRange!.High + 1, loser.ScoreRange.Low - 1) }).ShouldAllBe(c => c.Figure != "score" || c.Passed == false);
        ExplanationCheck.Of(model, keeper with { MarginRange = new(keeper.MarginRange!.High + 2, null) }).ShouldContain(c => c.Passed == false);
    }

    [Fact]
    public void Of_NoTimeLeft_EverybodyIsToldWithoutFigures()
    {
        var model = SyntheticCall.Make(3, 40, 4, 3, 5);
        var told = AwardExplanations.Of(model, AwardOptimiser.Solve(model), new SolveOptions { TimeLimit = TimeSpan.Zero });
        told.Proposals.Count.ShouldBe(40);
        told.Proposals.ShouldAllBe(e => !e.Complete && e.ScoreRange == null && e.MarginRange == null);
    }

    private static AwardModel Raised(AwardModel model, int p, long by) =>
        model with { Proposals = [.. model.Proposals.Select((q, k) => k == p ? q with { Levels = [.. q.Levels.Select(l => l with { Value = l.Value + by })] } : q)] };
}
