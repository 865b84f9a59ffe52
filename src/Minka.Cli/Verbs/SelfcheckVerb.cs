using System.CommandLine;
using System.Text.Json;
using Minka.Cli.Selfcheck;
using Minka.Selection.Allocation;

namespace Minka.Cli.Verbs;

/// <summary>
/// <c>selfcheck FILE…</c>: recomputes published known answers with the product's own code. One line a case,
/// <c>PASS|FAIL file case</c>; why a case fails is told on the error stream. Exit code 0 only if all pass.
/// </summary>
static class SelfcheckVerb
{
    public static Command Create()
    {
        var files = new Argument<string[]>("files") { Description = "Files of cases (JSON lists of {id, input, expected, tolerance}); a case's kind is known by the file's name and its keys.", Arity = ArgumentArity.OneOrMore };
        var command = new Command("selfcheck", "Recomputes published known answers with the product's own code.");
        command.Arguments.Add(files);
        command.SetAction((parsed, cancel) => RunAsync(parsed.GetValue(files)!, Console.Out, Console.Error, cancel));
        return command;
    }

    public static async Task<int> RunAsync(IReadOnlyList<string> paths, TextWriter output, TextWriter errors, CancellationToken cancel = default)
    {
        var passed = true;
        foreach (var path in paths)
        {
            var name = Path.GetFileName(path);
            List<KnownCase> cases;
            try
            {
                cases = Read(await File.ReadAllBytesAsync(path, cancel), name.StartsWith(ReferenceKinds.File, StringComparison.Ordinal));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or CaseFails)
            {
                passed = false;
                await output.WriteLineAsync($"FAIL {name} -");
                await errors.WriteLineAsync($"selfcheck: {path}: {e.Message}");
                continue;
            }
            foreach (var known in cases)
            {
                var notes = new List<string>();
                var why = Check(Path.GetFileNameWithoutExtension(path), known, notes.Add);
                foreach (var note in notes) await errors.WriteLineAsync($"selfcheck: {name} {known.Id}: {note}");
                passed &= why is null;
                await output.WriteLineAsync($"{(why is null ? "PASS" : "FAIL")} {name} {known.Id}");
                if (why is not null) await errors.WriteLineAsync($"selfcheck: {name} {known.Id}: {why}");
            }
        }
        return passed ? 0 : 1;
    }

    static string? Check(string file, KnownCase known, Action<string> tell)
    {
        try
        {
            CaseKinds.Check(file, known, tell);
            return null;
        }
        catch (Exception e) when (e is CaseFails or ArgumentException or InfeasibleAllocationException or InvalidOperationException or FormatException or OverflowException
            or KeyNotFoundException or IndexOutOfRangeException or DivideByZeroException)
        {
            return e.Message;
        }
    }

    static List<KnownCase> Read(byte[] bytes, bool results)
    {
        using var document = JsonDocument.Parse(bytes);
        // Reference values of other packages: an object, each key a case. What it holds are the results, with the input where that is not published elsewhere.
        if (document.RootElement.ValueKind == JsonValueKind.Object && results)
        {
            var named = document.RootElement.EnumerateObject().Select((c, i) => c.Value.ValueKind == JsonValueKind.Object && c.Value.TryGetProperty("input", out _)
                ? ReadCase(c.Value.Clone(), i) with { Id = c.Name } : new KnownCase(c.Name, default, c.Value.Clone(), KnownCase.DefaultTolerance)).ToList();
            return named.Count > 0 ? named : throw new CaseFails("there is no case in it");
        }
        if (document.RootElement.ValueKind != JsonValueKind.Array) throw new CaseFails("a list of cases is expected");
        var cases = document.RootElement.EnumerateArray().Select((c, i) => ReadCase(c.Clone(), i)).ToList();
        return cases.Count > 0 ? cases : throw new CaseFails("there is no case in it");
    }

    static KnownCase ReadCase(JsonElement value, int index)
    {
        if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty("input", out var input) || !value.TryGetProperty("expected", out var expected))
            throw new CaseFails($"case {index + 1} lacks its input or what is expected");
        var id = value.TryGetProperty("id", out var named) && named.ValueKind == JsonValueKind.String ? named.GetString()! : $"#{index + 1}";
        var tolerance = !value.TryGetProperty("tolerance", out var told) || told.ValueKind == JsonValueKind.Null ? KnownCase.DefaultTolerance
            : told.ValueKind == JsonValueKind.Number ? told.GetDouble() : double.NaN;
        return new KnownCase(id, input, expected, tolerance);
    }
}
