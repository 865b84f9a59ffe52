namespace Minka.Selection.Award;

/// <summary>
/// Award by ranking, in every mode of <see cref="AwardMode"/>: who is funded, with how much, from which money, and for every
/// application the argument in values: position, money left when its turn came, and what would have been needed.
/// </summary>
/// <remarks>
/// <para><b>The rule.</b> Qualified are the eligible that meet the threshold and every gate. Their score is their points (in
/// <see cref="AwardMode.QualityGate"/> with flat points for the bar) and their bonuses. Order: score, then the tie keys one
/// after another (higher first), then the public draw (lower position first); within a grey zone the draw alone. With
/// <see cref="AwardRules.OwnPriority"/> each then waits for those that its applicant put before it.
/// First each set-aside walks those who carry its mark, then each group all others of its own, in this order (the groups side by
/// side, so that a cap over several groups is used up in the order of turns), and grants each request whole while it fits. One that does not fit is granted in part if the rules and its applicant
/// allow it, else it stops the list or is skipped, as <see cref="AwardRules.Skip"/> says. One whose applicant or plan writer
/// has reached the cap is passed over. With a residual pool, what the groups left, what set-asides released and what no
/// envelope held is then spent in the same manner on the qualified not yet funded, in the same order over all groups.
/// </para>
/// <para><b>What holds</b>, for any input that is accepted:
/// the awards add up to no more than the budget, those of a group or set-aside to no more than its money;
/// a qualified application is unfunded only if its request did not fit when its turn came, the list had stopped, or a cap was reached;
/// the order of the input's lists (but for the ordered rules) has no influence;
/// and more points never turn a funded application into an unfunded one, everything else being the same, but for two cases: a
/// grey zone around the line, whose place the points themselves move; and, over several stages (set-asides, pool), own order,
/// which hurries those that waited for it, or a cap together with lists that stop, which may free somebody of the cap. With more points fewer applications stand ahead in every list, the
/// others ahead spend the same and use up no more of a cap, and the pool that an application meets if its group fails it
/// never shrinks. It does <i>not</i> hold for the <i>budget</i> under <see cref="SkipRule.SkipIfUnaffordable"/>, nor for other
/// people's <i>requests</i>: a greater budget may fund somebody ahead and leave less for those below.
/// </para>
/// <para>Complexity: O(n log n) without needed scores, O(n² log n) with those of all n applications. Deterministic; no clock, no randomness.</para>
/// <para>Sources: strict ranking within <i>rubros</i>, Peru, DS 001-2019-EF art. 12.3; flat points above the bar, FONIPREL Anexo 02; the rest as the rules of a call declare it.</para>
/// </remarks>
public static class AwardRanking
{
    /// <summary>
    /// The ties among qualified applications that neither the keys nor the draw positions resolve. Empty means that
    /// <see cref="Run(AwardInput)"/> can decide; else hold the public draw among (at least) these and set their positions.
    /// </summary>
    /// <param name="input">The award, without or with draw positions.</param>
    /// <returns>The ties, best points first.</returns>
    /// <exception cref="InvalidAwardInputException">The input is faulty; an open tie is no fault here.</exception>
    public static IReadOnlyList<OpenTie> OpenTies(AwardInput input) => new Field(input).OpenTies();

    /// <summary>Decides the award.</summary>
    /// <param name="input">Everything that decides it.</param>
    /// <returns>The decisions and their whole argument.</returns>
    /// <exception cref="InvalidAwardInputException">The input is faulty, or a tie is open; the exception says which.</exception>
    public static AwardResult Run(AwardInput input) => Run(input, neededScores: true);

    /// <summary>Decides the award, with or without the score that each application would have needed.</summary>
    /// <param name="input">Everything that decides it.</param>
    /// <param name="neededScores">False for long lists: then each says <see cref="NoScoreReason.NotAsked"/>.</param>
    /// <returns>The decisions and their whole argument.</returns>
    /// <exception cref="InvalidAwardInputException">The input is faulty, or a tie is open; the exception says which.</exception>
    public static AwardResult Run(AwardInput input, bool neededScores)
    {
        var field = Accept(input);
        var spending = Spending.RunTraced(field);
        var steps = spending.Steps;
        var accounts = AccountsOf(field, spending);
        var reserve = ReserveOf(field, spending);
        var decisions = DecisionsOf(field, spending, steps, accounts, reserve, neededScores);
        var awarded = decisions.Sum(d => d.Awarded);
        return new AwardResult
        {
            Decisions = decisions,
            Groups = accounts,
            Residual = ResidualOf(field, spending),
            Reserve = field.Rules.ReserveList ? reserve : [],
            Trace = steps,
            Ties = TiesOf(field),
            Awarded = awarded,
            Left = input.Budget - awarded,
            SetAsides = field.Rules.SetAsides is null ? null : [.. field.SetAsides.Select((set, i) => new SetAsideAccount(
                set.Code, set.Amount, set.Amount - spending.SetAsidesLeft[i], spending.SetAsidesLeft[i], set.Release,
                CutOff(field, field.Qualified.Where(c => spending.Funded[c] == AwardStage.SetAside && spending.SetAsideOf[c] == i))))],
            Zone = spending.Zone,
        };
    }

    /// <summary>What would have changed one application's outcome: score, budget, request; each figure checked by running the award again.</summary>
    /// <param name="input">The input of the award.</param>
    /// <param name="id">The application.</param>
    /// <param name="mostRuns">After so many runs the search for a budget is given up and says so.</param>
    /// <exception cref="InvalidAwardInputException">The input is faulty, a tie is open, or there is no such application.</exception>
    public static AwardExplanation Explain(AwardInput input, string id, int mostRuns = 100_000) => Explain(input, [id], mostRuns)[0];

    /// <summary>The same for several applications; in the order asked.</summary>
    /// <param name="input">The input of the award.</param>
    /// <param name="ids">The applications.</param>
    /// <param name="mostRuns">After so many runs the search for one budget is given up and says so.</param>
    /// <exception cref="InvalidAwardInputException">The input is faulty, a tie is open, or there is no such application.</exception>
    public static IReadOnlyList<AwardExplanation> Explain(AwardInput input, IReadOnlyList<string> ids, int mostRuns = 100_000)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var field = Accept(input);
        var indexOf = field.Candidates.Index().ToDictionary(c => c.Item.Id, c => c.Index, StringComparer.Ordinal);
        var explainer = new Explainer(field, new ScoreSearch(field), mostRuns);
        return [.. ids.Select(id => indexOf.TryGetValue(id, out var c) ? explainer.Of(c) : throw new InvalidAwardInputException(AwardFault.CandidateId, id))];
    }

    /// <summary>
    /// Who moves up from the reserve list when winners do not sign or resign, or reserves decline. The whole history is
    /// replayed from the award on, round after round, so the same rounds always give the same answer.
    /// </summary>
    /// <remarks>
    /// Those who leave in the same round leave at once: their money is added up before anybody moves up. Money returns to
    /// where it came from. Each group with reserves walks its own in order with the money that returned to its envelope
    /// (without a residual pool: with all that the envelope has left); with a residual pool the rest then joins the pool,
    /// which walks the whole reserve list. Skip rule and all-or-nothing are those of the award.
    /// </remarks>
    /// <param name="input">The input of the award.</param>
    /// <param name="rounds">The ids of those who leave, round by round; at that moment each holds an award or stands on the reserve list.</param>
    /// <exception cref="InvalidAwardInputException">The input is faulty, or somebody leaves who is neither winner nor reserve.</exception>
    public static PromotionResult PromoteFromReserve(AwardInput input, IReadOnlyList<IReadOnlyCollection<string>> rounds)
    {
        ArgumentNullException.ThrowIfNull(rounds);
        var field = Accept(input);
        return new ReserveList(field, Spending.RunTraced(field)).Replay(input.Budget, rounds);
    }

    private static Field Accept(AwardInput input)
    {
        var field = new Field(input);
        var open = field.OpenTies();
        return open.Count == 0 ? field : throw new InvalidAwardInputException(AwardFault.OpenTie, [.. open.SelectMany(t => t.Ids)]);
    }

    private static GroupAccount[] AccountsOf(Field field, Spending spending) =>
        [.. field.Groups.Select((group, g) =>
        {
            var left = spending.Purses[g].Money;
            var received = spending.Received[g];
            var cutOff = CutOff(field, field.Qualified.Where(c => field.GroupOf[c] == g && spending.Funded[c] == AwardStage.Group));
            return new GroupAccount(group.Code, group.Envelope, group.Envelope + received - left, left, cutOff) { Received = received };
        })];

    private static ResidualAccount? ResidualOf(Field field, Spending spending) => !field.Rules.ResidualPool ? null : new ResidualAccount(
        field.Unassigned,
        spending.PoolTotal - field.Unassigned,
        spending.PoolTotal,
        spending.PoolTotal - spending.PoolLeft,
        spending.PoolLeft,
        CutOff(field, field.Qualified.Where(c => spending.Funded[c] == AwardStage.Residual)));

    private static long? CutOff(Field field, IEnumerable<int> winners) => winners.Min(c => (long?)field.ScoreOf(c));

    private static ReserveEntry[] ReserveOf(Field field, Spending spending) =>
        ReserveList.Number(field, spending.Order.Where(c => spending.Funded[c] is null));

    private static List<ResolvedTie> TiesOf(Field field)
    {
        var ties = new List<ResolvedTie>();
        for (var g = 0; g < field.Groups.Length; g++)
            Collect(field.Groups[g].Code, Array.FindAll(field.Qualified, c => field.GroupOf[c] == g));
        if (field.Rules.ResidualPool)
            Collect(null, field.Qualified);
        return ties;

        void Collect(string? group, int[] order)
        {
            foreach (var equal in order.GroupBy(field.ScoreOf))
            {
                int[] tied = [.. equal];
                var spansGroups = tied.Any(c => field.GroupOf[c] != field.GroupOf[tied[0]]);
                if (tied.Length < 2 || (group is null && !spansGroups))
                    continue;

                var resolvedBy = tied.Zip(tied.Skip(1), field.Separator);
                ties.Add(new ResolvedTie(group, equal.Key, [.. tied.Select(c => field.Candidates[c].Id)], [.. resolvedBy]));
            }
        }
    }

    private static AwardDecision[] DecisionsOf(
        Field field, Spending spending, List<AwardStep> steps, GroupAccount[] accounts, ReserveEntry[] reserve, bool neededScores)
    {
        var search = neededScores ? new ScoreSearch(field) : null;
        var notAsked = new NeededScore(null, NoScoreReason.NotAsked, null);
        var indexOf = field.Candidates.Index().ToDictionary(c => c.Item.Id, c => c.Index, StringComparer.Ordinal);
        var inGroupVisits = new StageVisit?[field.Candidates.Length];
        var residualVisits = new StageVisit?[field.Candidates.Length];
        var setAsideVisits = new List<SetAsideVisit>?[field.Candidates.Length];
        foreach (var step in steps)
        {
            if (step.Candidate is null)
                continue;
            var c = indexOf[step.Candidate];
            var visit = new StageVisit(step.Position, step.MoneyBefore, step.Kind);
            if (step.Stage == AwardStage.Group)
                inGroupVisits[c] = visit;
            else if (step.Stage == AwardStage.Residual)
                residualVisits[c] = visit;
            else
                (setAsideVisits[c] ??= []).Add(new SetAsideVisit(step.SetAside!, visit));
        }

        var places = reserve.ToDictionary(r => r.Id, StringComparer.Ordinal);
        var overall = RanksOf(field, field.Eligible);
        var inGroup = new Dictionary<int, int>();
        foreach (var members in field.Eligible.GroupBy(c => field.GroupOf[c]))
        {
            foreach (var (c, rank) in RanksOf(field, [.. members]))
                inGroup.Add(c, rank);
        }

        var decisions = Enumerable.Range(0, field.Candidates.Length).Select(c =>
        {
            var candidate = field.Candidates[c];
            var group = inGroupVisits[c];
            var residual = residualVisits[c];
            var place = field.Rules.ReserveList ? places.GetValueOrDefault(candidate.Id) : null;
            var (outcome, reason) = Verdict(field, c, residual ?? group ?? setAsideVisits[c]?[^1].Visit, spending.Funded[c]);
            return new AwardDecision
            {
                Id = candidate.Id,
                Group = candidate.Group,
                Points = candidate.Points,
                Request = candidate.Request,
                Awarded = spending.Awarded[c],
                RankInGroup = candidate.Eligible ? inGroup[c] : null,
                OverallRank = candidate.Eligible ? overall[c] : null,
                Outcome = outcome,
                Reason = reason,
                InGroup = group,
                InResidual = residual,
                GroupCutOff = accounts[field.GroupOf[c]].CutOff,
                ReservePosition = place?.Position,
                ReserveInGroup = place?.PositionInGroup,
                Needed = search?.For(c) ?? notAsked,
                RankingPoints = field.IsQualified(c) && field.ScoreOf(c) != candidate.Points ? field.ScoreOf(c) : null,
                InSetAsides = setAsideVisits[c],
                FailedGate = field.FirstFailedGate(candidate),
            };
        });
        return [.. decisions
            .OrderBy(d => d.Group, StringComparer.Ordinal)
            .ThenBy(d => d.RankInGroup ?? int.MaxValue)
            .ThenBy(d => d.Id, StringComparer.Ordinal)];
    }

    private static Dictionary<int, int> RanksOf(Field field, int[] order)
    {
        var ranks = new Dictionary<int, int>(order.Length);
        for (var i = 0; i < order.Length; i++)
            ranks[order[i]] = i > 0 && field.CompareMerit(order[i - 1], order[i]) == 0 ? ranks[order[i - 1]] : i + 1;
        return ranks;
    }

    private static (AwardOutcome Outcome, AwardReason Reason) Verdict(Field field, int c, StageVisit? last, AwardStage? funded)
    {
        if (last is null)
        {
            return !field.Candidates[c].Eligible ? (AwardOutcome.NotEligible, AwardReason.NotEligible)
                : (AwardOutcome.BelowThreshold, field.GatesMet(c) ? AwardReason.BelowThreshold : AwardReason.GateFailed);
        }

        var (outcome, within) = funded switch
        {
            AwardStage.Group => (AwardOutcome.FundedInGroup, AwardReason.WithinEnvelope),
            AwardStage.SetAside => (AwardOutcome.FundedFromSetAside, AwardReason.WithinSetAside),
            AwardStage.Residual => (AwardOutcome.FundedFromResidual, AwardReason.WithinResidualPool),
            _ => (field.Rules.ReserveList ? AwardOutcome.Reserve : AwardOutcome.NotFunded, AwardReason.Unaffordable),
        };
        return (outcome, last.Kind switch
        {
            AwardStepKind.FundPart => AwardReason.InPart,
            AwardStepKind.NotReached => AwardReason.ListStopped,
            AwardStepKind.Capped => AwardReason.CapReached,
            _ => within,
        });
    }
}
