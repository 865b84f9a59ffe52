using Minka.Core.Kernel;

namespace Minka.Core.Entities;

/// <summary>The law of one decision, apart from its quorum and majority.</summary>
/// <param name="Shares">Rules of composition; those of the votes present or cast decide, those of seats and of all votes are told.</param>
/// <param name="AbstentionIsCast">Whether an abstention is a vote cast, where the composition of votes cast is judged.</param>
/// <param name="TwoThirdsOfAll">Two thirds of all seats in force instead of those present.</param>
/// <param name="Binding">Otherwise what is adopted is a recommendation.</param>
/// <param name="IsWhole">All rules decide, those of seats and of all votes too: a rule written for one case says what that case asks.</param>
public sealed record DecisionRule(
    string Id,
    IReadOnlyList<CompositionRule> Shares,
    bool AbstentionIsCast,
    bool TwoThirdsOfAll,
    ProxyRule Proxies,
    bool Binding = true,
    bool IsWhole = false);

/// <summary>A seat of the body that decides.</summary>
/// <param name="InterestGroup">Null: of none.</param>
/// <param name="MandateFrom">First day, included; null: no beginning.</param>
/// <param name="MandateTo">Last day, included; null: no end.</param>
public sealed record DecisionSeat(string Id, Sector Sector, string? InterestGroup, int Votes, DateOnly? MandateFrom = null, DateOnly? MandateTo = null, bool? Woman = null)
{
    public SeatWeight Weight => new(Sector, InterestGroup ?? "", Votes, Woman);
}

/// <summary>Everything that one decision follows from.</summary>
/// <param name="Seats">Each id once.</param>
/// <param name="Date">The day on which mandates must be in force; null: no seat has one.</param>
/// <param name="Present">Who is in the room; an id twice counts once.</param>
/// <param name="Proxies">In the order in which they were given: the limit of a holder takes the first ones.</param>
/// <param name="InRoom">Who counts for the quorum, where it is others than who may vote (somebody voted and left); null: the present.</param>
public sealed record DecisionCase(
    DecisionRule Rule,
    IReadOnlyList<DecisionSeat> Seats,
    DateOnly? Date,
    AssemblyCall Call,
    QuorumNeed Quorum,
    MajorityKind Majority,
    IReadOnlyList<string> Present,
    IReadOnlyList<(string Giver, string Holder)> Proxies,
    IReadOnlyList<string> Conflicted,
    IReadOnlyList<(string Seat, Choice Choice)> Ballots,
    IReadOnlyList<string>? InRoom = null);

public enum DecisionOutcome
{
    Adopted,
    Rejected,

    /// <summary>No quorum, or the composition failed: there was no decision.</summary>
    Invalid,
}

/// <summary>A ballot that does not count.</summary>
/// <param name="Reason">A code; its text lies under <c>reason.ballot.CODE</c>.</param>
public sealed record ExcludedBallot(string SeatId, string Reason);

/// <param name="Roll">Heads in force.</param>
/// <param name="Present">Heads that count for the quorum.</param>
/// <param name="Composition">Of the votes cast, with the reasons of every rule that decides.</param>
public sealed record DecisionReport(
    int Roll,
    int Present,
    int Needed,
    TallyReport Tally,
    CompositionReport Composition,
    IReadOnlyList<ExcludedBallot> Excluded,
    DecisionOutcome Outcome,
    IReadOnlyList<Reason> Reasons)
{
    public bool HasQuorum => Present >= Needed;
}

/// <summary>
/// Decides: quorum of heads, majority of votes, composition of the votes really cast. The one count of Minka, for the screens and for
/// <c>govern tally</c>. Exact, pure, O(seats × rules).
/// </summary>
public static class Decision
{
    public static DecisionReport Of(DecisionCase c)
    {
        var remarks = new List<Reason>();
        var seats = c.Seats.ToDictionary(s => s.Id, StringComparer.Ordinal);
        bool InForce(string id) => seats.TryGetValue(id, out var seat) && Standing(seat, c.Date) is null;
        var roll = c.Seats.Where(s => Standing(s, c.Date) is null).ToList();
        Remark(remarks, c, seats);

        var present = c.Present.Where(InForce).ToHashSet(StringComparer.Ordinal);
        var proxies = Standing(c, seats, present, remarks);
        var room = (c.InRoom ?? c.Present).Where(InForce).ToHashSet(StringComparer.Ordinal);
        if (c.Rule.Proxies.CountForQuorum) room.UnionWith(proxies.Where(p => p.Value.Fault is null && room.Contains(p.Value.Holder)).Select(p => p.Key));
        var needed = c.Quorum.Required(roll.Count);

        var conflicted = c.Conflicted.Where(seats.ContainsKey).ToHashSet(StringComparer.Ordinal);
        bool MayVote(string id) => !conflicted.Contains(id) && (present.Contains(id) || (proxies.TryGetValue(id, out var p) && p.Fault is null));
        var excluded = new List<ExcludedBallot>();
        var counted = new List<(Choice Choice, DecisionSeat Seat)>();
        foreach (var (id, choice) in c.Ballots)
        {
            var fault = !seats.TryGetValue(id, out var seat) ? "unknown" : Standing(seat, c.Date)
                ?? (conflicted.Contains(id) || choice == Choice.Conflict ? "conflicted" : MayVote(id) ? null : proxies.TryGetValue(id, out var p) ? p.Fault! : "absent");
            if (fault is null) counted.Add((choice, seat!));
            else excluded.Add(new ExcludedBallot(id, fault));
        }

        var voters = roll.Where(s => MayVote(s.Id)).ToList();
        var free = roll.Where(s => !conflicted.Contains(s.Id)).Sum(s => (long)s.Votes);
        var votes = voters.Sum(s => (long)s.Votes);
        long Cast(Choice? choice, Sector? sector = null) => counted.Where(b => (choice is null || b.Choice == choice) && (sector is null || b.Seat.Sector == sector)).Sum(b => (long)b.Seat.Votes);
        var sectors = voters.Where(s => s.Votes > 0).GroupBy(s => s.Sector).OrderBy(g => g.Key)
            .Select(g => new SectorTally(g.Key, Cast(Choice.Yes, g.Key), Cast(Choice.No, g.Key), Cast(Choice.Abstain, g.Key), g.Sum(s => (long)s.Votes) - Cast(null, g.Key))).ToList();
        var declared = roll.Where(s => conflicted.Contains(s.Id) && present.Contains(s.Id)).Select(s => new Ballot(Choice.Conflict, s.Votes));
        var tally = Tally.Count(c.Majority, counted.Select(b => new Ballot(b.Choice, b.Seat.Votes)).Concat(declared), votes - Cast(null), free - votes, c.Rule.TwoThirdsOfAll, sectors);

        var cast = counted.Where(b => b.Choice != Choice.Abstain || c.Rule.AbstentionIsCast).Select(b => b.Seat.Weight);
        var composition = Composition.Check(c.Rule.Shares, CompositionScope.Votes, cast);
        var ofPresent = Composition.Check(c.Rule.Shares, CompositionScope.Present, voters.Select(s => s.Weight));
        var ofBody = new[] { CompositionScope.Members, CompositionScope.Seats }.Select(scope => Composition.Check(c.Rule.Shares, scope, roll.Select(s => s.Weight))).ToList();
        var deciding = (IReadOnlyList<CompositionReport>)(c.Rule.IsWhole ? [ofPresent, .. ofBody] : [ofPresent]);
        composition = composition with
        {
            Reasons = [.. composition.Reasons, .. deciding.SelectMany(r => r.Reasons)],
            Failures = [.. composition.Failures, .. deciding.SelectMany(r => r.Failures)],
        };
        // A vacant seat does not void each vote: the body's own composition is told, and judged where the body is accredited.
        if (!c.Rule.IsWhole) remarks.AddRange(ofBody.SelectMany(r => r.Reasons).Where(r => r.Met == false).Select(r => r with { Met = null }));
        if (!c.Rule.Binding) remarks.Add(Reason.Note("decision.not-binding", c.Rule.Id));

        var quorum = QuorumReason(c.Quorum, room.Count, needed, roll.Count);
        var outcome = quorum.Met == false || !composition.IsMet ? DecisionOutcome.Invalid : tally.IsMet ? DecisionOutcome.Adopted : DecisionOutcome.Rejected;
        var told = excluded.Select(e => Reason.Note("ballot." + e.Reason, e.SeatId)).Concat(remarks).DistinctBy(r => $"{r.Code} {string.Join(' ', r.Args)}");
        return new DecisionReport(roll.Count, room.Count, needed, tally, composition, excluded, outcome, [quorum, tally.Reason, .. SectorReasons(tally), .. composition.Reasons, .. told]);
    }

    /// <summary>Why a seat is not in force on the day, or null.</summary>
    static string? Standing(DecisionSeat seat, DateOnly? day) =>
        seat.MandateFrom is { } from && day < from ? "mandate-not-begun"
        : seat.MandateTo is { } to && day > to ? "mandate-expired" : null;

    static void Remark(List<Reason> remarks, DecisionCase c, Dictionary<string, DecisionSeat> seats)
    {
        foreach (var group in c.Present.GroupBy(id => id, StringComparer.Ordinal))
        {
            if (!seats.TryGetValue(group.Key, out var seat)) remarks.Add(Reason.Note("present.unknown", group.Key));
            else if (Standing(seat, c.Date) is { } fault) remarks.Add(Reason.Note("present." + fault, group.Key));
            if (group.Count() > 1) remarks.Add(Reason.Note("present.twice", group.Key));
        }
        remarks.AddRange(c.Conflicted.Distinct(StringComparer.Ordinal).Where(id => !seats.ContainsKey(id)).Select(id => Reason.Note("conflicted.unknown", id)));
        if (c.Seats.Any(s => s.InterestGroup is null) && c.Rule.Shares.Any(r => r.Kind is CompositionRuleKind.InterestShareMax or CompositionRuleKind.InterestGroupsMin || (r.By == ShareBy.Interest && r.Kind >= CompositionRuleKind.ShareMax)))
            remarks.Add(Reason.Note("seats.without-interest", c.Seats.Count(s => s.InterestGroup is null)));
    }

    /// <summary>Each proxy with the reason why it does not hold, if any. Who is there votes in person; nobody passes on what he holds for another.</summary>
    static Dictionary<string, (string Holder, string? Fault)> Standing(DecisionCase c, Dictionary<string, DecisionSeat> seats, HashSet<string> present, List<Reason> remarks)
    {
        var found = new Dictionary<string, (string Holder, string? Fault)>(StringComparer.Ordinal);
        var carried = new Dictionary<string, int>(StringComparer.Ordinal);
        var gave = c.Proxies.Select(p => p.Giver).ToHashSet(StringComparer.Ordinal);
        foreach (var (giver, holder) in c.Proxies)
        {
            var fault = !seats.TryGetValue(giver, out var seat) ? "unknown"
                : Standing(seat, c.Date) ?? (present.Contains(giver) ? "proxy-giver-present"
                : !c.Rule.Proxies.Allowed ? "proxy-not-allowed"
                : !c.Rule.Proxies.MayGive(seat.Sector, seat.InterestGroup) ? "proxy-not-delegable"
                : found.ContainsKey(giver) ? "proxy-twice"
                : giver == holder ? "proxy-to-itself"
                : !seats.TryGetValue(holder, out var carrier) ? "proxy-holder-unknown"
                : Standing(carrier, c.Date) is not null ? "proxy-holder-not-in-force"
                : !present.Contains(holder) ? gave.Contains(holder) ? "proxy-chain" : "proxy-holder-absent"
                : c.Rule.Proxies.MaxPerHolder is { } most && carried.GetValueOrDefault(holder) >= most ? "proxy-over-limit" : null);
            if (fault is null)
            {
                carried[holder] = carried.GetValueOrDefault(holder) + 1;
                if (c.Conflicted.Contains(holder, StringComparer.Ordinal) && !c.Conflicted.Contains(giver, StringComparer.Ordinal)) remarks.Add(Reason.Note("proxy.holder-conflicted", giver, holder));
            }
            else
            {
                remarks.Add(Reason.Note("ballot." + fault, giver));
            }
            found.TryAdd(giver, (holder, fault));
        }
        return found;
    }

    static Reason QuorumReason(QuorumNeed need, int present, int needed, int roll)
    {
        var met = present >= needed;
        return need.ToString() switch
        {
            "1/2+1" => new Reason("quorum.half-plus-one", met, present, needed, roll),
            "1/3" => new Reason("quorum.one-third", met, present, needed, roll),
            "any" => new Reason("quorum.any-number", met, present, needed, roll),
            var share => new Reason("quorum.share", met, present, needed, roll, share),
        };
    }

    static IEnumerable<Reason> SectorReasons(TallyReport tally) =>
        (tally.Sectors ?? []).Select(s => Reason.Note($"majority.double-{Composition.Word(s.Sector)}", s.Yes, s.No, s.Abstain));
}
