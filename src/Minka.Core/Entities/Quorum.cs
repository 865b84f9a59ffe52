using Minka.Core.Kernel;

namespace Minka.Core.Entities;

public enum AssemblyCall
{
    First,
    Second,
}

/// <summary>When a member was there: from the arrival (included) to the departure (not included).</summary>
public readonly record struct Presence(MemberId Member, DateTime ArrivedAt, DateTime? LeftAt)
{
    public bool CoversAt(DateTime instant) => ArrivedAt <= instant && (LeftAt is not { } left || instant < left);
}

/// <summary>The quorum at one instant.</summary>
/// <param name="Roll">Members on the roll of the assembly.</param>
public sealed record QuorumReport(AssemblyCall Call, QuorumKind Kind, int Roll, int Present, int Required, DateTime At)
{
    public bool IsMet => Present >= Required;

    public Reason Reason => new("quorum." + (Kind switch
    {
        QuorumKind.HalfPlusOne => "half-plus-one",
        QuorumKind.OneThird => "one-third",
        _ => "any-number",
    }), IsMet, Present, Required, Roll);
}

/// <summary>Counts who is present. Pure. O(presences).</summary>
public static class Quorum
{
    /// <summary>How many must be there. A roll of nobody can't reach it.</summary>
    public static int Required(QuorumKind kind, int roll) => kind switch
    {
        QuorumKind.HalfPlusOne => (roll / 2) + 1,
        QuorumKind.OneThird => Math.Max(1, (roll + 2) / 3),
        _ => 1,
    };

    /// <summary>Members of the roll who are present at the instant; presences of others don't count, nor twice.</summary>
    public static IReadOnlySet<MemberId> PresentAt(DateTime instant, IReadOnlyCollection<MemberId> roll, IEnumerable<Presence> presences) =>
        presences.Where(p => p.CoversAt(instant)).Select(p => p.Member).Intersect(roll).ToHashSet();

    public static QuorumReport At(DateTime instant, AssemblyCall call, QuorumKind kind, IReadOnlyCollection<MemberId> roll, IEnumerable<Presence> presences) =>
        new(call, kind, roll.Count, PresentAt(instant, roll, presences).Count, Required(kind, roll.Count), instant);
}
