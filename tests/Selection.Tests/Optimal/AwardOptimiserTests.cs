using Minka.Selection.Optimal;

namespace Minka.Selection.Tests.Optimal;

public sealed class AwardOptimiserTests
{
    [Fact]
    public void Solve_TenThousandSmallModels_EqualBruteForce()
    {
        var (feasible, infeasible) = (0, 0);
        Parallel.For(0, 10_000, seed =>
        {
            var model = SmallModels.Make(seed);
            var outcome = AwardOptimiser.Solve(model);
            if (SmallModels.Best(model) is not { } best)
            {
                outcome.Status.ShouldBe(SolveStatus.Infeasible, model.Name);
                Interlocked.Increment(ref infeasible);
                return;
            }

            Interlocked.Increment(ref feasible);
            outcome.Status.ShouldBe(SolveStatus.Optimal, model.Name);
            outcome.Canonical.ShouldBeTrue(model.Name);
            Levels(model, outcome).ShouldBe(best.Levels, model.Name);
            var signs = model.Objectives.Where(o => o != AwardObjective.Draw).Select(o => o is AwardObjective.FewestProjects or AwardObjective.LeastCost ? -1 : 1);
            outcome.Stages.Select(s => s.Value).ShouldBe(best.Values.Zip(signs, (v, s) => v * s), model.Name);
            outcome.Nothing.HasValue.ShouldBe(best.Levels.All(l => l < 0));
        });
        feasible.ShouldBeGreaterThan(5_000);
        infeasible.ShouldBeGreaterThan(500);
    }

    [Fact]
    public void Solve_InfeasibleModels_ConflictIsSmallest()
    {
        var seen = 0;
        for (var seed = 0; seed < 2_000 && seen < 120; seed++)
        {
            var model = SmallModels.Make(seed);
            if (SmallModels.Best(model) is not null)
                continue;
            seen++;
            var conflict = AwardOptimiser.Solve(model).Conflict;
            conflict.ShouldNotBeEmpty();
            SmallModels.Best(Only(model, conflict)).ShouldBeNull(model.Name + ": the set alone conflicts");
            foreach (var rule in conflict)
                SmallModels.Best(Only(model, [.. conflict.Where(c => c != rule)])).ShouldNotBeNull($"{model.Name}: without {rule} the rest holds");
        }

        seen.ShouldBe(120);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void Solve_AnyNumberOfThreads_SameList(int threads)
    {
        for (ulong seed = 1; seed <= 4; seed++)
        {
            var model = SyntheticCall.Make(seed, 40, 4, 2, 3);
            var one = AwardOptimiser.Solve(model);
            var many = AwardOptimiser.Solve(model, new SolveOptions { Threads = threads });
            many.Status.ShouldBe(one.Status);
            many.Decisions.ShouldBe(one.Decisions);
        }
    }

    [Fact]
    public void Solve_CallWithCutsAndGuesses_SameListForAnyStartAndThreads()
    {
        // Large enough for cuts at the root, wrong guesses and several trees.
        for (ulong seed = 1; seed <= 3; seed++)
        {
            var model = SyntheticCall.Make(seed, 150, 9, 4, 12);
            var one = AwardOptimiser.Solve(model);
            one.Status.ShouldBe(SolveStatus.Optimal);
            one.Canonical.ShouldBeTrue();
            AwardOptimiser.Solve(model, new SolveOptions { Threads = 3 }).Decisions.ShouldBe(one.Decisions);
            AwardOptimiser.Solve(model, new SolveOptions { RecordProof = true }).Decisions.ShouldBe(one.Decisions);
            AwardOptimiser.Solve(model, new SolveOptions { Start = one.Runs[0].Chosen }).Decisions.ShouldBe(one.Decisions);
        }
    }

    [Fact]
    public void Solve_StoppedAnywhere_BoundHolds()
    {
        var model = SyntheticCall.Make(5, 120, 8, 4, 10);
        var best = AwardOptimiser.Solve(model).Stages[0].Value;
        foreach (var nodes in (int[])[1, 3, 10, 30, 100, 300, 350, 400, 500, 700])
        {
            var outcome = AwardOptimiser.Solve(model, new SolveOptions { NodeLimit = nodes });
            if (outcome.Bound is { } bound)
                bound.ShouldBeGreaterThanOrEqualTo(best, $"{nodes} nodes");
            if (outcome.Stages.Count > 0)
                outcome.Stages[0].Value.ShouldBeLessThanOrEqualTo(best);
        }
    }

    [Fact]
    public void Solve_ManyEqualProposals_FirstInTheListAreFunded()
    {
        // 60 equal proposals, money for 25: an astronomical number of equal optima.
        var model = new AwardModel { Budget = 2_500, Proposals = [.. Enumerable.Range(0, 60).Select(p => One("p" + p, 100, 7))] };
        var outcome = AwardOptimiser.Solve(model);
        outcome.Status.ShouldBe(SolveStatus.Optimal);
        outcome.Canonical.ShouldBeTrue();
        outcome.Decisions.Select((d, k) => (d.Level is not null, k)).Where(d => d.Item1).Select(d => d.k).ShouldBe(Enumerable.Range(0, 25));
    }

    [Fact]
    public void Solve_Stopped_IsNeverCalledOptimal()
    {
        var model = SyntheticCall.Make(3, 120, 6, 3, 8);
        var outcome = AwardOptimiser.Solve(model, new SolveOptions { NodeLimit = 5 });
        outcome.Status.ShouldBeOneOf(SolveStatus.Feasible, SolveStatus.Unknown);
        outcome.Canonical.ShouldBeFalse();
        if (outcome.Status == SolveStatus.Feasible)
            outcome.Stages[0].Bound!.Value.ShouldBeGreaterThanOrEqualTo(outcome.Stages[0].Value);

        // Stopped at once: the empty list, which keeps the rules here, is no claim that nothing is worth funding.
        var none = AwardOptimiser.Solve(new AwardModel { Budget = 10, Proposals = [One("a", 6, 5), One("b", 6, 4)] }, new SolveOptions { TimeLimit = TimeSpan.Zero });
        none.Status.ShouldBe(SolveStatus.Feasible);
        none.Nothing.ShouldBeNull();
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        AwardOptimiser.Solve(model, new SolveOptions { Cancel = cancelled.Token }).Status.ShouldBeOneOf(SolveStatus.Feasible, SolveStatus.Unknown);
    }

    [Fact]
    public void Solve_NothingFunded_SaysWhy()
    {
        AwardOptimiser.Solve(new AwardModel { Budget = 5, Proposals = [] }).Nothing.ShouldBe(NothingFunded.NoProposals);
        AwardOptimiser.Solve(new AwardModel { Budget = 0, Proposals = [One("a", 1, 1)] }).Nothing.ShouldBe(NothingFunded.NoBudget);
        AwardOptimiser.Solve(new AwardModel { Budget = 5, Proposals = [One("a", 6, 1)] }).Nothing.ShouldBe(NothingFunded.AllTooDear);
        AwardOptimiser.Solve(new AwardModel { Budget = 5, Proposals = [One("a", 5, -1)] }).Nothing.ShouldBe(NothingFunded.NothingWorthwhile);
    }

    [Fact]
    public void Solve_FaultyModels_NameThePlace()
    {
        var a = One("a", 1, 1);
        var b = One("b", 1, 1);
        Fault(new AwardModel { Budget = -1, Proposals = [a] }).ShouldBe("budget-negative");
        Fault(new AwardModel { Budget = 1, Proposals = [a, a] }).ShouldBe("id-twice");
        Fault(new AwardModel { Budget = 1, Proposals = [One("a", -1, 1)] }).ShouldBe("amount-negative");
        Fault(new AwardModel { Budget = 1, Proposals = [a with { Levels = [] }] }).ShouldBe("no-level");
        Fault(new AwardModel { Budget = 1, Proposals = [a], Envelopes = [new("r", "x", 5, 4)] }).ShouldBe("floor-above-ceiling");
        Fault(new AwardModel { Budget = 1, Proposals = [a], Prerequisites = [new("a", "z")] }).ShouldBe("unknown-id");
        Fault(new AwardModel { Budget = 1, Proposals = [a, b], Prerequisites = [new("a", "b"), new("b", "a")] }).ShouldBe("cycle");
        Fault(new AwardModel { Budget = 1, Proposals = [a], Prerequisites = [new("a", "a")] }).ShouldBe("cycle");
        Fault(new AwardModel { Budget = 1, Proposals = [One("a", long.MaxValue, 1), One("b", long.MaxValue, 1)] }).ShouldBe("overflow");
        Fault(new AwardModel { Budget = 1, Proposals = [One("a", 1, long.MaxValue)] }).ShouldBe("overflow");
        Fault(new AwardModel { Budget = 1, Proposals = [a], Synergies = [new("s", ["a", "q"], 1)] }).ShouldBe("unknown-id");
        Fault(new AwardModel { Budget = 1, Proposals = [a, b], Penalties = [new("s", ["a", "b"], -1)] }).ShouldBe("interaction-negative");
        Fault(new AwardModel { Budget = 1, Proposals = [a], Objectives = [] }).ShouldBe("no-objective");
    }

    [Fact]
    public void Solve_ContradictoryFloors_ConflictInWords()
    {
        var model = new AwardModel
        {
            Budget = 10,
            Proposals = [One("a", 6, 1, "north"), One("b", 6, 1, "south"), One("c", 1, 1)],
            Envelopes = [new("region", "north", 5, null), new("region", "south", 5, null)],
        };
        var outcome = AwardOptimiser.Solve(model);
        outcome.Status.ShouldBe(SolveStatus.Infeasible);
        outcome.Conflict.Select(c => c.Kind).Order().ShouldBe(["budget", "floor", "floor"]);
        outcome.Conflict.Select(c => c.ToString()).ShouldContain("the floor of 5 for region:north");
    }

    internal static int[] Levels(AwardModel model, AwardOutcome outcome) =>
        [.. outcome.Decisions.Select((d, p) => d.Level is null ? -1 : model.Proposals[p].Levels.Select((l, k) => (l.Id, k)).First(l => l.Id == d.Level).k)];

    internal static AwardProposal One(string id, long amount, long value, string? region = null) => new()
    {
        Id = id,
        Levels = [new FundingLevel { Id = "full", Amount = amount, Value = value }],
        Groups = region is null ? new Dictionary<string, string>(StringComparer.Ordinal) : new(StringComparer.Ordinal) { ["region"] = region },
    };

    private static string Fault(AwardModel model) => Should.Throw<InvalidAwardModelException>(() => AwardOptimiser.Solve(model)).Code;

    // The model with only some of its rules.
    [Fact]
    public void Solve_RulesForNobody_AreNotedAndAFloorThereIsAContradiction()
    {
        var model = new AwardModel
        {
            Budget = 10,
            Proposals = [One("A", 5, 5) with { Groups = new Dictionary<string, string>(StringComparer.Ordinal) { ["region"] = "R1" } }],
            Envelopes = [new("region", "R1", 0, 9), new("region", "R9", 0, 7), new("regoin", "R1", 0, 7)],
            Caps = [new(CapBy.Applicant, 1, null, "nobody")],
        };
        var outcome = AwardOptimiser.Solve(model);
        outcome.Status.ShouldBe(SolveStatus.Optimal);
        outcome.Notes.Select(n => n.ToString()).ShouldBe([
            "envelopes[1]: no proposal belongs to region:R9, so its ceiling limits nothing",
            "envelopes[2]: no proposal names the dimension of regoin:R1, so its ceiling limits nothing",
            "caps[0]: nobody is applicant:nobody, so this cap limits nothing"]);

        var floor = AwardOptimiser.Solve(model with { Envelopes = [.. model.Envelopes, new("region", "R8", 3, null)] });
        floor.Status.ShouldBe(SolveStatus.Infeasible);
        floor.Conflict.ShouldBe([new AwardConstraint("floor", "region:R8", 3)]);
        floor.Notes[^2].ToString().ShouldBe("envelopes[3]: no proposal belongs to region:R8, so nothing can reach its floor");
    }

    private static AwardModel Only(AwardModel model, IReadOnlyList<AwardConstraint> rules)
    {
        bool Has(string kind, string of) => rules.Any(r => r.Kind == kind && r.Of == of);
        string[] holders = [.. model.Proposals.SelectMany(p => new[] { p.Applicant is null ? null : "applicant:" + p.Applicant, p.PlanWriter is null ? null : "planWriter:" + p.PlanWriter }).OfType<string>().Distinct()];
        return model with
        {
            Budget = Has("budget", "") ? model.Budget : long.MaxValue / 4,
            Envelopes = [.. model.Envelopes.Select(e => e with { Floor = Has("floor", $"{e.Dimension}:{e.Group}") ? e.Floor : 0, Ceiling = Has("ceiling", $"{e.Dimension}:{e.Group}") ? e.Ceiling : null })],
            Caps = [.. model.Caps.SelectMany(c => holders.Where(h => h.StartsWith(c.By == CapBy.Applicant ? "applicant:" : "planWriter:", StringComparison.Ordinal)).Select(h => (Holder: h, Name: h[(h.IndexOf(':', StringComparison.Ordinal) + 1)..]))
                .Where(h => c.Only is null || c.Only == h.Name)
                .Select(h => new AwardCap(c.By, rules.Any(r => r.Kind == "cap-count" && r.Of == h.Holder && r.Amount == c.MaxCount) ? c.MaxCount : null, rules.Any(r => r.Kind == "cap-amount" && r.Of == h.Holder && r.Amount == c.MaxAmount) ? c.MaxAmount : null, h.Name)))
                .Where(c => c.MaxCount is not null || c.MaxAmount is not null)],
            Programmes = [.. model.Programmes.Where(p => Has("programme", p.Id))],
            Prerequisites = [.. model.Prerequisites.Where(p => Has("prerequisite", $"{p.Proposal} → {p.Requires}"))],
            Exclusions = [.. model.Exclusions.Where(e => Has("exclusion", e.Id))],
        };
    }
}
