using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Minka.Core.Kernel;
using Minka.Observatory.Describing;
using Minka.Observatory.Importing;
using Minka.Observatory.Tables;

namespace Minka.Cli.Verbs;

/// <summary><c>spend describe FILE [--mapping FILE] [--json]</c>: what a file of public spending holds, and every trap met in it.</summary>
static class SpendDescribe
{
    static readonly JsonSerializerOptions Indented = JsonForms.Create(indented: true);

    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "CSV (also .gz or .zip), XLSX, or a page saved as a spreadsheet; its kind is known by its headings." };
        var mapping = new Option<string?>("--mapping") { Description = "JSON that maps the columns of a file that nobody published; see docs/observatory.md." };
        var sheet = new Option<string?>("--sheet") { Description = "Name of the sheet of a workbook; without it the first that can be read." };
        var json = new Option<bool>("--json") { Description = "One JSON object instead of lines." };
        var language = new Option<string>("--language", "--lang") { Description = "es (default) or en.", DefaultValueFactory = _ => "es" };
        language.AcceptOnlyFromAmong([.. Words.Languages]);
        var command = new Command("describe", "Rows, projects, places, amounts and traps of a file of public spending.") { Arguments = { file }, Options = { mapping, sheet, json, language } };
        command.SetAction((parsed, _) => RunAsync(parsed.GetValue(file)!, parsed.GetValue(mapping), parsed.GetValue(sheet), parsed.GetValue(json), parsed.GetValue(language)!, Console.Out, Console.Error));
        return command;
    }

    /// <returns>0 described; 2 the file cannot be read: one message with the reason and the remedy.</returns>
    public static async Task<int> RunAsync(string path, string? mapping, string? sheet, bool json, string language, TextWriter output, TextWriter errors)
    {
        var words = new Words(language);
        FileDescription found;
        try
        {
            found = FileDescription.Of(path, mapping is null ? null : ColumnMapping.Parse(await File.ReadAllTextAsync(mapping)), sheet: sheet);
        }
        catch (MappingFault fault)
        {
            await errors.WriteLineAsync($"spend describe: {mapping}: {words.Of("spend-store." + fault.Code, fault.Place)}");
            return 2;
        }
        catch (Exception e) when (e is TableFault or IOException or UnauthorizedAccessException or InvalidDataException)
        {
            var (code, message) = e is TableFault fault ? (fault.Code, words.Of("spend-fault." + fault.Code, fault.Args)) : e is InvalidDataException ? ("broken", words.Of("spend-fault.broken")) : ("unreadable", words.Of("spend-fault.unreadable", e.Message));
            await errors.WriteLineAsync($"spend describe: {path}: {message}");
            if (json) await output.WriteLineAsync(new JsonObject { ["kind"] = "unknown", ["fault"] = code, ["message"] = message }.ToJsonString(Indented));
            return 2;
        }
        if (json)
        {
            await output.WriteLineAsync(new JsonObject
            {
                ["kind"] = found.Kind,
                ["rows"] = found.Rows,
                ["projects"] = found.Projects,
                ["ubigeoPadded"] = found.UbigeoPadded,
                ["nonDistrict"] = found.NonDistrict,
                ["amountTotal"] = found.AmountTotal / 100m,
                ["amountColumn"] = found.AmountColumn?.Trim(),
                ["amountRule"] = found.Rule is { } rule ? JsonNamingPolicy.KebabCaseLower.ConvertName(rule.ToString()) : null,
                ["amountOverRows"] = found.AmountOverRows / 100m,
                ["byYear"] = found.ByYear.Count == 0 ? null : new JsonObject(found.ByYear.Select(y => KeyValuePair.Create(y.Key, (JsonNode?)new JsonObject { ["budget"] = y.Value.Budget / 100m, ["accrued"] = y.Value.Accrued / 100m }))),
                ["container"] = found.Container,
                ["sheet"] = found.Sheet,
                ["encoding"] = found.Encoding,
                ["delimiter"] = found.Delimiter?.ToString(),
                ["columns"] = new JsonArray([.. found.Columns.Select(c => JsonValue.Create(c))]),
                ["traps"] = new JsonArray([.. found.Traps.Select(t => new JsonObject { ["code"] = t.Code, ["count"] = t.Count, ["column"] = t.Column, ["line"] = t.Line == 0 ? null : t.Line, ["example"] = t.Example, ["message"] = words.Of("spend-trap." + t.Code) })]),
            }.ToJsonString(Indented));
            return 0;
        }
        await LineAsync("kind", found.Kind);
        if (found.Sheet is { } tab) await LineAsync("sheet", tab);
        await LineAsync("rows", Count(found.Rows));
        await LineAsync("projects", found.Projects is { } p ? Count(p) : "–");
        await LineAsync("padded", Count(found.UbigeoPadded));
        await LineAsync("non-district", Count(found.NonDistrict));
        await LineAsync("amount", found.AmountTotal is { } a ? $"{Soles(a)} ({found.AmountColumn!.Trim()}, {words.Of(found.Rule == AmountRule.OncePerProject ? "spend.once" : "spend.every")})" : "–");
        foreach (var (year, sums) in found.ByYear) await output.WriteLineAsync($"  {year}: {words.Of("spend.year", Soles(sums.Budget), Soles(sums.Accrued))}");
        await output.WriteLineAsync();
        await output.WriteLineAsync(words.Of("spend.traps"));
        foreach (var trap in found.Traps)
            await output.WriteLineAsync($"  {Count(trap.Count),10}  {words.Of("spend-trap." + trap.Code)}{(trap.Column is { } c ? $", {c}" : "")}{(trap.Line > 0 ? $" [{trap.Line}{(trap.Example is { } e ? $": {e.Trim()}" : "")}]" : trap.Example is { } x ? $" [{x}]" : "")}");
        return 0;

        Task LineAsync(string key, string value) => output.WriteLineAsync($"{words.Of("spend." + key)}: {value}");
        static string Soles(decimal minor) => (minor / 100).ToString("#,##0.00", CultureInfo.InvariantCulture).Replace(',', ' ');
        static string Count(long value) => value.ToString("#,##0", CultureInfo.InvariantCulture).Replace(',', ' ');
    }
}
