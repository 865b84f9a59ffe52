using System.Text.Json.Serialization;
using Minka.Core.Kernel;

namespace Minka.Core.Entities;

public enum Choice
{
    Yes,
    No,
    Abstain,

    /// <summary>A declared conflict of interest: present, but without vote.</summary>
    Conflict,
}

/// <summary>One seat's ballot.</summary>
public readonly record struct Ballot(Choice Choice, int Votes);

/// <summary>What one sector's votes came to.</summary>
public sealed record SectorTally(Sector Sector, long Yes, long No, long Abstain, long Unused)
{
    [JsonIgnore]
    public bool IsMet => Yes > No;
}

/// <summary>What a voting came to, in votes (not heads).</summary>
/// <param name="Unused">Votes that were present, without conflict, and not cast.</param>
/// <param name="Needed">Votes for that the majority asks.</param>
public sealed record TallyReport(MajorityKind Majority, long Yes, long No, long Abstain, long Conflict, long Unused, long Needed, bool IsMet)
{
    /// <summary>
    /// Votes in force, without conflict, that were not present. Null in what was decided before an absolute majority meant more
    /// than half of all seats: there it meant more than half of those present, and a consensus asked for somebody in favour.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Absent { get; init; }

    /// <summary>Two thirds of all seats in force; null: of those present.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? OfAll { get; init; }

    /// <summary>For a double majority, the sectors that are present.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<SectorTally>? Sectors { get; init; }

    /// <summary>Votes of those who could decide.</summary>
    public long Base => Yes + No + Abstain + Unused;

    /// <summary>Votes that the majority is a share of.</summary>
    [JsonIgnore]
    public long Whole => Majority == MajorityKind.Absolute || OfAll == true ? Base + (Absent ?? 0) : Base;

    public Reason Reason => new("majority." + (Majority switch
    {
        MajorityKind.Simple => "simple",
        MajorityKind.Absolute => Absent is null ? "absolute" : "absolute-of-all",
        MajorityKind.TwoThirds => OfAll == true ? "two-thirds-of-all" : "two-thirds",
        MajorityKind.Double => "double",
        MajorityKind.OfPresent => "absolute",
        _ => "consensus",
    }), IsMet, Yes, No, Abstain, Whole, Needed);

    /// <summary>Whether need and verdict follow from the figures.</summary>
    [JsonIgnore]
    public bool Holds => this == this with { Needed = Tally.Need(this), IsMet = Tally.Meets(this) };
}

/// <summary>Judges votes against a majority, in whole numbers. Pure.</summary>
public static class Tally
{
    /// <summary>Counts ballots of seats that are present.</summary>
    /// <param name="unused">Votes present, without conflict, and not cast.</param>
    /// <param name="absent">Votes in force and without conflict that are not present.</param>
    public static TallyReport Count(MajorityKind majority, IEnumerable<Ballot> ballots, long unused = 0, long absent = 0, bool ofAll = false, IReadOnlyList<SectorTally>? sectors = null)
    {
        long yes = 0, no = 0, abstain = 0, conflict = 0;
        foreach (var ballot in ballots)
        {
            switch (ballot.Choice)
            {
                case Choice.Yes: yes += ballot.Votes; break;
                case Choice.No: no += ballot.Votes; break;
                case Choice.Abstain: abstain += ballot.Votes; break;
                default: conflict += ballot.Votes; break;
            }
        }
        var counted = new TallyReport(majority, yes, no, abstain, conflict, unused, 0, false)
        {
            Absent = absent,
            OfAll = ofAll && majority == MajorityKind.TwoThirds ? true : null,
            Sectors = majority == MajorityKind.Double ? sectors ?? [] : null,
        };
        return counted with { Needed = Need(counted), IsMet = Meets(counted) };
    }

    /// <summary>The least number of votes for that carries, the votes against being what they are.</summary>
    internal static long Need(TallyReport t) => t.Majority switch
    {
        MajorityKind.Simple => t.No + 1,
        MajorityKind.Absolute or MajorityKind.OfPresent => (t.Whole / 2) + 1,
        MajorityKind.TwoThirds => Math.Max(1, ((2 * t.Whole) + 2) / 3),
        MajorityKind.Double => (t.Sectors ?? []).Sum(s => s.No + 1),
        _ => t.Absent is null ? 1 : 0,
    };

    internal static bool Meets(TallyReport t) => t.Majority switch
    {
        // Who is not opposed agrees; but somebody must be there who could oppose.
        MajorityKind.Consensus => t.No == 0 && (t.Absent is null ? t.Yes > 0 : t.Base > 0),
        MajorityKind.Double => t.Sectors is { Count: > 0 } sectors && sectors.All(s => s.IsMet),
        _ => t.Yes >= Need(t),
    };
}

/// <summary>Everything that decided a motion, as it was at the close of its voting.</summary>
public sealed record MotionOutcome(bool IsAdopted, QuorumReport Quorum, TallyReport Tally, CompositionReport Composition, IReadOnlyList<Reason> Reasons)
{
    /// <summary>Whether the vote had no effect: quorum or composition failed. Null in what was decided before this was told apart.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? IsInvalid { get; init; }

    /// <summary>Members present who stayed out because of a declared interest; null: nobody, or it was decided before they were counted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Withdrew { get; init; }
}
