namespace Minka.Measures.Regional;

/// <summary>Above which figures a sector is proposed as a specialisation of a region.</summary>
public sealed record ScreenLimits
{
    /// <summary>Least location quotient, exclusive: 1.25 by common practice.</summary>
    public double MinimumQuotient { get; init; } = 1.25;

    /// <summary>Least share of the region's total, from 0 to 1.</summary>
    public double MinimumShare { get; init; } = 0.05;
}

/// <summary>A sector at two moments, and whether anybody of the region organises it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Region">The region at the start.</param>
/// <param name="RegionLater">The region at the end.</param>
/// <param name="Nation">The nation at the start, the region included.</param>
/// <param name="NationLater">The nation at the end, the region included.</param>
/// <param name="HasActors">Whether local actors are known.</param>
public sealed record ScreenedInput(string Name, double Region, double RegionLater, double Nation, double NationLater, bool HasActors);

/// <summary>A sector with its figures and the four tests.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Share">Of the region's total at the end; <see langword="null"/> for an empty region.</param>
/// <param name="Quotient">Location quotient at the end; see <see cref="Specialisation.Quotients"/>.</param>
/// <param name="Symmetric">See <see cref="Specialisation.Symmetric"/>.</param>
/// <param name="Change">Its part of the shift-share; <see langword="null"/> if the nation was empty at the start.</param>
/// <param name="IsSpecialised">Whether the quotient exceeds its limit.</param>
/// <param name="HasOwnAdvantage">Whether the regional part of its change is positive.</param>
/// <param name="IsLarge">Whether its share reaches its limit.</param>
/// <param name="HasActors">As told.</param>
public sealed record ScreenedSector(string Name, double? Share, double? Quotient, double? Symmetric, ShiftShareSector? Change, bool IsSpecialised, bool HasOwnAdvantage, bool IsLarge, bool HasActors)
{
    /// <summary>Whether it passes all four tests: a proposal for people to take or leave.</summary>
    public bool IsProposed => IsSpecialised && HasOwnAdvantage && IsLarge && HasActors;
}

/// <summary>Screens the sectors of a region for axes: specialised, better than the nation in it, large enough, and somebody is there.</summary>
/// <param name="Change">Shift-share of the region; <see langword="null"/> if the nation was empty at the start.</param>
/// <param name="Krugman">Distance of the region's structure from the rest of the nation, from 0 to 2; <see langword="null"/> if one is empty.</param>
/// <param name="Sectors">In the order given.</param>
/// <remarks>O(sectors). The quotient compares the region with the nation that holds it, so that a region that is the nation has 1 everywhere; the index compares it with the rest.</remarks>
public sealed record AxisScreen(ShiftShare? Change, double? Krugman, IReadOnlyList<ScreenedSector> Sectors)
{
    /// <summary>Screens.</summary>
    /// <param name="sectors">The sectors.</param>
    /// <param name="limits">The limits.</param>
    /// <param name="threshold">A sector whose national total at the end is below it has no quotient.</param>
    /// <exception cref="ArgumentException">A value is negative or not finite, or the region exceeds the nation.</exception>
    public static AxisScreen Of(IReadOnlyList<ScreenedInput> sectors, ScreenLimits limits, double threshold = 0)
    {
        ArgumentNullException.ThrowIfNull(sectors);
        ArgumentNullException.ThrowIfNull(limits);
        if (sectors.Any(s => s.Region > s.Nation || s.RegionLater > s.NationLater))
            throw new ArgumentException("The region may not exceed the nation.", nameof(sectors));

        // A row a sector, the region and the rest of the nation: their sum is the nation.
        var table = sectors.Select(s => (IReadOnlyList<double>)[s.RegionLater, s.NationLater - s.RegionLater]).ToList();
        var quotients = Specialisation.Quotients(table, threshold);
        var change = ShiftShare.Of([.. sectors.Select(s => new SectorChange(s.Name, s.Region, s.RegionLater, s.Nation, s.NationLater))]);
        var region = sectors.Sum(s => s.RegionLater);
        return new AxisScreen(
            change,
            Specialisation.Krugman([.. table.Select(t => t[0])], [.. table.Select(t => t[1])]),
            [.. sectors.Select((s, i) =>
            {
                var (quotient, part) = (quotients[i][0], change?.Sectors[i]);
                double? share = region == 0 ? null : s.RegionLater / region;
                return new ScreenedSector(s.Name, share, quotient, Specialisation.Symmetric(quotient), part,
                    quotient > limits.MinimumQuotient, part?.Regional > 0, share >= limits.MinimumShare, s.HasActors);
            })]);
    }
}
