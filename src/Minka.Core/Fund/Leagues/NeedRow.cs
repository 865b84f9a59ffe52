using Minka.Core.Kernel;

namespace Minka.Core.Fund.Leagues;

/// <summary>The figures of one province, as filled from an indicator, typed or imported.</summary>
public sealed record NeedRow(string ProvinceCode, string ProvinceName, long? Population, BasisPoints? Need, Money? OwnResourcesPerHead, string Source);

/// <summary>A row of the needs table with its positions.</summary>
public sealed record PlacedNeed(string ProvinceCode, long? Population, BasisPoints? Need, Money? OwnResourcesPerHead, int NeedPosition, int ResourcesPosition);

public static class NeedPositions
{
    /// <summary>
    /// Positions of the rows among the reference: all provinces of the country where their figures are known, else the rows themselves.
    /// </summary>
    public static IReadOnlyList<PlacedNeed> Place(IReadOnlyList<NeedRow> rows, IReadOnlyList<NeedRow>? reference = null)
    {
        var all = (reference ?? []).Concat(rows).DistinctBy(r => r.ProvinceCode).ToList();
        var mine = rows.ToDictionary(r => r.ProvinceCode, StringComparer.Ordinal);
        all = [.. all.Select(r => mine.GetValueOrDefault(r.ProvinceCode, r))];
        var need = new Positions(all.Where(r => r.Need is not null).Select(r => (decimal)r.Need!.Value.Value));
        var resources = new Positions(all.Where(r => r.OwnResourcesPerHead is not null).Select(r => (decimal)r.OwnResourcesPerHead!.Value.Minor));
        return [.. rows.Select(r => new PlacedNeed(r.ProvinceCode, r.Population, r.Need, r.OwnResourcesPerHead,
            need.Of(r.Need?.Value), resources.Of(r.OwnResourcesPerHead?.Minor)))];
    }
}
