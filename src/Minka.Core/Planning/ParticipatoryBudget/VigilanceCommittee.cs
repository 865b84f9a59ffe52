using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Entities.Ballots;
using Minka.Core.Entities.Elections;
using Minka.Core.Kernel;

namespace Minka.Core.Planning.ParticipatoryBudget;

public sealed record CommitteeCandidate(BudgetAgentId AgentId, int Number, string Organisation, bool IsWoman, long Votes, int Place, CandidateFate Fate)
{
    public bool IsElected => Fate is CandidateFate.ByVotes or CandidateFate.ByQuota;
}

/// <summary>A seat that ended before its time, and who followed.</summary>
public sealed record SeatEnd(BudgetAgentId AgentId, string Why, DateOnly On, BudgetAgentId? Successor);

/// <summary>The election of the vigilance committee by the agents in a workshop: votes as counted there, the outcome computed.</summary>
public sealed record CommitteeElection(
    BudgetWorkshopId WorkshopId, int Seats, int LeastWomen, long Ballots, long Blank, long Null, IReadOnlyList<CommitteeCandidate> Candidates, IReadOnlyList<Reason> Reasons, string? Draw, DateOnly From, DateOnly To, IReadOnlyList<SeatEnd> Ends)
{
    /// <summary>Who sits now: the elected, less those whose seat ended, with their successors.</summary>
    public IEnumerable<CommitteeCandidate> Sitting
    {
        get
        {
            var gone = Ends.Select(e => e.AgentId).ToHashSet();
            var came = Ends.Select(e => e.Successor).OfType<BudgetAgentId>().ToHashSet();
            return Candidates.Where(c => (c.IsElected || came.Contains(c.AgentId)) && !gone.Contains(c.AgentId));
        }
    }

    /// <summary>The most voted who has no seat and never had one.</summary>
    public CommitteeCandidate? Next => Candidates.Where(c => !c.IsElected && c.Votes > 0 && Ends.All(e => e.Successor != c.AgentId && e.AgentId != c.AgentId)).OrderBy(c => c.Place).ThenBy(c => c.Number).FirstOrDefault();
}

/// <param name="Votes">By the agent's number.</param>
/// <param name="DrawnOrder">Numbers of agents with equal votes in the order in which they were drawn before the workshop; empty where none was needed.</param>
public sealed record CommitteeInput(BudgetWorkshopId WorkshopId, int Seats, int LeastWomen, IReadOnlyList<(int Number, long Votes)> Votes, long Ballots, long Blank, long Null, IReadOnlyList<int> DrawnOrder, string? Draw);

/// <summary>Judges the count of a committee's election by the same law as any organ's. Pure.</summary>
public static class CommitteeCount
{
    public static CommitteeElection Decide(CommitteeInput input, IReadOnlyList<BudgetAgent> agents, BudgetPack pack, int present, DateOnly day)
    {
        if (input.Seats < pack.CommitteeLeast.Value || input.Seats > 30 || input.LeastWomen < 0 || input.LeastWomen > input.Seats) throw new RuleBroken(BudgetRules.CommitteeSeats, pack.CommitteeLeast.Value);
        if (input.Votes.GroupBy(v => v.Number).FirstOrDefault(g => g.Count() > 1) is { } twice) throw new RuleBroken(BudgetRules.CandidateTwice, twice.Key);
        var by = agents.ToDictionary(a => a.Number);
        foreach (var (number, _) in input.Votes)
        {
            if (!by.TryGetValue(number, out var agent) || agent.State != AgentState.Accredited) throw new RuleBroken(BudgetRules.CandidateUnknown, number);
            if (pack.CommitteeOnlyCivil.Value && agent.Kind is not (AgentKind.CivilSociety or AgentKind.Unorganised)) throw new RuleBroken(BudgetRules.CandidateKind, number, agent.Organisation);
        }
        if (input.Votes.Count < input.Seats) throw new RuleBroken(BudgetRules.CommitteeFew, input.Votes.Count, input.Seats);
        if (input.Ballots > present || input.Blank + input.Null > input.Ballots || input.Ballots < 1 || input.Blank < 0 || input.Null < 0) throw new RuleBroken(BudgetRules.CommitteeBallots, input.Ballots, present);
        var valid = input.Ballots - input.Blank - input.Null;
        if (input.Votes.FirstOrDefault(v => v.Votes < 0 || v.Votes > valid) is { Number: > 0 } over) throw new RuleBroken(BudgetRules.CandidateVotes, over.Number, over.Votes, valid);

        var candidates = input.Votes.Select(v => new Candidate(Id(v.Number), by[v.Number].Organisation, null, by[v.Number].IsWoman == true, Sector.Social)).ToList();
        var count = new BallotCount([.. input.Votes.Select(v => new OptionCount(Id(v.Number), v.Votes))], input.Blank, input.Null, input.Ballots, input.Ballots);
        IReadOnlyList<Quota> quotas = input.LeastWomen > 0 ? [new Quota(QuotaKind.Women, input.LeastWomen)] : [];
        var rule = new ElectionRule(input.Seats, ElectionMajority.Plurality, quotas, pack.CommitteeLeast.Source, input.Draw ?? "-");
        var drawn = input.DrawnOrder.Count == 0 ? null : input.DrawnOrder.Distinct().Index().ToDictionary(d => Id(d.Item), d => d.Index + 1, StringComparer.Ordinal);
        var result = ElectionCount.Decide(rule, candidates, count, drawn);
        if (result.NeedsDraw) throw new RuleBroken(BudgetRules.CommitteeTie, result.Open.Select(o => by[int.Parse(o, System.Globalization.CultureInfo.InvariantCulture)].Organisation).ToList());
        return new(input.WorkshopId, input.Seats, input.LeastWomen, input.Ballots, input.Blank, input.Null,
            [.. result.Candidates.Select(c => by[int.Parse(c.Id, System.Globalization.CultureInfo.InvariantCulture)] is var agent ? new CommitteeCandidate(agent.Id, agent.Number, agent.Organisation, agent.IsWoman == true, c.Votes, c.Place, c.Fate) : null!)],
            result.Reasons, MemberChecks.Blank(input.Draw), day, day.AddMonths(pack.CommitteeMonths.Value).AddDays(-1), []);
    }

    // Padded, so that equal votes keep the order of the register until they are drawn.
    static string Id(int number) => number.ToString("00000", System.Globalization.CultureInfo.InvariantCulture);
}

public enum NoteKind
{
    /// <summary>Of the committee; public.</summary>
    Report,

    /// <summary>Of anybody; for the entity and its auditors only, followed by its code.</summary>
    Complaint,
}

/// <summary>One entry in the log of vigilance, with its reply.</summary>
public sealed class VigilanceNote : IVersioned
{
    public required VigilanceNoteId Id { get; init; }

    public required BudgetProcessId ProcessId { get; init; }

    public required NoteKind Kind { get; init; }

    public BudgetProposalId? ProposalId { get; init; }

    /// <summary>The committee's organisation; null for a complaint.</summary>
    public string? Organisation { get; init; }

    public required string Text { get; init; }

    public required DateTime At { get; init; }

    public required DateOnly ReplyBy { get; init; }

    public Digest? CodeDigest { get; init; }

    public string? Reply { get; private set; }

    public DateTime? RepliedAt { get; private set; }

    public int Version { get; private set; }

    internal void Answer(string text, DateTime now)
    {
        if (RepliedAt is not null) throw new RuleBroken(BudgetRules.NoteAnswered);
        (Reply, RepliedAt) = (PlanningRules.Required(text, "reply", PlanningRules.LongestText), now);
    }
}
