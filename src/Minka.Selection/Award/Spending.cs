namespace Minka.Selection.Award;

/// <summary>Money that a list is walked with.</summary>
internal struct Purse(long money)
{
    public long Money { get; set; } = money;

    public bool Stopped { get; private set; }

    public AwardStepKind Visit(long request, SkipRule skip)
    {
        if (Stopped)
            return AwardStepKind.NotReached;

        if (request <= Money)
        {
            Money -= request;
            return AwardStepKind.Fund;
        }

        Stopped = skip == SkipRule.None;
        return Stopped ? AwardStepKind.Stop : AwardStepKind.Skip;
    }
}

/// <summary>The two stages of the award on a given order. The one place where money is spent: real runs and what-ifs alike.</summary>
internal sealed class Spending
{
    private readonly Field _field;
    private readonly List<AwardStep>[]? _groupSteps;
    private readonly List<AwardStep> _laterSteps = [];

    private Spending(Field field, ReadOnlySpan<int> order, bool traced)
    {
        _field = field;
        Funded = new AwardStage?[field.Candidates.Length];
        Purses = [.. field.Groups.Select(g => new Purse(g.Envelope))];
        _groupSteps = traced ? [.. field.Groups.Select(_ => new List<AwardStep>())] : null;
        SpendEnvelopes(order);
        if (field.Rules.ResidualPool)
            SpendPool(order);
    }

    /// <summary>Where each candidate's money comes from; <see langword="null"/> for none.</summary>
    public AwardStage?[] Funded { get; }

    /// <summary>The envelopes after the group stage.</summary>
    public Purse[] Purses { get; }

    /// <summary>The pool before it is spent.</summary>
    public long PoolTotal { get; private set; }

    /// <summary>The pool after it is spent.</summary>
    public long PoolLeft { get; private set; }

    /// <summary>The steps, numbered; only of a traced run.</summary>
    public IEnumerable<AwardStep> Steps => _groupSteps!.SelectMany(s => s).Concat(_laterSteps).Select((step, i) => step with { Number = i + 1 });

    public static Spending Run(Field field, ReadOnlySpan<int> order) => new(field, order, traced: false);

    public static Spending RunTraced(Field field) => new(field, field.Qualified, traced: true);

    private void SpendEnvelopes(ReadOnlySpan<int> order)
    {
        foreach (var c in order)
        {
            var g = _field.GroupOf[c];
            var candidate = _field.Candidates[c];
            var before = Purses[g].Money;
            var kind = Purses[g].Visit(candidate.Request, _field.Rules.Skip);
            if (kind == AwardStepKind.Fund)
                Funded[c] = AwardStage.Group;

            _groupSteps?[g].Add(StepOf(candidate, AwardStage.Group, kind, _groupSteps[g].Count + 1, before, Purses[g].Money));
        }
    }

    private void SpendPool(ReadOnlySpan<int> order)
    {
        Release(null, _field.Unassigned);
        for (var g = 0; g < Purses.Length; g++)
            Release(_field.Groups[g].Code, Purses[g].Money);

        var pool = new Purse(PoolTotal);
        var position = 0;
        foreach (var c in order)
        {
            if (Funded[c] is not null)
                continue;

            var candidate = _field.Candidates[c];
            var before = pool.Money;
            var kind = pool.Visit(candidate.Request, _field.Rules.Skip);
            if (kind == AwardStepKind.Fund)
                Funded[c] = AwardStage.Residual;
            if (_groupSteps is not null)
                _laterSteps.Add(StepOf(candidate, AwardStage.Residual, kind, ++position, before, pool.Money));
        }

        PoolLeft = pool.Money;
    }

    private void Release(string? group, long money)
    {
        var before = PoolTotal;
        PoolTotal += money;
        if (_groupSteps is null || money == 0)
            return;

        _laterSteps.Add(new AwardStep
        {
            Number = 0,
            Stage = AwardStage.Release,
            Kind = AwardStepKind.Release,
            Group = group,
            Candidate = null,
            Position = 0,
            Request = money,
            MoneyBefore = before,
            MoneyAfter = PoolTotal,
        });
    }

    internal static AwardStep StepOf(AwardCandidate candidate, AwardStage stage, AwardStepKind kind, int position, long before, long after) => new()
    {
        Number = 0,
        Stage = stage,
        Kind = kind,
        Group = candidate.Group,
        Candidate = candidate.Id,
        Position = position,
        Request = candidate.Request,
        MoneyBefore = before,
        MoneyAfter = after,
    };
}
