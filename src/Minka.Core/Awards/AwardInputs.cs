using Microsoft.EntityFrameworkCore;
using Minka.Core.Applications;
using Minka.Core.Database;
using Minka.Core.Evaluation;
using Minka.Core.Fund;
using Minka.Core.Kernel;
using Minka.Core.Rules;
using Minka.Selection.Award;

namespace Minka.Core.Awards;

/// <summary>Builds the input of an award from the frozen rules, the opened applications and the locked scores, and from nothing else.</summary>
public static class AwardInputs
{
    public static async Task<(AwardInput Input, IReadOnlyDictionary<string, Application> Files)> BuildAsync(AppDb db, Call call, CallRules rules, CancellationToken cancel)
    {
        if (rules.Pack.Award.Ranking.Value != RankingKind.StrictRankByGroup) throw new RuleBroken(AwardCodes.RankingNotBuilt, rules.Pack.Award.Ranking.Value);
        var id = call.Id;
        var files = await db.Applications.Where(a => a.CallId == id && (a.State == ApplicationState.Admitted || a.State == ApplicationState.Scored || a.State == ApplicationState.Inadmissible))
            .OrderBy(a => a.Code).ToListAsync(cancel);
        var ids = files.Select(f => f.Id).ToList();
        var opened = await db.OpenedApplications.Where(o => ids.Contains(o.ApplicationId)).ToDictionaryAsync(o => o.ApplicationId, cancel);
        var draws = await db.TieDraws.Where(d => d.CallId == id && d.Beacon != null).OrderBy(d => d.Number).ToListAsync(cancel);
        var drawn = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (code, i) in draws.SelectMany(d => DrawOrder(d).Select((code, i) => (code, i)))) drawn[code] = i + 1;
        var keys = rules.Pack.Award.TieBreaks.Value.Where(k => k != "publicDraw").ToList();
        var candidates = new List<AwardCandidate>();
        foreach (var file in files)
        {
            var content = opened[file.Id];
            var eligible = file.State is ApplicationState.Admitted or ApplicationState.Scored;
            FinalScore? score = null;
            if (eligible)
            {
                if (!await Scoring.AllLockedAsync(db, file.Id, cancel)) throw new RuleBroken(AwardCodes.ScoresPending, file.Code);
                score = FinalScores.Compute(await Scoring.SheetsAsync(db, file.Id, cancel), rules.Pack.Evaluation);
            }
            candidates.Add(new AwardCandidate
            {
                Id = file.Code!,
                Group = content.LeagueCode ?? rules.Leagues[0].Code,
                Request = content.Requested.Minor,
                Eligible = eligible && content.LeagueCode is not null,
                Points = score?.TotalHundredths,
                TieKeys = [.. keys.Select(k => TieKey(k, score, content))],
                DrawPosition = drawn.TryGetValue(file.Code!, out var position) ? position : null,
            });
        }
        var input = new AwardInput
        {
            Budget = rules.Budget.Minor,
            Rules = new()
            {
                Threshold = rules.Pack.Evaluation.Threshold.Value * 100L,
                MaximumPoints = rules.Pack.Criteria.DeclaredTotal.Value * 100L,
                Skip = rules.Pack.Award.Skip.Value == Rules.SkipRule.UnaffordableWithReason ? Selection.Award.SkipRule.SkipIfUnaffordable : Selection.Award.SkipRule.None,
                ResidualPool = rules.Pack.Award.Residual.Value == Rules.ResidualPool.OverallRanking,
                ReserveList = rules.Pack.Award.ReserveDays.Value > 0,
                TieKeys = keys,
            },
            Groups = [.. rules.Leagues.Select(l => new AwardGroup(l.Code, l.Envelope.Minor))],
            Candidates = candidates,
        };
        return (input, files.ToDictionary(f => f.Code!, StringComparer.Ordinal));
    }

    /// <summary>The order that a draw gave.</summary>
    public static IReadOnlyList<string> DrawOrder(TieDraw draw) =>
        [.. Selection.Draw.PublicDraw.Order(draw.SaltHex, draw.Beacon!, [.. draw.Candidates]).Select(t => t.Id)];

    static long TieKey(string key, FinalScore? score, OpenedApplication content) => key switch
    {
        "need" => content.NeedPosition,
        "match" => (content.TotalCost - content.Requested).ShareOf(content.TotalCost)?.Value ?? 0,
        _ when key.StartsWith("criterion:", StringComparison.Ordinal) => score?.CriterionHundredths.GetValueOrDefault(key["criterion:".Length..]) ?? 0,
        _ => throw new RuleBroken(AwardCodes.RankingNotBuilt, key),
    };
}
