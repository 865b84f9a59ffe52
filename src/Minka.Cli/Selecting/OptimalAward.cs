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
/// <param name="ExplainLimit">Seconds for all explanations of a task together; null for as long as it takes.</param>
/// <param name="Check">Whether to decide again with each figure of the explanations.</param>
/// <param name="Language">Of the text: es or en.</param>
sealed record OptimalOptions(double? TimeLimit, int Threads, bool Explain, string? Certificate, bool Json, double? ExplainLimit = 3.5, bool Check = false, string Language = "es");

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

        if (options.ExplainLimit is { } most && !(most > 0 && most < 1e7))
        {
            await errors.WriteLineAsync("select award: --explain-limit is a number of seconds above zero");
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
        var explanation = options.Explain && outcome is { Status: SolveStatus.Optimal } ? AwardExplanations.Of(task.Model!, outcome, solve with { Progress = null, Start = null, TimeLimit = options.ExplainLimit is { } seconds ? TimeSpan.FromSeconds(seconds) : null }) : null;
        if (options.Json)
            await output.WriteLineAsync(Json(task, outcome, result, explanation));
        else
            await output.WriteAsync(new OptimalText(new Words(options.Language), task).Of(outcome, result, explanation));
        if (options.Check && explanation is not null && !await CheckAsync(task.Model!, explanation, solve, errors, cancel))
            return 1;
        return status == SolveStatus.Optimal ? 0 : 1;
    }

    // Each figure by deciding the award again; what fails is told on its own line.
    private static async Task<bool> CheckAsync(AwardModel model, AwardExplanation explanation, SolveOptions solve, TextWriter errors, CancellationToken cancel)
    {
        var (held, open, wrong) = (0, 0, 0);
        foreach (var proposal in explanation.Proposals)
        {
            cancel.ThrowIfCancellationRequested();
            foreach (var check in ExplanationCheck.Of(model, proposal, solve with { Progress = null }))
            {
                held += check.Passed == true ? 1 : 0;
                open += check.Passed is null ? 1 : 0;
                if (check.Passed != false)
                    continue;
                wrong++;
                await errors.WriteLineAsync($"FAIL {check.Id} {check.Figure} {check.Change}: {(check.Expected ? "not " : "")}funded when decided again");
            }
        }

        await errors.WriteLineAsync($"explanations decided again: {held} hold, {wrong} do not, {open} stopped by the time limit");
        return wrong == 0;
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
            json.WriteString("nothing", new Words("en").Of("optimum.nothing-" + JsonNamingPolicy.KebabCaseLower.ConvertName(nothing.ToString())));
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

        Strings(json, "notes", outcome.Notes.Select(n => n.ToString()));
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
            Range(json, "scoreRange", e.ScoreRange, task.ValueDecimals);
            Range(json, "marginRange", e.MarginRange, task.ValueDecimals);
            Range(json, "budgetRange", e.BudgetRange, 0);
            Range(json, "requestRange", e.RequestRange, 0);
            json.WriteBoolean("noBudget", e.NoBudget);
            json.WriteBoolean("noRequest", e.NoRequest);
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

    private static void Range(Utf8JsonWriter json, string name, Bracket? range, int decimals)
    {
        if (range is null)
            return;
        json.WriteStartArray(name);
        foreach (var end in (long?[])[range.Low, range.High])
        {
            if (end is { } value)
                json.WriteRawValue(Decimal(value, decimals));
            else
                json.WriteNullValue();
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

    internal static (SolveStatus Status, long? Objective, long? Bound, long Nodes, TimeSpan Elapsed, bool Canonical) Figures(AwardOutcome? outcome, ExactResult? result) =>
        outcome is null
            ? (result!.Status, result.Objective, result.Bound, result.Nodes, result.Elapsed, result.Canonical)
            : (outcome.Status, outcome.Stages.Count > 0 ? outcome.Stages[0].Value : null, outcome.Stages.Count > 0 ? outcome.Stages[0].Bound : outcome.Bound, outcome.Nodes, outcome.Elapsed, outcome.Canonical);

    // Of a knapsack the chosen columns; of one with groups the item taken in each group.
    internal static IEnumerable<int> Indices(AwardTask task, ExactResult result)
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

    internal static string Decimal(long value, int decimals)
    {
        decimal number = value;
        for (var k = 0; k < decimals; k++)
            number /= 10;
        return number.ToString("0.#########", CultureInfo.InvariantCulture);
    }
}
