using Minka.Selection.Participatory;
using Minka.Selection.Participatory.Audits;

namespace Minka.Web.Screens.Selection.Elections;

/// <summary>One rule that the page compares: its key in addresses and texts.</summary>
public sealed record ComparedRule(string Key, PbSettings Settings);

/// <summary>What the page shows of an election: every rule side by side, and one of them explained.</summary>
public sealed record DecidedElection(Election Election, IReadOnlyList<(ComparedRule Rule, ComparisonRow Row)> Rows, RuleComparison Comparison,
    ComparedRule Explained, PbOutcome Outcome, Satisfaction Satisfaction, Priceability? Prices, JustifiedRepresentation Representation, IReadOnlyList<LostProject> Lost, int LostInAll)
{
    /// <summary>The most losing projects explained on one page; the command line explains all.</summary>
    public const int MostLost = 20;

    public static IReadOnlyList<ComparedRule> Rules { get; } =
    [
        new("votos", new PbSettings { Rule = PbRule.GreedyScore }),
        new("votos-por-costo", new PbSettings { Rule = PbRule.GreedyDensity }),
        new("partes-iguales", new PbSettings { Rule = PbRule.EqualShares }),
        new("partes-iguales-add1", new PbSettings { Rule = PbRule.EqualShares, Completion = Completion.Add1 }),
        new("partes-iguales-add1u", new PbSettings { Rule = PbRule.EqualShares, Completion = Completion.Add1U }),
        new("phragmen", new PbSettings { Rule = PbRule.Phragmen }),
    ];

    /// <summary>Decides and explains. What a losing project needed takes many runs: as many as <paramref name="patience"/> allows are told, the rules themselves always.</summary>
    public static DecidedElection Of(Election election, ComparedRule explained, TimeSpan patience, CancellationToken cancel)
    {
        var comparison = RuleComparison.Of(election, [.. Rules.Select(r => r.Settings)], cancel);
        var outcome = ParticipatoryBudget.Run(election, explained.Settings with { Explain = true }, cancel);
        var lost = Enumerable.Range(0, election.Projects.Count).Except(outcome.Order).ToList();
        var votes = new long[election.Projects.Count];
        for (var g = 0; g < election.Ballots.GroupCount; g++)
        {
            foreach (var p in election.Ballots.Projects(g)) votes[p] += election.Ballots.Multiplicity(g);
        }
        return new DecidedElection(election, [.. Rules.Zip(comparison.Rows)], comparison, explained, outcome,
            Satisfaction.Of(election, outcome.Order), Priceability.Of(election, outcome),
            JustifiedRepresentation.Of(election, outcome.Order, explained.Settings.UtilityFor(election.Ballots.Kind)),
            Needed(election, explained, [.. lost.OrderByDescending(p => votes[p]).Take(MostLost)], patience, cancel), lost.Count);
    }

    static List<LostProject> Needed(Election election, ComparedRule explained, List<int> lost, TimeSpan patience, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(patience);
        var needed = new List<LostProject>();
        try
        {
            foreach (var p in lost) needed.Add(Counterfactuals.Of(election, explained.Settings, p, limit.Token));
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // Those told so far are whole; the page says how many there are.
        }
        return needed;
    }
}
