using System.Security.Cryptography;
using System.Text.Json;

namespace Minka.Selection.Optimal;

/// <summary>
/// Writes the certificate of an award: the input with its SHA-256, the solution, and for each objective the branching tree with the integer
/// multipliers that close each leaf, the fixings with theirs, and the added rows with their own proofs. <see cref="CertificateCheck"/>
/// replays it.
/// </summary>
/// <remarks>
/// The tree is a flat list in preorder. A node: <c>s</c> steps that fix columns, <c>c</c> the closing step, <c>b</c> the column branched on
/// (or −2 − row, with <c>k</c> the split of its sum); a node with neither is a point. A step: scale, rows, multipliers, columns, values.
/// </remarks>
public static class AwardCertificate
{
    /// <summary>The value of the certificate's <c>kind</c>.</summary>
    public const string Kind = "award-optimum";

    /// <summary>Solves a task and writes its certificate.</summary>
    /// <param name="input">The file's bytes, exactly as read.</param>
    /// <param name="index">Which task of the file.</param>
    /// <param name="task">The task.</param>
    /// <param name="options">How to solve.</param>
    /// <param name="outcome">The outcome of a model; null for a benchmark knapsack.</param>
    /// <param name="result">The result of a benchmark knapsack; null for a model.</param>
    /// <returns>UTF-8 JSON; null if the solve did not finish, for then there is nothing to certify.</returns>
    public static byte[]? Solve(ReadOnlyMemory<byte> input, int index, AwardTask task, SolveOptions options, out AwardOutcome? outcome, out ExactResult? result)
    {
        ArgumentNullException.ThrowIfNull(task);
        options = options with { RecordProof = true };
        outcome = null;
        result = null;
        IReadOnlyList<ExactResult> runs;
        IReadOnlyList<bool> chosen;
        if (task.Model is { } model)
        {
            outcome = AwardOptimiser.Solve(model, options);
            if (outcome.Status is not (SolveStatus.Optimal or SolveStatus.Infeasible))
                return null;
            runs = outcome.Runs;
            chosen = runs[^1].Chosen;
        }
        else
        {
            result = ExactSolver.Solve(task.Program!, options);
            if (result.Status is not (SolveStatus.Optimal or SolveStatus.Infeasible))
                return null;
            runs = [result];
            chosen = result.Chosen;
        }

        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("kind", Kind);
            json.WriteNumber("version", 1);
            json.WriteString("name", task.Name);
            json.WriteString("inputSha256", Convert.ToHexStringLower(SHA256.HashData(input.Span)));
            json.WriteString("input", Convert.ToBase64String(input.Span));
            json.WriteNumber("index", index);
            json.WriteString("status", runs[0].Status == SolveStatus.Optimal ? "optimal" : "infeasible");
            Numbers(json, "chosen", Enumerable.Range(0, chosen.Count).Where(j => chosen[j]).Select(j => (long)j));
            json.WriteStartArray("stages");
            foreach (var run in runs)
                Stage(json, run);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static void Stage(Utf8JsonWriter json, ExactResult run)
    {
        json.WriteStartObject();
        if (run.Objective is { } value)
            json.WriteNumber("value", value);
        json.WriteBoolean("canonical", run.ProofIsCanonical);
        json.WriteStartArray("added");
        foreach (var row in run.Added)
        {
            json.WriteStartObject();
            Numbers(json, "columns", row.Columns.Select(c => (long)c));
            Numbers(json, "weights", row.Weights);
            json.WriteNumber("bound", row.Bound);
            if (row.Rounding is { } rounding)
            {
                json.WriteStartObject("rounding");
                json.WriteNumber("scale", rounding.Scale);
                Numbers(json, "rows", rounding.Rows.Select(r => (long)r));
                Numbers(json, "multipliers", rounding.Multipliers);
                Numbers(json, "atUpper", rounding.AtUpper.Select(u => u ? 1L : 0L));
                Numbers(json, "turned", rounding.Turned.Select(c => (long)c));
                json.WriteNumber("divisor", rounding.Divisor);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        Tree(json, "tree", run.Proof!);
        json.WriteEndObject();
    }

    private static void Tree(Utf8JsonWriter json, string name, ProofNode root)
    {
        json.WriteStartArray(name);
        var stack = new Stack<ProofNode>([root]);
        while (stack.TryPop(out var node))
        {
            json.WriteStartObject();
            if (node.Steps is { Count: > 0 } steps)
            {
                json.WriteStartArray("s");
                foreach (var step in steps)
                    Step(json, step, closing: false);
                json.WriteEndArray();
            }

            if (node.Closing is { } closing)
            {
                json.WritePropertyName("c");
                Step(json, closing, closing: true);
            }
            else if (node.Branch != -1)
            {
                json.WriteNumber("b", node.Branch);
                if (node.Branch < -1)
                    json.WriteNumber("k", node.Split);
                stack.Push(node.One!);
                stack.Push(node.Zero!);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Step(Utf8JsonWriter json, ProofStep step, bool closing)
    {
        json.WriteStartArray();
        json.WriteNumberValue(step.Scale);
        Array(json, step.Rows.Select(r => (long)r));
        Array(json, step.Multipliers);
        if (!closing)
        {
            Array(json, step.Columns.Select(c => (long)c));
            Array(json, step.Values.Select(v => v ? 1L : 0L));
        }

        json.WriteEndArray();
    }

    private static void Numbers(Utf8JsonWriter json, string name, IEnumerable<long> numbers)
    {
        json.WritePropertyName(name);
        Array(json, numbers);
    }

    private static void Array(Utf8JsonWriter json, IEnumerable<long> numbers)
    {
        json.WriteStartArray();
        foreach (var number in numbers)
            json.WriteNumberValue(number);
        json.WriteEndArray();
    }
}
