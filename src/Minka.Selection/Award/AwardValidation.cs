namespace Minka.Selection.Award;

/// <summary>Refuses an input that no award can be computed from, before anything is decided.</summary>
internal static class AwardValidation
{
    /// <summary>No figure of points may exceed this, so that no sum of them overflows.</summary>
    private const long MostPoints = 1_000_000_000_000_000;

    private const int MostMarks = 1_000;

    public static void Run(AwardInput input)
    {
        var rules = input.Rules;
        if (input.Budget < 0 || rules.Threshold < 0 || rules.MaximumPoints < rules.Threshold || rules.MaximumPoints > MostPoints)
            throw new InvalidAwardInputException(AwardFault.Figures);

        var groups = new HashSet<string>(StringComparer.Ordinal);
        var unassigned = input.Budget;
        foreach (var set in rules.SetAsides ?? [])
        {
            if (set.Amount < 0)
                throw new InvalidAwardInputException(AwardFault.Figures, set.Code);
            if (set.Amount > unassigned)
                throw new InvalidAwardInputException(AwardFault.EnvelopesExceedBudget);
            unassigned -= set.Amount;
        }

        foreach (var group in input.Groups)
        {
            if (string.IsNullOrEmpty(group.Code) || !groups.Add(group.Code))
                throw new InvalidAwardInputException(AwardFault.GroupCode, group.Code);
            if (group.Envelope < 0)
                throw new InvalidAwardInputException(AwardFault.Figures, group.Code);
            if (group.Envelope > unassigned)
                throw new InvalidAwardInputException(AwardFault.EnvelopesExceedBudget);
            unassigned -= group.Envelope;
        }

        Marks(rules);
        Mode(input);
        if (rules.MaximumPerApplicant < 1 || rules.MaximumPerPlanWriter < 1)
            throw new InvalidAwardInputException(AwardFault.Caps);

        var ids = new HashSet<string>(StringComparer.Ordinal);
        var places = new HashSet<(string, int)>();
        foreach (var candidate in input.Candidates)
        {
            if (FaultOf(candidate, rules, groups, ids) is { } fault)
                throw new InvalidAwardInputException(fault, candidate.Id);
            if (candidate is { Applicant: { } who, OwnPriority: { } place } && (place < 1 || !places.Add((who, place))))
                throw new InvalidAwardInputException(AwardFault.Caps, candidate.Id);
        }
    }

    private static void Marks(AwardRules rules)
    {
        Names(rules.Gates?.Select(g => (g.Name, g.Minimum)));
        Names(rules.Bonuses?.Select(b => (b.Name, b.Points)));
        Names(rules.SetAsides?.Select(s => (s.Code, 0L)));
        if (rules.MaximumBonus is < 0 or > MostPoints)
            throw new InvalidAwardInputException(AwardFault.Figures);
    }

    private static void Names(IEnumerable<(string Name, long Points)>? marks)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, points) in marks ?? [])
        {
            if (string.IsNullOrEmpty(name) || !seen.Add(name) || seen.Count > MostMarks)
                throw new InvalidAwardInputException(AwardFault.Marks, name);
            if (points is < 0 or > MostPoints)
                throw new InvalidAwardInputException(AwardFault.Figures, name);
        }
    }

    private static void Mode(AwardInput input)
    {
        var rules = input.Rules;
        var single = input.Groups.Count == 1;
        var right = rules.Mode switch
        {
            AwardMode.StrictRank => single,
            AwardMode.ThresholdThenRank => rules.Threshold > 0 || rules.Gates is { Count: > 0 },
            AwardMode.QualityGate => rules.FlatPoints is >= 0 and <= MostPoints && (rules.FlatGate is null || (rules.Gates?.Any(g => g.Name == rules.FlatGate) ?? false)),
            AwardMode.LotteryInGreyZone => single && !rules.ResidualPool && rules.SetAsides is not { Count: > 0 } && rules.GreyZone is { Low: >= 0 and <= MostPoints, High: >= 0 and <= MostPoints } zone
                && (zone.Kind == GreyZoneKind.AroundLine || zone.Low <= zone.High),
            _ => true,
        };
        if (!right
            || (rules.Mode != AwardMode.QualityGate && (rules.FlatPoints is not null || rules.FlatGate is not null))
            || (rules.Mode != AwardMode.LotteryInGreyZone && rules.GreyZone is not null)
            || (rules.SetAsides is { } sets && sets.Any(s => s.Release) && !single && !rules.ResidualPool))
            throw new InvalidAwardInputException(AwardFault.Mode);
    }

    private static AwardFault? FaultOf(AwardCandidate candidate, AwardRules rules, HashSet<string> groups, HashSet<string> ids)
    {
        if (string.IsNullOrEmpty(candidate.Id) || !ids.Add(candidate.Id))
            return AwardFault.CandidateId;
        if (!groups.Contains(candidate.Group))
            return AwardFault.UnknownGroup;
        if (candidate.Request <= 0)
            return AwardFault.Request;
        if (candidate.DrawPosition < 1)
            return AwardFault.DrawPosition;
        if (candidate.LeastPart is { } part && (part < 1 || part > candidate.Request))
            return AwardFault.LeastPart;
        if (!Known(candidate.Bonuses, rules.Bonuses?.Select(b => b.Name)) || !Known(candidate.SetAsides, rules.SetAsides?.Select(s => s.Code)))
            return AwardFault.Marks;
        if (!candidate.Eligible)
            return null;
        if (candidate.Points is not { } points || points < 0 || points > rules.MaximumPoints)
            return AwardFault.Points;
        if ((candidate.GateValues?.Count ?? 0) != (rules.Gates?.Count ?? 0))
            return AwardFault.Marks;
        if (candidate.GateValues?.Any(v => v is < 0 or > MostPoints) ?? false)
            return AwardFault.Points;
        if (rules.FlatGate is { } flat && candidate.GateValues![rules.Gates!.Index().First(g => g.Item.Name == flat).Index] > points)
            return AwardFault.Points;
        return candidate.TieKeys.Count == rules.TieKeys.Count ? null : AwardFault.TieKeys;
    }

    private static bool Known(IReadOnlyList<string>? marks, IEnumerable<string>? names)
    {
        if (marks is not { Count: > 0 })
            return true;
        var known = new HashSet<string>(names ?? [], StringComparer.Ordinal);
        return marks.All(known.Remove);
    }
}
