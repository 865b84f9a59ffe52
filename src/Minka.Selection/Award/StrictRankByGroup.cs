namespace Minka.Selection.Award;

/// <summary>
/// Award by strict ranking within groups of peers, with a residual pool by one ranking over all groups, a reserve list,
/// and for every application the argument in values: position, money left when its turn came, and the score that
/// would have been needed.
/// </summary>
/// <remarks>
/// <para><b>The rule.</b> Qualified are the eligible with at least the threshold. Order: points, then the tie keys one
/// after another (higher first), then the public draw (lower position first). Each group walks its qualified
/// applications in this order and grants each request whole while it fits in the envelope. One that does not fit stops
/// the list, or is skipped, as <see cref="AwardRules.Skip"/> says. With a residual pool, what the groups left and what
/// no envelope held is then spent in the same manner on the qualified not yet funded, in the same order over all groups.
/// </para>
/// <para><b>What holds</b>, for any input that is accepted:
/// the awards add up to no more than the budget, those within a group to no more than its envelope;
/// a qualified application is unfunded only if its request did not fit when its turn came or the list had stopped;
/// the order of the input's lists has no influence;
/// and more points never turn a funded application into an unfunded one, everything else being the same. The last holds
/// under both skip rules and over both stages: with more points fewer applications stand ahead in either list, the others
/// ahead spend the same, and the pool that an application meets if its group fails it never shrinks. It does <i>not</i>
/// hold for the <i>request</i> or the <i>budget</i> under <see cref="SkipRule.SkipIfUnaffordable"/>: a smaller request or
/// a greater budget further up the list may leave less for those below.
/// </para>
/// <para>Complexity: O(n² log n) with the needed scores of all n applications, O(n log n) without. Deterministic; no clock, no randomness.</para>
/// <para>Source: strict ranking within <i>rubros</i> of the Peruvian FIDT regulation; residual pool and reserve list as the rules of a call declare them.</para>
/// </remarks>
public static class StrictRankByGroup
{
    /// <summary>
    /// The ties among qualified applications that neither the keys nor the draw positions resolve. Empty means that
    /// <see cref="Run"/> can decide; else hold the public draw among (at least) these and set their positions.
    /// </summary>
    /// <param name="input">The award, without or with draw positions.</param>
    /// <returns>The ties, best points first.</returns>
    /// <exception cref="InvalidAwardInputException">The input is faulty; an open tie is no fault here.</exception>
    public static IReadOnlyList<OpenTie> OpenTies(AwardInput input) => new Field(input).OpenTies();

    /// <summary>Decides the award.</summary>
    /// <param name="input">Everything that decides it.</param>
    /// <returns>The decisions and their whole argument.</returns>
    /// <exception cref="InvalidAwardInputException">The input is faulty, or a tie is open; the exception says which.</exception>
    public static AwardResult Run(AwardInput input)
    {
        var field = Accept(input);
        var spending = Spending.RunTraced(field);
        var steps = spending.Steps.ToList();
        var accounts = AccountsOf(field, spending);
        var reserve = ReserveOf(field, spending);
        var decisions = DecisionsOf(field, spending, steps, accounts, reserve);
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
        };
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
            var cutOff = CutOff(field, field.Qualified.Where(c => field.GroupOf[c] == g && spending.Funded[c] == AwardStage.Group));
            return new GroupAccount(group.Code, group.Envelope, group.Envelope - left, left, cutOff);
        })];

    private static ResidualAccount? ResidualOf(Field field, Spending spending) => !field.Rules.ResidualPool ? null : new ResidualAccount(
        field.Unassigned,
        spending.PoolTotal - field.Unassigned,
        spending.PoolTotal,
        spending.PoolTotal - spending.PoolLeft,
        spending.PoolLeft,
        CutOff(field, field.Qualified.Where(c => spending.Funded[c] == AwardStage.Residual)));

    private static long? CutOff(Field field, IEnumerable<int> winners) => winners.Min(c => field.Candidates[c].Points);

    private static ReserveEntry[] ReserveOf(Field field, Spending spending) =>
        ReserveList.Number(field, field.Qualified.Where(c => spending.Funded[c] is null));

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
            foreach (var equal in order.GroupBy(c => field.Candidates[c].Points!.Value))
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
        Field field, Spending spending, List<AwardStep> steps, GroupAccount[] accounts, ReserveEntry[] reserve)
    {
        var search = new ScoreSearch(field);
        var visits = steps.Where(s => s.Candidate is not null)
            .ToDictionary(s => (s.Candidate!, s.Stage), s => new StageVisit(s.Position, s.MoneyBefore, s.Kind));
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
            var group = visits.GetValueOrDefault((candidate.Id, AwardStage.Group));
            var residual = visits.GetValueOrDefault((candidate.Id, AwardStage.Residual));
            var place = field.Rules.ReserveList ? places.GetValueOrDefault(candidate.Id) : null;
            var (outcome, reason) = Verdict(field.Rules, candidate, residual ?? group, spending.Funded[c]);
            return new AwardDecision
            {
                Id = candidate.Id,
                Group = candidate.Group,
                Points = candidate.Points,
                Request = candidate.Request,
                Awarded = spending.Funded[c] is null ? 0 : candidate.Request,
                RankInGroup = candidate.Eligible ? inGroup[c] : null,
                OverallRank = candidate.Eligible ? overall[c] : null,
                Outcome = outcome,
                Reason = reason,
                InGroup = group,
                InResidual = residual,
                GroupCutOff = accounts[field.GroupOf[c]].CutOff,
                ReservePosition = place?.Position,
                ReserveInGroup = place?.PositionInGroup,
                Needed = search.For(c),
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

    private static (AwardOutcome Outcome, AwardReason Reason) Verdict(AwardRules rules, AwardCandidate candidate, StageVisit? last, AwardStage? funded) => last switch
    {
        null => candidate.Eligible
            ? (AwardOutcome.BelowThreshold, AwardReason.BelowThreshold)
            : (AwardOutcome.NotEligible, AwardReason.NotEligible),
        { Kind: AwardStepKind.Fund } => funded == AwardStage.Group
            ? (AwardOutcome.FundedInGroup, AwardReason.WithinEnvelope)
            : (AwardOutcome.FundedFromResidual, AwardReason.WithinResidualPool),
        _ => (
            rules.ReserveList ? AwardOutcome.Reserve : AwardOutcome.NotFunded,
            last.Kind == AwardStepKind.NotReached ? AwardReason.ListStopped : AwardReason.Unaffordable),
    };
}
