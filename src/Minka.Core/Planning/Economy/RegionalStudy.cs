using Minka.Core.Kernel;
using Minka.Core.Territories;
using Minka.Measures.Regional;

namespace Minka.Core.Planning.Economy;

/// <summary>One sector with the four figures from which everything else follows, and what follows.</summary>
/// <param name="Quotient">Location quotient in the later year, in basis points (10,000 = as much as the whole); null where it is not defined or suppressed.</param>
/// <param name="Symmetric">(LQ − 1)/(LQ + 1), in basis points.</param>
/// <param name="Share">Of the territory in the later year.</param>
/// <param name="National">Shift-share: with the whole.</param>
/// <param name="Mix">Shift-share: because of the sector.</param>
/// <param name="Own">Shift-share: the territory's own.</param>
/// <param name="Reasons">The four tests by which a sector is proposed as a specialisation.</param>
public sealed record SectorStudy(string Name, Quantity Region, Quantity RegionLater, Quantity Whole, Quantity WholeLater,
    BasisPoints? Quotient, BasisPoints? Symmetric, BasisPoints? Share, Quantity? National, Quantity? Mix, Quantity? Own, IReadOnlyList<Reason> Reasons)
{
    public Quantity Change => RegionLater - Region;

    /// <summary>A proposal that people may take up: the machine screens, people decide.</summary>
    public bool IsProposed => Reasons.Count > 0 && Reasons.All(r => r.Met == true);
}

/// <summary>Location quotients and shift-share of an imported table.</summary>
/// <param name="From">Null where the table has one year only: then there is no shift-share and nothing is proposed.</param>
/// <param name="Growth">Of the whole, in basis points.</param>
/// <param name="Krugman">Distance of the two structures, from 0 (alike) to 2, in ten-thousandths.</param>
public sealed record RegionalStudy(string Measure, string Unit, string Source, Digest File, IReadOnlyList<string> Region, string? Whole, Quantity Threshold, int? From, int To,
    BasisPoints? Growth, BasisPoints? Krugman, IReadOnlyList<SectorStudy> Sectors)
{
    /// <summary>Above it a sector counts as a specialisation.</summary>
    public static readonly ScreenLimits Limits = new();

    /// <param name="from">Left out: the first year.</param>
    /// <param name="to">Left out: the last year.</param>
    /// <param name="actorsIn">Sectors in which value chains of the entity have actors.</param>
    /// <returns>Null where no sector has a figure in the later year.</returns>
    public static RegionalStudy? Of(EconomyTable table, int? from, int? to, IReadOnlyCollection<string> actorsIn)
    {
        var years = table.Years;
        if (years.Count == 0) return null;
        var later = to is { } t && years.Contains(t) ? t : years[^1];
        int? first = from is { } f && f < later && years.Contains(f) ? f : years[0] < later ? years[0] : null;
        var rows = table.Rows.ToLookup(r => Country.PlainText(r.Sector));
        var names = table.Rows.Select(r => r.Sector).DistinctBy(Country.PlainText).ToList();
        var figures = names.Select(name => (Name: name, Rows: rows[Country.PlainText(name)].ToList())).Select(s => new ScreenedInput(s.Name,
            (double)Part(s.Rows, first).Value, (double)Part(s.Rows, later).Value, (double)Whole(s.Rows, first).Value, (double)Whole(s.Rows, later).Value,
            actorsIn.Any(a => Country.PlainText(a) == Country.PlainText(s.Name)))).ToList();
        if (figures.Sum(s => s.NationLater) == 0) return null;
        var screen = AxisScreen.Of(figures, Limits, (double)table.Threshold.Value);
        return new(table.Measure, table.Unit, table.Source, table.File, table.Region, table.Whole, table.Threshold, first, later,
            first is null ? null : Points(screen.Change?.Growth), Points(screen.Krugman),
            [.. screen.Sectors.Select((s, i) => StudyOf(s, figures[i], first is not null))]);

        Quantity Part(List<EconomyRow> of, int? year) => of.Where(r => r.Year == year && table.Region.Contains(r.Place)).SumQuantity(r => r.Value);
        Quantity Whole(List<EconomyRow> of, int? year) => of.Where(r => r.Year == year && (table.Whole is null || r.Place == table.Whole)).SumQuantity(r => r.Value);
    }

    static SectorStudy StudyOf(ScreenedSector sector, ScreenedInput input, bool moved)
    {
        var (region, later) = (Quantity.Of((decimal)input.Region), Quantity.Of((decimal)input.RegionLater));
        var change = sector.Change;
        Quantity? national = moved && change is not null ? Quantity.Of((decimal)change.National) : null;
        Quantity? mix = moved && change?.IndustryMix is { } m ? Quantity.Of((decimal)m) : null;
        // The remainder, so that the three written figures add up to the change to the last digit.
        Quantity? own = national is { } n && mix is { } x ? later - region - n - x : null;
        return new(input.Name, region, later, Quantity.Of((decimal)input.Nation), Quantity.Of((decimal)input.NationLater),
            Points(sector.Quotient), Points(sector.Symmetric), Points(sector.Share), national, mix, own,
            [
                new("economy.quotient", sector.IsSpecialised, Ratio(sector.Quotient), Ratio(Limits.MinimumQuotient)),
                own is { } o ? new("economy.own", o.IsPositive, o) : new Reason("economy.own-unknown", false),
                new("economy.share", sector.IsLarge, Points(sector.Share), Points(Limits.MinimumShare)),
                new("economy.actors", sector.HasActors, input.Name),
            ]);
    }

    static string? Ratio(double? value) => value is { } v ? Quantity.Of((decimal)v).ToString() : null;

    static BasisPoints? Points(double? value) => value is { } v && double.IsFinite(v) && Math.Abs(v) < 200_000 ? new((int)Math.Round(v * 10_000, MidpointRounding.AwayFromZero)) : null;
}
