using System.Text.Json.Serialization;
using Minka.Core.Kernel;
using Minka.Selection.Exact;

namespace Minka.Core.Entities;

/// <summary>Who counts in a composition: one seat with its votes.</summary>
/// <param name="InterestGroup">Empty: of no group, so that no group's limit counts it.</param>
/// <param name="Woman">Whether a woman holds it; null: not told.</param>
public readonly record struct SeatWeight(Sector Sector, string InterestGroup, int Votes, bool? Woman = null);

/// <summary>One part of the gauge.</summary>
/// <param name="Share">Of all votes, rounded for people; verdicts never use it.</param>
public sealed record CompositionSegment(Sector Sector, string InterestGroup, int Seats, long Votes, BasisPoints Share);

/// <summary>A limit that a composition does not keep, exactly.</summary>
/// <param name="Rule">"max votesCast sector=public".</param>
public sealed record CompositionFailure(string Rule, Fraction Value, Fraction Limit);

/// <summary>The gauge and the verdict of a composition, with a reason a rule.</summary>
public sealed record CompositionReport(
    CompositionScope Scope,
    int Seats,
    long Votes,
    IReadOnlyList<CompositionSegment> Segments,
    IReadOnlyList<Reason> Reasons)
{
    public bool IsMet => Reasons.AllMet();

    /// <summary>The limits that fail, in exact shares; not stored, because the reasons are.</summary>
    [JsonIgnore]
    public IReadOnlyList<CompositionFailure> Failures { get; init; } = [];

    public long VotesOf(Sector sector) => Segments.Where(s => s.Sector == sector).Sum(s => s.Votes);

    public BasisPoints ShareOf(Sector sector) => Composition.Share(VotesOf(sector), Votes);
}

/// <summary>
/// Judges a composition against the rules of a template, in exact fractions: 49 of 100 is within a limit of 49 % and 49.01 of
/// 100 is not. A share of nothing is 0: where nobody counts, no maximum is passed and no minimum is reached. Pure. O(seats × rules).
/// </summary>
public static class Composition
{
    /// <summary>The members as they are, each with all votes of their seats; with the rules that count seats.</summary>
    public static CompositionReport OfMembers(CompositionTemplate template, IEnumerable<SeatWeight> members)
    {
        var list = members.ToList();
        var votes = Check(template.Rules, CompositionScope.Members, list);
        var seats = Check(template.Rules, CompositionScope.Seats, list);
        return votes with { Reasons = [.. votes.Reasons, .. seats.Reasons], Failures = [.. votes.Failures, .. seats.Failures] };
    }

    /// <summary>The votes that were cast in one decision.</summary>
    public static CompositionReport OfVotes(CompositionTemplate template, IEnumerable<SeatWeight> cast) =>
        Check(template.Rules, CompositionScope.Votes, cast);

    public static CompositionReport Check(IReadOnlyList<CompositionRule> rules, CompositionScope scope, IEnumerable<SeatWeight> seats)
    {
        var list = seats.ToList();
        var total = list.Sum(s => (long)s.Votes);
        var segments = list.GroupBy(s => (s.Sector, s.InterestGroup))
            .Select(g => (g.Key.Sector, g.Key.InterestGroup, Seats: g.Count(), Votes: g.Sum(s => (long)s.Votes)))
            .OrderBy(g => g.Sector).ThenByDescending(g => g.Votes).ThenBy(g => g.InterestGroup, StringComparer.Ordinal)
            .Select(g => new CompositionSegment(g.Sector, g.InterestGroup, g.Seats, g.Votes, Share(g.Votes, total))).ToList();
        var found = rules.Where(r => r.AppliesTo.Contains(scope)).SelectMany(r => Judge(r, scope, list)).ToList();
        return new CompositionReport(scope, list.Count, total, segments, [.. found.Select(f => f.Reason)])
        {
            Failures = [.. found.Where(f => f.Reason.Met == false).Select(f => f.Figures)],
        };
    }

    static IEnumerable<(Reason Reason, CompositionFailure Figures)> Judge(CompositionRule rule, CompositionScope scope, List<SeatWeight> seats)
    {
        long Weight(IEnumerable<SeatWeight> of) => scope == CompositionScope.Seats ? of.Count() : of.Sum(s => (long)s.Votes);
        var whole = Weight(seats);
        var limit = rule.LimitShare;
        var shown = rule.LimitBp ?? default;
        switch (rule.Kind)
        {
            case CompositionRuleKind.SectorShareMax:
                foreach (var sector in rule.Sectors ?? [])
                {
                    var part = Weight(seats.Where(s => s.Sector == sector));
                    yield return Weigh($"composition.{Word(sector)}-max", Of(part, whole) <= limit, $"sector={Word(sector)}", part, whole, part, whole, Share(part, whole), shown, rule.Source);
                }
                break;
            case CompositionRuleKind.InterestShareMax:
                // Only the largest is told while all keep the limit; each that passes it is told.
                var groups = seats.Where(s => s.InterestGroup.Length > 0).GroupBy(s => s.InterestGroup).Select(g => (Group: g.Key, Votes: Weight(g)))
                    .OrderByDescending(g => g.Votes).ThenBy(g => g.Group, StringComparer.Ordinal).ToList();
                foreach (var (group, part) in groups.Where((g, i) => i == 0 || Of(g.Votes, whole) > limit))
                    yield return Weigh("composition.interest-max", Of(part, whole) <= limit, $"interest={group}", part, whole, part, whole, Share(part, whole), Points(limit), rule.Source, group);
                break;
            case CompositionRuleKind.NonPublicShareMin:
                var others = Weight(seats.Where(s => s.Sector != Sector.Public));
                yield return Weigh("composition.non-public-min", Of(others, whole) >= limit, "sector=non-public", others, whole, others, whole, Share(others, whole), shown, rule.Source);
                break;
            case CompositionRuleKind.InterestGroupsMin:
                var count = seats.Select(s => s.InterestGroup).Where(g => g.Length > 0).Distinct().Count();
                yield return (new Reason("composition.groups-min", count >= rule.Count, count, rule.Count, rule.Source), new("min interest groups", count, rule.Count ?? 0));
                break;
            case CompositionRuleKind.SectorsMin:
                var sectors = seats.Select(s => s.Sector).Distinct().Count();
                yield return (new Reason("composition.sectors-min", sectors >= rule.Count, sectors, rule.Count, rule.Source), new("min sectors", sectors, rule.Count ?? 0));
                break;
            case CompositionRuleKind.SeatsMin:
                var held = seats.Count(s => rule.Sectors?.Contains(s.Sector) != false);
                yield return (new Reason("composition.seats-min", held >= rule.Count, held, rule.Count, rule.Source), new("min seats", held, rule.Count ?? 0));
                break;
            case CompositionRuleKind.CivilSeatsPerPublic:
                // The law gives a share and no rounding: either whole number beside it is met.
                var counted = seats.Where(s => rule.ExceptGroups?.Contains(s.InterestGroup) != true).ToList();
                var publicSeats = counted.Count(s => s.Sector == Sector.Public);
                var civil = counted.Count - publicSeats;
                var due = publicSeats * limit;
                var met = publicSeats > 0 && due - 1 < civil && civil < due + 1;
                yield return (new Reason("composition.civil-per-public", met, civil, publicSeats, (int)due.Floor(), (int)due.Ceiling(), Points(limit), Share(civil, counted.Count), rule.Source),
                    new("civil seats per public seat", publicSeats == 0 ? Fraction.Zero : new Fraction(civil, publicSeats), limit));
                break;
            case CompositionRuleKind.ShareMax or CompositionRuleKind.ShareMin:
                var max = rule.Kind == CompositionRuleKind.ShareMax;
                var within = rule.Within is { } only ? seats.Where(s => only.Contains(s.Sector)).ToList() : seats;
                var basis = Weight(within);
                IEnumerable<string?> values = rule.Values is not null || rule.By == ShareBy.Woman ? [null] : rule.By == ShareBy.Interest
                    ? within.Select(s => s.InterestGroup).Where(g => g.Length > 0).Distinct().Order(StringComparer.Ordinal)
                    : within.Select(s => Word(s.Sector)).Distinct().Order(StringComparer.Ordinal);
                foreach (var value in values)
                {
                    var part = Weight(within.Where(s => Matches(rule, s, value)));
                    var name = value ?? (rule.By == ShareBy.Woman ? "true" : string.Join('+', rule.Values!));
                    var share = Of(part, basis);
                    var code = rule.Code is { } told ? $"composition.{told}-{(max ? "max" : "min")}" : max ? "composition.share-max" : "composition.share-min";
                    yield return Weigh(code, max ? share <= limit : share >= limit, $"{rule.By.ToString().ToLowerInvariant()}={name}", part, basis,
                        rule.Code is null ? [name, part, basis, Text(share), Text(limit), rule.Source] : [part, basis, Share(part, basis), Points(limit), rule.Source]);
                }
                break;
            default:
                throw new InvalidOperationException(rule.Kind.ToString());
        }

        (Reason, CompositionFailure) Weigh(string code, bool met, string what, long part, long basis, params IReadOnlyList<object?> args)
        {
            var word = rule.Kind is CompositionRuleKind.NonPublicShareMin or CompositionRuleKind.ShareMin ? "min" : "max";
            return (new Reason(code, met, args), new CompositionFailure($"{word} {ScopeWord(scope)} {what}", Of(part, basis), limit));
        }
    }

    static bool Matches(CompositionRule rule, SeatWeight seat, string? value) => rule.By switch
    {
        ShareBy.Woman => seat.Woman == true,
        ShareBy.Interest => value is null ? rule.Values!.Contains(seat.InterestGroup) : value == seat.InterestGroup,
        _ => value is null
            ? rule.Values!.Contains(Word(seat.Sector)) || (seat.Sector != Sector.Public && rule.Values!.Contains(NonPublic))
            : value == Word(seat.Sector),
    };

    /// <summary>The value of a sector's share that stands for private and social together.</summary>
    internal const string NonPublic = "non-public";

    internal static string ScopeWord(CompositionScope scope) => scope switch
    {
        CompositionScope.Seats => "seats",
        CompositionScope.Members => "votes",
        CompositionScope.Present => "votesPresent",
        _ => "votesCast",
    };

    /// <summary>"7/12", always with its denominator.</summary>
    public static string Text(Fraction share) => $"{share.Numerator}/{share.Denominator}";

    static Fraction Of(long part, long whole) => whole == 0 ? Fraction.Zero : new Fraction(part, whole);

    static BasisPoints Points(Fraction limit) => new((int)(limit * 10_000).RoundHalfUp());

    internal static BasisPoints Share(long part, long whole) =>
        whole == 0 ? default : new BasisPoints((int)(((part * 20_000) + whole) / (2 * whole)));

    internal static string Word(Sector sector) => sector switch { Sector.Public => "public", Sector.Private => "private", _ => "social" };
}
