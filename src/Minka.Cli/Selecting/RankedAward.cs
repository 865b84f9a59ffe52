using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Minka.Core.Kernel;
using Minka.Selection.Award;

namespace Minka.Cli.Selecting;

/// <summary>Decides a model by a ranking rule, checks the outcome by the second opinion, and tells it.</summary>
static class RankedAward
{
    /// <summary>Up to so many proposals the independent check runs at once; it needs their square.</summary>
    const int CheckedUpTo = 2_000;

    static readonly JsonSerializerOptions Indented = JsonForms.Create(indented: true);

    public static readonly IReadOnlyDictionary<string, AwardMode> Modes = new Dictionary<string, AwardMode>(StringComparer.Ordinal)
    {
        ["strict-rank"] = AwardMode.StrictRank,
        ["rank-by-group"] = AwardMode.RankByGroup,
        ["threshold-then-rank"] = AwardMode.ThresholdThenRank,
        ["quality-gate"] = AwardMode.QualityGate,
        ["lottery-in-grey-zone"] = AwardMode.LotteryInGreyZone,
    };

    /// <returns>0 decided; 1 infeasible, or a public draw must come first; 2 the file is faulty.</returns>
    public static async Task<int> RunAsync(string path, RankingOptions options, bool json, TextWriter output, TextWriter errors, CancellationToken cancel = default)
    {
        RankingModel model;
        try
        {
            model = RankingModel.Read(await File.ReadAllBytesAsync(path, cancel), options);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ModelFault or InvalidAwardInputException or OverflowException)
        {
            return await RefuseAsync(e is InvalidAwardInputException { Fault: AwardFault.EnvelopesExceedBudget } ? 1 : 2, e);
        }
        try
        {
            var clock = Stopwatch.StartNew();
            var ties = AwardRanking.OpenTies(model.Input);
            if (ties.Count > 0) return await DrawFirstAsync(model, options, ties, json, output, errors);
            var result = AwardRanking.Run(model.Input, options.Explain);
            var ms = clock.Elapsed.TotalMilliseconds;
            var explained = options.Explain ? AwardRanking.Explain(model.Input, [.. result.Decisions.Select(d => d.Id)]) : [];
            if (model.Input.Candidates.Count <= CheckedUpTo && AwardCheck.Violations(model.Input, result) is { Count: > 0 } violations)
                throw new InvalidOperationException($"the second opinion disagrees: {violations[0]}");
            if (json) await output.WriteLineAsync(Report(model, options, result, explained, ms).ToJsonString(Indented));
            else await TellAsync(model, result, output);
            return 0;
        }
        catch (InvalidAwardInputException e)
        {
            return await RefuseAsync(e.Fault == AwardFault.EnvelopesExceedBudget ? 1 : 2, e);
        }

        async Task<int> RefuseAsync(int code, Exception e)
        {
            var why = e is InvalidAwardInputException invalid ? Words(invalid) : e.Message;
            await errors.WriteLineAsync($"select award: {path}: {why}");
            if (json) await output.WriteLineAsync(new JsonObject { ["status"] = code == 1 ? "infeasible" : "invalid", ["mode"] = options.Mode, ["selected"] = new JsonArray(), ["error"] = why }.ToJsonString(Indented));
            return code;
        }
    }

    static async Task<int> DrawFirstAsync(RankingModel model, RankingOptions options, IReadOnlyList<OpenTie> ties, bool json, TextWriter output, TextWriter errors)
    {
        await errors.WriteLineAsync($"select award: nothing in the rules tells these apart: {string.Join("; ", ties.Select(t => string.Join(", ", t.Ids)))}. Hold the public draw: give drawPosition, or --salt and --beacon.");
        if (json)
        {
            await output.WriteLineAsync(new JsonObject
            {
                ["name"] = model.Name,
                ["mode"] = options.Mode,
                ["status"] = "draw-needed",
                ["selected"] = new JsonArray(),
                ["ties"] = new JsonArray([.. ties.Select(t => new JsonObject { ["points"] = Points(t.Points, model), ["ids"] = Texts(t.Ids) })]),
            }.ToJsonString(Indented));
        }
        return 1;
    }

    static JsonObject Report(RankingModel model, RankingOptions options, AwardResult result, IReadOnlyList<AwardExplanation> explained, double ms)
    {
        var report = new JsonObject
        {
            ["name"] = model.Name,
            ["mode"] = options.Mode,
            ["status"] = "feasible",
            ["objective"] = Points(result.Decisions.Where(d => d.IsFunded).Sum(d => d.RankingPoints ?? d.Points!.Value), model),
            ["bound"] = null,
            ["gap"] = null,
            ["selected"] = new JsonArray([.. result.Decisions.Where(d => d.IsFunded).OrderBy(d => d.OverallRank).ThenBy(d => d.Id, StringComparer.Ordinal)
                .Select(d => new JsonObject { ["id"] = d.Id, ["level"] = d.Awarded == d.Request ? "full" : "part", ["amount"] = d.Awarded })]),
            ["nodes"] = 0,
            ["ms"] = Math.Round(ms, 3),
            ["budget"] = model.Input.Budget,
            ["awarded"] = result.Awarded,
            ["left"] = result.Left,
            ["nothingFunded"] = NothingBecause(model.Input, result),
            ["checked"] = model.Input.Candidates.Count <= CheckedUpTo,
            ["groups"] = Node(result.Groups.Select(g => new { g.Code, g.Envelope, g.Received, g.Used, g.Left, CutOff = Points(g.CutOff, model) })),
            ["residual"] = result.Residual is { } pool ? Node(new { pool.Unassigned, pool.FromGroups, pool.Total, pool.Used, pool.Left, CutOff = Points(pool.CutOff, model) }) : null,
            ["setAsides"] = Node(result.SetAsides?.Select(s => new { s.Code, s.Amount, s.Used, s.Left, s.Released, CutOff = Points(s.CutOff, model) })),
            ["zone"] = result.Zone is { } zone ? Node(new { Line = Points(zone.Line, model), Low = Points(zone.Low, model), High = Points(zone.High, model), zone.Ids }) : null,
            ["reserve"] = Texts([.. result.Reserve.Select(r => r.Id)]),
            ["ties"] = Node(result.Ties.Select(t => new { t.Group, Points = Points(t.Points, model), t.Ids, t.ResolvedBy })),
            ["decisions"] = Node(result.Decisions.Select(d => new
            {
                d.Id,
                d.Group,
                Rank = d.RankInGroup,
                d.OverallRank,
                Points = Points(d.Points, model),
                RankingPoints = Points(d.RankingPoints ?? d.Points, model),
                d.Request,
                d.Awarded,
                d.Outcome,
                d.Reason,
                d.FailedGate,
                MoneyLeft = (d.InResidual ?? d.InGroup ?? d.InSetAsides?[^1].Visit)?.MoneyLeft,
                d.ReservePosition,
            })),
            ["notes"] = Texts(model.Notes),
        };
        if (explained.Count > 0)
        {
            report["explanations"] = Node(explained.Select(e => new
            {
                e.Id,
                e.Funded,
                NeededPoints = Points(e.Needed.Points, model),
                NeededWhy = e.Needed.NoScore,
                e.Needed.MostMoney,
                e.Displaced,
                e.ExtraBudget,
                e.NoBudget,
                e.LosesAgainAt,
                e.LargestRequest,
            }));
        }
        return report;
    }

    static async Task TellAsync(RankingModel model, AwardResult result, TextWriter output)
    {
        if (NothingBecause(model.Input, result) is { } why) await output.WriteLineAsync(why);
        foreach (var d in result.Decisions)
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{d.RankInGroup?.ToString(CultureInfo.InvariantCulture) ?? "-"}\t{d.Group}\t{d.Id}\t{Points(d.RankingPoints ?? d.Points, model)}\t{d.Request}\t{d.Awarded}\t{d.Outcome}\t{d.Reason}"));
        await output.WriteLineAsync($"awarded {result.Awarded} of {model.Input.Budget}, {result.Left} left");
    }

    static string? NothingBecause(AwardInput input, AwardResult result) =>
        result.Awarded > 0 ? null
        : input.Candidates.Count == 0 ? "nothing is funded because there are no proposals"
        : input.Budget == 0 ? "nothing is funded because the budget is 0"
        : result.Decisions.All(d => d.Outcome is AwardOutcome.NotEligible or AwardOutcome.BelowThreshold) ? "nothing is funded because no proposal qualifies"
        : "nothing is funded because no request fits the money that its list holds when its turn comes";

    static string Words(InvalidAwardInputException e)
    {
        var who = e.Codes.Count == 0 ? "" : $" ({string.Join(", ", e.Codes)})";
        return e.Fault switch
        {
            AwardFault.Figures => $"a budget, envelope, threshold or maximum is negative or too large, or the threshold is above the maximum{who}",
            AwardFault.EnvelopesExceedBudget => "the envelopes and set-asides add up to more than the budget: lower one of them or raise the budget",
            AwardFault.GroupCode => $"a group's code is empty or occurs twice{who}",
            AwardFault.CandidateId => $"a proposal's id is empty or occurs twice{who}",
            AwardFault.UnknownGroup => $"the proposal names a group that has no envelope{who}",
            AwardFault.Request => $"a request must be more than zero{who}",
            AwardFault.Points => $"points or gate values are missing, negative or above the maximum{who}",
            AwardFault.TieKeys => $"as many tie values are needed as ranking.tieKeys has names{who}",
            AwardFault.DrawPosition => $"a draw position is below 1{who}",
            AwardFault.Mode => "the rules lack what this mode needs: threshold-then-rank a threshold or gates, quality-gate flat points, a released set-aside a single group or a residual pool, a grey zone low ≤ high",
            AwardFault.Marks => $"a gate, bonus or set-aside is nameless, occurs twice or is unknown, or gate values are missing{who}",
            AwardFault.Caps => $"a cap is below 1, or an applicant gives one place of its own order twice{who}",
            AwardFault.LeastPart => $"the least part must be from 1 to the request{who}",
            _ => e.Message,
        };
    }

    static decimal? Points(long? units, RankingModel model)
    {
        if (units is not { } known) return null;
        var value = (decimal)known;
        for (var i = 0; i < model.Decimals; i++) value /= 10;
        return value;
    }

    static JsonNode? Node<T>(T value) => JsonSerializer.SerializeToNode(value, Indented);

    static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(t => JsonValue.Create(t))]);
}
