namespace Minka.Core.Territories;

/// <summary>A place with which another may be compared.</summary>
/// <param name="Need">Its value of the indicator of need.</param>
/// <param name="Resources">Its value of the indicator of resources.</param>
/// <param name="Distance">Between the two places' ranks, each from 0 to 1: 0 for the same rank in both.</param>
public sealed record Peer(Territory Place, decimal Need, decimal Resources, double Distance);

/// <summary>
/// Places of one level alike in need and in resources. Both are ranked and cut into thirds, as FONIPREL grouped its applicants
/// (needs × determined resources): who lies in the same of the nine cells is a peer.
/// </summary>
/// <param name="NeedThird">0 least to 2 most.</param>
/// <param name="ResourcesThird">0 least to 2 most.</param>
/// <param name="InCell">How many places share the cell, this one included.</param>
/// <param name="Nearest">The nearest of them.</param>
public sealed record PeerGroup(Indicator Need, Indicator Resources, int NeedThird, int ResourcesThird, int InCell, IReadOnlyList<Peer> Nearest)
{
    public const int Shown = 8;

    /// <summary>Null where the pack lacks need or resources of this place or of enough others.</summary>
    public static PeerGroup? Of(Country country, Territory place)
    {
        ArgumentNullException.ThrowIfNull(country);
        var need = ((string[])["poverty-2018", "poverty-group-2020"]).Select(k => country.Indicator(k, place.Level)).FirstOrDefault(i => i is not null);
        var resources = country.IndicatorsOf(place.Level)
            .Where(i => i.Key.StartsWith("municipal-pim-per-person-", StringComparison.Ordinal) && !i.PartialYear).MaxBy(i => i.Year);
        return need is null || resources is null ? null : Of(country.Of(place.Level), place, need, resources);
    }

    public static PeerGroup? Of(IReadOnlyList<Territory> places, Territory place, Indicator need, Indicator resources)
    {
        var known = places.Where(p => need.Of(p.Code) is not null && resources.Of(p.Code) is not null).ToList();
        if (known.Count < 3 || known.All(p => p.Code != place.Code)) return null;
        var (needs, means) = (Ranks(known, need), Ranks(known, resources));
        var cell = Cell(place.Code);
        var mates = known.Where(p => Cell(p.Code) == cell).ToList();
        return new(need, resources, cell.Need, cell.Means, mates.Count,
        [
            .. mates.Where(p => p.Code != place.Code)
                .Select(p => new Peer(p, need.Of(p.Code)!.Value, resources.Of(p.Code)!.Value, Math.Round(double.Hypot(needs[p.Code] - needs[place.Code], means[p.Code] - means[place.Code]), 12)))
                .OrderBy(p => p.Distance).ThenBy(p => p.Place.Code, StringComparer.Ordinal).Take(Shown),
        ]);

        (int Need, int Means) Cell(string code) => (Third(needs[code]), Third(means[code]));
    }

    static int Third(double rank) => Math.Min(2, (int)(rank * 3));

    /// <summary>Ranks from 0 to 1, (i − ½)/n; equal values share the middle of theirs.</summary>
    static Dictionary<string, double> Ranks(List<Territory> places, Indicator indicator)
    {
        var ranks = new Dictionary<string, double>(StringComparer.Ordinal);
        var at = 0;
        foreach (var group in places.GroupBy(p => indicator.Of(p.Code)!.Value).OrderBy(g => g.Key))
        {
            var count = group.Count();
            foreach (var p in group) ranks[p.Code] = (at + (count / 2.0)) / places.Count;
            at += count;
        }
        return ranks;
    }
}
