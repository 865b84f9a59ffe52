using Minka.Core.Kernel;
using Minka.Selection.Award;
using Minka.Web.Charts;
using Minka.Web.Components;
using Minka.Web.Layout;
using Minka.Web.Screens.Evaluation;

namespace Minka.Web.Screens.Awards;

/// <summary>What became of an application since the award.</summary>
public enum AwardChange
{
    None,

    /// <summary>Won and left: it declined, or let the days to sign pass.</summary>
    Left,

    /// <summary>Taken out by the office, for falsity.</summary>
    Disqualified,

    /// <summary>Moved up from the reserve list.</summary>
    Promoted,
}

/// <summary>One application as the results tell it.</summary>
public sealed record ResultLine(AwardDecision Decision, string Entity, string Title, AwardChange Change)
{
    public string Code => Decision.Id;

    /// <summary>Funded as things stand: who won and left is out, who moved up from the reserve is in.</summary>
    public bool IsFundedNow => Change == AwardChange.Promoted || (Change == AwardChange.None && Decision.IsFunded);

    public Tone Tone => Change switch
    {
        AwardChange.Left or AwardChange.Disqualified => Tone.Broken,
        AwardChange.Promoted => Tone.Met,
        _ => Decision.Outcome switch
        {
            AwardOutcome.FundedInGroup or AwardOutcome.FundedFromResidual => Tone.Met,
            AwardOutcome.Reserve => Tone.Attention,
            _ => Tone.Broken,
        },
    };
}

/// <summary>The decisions of an award in words, with their figures.</summary>
public static class AwardWords
{
    public static string Outcome(ResultLine line, T t) => line.Change switch
    {
        AwardChange.Left => t["award.outcome.left"],
        AwardChange.Disqualified => t["award.outcome.disqualified"],
        AwardChange.Promoted => t["award.outcome.promoted"],
        _ => line.Decision.Outcome switch
        {
            AwardOutcome.Reserve => t["award.outcome.reserve", line.Decision.ReservePosition],
            var outcome => t.Of(outcome),
        },
    };

    public static string Why(AwardDecision d, AwardInput input, T t)
    {
        var asked = new Money(d.Request);
        return d.Reason switch
        {
            AwardReason.WithinEnvelope => t["award.why.within-envelope", d.InGroup!.Position, d.Group, new Money(d.InGroup.MoneyLeft), asked],
            AwardReason.WithinResidualPool => d.InGroup is { } g
                ? t["award.why.within-pool", d.Group, new Money(g.MoneyLeft), asked, d.InResidual!.Position, new Money(d.InResidual.MoneyLeft)]
                : t["award.why.within-pool-only", asked, d.InResidual!.Position, new Money(d.InResidual.MoneyLeft)],
            AwardReason.Unaffordable => d.InResidual is { } pool
                ? t["award.why.unaffordable-pool", asked, d.Group, new Money(d.InGroup!.MoneyLeft), new Money(pool.MoneyLeft)]
                : t["award.why.unaffordable", asked, d.Group, new Money(d.InGroup!.MoneyLeft)],
            AwardReason.ListStopped => t["award.why.stopped", d.Group, asked],
            AwardReason.BelowThreshold => t["award.why.below", EvaluationWords.Points(d.Points), EvaluationWords.Points(input.Rules.Threshold)],
            _ => t["award.why.not-eligible"],
        };
    }

    public static string Needed(AwardDecision d, T t) => d.Needed switch
    {
        { Points: { } least } when d.IsFunded => t["award.needed.margin", EvaluationWords.Points(least), EvaluationWords.Points(d.Points - least)],
        { Points: { } least } => t["award.needed.more", EvaluationWords.Points(least), EvaluationWords.Points(least - d.Points)],
        { NoScore: NoScoreReason.RequestTooLarge } => t["award.needed.too-large", new Money(d.Request), new Money(d.Needed.MostMoney ?? 0)],
        { NoScore: NoScoreReason.MaximumNotEnough } => t["award.needed.maximum"],
        _ => t["award.needed.not-scored"],
    };

    /// <summary>The bars of one league as things stand, with the line below which nobody is funded.</summary>
    /// <remarks>What the common pool gave is told beside the envelope and added to it, so that the bar of the money never runs over.</remarks>
    public static CutoffBars Bars(string league, GroupAccount account, AwardInput input, IReadOnlyList<ResultLine> lines, string address, T t)
    {
        var granted = lines.Where(l => l.IsFundedNow).Sum(l => l.Decision.Request);
        var common = Math.Max(lines.Where(l => l.IsFundedNow && l.Decision.Outcome == AwardOutcome.FundedFromResidual).Sum(l => l.Decision.Request), granted - account.Envelope);
        return new(t["award.chart.title", league], t["award.chart.text", league, new Money(account.Envelope)], account.Envelope + Math.Max(0, common),
            [.. lines.Where(l => l.Decision.Points is not null).Select(l => new Ranked(l.Decision.RankInGroup?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "–", $"{l.Code} {l.Entity}",
                l.Decision.Points!.Value / 100.0, EvaluationWords.Points(l.Decision.Points), l.Decision.Request, l.Tone, Outcome(l, t), $"{address}/{l.Code}"))])
        {
            FullScore = input.Rules.MaximumPoints / 100.0,
            Threshold = new(t["award.chart.threshold", EvaluationWords.Points(input.Rules.Threshold)], input.Rules.Threshold / 100.0),
            FundText = common > 0
                ? t["award.chart.league-and-pool", Format.MoneyShort(account.Envelope), Format.MoneyShort(common)]
                : t["award.chart.league", Format.MoneyShort(account.Envelope)],
        };
    }

    /// <summary>A tie and what put each ahead of the next.</summary>
    public static string Tie(ResolvedTie tie, Core.Rules.RulePack pack, T t) =>
        t[tie.Group is null ? "award.tie.overall" : "award.tie.league", tie.Ids, EvaluationWords.Points(tie.Points), tie.ResolvedBy.Distinct(StringComparer.Ordinal).Select(k => Key(k, pack, t)).ToList(), tie.Group];

    static string Key(string key, Core.Rules.RulePack pack, T t) => key switch
    {
        ResolvedTie.PublicDrawName => t["award.tie.draw"],
        "need" => t["award.tie.need"],
        "match" => t["award.tie.match"],
        _ when key.StartsWith("criterion:", StringComparison.Ordinal) => pack.Criterion(key["criterion:".Length..]).Name.In(t.Language),
        _ => key,
    };
}
