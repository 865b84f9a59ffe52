using System.Globalization;
using System.Text;
using System.Text.Json;
using Minka.Selection.Optimal;

namespace Minka.Cli.Selecting;

/// <summary>An optimised award and its explanations in words.</summary>
sealed class OptimalText(Words words, AwardTask task)
{
    public string Of(AwardOutcome? outcome, ExactResult? result, AwardExplanation? explanation)
    {
        var (status, objective, bound, nodes, elapsed, canonical) = OptimalAward.Figures(outcome, result);
        var text = new StringBuilder();
        var line = status switch
        {
            SolveStatus.Optimal => words.Of("optimum.optimal", Points(objective)),
            SolveStatus.Infeasible => words.Of("optimum.infeasible"),
            SolveStatus.Feasible => words.Of("optimum.feasible", Points(objective), Points(bound), Gap(objective, bound)),
            _ => words.Of("optimum.unknown"),
        };
        text.AppendLine(CultureInfo.InvariantCulture, $"{task.Name}: {line} ({words.Of("optimum.effort", nodes, elapsed.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture))}{(canonical ? words.Of("optimum.canonical") : "")})");
        if (outcome is null)
        {
            text.AppendLine("  " + string.Join(' ', OptimalAward.Indices(task, result!)));
            return text.ToString();
        }

        foreach (var decision in outcome.Decisions.Where(d => d.Level is not null))
            text.AppendLine(CultureInfo.InvariantCulture, $"  {decision.Id} {decision.Level} {decision.Amount}");
        if (outcome.Nothing is { } nothing)
            text.AppendLine("  " + words.Of("optimum.nothing", words.Of("optimum.nothing-" + Kebab(nothing))));
        foreach (var note in outcome.Notes)
            text.AppendLine("  " + words.Of(note.Kind == "cap" ? "optimum.note-cap" : $"optimum.note-{note.Kind}{(note.KnownDimension ? "" : "-dimension")}", note.Place, note.Of));
        if (outcome.Conflict.Count > 0)
        {
            text.AppendLine("  " + words.Of("optimum.conflict"));
            foreach (var rule in outcome.Conflict)
                text.AppendLine("    " + Rule(rule));
        }

        foreach (var e in explanation?.Proposals ?? [])
            text.AppendLine("  " + Of(e));
        return text.ToString();
    }

    /// <summary>What would have changed one decision, as a sentence.</summary>
    public string Of(ProposalExplanation e)
    {
        List<string> parts = [words.Of(e.Funded ? "optimum.funded" : "optimum.not-funded", e.Id)];
        Figure("margin", e.Margin, e.MarginRange, Points);
        Figure("score", e.ScoreNeeded, e.ScoreRange, Points);
        if (e.Displaces.Count > 0) parts.Add(words.Of("optimum.displaces", string.Join(", ", e.Displaces)));
        if (e.Funded && e.Brings.Count > 0) parts.Add(words.Of("optimum.brings", string.Join(", ", e.Brings)));
        Figure("budget", e.BudgetEnough, e.BudgetRange, Plain);
        if (e.NoBudget) parts.Add(words.Of("optimum.no-budget"));
        Figure("request", e.GreatestRequest, e.RequestRange, Plain);
        if (e.NoRequest) parts.Add(words.Of("optimum.no-request"));
        if (e.Conflict.Count > 0) parts.Add(words.Of("optimum.excluded", string.Join(" + ", e.Conflict.Select(Rule))));
        var known = e.MarginRange ?? e.ScoreRange ?? e.BudgetRange ?? e.RequestRange;
        return string.Join("; ", parts) + (e.Complete ? "." : known is null ? words.Of("optimum.no-time") : words.Of("optimum.between"));

        void Figure(string name, long? exact, Bracket? range, Func<long?, string> write)
        {
            if (exact is { } figure)
                parts.Add(words.Of("optimum." + name, write(figure)));
            else if (range is { Low: { } low, High: { } high })
                parts.Add(words.Of($"optimum.{name}-range", write(low), write(high)));
            else if (range is { Low: { } least })
                parts.Add(words.Of($"optimum.{name}-from", write(least)));
            else if (range is { High: { } most })
                parts.Add(words.Of($"optimum.{name}-to", write(most)));
        }
    }

    string Rule(AwardConstraint rule) => words.Of("optimum.rule-" + rule.Kind, rule.Of, rule.Amount);

    string Points(long? value) => value is { } known ? OptimalAward.Decimal(known, task.ValueDecimals) : "–";

    static string Plain(long? amount) => amount?.ToString(CultureInfo.InvariantCulture) ?? "–";

    static string Gap(long? objective, long? bound) => bound is { } b && objective is { } v ? ((b - (double)v) / Math.Max(1, Math.Abs((double)v)) * 100).ToString("0.####", CultureInfo.InvariantCulture) : "–";

    static string Kebab(NothingFunded nothing) => JsonNamingPolicy.KebabCaseLower.ConvertName(nothing.ToString());
}
