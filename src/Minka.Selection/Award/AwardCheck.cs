namespace Minka.Selection.Award;

/// <summary>What a claimed result must satisfy.</summary>
public enum AwardProperty
{
    /// <summary>One decision per application, with its group, points and request unchanged.</summary>
    Completeness,

    /// <summary>No two qualified applications are left untold apart.</summary>
    OpenTie,

    /// <summary>Each rank is one more than the number of eligible applications that are ahead.</summary>
    Rank,

    /// <summary>Eligibility, threshold, reason and award agree with the outcome.</summary>
    Outcome,

    /// <summary>All awards together stay within the budget, and the totals add up.</summary>
    Budget,

    /// <summary>The awards of a group stay within its envelope, and its account adds up.</summary>
    Envelope,

    /// <summary>Within a group nobody is funded below an unfunded qualified application, unless that one did not fit and the skip rule allows it; and nobody who fitted is left out.</summary>
    StrictOrder,

    /// <summary>The pool is what was left, stays within itself, and its account adds up.</summary>
    Pool,

    /// <summary>The same as <see cref="StrictOrder"/>, over all groups, for the pool.</summary>
    ResidualOrder,

    /// <summary>The reserve list holds exactly the qualified that are not funded, in order.</summary>
    Reserve,

    /// <summary>The needed score funds, and one unit less does not.</summary>
    NeededScore,

    /// <summary>The steps are exactly those that lead to the result.</summary>
    Trace,

    /// <summary>The ties told are exactly those that exist, resolved as told.</summary>
    Ties,

    /// <summary>Withdrawals, promotions, holders and remaining reserve follow from the award.</summary>
    Promotion,

    /// <summary>Set-asides are walked before all else by those who carry their mark, stay within their money, and their accounts add up.</summary>
    SetAside,

    /// <summary>The grey zone lies where its rule says and holds exactly those in it, in the order of the draw.</summary>
    GreyZone,
}

/// <summary>One property that a claimed result does not satisfy.</summary>
/// <param name="Property">Which.</param>
/// <param name="About">The application, group or figure that it is about.</param>
/// <param name="Expected">What the input leads to, as text for a log.</param>
/// <param name="Claimed">What the result claims.</param>
public sealed record AwardViolation(AwardProperty Property, string About, string Expected, string Claimed);

/// <summary>
/// Checks a claimed award against its input by brute force, property by property. It shares no code with
/// <see cref="AwardRanking"/> but the records of input and result, so that one error does not hide in both.
/// </summary>
/// <remarks>
/// The outcome of a group is checked by its fixed point: an application is funded if and only if its request is at most
/// the envelope less the requests of the funded ahead of it (and, where lists stop, nobody ahead is unfunded). Only one
/// set of winners satisfies that, so agreement proves the result. Awards that use more than the plain rules are decided again
/// from the definitions instead. O(n² log n) with needed scores for n applications.
/// </remarks>
public static class AwardCheck
{
    /// <summary>The properties that a claimed result violates; empty if it is right in everything that it says.</summary>
    /// <param name="input">The input of the award.</param>
    /// <param name="result">The claimed result, for example as read from a public bundle.</param>
    public static IReadOnlyList<AwardViolation> Violations(AwardInput input, AwardResult result)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(result);
        if (AwardModeCheck.IsNeeded(input))
            return new AwardModeCheck(input).Violations(result);
        var audit = new Audit(input, result);
        audit.All();
        return audit.Found;
    }

    /// <summary>The differences between claimed promotions and those that the award leads to; empty if there are none.</summary>
    /// <param name="input">The input of the award.</param>
    /// <param name="award">Its result, already checked by <see cref="Violations(AwardInput, AwardResult)"/>.</param>
    /// <param name="rounds">The ids of those who left, round by round.</param>
    /// <param name="claimed">The claimed promotions.</param>
    public static IReadOnlyList<AwardViolation> Violations(
        AwardInput input, AwardResult award, IReadOnlyList<IReadOnlyCollection<string>> rounds, PromotionResult claimed)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(award);
        ArgumentNullException.ThrowIfNull(rounds);
        ArgumentNullException.ThrowIfNull(claimed);
        if (AwardModeCheck.IsNeeded(input))
            return new AwardModeCheck(input).Violations(award, rounds, claimed);
        return PromotionAudit(input, award, rounds, claimed);
    }

    private static bool Qualifies(AwardInput input, AwardCandidate c) => c.Eligible && c.Points >= input.Rules.Threshold;

    /// <summary>1 if the first is ahead, −1 if the second is, 0 if nothing tells them apart.</summary>
    private static int Ahead(AwardCandidate first, AwardCandidate second)
    {
        List<long> a = [first.Points ?? 0, .. first.TieKeys, -(long)(first.DrawPosition ?? int.MaxValue)];
        List<long> b = [second.Points ?? 0, .. second.TieKeys, -(long)(second.DrawPosition ?? int.MaxValue)];
        for (var i = 0; i < a.Count && i < b.Count; i++)
        {
            if (a[i] != b[i])
                return a[i] > b[i] ? 1 : -1;
        }

        return 0;
    }

    /// <summary>Awards again in the plainest way with other points for one application, which loses every tie left open.</summary>
    private static bool WouldBeFunded(AwardInput input, string asking, long points)
    {
        if (points < input.Rules.Threshold)
            return false;

        var line = input.Candidates.Where(c => c.Id == asking || Qualifies(input, c))
            .Select(c => c.Id == asking ? c with { Points = points } : c)
            .ToList();
        line.Sort((x, y) => Ahead(y, x) is var order && order != 0 ? order : (x.Id == asking).CompareTo(y.Id == asking));

        var unfunded = new List<AwardCandidate>(line);
        var spent = 0L;
        foreach (var group in input.Groups)
        {
            var money = group.Envelope;
            foreach (var candidate in line.Where(c => c.Group == group.Code))
            {
                if (candidate.Request <= money)
                {
                    money -= candidate.Request;
                    spent += candidate.Request;
                    unfunded.Remove(candidate);
                    if (candidate.Id == asking)
                        return true;
                }
                else if (input.Rules.Skip == SkipRule.None)
                {
                    break;
                }
            }
        }

        if (!input.Rules.ResidualPool)
            return false;

        var pool = input.Budget - spent;
        foreach (var candidate in unfunded)
        {
            if (candidate.Request <= pool)
            {
                pool -= candidate.Request;
                if (candidate.Id == asking)
                    return true;
            }
            else if (input.Rules.Skip == SkipRule.None)
            {
                return false;
            }
        }

        return false;
    }

    private static List<AwardViolation> PromotionAudit(
        AwardInput input, AwardResult award, IReadOnlyList<IReadOnlyCollection<string>> rounds, PromotionResult claimed)
    {
        var found = new List<AwardViolation>();
        var pooled = input.Rules.ResidualPool;
        var money = award.Groups.ToDictionary(g => g.Code, g => pooled ? 0 : g.Left, StringComparer.Ordinal);
        var pool = award.Residual?.Left ?? 0;
        var holders = award.Decisions.Where(d => d.IsFunded).ToDictionary(
            d => d.Id,
            d => new Promotion(d.Id, d.Group, d.Outcome == AwardOutcome.FundedInGroup ? AwardStage.Group : AwardStage.Residual, d.Request),
            StringComparer.Ordinal);
        var reserve = award.Reserve.ToList();
        Differ("rounds", rounds.Count, claimed.Rounds.Count);

        for (var r = 0; r < rounds.Count && r < claimed.Rounds.Count; r++)
        {
            var left = new List<Withdrawal>();
            foreach (var id in rounds[r].Order(StringComparer.Ordinal))
            {
                if (holders.Remove(id, out var held))
                {
                    left.Add(new Withdrawal(id, held.Amount, held.Stage));
                    if (held.Stage == AwardStage.Group)
                        money[held.Group] += held.Amount;
                    else
                        pool += held.Amount;
                }
                else
                {
                    Differ(id, "winner or reserve", reserve.RemoveAll(e => e.Id == id) == 1 ? "winner or reserve" : "neither");
                    left.Add(new Withdrawal(id, 0, AwardStage.Group));
                }
            }

            var up = new List<Promotion>();
            foreach (var group in money.Keys.Order(StringComparer.Ordinal).ToList())
            {
                money[group] = Climb(reserve.Where(e => e.Group == group).ToList(), AwardStage.Group, money[group], up);
                if (!pooled)
                    continue;
                pool += money[group];
                money[group] = 0;
            }

            if (pooled)
                pool = Climb([.. reserve], AwardStage.Residual, pool, up);

            Differ($"round {r + 1}: withdrawals", string.Join(" ", left), string.Join(" ", claimed.Rounds[r].Withdrawals));
            Differ($"round {r + 1}: promotions", string.Join(" ", up), string.Join(" ", claimed.Rounds[r].Promotions));
        }

        var awarded = holders.Values.Sum(h => h.Amount);
        var remaining = reserve.Select((e, i) => new ReserveEntry(
            i + 1, e.Id, e.Group, reserve.Take(i + 1).Count(other => other.Group == e.Group), e.Request));
        Differ("holders", string.Join(" ", holders.Values.OrderBy(h => h.Id, StringComparer.Ordinal)), string.Join(" ", claimed.Holders));
        Differ("reserve", string.Join(" ", remaining), string.Join(" ", claimed.Reserve));
        Differ("awarded", awarded, claimed.Awarded);
        Differ("left", input.Budget - awarded, claimed.Left);
        if (awarded > input.Budget)
            Differ("budget", $"at most {input.Budget}", awarded);
        return found;

        long Climb(List<ReserveEntry> line, AwardStage stage, long purse, List<Promotion> up)
        {
            foreach (var entry in line)
            {
                if (entry.Request <= purse)
                {
                    purse -= entry.Request;
                    reserve.Remove(entry);
                    var promotion = new Promotion(entry.Id, entry.Group, stage, entry.Request);
                    up.Add(promotion);
                    holders[entry.Id] = promotion;
                }
                else if (input.Rules.Skip == SkipRule.None)
                {
                    break;
                }
            }

            return purse;
        }

        void Differ(string about, object expected, object actual)
        {
            if (!expected.Equals(actual))
                found.Add(new AwardViolation(AwardProperty.Promotion, about, expected.ToString()!, actual.ToString()!));
        }
    }

    private sealed class Audit(AwardInput input, AwardResult result)
    {
        private readonly Dictionary<string, AwardDecision> _decisions = [];
        private readonly List<AwardCandidate> _qualified = [.. input.Candidates.Where(c => Qualifies(input, c))];

        public List<AwardViolation> Found { get; } = [];

        public void All()
        {
            if (!IsComplete())
                return;

            CheckOpenTies();
            foreach (var candidate in input.Candidates)
            {
                CheckRanks(candidate, _decisions[candidate.Id]);
                CheckOutcome(candidate, _decisions[candidate.Id]);
                CheckNeeded(candidate, _decisions[candidate.Id]);
            }

            foreach (var group in input.Groups)
                CheckGroup(group);
            CheckPool();
            CheckReserve();
            CheckTotals();
            CheckTrace();
            CheckTies();
        }

        private bool IsComplete()
        {
            foreach (var decision in result.Decisions)
                Differ(AwardProperty.Completeness, decision.Id, "one decision", _decisions.TryAdd(decision.Id, decision) ? "one decision" : "several");
            foreach (var candidate in input.Candidates)
            {
                if (!_decisions.TryGetValue(candidate.Id, out var decision))
                    Differ(AwardProperty.Completeness, candidate.Id, "one decision", "none");
                else
                    Differ(AwardProperty.Completeness, candidate.Id, (candidate.Group, candidate.Points, candidate.Request), (decision.Group, decision.Points, decision.Request));
            }

            Differ(AwardProperty.Completeness, "decisions", input.Candidates.Count, result.Decisions.Count);
            Differ(
                AwardProperty.Completeness,
                "groups",
                string.Join(" ", input.Groups.Select(g => g.Code).Order(StringComparer.Ordinal)),
                string.Join(" ", result.Groups.Select(g => g.Code)));
            return Found.Count == 0;
        }

        private void CheckOpenTies()
        {
            for (var i = 0; i < _qualified.Count; i++)
            {
                for (var j = i + 1; j < _qualified.Count; j++)
                {
                    if (Ahead(_qualified[i], _qualified[j]) == 0)
                        Differ(AwardProperty.OpenTie, $"{_qualified[i].Id}, {_qualified[j].Id}", "told apart", "tied");
                }
            }
        }

        private void CheckRanks(AwardCandidate candidate, AwardDecision decision)
        {
            var ahead = input.Candidates.Where(c => c.Eligible && candidate.Eligible && Ahead(c, candidate) > 0).ToList();
            int? overall = candidate.Eligible ? 1 + ahead.Count : null;
            int? inGroup = candidate.Eligible ? 1 + ahead.Count(c => c.Group == candidate.Group) : null;
            Differ(AwardProperty.Rank, candidate.Id, (inGroup, overall), (decision.RankInGroup, decision.OverallRank));
        }

        private void CheckOutcome(AwardCandidate candidate, AwardDecision decision)
        {
            var reason = decision.Reason;
            var right = decision.Outcome switch
            {
                AwardOutcome.NotEligible => !candidate.Eligible && reason == AwardReason.NotEligible,
                AwardOutcome.BelowThreshold => candidate.Eligible && !Qualifies(input, candidate) && reason == AwardReason.BelowThreshold,
                AwardOutcome.FundedInGroup => Qualifies(input, candidate) && reason == AwardReason.WithinEnvelope,
                AwardOutcome.FundedFromResidual => Qualifies(input, candidate) && input.Rules.ResidualPool && reason == AwardReason.WithinResidualPool,
                AwardOutcome.Reserve => Qualifies(input, candidate) && input.Rules.ReserveList && LastVisitExplains(decision),
                _ => Qualifies(input, candidate) && !input.Rules.ReserveList && LastVisitExplains(decision),
            };
            Differ(AwardProperty.Outcome, candidate.Id, true, right);
            Differ(AwardProperty.Outcome, candidate.Id, decision.IsFunded ? candidate.Request : 0, decision.Awarded);
        }

        private static bool LastVisitExplains(AwardDecision decision)
        {
            var kind = (decision.InResidual ?? decision.InGroup)?.Kind;
            return decision.Reason == AwardReason.ListStopped ? kind == AwardStepKind.NotReached
                : decision.Reason == AwardReason.Unaffordable && kind is AwardStepKind.Skip or AwardStepKind.Stop;
        }

        private void CheckGroup(AwardGroup group)
        {
            var members = _qualified.Where(c => c.Group == group.Code).ToList();
            CheckFixedPoint(AwardProperty.StrictOrder, members, group.Envelope, AwardOutcome.FundedInGroup, d => d.InGroup);
            var used = members.Where(c => _decisions[c.Id].Outcome == AwardOutcome.FundedInGroup).Sum(c => c.Request);
            var cutOff = LowestPoints(members, AwardOutcome.FundedInGroup);
            var account = result.Groups.Single(g => g.Code == group.Code);
            Differ(AwardProperty.Envelope, group.Code, new GroupAccount(group.Code, group.Envelope, used, group.Envelope - used, cutOff), account);
            if (used > group.Envelope)
                Differ(AwardProperty.Envelope, group.Code, $"at most {group.Envelope}", used);
            foreach (var candidate in input.Candidates.Where(c => c.Group == group.Code))
                Differ(AwardProperty.Envelope, $"{candidate.Id}: cut-off", cutOff, _decisions[candidate.Id].GroupCutOff);
        }

        private void CheckPool()
        {
            var later = _qualified.Where(c => _decisions[c.Id].Outcome != AwardOutcome.FundedInGroup).ToList();
            if (!input.Rules.ResidualPool)
            {
                Differ(AwardProperty.Pool, "pool", "none", result.Residual is null ? "none" : "one");
                Differ(AwardProperty.Pool, "pool", 0, _decisions.Values.Count(d => d.InResidual is not null));
                return;
            }

            var unassigned = input.Budget - input.Groups.Sum(g => g.Envelope);
            var usedInGroups = _qualified.Except(later).Sum(c => c.Request);
            var total = input.Budget - usedInGroups;
            var used = later.Where(c => _decisions[c.Id].Outcome == AwardOutcome.FundedFromResidual).Sum(c => c.Request);
            CheckFixedPoint(AwardProperty.ResidualOrder, later, total, AwardOutcome.FundedFromResidual, d => d.InResidual);
            Differ(AwardProperty.ResidualOrder, "visits", later.Count, _decisions.Values.Count(d => d.InResidual is not null));
            Differ<object?>(
                AwardProperty.Pool,
                "pool",
                new ResidualAccount(unassigned, total - unassigned, total, used, total - used, LowestPoints(later, AwardOutcome.FundedFromResidual)),
                result.Residual);
            if (used > total)
                Differ(AwardProperty.Pool, "pool", $"at most {total}", used);
        }

        private void CheckFixedPoint(
            AwardProperty property, List<AwardCandidate> members, long money, AwardOutcome funded, Func<AwardDecision, StageVisit?> visitOf)
        {
            foreach (var candidate in members)
            {
                var ahead = members.Where(c => Ahead(c, candidate) > 0).ToList();
                var left = money - ahead.Where(c => _decisions[c.Id].Outcome == funded).Sum(c => c.Request);
                var stopped = input.Rules.Skip == SkipRule.None && ahead.Any(c => _decisions[c.Id].Outcome != funded);
                var fits = !stopped && candidate.Request <= left;
                var kind = fits ? AwardStepKind.Fund
                    : stopped ? AwardStepKind.NotReached
                    : input.Rules.Skip == SkipRule.None ? AwardStepKind.Stop : AwardStepKind.Skip;
                var decision = _decisions[candidate.Id];
                Differ(property, candidate.Id, fits ? "funded" : "not funded", decision.Outcome == funded ? "funded" : "not funded");
                Differ<object?>(property, candidate.Id, new StageVisit(ahead.Count + 1, left, kind), visitOf(decision));
            }
        }

        private long? LowestPoints(IEnumerable<AwardCandidate> among, AwardOutcome outcome) =>
            among.Where(c => _decisions[c.Id].Outcome == outcome).Min(c => c.Points);

        private void CheckReserve()
        {
            var waiting = input.Rules.ReserveList ? _qualified.Where(c => !_decisions[c.Id].IsFunded).ToList() : [];
            var expected = waiting
                .Select(c => new ReserveEntry(
                    1 + waiting.Count(other => Ahead(other, c) > 0),
                    c.Id,
                    c.Group,
                    1 + waiting.Count(other => other.Group == c.Group && Ahead(other, c) > 0),
                    c.Request))
                .OrderBy(e => e.Position)
                .ToList();
            Differ(AwardProperty.Reserve, "reserve", string.Join(" ", expected), string.Join(" ", result.Reserve));
            foreach (var decision in _decisions.Values)
            {
                var entry = expected.Find(e => e.Id == decision.Id);
                Differ(AwardProperty.Reserve, decision.Id, (entry?.Position, entry?.PositionInGroup), (decision.ReservePosition, decision.ReserveInGroup));
            }
        }

        private void CheckTotals()
        {
            var awarded = _decisions.Values.Sum(d => d.Awarded);
            Differ(AwardProperty.Budget, "awarded", awarded, result.Awarded);
            Differ(AwardProperty.Budget, "left", input.Budget - awarded, result.Left);
            if (awarded > input.Budget)
                Differ(AwardProperty.Budget, "awarded", $"at most {input.Budget}", awarded);
        }

        private void CheckNeeded(AwardCandidate candidate, AwardDecision decision)
        {
            var needed = decision.Needed;
            var rules = input.Rules;
            if (needed.NoScore == NoScoreReason.NotAsked)
            {
                Differ(AwardProperty.NeededScore, candidate.Id, new NeededScore(null, NoScoreReason.NotAsked, null), needed);
            }
            else if (!candidate.Eligible)
            {
                Differ(AwardProperty.NeededScore, candidate.Id, new NeededScore(null, NoScoreReason.NotEligible, null), needed);
            }
            else if (needed.Points is { } points)
            {
                var outside = points < rules.Threshold || points > rules.MaximumPoints || needed.NoScore != NoScoreReason.None;
                Differ(AwardProperty.NeededScore, candidate.Id, "within threshold and maximum", outside ? "outside" : "within threshold and maximum");
                Differ(AwardProperty.NeededScore, $"{candidate.Id} with {points}", true, WouldBeFunded(input, candidate.Id, points));
                Differ(AwardProperty.NeededScore, $"{candidate.Id} with {points - 1}", false, WouldBeFunded(input, candidate.Id, points - 1));
            }
            else
            {
                // One point above everybody: only a request that is too large fails then.
                var above = 1 + Math.Max(rules.MaximumPoints, rules.Threshold);
                var reason = WouldBeFunded(input, candidate.Id, above) ? NoScoreReason.MaximumNotEnough : NoScoreReason.RequestTooLarge;
                Differ(AwardProperty.NeededScore, $"{candidate.Id} with the maximum", false, WouldBeFunded(input, candidate.Id, rules.MaximumPoints));
                Differ(AwardProperty.NeededScore, candidate.Id, reason, needed.NoScore);
                var tooLarge = reason == NoScoreReason.RequestTooLarge;
                Differ(AwardProperty.NeededScore, $"{candidate.Id}: most money", tooLarge, needed.MostMoney < candidate.Request);
                if (tooLarge && needed.MostMoney is { } most)
                    CheckMostMoney(candidate, above, most);
            }
        }

        private void CheckMostMoney(AwardCandidate candidate, long above, long most)
        {
            AwardInput Asking(long request) => input with
            {
                Candidates = [.. input.Candidates.Select(c => c.Id == candidate.Id ? c with { Request = request } : c)],
            };

            // With its request lowered to that money it fits at the head of a list; the group's money is met unchanged,
            // the pool's only where the request does not fit the envelope.
            var fits = most > 0 && WouldBeFunded(Asking(most), candidate.Id, above);
            Differ(AwardProperty.NeededScore, $"{candidate.Id}: most money {most}", most > 0, fits);
            Differ(AwardProperty.NeededScore, $"{candidate.Id}: more than {most}", false, WouldBeFunded(Asking(most + 1), candidate.Id, above));
        }

        private void CheckTrace()
        {
            var expected = new List<AwardStep>();
            foreach (var group in input.Groups.OrderBy(g => g.Code, StringComparer.Ordinal))
                AddVisits(AwardStage.Group, _qualified.Where(c => c.Group == group.Code), d => d.InGroup);

            if (result.Residual is { } residual)
            {
                var pool = 0L;
                AddRelease(null, residual.Unassigned, ref pool);
                foreach (var account in result.Groups)
                    AddRelease(account.Code, account.Left, ref pool);
                AddVisits(AwardStage.Residual, _qualified.Where(c => _decisions[c.Id].InResidual is not null), d => d.InResidual);
            }

            Differ(AwardProperty.Trace, "steps", expected.Count, result.Trace.Count);
            foreach (var (step, claimed) in expected.Zip(result.Trace))
                Differ(AwardProperty.Trace, $"step {step.Number}", step, claimed);

            void AddVisits(AwardStage stage, IEnumerable<AwardCandidate> line, Func<AwardDecision, StageVisit?> visitOf)
            {
                foreach (var (candidate, visit) in line.Select(c => (c, visitOf(_decisions[c.Id]))).Where(v => v.Item2 is not null).OrderBy(v => v.Item2!.Position))
                    Add(stage, visit!.Kind, candidate.Group, candidate.Id, visit.Position, candidate.Request, visit.MoneyLeft, visit.MoneyLeft - (visit.Kind == AwardStepKind.Fund ? candidate.Request : 0));
            }

            void AddRelease(string? group, long money, ref long pool)
            {
                if (money == 0)
                    return;
                Add(AwardStage.Release, AwardStepKind.Release, group, null, 0, money, pool, pool + money);
                pool += money;
            }

            void Add(AwardStage stage, AwardStepKind kind, string? group, string? candidate, int position, long request, long before, long after) =>
                expected.Add(new AwardStep
                {
                    Number = expected.Count + 1,
                    Stage = stage,
                    Kind = kind,
                    Group = group,
                    Candidate = candidate,
                    Position = position,
                    Request = request,
                    MoneyBefore = before,
                    MoneyAfter = after,
                });
        }

        private void CheckTies()
        {
            var expected = new List<string>();
            foreach (var group in input.Groups.Select(g => g.Code).Order(StringComparer.Ordinal))
                AddTies(group, _qualified.Where(c => c.Group == group));
            if (input.Rules.ResidualPool)
                AddTies(null, _qualified);

            var claimed = result.Ties.Select(t => $"{t.Group}: {t.Points}: {string.Join(", ", t.Ids)} by {string.Join(", ", t.ResolvedBy)}").ToList();
            Differ(AwardProperty.Ties, "ties", string.Join("; ", expected), string.Join("; ", claimed));

            void AddTies(string? group, IEnumerable<AwardCandidate> among)
            {
                foreach (var tie in among.GroupBy(c => c.Points).OrderByDescending(t => t.Key))
                {
                    var line = tie.ToList();
                    if (line.Count < 2 || (group is null && line.Select(c => c.Group).Distinct().Count() < 2))
                        continue;
                    line.Sort((x, y) => Ahead(y, x));
                    var by = line.Zip(line.Skip(1), (x, y) =>
                        input.Rules.TieKeys.Where((_, k) => x.TieKeys[k] != y.TieKeys[k]).FirstOrDefault() ?? ResolvedTie.PublicDrawName);
                    expected.Add($"{group}: {tie.Key}: {string.Join(", ", line.Select(c => c.Id))} by {string.Join(", ", by)}");
                }
            }
        }

        private void Differ<T>(AwardProperty property, string about, T expected, T claimed)
        {
            if (!EqualityComparer<T>.Default.Equals(expected, claimed))
                Found.Add(new AwardViolation(property, about, $"{expected}", $"{claimed}"));
        }

        private void Differ(AwardProperty property, string about, object expected, object claimed) =>
            Differ<object>(property, about, expected, claimed);
    }
}
