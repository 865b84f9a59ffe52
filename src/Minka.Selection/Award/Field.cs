namespace Minka.Selection.Award;

/// <summary>One change of one application, to ask what would have been.</summary>
/// <param name="Asking">The index of the application; −1 for the award as it is.</param>
/// <param name="Points">Its points instead of its own.</param>
/// <param name="Request">Its request instead of its own.</param>
/// <param name="ExtraMoney">Money added to the envelope of its group and to the budget.</param>
/// <param name="First">True to put it ahead of everybody, whatever its points.</param>
internal readonly record struct WhatIf(int Asking, long? Points = null, long? Request = null, long ExtraMoney = 0, bool First = false)
{
    public static WhatIf Nothing => new(-1);
}

/// <summary>A validated input with its candidates in ordinal order of the ids and its orders computed once.</summary>
internal sealed class Field
{
    private const int NotDrawn = int.MaxValue;

    private readonly long[] _score;
    private readonly long[] _offset;
    private readonly bool[] _gatesMet;

    public Field(AwardInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        AwardValidation.Run(input);
        Rules = input.Rules;
        Groups = [.. input.Groups.OrderBy(g => g.Code, StringComparer.Ordinal)];
        SetAsides = [.. Rules.SetAsides ?? []];
        Candidates = [.. input.Candidates.OrderBy(c => c.Id, StringComparer.Ordinal)];

        var groupIndex = Groups.Index().ToDictionary(g => g.Item.Code, g => g.Index, StringComparer.Ordinal);
        GroupOf = [.. Candidates.Select(c => groupIndex[c.Group])];
        ApplicantOf = Numbered(c => c.Applicant);
        PlanWriterOf = Numbered(c => c.PlanWriter);
        Unassigned = input.Budget - Groups.Sum(g => g.Envelope) - SetAsides.Sum(s => s.Amount);

        _gatesMet = [.. Candidates.Select(c => FirstFailedGate(c) is null)];
        _offset = [.. Candidates.Select(OffsetOf)];
        _score = [.. Candidates.Select((c, i) => !c.Eligible ? 0 : Qualifies(i, c.Points!.Value) ? RankingPoints(i, c.Points.Value) : c.Points.Value)];
        Eligible = [.. Enumerable.Range(0, Candidates.Length).Where(i => Candidates[i].Eligible)];
        Array.Sort(Eligible, Compare);
        Qualified = Array.FindAll(Eligible, IsQualified);
    }

    public AwardRules Rules { get; }

    public AwardGroup[] Groups { get; }

    public SetAside[] SetAsides { get; }

    public AwardCandidate[] Candidates { get; }

    /// <summary>The index of each candidate's group.</summary>
    public int[] GroupOf { get; }

    /// <summary>A number for each candidate's applicant; −1 if it is not known.</summary>
    public int[] ApplicantOf { get; }

    /// <summary>A number for each candidate's plan writer; −1 if it is not known.</summary>
    public int[] PlanWriterOf { get; }

    /// <summary>Budget that neither an envelope nor a set-aside holds.</summary>
    public long Unassigned { get; }

    /// <summary>The eligible: the qualified by merit, then the others by points.</summary>
    public int[] Eligible { get; }

    /// <summary>The eligible that meet threshold and gates, best first. The order of merit; <see cref="WalkOrder"/> is the order of turns.</summary>
    public int[] Qualified { get; }

    public bool IsQualified(int c) => Candidates[c].Eligible && Qualifies(c, Candidates[c].Points!.Value);

    /// <summary>The points that order a qualified candidate; of another, its plain points.</summary>
    public long ScoreOf(int c) => _score[c];

    /// <summary>What ranking points are more than points; with flat points for everything, it is not used.</summary>
    public long OffsetTo(int c) => _offset[c];

    public bool GatesMet(int c) => _gatesMet[c];

    public string? FirstFailedGate(AwardCandidate candidate)
    {
        if (!candidate.Eligible || Rules.Gates is not { } gates)
            return null;
        for (var g = 0; g < gates.Count; g++)
        {
            if (!gates[g].Admits(candidate.GateValues![g]))
                return gates[g].Name;
        }

        return null;
    }

    public IReadOnlyList<OpenTie> OpenTies()
    {
        var ties = new List<OpenTie>();
        var zone = ZoneOf(Qualified, WhatIf.Nothing, out _);
        if (zone is { } z)
        {
            int[] members = [.. Qualified.Where(c => z.Low <= _score[c] && _score[c] <= z.High)];
            var drawn = members.Select(c => Candidates[c].DrawPosition).OfType<int>().Distinct().Count();
            if (members.Length > 1 && drawn < members.Length)
                ties.Add(new OpenTie(z.Line, [.. members.Select(c => Candidates[c].Id).Order(StringComparer.Ordinal)]));
        }

        for (var i = 0; i < Qualified.Length;)
        {
            var end = i + 1;
            while (end < Qualified.Length && CompareMerit(Qualified[i], Qualified[end]) == 0)
                end++;
            var score = _score[Qualified[i]];
            if (end - i > 1 && !(zone is { } within && within.Low <= score && score <= within.High))
            {
                var ids = Qualified[i..end].Select(c => Candidates[c].Id).Order(StringComparer.Ordinal);
                ties.Add(new OpenTie(score, [.. ids]));
            }

            i = end;
        }

        return ties;
    }

    /// <summary>Negative if <paramref name="a"/> stands before <paramref name="b"/> by merit; 0 if the rules do not tell them apart.</summary>
    public int CompareMerit(int a, int b)
    {
        var standing = IsQualified(b).CompareTo(IsQualified(a));
        return standing != 0 ? standing : CompareMerit(a, _score[a], b);
    }

    /// <summary>The qualified in the order of their turns.</summary>
    public int[] WalkOrder(in WhatIf asked, out GreyZone? zone)
    {
        var merit = asked.Asking < 0 || (asked.Points is null && !asked.First) ? Qualified : MeritIf(asked);
        var turns = merit;
        zone = null;
        if (ZoneOf(merit, asked, out var scores) is { } found)
        {
            var members = Array.FindAll(merit, c => found.Low <= scores(c) && scores(c) <= found.High);
            var asking = asked.Asking;
            int[] drawn = [.. members.OrderBy(c => Candidates[c].DrawPosition ?? NotDrawn).ThenBy(c => c == asking)];
            turns = [.. merit.Where(c => scores(c) > found.High), .. drawn, .. merit.Where(c => scores(c) < found.Low)];
            zone = new GreyZone(found.Line, found.Low, found.High, [.. drawn.Select(c => Candidates[c].Id)]);
        }

        return Rules.OwnPriority ? Deferred(turns) : turns;
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

    public bool Qualifies(int c, long points) =>
        _gatesMet[c] && (Rules.ThresholdExclusive ? points > Rules.Threshold : points >= Rules.Threshold);

    /// <summary>
    /// How much money is missing until the next score fits into the line's money (fixed zone: until all fit and there is none),
    /// or 0 if nothing is; and the requests at which one application's own amount moves the line.
    /// </summary>
    public long LineGap(in WhatIf asked, List<long>? breaks = null)
    {
        if (Rules.GreyZone is not { } zone)
            return 0;

        var merit = asked.Asking < 0 || (asked.Points is null && !asked.First) ? Qualified : MeritIf(asked);
        var left = Groups[0].Envelope + asked.ExtraMoney;
        var seen = false;
        for (var i = 0; i < merit.Length;)
        {
            var score = ScoreIf(merit[i], asked);
            var level = 0L;
            for (; i < merit.Length && (zone.Kind == GreyZoneKind.Fixed || ScoreIf(merit[i], asked) == score); i++)
            {
                seen |= merit[i] == asked.Asking;
                var request = breaks is not null && merit[i] == asked.Asking ? 0 : RequestIf(merit[i], asked);
                level = request > long.MaxValue - level ? long.MaxValue : level + request;
            }

            if (level > left)
                return level == long.MaxValue ? 0 : level - left;
            left -= level;
            if (seen)
                breaks?.Add(left);
        }

        return 0;
    }

    public long RequestIf(int c, in WhatIf asked) => c == asked.Asking && asked.Request is { } other ? other : Candidates[c].Request;

    private long ScoreIf(int c, in WhatIf asked) => c == asked.Asking && asked.Points is { } points ? RankingPoints(c, points) : _score[c];

    private (long Line, long Low, long High)? ZoneOf(int[] merit, WhatIf asked, out Func<int, long> scores)
    {
        scores = c => ScoreIf(c, asked);
        if (Rules.GreyZone is not { } rule || merit.Length == 0)
            return null;

        var left = Groups[0].Envelope + (asked.Asking < 0 ? 0 : asked.ExtraMoney);
        long? line = null;
        var all = true;
        for (var i = 0; i < merit.Length && all;)
        {
            var score = scores(merit[i]);
            for (; i < merit.Length && scores(merit[i]) == score; i++)
            {
                var request = RequestIf(merit[i], asked);
                all &= request <= left;
                left = all ? left - request : 0;
            }

            line = all || line is null ? score : line;
        }

        if (all)
            return null;
        return rule.Kind == GreyZoneKind.Fixed ? (line!.Value, rule.Low, rule.High) : (line!.Value, line.Value - rule.Low, line.Value + rule.High);
    }

    /// <summary>The order of merit if the asking one had other points, or came first; a tie left open is lost by it.</summary>
    private int[] MeritIf(in WhatIf asked)
    {
        var asking = asked.Asking;
        var others = Array.FindAll(Qualified, c => c != asking);
        if (asked.First)
            return [asking, .. others];
        if (!Qualifies(asking, asked.Points!.Value))
            return others;

        var score = RankingPoints(asking, asked.Points.Value);
        var low = 0;
        var high = others.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (CompareMerit(asking, score, others[middle]) < 0)
                high = middle;
            else
                low = middle + 1;
        }

        return [.. others.AsSpan(0, low), asking, .. others.AsSpan(low)];
    }

    /// <summary>Each waits for those that its applicant put before it, then comes at once.</summary>
    private int[] Deferred(int[] turns)
    {
        var own = turns.Where(c => ApplicantOf[c] >= 0).GroupBy(c => ApplicantOf[c])
            .ToDictionary(g => g.Key, g => new Queue<int>(g.OrderBy(c => Candidates[c].OwnPriority ?? int.MaxValue)));
        var reached = new bool[Candidates.Length];
        var order = new List<int>(turns.Length);
        foreach (var c in turns)
        {
            reached[c] = true;
            if (ApplicantOf[c] < 0)
            {
                order.Add(c);
                continue;
            }

            var queue = own[ApplicantOf[c]];
            while (queue.TryPeek(out var next) && reached[next])
                order.Add(queue.Dequeue());
        }

        return [.. order];
    }

    private long RankingPoints(int c, long points) => Rules is { Mode: AwardMode.QualityGate, FlatGate: null } ? _offset[c] : points + _offset[c];

    private long OffsetOf(AwardCandidate candidate)
    {
        if (!candidate.Eligible)
            return 0;

        var bonus = 0L;
        foreach (var name in candidate.Bonuses ?? [])
            bonus += Rules.Bonuses!.First(b => b.Name == name).Points;
        bonus = Math.Min(bonus, Rules.MaximumBonus ?? long.MaxValue);
        if (Rules.Mode != AwardMode.QualityGate)
            return bonus;

        var gate = Rules.FlatGate is { } name2 ? Rules.Gates!.Index().First(g => g.Item.Name == name2).Index : -1;
        return bonus + Rules.FlatPoints!.Value - (gate < 0 ? 0 : candidate.GateValues![gate]);
    }

    private int[] Numbered(Func<AwardCandidate, string?> nameOf)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        return [.. Candidates.Select(c => nameOf(c) is not { } name ? -1 : numbers.TryGetValue(name, out var known) ? known : numbers[name] = numbers.Count)];
    }

    private int Compare(int a, int b)
    {
        var merit = CompareMerit(a, b);
        return merit != 0 ? merit : a.CompareTo(b);
    }

    private int CompareMerit(int a, long scoreOfA, int b)
    {
        var order = _score[b].CompareTo(scoreOfA);
        if (order != 0)
            return order;

        var (first, second) = (Candidates[a], Candidates[b]);
        for (var k = 0; order == 0 && k < Rules.TieKeys.Count; k++)
            order = second.TieKeys[k].CompareTo(first.TieKeys[k]);
        return order != 0 ? order : (first.DrawPosition ?? NotDrawn).CompareTo(second.DrawPosition ?? NotDrawn);
    }
}
