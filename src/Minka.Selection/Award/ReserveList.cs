namespace Minka.Selection.Award;

/// <summary>The state of an award while people leave and others move up.</summary>
internal sealed class ReserveList
{
    private readonly Field _field;
    private readonly SortedDictionary<int, (AwardStage Stage, long Amount, int SetAside)> _holders = [];
    private readonly Dictionary<string, int> _indexOf;
    private readonly Caps _caps;
    private readonly long[] _setAsides;
    private readonly long[] _envelopes;
    private List<int> _reserve;
    private long _pool;

    public ReserveList(Field field, Spending spending)
    {
        _field = field;
        _indexOf = field.Candidates.Index().ToDictionary(c => c.Item.Id, c => c.Index, StringComparer.Ordinal);
        _caps = new Caps(field);
        foreach (var c in spending.Order)
        {
            if (spending.Funded[c] is not { } stage)
                continue;
            _holders.Add(c, (stage, spending.Awarded[c], spending.SetAsideOf[c]));
            _caps.Count(c, 1);
        }

        _reserve = field.Rules.ReserveList ? [.. spending.Order.Where(c => spending.Funded[c] is null)] : [];
        _pool = spending.PoolLeft;
        _envelopes = [.. spending.Purses.Select(p => field.Rules.ResidualPool ? 0 : p.Money)];
        _setAsides = [.. spending.SetAsidesLeft.Select((left, s) => field.SetAsides[s].Release ? 0 : left)];
    }

    public static ReserveEntry[] Number(Field field, IEnumerable<int> reserve)
    {
        var inGroup = new int[field.Groups.Length];
        return [.. reserve.Select((c, i) => new ReserveEntry(
            i + 1, field.Candidates[c].Id, field.Candidates[c].Group, ++inGroup[field.GroupOf[c]], field.Candidates[c].Request))];
    }

    public PromotionResult Replay(long budget, IReadOnlyList<IReadOnlyCollection<string>> rounds)
    {
        var done = rounds.Select((leaving, i) => Round(i + 1, leaving)).ToList();
        var awarded = _holders.Values.Sum(h => h.Amount);
        return new PromotionResult
        {
            Rounds = done,
            Holders = [.. _holders.Select(h => PromotionOf(h.Key))],
            Reserve = Number(_field, _reserve),
            Awarded = awarded,
            Left = budget - awarded,
        };
    }

    private PromotionRound Round(int number, IReadOnlyCollection<string> leaving)
    {
        var withdrawals = leaving.Order(StringComparer.Ordinal).Select(Leave).ToList();
        var promotions = new List<Promotion>();
        var steps = new List<AwardStep>();
        for (var s = 0; s < _setAsides.Length; s++)
        {
            var set = _field.SetAsides[s];
            _setAsides[s] = MoveUp(AwardStage.SetAside, _setAsides[s], _reserve.FindAll(c => _field.Candidates[c].SetAsides?.Contains(set.Code) ?? false), promotions, steps, s);
            if (set.Release && _envelopes.Length == 1)
                Release(ref _setAsides[s], ref _envelopes[0], _field.Groups[0].Code, set.Code, steps);
            else if (set.Release)
                Release(ref _setAsides[s], ref _pool, null, set.Code, steps);
        }

        for (var g = 0; g < _envelopes.Length; g++)
            _envelopes[g] = MoveUp(AwardStage.Group, _envelopes[g], _reserve.FindAll(c => _field.GroupOf[c] == g), promotions, steps);

        if (_field.Rules.ResidualPool)
        {
            for (var g = 0; g < _envelopes.Length; g++)
                Release(ref _envelopes[g], ref _pool, _field.Groups[g].Code, null, steps);
            _pool = MoveUp(AwardStage.Residual, _pool, _reserve, promotions, steps);
        }

        return new PromotionRound
        {
            Number = number,
            Withdrawals = withdrawals,
            Promotions = promotions,
            Trace = [.. steps.Select((step, i) => step with { Number = i + 1 })],
        };
    }

    private Withdrawal Leave(string id)
    {
        if (!_indexOf.TryGetValue(id, out var c))
            throw new InvalidAwardInputException(AwardFault.UnknownWithdrawal, id);
        if (_reserve.Remove(c))
            return new Withdrawal(id, 0, AwardStage.Group);
        if (!_holders.Remove(c, out var held))
            throw new InvalidAwardInputException(AwardFault.UnknownWithdrawal, id);

        _caps.Count(c, -1);
        if (held.Stage == AwardStage.Group)
            _envelopes[_field.GroupOf[c]] += held.Amount;
        else if (held.Stage == AwardStage.SetAside)
            _setAsides[held.SetAside] += held.Amount;
        else
            _pool += held.Amount;
        return new Withdrawal(id, held.Amount, held.Stage) { SetAside = held.Stage == AwardStage.SetAside ? _field.SetAsides[held.SetAside].Code : null };
    }

    private long MoveUp(AwardStage stage, long money, List<int> list, List<Promotion> promotions, List<AwardStep> steps, int s = 0)
    {
        var purse = new Purse(money);
        for (var i = 0; i < list.Count; i++)
        {
            var candidate = _field.Candidates[list[i]];
            var before = purse.Money;
            var (kind, granted) = Spending.Visit(_field, _caps, list[i], candidate.Request, ref purse);
            steps.Add(Spending.StepOf(candidate, stage, kind, candidate.Group, i + 1, candidate.Request, before, purse.Money, stage == AwardStage.SetAside ? _field.SetAsides[s].Code : null));
            if (granted == 0)
                continue;

            _holders.Add(list[i], (stage, granted, s));
            promotions.Add(PromotionOf(list[i]));
        }

        _reserve = _reserve.FindAll(c => !_holders.ContainsKey(c));
        return purse.Money;
    }

    private static void Release(ref long from, ref long to, string? group, string? setAside, List<AwardStep> steps)
    {
        if (from == 0)
            return;

        steps.Add(Spending.StepOf(null, AwardStage.Release, AwardStepKind.Release, group, 0, from, to, to + from, setAside));
        to += from;
        from = 0;
    }

    private Promotion PromotionOf(int c)
    {
        var (stage, amount, s) = _holders[c];
        return new(_field.Candidates[c].Id, _field.Candidates[c].Group, stage, amount) { SetAside = stage == AwardStage.SetAside ? _field.SetAsides[s].Code : null };
    }
}
