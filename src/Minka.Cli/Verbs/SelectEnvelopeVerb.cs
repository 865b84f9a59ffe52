using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Minka.Cli.Selecting;
using Minka.Core.Kernel;
using Minka.Selection.Allocation;

namespace Minka.Cli.Verbs;

/// <summary><c>select envelope FILE [--json]</c>: bounded proportional envelopes, places by highest averages, or matching rates, exact. See docs/select.md.</summary>
static class SelectEnvelopeVerb
{
    static readonly JsonSerializerOptions Indented = JsonForms.Create(indented: true);

    static readonly Dictionary<string, DivisorSeries?> Methods = new(StringComparer.Ordinal) { ["proportional"] = null, ["sainte-lague"] = DivisorSeries.SainteLague, ["dhondt"] = DivisorSeries.DHondt };

    static readonly Dictionary<string, Slope> Slopes = new(StringComparer.Ordinal) { ["non-increasing"] = Slope.NonIncreasing, ["non-decreasing"] = Slope.NonDecreasing };

    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "Claims with weights, floors and ceilings, or a schedule with positions (JSON; see docs/select.md)." };
        var json = new Option<bool>("--json") { Description = "One JSON object instead of lines." };
        var command = new Command("envelope", "Distributes money or places, or reads a matching schedule.") { Arguments = { file }, Options = { json } };
        command.SetAction((parsed, cancel) => RunAsync(parsed.GetValue(file)!, parsed.GetValue(json), Console.Out, Console.Error, cancel));
        return command;
    }

    /// <returns>0 done; 1 floors, ceilings and weights leave no distribution; 2 the file is faulty.</returns>
    public static async Task<int> RunAsync(string path, bool json, TextWriter output, TextWriter errors, CancellationToken cancel = default)
    {
        JsonObject report;
        var code = 0;
        try
        {
            report = Answer(ModelValue.Parse(await File.ReadAllBytesAsync(path, cancel)));
        }
        catch (InfeasibleAllocationException e)
        {
            (report, code) = (new JsonObject { ["status"] = "infeasible", ["reason"] = JsonNamingPolicy.KebabCaseLower.ConvertName(e.Reason.ToString()), ["total"] = e.Total.ToString(), ["limit"] = e.Limit.ToString(), ["code"] = e.Code, ["message"] = Words(e) }, 1);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ModelFault or ArgumentException or OverflowException or DivideByZeroException)
        {
            (report, code) = (new JsonObject { ["status"] = "invalid", ["message"] = e.Message }, 2);
        }
        if (code != 0) await errors.WriteLineAsync($"select envelope: {path}: {report["message"]}");
        if (json) await output.WriteLineAsync(report.ToJsonString(Indented));
        else await TellAsync(report, output);
        return code;
    }

    static JsonObject Answer(ModelValue file)
    {
        if (!file.IsObject) throw new ModelFault("", "an object is expected");
        if (file.Find("schedule", "knots") is not null) return Schedule(file);
        var method = file.Find("method")?.OneOf(Methods);
        var claims = file.Find("claims")?.Items().Select(ClaimOf).ToList() ?? Shorthand(file);
        var total = file.Get("total", "budget", "seats").Whole("the total");
        return method is { } series ? Places(total, claims, series) : Money(total, claims);
    }

    static JsonObject Money(long total, List<Claim> claims)
    {
        var result = BoundedProportional.Share(total, claims);
        return new JsonObject
        {
            ["status"] = "ok",
            ["method"] = "proportional",
            ["total"] = total,
            ["multiplier"] = result.Multiplier.ToString(),
            ["shares"] = new JsonArray([.. result.Shares.Select(s => new JsonObject
            {
                ["code"] = s.Code, ["amount"] = s.Amount, ["exact"] = s.Exact.ToString(), ["decimal"] = s.Exact.ToDouble(), ["bound"] = s.Bound.ToString().ToLowerInvariant(), ["roundedUp"] = s.RoundedUp,
            })]),
        };
    }

    static JsonObject Places(long total, List<Claim> claims, DivisorSeries series)
    {
        if (total is < 0 or > 1_000_000) throw new ModelFault("total", "places go from 0 to 1,000,000");
        var result = HighestAverages.Assign((int)total, claims, series);
        return new JsonObject
        {
            ["status"] = "ok",
            ["method"] = series == DivisorSeries.SainteLague ? "sainte-lague" : "dhondt",
            ["total"] = total,
            ["shares"] = new JsonArray([.. result.Counts.Select(c => new JsonObject { ["code"] = c.Code, ["amount"] = c.Count })]),
            ["order"] = new JsonArray([.. result.Order.Select(o => JsonValue.Create(o))]),
        };
    }

    static JsonObject Schedule(ModelValue file)
    {
        var schedule = file.Find("schedule") ?? file;
        var knots = schedule.Get("knots").Items().Select(k => k.Items().Select(v => v.Number()).ToList() is [var at, var rate] ? (At: at, Rate: rate) : throw new ModelFault(k.Place, "a knot is [position, rate]")).ToList();
        var slope = schedule.Find("direction")?.OneOf(Slopes) ?? Slope.NonIncreasing;
        foreach (var ((_, before), (at, after)) in knots.Zip(knots.Skip(1)))
        {
            if (slope == Slope.NonIncreasing ? after > before : after < before) throw new ModelFault($"{schedule.Place}.knots", $"the rate at {at} goes against the declared direction");
        }
        if (knots.Any(k => k.Rate < 0 || k.Rate > 1)) throw new ModelFault($"{schedule.Place}.knots", "a rate lies between 0 and 1");
        var line = new PiecewiseLine(knots);
        return new JsonObject
        {
            ["status"] = "ok",
            ["method"] = "schedule",
            ["direction"] = Slopes.First(s => s.Value == slope).Key,
            ["rates"] = new JsonArray([.. (file.Find("positions")?.Items() ?? []).Select((p, i) =>
            {
                var at = p.IsObject ? p.Get("at").Number() : p.Number();
                var rate = line.At(at);
                var told = new JsonObject { ["code"] = p.Find("code")?.Text() ?? (i + 1).ToString(CultureInfo.InvariantCulture), ["at"] = at.ToString(), ["rate"] = rate.ToString(), ["decimal"] = rate.ToDouble() };
                if (p.Find("amount") is { } amount)
                {
                    var whole = amount.Whole("money (minor units)");
                    // Against the slack of whoever it binds: a greatest grant is rounded down, so the least match is rounded up.
                    var grant = (long)(whole * rate).Floor();
                    (told["amount"], told["greatestGrant"], told["leastMatch"]) = (whole, grant, whole - grant);
                }
                return told;
            })]),
        };
    }

    static Claim ClaimOf(ModelValue claim) => new(
        claim.Get("code").Text(),
        claim.Find("factors") is { } factors ? TerritoryWeight.Of([.. factors.Items().Select(f => new WeightFactor(f.Get("value").Number(), Exponent(f)))]) : claim.Get("weight").Number(),
        claim.Find("floor")?.Whole("a floor") ?? 0,
        claim.Find("ceiling", "cap")?.Whole("a ceiling"));

    static int Exponent(ModelValue factor) => factor.Find("exponent")?.Whole("an exponent") is not { } told ? 1 : told is >= -9 and <= 9 ? (int)told : throw new ModelFault($"{factor.Place}.exponent", "an exponent lies between -9 and 9");

    /// <summary>The short form: weights with one floor and one cap for all; codes are the places in the list.</summary>
    static List<Claim> Shorthand(ModelValue file) => [.. file.Get("claims", "weights").Items().Select((w, i) => new Claim(
        (i + 1).ToString("D6", CultureInfo.InvariantCulture), w.Number(), file.Find("floor")?.Whole("a floor") ?? 0, file.Find("cap", "ceiling")?.Whole("a ceiling")))];

    static string Words(InfeasibleAllocationException e) => e.Reason switch
    {
        Infeasibility.FloorsExceedTotal => $"the floors add up to {e.Limit}, more than the {e.Total} that there is to distribute: lower a floor or raise the total",
        Infeasibility.CeilingsBelowTotal => $"the ceilings add up to {e.Limit}, less than the {e.Total} that there is to distribute: raise a ceiling or lower the total",
        Infeasibility.WeightsCannotReachTotal => $"those with a weight can take no more than {e.Limit} of {e.Total}, the others have weight 0",
        Infeasibility.FloorAboveCeiling => $"the floor of {e.Code} is above its ceiling {e.Limit}",
        _ => "nobody has a weight, and there is something to distribute",
    };

    static async Task TellAsync(JsonObject report, TextWriter output)
    {
        foreach (var line in (report["shares"] ?? report["rates"])?.AsArray() ?? [])
            await output.WriteLineAsync(string.Join('\t', line!.AsObject().Select(p => p.Value?.ToString())));
    }
}
