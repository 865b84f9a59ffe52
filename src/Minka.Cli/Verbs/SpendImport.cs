using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Minka.Core.Kernel;
using Minka.Observatory.Duck;
using Minka.Observatory.Importing;
using Minka.Observatory.Reading;
using Minka.Observatory.Store;
using Minka.Observatory.Tables;

namespace Minka.Cli.Verbs;

/// <summary>What a verb was given cannot be answered; the message says why in the reader's language.</summary>
sealed class RefusedInput(string message) : Exception(message);

/// <summary><c>spend import FILES… --store DIR</c>, <c>spend imports</c> and <c>spend undo</c>: files into a store, each an act that can be undone. See docs/observatory.md.</summary>
static class SpendImport
{
    static readonly JsonSerializerOptions Indented = JsonForms.Create(indented: true);

    static Option<string> Store() => new("--store") { Description = "Folder of the store.", Required = true };

    static Option<bool> Json() => new("--json") { Description = "JSON instead of lines." };

    static Option<string> Language()
    {
        var language = new Option<string>("--language", "--lang") { Description = "es (default) or en.", DefaultValueFactory = _ => "es" };
        language.AcceptOnlyFromAmong([.. Words.Languages]);
        return language;
    }

    public static Command Import()
    {
        var files = new Argument<string[]>("files") { Description = "CSV (also .gz or .zip), XLSX, HTML or JSON files; each is known by its headings.", Arity = ArgumentArity.OneOrMore };
        Option<string> store = Store(), language = Language();
        var mapping = new Option<string?>("--mapping") { Description = "JSON that maps the columns of a file that nobody published; see docs/observatory.md." };
        var sheet = new Option<string?>("--sheet") { Description = "Name of the sheet of a workbook; without it the first that can be read." };
        var year = new Option<int?>("--year") { Description = "Year of files whose rows do not say it." };
        var replace = new Option<bool>("--replace") { Description = "The file stands for all of its kind and years: earlier files of that kind are out of force even where it is silent." };
        var json = Json();
        var command = new Command("import", "Imports files of public spending into a store; nothing is ever counted twice.") { Arguments = { files }, Options = { store, mapping, sheet, year, replace, json, language } };
        command.SetAction((p, cancel) => RunAsync(p.GetValue(files)!, p.GetValue(store)!, p.GetValue(mapping), p.GetValue(sheet), p.GetValue(year), p.GetValue(replace), p.GetValue(json), p.GetValue(language)!, Console.Out, Console.Error, cancel));
        return command;
    }

    public static Command List()
    {
        Option<string> store = Store(), language = Language();
        var json = Json();
        var command = new Command("imports", "The imports of a store, with what each read, took and refused.") { Options = { store, json, language } };
        command.SetAction((p, _) => Answer(p.GetValue(language)!, p.GetValue(store)!, Console.Out, Console.Error, "imports", async (words, output) =>
        {
            var opened = SpendStore.Open(p.GetValue(store)!);
            if (p.GetValue(json)) await output.WriteLineAsync(new JsonArray([.. opened.Imports.Select(i => (JsonNode?)Node(i, false, opened))]).ToJsonString(Indented));
            else foreach (var record in opened.Imports) await output.WriteLineAsync(Line(words, record));
        }));
        return command;
    }

    public static Command Undo()
    {
        Option<string> store = Store(), language = Language();
        var number = new Argument<int>("number") { Description = "Number of the import, as `spend imports` lists it." };
        var command = new Command("undo", "Undoes an import: its rows go, what it had put out of force is in force again.") { Arguments = { number }, Options = { store, language } };
        command.SetAction((p, _) => Answer(p.GetValue(language)!, p.GetValue(store)!, Console.Out, Console.Error, "undo", async (words, output) =>
        {
            SpendStore.Open(p.GetValue(store)!).Undo(p.GetValue(number), TimeProvider.System);
            await output.WriteLineAsync(words.Of("spend-import.undone", p.GetValue(number)));
        }));
        return command;
    }

    /// <returns>0 all imported; 2 a file could not be: one message with the reason and the remedy, the store as it was before that file.</returns>
    public static Task<int> RunAsync(IReadOnlyList<string> files, string store, string? mapping, string? sheet, int? year, bool replace, bool json, string language, TextWriter output, TextWriter errors, CancellationToken cancel = default)
    {
        var done = new JsonArray();
        var at = mapping ?? store;
        return Answer(language, () => at, output, errors, "import", async (words, _) =>
        {
            var map = mapping is null ? null : ColumnMapping.Parse(await File.ReadAllTextAsync(mapping, cancel));
            var opened = SpendStore.Open(store);
            var isNew = false;
            try
            {
                foreach (var file in files)
                {
                    at = file;
                    var progress = json || !IsTerminal(errors) ? null : new Shown(errors);
                    var outcome = new ImportFile(opened, TimeProvider.System).Execute(file, new ImportOptions { Mapping = map, Sheet = sheet, Year = year, Replace = replace, Progress = progress }, cancel);
                    progress?.End();
                    done.Add(Node(outcome.Record, outcome.AlreadyThere, opened));
                    if (!json) await TellAsync(words, outcome, opened, output);
                    isNew |= !outcome.AlreadyThere;
                }
                // What the first page or panel would wait for.
                if (isNew) SpendReading.Open(store, cancel);
            }
            finally
            {
                if (json) await output.WriteLineAsync(done.ToJsonString(Indented));
            }
        });
    }

    static bool IsTerminal(TextWriter errors) => ReferenceEquals(errors, Console.Error) && !Console.IsErrorRedirected;

    internal static Task<int> Answer(string language, string place, TextWriter output, TextWriter errors, string verb, Func<Words, TextWriter, Task> run) => Answer(language, () => place, output, errors, verb, run);

    /// <summary>Runs a verb; what the store or a file refuses is one line with its reason.</summary>
    static async Task<int> Answer(string language, Func<string> place, TextWriter output, TextWriter errors, string verb, Func<Words, TextWriter, Task> run)
    {
        var words = new Words(language);
        try
        {
            await run(words, output);
            return 0;
        }
        catch (Exception e) when (e is TableFault or StoreFault or MappingFault or DuckMissing or DuckFault or RefusedInput or IOException or UnauthorizedAccessException or InvalidDataException)
        {
            await errors.WriteLineAsync($"spend {verb}: {place()}: {e switch
            {
                TableFault fault => words.Of("spend-fault." + fault.Code, fault.Args),
                StoreFault fault => words.Of("spend-store." + fault.Code, fault.Args),
                MappingFault fault => words.Of("spend-store." + fault.Code, fault.Place),
                DuckMissing missing => words.Of("spend-store.duck-missing", missing.LookedFor),
                DuckFault fault => words.Of("spend-store.duck", fault.Message),
                RefusedInput refused => refused.Message,
                InvalidDataException => words.Of("spend-fault.broken"),
                _ => words.Of("spend-fault.unreadable", e.Message),
            }}");
            return 2;
        }
    }

    // Rows whose year nobody knows lie under 0.
    static string YearsOf(ImportRecord i) => i.Years.Any(y => y > 0) ? string.Join(", ", i.Years.Where(y => y > 0).Take(30)) : "–";

    static string Line(Words words, ImportRecord i) => words.Of(
        i.Undone is null ? "spend-import.line" : "spend-import.line-undone", i.Number, i.Sheet is { } sheet ? $"{i.File} [{sheet}]" : i.File, i.Kind, Count(i.Read), Count(i.Accepted), Count(i.Rejected), YearsOf(i), i.At.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture));

    static async Task TellAsync(Words words, ImportOutcome outcome, SpendStore store, TextWriter output)
    {
        var record = outcome.Record;
        if (outcome.AlreadyThere)
        {
            await output.WriteLineAsync(words.Of("spend-import.same", record.File, record.Number));
            return;
        }
        await output.WriteLineAsync(Line(words, record));
        foreach (var total in record.Totals.Where(t => t.Read != 0)) await output.WriteLineAsync(words.Of("spend-import.total", total.Amount, Soles(total.Read), Soles(total.Accepted), Soles(total.Rejected)));
        if (record.Rejected > 0) await output.WriteLineAsync(words.Of("spend-import.rejected", store.RejectedFile(record.Number), string.Join(", ", record.Reasons.Select(r => $"{words.Of("spend-reason." + r.Key)} {Count(r.Value)}"))));
        foreach (var trap in record.Traps) await output.WriteLineAsync($"  {Count(trap.Count),10}  {words.Of("spend-trap." + trap.Code)}{(trap.Column is { } c ? $", {c}" : "")}{(trap.Line > 0 ? $" [{trap.Line}{(trap.Example is { } e ? $": {e.Trim()}" : "")}]" : trap.Example is { } x ? $" [{x}]" : "")}");
    }

    static JsonObject Node(ImportRecord i, bool same, SpendStore store) => new()
    {
        ["number"] = i.Number,
        ["file"] = i.File,
        ["sheet"] = i.Sheet,
        ["sha256"] = i.Sha256,
        ["kind"] = i.Kind,
        ["table"] = i.Table,
        ["alreadyThere"] = same,
        ["undone"] = i.Undone?.ToString("O", CultureInfo.InvariantCulture),
        ["rows"] = i.Read,
        ["accepted"] = i.Accepted,
        ["rejected"] = i.Rejected,
        ["projects"] = i.Projects,
        ["years"] = new JsonArray([.. i.Years.Select(y => JsonValue.Create(y))]),
        ["totals"] = new JsonObject(i.Totals.Select(t => KeyValuePair.Create(t.Amount, (JsonNode?)new JsonObject { ["read"] = t.Read / 100, ["accepted"] = t.Accepted / 100, ["rejected"] = t.Rejected / 100 }))),
        ["reasons"] = new JsonObject(i.Reasons.Select(r => KeyValuePair.Create(r.Key, (JsonNode?)r.Value))),
        ["rejectedFile"] = i.Rejected > 0 ? store.RejectedFile(i.Number) : null,
        ["traps"] = new JsonArray([.. i.Traps.Select(t => new JsonObject { ["code"] = t.Code, ["count"] = t.Count, ["line"] = t.Line == 0 ? null : t.Line, ["column"] = t.Column, ["example"] = t.Example })]),
    };

    static string Soles(decimal minor) => (minor / 100).ToString("#,##0.00", CultureInfo.InvariantCulture).Replace(',', ' ');

    static string Count(long value) => value.ToString("#,##0", CultureInfo.InvariantCulture).Replace(',', ' ');

    sealed class Shown(TextWriter errors) : IProgress<ImportProgress>
    {
        long next;

        public void Report(ImportProgress value)
        {
            if (value.Rows < next) return;
            next = value.Rows + 500_000;
            errors.Write(string.Create(CultureInfo.InvariantCulture, $"\r{Count(value.Rows)}{(value.Share is { } s ? $" · {100 * s:0} %" : "")}  "));
        }

        public void End()
        {
            if (next > 0) errors.WriteLine();
        }
    }
}
