using Minka.Core.Kernel;

namespace Minka.Core.Entities;

/// <summary>Who counts in a composition: one seat with its votes.</summary>
public readonly record struct SeatWeight(Sector Sector, string InterestGroup, int Votes);

/// <summary>One part of the gauge.</summary>
/// <param name="Share">Of all votes, rounded for people; verdicts never use it.</param>
public sealed record CompositionSegment(Sector Sector, string InterestGroup, int Seats, long Votes, BasisPoints Share);

/// <summary>The gauge and the verdict of a composition, with a reason a rule.</summary>
public sealed record CompositionReport(
    CompositionScope Scope,
    int Seats,
    long Votes,
    IReadOnlyList<CompositionSegment> Segments,
    IReadOnlyList<Reason> Reasons)
{
    public bool IsMet => Reasons.AllMet();

    public long VotesOf(Sector sector) => Segments.Where(s => s.Sector == sector).Sum(s => s.Votes);

    public BasisPoints ShareOf(Sector sector) => Composition.Share(VotesOf(sector), Votes);
}

/// <summary>
/// Judges a composition against the rules of a template, exactly: shares are compared by cross-multiplication, so that 49 of
/// 100 is within a limit of 49 % and 49.01 of 100 is not. Pure. O(seats × rules).
/// </summary>
public static class Composition
{
    /// <summary>The members as they are, each with all votes of their seats.</summary>
    public static CompositionReport OfMembers(CompositionTemplate template, IEnumerable<SeatWeight> members) =>
        Check(template, CompositionScope.Members, members);

    /// <summary>The votes that were cast in one decision.</summary>
    public static CompositionReport OfVotes(CompositionTemplate template, IEnumerable<SeatWeight> cast) =>
        Check(template, CompositionScope.Votes, cast);

    public static CompositionReport Check(CompositionTemplate template, CompositionScope scope, IEnumerable<SeatWeight> seats)
    {
        var list = seats.ToList();
        var total = list.Sum(s => (long)s.Votes);
        var segments = list.GroupBy(s => (s.Sector, s.InterestGroup))
            .Select(g => (g.Key.Sector, g.Key.InterestGroup, Seats: g.Count(), Votes: g.Sum(s => (long)s.Votes)))
            .OrderBy(g => g.Sector).ThenByDescending(g => g.Votes).ThenBy(g => g.InterestGroup, StringComparer.Ordinal)
            .Select(g => new CompositionSegment(g.Sector, g.InterestGroup, g.Seats, g.Votes, Share(g.Votes, total))).ToList();
        var reasons = new List<Reason>();
        foreach (var rule in template.Rules.Where(r => r.AppliesTo.Contains(scope)))
        {
            if (total == 0) reasons.Add(Reason.Fails("composition.nobody", rule.Source));
            else reasons.AddRange(Judge(rule, segments, total));
        }
        return new CompositionReport(scope, list.Count, total, segments, reasons);
    }

    static IEnumerable<Reason> Judge(CompositionRule rule, List<CompositionSegment> segments, long total)
    {
        long Of(Sector sector) => segments.Where(s => s.Sector == sector).Sum(s => s.Votes);
        var limit = rule.LimitBp ?? default;
        switch (rule.Kind)
        {
            case CompositionRuleKind.SectorShareMax:
                foreach (var sector in rule.Sectors ?? [])
                    yield return Weigh($"composition.{Word(sector)}-max", Of(sector) * 10_000 <= total * limit.Value, Of(sector), total, Share(Of(sector), total), limit, rule.Source);
                break;
            case CompositionRuleKind.InterestShareMax:
                var largest = segments.GroupBy(s => s.InterestGroup).Select(g => (Group: g.Key, Votes: g.Sum(s => s.Votes)))
                    .OrderByDescending(g => g.Votes).ThenBy(g => g.Group, StringComparer.Ordinal).First();
                yield return Weigh("composition.interest-max", largest.Votes * 10_000 <= total * limit.Value,
                    largest.Votes, total, Share(largest.Votes, total), limit, rule.Source, largest.Group);
                break;
            case CompositionRuleKind.NonPublicShareMin:
                var others = total - Of(Sector.Public);
                yield return Weigh("composition.non-public-min", others * 10_000 >= total * limit.Value, others, total, Share(others, total), limit, rule.Source);
                break;
            case CompositionRuleKind.InterestGroupsMin:
                var groups = segments.Select(s => s.InterestGroup).Distinct().Count();
                yield return Weigh("composition.groups-min", groups >= rule.Count, groups, rule.Count, rule.Source);
                break;
            case CompositionRuleKind.CivilSeatsPerPublic:
                // The law gives a share and no rounding: either whole number beside it is met.
                var publicSeats = segments.Where(s => s.Sector == Sector.Public).Sum(s => s.Seats);
                var civil = segments.Where(s => s.Sector != Sector.Public).Sum(s => s.Seats);
                var gap = ((long)civil * 10_000) - ((long)publicSeats * limit.Value);
                var least = (int)((long)publicSeats * limit.Value / 10_000);
                var most = (int)((((long)publicSeats * limit.Value) + 9_999) / 10_000);
                yield return Weigh("composition.civil-per-public", publicSeats > 0 && Math.Abs(gap) < 10_000,
                    civil, publicSeats, least, most, limit, Share(civil, civil + publicSeats), rule.Source);
                break;
            default:
                throw new InvalidOperationException(rule.Kind.ToString());
        }
    }

    internal static BasisPoints Share(long part, long whole) =>
        whole == 0 ? default : new BasisPoints((int)(((part * 20_000) + whole) / (2 * whole)));

    static string Word(Sector sector) => sector switch { Sector.Public => "public", Sector.Private => "private", _ => "social" };

    static Reason Weigh(string code, bool met, params IReadOnlyList<object?> args) => new(code, met, args);
}
