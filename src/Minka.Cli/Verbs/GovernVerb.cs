using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Minka.Core.Entities;
using Minka.Core.Kernel;

namespace Minka.Cli.Verbs;

/// <summary><c>govern tally CASE.json [--json] [--lang es|en]</c>: decides a vote from a file with the code of the sessions. See docs/govern.md.</summary>
static class GovernVerb
{
    static readonly JsonSerializerOptions Indented = JsonForms.Create(indented: true);

    public static Command Create()
    {
        var file = new Argument<string?>("case") { Description = "The case (JSON; see docs/govern.md), or - for the standard input.", Arity = ArgumentArity.ZeroOrOne };
        var json = new Option<bool>("--json") { Description = "One JSON object instead of lines." };
        var lang = new Option<string>("--lang", "--language") { Description = "Language of the reasons: es or en.", DefaultValueFactory = _ => "es" };
        lang.AcceptOnlyFromAmong("es", "en");
        var tally = new Command("tally", "Quorum, composition and majority of one vote.") { Arguments = { file }, Options = { json, lang } };
        tally.SetAction((parsed, cancel) => RunAsync(parsed.GetValue(file) ?? "", parsed.GetValue(json), parsed.GetValue(lang)!, Console.Out, Console.Error, cancel));
        return new Command("govern", "The law of assemblies without a browser.") { Subcommands = { tally } };
    }

    /// <returns>0 decided, whatever the outcome; 2 the file is faulty or cannot be read.</returns>
    public static async Task<int> RunAsync(string path, bool json, string language, TextWriter output, TextWriter errors, CancellationToken cancel = default)
    {
        var words = new Words(language);
        try
        {
            var read = DecisionCaseFile.Parse(await ReadAsync(path, cancel));
            var report = Decision.Of(read.Case);
            IReadOnlyList<Reason> reasons = [.. report.Reasons, .. read.Remarks];
            if (json) await output.WriteLineAsync(Told(report, reasons, words).ToJsonString(Indented));
            else await TellAsync(report, reasons, read.Case, words, output);
            return 0;
        }
        catch (RuleBroken fault)
        {
            return await RefuseAsync(fault.Code, words.Of(fault));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return await RefuseAsync("tally.unreadable", words.Of("tally.unreadable", path, e.Message));
        }

        async Task<int> RefuseAsync(string code, string message)
        {
            await errors.WriteLineAsync($"govern tally: {path}: {message}");
            if (json) await output.WriteLineAsync(new JsonObject { ["error"] = new JsonObject { ["code"] = code, ["message"] = message } }.ToJsonString(Indented));
            return 2;
        }
    }

    static async Task<byte[]> ReadAsync(string path, CancellationToken cancel)
    {
        if (path != "-") return await File.ReadAllBytesAsync(path, cancel);
        await using var input = Console.OpenStandardInput();
        using var bytes = new MemoryStream();
        await input.CopyToAsync(bytes, cancel);
        return bytes.ToArray();
    }

    static JsonObject Told(DecisionReport report, IReadOnlyList<Reason> reasons, Words words) => new()
    {
        ["quorum"] = new JsonObject { ["met"] = report.HasQuorum, ["present"] = report.Present, ["needed"] = report.Needed },
        ["composition"] = new JsonObject
        {
            ["met"] = report.Composition.IsMet,
            ["failed"] = new JsonArray([.. report.Composition.Failures.Select(f => new JsonObject { ["rule"] = f.Rule, ["value"] = Composition.Text(f.Value), ["limit"] = Composition.Text(f.Limit) })]),
        },
        ["counted"] = new JsonObject
        {
            ["yes"] = report.Tally.Yes,
            ["no"] = report.Tally.No,
            ["abstain"] = report.Tally.Abstain,
            ["excluded"] = new JsonArray([.. report.Excluded.Select(e => new JsonObject { ["id"] = e.SeatId, ["reason"] = e.Reason })]),
        },
        ["outcome"] = Word(report.Outcome),
        ["reasons"] = new JsonArray([.. reasons.Select(r => JsonValue.Create($"{r.Code}: {words.Of(r)}"))]),
    };

    static async Task TellAsync(DecisionReport report, IReadOnlyList<Reason> reasons, DecisionCase c, Words words, TextWriter output)
    {
        async Task RowAsync(string key, params object?[] args) => await output.WriteLineAsync($"{words.Of("tally.row." + key),-22}{words.Of("tally." + key, args)}");
        await output.WriteLineAsync($"{words.Of("tally.outcome." + Word(report.Outcome)).ToUpper(CultureInfo.InvariantCulture)}");
        await RowAsync("rule", c.Rule.Id, DecisionCaseFile.WordOf(c.Majority));
        await RowAsync("quorum", report.Present, report.Needed, report.Roll);
        await RowAsync("votes", report.Tally.Yes, report.Tally.No, report.Tally.Abstain, report.Tally.Unused);
        await RowAsync("composition", report.Composition.Failures.Count);
        await RowAsync("excluded", report.Excluded.Count);
        await output.WriteLineAsync();
        foreach (var reason in reasons)
            await output.WriteLineAsync($"{(reason.Met switch { true => "+", false => "-", _ => "·" })} {words.Of(reason)}");
    }

    static string Word(DecisionOutcome outcome) => outcome switch { DecisionOutcome.Adopted => "adopted", DecisionOutcome.Rejected => "rejected", _ => "invalid" };
}
