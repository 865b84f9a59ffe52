namespace Minka.Measures.Regional;

/// <summary>A sector at two moments, in the region and in the nation; zero or more, in one unit.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Region">The region at the start.</param>
/// <param name="RegionLater">The region at the end.</param>
/// <param name="Nation">The nation at the start, the region included.</param>
/// <param name="NationLater">The nation at the end.</param>
public sealed record SectorChange(string Name, double Region, double RegionLater, double Nation, double NationLater);

/// <summary>Why a sector of the region changed; the three parts add up to the change. <see langword="null"/> where the nation had none at the start.</summary>
/// <param name="Name">Its name.</param>
/// <param name="National">e₀·G: what it would have grown with the nation.</param>
/// <param name="IndustryMix">e₀·(g − G): because the sector grew otherwise than the nation.</param>
/// <param name="Regional">What is left: the region's own advantage.</param>
/// <param name="Total">The change.</param>
/// <param name="Homothetic">What the sector would have in the region with the nation's structure (Esteban-Marquillas).</param>
/// <param name="Competitive">The regional part on that base.</param>
/// <param name="Allocation">The rest of the regional part: whether the region is specialised where it is better.</param>
public sealed record ShiftShareSector(string Name, double National, double? IndustryMix, double? Regional, double Total, double? Homothetic, double? Competitive, double? Allocation);

/// <summary>Shift-share: growth of a region split into the nation's, the sectors' and its own.</summary>
/// <param name="Growth">G, the nation's growth.</param>
/// <param name="Sectors">In the order given.</param>
/// <remarks>O(sectors). Sources: Dunn (1960); Esteban-Marquillas (1972).</remarks>
public sealed record ShiftShare(double Growth, IReadOnlyList<ShiftShareSector> Sectors)
{
    /// <summary>Sum of the national parts.</summary>
    public double National => Sectors.Sum(s => s.National);

    /// <summary>Sum of the sectors' parts; <see langword="null"/> if one is undefined.</summary>
    public double? IndustryMix => Sectors.Aggregate((double?)0, (sum, s) => sum + s.IndustryMix);

    /// <summary>Sum of the region's own parts; <see langword="null"/> if one is undefined.</summary>
    public double? Regional => Sectors.Aggregate((double?)0, (sum, s) => sum + s.Regional);

    /// <summary>The region's change.</summary>
    public double Total => Sectors.Sum(s => s.Total);

    /// <summary>Splits the change of a region.</summary>
    /// <param name="sectors">The sectors.</param>
    /// <returns><see langword="null"/> if the nation is empty at the start.</returns>
    /// <exception cref="ArgumentException">A value is negative or not finite.</exception>
    public static ShiftShare? Of(IReadOnlyList<SectorChange> sectors)
    {
        ArgumentNullException.ThrowIfNull(sectors);
        if (sectors.Any(s => new[] { s.Region, s.RegionLater, s.Nation, s.NationLater }.Any(v => !(v >= 0) || !double.IsFinite(v))))
            throw new ArgumentException("Values must be zero or more.", nameof(sectors));
        var (nation, region) = (sectors.Sum(s => s.Nation), sectors.Sum(s => s.Region));
        if (nation == 0)
            return null;

        var growth = (sectors.Sum(s => s.NationLater) / nation) - 1;
        return new ShiftShare(growth, [.. sectors.Select(s =>
        {
            double? own = s.Nation == 0 ? null : (s.NationLater / s.Nation) - 1;
            double? left = own is { } g ? s.RegionLater - (s.Region * (1 + g)) : null;
            var homothetic = region * s.Nation / nation;
            // r − g, the region's advantage in the sector; without a start there is no rate.
            double? competitive = s.Region == 0 ? null : homothetic * left / s.Region;
            return new ShiftShareSector(s.Name, s.Region * growth, s.Region * (own - growth), left, s.RegionLater - s.Region, homothetic, competitive, left - competitive);
        })]);
    }
}
