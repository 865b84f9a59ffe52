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
    /// <summary>The gate that stands for the threshold where some criteria only rank.</summary>
    public const string WithoutBonus = "without-bonus";

    public static async Task<(AwardInput Input, IReadOnlyDictionary<string, Application> Files)> BuildAsync(AppDb db, Call call, CallRules rules, CancellationToken cancel)
    {
        var shape = RulesOf(rules);
        var id = call.Id;
        var files = await db.Applications.Where(a => a.CallId == id && (a.State == ApplicationState.Admitted || a.State == ApplicationState.Scored || a.State == ApplicationState.Inadmissible))
            .OrderBy(a => a.Code).ToListAsync(cancel);
        var ids = files.Select(f => f.Id).ToList();
        var opened = await db.OpenedApplications.Where(o => ids.Contains(o.ApplicationId)).ToDictionaryAsync(o => o.ApplicationId, cancel);
        var draws = await db.TieDraws.Where(d => d.CallId == id && d.Beacon != null).OrderBy(d => d.Number).ToListAsync(cancel);
        var drawn = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (code, i) in draws.SelectMany(d => DrawOrder(d).Select((code, i) => (code, i)))) drawn[code] = i + 1;
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
            candidates.Add(CandidateOf(rules, shape, new ScoredFile(
                file.Code!, content.LeagueCode, content.ProvinceCode, eligible, content.Requested, content.TotalCost, content.NeedPosition, file.EntityId.Value,
                rules.Pack.Award.AsksTerms ? content.ReadPublic().Terms : null, score, drawn.TryGetValue(file.Code!, out var position) ? position : null)));
        }
        var input = new AwardInput
        {
            Budget = rules.Budget.Minor,
            Rules = shape,
            Groups = GroupsOf(rules),
            Candidates = candidates,
        };
        return (input, files.ToDictionary(f => f.Code!, StringComparer.Ordinal));
    }

    /// <summary>The award's rules as the frozen pack declares them; the mode of the call comes from here and from nowhere else.</summary>
    public static Selection.Award.AwardRules RulesOf(CallRules rules)
    {
        var award = rules.Pack.Award;
        var threshold = rules.Pack.Evaluation.Threshold.Value * 100L;
        var exclusive = award.ThresholdExclusive?.Value ?? false;
        var gates = award.Minima?.Value.Select(m => new PointsGate(m.Criterion, m.Points * 100L, m.Exclusive)).ToList();
        // Points that only rank must not help over the threshold, which then stands on the rest of the points.
        if (award.BonusCriteria is not null) (gates, threshold, exclusive) = ([.. gates ?? [], new PointsGate(WithoutBonus, threshold, exclusive)], 0, false);
        return new()
        {
            Mode = award.Ranking.Value switch
            {
                RankingKind.StrictRankByGroup => AwardMode.RankByGroup,
                RankingKind.StrictRank => AwardMode.StrictRank,
                RankingKind.ThresholdThenRank => AwardMode.ThresholdThenRank,
                RankingKind.QualityGate => AwardMode.QualityGate,
                _ => AwardMode.LotteryInGreyZone,
            },
            Threshold = threshold,
            MaximumPoints = rules.Pack.Criteria.DeclaredTotal.Value * 100L,
            Skip = award.Skip.Value == Rules.SkipRule.UnaffordableWithReason ? Selection.Award.SkipRule.SkipIfUnaffordable : Selection.Award.SkipRule.None,
            ResidualPool = award.Residual.Value == Rules.ResidualPool.OverallRanking,
            ReserveList = award.ReserveDays.Value > 0,
            TieKeys = [.. award.TieBreaks.Value.Where(k => k != "publicDraw")],
            ThresholdExclusive = exclusive,
            Gates = gates,
            FlatPoints = award.Flat?.Value.Points * 100L,
            FlatGate = award.Flat?.Value.Criterion,
            PartialFunding = award.TakesParts,
            SetAsides = award.SetAsides is { Count: > 0 } sets ? [.. sets.Select(s => new SetAside(s.Code, s.Amount.Value.Minor, s.Release.Value))] : null,
            MaximumPerApplicant = award.MaxPerApplicant?.Value,
            MaximumPerPlanWriter = award.MaxPerPlanWriter?.Value,
            OwnPriority = award.HoldsOwnOrder,
            GreyZone = award.GreyZone?.Value is { } zone ? new(zone.Zone == GreyZonePlace.Fixed ? GreyZoneKind.Fixed : GreyZoneKind.AroundLine, zone.Low * 100L, zone.High * 100L) : null,
        };
    }

    public static IReadOnlyList<AwardGroup> GroupsOf(CallRules rules) => [.. rules.Leagues.Select(l => new AwardGroup(l.Code, l.Envelope.Minor))];

    /// <summary>What the award reads of one application, wherever it is kept: in the tables or in a public bundle.</summary>
    /// <param name="Province">The one that stands for its promoter; null where none of the promoter's is eligible.</param>
    /// <param name="Terms">Null where the rules ask for none.</param>
    public sealed record ScoredFile(
        string Code, string? League, string? Province, bool Eligible, Money Requested, Money TotalCost, int NeedPosition, Guid Applicant, PublicTerms? Terms, FinalScore? Score, int? DrawPosition);

    /// <summary>One application as the award sees it under the rules.</summary>
    public static AwardCandidate CandidateOf(CallRules rules, Selection.Award.AwardRules shape, ScoredFile file)
    {
        return new()
        {
            Id = file.Code,
            Group = file.League ?? rules.Leagues[0].Code,
            Request = file.Requested.Minor,
            Eligible = file.Eligible && file.League is not null,
            Points = file.Score?.TotalHundredths,
            TieKeys = [.. shape.TieKeys.Select(k => TieKey(k, file))],
            DrawPosition = file.DrawPosition,
            GateValues = file.Score is null ? null : shape.Gates?.Select(g => g.Name == WithoutBonus ? file.Score.TotalHundredths - rules.Pack.Award.BonusCriteria!.Value.Sum(Of) : Of(g.Name)).ToList(),
            SetAsides = shape.SetAsides is null ? null : [.. rules.Pack.Award.SetAsides!.Where(s => s.Provinces.Value.Contains(file.Province)).Select(s => s.Code)],
            Applicant = shape.MaximumPerApplicant is null && !shape.OwnPriority ? null : file.Applicant.ToString(),
            PlanWriter = shape.MaximumPerPlanWriter is null ? null : file.Terms?.PlanWriter,
            OwnPriority = shape.OwnPriority ? file.Terms?.OwnPriority : null,
            LeastPart = shape.PartialFunding ? file.Terms?.LeastPart?.Minor : null,
        };

        long Of(string criterion) => file.Score!.CriterionHundredths.GetValueOrDefault(criterion);
    }

    /// <summary>The order that a draw gave.</summary>
    public static IReadOnlyList<string> DrawOrder(TieDraw draw) =>
        [.. Selection.Draw.PublicDraw.Order(draw.SaltHex, draw.Beacon!, [.. draw.Candidates]).Select(t => t.Id)];

    static long TieKey(string key, ScoredFile file) => key switch
    {
        "need" => file.NeedPosition,
        "match" => (file.TotalCost - file.Requested).ShareOf(file.TotalCost)?.Value ?? 0,
        _ when key.StartsWith("criterion:", StringComparison.Ordinal) => file.Score?.CriterionHundredths.GetValueOrDefault(key["criterion:".Length..]) ?? 0,
        _ => throw new RuleBroken(AwardCodes.RankingNotBuilt, key),
    };
}
