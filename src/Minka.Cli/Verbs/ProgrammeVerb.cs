using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Minka.Cli.Programmes;
using Minka.Core.Kernel;
using Minka.Core.Planning;
using Minka.Core.Rules;
using Minka.Core.Territories.Packs;

namespace Minka.Cli.Verbs;

/// <summary><c>programme check FILE [--json]</c>: an investment programme from a file, by the checks of the screens. See docs/programme.md.</summary>
static class ProgrammeVerb
{
    static readonly JsonSerializerOptions Indented = JsonForms.Create(indented: true);

    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "A programme (JSON; rulepacks/schema/programme.schema.json)." };
        var json = new Option<bool>("--json") { Description = "One JSON object instead of a report." };
        var pairs = new Option<bool>("--pairs") { Description = "Tell every tied pair also of a large programme (with --json)." };
        var strict = new Option<bool>("--strict") { Description = "Exit code 1 if the file is sound but the fund's rules are not met." };
        var language = new Option<string>("--language", "--lang") { Description = "es (default) or en.", DefaultValueFactory = _ => "es" };
        language.AcceptOnlyFromAmong([.. Words.Languages]);
        var pack = new Option<string?>("--pack") { Description = "Country pack for the districts (folder or zip); default: the built-in one, which knows provinces." };
        var check = new Command("check", "Funding sums, cohesion, the fund's rules and historical tests of a programme.") { Arguments = { file }, Options = { json, pairs, strict, language, pack } };
        check.SetAction((parsed, cancel) => RunAsync(parsed.GetValue(file)!, parsed.GetValue(json), parsed.GetValue(pairs), parsed.GetValue(strict), parsed.GetValue(language)!, parsed.GetValue(pack), Console.Out, Console.Error, cancel));
        return new Command("programme", "Investment programmes from files.") { check };
    }

    /// <returns>0 sound; 1 sound, but with --strict a rule is not met; 2 faults, each told with its place and remedy.</returns>
    public static async Task<int> RunAsync(string path, bool json, bool pairs, bool strict, string language, string? pack, TextWriter output, TextWriter errors, CancellationToken cancel = default)
    {
        var words = new Words(language);
        ProgrammeFile file;
        try
        {
            var country = pack is null ? PackReader.BuiltIn : PackReader.Load(pack);
            file = ProgrammeFile.Read(await File.ReadAllBytesAsync(path, cancel), country);
        }
        catch (PackRefused broken)
        {
            await errors.WriteLineAsync(PackText.Refused);
            foreach (var fault in broken.Faults) await errors.WriteLineAsync("  " + PackText.LineOf(fault));
            return 2;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var message = words.Of("programme-check.unreadable", path, e.Message);
            await errors.WriteLineAsync("programme check: " + message);
            if (json) await output.WriteLineAsync(new JsonObject { ["valid"] = false, ["problems"] = new JsonArray(new JsonObject { ["path"] = "$", ["code"] = "unreadable", ["message"] = message }) }.ToJsonString(Indented));
            return 2;
        }
        var report = new ProgrammeReport(file, BuiltInPacks.Fdd, words);
        foreach (var fault in file.Faults.Where(_ => json)) await errors.WriteLineAsync($"programme check: {fault.Path}: {words.Of("programme-file." + fault.Code, fault.Args)}");
        if (json) await output.WriteLineAsync(report.ToJson(pairs).ToJsonString(Indented));
        else await report.TellAsync(output);
        return !report.IsSound ? 2 : strict && !report.RulesMet ? 1 : 0;
    }
}
