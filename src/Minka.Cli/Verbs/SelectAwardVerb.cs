using System.CommandLine;
using Minka.Cli.Selecting;

namespace Minka.Cli.Verbs;

/// <summary>
/// <c>select award MODEL.json [--time-limit S] [--threads N] [--explain] [--certificate FILE] [--json]</c>: decides an award by the exact
/// optimiser; this file only hands over to <see cref="OptimalAward"/>.
/// </summary>
static class SelectAwardVerb
{
    public static Command Create()
    {
        var model = new Argument<string>("model") { Description = "An award model, or benchmark knapsacks (JSON; see docs/award-model.md)." };
        var limit = new Option<double?>("--time-limit") { Description = "Seconds for each task; the best list so far is given with its gap." };
        var threads = new Option<int>("--threads") { Description = "Workers; a finished run gives the same list for any number.", DefaultValueFactory = _ => 1 };
        var explain = new Option<bool>("--explain") { Description = "What would have changed each decision." };
        var certificate = new Option<string?>("--certificate") { Description = "Write the proof here; select verify replays it." };
        var json = new Option<bool>("--json") { Description = "One JSON object a line." };
        var command = new Command("award", "Decides an award to proved optimality.") { model, limit, threads, explain, certificate, json };
        command.SetAction((parsed, cancel) => OptimalAward.RunAsync(
            parsed.GetValue(model)!,
            new OptimalOptions(parsed.GetValue(limit), Math.Clamp(parsed.GetValue(threads), 1, 64), parsed.GetValue(explain), parsed.GetValue(certificate), parsed.GetValue(json)),
            Console.Out, Console.Error, cancel));
        return command;
    }
}
