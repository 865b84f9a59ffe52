namespace Minka.Selection.Award;

/// <summary>
/// The second opinion on awards that use more than the plain rules: every mode, gates, bonuses, set-asides, parts, caps and own
/// order. It decides again from the definitions, in the plainest way, and names each difference. It shares no code with
/// <see cref="AwardRanking"/> but the records of input and result.
/// </summary>
/// <remarks>O(n²) for the award, O(n³) with needed scores: it is meant to be read, and to be right.</remarks>
internal sealed class AwardModeCheck(AwardInput input)
{
    private readonly AwardRules _rules = input.Rules;
    private readonly List<AwardViolation> _found = [];

    /// <summary>True if the rules or any application use more than the plain rules know.</summary>
    public static bool IsNeeded(AwardInput input)
    {
        var r = input.Rules;
        return r.Mode != AwardMode.RankByGroup || r.ThresholdExclusive || r.Gates is not null || r.Bonuses is not null || r.PartialFunding
            || r.SetAsides is not null || r.MaximumPerApplicant is not null || r.MaximumPerPlanWriter is not null || r.OwnPriority || r.GreyZone is not null;
    }

    private sealed record Turn(AwardStage Stage, string List, AwardCandidate Candidate, int Position, long Before, AwardStepKind Kind, long Granted);

    /// <summary>A whole award: the turns and releases in the order of the trace.</summary>
    private sealed class Course
    {
        public List<object> Events { get; } = [];

        public Dictionary<string, Turn> Won { get; } = [];

        public Dictionary<string, long> Left { get; } = [];

        public Dictionary<string, long> Received { get; } = [];

        public long PoolTotal { get; set; }

        public long PoolLeft { get; set; }

        public List<AwardCandidate> Line { get; set; } = [];

        public GreyZone? Zone { get; set; }

        public IEnumerable<Turn> Turns => Events.OfType<Turn>();
    }

    private sealed record Freed(string? Group, string? SetAside, long Money, long Before);

    public IReadOnlyList<AwardViolation> Violations(AwardResult claimed)
    {
        var course = Decide(input.Candidates, null);
        if (!Same(AwardProperty.Completeness, "applications",
            string.Join(' ', input.Candidates.Select(c => c.Id).Order(StringComparer.Ordinal)),
            string.Join(' ', claimed.Decisions.Select(d => d.Id).Order(StringComparer.Ordinal))))
            return _found;

        OpenTies(course);
        foreach (var candidate in input.Candidates)
        {
            var decision = claimed.Decisions.Single(d => d.Id == candidate.Id);
            Decision(course, candidate, decision);
            NeededScore(candidate, decision);
        }

        Accounts(course, claimed);
        Reserve(course, claimed);
        Trace(course, claimed);
        Ties(course, claimed);
        Same(AwardProperty.GreyZone, "grey zone", Text(course.Zone), Text(claimed.Zone));
        var awarded = course.Won.Values.Sum(t => t.Granted);
        Same(AwardProperty.Budget, "awarded", awarded, claimed.Awarded);
        Same(AwardProperty.Budget, "left", input.Budget - awarded, claimed.Left);
        Same(AwardProperty.Budget, "within the budget", true, claimed.Awarded >= 0 && claimed.Awarded <= input.Budget);
        return _found;
    }

    public IReadOnlyList<AwardViolation> Violations(AwardResult award, IReadOnlyList<IReadOnlyCollection<string>> rounds, PromotionResult claimed)
    {
        var holders = Decide(input.Candidates, null).Won.Values.ToDictionary(t => t.Candidate.Id, t => new Promotion(t.Candidate.Id, t.Candidate.Group, t.Stage, t.Granted)
        {
            SetAside = t.Stage == AwardStage.SetAside ? t.List : null,
        });
        var reserve = award.Reserve.Select(e => input.Candidates.Single(c => c.Id == e.Id)).ToList();
        var money = input.Groups.ToDictionary(g => g.Code, g => _rules.ResidualPool ? 0 : award.Groups.Single(a => a.Code == g.Code).Left);
        var kept = (award.SetAsides ?? []).ToDictionary(s => s.Code, s => s.Released ? 0 : s.Left);
        var pool = award.Residual?.Left ?? 0;
        Same(AwardProperty.Promotion, "rounds", rounds.Count, claimed.Rounds.Count);

        for (var r = 0; r < Math.Min(rounds.Count, claimed.Rounds.Count); r++)
        {
            var gone = new List<string>();
            foreach (var id in rounds[r].Order(StringComparer.Ordinal))
            {
                if (!holders.Remove(id, out var held))
                {
                    Same(AwardProperty.Promotion, id, 1, reserve.RemoveAll(c => c.Id == id));
                    gone.Add($"{id} 0 {AwardStage.Group} ");
                    continue;
                }

                gone.Add($"{id} {held.Amount} {held.Stage} {held.SetAside}");
                if (held.SetAside is { } code)
                    kept[code] += held.Amount;
                else if (held.Stage == AwardStage.Group)
                    money[held.Group] += held.Amount;
                else
                    pool += held.Amount;
            }

            var up = new List<string>();
            foreach (var set in _rules.SetAsides ?? [])
            {
                kept[set.Code] = Climb(c => c.SetAsides?.Contains(set.Code) == true, AwardStage.SetAside, set.Code, kept[set.Code]);
                if (!set.Release)
                    continue;
                if (input.Groups.Count == 1)
                    money[input.Groups[0].Code] += kept[set.Code];
                else
                    pool += kept[set.Code];
                kept[set.Code] = 0;
            }

            foreach (var group in money.Keys.Order(StringComparer.Ordinal).ToList())
                money[group] = Climb(c => c.Group == group, AwardStage.Group, null, money[group]);
            if (_rules.ResidualPool)
            {
                pool += money.Values.Sum();
                foreach (var group in money.Keys.ToList())
                    money[group] = 0;
                pool = Climb(_ => true, AwardStage.Residual, null, pool);
            }

            Same(AwardProperty.Promotion, $"round {r + 1}: withdrawals", string.Join("; ", gone), string.Join("; ", claimed.Rounds[r].Withdrawals.Select(w => $"{w.Id} {w.Freed} {w.Stage} {w.SetAside}")));
            Same(AwardProperty.Promotion, $"round {r + 1}: promotions", string.Join("; ", up), string.Join("; ", claimed.Rounds[r].Promotions));

            long Climb(Func<AwardCandidate, bool> belongs, AwardStage stage, string? set, long purse)
            {
                var stopped = false;
                foreach (var c in reserve.Where(belongs).ToList())
                {
                    if (stopped || HasEnough(c, holders.Keys))
                        continue;
                    var granted = Grant(c, purse);
                    stopped = granted == 0 && _rules.Skip == SkipRule.None;
                    if (granted == 0)
                        continue;
                    purse -= granted;
                    reserve.Remove(c);
                    holders[c.Id] = new Promotion(c.Id, c.Group, stage, granted) { SetAside = set };
                    up.Add(holders[c.Id].ToString());
                }

                return purse;
            }
        }

        Same(AwardProperty.Promotion, "holders", string.Join("; ", holders.Values.OrderBy(h => h.Id, StringComparer.Ordinal)), string.Join("; ", claimed.Holders));
        Same(AwardProperty.Promotion, "reserve", string.Join(' ', reserve.Select(c => c.Id)), string.Join(' ', claimed.Reserve.Select(e => e.Id)));
        var awarded = holders.Values.Sum(h => h.Amount);
        Same(AwardProperty.Promotion, "awarded", awarded, claimed.Awarded);
        Same(AwardProperty.Promotion, "left", input.Budget - awarded, claimed.Left);
        Same(AwardProperty.Promotion, "within the budget", true, awarded <= input.Budget);
        return _found;
    }

    private string? FirstFailed(AwardCandidate c) =>
        (_rules.Gates ?? []).Zip(c.GateValues ?? []).Where(g => g.First.Exclusive ? g.Second <= g.First.Minimum : g.Second < g.First.Minimum).Select(g => g.First.Name).FirstOrDefault();

    private bool Passes(AwardCandidate c) =>
        c.Eligible && FirstFailed(c) is null && (_rules.ThresholdExclusive ? c.Points > _rules.Threshold : c.Points >= _rules.Threshold);

    private long Score(AwardCandidate c)
    {
        if (!Passes(c))
            return c.Points ?? 0;
        var bonus = (_rules.Bonuses ?? []).Where(b => c.Bonuses?.Contains(b.Name) == true).Sum(b => b.Points);
        bonus = Math.Min(bonus, _rules.MaximumBonus ?? bonus);
        if (_rules.Mode != AwardMode.QualityGate)
            return c.Points!.Value + bonus;
        var replaced = _rules.FlatGate is null ? c.Points!.Value : (_rules.Gates ?? []).Zip(c.GateValues ?? []).Single(g => g.First.Name == _rules.FlatGate).Second;
        return c.Points!.Value - replaced + _rules.FlatPoints!.Value + bonus;
    }

    /// <summary>Positive if the first is ahead, 0 if nothing tells them apart.</summary>
    private int Ahead(AwardCandidate x, AwardCandidate y)
    {
        long[] a = [Passes(x) ? 1 : 0, Score(x), .. x.TieKeys, -(long)(x.DrawPosition ?? int.MaxValue)];
        long[] b = [Passes(y) ? 1 : 0, Score(y), .. y.TieKeys, -(long)(y.DrawPosition ?? int.MaxValue)];
        return a.Zip(b, (left, right) => left.CompareTo(right)).FirstOrDefault(order => order != 0);
    }

    private Course Decide(IReadOnlyList<AwardCandidate> candidates, string? asking)
    {
        var line = candidates.Where(Passes).OrderBy(c => c.Id == asking).ThenBy(c => c.Id, StringComparer.Ordinal).ToList();
        line = [.. line.OrderByDescending(c => c, Comparer<AwardCandidate>.Create(Ahead))];
        var course = new Course();
        if (_rules.GreyZone is { } rule && LineScore(line) is { } cut)
        {
            var (low, high) = rule.Kind == GreyZoneKind.Fixed ? (rule.Low, rule.High) : (cut - rule.Low, cut + rule.High);
            var within = line.Where(c => Score(c) >= low && Score(c) <= high).OrderBy(c => c.DrawPosition ?? int.MaxValue).ThenBy(c => c.Id == asking).ToList();
            line = [.. line.Where(c => Score(c) > high), .. within, .. line.Where(c => Score(c) < low)];
            course.Zone = new GreyZone(cut, low, high, [.. within.Select(c => c.Id)]);
        }

        if (_rules.OwnPriority)
            line = OwnOrder(line);
        course.Line = line;
        Spend(course);
        return course;
    }

    /// <summary>The lowest score such that all with at least that score fit together; none if everybody fits.</summary>
    private long? LineScore(List<AwardCandidate> line)
    {
        var fits = line.Select(Score).Distinct().Where(s => line.Where(c => Score(c) >= s).Aggregate((Int128)0, (sum, c) => sum + c.Request) <= input.Groups[0].Envelope).ToList();
        if (line.Count == 0 || fits.Contains(line.Min(Score)))
            return null;
        return fits.Count > 0 ? fits.Min() : line.Max(Score);
    }

    /// <summary>Each comes when the last of those that its applicant put before it, or its own turn, is reached.</summary>
    private static List<AwardCandidate> OwnOrder(List<AwardCandidate> line)
    {
        var keyed = line.Select((c, i) =>
        {
            var first = line.Index().Where(y => y.Item.Applicant is not null && y.Item.Applicant == c.Applicant
                && ((y.Item.OwnPriority ?? int.MaxValue) < (c.OwnPriority ?? int.MaxValue) || (y.Item.OwnPriority == c.OwnPriority && y.Index < i)));
            return (c, Reached: first.Select(y => y.Index).Append(i).Max(), Own: c.OwnPriority ?? int.MaxValue, Index: i);
        });
        return [.. keyed.OrderBy(k => k.Reached).ThenBy(k => k.Own).ThenBy(k => k.Index).Select(k => k.c)];
    }

    private bool HasEnough(AwardCandidate c, IEnumerable<string> winners)
    {
        var won = input.Candidates.Where(x => winners.Contains(x.Id)).ToList();
        return (c.Applicant is not null && won.Count(x => x.Applicant == c.Applicant) >= _rules.MaximumPerApplicant)
            || (c.PlanWriter is not null && won.Count(x => x.PlanWriter == c.PlanWriter) >= _rules.MaximumPerPlanWriter);
    }

    private long Grant(AwardCandidate c, long money) =>
        c.Request <= money ? c.Request : _rules.PartialFunding && c.LeastPart is { } least && least <= money ? money : 0;

    private void Spend(Course course)
    {
        foreach (var group in input.Groups)
            (course.Left[group.Code], course.Received[group.Code]) = (group.Envelope, 0);
        foreach (var set in _rules.SetAsides ?? [])
        {
            course.Left["set " + set.Code] = Walk(course, AwardStage.SetAside, set.Code, c => c.SetAsides?.Contains(set.Code) == true, set.Amount);
            if (!set.Release || input.Groups.Count != 1)
                continue;
            var only = input.Groups[0].Code;
            Free(course, only, set.Code, course.Left["set " + set.Code], course.Left[only]);
            course.Left[only] += course.Left["set " + set.Code];
            course.Received[only] += course.Left["set " + set.Code];
        }

        WalkGroups(course);
        if (!_rules.ResidualPool)
            return;

        Pour(null, null, input.Budget - input.Groups.Sum(g => g.Envelope) - (_rules.SetAsides ?? []).Sum(s => s.Amount));
        foreach (var set in (_rules.SetAsides ?? []).Where(s => s.Release && input.Groups.Count != 1))
            Pour(null, set.Code, course.Left["set " + set.Code]);
        foreach (var group in input.Groups.Select(g => g.Code).Order(StringComparer.Ordinal))
            Pour(group, null, course.Left[group]);
        course.PoolLeft = Walk(course, AwardStage.Residual, "", _ => true, course.PoolTotal);

        void Pour(string? group, string? set, long money)
        {
            Free(course, group, set, money, course.PoolTotal);
            course.PoolTotal += money;
        }
    }

    private static void Free(Course course, string? group, string? set, long money, long before)
    {
        if (money != 0)
            course.Events.Add(new Freed(group, set, money, before));
    }

    /// <summary>All groups at once, so that a cap over several groups is used up in the order of turns.</summary>
    private void WalkGroups(Course course)
    {
        var stopped = new HashSet<string>();
        var turns = new List<Turn>();
        foreach (var c in course.Line.Where(c => !course.Won.ContainsKey(c.Id)).ToList())
        {
            var turn = TurnOf(course, AwardStage.Group, c.Group, c, 1 + turns.Count(t => t.List == c.Group), course.Left[c.Group], stopped.Contains(c.Group));
            turns.Add(turn);
            course.Left[c.Group] -= turn.Granted;
            if (turn.Kind == AwardStepKind.Stop)
                stopped.Add(c.Group);
        }

        course.Events.AddRange(turns.OrderBy(t => t.List, StringComparer.Ordinal));
    }

    private long Walk(Course course, AwardStage stage, string list, Func<AwardCandidate, bool> belongs, long money)
    {
        var stopped = false;
        foreach (var (i, c) in course.Line.Where(c => belongs(c) && !course.Won.ContainsKey(c.Id)).ToList().Index())
        {
            var turn = TurnOf(course, stage, list, c, i + 1, money, stopped);
            course.Events.Add(turn);
            money -= turn.Granted;
            stopped |= turn.Kind == AwardStepKind.Stop;
        }

        return money;
    }

    private Turn TurnOf(Course course, AwardStage stage, string list, AwardCandidate c, int position, long money, bool stopped)
    {
        var capped = HasEnough(c, course.Won.Keys);
        var granted = stopped || capped ? 0 : Grant(c, money);
        var kind = stopped ? AwardStepKind.NotReached
            : capped ? AwardStepKind.Capped
            : granted == c.Request ? AwardStepKind.Fund
            : granted > 0 ? AwardStepKind.FundPart
            : _rules.Skip == SkipRule.None ? AwardStepKind.Stop : AwardStepKind.Skip;
        var turn = new Turn(stage, list, c, position, money, kind, granted);
        if (granted > 0)
            course.Won[c.Id] = turn;
        return turn;
    }

    private void OpenTies(Course course)
    {
        foreach (var (i, x) in course.Line.Index())
        {
            foreach (var y in course.Line.Skip(i + 1))
            {
                var drawn = course.Zone is { } zone && zone.Ids.Contains(x.Id) && zone.Ids.Contains(y.Id);
                var apart = drawn ? x.DrawPosition is not null && y.DrawPosition is not null && x.DrawPosition != y.DrawPosition : Ahead(x, y) != 0;
                Same(AwardProperty.OpenTie, $"{x.Id}, {y.Id}", true, apart);
            }
        }
    }

    private void Decision(Course course, AwardCandidate c, AwardDecision d)
    {
        Same(AwardProperty.Completeness, c.Id, (c.Group, c.Points, c.Request), (d.Group, d.Points, d.Request));
        var ahead = input.Candidates.Where(x => x.Eligible && Ahead(x, c) > 0).ToList();
        Same(AwardProperty.Rank, c.Id, c.Eligible ? (1 + ahead.Count(x => x.Group == c.Group), 1 + ahead.Count) : (null, (int?)null), (d.RankInGroup, d.OverallRank));

        var turns = course.Turns.Where(t => t.Candidate.Id == c.Id).ToList();
        var won = course.Won.GetValueOrDefault(c.Id);
        var outcome = !c.Eligible ? AwardOutcome.NotEligible
            : !Passes(c) ? AwardOutcome.BelowThreshold
            : won?.Stage switch
            {
                AwardStage.SetAside => AwardOutcome.FundedFromSetAside,
                AwardStage.Group => AwardOutcome.FundedInGroup,
                AwardStage.Residual => AwardOutcome.FundedFromResidual,
                _ => _rules.ReserveList ? AwardOutcome.Reserve : AwardOutcome.NotFunded,
            };
        var reason = outcome switch
        {
            AwardOutcome.NotEligible => AwardReason.NotEligible,
            AwardOutcome.BelowThreshold => FirstFailed(c) is null ? AwardReason.BelowThreshold : AwardReason.GateFailed,
            _ when turns[^1].Kind == AwardStepKind.FundPart => AwardReason.InPart,
            AwardOutcome.FundedFromSetAside => AwardReason.WithinSetAside,
            AwardOutcome.FundedInGroup => AwardReason.WithinEnvelope,
            AwardOutcome.FundedFromResidual => AwardReason.WithinResidualPool,
            _ when turns[^1].Kind == AwardStepKind.NotReached => AwardReason.ListStopped,
            _ when turns[^1].Kind == AwardStepKind.Capped => AwardReason.CapReached,
            _ => AwardReason.Unaffordable,
        };
        Same(AwardProperty.Outcome, c.Id, (outcome, reason, won?.Granted ?? 0), (d.Outcome, d.Reason, d.Awarded));
        Same(AwardProperty.Outcome, $"{c.Id}: ranking points", Passes(c) && Score(c) != c.Points ? Score(c) : null, d.RankingPoints);
        Same(AwardProperty.Outcome, $"{c.Id}: failed gate", c.Eligible ? FirstFailed(c) : null, d.FailedGate);
        Same(AwardProperty.StrictOrder, c.Id, Visit(AwardStage.Group), d.InGroup);
        Same(AwardProperty.ResidualOrder, c.Id, Visit(AwardStage.Residual), d.InResidual);
        Same(
            AwardProperty.SetAside,
            c.Id,
            string.Join("; ", turns.Where(t => t.Stage == AwardStage.SetAside).Select(t => new SetAsideVisit(t.List, new StageVisit(t.Position, t.Before, t.Kind)))),
            string.Join("; ", d.InSetAsides ?? []));
        Same(AwardProperty.Envelope, $"{c.Id}: cut-off", CutOff(course, t => t.Stage == AwardStage.Group && t.Candidate.Group == c.Group), d.GroupCutOff);

        StageVisit? Visit(AwardStage stage) => turns.Where(t => t.Stage == stage).Select(t => new StageVisit(t.Position, t.Before, t.Kind)).SingleOrDefault();
    }

    private long? CutOff(Course course, Func<Turn, bool> which) => course.Won.Values.Where(which).Min(t => (long?)Score(t.Candidate));

    private void Accounts(Course course, AwardResult claimed)
    {
        var groups = input.Groups.OrderBy(g => g.Code, StringComparer.Ordinal).Select(g => new GroupAccount(
            g.Code, g.Envelope, g.Envelope + course.Received[g.Code] - course.Left[g.Code], course.Left[g.Code], CutOff(course, t => t.Stage == AwardStage.Group && t.Candidate.Group == g.Code))
        {
            Received = course.Received[g.Code],
        });
        Same(AwardProperty.Envelope, "groups", string.Join("; ", groups), string.Join("; ", claimed.Groups));
        Same(AwardProperty.Envelope, "within the envelopes", true, claimed.Groups.All(g => g.Left >= 0));
        var sets = (_rules.SetAsides ?? []).Select(s => new SetAsideAccount(
            s.Code, s.Amount, s.Amount - course.Left["set " + s.Code], course.Left["set " + s.Code], s.Release, CutOff(course, t => t.Stage == AwardStage.SetAside && t.List == s.Code)));
        Same(AwardProperty.SetAside, "set-asides", string.Join("; ", sets), string.Join("; ", claimed.SetAsides ?? []));
        var unassigned = input.Budget - input.Groups.Sum(g => g.Envelope) - (_rules.SetAsides ?? []).Sum(s => s.Amount);
        var residual = _rules.ResidualPool
            ? new ResidualAccount(unassigned, course.PoolTotal - unassigned, course.PoolTotal, course.PoolTotal - course.PoolLeft, course.PoolLeft, CutOff(course, t => t.Stage == AwardStage.Residual))
            : null;
        Same(AwardProperty.Pool, "pool", residual, claimed.Residual);
    }

    private void Reserve(Course course, AwardResult claimed)
    {
        var waiting = _rules.ReserveList ? course.Line.Where(c => !course.Won.ContainsKey(c.Id)).ToList() : [];
        var expected = waiting.Select((c, i) => new ReserveEntry(i + 1, c.Id, c.Group, 1 + waiting.Take(i).Count(x => x.Group == c.Group), c.Request)).ToList();
        Same(AwardProperty.Reserve, "reserve", string.Join("; ", expected), string.Join("; ", claimed.Reserve));
        foreach (var d in claimed.Decisions)
        {
            var entry = expected.Find(e => e.Id == d.Id);
            Same(AwardProperty.Reserve, d.Id, (entry?.Position, entry?.PositionInGroup), (d.ReservePosition, d.ReserveInGroup));
        }
    }

    private void Trace(Course course, AwardResult claimed)
    {
        var steps = course.Events.Select((e, i) => e is Turn t
            ? new AwardStep
            {
                Number = i + 1,
                Stage = t.Stage,
                Kind = t.Kind,
                Group = t.Candidate.Group,
                Candidate = t.Candidate.Id,
                Position = t.Position,
                Request = t.Candidate.Request,
                MoneyBefore = t.Before,
                MoneyAfter = t.Before - t.Granted,
                SetAside = t.Stage == AwardStage.SetAside ? t.List : null,
            }
            : e is Freed f
            ? new AwardStep
            {
                Number = i + 1,
                Stage = AwardStage.Release,
                Kind = AwardStepKind.Release,
                Group = f.Group,
                Candidate = null,
                Position = 0,
                Request = f.Money,
                MoneyBefore = f.Before,
                MoneyAfter = f.Before + f.Money,
                SetAside = f.SetAside,
            }
            : throw new InvalidOperationException());
        Same(AwardProperty.Trace, "steps", string.Join("; ", steps), string.Join("; ", claimed.Trace));
    }

    private void Ties(Course course, AwardResult claimed)
    {
        var expected = new List<string>();
        var merit = course.Line.OrderByDescending(c => c, Comparer<AwardCandidate>.Create(Ahead)).ToList();
        foreach (var group in input.Groups.Select(g => g.Code).Order(StringComparer.Ordinal))
            Add(group, merit.Where(c => c.Group == group));
        if (_rules.ResidualPool)
            Add(null, merit);
        Same(AwardProperty.Ties, "ties", string.Join("; ", expected), string.Join("; ", claimed.Ties.Select(t => $"{t.Group}: {t.Points}: {string.Join(", ", t.Ids)} by {string.Join(", ", t.ResolvedBy)}")));

        void Add(string? group, IEnumerable<AwardCandidate> among)
        {
            foreach (var tie in among.GroupBy(Score).OrderByDescending(t => t.Key))
            {
                var tied = tie.ToList();
                if (tied.Count < 2 || (group is null && tied.All(c => c.Group == tied[0].Group)))
                    continue;
                var by = tied.Zip(tied.Skip(1), (x, y) => _rules.TieKeys.Where((_, k) => x.TieKeys[k] != y.TieKeys[k]).FirstOrDefault() ?? ResolvedTie.PublicDrawName);
                expected.Add($"{group}: {tie.Key}: {string.Join(", ", tied.Select(c => c.Id))} by {string.Join(", ", by)}");
            }
        }
    }

    private bool Wins(AwardCandidate c, long points) =>
        Decide([.. input.Candidates.Select(x => x.Id == c.Id ? x with { Points = points } : x)], c.Id).Won.ContainsKey(c.Id);

    private void NeededScore(AwardCandidate c, AwardDecision d)
    {
        var needed = d.Needed;
        if (needed.NoScore == NoScoreReason.NotAsked)
        {
            Same(AwardProperty.NeededScore, c.Id, (null, null), (needed.Points, needed.MostMoney));
        }
        else if (!c.Eligible || FirstFailed(c) is not null)
        {
            Same(AwardProperty.NeededScore, c.Id, new NeededScore(null, c.Eligible ? NoScoreReason.GateFailed : NoScoreReason.NotEligible, null), needed);
        }
        else if (needed.Points is { } points)
        {
            Same(AwardProperty.NeededScore, $"{c.Id} with {points}", (true, true, NoScoreReason.None), (points <= _rules.MaximumPoints, Wins(c, points), needed.NoScore));
            Same(AwardProperty.NeededScore, $"{c.Id} with {points - 1}", false, points > 0 && Wins(c, points - 1));
            Same(AwardProperty.NeededScore, $"{c.Id}: on the right side", true, d.IsFunded ? points <= c.Points : points > c.Points);
        }
        else
        {
            Same(AwardProperty.NeededScore, $"{c.Id} with the maximum", false, Wins(c, _rules.MaximumPoints));
            Same(AwardProperty.NeededScore, $"{c.Id}: most money", true, needed.NoScore == NoScoreReason.RequestTooLarge ? needed.MostMoney < c.Request : needed.MostMoney is null);
        }
    }

    private static string Text(GreyZone? zone) => zone is null ? "none" : $"{zone.Line}: {zone.Low} to {zone.High}: {string.Join(", ", zone.Ids)}";

    private bool Same<T>(AwardProperty property, string about, T expected, T claimed)
    {
        var same = EqualityComparer<T>.Default.Equals(expected, claimed);
        if (!same)
            _found.Add(new AwardViolation(property, about, $"{expected}", $"{claimed}"));
        return same;
    }
}
