namespace Minka.Selection.Award;

/// <summary>The state of an award while people leave and others move up.</summary>
internal sealed class ReserveList
{
    private readonly Field _field;
    private readonly SortedDictionary<int, AwardStage> _holders = [];
    private readonly Dictionary<string, int> _indexOf;
    private readonly long[] _envelopes;
    private List<int> _reserve;
    private long _pool;

    public ReserveList(Field field, Spending spending)
    {
        _field = field;
        _indexOf = field.Candidates.Index().ToDictionary(c => c.Item.Id, c => c.Index, StringComparer.Ordinal);
        foreach (var c in field.Qualified)
        {
            if (spending.Funded[c] is { } stage)
                _holders.Add(c, stage);
        }

        _reserve = field.Rules.ReserveList ? [.. field.Qualified.Where(c => spending.Funded[c] is null)] : [];
        _pool = spending.PoolLeft;
        _envelopes = [.. spending.Purses.Select(p => field.Rules.ResidualPool ? 0 : p.Money)];
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
        var awarded = _holders.Keys.Sum(c => _field.Candidates[c].Request);
        return new PromotionResult
        {
            Rounds = done,
            Holders = [.. _holders.Select(h => PromotionOf(h.Key, h.Value))],
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
        for (var g = 0; g < _envelopes.Length; g++)
            _envelopes[g] = MoveUp(AwardStage.Group, _envelopes[g], _reserve.FindAll(c => _field.GroupOf[c] == g), promotions, steps);

        if (_field.Rules.ResidualPool)
        {
            for (var g = 0; g < _envelopes.Length; g++)
                Release(g, steps);
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
        if (!_holders.Remove(c, out var stage))
            throw new InvalidAwardInputException(AwardFault.UnknownWithdrawal, id);

        var freed = _field.Candidates[c].Request;
        if (stage == AwardStage.Group)
            _envelopes[_field.GroupOf[c]] += freed;
        else
            _pool += freed;
        return new Withdrawal(id, freed, stage);
    }

    private long MoveUp(AwardStage stage, long money, List<int> list, List<Promotion> promotions, List<AwardStep> steps)
    {
        var purse = new Purse(money);
        for (var i = 0; i < list.Count; i++)
        {
            var candidate = _field.Candidates[list[i]];
            var before = purse.Money;
            var kind = purse.Visit(candidate.Request, _field.Rules.Skip);
            steps.Add(Spending.StepOf(candidate, stage, kind, i + 1, before, purse.Money));
            if (kind != AwardStepKind.Fund)
                continue;

            _holders.Add(list[i], stage);
            promotions.Add(PromotionOf(list[i], stage));
        }

        _reserve = _reserve.FindAll(c => !_holders.ContainsKey(c));
        return purse.Money;
    }

    private void Release(int group, List<AwardStep> steps)
    {
        if (_envelopes[group] == 0)
            return;

        steps.Add(new AwardStep
        {
            Number = 0,
            Stage = AwardStage.Release,
            Kind = AwardStepKind.Release,
            Group = _field.Groups[group].Code,
            Candidate = null,
            Position = 0,
            Request = _envelopes[group],
            MoneyBefore = _pool,
            MoneyAfter = _pool + _envelopes[group],
        });
        _pool += _envelopes[group];
        _envelopes[group] = 0;
    }

    private Promotion PromotionOf(int c, AwardStage stage) => new(_field.Candidates[c].Id, _field.Candidates[c].Group, stage, _field.Candidates[c].Request);
}
