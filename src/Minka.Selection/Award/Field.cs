namespace Minka.Selection.Award;

/// <summary>A validated input with its candidates in ordinal order of the ids and its orders computed once.</summary>
internal sealed class Field
{
    private const int NotDrawn = int.MaxValue;

    public Field(AwardInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        Validate(input);
        Rules = input.Rules;
        Groups = [.. input.Groups.OrderBy(g => g.Code, StringComparer.Ordinal)];
        Candidates = [.. input.Candidates.OrderBy(c => c.Id, StringComparer.Ordinal)];

        var groupIndex = Groups.Index().ToDictionary(g => g.Item.Code, g => g.Index, StringComparer.Ordinal);
        GroupOf = [.. Candidates.Select(c => groupIndex[c.Group])];
        Unassigned = input.Budget - Groups.Sum(g => g.Envelope);

        Eligible = [.. Enumerable.Range(0, Candidates.Length).Where(i => Candidates[i].Eligible)];
        Array.Sort(Eligible, Compare);
        Qualified = [.. Eligible.Where(i => Candidates[i].Points >= Rules.Threshold)];
    }

    public AwardRules Rules { get; }

    public AwardGroup[] Groups { get; }

    public AwardCandidate[] Candidates { get; }

    /// <summary>The index of each candidate's group.</summary>
    public int[] GroupOf { get; }

    /// <summary>Budget that no envelope holds.</summary>
    public long Unassigned { get; }

    /// <summary>The eligible, best first.</summary>
    public int[] Eligible { get; }

    /// <summary>The eligible at or above the threshold, best first.</summary>
    public int[] Qualified { get; }

    public IReadOnlyList<OpenTie> OpenTies()
    {
        var ties = new List<OpenTie>();
        for (var i = 0; i < Qualified.Length;)
        {
            var end = i + 1;
            while (end < Qualified.Length && CompareMerit(Qualified[i], Qualified[end]) == 0)
                end++;
            if (end - i > 1)
            {
                var ids = Qualified[i..end].Select(c => Candidates[c].Id).Order(StringComparer.Ordinal);
                ties.Add(new OpenTie(Candidates[Qualified[i]].Points!.Value, [.. ids]));
            }

            i = end;
        }

        return ties;
    }

    /// <summary>Negative if <paramref name="a"/> stands before <paramref name="b"/>; 0 if the rules do not tell them apart.</summary>
    public int CompareMerit(int a, int b) => CompareMerit(a, Candidates[a].Points!.Value, b);

    /// <summary>The qualified order if <paramref name="asking"/> had <paramref name="points"/>; a tie left open is lost by it.</summary>
    public int[] OrderIf(int asking, long points)
    {
        var low = 0;
        var others = Array.FindAll(Qualified, c => c != asking);
        var high = others.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (CompareMerit(asking, points, others[middle]) < 0)
                high = middle;
            else
                low = middle + 1;
        }

        return [.. others.AsSpan(0, low), asking, .. others.AsSpan(low)];
    }

    /// <summary>The name of what put <paramref name="ahead"/> before <paramref name="behind"/>, their points being equal.</summary>
    public string Separator(int ahead, int behind)
    {
        for (var k = 0; k < Rules.TieKeys.Count; k++)
        {
            if (Candidates[ahead].TieKeys[k] != Candidates[behind].TieKeys[k])
                return Rules.TieKeys[k];
        }

        return ResolvedTie.PublicDrawName;
    }

    private int Compare(int a, int b)
    {
        var merit = CompareMerit(a, b);
        return merit != 0 ? merit : a.CompareTo(b);
    }

    private int CompareMerit(int a, long pointsOfA, int b)
    {
        var (first, second) = (Candidates[a], Candidates[b]);
        var order = second.Points!.Value.CompareTo(pointsOfA);
        for (var k = 0; order == 0 && k < Rules.TieKeys.Count; k++)
            order = second.TieKeys[k].CompareTo(first.TieKeys[k]);
        return order != 0 ? order : (first.DrawPosition ?? NotDrawn).CompareTo(second.DrawPosition ?? NotDrawn);
    }

    private static void Validate(AwardInput input)
    {
        var rules = input.Rules;
        if (input.Budget < 0 || rules.Threshold < 0 || rules.MaximumPoints < rules.Threshold)
            throw new InvalidAwardInputException(AwardFault.Figures);

        var groups = new HashSet<string>(StringComparer.Ordinal);
        var unassigned = input.Budget;
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

        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var candidate in input.Candidates)
        {
            if (FaultOf(candidate, rules, groups, ids) is { } fault)
                throw new InvalidAwardInputException(fault, candidate.Id);
        }
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
        if (!candidate.Eligible)
            return null;
        if (candidate.Points is not { } points || points < 0 || points > rules.MaximumPoints)
            return AwardFault.Points;
        return candidate.TieKeys.Count == rules.TieKeys.Count ? null : AwardFault.TieKeys;
    }
}
