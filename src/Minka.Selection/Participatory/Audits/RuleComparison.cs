namespace Minka.Selection.Participatory.Audits;

/// <summary>Several rules on one election, side by side, and against the official result where the source has it.</summary>
/// <param name="Rows">One row a rule.</param>
/// <param name="Official">Projects that the source marks as funded (<c>selected</c> = 1), as indices; null where it does not tell.</param>
/// <param name="OfficialRule">The rule that the source names (META <c>rule</c>), or null.</param>
public sealed record RuleComparison(IReadOnlyList<ComparisonRow> Rows, IReadOnlyList<int>? Official, string? OfficialRule)
{
    /// <summary>The rules compared: each with its usual utility and without anything that the election does not allow.</summary>
    /// <param name="kind">What the ballots say.</param>
    public static IReadOnlyList<PbSettings> StandardRules(BallotKind kind)
    {
        var scored = kind is BallotKind.Cumulative or BallotKind.Ordinal or BallotKind.Scoring;
        List<PbSettings> rules = [new() { Rule = PbRule.GreedyVotes }];
        if (scored)
            rules.Add(new() { Rule = PbRule.GreedyScore });
        rules.AddRange([new() { Rule = PbRule.GreedyDensity }, new() { Rule = PbRule.GreedyNoSkip }, new() { Rule = PbRule.GreedyThreshold }]);
        if (scored)
        {
            rules.AddRange([new() { Rule = PbRule.EqualShares }, new() { Rule = PbRule.EqualShares, Completion = Completion.Add1 }, new() { Rule = PbRule.EqualShares, Completion = Completion.Add1U }]);
        }

        foreach (var utility in (ReadOnlySpan<Utility>)[Utility.Cost, Utility.Cardinality])
        {
            foreach (var completion in (ReadOnlySpan<Completion>)[Completion.None, Completion.Add1, Completion.Add1U])
                rules.Add(new() { Rule = PbRule.EqualShares, Utility = utility, Completion = completion });
        }

        rules.AddRange([new() { Rule = PbRule.EqualShares, Utility = Utility.Cost, Completion = Completion.AddOpt }, new() { Rule = PbRule.EqualShares, Utility = Utility.Cost, Completion = Completion.Epsilon }]);
        rules.AddRange([new() { Rule = PbRule.Phragmen }, new() { Rule = PbRule.MaximinSupport }, new() { Rule = PbRule.BoundedOverspending }]);
        return rules;
    }

    /// <summary>Runs all rules.</summary>
    /// <param name="election">The election.</param>
    /// <param name="rules">The rules; null for <see cref="StandardRules"/>.</param>
    /// <param name="cancel">Stops the work.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static RuleComparison Of(Election election, IReadOnlyList<PbSettings>? rules = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(election);
        HashSet<int>? official = election.Projects.Any(p => p.Selected is not null)
            ? [.. Enumerable.Range(0, election.Projects.Count).Where(p => election.Projects[p].Selected == 1)]
            : null;
        var rows = new List<ComparisonRow>();
        foreach (var settings in rules ?? StandardRules(election.Ballots.Kind))
        {
            var outcome = ParticipatoryBudget.Run(election, settings, cancel);
            double? agreement = null;
            if (official is not null)
            {
                var both = outcome.Order.Count(official.Contains);
                var either = outcome.Order.Count + official.Count - both;
                agreement = either == 0 ? 1 : (double)both / either;
            }

            rows.Add(new ComparisonRow(settings, outcome, Satisfaction.Of(election, outcome.Order), agreement));
        }

        return new RuleComparison(rows, official is null ? null : [.. official.Order()], election.Meta.GetValueOrDefault("rule"));
    }

    /// <summary>The rules whose outcome is the official one, exactly.</summary>
    public IEnumerable<ComparisonRow> Explaining => Rows.Where(r => r.Agreement == 1);

    /// <summary>The rule of this library that a source's rule name stands for, or null where the name does not tell all that decides.</summary>
    /// <param name="name">META <c>rule</c>.</param>
    public static PbSettings? Named(string? name) => name switch
    {
        "greedy" => new PbSettings { Rule = PbRule.GreedyScore },
        "greedy-no-skip" => new PbSettings { Rule = PbRule.GreedyNoSkip },
        "greedy-threshold" => new PbSettings { Rule = PbRule.GreedyThreshold },
        "equalshares" => new PbSettings { Rule = PbRule.EqualShares },
        "equalshares/add1" => new PbSettings { Rule = PbRule.EqualShares, Completion = Completion.Add1 },
        _ => null,
    };
}

/// <summary>One rule of a comparison.</summary>
/// <param name="Settings">The rule.</param>
/// <param name="Outcome">What it funds.</param>
/// <param name="Satisfaction">Who is represented.</param>
/// <param name="Agreement">Projects funded by both the rule and the official result, over those funded by either; 1 is the same outcome. Null without an official result.</param>
public sealed record ComparisonRow(PbSettings Settings, PbOutcome Outcome, Satisfaction Satisfaction, double? Agreement);
