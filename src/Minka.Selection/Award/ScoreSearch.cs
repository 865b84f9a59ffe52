namespace Minka.Selection.Award;

/// <summary>Finds the least points that would have been funded, by running the award again.</summary>
internal sealed class ScoreSearch
{
    private readonly Field _field;
    private readonly long[] _critical;

    /// <remarks>
    /// Between two neighbouring critical values (the threshold, and every q and q + 1 for the points q of a qualified
    /// application) the order does not change, so the least points that are funded are a critical value.
    /// </remarks>
    public ScoreSearch(Field field)
    {
        _field = field;
        var rules = field.Rules;
        var points = field.Qualified.Select(c => field.Candidates[c].Points!.Value);
        _critical = [.. points
            .SelectMany(q => q < rules.MaximumPoints ? new[] { q, q + 1 } : [q])
            .Append(rules.Threshold)
            .Append(rules.MaximumPoints)
            .Distinct()
            .Order()];
    }

    public NeededScore For(int asking)
    {
        if (!_field.Candidates[asking].Eligible)
            return new NeededScore(null, NoScoreReason.NotEligible, null);

        if (!IsFunded(asking, _field.Rules.MaximumPoints))
            return WhyNone(asking);

        // Funded(points) is monotone (see StrictRankByGroup), so the least critical value is found by halving.
        int low = 0, high = _critical.Length - 1;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (IsFunded(asking, _critical[middle]))
                high = middle;
            else
                low = middle + 1;
        }

        var needed = _critical[low];
        if (!IsFunded(asking, needed) || (needed > _field.Rules.Threshold && IsFunded(asking, needed - 1)))
            throw new InvalidOperationException($"The needed score {needed} of {_field.Candidates[asking].Id} does not hold when the award is run again.");
        return new NeededScore(needed, NoScoreReason.None, null);
    }

    private bool IsFunded(int asking, long points) => Spending.Run(_field, _field.OrderIf(asking, points)).Funded[asking] is not null;

    private NeededScore WhyNone(int asking)
    {
        var first = Spending.Run(_field, [asking, .. Array.FindAll(_field.Qualified, c => c != asking)]);
        return first.Funded[asking] is null
            ? new NeededScore(null, NoScoreReason.RequestTooLarge, Math.Max(_field.Groups[_field.GroupOf[asking]].Envelope, first.PoolTotal))
            : new NeededScore(null, NoScoreReason.MaximumNotEnough, null);
    }
}
