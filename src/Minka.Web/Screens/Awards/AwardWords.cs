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

/// <summary>One application as the results tell it, with its names where it is shown.</summary>
public sealed record NamedLine(AwardDecision Decision, AwardChange Change, long Holds, string Entity, string Title) : ResultLine(Decision, Change, Holds);

/// <summary>What became of one application.</summary>
/// <param name="Holds">What it holds now, in céntimos.</param>
public record ResultLine(AwardDecision Decision, AwardChange Change, long Holds)
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
            AwardOutcome.FundedInGroup or AwardOutcome.FundedFromResidual or AwardOutcome.FundedFromSetAside => Tone.Met,
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

    public static string Why(AwardDecision d, AwardInput input, Core.Rules.RulePack pack, T t)
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
            AwardReason.WithinSetAside => t["award.why.within-set-aside", d.InSetAsides![^1].Visit.Position, d.InSetAsides[^1].Code, new Money(d.InSetAsides[^1].Visit.MoneyLeft), asked],
            AwardReason.InPart => t["award.why.in-part", asked, new Money(d.Awarded)],
            AwardReason.CapReached => Capped(input, d.Id, t),
            AwardReason.GateFailed when d.FailedGate == Core.Awards.AwardInputs.WithoutBonus => t["award.why.below", EvaluationWords.Points(d.Points), EvaluationWords.Points(pack.Evaluation.Threshold.Value * 100L)],
            AwardReason.GateFailed => t["award.why.gate", pack.Criterion(d.FailedGate!).Name.In(t.Language)],
            AwardReason.ListStopped => t["award.why.stopped", d.Group, asked],
            AwardReason.BelowThreshold => t["award.why.below", EvaluationWords.Points(d.Points), EvaluationWords.Points(input.Rules.Threshold)],
            _ => t["award.why.not-eligible"],
        };
    }

    /// <summary>The points of the readers, and those that rank where bonuses or a bar make them differ.</summary>
    public static string Points(AwardDecision d, T t) => d.RankingPoints is { } ranking && ranking != d.Points
        ? t["award.points.ranking", EvaluationWords.Points(d.Points), EvaluationWords.Points(ranking)] : EvaluationWords.Points(d.Points);

    static string Capped(AwardInput input, string id, T t) => input.Rules switch
    {
        { MaximumPerApplicant: { } most, MaximumPerPlanWriter: null } => t["award.why.capped-applicant", most],
        { MaximumPerApplicant: null, MaximumPerPlanWriter: { } most } => t["award.why.capped-writer", input.Candidates.First(c => c.Id == id).PlanWriter, most],
        _ => t["award.why.capped"],
    };

    /// <summary>The terms on which it competed, one sentence each; empty where the rules ask none.</summary>
    public static IReadOnlyList<string> Terms(AwardCandidate candidate, Core.Rules.RulePack pack, T t)
    {
        var said = new List<string>();
        if (pack.Award.TakesParts) said.Add(candidate.LeastPart is { } least ? t["award.terms.part", new Money(least)] : t["award.terms.whole"]);
        if (candidate.PlanWriter is { } writer) said.Add(t["award.terms.writer", writer, pack.Award.MaxPerPlanWriter!.Value]);
        if (candidate.OwnPriority is { } place) said.Add(t["award.terms.own", place]);
        foreach (var set in pack.Award.SetAsides ?? [])
            if (candidate.SetAsides?.Contains(set.Code) ?? false) said.Add(t["award.terms.set-aside", set.Name, set.Amount.Value]);
        return said;
    }

    public static string Needed(AwardDecision d, T t) => d.Needed switch
    {
        { Points: { } least } when d.IsFunded => t["award.needed.margin", EvaluationWords.Points(least), EvaluationWords.Points(d.Points - least)],
        { Points: { } least } => t["award.needed.more", EvaluationWords.Points(least), EvaluationWords.Points(least - d.Points)],
        { NoScore: NoScoreReason.RequestTooLarge } => t["award.needed.too-large", new Money(d.Request), new Money(d.Needed.MostMoney ?? 0)],
        { NoScore: NoScoreReason.MaximumNotEnough } => t["award.needed.maximum"],
        { NoScore: NoScoreReason.GateFailed } => t["award.needed.gate"],
        { NoScore: NoScoreReason.OwnOrder } => t["award.needed.own-order"],
        { NoScore: NoScoreReason.PointsDoNotDecide } => t["award.needed.draw"],
        _ => t["award.needed.not-scored"],
    };

    /// <summary>What else would have been enough, one sentence each; empty for whom it does not ask.</summary>
    public static IReadOnlyList<string> Enough(AwardExplanation told, string league, T t)
    {
        var said = new List<string>();
        if (told.Displaced.Count > 0) said.Add(t["award.enough.displaced", [told.Displaced]]);
        if (told.ExtraBudget is { } extra) said.Add(t["award.enough.budget", new Money(extra), league]);
        if (told.LosesAgainAt is { } again) said.Add(t["award.enough.again", new Money(again)]);
        if (told.NoBudget == NoBudgetReason.MoneyDoesNotDecide) said.Add(t["award.enough.cap"]);
        if (told.NoBudget == NoBudgetReason.GivenUp) said.Add(t["award.enough.given-up"]);
        if (told.LargestRequest is { } request) said.Add(t["award.enough.request", new Money(request)]);
        return said;
    }

    /// <summary>Whether the best portfolio funds it; a dash for whom did not compete.</summary>
    public static string InOptimum(ResultLine line, Core.Awards.AwardOptimum optimum, T t) =>
        optimum.Funds(line.Code) ? t["award.price.in-yes"] : optimum.Qualified.Contains(line.Code) ? t["award.price.in-no"] : "–";

    /// <summary>Why the best portfolio funds it or leaves it out; empty where that was not found or it did not compete.</summary>
    public static string BesideOptimum(string code, Core.Awards.AwardComparison? beside, T t)
    {
        if (beside is not { Optimum: { } optimum, Reasons: { } reasons } || reasons.FirstOrDefault(r => r.Code == code) is not { } reason) return "";
        var side = optimum.Funds(code) ? "award.optimum.in" : "award.optimum.out";
        var said = new List<string>
        {
            reason switch
            {
                { IsExact: true, Low: 0 } => t[side + "-tie"],
                { IsExact: true } => t[side, EvaluationWords.Points(reason.Low)],
                { High: { } high } => t[side + "-between", EvaluationWords.Points(reason.Low), EvaluationWords.Points(high)],
                _ => t[side + "-least", EvaluationWords.Points(reason.Low)],
            },
        };
        if (reason.Leaves.Count > 0) said.Add(t["award.optimum.leaves", [reason.Leaves]]);
        if (reason.Comes.Count > 0) said.Add(t["award.optimum.comes", [reason.Comes]]);
        return string.Join(' ', said);
    }

    /// <summary>Every purse of the award with what filled it.</summary>
    /// <param name="address">Where a league is told, by its code.</param>
    public static EnvelopeBars Fill(AwardReading award, Core.Rules.RulePack pack, Func<string, string> leagueName, Func<string, string> address, T t)
    {
        var result = award.Result;
        var purses = new List<FilledPurse>();
        purses.AddRange((result.SetAsides ?? []).Select(s => new FilledPurse(
            t["award.desk.set-aside", pack.Award.SetAsides?.FirstOrDefault(p => p.Code == s.Code)?.Name.In(t.Language) ?? s.Code], s.Amount, Awards(AwardStage.SetAside, step => step.SetAside == s.Code), Cut(s.CutOff))));
        purses.AddRange(result.Groups.Select(g => new FilledPurse($"{g.Code} {leagueName(g.Code)}", g.Envelope + g.Received, Awards(AwardStage.Group, step => step.Group == g.Code), Cut(g.CutOff), address(g.Code))));
        if (result.Residual is { Total: > 0 } pool) purses.Add(new FilledPurse(t["award.desk.pool"], pool.Total, Awards(AwardStage.Residual, _ => true), Cut(pool.CutOff)));
        return new EnvelopeBars(t["award.desk.fill"], t["award.desk.fill-text"], purses);

        IReadOnlyList<PurseAward> Awards(AwardStage stage, Func<AwardStep, bool> belongs) =>
            [.. result.Trace.Where(s => s.Stage == stage && s.MoneyAfter < s.MoneyBefore && belongs(s)).Select(s => new PurseAward(s.Candidate!, s.MoneyBefore - s.MoneyAfter))];

        static string Cut(long? points) => points is null ? "–" : EvaluationWords.Points(points);
    }

    /// <summary>The bars of one league as things stand, with the line below which nobody is funded.</summary>
    /// <remarks>What came from outside its envelope is told beside it and added to it, so that the bar of the money never runs over.</remarks>
    public static CutoffBars Bars(string league, GroupAccount account, AwardInput input, IReadOnlyList<NamedLine> lines, string? address, T t)
    {
        var envelope = account.Envelope + account.Received;
        var granted = lines.Where(l => l.IsFundedNow).Sum(l => l.Holds);
        var common = Math.Max(lines.Where(l => l.IsFundedNow && l.Decision.Outcome is AwardOutcome.FundedFromResidual or AwardOutcome.FundedFromSetAside).Sum(l => l.Holds), granted - envelope);
        return new(t["award.chart.title", league], t["award.chart.text", league, new Money(account.Envelope)], envelope + Math.Max(0, common),
            [.. lines.Where(l => l.Decision.Points is not null).Select(l => new Ranked(l.Decision.RankInGroup?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "–", $"{l.Code} {l.Entity}",
                (l.Decision.RankingPoints ?? l.Decision.Points)!.Value / 100.0, EvaluationWords.Points(l.Decision.RankingPoints ?? l.Decision.Points), l.Decision.Request, l.Tone, Outcome(l, t), address is null ? null : $"{address}/{l.Code}"))])
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
