using System.CommandLine;
using Minka.Cli.Selecting;

namespace Minka.Cli.Verbs;

/// <summary>
/// <c>select award MODEL.json [--mode MODE] …</c>: decides an award by a ranking rule, or without a mode by the exact optimiser. This
/// file only chooses who decides: <see cref="RankedAward"/> or <see cref="OptimalAward"/>.
/// </summary>
static class SelectAwardVerb
{
    public static Command Create()
    {
        var model = new Argument<string>("model") { Description = "An award model, or benchmark knapsacks (JSON; see docs/select.md and docs/award-model.md)." };
        var mode = new Option<string?>("--mode") { Description = $"{string.Join(" | ", RankedAward.Modes.Keys)}; without it the exact optimum." };
        var explain = new Option<bool>("--explain") { Description = "What would have changed each outcome." };
        var json = new Option<bool>("--json") { Description = "One JSON object a line." };

        var limit = new Option<double?>("--time-limit") { Description = "Optimum: seconds for each task; the best list so far is given with its gap." };
        var threads = new Option<int?>("--threads") { Description = "Optimum: workers; a finished run gives the same list for any number." };
        var certificate = new Option<string?>("--certificate") { Description = "Optimum: write the proof here; select verify replays it." };
        var explainLimit = new Option<double?>("--explain-limit") { Description = "Optimum: seconds for all explanations together (3.5); figures that are not exact by then are told between two proved ends." };
        var check = new Option<bool>("--check") { Description = "Optimum: decide the award again with every figure of the explanations (takes minutes)." };
        var language = new Option<string>("--language", "--lang") { Description = "Optimum: language of the text, es (default) or en.", DefaultValueFactory = _ => "es" };
        language.AcceptOnlyFromAmong([.. Words.Languages]);
        Option[] ofOptimum = [limit, threads, certificate, explainLimit, check, language];

        var by = new Option<string?>("--by") { Description = "Modes: the dimension whose groups and envelopes count, where proposals belong to several." };
        var threshold = new Option<string?>("--threshold") { Description = "Modes: least points, instead of the model's." };
        var skip = new Option<string?>("--skip") { Description = "Modes: none | skip-if-unaffordable, instead of the model's." };
        var margin = new Option<string?>("--margin") { Description = "lottery-in-grey-zone: points on both sides of the line, instead of the model's zone." };
        var salt = new Option<string?>("--salt") { Description = "Modes: the revealed salt (64 hexadecimal digits) of the public draw." };
        var beacon = new Option<string?>("--beacon") { Description = "Modes: the public value of the draw." };
        Option[] ofModes = [by, threshold, skip, margin, salt, beacon];

        var command = new Command("award", "Decides an award by a ranking rule, or to proved optimality.") { Arguments = { model } };
        foreach (var option in new Option[] { mode, explain, json }.Concat(ofOptimum).Concat(ofModes)) command.Options.Add(option);
        command.SetAction(async (parsed, cancel) =>
        {
            var chosen = parsed.GetValue(mode);
            // An option that would be passed over in silence is worse than none.
            var idle = (chosen is null ? ofModes : ofOptimum).FirstOrDefault(o => parsed.GetResult(o) is { Implicit: false });
            if (idle is not null)
            {
                await Console.Error.WriteLineAsync(chosen is null ? $"select award: {idle.Name} belongs to a ranking mode; add --mode" : $"select award: {idle.Name} belongs to the optimiser; leave out --mode");
                return 2;
            }
            return chosen is null
                ? await OptimalAward.RunAsync(
                    parsed.GetValue(model)!,
                    new OptimalOptions(parsed.GetValue(limit), Math.Clamp(parsed.GetValue(threads) ?? Math.Min(Environment.ProcessorCount, 4), 1, 64), parsed.GetValue(explain), parsed.GetValue(certificate), parsed.GetValue(json), parsed.GetValue(explainLimit) ?? 3.5, parsed.GetValue(check), parsed.GetValue(language)!),
                    Console.Out, Console.Error, cancel)
                : await RunAsync(
                    parsed.GetValue(model)!,
                    new RankingOptions(chosen, parsed.GetValue(by), parsed.GetValue(threshold), parsed.GetValue(skip), parsed.GetValue(margin), parsed.GetValue(salt), parsed.GetValue(beacon), parsed.GetValue(explain)),
                    parsed.GetValue(json), Console.Out, Console.Error, cancel);
        });
        return command;
    }

    public static async Task<int> RunAsync(string path, RankingOptions options, bool json, TextWriter output, TextWriter errors, CancellationToken cancel = default)
    {
        if (RankedAward.Modes.ContainsKey(options.Mode)) return await RankedAward.RunAsync(path, options, json, output, errors, cancel);
        await errors.WriteLineAsync($"select award: there is no mode '{options.Mode}'; one of {string.Join(", ", RankedAward.Modes.Keys)}");
        return 2;
    }
}
