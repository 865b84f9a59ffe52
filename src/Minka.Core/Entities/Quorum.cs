using System.Globalization;
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

/// <summary>
/// How many must be there, as a share of the roll: "1/2+1" is ⌊n/2⌋ + 1, "1/3" at least a third (⌈n/3⌉), "any" somebody. A roll of
/// nobody can't reach it.
/// </summary>
/// <param name="Part">Of the roll; 0 with <paramref name="Plus"/> null: anybody.</param>
/// <param name="Plus">Added to the share rounded down; null: the share is rounded up.</param>
public readonly record struct QuorumNeed(int Part, int Whole, int? Plus)
{
    public static QuorumNeed Any => new(0, 1, null);

    public static QuorumNeed Of(QuorumKind kind) => kind switch
    {
        QuorumKind.HalfPlusOne => new(1, 2, 1),
        QuorumKind.OneThird => new(1, 3, null),
        _ => Any,
    };

    /// <summary>Reads "1/2+1", "1/3", "2/3", "any".</summary>
    public static bool TryParse(string text, out QuorumNeed need)
    {
        need = Any;
        if (text == "any") return true;
        var plus = text.IndexOf('+', StringComparison.Ordinal);
        var share = (plus < 0 ? text : text[..plus]).Split('/');
        int? more = null;
        if (plus >= 0)
        {
            if (!Small(text[(plus + 1)..], out var told)) return false;
            more = told;
        }
        if (share.Length != 2 || !Small(share[0], out var part) || !Small(share[1], out var whole) || part < 1 || whole < part) return false;
        need = new QuorumNeed(part, whole, more);
        return true;

        static bool Small(string digits, out int value) => int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value <= 1_000;
    }

    public int Required(int roll) => Math.Max(1, Plus is { } plus
        ? (int)((long)roll * Part / Whole) + plus
        : (int)((((long)roll * Part) + Whole - 1) / Whole));

    public override string ToString() => this == Any ? "any" : string.Create(CultureInfo.InvariantCulture, $"{Part}/{Whole}{(Plus is { } plus ? $"+{plus}" : "")}");
}

/// <summary>Counts who is present. Pure. O(presences).</summary>
public static class Quorum
{
    /// <summary>How many must be there.</summary>
    public static int Required(QuorumKind kind, int roll) => QuorumNeed.Of(kind).Required(roll);

    /// <summary>Members of the roll who are present at the instant; presences of others don't count, nor twice.</summary>
    public static IReadOnlySet<MemberId> PresentAt(DateTime instant, IReadOnlyCollection<MemberId> roll, IEnumerable<Presence> presences) =>
        presences.Where(p => p.CoversAt(instant)).Select(p => p.Member).Intersect(roll).ToHashSet();

    public static QuorumReport At(DateTime instant, AssemblyCall call, QuorumKind kind, IReadOnlyCollection<MemberId> roll, IEnumerable<Presence> presences) =>
        new(call, kind, roll.Count, PresentAt(instant, roll, presences).Count, Required(kind, roll.Count), instant);
}
