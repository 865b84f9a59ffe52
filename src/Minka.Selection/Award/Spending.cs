using System.Runtime.InteropServices;

namespace Minka.Selection.Award;

/// <summary>Money that a list is walked with.</summary>
internal struct Purse(long money)
{
    public long Money { get; set; } = money;

    public bool Stopped { get; set; }
}

/// <summary>Awards counted by applicant and plan writer, against the caps of the rules.</summary>
internal sealed class Caps
{
    private readonly Field _field;
    private readonly int[]? _ofApplicant;
    private readonly int[]? _ofWriter;

    public Caps(Field field)
    {
        _field = field;
        if (field.Rules.MaximumPerApplicant is not null)
            _ofApplicant = new int[field.Candidates.Length];
        if (field.Rules.MaximumPerPlanWriter is not null)
            _ofWriter = new int[field.Candidates.Length];
    }

    public bool Reached(int c) =>
        (_ofApplicant is not null && _field.ApplicantOf[c] is >= 0 and var a && _ofApplicant[a] >= _field.Rules.MaximumPerApplicant)
        || (_ofWriter is not null && _field.PlanWriterOf[c] is >= 0 and var w && _ofWriter[w] >= _field.Rules.MaximumPerPlanWriter);

    public void Count(int c, int one)
    {
        if (_ofApplicant is not null && _field.ApplicantOf[c] is >= 0 and var a)
            _ofApplicant[a] += one;
        if (_ofWriter is not null && _field.PlanWriterOf[c] is >= 0 and var w)
            _ofWriter[w] += one;
    }
}

/// <summary>The stages of the award on a given order. The one place where money is spent: real runs, what-ifs and promotions alike.</summary>
internal sealed class Spending
{
    private readonly Field _field;
    private readonly WhatIf _asked;
    private readonly bool _traced;
    private readonly Caps _caps;
    private readonly List<AwardStep> _steps = [];
    private List<AwardStep> _into;

    // Once a part was granted in the asking one's list, more money only fills that part.
    private bool _slack;

    private Spending(Field field, in WhatIf asked, bool traced)
    {
        _field = field;
        _asked = asked;
        _traced = traced;
        _into = _steps;
        _caps = new Caps(field);
        Awarded = new long[field.Candidates.Length];
        Funded = new AwardStage?[field.Candidates.Length];
        SetAsideOf = new int[field.Candidates.Length];
        Order = field.WalkOrder(asked, out var zone);
        Zone = zone;
        Received = new long[field.Groups.Length];
        SetAsidesLeft = [.. field.SetAsides.Select(s => s.Amount)];
        Purses = [.. field.Groups.Select(g => new Purse(g.Envelope))];
        if (asked.Asking >= 0)
            Purses[field.GroupOf[asked.Asking]].Money += asked.ExtraMoney;
        NextGap = field.LineGap(asked);
        SpendSetAsides();
        SpendEnvelopes();
        if (field.Rules.ResidualPool)
            SpendPool();
    }

    /// <summary>The qualified in the order of their turns.</summary>
    public int[] Order { get; }

    /// <summary>The grey zone, if there is one.</summary>
    public GreyZone? Zone { get; }

    /// <summary>What each candidate is granted.</summary>
    public long[] Awarded { get; }

    /// <summary>Where each candidate's money comes from; <see langword="null"/> for none.</summary>
    public AwardStage?[] Funded { get; }

    /// <summary>The index of the set-aside of those funded from one.</summary>
    public int[] SetAsideOf { get; }

    /// <summary>What each set-aside has left, before it is released.</summary>
    public long[] SetAsidesLeft { get; }

    /// <summary>What each group received from set-asides.</summary>
    public long[] Received { get; }

    /// <summary>The envelopes after the group stage.</summary>
    public Purse[] Purses { get; }

    /// <summary>The pool before it is spent.</summary>
    public long PoolTotal { get; private set; }

    /// <summary>The pool after it is spent.</summary>
    public long PoolLeft { get; private set; }

    /// <summary>The most money that the asking one met at a turn of its own; −1 if it had none.</summary>
    public long MostMet { get; private set; } = -1;

    /// <summary>How the last turn of the asking one went.</summary>
    public AwardStepKind? LastKind { get; private set; }

    /// <summary>
    /// The least extra money in the asking one's envelope that could change any decision; 0 if none can. Below it every
    /// decision stays as it is.
    /// </summary>
    public long NextGap { get; private set; }

    /// <summary>The steps, numbered; only of a traced run.</summary>
    public List<AwardStep> Steps
    {
        get
        {
            var steps = CollectionsMarshal.AsSpan(_steps);
            for (var i = 0; i < steps.Length; i++)
                steps[i] = steps[i] with { Number = i + 1 };
            return _steps;
        }
    }

    public static Spending Run(Field field, in WhatIf asked) => new(field, asked, traced: false);

    public static Spending RunTraced(Field field) => new(field, WhatIf.Nothing, traced: true);

    /// <summary>One turn: what happens, and what is granted.</summary>
    public static (AwardStepKind Kind, long Granted) Visit(Field field, Caps caps, int c, long request, ref Purse purse)
    {
        if (purse.Stopped)
            return (AwardStepKind.NotReached, 0);
        if (caps.Reached(c))
            return (AwardStepKind.Capped, 0);

        var granted = request <= purse.Money ? request
            : field.Rules.PartialFunding && field.Candidates[c].LeastPart <= purse.Money ? purse.Money
            : 0;
        if (granted > 0)
        {
            purse.Money -= granted;
            caps.Count(c, 1);
            return (granted == request ? AwardStepKind.Fund : AwardStepKind.FundPart, granted);
        }

        purse.Stopped = field.Rules.Skip == SkipRule.None;
        return (purse.Stopped ? AwardStepKind.Stop : AwardStepKind.Skip, 0);
    }

    private void SpendSetAsides()
    {
        for (var s = 0; s < _field.SetAsides.Length; s++)
        {
            var set = _field.SetAsides[s];
            var purse = new Purse(set.Amount);
            var position = 0;
            foreach (var c in Order)
            {
                if (Funded[c] is null && (_field.Candidates[c].SetAsides?.Contains(set.Code) ?? false))
                    Turn(c, AwardStage.SetAside, ref purse, ++position, set.Code, moves: false, s);
            }

            SetAsidesLeft[s] = purse.Money;
            if (!set.Release || purse.Money == 0 || _field.Groups.Length != 1)
                continue;
            Trace(null, AwardStage.Release, AwardStepKind.Release, _field.Groups[0].Code, 0, purse.Money, Purses[0].Money, Purses[0].Money + purse.Money, set.Code);
            Purses[0].Money += purse.Money;
            Received[0] += purse.Money;
        }
    }

    private void SpendEnvelopes()
    {
        var position = new int[Purses.Length];
        List<AwardStep>[] lists = [.. Purses.Select(_ => new List<AwardStep>())];
        foreach (var c in Order)
        {
            if (Funded[c] is not null)
                continue;
            var g = _field.GroupOf[c];
            var own = _asked.Asking >= 0 && _field.GroupOf[_asked.Asking] == g;
            _into = lists[g];
            Turn(c, AwardStage.Group, ref Purses[g], ++position[g], null, moves: own && !_slack);
        }

        _into = _steps;
        foreach (var list in lists)
            _steps.AddRange(list);
    }

    private void SpendPool()
    {
        Release(null, _field.Unassigned, null);
        for (var s = 0; s < SetAsidesLeft.Length; s++)
        {
            if (_field.SetAsides[s].Release && _field.Groups.Length != 1)
                Release(null, SetAsidesLeft[s], _field.SetAsides[s].Code);
        }

        for (var g = 0; g < Purses.Length; g++)
            Release(_field.Groups[g].Code, Purses[g].Money, null);

        var pool = new Purse(PoolTotal);
        var position = 0;
        foreach (var c in Order)
        {
            if (Funded[c] is null)
                Turn(c, AwardStage.Residual, ref pool, ++position, null, moves: _asked.Asking >= 0 && !_slack);
        }

        PoolLeft = pool.Money;
    }

    private void Turn(int c, AwardStage stage, ref Purse purse, int position, string? setAside, bool moves, int s = 0)
    {
        var request = _field.RequestIf(c, _asked);
        var before = purse.Money;
        var (kind, granted) = Visit(_field, _caps, c, request, ref purse);
        if (granted > 0)
            (Funded[c], Awarded[c], SetAsideOf[c]) = (stage, granted, s);
        if (c == _asked.Asking)
        {
            LastKind = kind;
            if (kind is not AwardStepKind.NotReached and not AwardStepKind.Capped)
                MostMet = Math.Max(MostMet, before);
        }

        if (moves && kind is AwardStepKind.Skip or AwardStepKind.Stop or AwardStepKind.FundPart)
        {
            var next = _field.Rules.PartialFunding && _field.Candidates[c].LeastPart is { } least && least > before ? Math.Min(least, request) : request;
            NextGap = NextGap == 0 ? next - before : Math.Min(NextGap, next - before);
            _slack |= kind == AwardStepKind.FundPart;
        }

        if (_traced)
            Trace(_field.Candidates[c], stage, kind, _field.Candidates[c].Group, position, request, before, purse.Money, setAside);
    }

    private void Release(string? group, long money, string? setAside)
    {
        var before = PoolTotal;
        PoolTotal += money;
        if (money != 0)
            Trace(null, AwardStage.Release, AwardStepKind.Release, group, 0, money, before, PoolTotal, setAside);
    }

    private void Trace(AwardCandidate? candidate, AwardStage stage, AwardStepKind kind, string? group, int position, long request, long before, long after, string? setAside)
    {
        if (_traced)
            _into.Add(StepOf(candidate, stage, kind, group, position, request, before, after, setAside));
    }

    internal static AwardStep StepOf(AwardCandidate? candidate, AwardStage stage, AwardStepKind kind, string? group, int position, long request, long before, long after, string? setAside) => new()
    {
        Number = 0,
        Stage = stage,
        Kind = kind,
        Group = group,
        Candidate = candidate?.Id,
        Position = position,
        Request = request,
        MoneyBefore = before,
        MoneyAfter = after,
        SetAside = setAside,
    };
}
