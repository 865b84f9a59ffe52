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

/// <summary>What a voting came to, in votes (not heads).</summary>
/// <param name="Unused">Votes of members who were present, without conflict, and cast none.</param>
/// <param name="Needed">Votes for that the majority asks.</param>
public sealed record TallyReport(MajorityKind Majority, long Yes, long No, long Abstain, long Conflict, long Unused, long Needed, bool IsMet)
{
    /// <summary>Votes of those who could decide.</summary>
    public long Base => Yes + No + Abstain + Unused;

    public Reason Reason => new("majority." + (Majority switch
    {
        MajorityKind.Simple => "simple",
        MajorityKind.Absolute => "absolute",
        MajorityKind.TwoThirds => "two-thirds",
        _ => "consensus",
    }), IsMet, Yes, No, Abstain, Base, Needed);
}

/// <summary>Counts a voting against its majority, in whole numbers. Pure.</summary>
public static class Tally
{
    public static TallyReport Count(MajorityKind majority, IEnumerable<Ballot> ballots, long unused = 0)
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
        var whole = yes + no + abstain + unused;
        var needed = majority switch
        {
            MajorityKind.Simple => no + 1,
            MajorityKind.Absolute => (whole / 2) + 1,
            MajorityKind.TwoThirds => Math.Max(1, ((2 * whole) + 2) / 3),
            _ => 1,
        };
        var met = yes >= needed && (majority != MajorityKind.Consensus || no == 0);
        return new TallyReport(majority, yes, no, abstain, conflict, unused, needed, met);
    }
}

/// <summary>Everything that decided a motion, as it was at the close of its voting.</summary>
public sealed record MotionOutcome(bool IsAdopted, QuorumReport Quorum, TallyReport Tally, CompositionReport Composition, IReadOnlyList<Reason> Reasons)
{
    public static MotionOutcome Of(QuorumReport quorum, TallyReport tally, CompositionReport composition)
    {
        IReadOnlyList<Reason> reasons = [quorum.Reason, tally.Reason, .. composition.Reasons];
        return new(reasons.AllMet(), quorum, tally, composition, reasons);
    }
}
