using Minka.Core.Kernel;
using Minka.Core.Rules;
using Minka.Selection.Allocation;
using Minka.Selection.Exact;

namespace Minka.Core.Fund.Leagues;

/// <summary>A league as drawn: its territories, who may apply in it, and its envelope.</summary>
/// <param name="Bound">Which limit its envelope rests on.</param>
public sealed record PlannedLeague(string Code, LocalText Name, IReadOnlyList<string> ProvinceCodes, int Applicants, Money Envelope, Bound Bound);

/// <summary>
/// Draws the leagues of a call: each territory falls into the cell of its bands of need and resources; then, while a
/// league has fewer possible applicants than the pack asks, the one with the fewest joins the nearest. Every territory
/// is in exactly one league. Depends on its arguments alone, whatever their order.
/// </summary>
public static class LeaguePlan
{
    public static readonly LocalText OnlyName = new("Liga única", "Single league");

    /// <param name="territories">The eligible ones.</param>
    /// <param name="applicants">The provinces of each accredited entity.</param>
    /// <exception cref="RuleBroken">The envelopes cannot be made within floors, ceilings and weights.</exception>
    public static IReadOnlyList<PlannedLeague> Draw(IReadOnlyList<PlacedNeed> territories, IReadOnlyList<IReadOnlyList<string>> applicants, RulePack pack, Money budget)
    {
        if (territories.Count == 0) return [];
        var groups = pack.Leagues is { } rules ? Merge(Cells(territories, applicants, rules), rules) : [Single(territories, applicants)];
        return Fill(groups, territories, pack, budget);
    }

    /// <summary>The territory in whose league an applicant of several provinces competes: the neediest of them; null if none is eligible.</summary>
    public static PlacedNeed? Of(IReadOnlyList<PlacedNeed> territories, IEnumerable<string> provinces)
    {
        var mine = provinces.ToHashSet(StringComparer.Ordinal);
        return territories.Where(t => mine.Contains(t.ProvinceCode)).OrderByDescending(t => t.NeedPosition).ThenBy(t => t.ProvinceCode, StringComparer.Ordinal).FirstOrDefault();
    }

    static Group Single(IReadOnlyList<PlacedNeed> territories, IReadOnlyList<IReadOnlyList<string>> applicants) =>
        new([(0, 0)], ["U"], [OnlyName], [.. territories.Select(t => t.ProvinceCode)], applicants.Count(a => Of(territories, a) is not null), 0);

    static List<Group> Cells(IReadOnlyList<PlacedNeed> territories, IReadOnlyList<IReadOnlyList<string>> applicants, LeagueRules rules)
    {
        var need = rules.NeedBands.Value.OrderByDescending(b => b.From).ToList();
        var resources = rules.ResourcesBands.Value.OrderBy(b => b.From).ToList();
        var homes = applicants.Select(a => Of(territories, a)?.ProvinceCode).OfType<string>().ToLookup(c => c, StringComparer.Ordinal);
        var cells = rules.Cells.Value;
        var groups = new List<Group>();
        for (var i = 0; i < cells.Count; i++)
        {
            var cell = cells[i];
            var codes = territories.Where(t => cell.Need.Contains(BandAt(need, t.NeedPosition)) && cell.Resources.Contains(BandAt(resources, t.ResourcesPosition)))
                .Select(t => t.ProvinceCode).Order(StringComparer.Ordinal).ToList();
            if (codes.Count == 0) continue;
            var places = from n in cell.Need from r in cell.Resources select (need.FindIndex(b => b.Code == n), resources.FindIndex(b => b.Code == r));
            groups.Add(new([.. places], [cell.Code], [cell.Name], codes, codes.Sum(c => homes[c].Count()), i));
        }
        return groups;
    }

    static string BandAt(IReadOnlyList<Band> bands, int position) =>
        (bands.FirstOrDefault(b => b.From <= position && position < b.To) ?? bands.MaxBy(b => b.To)!).Code;

    static List<Group> Merge(List<Group> groups, LeagueRules rules)
    {
        var least = rules.MergeBelow.Or(1);
        while (groups.Count > 1)
        {
            var smallest = groups.OrderBy(g => g.Applicants).ThenBy(g => g.Order).First();
            if (smallest.Applicants >= least) break;
            var nearest = groups.Where(g => g != smallest).OrderBy(g => Distance(smallest, g)).ThenBy(g => g.Applicants).ThenBy(g => g.Order).First();
            groups.Remove(smallest);
            groups.Remove(nearest);
            var (first, second) = smallest.Order < nearest.Order ? (smallest, nearest) : (nearest, smallest);
            groups.Add(new(
                [.. first.Places, .. second.Places], [.. first.Codes, .. second.Codes], [.. first.Names, .. second.Names],
                [.. first.Provinces.Concat(second.Provinces).Order(StringComparer.Ordinal)], first.Applicants + second.Applicants, first.Order));
        }
        return [.. groups.OrderBy(g => g.Order)];
    }

    static (int Need, int Resources) Distance(Group a, Group b) =>
        (from p in a.Places from q in b.Places select (Math.Abs(p.Need - q.Need), Math.Abs(p.Resources - q.Resources))).Min();

    static IReadOnlyList<PlannedLeague> Fill(IReadOnlyList<Group> groups, IReadOnlyList<PlacedNeed> territories, RulePack pack, Money budget)
    {
        var factors = Factors(territories, pack);
        var claims = groups.Select(g => new Claim(
            g.Code,
            g.Provinces.Aggregate(Fraction.Zero, (sum, code) => sum + factors[code]),
            pack.Envelopes?.FloorOfEqualShareBp is { IsKnown: true } floor ? (long)Limit(floor.Value).Floor() : 0,
            pack.Envelopes?.CeilingOfEqualShareBp is { IsKnown: true } ceiling ? (long)Limit(ceiling.Value).Ceiling() : null)).ToList();
        try
        {
            var shares = BoundedProportional.Share(budget.Minor, claims).Shares.ToDictionary(s => s.Code, StringComparer.Ordinal);
            return [.. groups.Select(g => new PlannedLeague(g.Code, g.Name(groups.Count), g.Provinces, g.Applicants, new Money(shares[g.Code].Amount), shares[g.Code].Bound))];
        }
        catch (InfeasibleAllocationException e)
        {
            throw new RuleBroken(e.Reason switch
            {
                Infeasibility.FloorsExceedTotal or Infeasibility.FloorAboveCeiling => FundRules.EnvelopeFloors,
                Infeasibility.CeilingsBelowTotal => FundRules.EnvelopeCeilings,
                _ => FundRules.EnvelopeWeights,
            }, budget, new Money((long)e.Limit.Floor()), e.Code);
        }

        Fraction Limit(BasisPoints ofEqualShare) => new((System.Numerics.BigInteger)budget.Minor * ofEqualShare.Value, 10_000L * groups.Count);
    }

    /// <summary>The weight of each territory: a figure that nobody knows counts as the middle of the known ones.</summary>
    static Dictionary<string, Fraction> Factors(IReadOnlyList<PlacedNeed> territories, RulePack pack)
    {
        var weights = pack.Envelopes?.Weights.Or(null) ?? [];
        var figures = weights.Select(w => (w.Exponent, Figure: Known(w.Indicator, pack), Middle: Median(territories.Select(Known(w.Indicator, pack))))).ToList();
        return territories.ToDictionary(t => t.ProvinceCode, t => TerritoryWeight.Of([.. figures.Select(f => new WeightFactor(f.Figure(t) is { } known ? known : f.Middle, f.Exponent))]), StringComparer.Ordinal);
    }

    static Func<PlacedNeed, long?> Known(string indicator, RulePack pack)
    {
        if (indicator == "population") return t => t.Population;
        if (indicator == pack.Leagues?.NeedIndicator.Or("")) return t => t.Need?.Value;
        if (indicator == pack.Leagues?.ResourcesIndicator.Or("")) return t => t.OwnResourcesPerHead?.Minor;
        throw new RuleBroken(FundRules.EnvelopeIndicator, indicator);
    }

    static Fraction Median(IEnumerable<long?> values)
    {
        var known = values.OfType<long>().Order().ToList();
        return known.Count == 0 ? 1 : new Fraction((System.Numerics.BigInteger)known[(known.Count - 1) / 2] + known[known.Count / 2], 2);
    }

    sealed record Group(
        IReadOnlyList<(int Need, int Resources)> Places, IReadOnlyList<string> Codes, IReadOnlyList<LocalText> Names, IReadOnlyList<string> Provinces, int Applicants, int Order)
    {
        public string Code => string.Join('+', Codes);

        public LocalText Name(int leagues) => leagues == 1 ? OnlyName : new(Join(n => n.Es), Join(n => n.En));

        string Join(Func<LocalText, string> language) => string.Join(" + ", Names.Select(language));
    }
}
