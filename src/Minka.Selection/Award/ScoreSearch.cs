namespace Minka.Selection.Award;

/// <summary>Finds the least points that would have been funded, by running the award again.</summary>
internal sealed class ScoreSearch
{
    private readonly Field _field;
    private readonly long[] _critical;

    /// <remarks>
    /// Between two neighbouring critical scores (every q and q + 1 for the score q of a qualified application, and where a
    /// grey zone's bounds meet a score) the order does not change, so the least points that are funded are critical.
    /// </remarks>
    public ScoreSearch(Field field)
    {
        _field = field;
        var scores = field.Qualified.Select(field.ScoreOf);
        if (field.Rules.GreyZone is { } zone)
        {
            scores = zone.Kind == GreyZoneKind.Fixed
                ? scores.Append(zone.Low).Append(zone.High)
                : scores.SelectMany(q => new[] { q, q - zone.Low, q + zone.High, q + zone.Low, q - zone.High });
        }

        _critical = [.. scores.SelectMany(q => new[] { q - 1, q, q + 1 }).Distinct().Order()];
    }

    // More points can hurt where they move the line, and where, over several stages, they hurry an application of the same
    // applicant or free somebody of a cap by stopping a list.
    private bool IsMonotone
    {
        get
        {
            var rules = _field.Rules;
            var capped = (rules.MaximumPerApplicant ?? rules.MaximumPerPlanWriter) is not null;
            var stages = rules.ResidualPool || rules.SetAsides is not null;
            return rules.GreyZone is not { Kind: GreyZoneKind.AroundLine } && !(stages && (rules.OwnPriority || (capped && rules.Skip == SkipRule.None)));
        }
    }

    public NeededScore For(int asking)
    {
        if (!_field.Candidates[asking].Eligible)
            return new NeededScore(null, NoScoreReason.NotEligible, null);
        if (!_field.GatesMet(asking))
            return new NeededScore(null, NoScoreReason.GateFailed, null);

        var points = PointsToTry(asking);
        var needed = IsMonotone ? Halve(asking, points) : Walk(asking, points);
        if (needed is not { } found)
            return WhyNone(asking);
        if (!IsFunded(asking, found) || (found > 0 && IsFunded(asking, found - 1)))
            throw new InvalidOperationException($"The needed score {found} of {_field.Candidates[asking].Id} does not hold when the award is run again.");
        return new NeededScore(found, NoScoreReason.None, null);
    }

    private List<long> PointsToTry(int asking)
    {
        var rules = _field.Rules;
        var least = rules.ThresholdExclusive ? rules.Threshold + 1 : rules.Threshold;
        var points = new List<long>(_critical.Length + 2) { least };
        if (!(rules.Mode == AwardMode.QualityGate && rules.FlatGate is null))
        {
            var offset = _field.OffsetTo(asking);
            foreach (var score in _critical)
            {
                if (score - offset > least && score - offset <= rules.MaximumPoints)
                    points.Add(score - offset);
            }
        }

        if (rules.MaximumPoints > points[^1])
            points.Add(rules.MaximumPoints);
        if (least > rules.MaximumPoints)
            points.Clear();
        return points;
    }

    // Funded(points) never falls (see AwardRanking), so the least critical value is found by halving.
    private long? Halve(int asking, List<long> points)
    {
        int low = 0, high = points.Count - 1;
        if (high < 0 || !IsFunded(asking, points[high]))
            return null;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (IsFunded(asking, points[middle]))
                high = middle;
            else
                low = middle + 1;
        }

        return points[low];
    }

    // Where more points can hurt (see AwardRanking) a loser looks upwards for the nearest that win, a winner downwards for the last.
    private long? Walk(int asking, List<long> points)
    {
        var own = _field.Candidates[asking].Points!.Value;
        if (!IsFunded(asking, own))
            return points.Where(p => p > own).Select(p => (long?)p).FirstOrDefault(p => IsFunded(asking, p!.Value));

        var last = own;
        foreach (var point in points.Where(p => p < own).Reverse())
        {
            if (!IsFunded(asking, point))
                break;
            last = point;
        }

        return last;
    }

    private bool IsFunded(int asking, long points) => Spending.Run(_field, new WhatIf(asking, Points: points)).Funded[asking] is not null;

    private NeededScore WhyNone(int asking)
    {
        var rules = _field.Rules;
        var most = Spending.Run(_field, new WhatIf(asking, Points: rules.MaximumPoints));
        if (rules.Mode == AwardMode.LotteryInGreyZone && most.Zone is { } zone && zone.Ids.Contains(_field.Candidates[asking].Id))
            return new NeededScore(null, NoScoreReason.PointsDoNotDecide, null);

        var first = Spending.Run(_field, new WhatIf(asking, Points: rules.MaximumPoints, First: true));
        if (first.Funded[asking] is not null)
            return new NeededScore(null, rules is { Mode: AwardMode.QualityGate, FlatGate: null } ? NoScoreReason.PointsDoNotDecide : NoScoreReason.MaximumNotEnough, null);
        return rules.OwnPriority && first.Order[0] != asking
            ? new NeededScore(null, NoScoreReason.OwnOrder, null)
            : new NeededScore(null, NoScoreReason.RequestTooLarge, Math.Max(0, first.MostMet));
    }
}
