using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Minka.Cli.Selfcheck;
using Minka.Cli.Spending;
using Minka.Core.Kernel;
using Minka.Measures.Dispersion;

namespace Minka.Cli.Verbs;

/// <summary><c>spend</c>: public spending from files: indicators of a list of amounts, description of a ministry's file, generated files. See docs/spend.md.</summary>
static class SpendVerb
{
    static readonly JsonSerializerOptions Indented = JsonForms.Create(indented: true);

    public static Command Create() => new("spend", "Public investment from files: indicators, description, generated files.") { Indicators(), SpendDescribe.Create(), SpendGenerate.Create(), SpendImport.Import(), SpendImport.List(), SpendImport.Undo(), SpendPanel.Create(), SpendPrices.Create(), SpendBundles.Create() };

    static Command Indicators()
    {
        var values = new Option<string>("--values") { Description = "Numbers, one a line; or CSV; or JSON ([…] or {\"values\": […]}).", Required = true };
        var column = new Option<string?>("--column") { Description = "Heading of the column, where a table has several." };
        var json = new Option<bool>("--json") { Description = "One JSON object instead of lines." };
        var command = new Command("indicators", "Every indicator of size and concentration of a list of amounts in soles.") { Options = { values, column, json } };
        command.SetAction((parsed, cancel) => RunIndicatorsAsync(parsed.GetValue(values)!, parsed.GetValue(column), parsed.GetValue(json), Console.Out, Console.Error, cancel));
        return command;
    }

    /// <returns>0 computed; 2 the file is faulty: one message with place and remedy.</returns>
    public static async Task<int> RunIndicatorsAsync(string path, string? column, bool json, TextWriter output, TextWriter errors, CancellationToken cancel = default)
    {
        Dictionary<string, object?> answers;
        try
        {
            var amounts = AmountList.Read(await File.ReadAllBytesAsync(path, cancel), column);
            answers = FragmentationKinds.IndicatorsOf(AmountDispersion.Of(amounts));
            foreach (var (name, value) in FragmentationKinds.BandsOf(SizeProfile.Of([.. amounts.Select(a => (long)decimal.Round(a * 100, MidpointRounding.AwayFromZero))]))) answers[name] = value;
            if (GiniUncertainty.Of(amounts) is { } gini)
            {
                answers["gini_leave_one_out"] = gini.LeaveOneOut is { } l ? new[] { l.Low, l.High } : null;
                answers["gini_interval_95_bca"] = gini.Interval is { } i ? new[] { i.Low, i.High } : null;
                answers["dominated_by_one"] = gini.DominatedByOne;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or AmountFault or OverflowException)
        {
            await errors.WriteLineAsync($"spend indicators: {path}: {e.Message}");
            if (json) await output.WriteLineAsync(new JsonObject { ["status"] = "invalid", ["message"] = e.Message }.ToJsonString(Indented));
            return 2;
        }
        if (json)
        {
            await output.WriteLineAsync(new JsonObject(answers.Select(a => KeyValuePair.Create(a.Key, JsonSerializer.SerializeToNode(a.Value)))).ToJsonString(Indented));
            return 0;
        }
        var width = answers.Keys.Max(k => k.Length);
        foreach (var (name, value) in answers)
        {
            await output.WriteLineAsync($"{name.PadRight(width)}  {value switch
            {
                null => "null",
                double[] range => string.Join(" … ", range.Select(r => r.ToString("R", CultureInfo.InvariantCulture))),
                double d => d.ToString("R", CultureInfo.InvariantCulture),
                bool b => b ? "true" : "false",
                _ => Convert.ToString(value, CultureInfo.InvariantCulture),
            }}");
        }
        return 0;
    }
}
