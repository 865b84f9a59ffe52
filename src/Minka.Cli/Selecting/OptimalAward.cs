using System.Globalization;
using System.Text;
using System.Text.Json;
using Minka.Selection.Optimal;

namespace Minka.Cli.Selecting;

/// <summary>What <c>select award</c> without a ranking mode was asked for.</summary>
/// <param name="TimeLimit">Seconds a task; null for none.</param>
/// <param name="Threads">Workers; the result of a finished run does not depend on them.</param>
/// <param name="Explain">Whether to tell what would have changed each decision.</param>
/// <param name="Certificate">Where to write the certificate; null for nowhere.</param>
/// <param name="Json">JSON lines instead of text.</param>
sealed record OptimalOptions(double? TimeLimit, int Threads, bool Explain, string? Certificate, bool Json);

/// <summary>Decides awards by the exact optimiser and writes the answers.</summary>
static class OptimalAward
{
    static readonly JsonWriterOptions Lines = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <returns>0 if every task is decided; 1 if one is infeasible, or stopped before proof; 2 if the file is faulty.</returns>
    public static async Task<int> RunAsync(string path, OptimalOptions options, TextWriter output, TextWriter errors, CancellationToken cancel = default)
    {
        if (!File.Exists(path))
        {
            await errors.WriteLineAsync($"select award: there is no file {path}");
            return 2;
        }

        if (options.TimeLimit is { } limit && !(limit > 0 && limit < 1e7))
        {
            await errors.WriteLineAsync("select award: --time-limit is a number of seconds above zero");
            return 2;
        }

        var input = await File.ReadAllBytesAsync(path, cancel);
        var code = 0;
        try
        {
            var tasks = AwardFile.Read(input);
            if (tasks.Count == 0)
                await errors.WriteLineAsync($"{path}: the list is empty, there is nothing to decide");
            if (options.Certificate is not null && tasks.Count > 1)
            {
                await errors.WriteLineAsync($"{path}: a certificate is about one task, this file has {tasks.Count}");
                return 2;
            }

            for (var k = 0; k < tasks.Count; k++)
            {
                var solve = new SolveOptions
                {
                    TimeLimit = options.TimeLimit is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
                    Threads = options.Threads,
                    Cancel = cancel,
                    Progress = options.Json ? null : p => errors.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {p.Elapsed.TotalSeconds:0.0} s: best {p.Objective?.ToString(CultureInfo.InvariantCulture) ?? "none"}, bound {p.Bound?.ToString(CultureInfo.InvariantCulture) ?? "none"}, {p.Nodes} nodes")),
                };
                code = Math.Max(code, await OneAsync(input, k, tasks[k], solve, options, output, errors, cancel));
            }
        }
        catch (InvalidAwardModelException e)
        {
            if (options.Json)
                await output.WriteLineAsync(JsonSerializer.Serialize(new { status = "invalid", code = e.Code, place = e.Place, message = e.Message }));
            await errors.WriteLineAsync($"{path}: {e.Message}");
            return 2;
        }

        return code;
    }

    private static async Task<int> OneAsync(byte[] input, int index, AwardTask task, SolveOptions solve, OptimalOptions options, TextWriter output, TextWriter errors, CancellationToken cancel)
    {
        AwardOutcome? outcome = null;
        ExactResult? result = null;
        if (options.Certificate is { } file)
        {
            if (AwardCertificate.Solve(input, index, task, solve, out outcome, out result) is { } certificate)
                await File.WriteAllBytesAsync(file, certificate, cancel);
            else
                await errors.WriteLineAsync("select award: stopped before the proof was complete, so there is no certificate");
        }
        else if (task.Model is { } model)
        {
            outcome = AwardOptimiser.Solve(model, solve);
        }
        else
        {
            result = ExactSolver.Solve(task.Program!, solve);
        }

        var status = outcome?.Status ?? result!.Status;
        var explanation = options.Explain && outcome is { Status: SolveStatus.Optimal } ? AwardExplanations.Of(task.Model!, outcome, solve with { Progress = null, Start = null }) : null;
        if (options.Json)
            await output.WriteLineAsync(Json(task, outcome, result, explanation));
        else
            await output.WriteAsync(Text(task, outcome, result, explanation));
        return status == SolveStatus.Optimal ? 0 : 1;
    }

    private static string Json(AwardTask task, AwardOutcome? outcome, ExactResult? result, AwardExplanation? explanation)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Lines))
        {
            var (status, objective, bound, nodes, elapsed, canonical) = Figures(outcome, result);
            json.WriteStartObject();
            json.WriteString("name", task.Name);
            // Without any solution the solve is as little decided as with one that is not proved.
            json.WriteString("status", status switch { SolveStatus.Optimal => "optimal", SolveStatus.Infeasible => "infeasible", SolveStatus.Feasible => "feasible", _ => "unknown" });
            Value(json, "objective", objective, task.ValueDecimals);
            Value(json, "bound", bound, task.ValueDecimals);
            if (objective is { } o && bound is { } b)
                json.WriteNumber("gap", Math.Max(0, (b - (double)o) / Math.Max(1, Math.Abs((double)o))));
            else
                json.WriteNull("gap");
            json.WriteStartArray("selected");
            if (outcome is not null)
            {
                foreach (var decision in outcome.Decisions.Where(d => d.Level is not null))
                {
                    json.WriteStartObject();
                    json.WriteString("id", decision.Id);
                    json.WriteString("level", decision.Level);
                    json.WriteNumber("amount", decision.Amount);
                    json.WriteEndObject();
                }
            }
            else
            {
                foreach (var chosen in Indices(task, result!))
                    json.WriteNumberValue(chosen);
            }

            json.WriteEndArray();
            json.WriteNumber("nodes", nodes);
            json.WriteNumber("ms", Math.Round(elapsed.TotalMilliseconds, 1));
            json.WriteBoolean("canonical", canonical);
            if (outcome is not null)
                Model(json, task, outcome, explanation);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void Model(Utf8JsonWriter json, AwardTask task, AwardOutcome outcome, AwardExplanation? explanation)
    {
        json.WriteNumber("awarded", outcome.Awarded);
        json.WriteStartArray("objectives");
        foreach (var stage in outcome.Stages)
        {
            json.WriteStartObject();
            json.WriteString("kind", JsonNamingPolicy.KebabCaseLower.ConvertName(stage.Objective.ToString()));
            Value(json, "value", stage.Value, stage.Objective == AwardObjective.Merit ? task.ValueDecimals : 0);
            json.WriteBoolean("proved", stage.Proved);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (outcome.Nothing is { } nothing)
            json.WriteString("nothing", Why(nothing));
        if (outcome.Conflict.Count > 0)
        {
            json.WriteStartArray("conflict");
            foreach (var rule in outcome.Conflict)
            {
                json.WriteStartObject();
                json.WriteString("kind", rule.Kind);
                json.WriteString("of", rule.Of);
                json.WriteNumber("amount", rule.Amount);
                json.WriteString("words", rule.ToString());
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        if (explanation is null)
            return;
        json.WriteStartArray("explanations");
        foreach (var e in explanation.Proposals)
        {
            json.WriteStartObject();
            json.WriteString("id", e.Id);
            json.WriteBoolean("funded", e.Funded);
            Value(json, "scoreNeeded", e.ScoreNeeded, task.ValueDecimals);
            Value(json, "margin", e.Margin, task.ValueDecimals);
            Strings(json, "displaces", e.Displaces);
            Strings(json, "brings", e.Brings);
            Strings(json, "conflict", e.Conflict.Select(c => c.ToString()));
            Value(json, "budgetEnough", e.BudgetEnough, 0);
            Value(json, "greatestRequest", e.GreatestRequest, 0);
            json.WriteBoolean("complete", e.Complete);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("budgetSteps");
        foreach (var step in explanation.BudgetSteps)
        {
            json.WriteStartObject();
            json.WriteNumber("budget", step.Amount);
            Value(json, "objective", step.Objective, task.ValueDecimals);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Strings(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }

    private static (SolveStatus Status, long? Objective, long? Bound, long Nodes, TimeSpan Elapsed, bool Canonical) Figures(AwardOutcome? outcome, ExactResult? result) =>
        outcome is null
            ? (result!.Status, result.Objective, result.Bound, result.Nodes, result.Elapsed, result.Canonical)
            : (outcome.Status, outcome.Stages.Count > 0 ? outcome.Stages[0].Value : null, outcome.Stages.Count > 0 ? outcome.Stages[0].Bound : outcome.Bound, outcome.Nodes, outcome.Elapsed, outcome.Canonical);

    // Of a knapsack the chosen columns; of one with groups the item taken in each group.
    private static IEnumerable<int> Indices(AwardTask task, ExactResult result)
    {
        for (var j = 0; j < result.Chosen.Count; j++)
        {
            if (result.Chosen[j])
                yield return task.GroupStarts.Count > 0 ? j - task.GroupStarts.Last(s => s <= j) : j;
        }
    }

    private static void Value(Utf8JsonWriter json, string name, long? scaled, int decimals)
    {
        if (scaled is { } value)
        {
            json.WritePropertyName(name);
            json.WriteRawValue(Decimal(value, decimals));
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static string Decimal(long value, int decimals)
    {
        decimal number = value;
        for (var k = 0; k < decimals; k++)
            number /= 10;
        return number.ToString("0.#########", CultureInfo.InvariantCulture);
    }

    private static string Text(AwardTask task, AwardOutcome? outcome, ExactResult? result, AwardExplanation? explanation)
    {
        var (status, objective, bound, nodes, elapsed, canonical) = Figures(outcome, result);
        var text = new StringBuilder();
        var found = objective is { } o ? Decimal(o, task.ValueDecimals) : "none";
        var line = status switch
        {
            SolveStatus.Optimal => $"optimal, objective {found}",
            SolveStatus.Infeasible => "no list keeps all rules",
            SolveStatus.Feasible => string.Create(CultureInfo.InvariantCulture, $"best found {found}, at most {(bound is { } b ? Decimal(b, task.ValueDecimals) : "unknown")}, gap {(bound is { } g && objective is { } v ? (g - (double)v) / Math.Max(1, Math.Abs((double)v)) * 100 : double.NaN):0.####} %: not proved to be the best"),
            _ => "stopped before any list was found",
        };
        text.AppendLine(CultureInfo.InvariantCulture, $"{task.Name}: {line} ({nodes} nodes, {elapsed.TotalSeconds:0.00} s{(canonical ? ", first in the published order among the best" : "")})");
        if (outcome is null)
        {
            text.AppendLine("  " + string.Join(' ', Indices(task, result!)));
            return text.ToString();
        }

        foreach (var decision in outcome.Decisions.Where(d => d.Level is not null))
            text.AppendLine(CultureInfo.InvariantCulture, $"  {decision.Id} {decision.Level} {decision.Amount}");
        if (outcome.Nothing is { } nothing)
            text.AppendLine("  nothing is funded because " + Why(nothing));
        if (outcome.Conflict.Count > 0)
        {
            text.AppendLine("  these rules cannot hold together; without any one of them the others can:");
            foreach (var rule in outcome.Conflict)
                text.AppendLine("    " + rule);
        }

        foreach (var e in explanation?.Proposals ?? [])
        {
            text.Append("  " + e.Id + (e.Funded ? " is funded" : " is not funded"));
            if (e.Margin is { } margin)
                text.Append("; stays with a value lower by up to " + Decimal(margin, task.ValueDecimals));
            if (e.ScoreNeeded is { } needed)
                text.Append("; would have needed the value " + Decimal(needed, task.ValueDecimals));
            if (e.Displaces.Count > 0)
                text.Append("; in place of " + string.Join(", ", e.Displaces));
            if (e.BudgetEnough is { } budget)
                text.Append(CultureInfo.InvariantCulture, $"; a budget of {budget} would have been enough");
            if (e.GreatestRequest is { } request)
                text.Append(CultureInfo.InvariantCulture, $"; a request of {request} would have been funded");
            if (e.Conflict.Count > 0)
                text.Append("; the rules exclude it: " + string.Join(" and ", e.Conflict));
            text.AppendLine(e.Complete ? "." : " (time ran out).");
        }

        return text.ToString();
    }

    private static string Why(NothingFunded nothing) => nothing switch
    {
        NothingFunded.NoProposals => "there is no proposal",
        NothingFunded.NoBudget => "the budget is 0",
        NothingFunded.AllTooDear => "every level costs more than the budget",
        _ => "no list that the rules allow has a value above zero",
    };
}
