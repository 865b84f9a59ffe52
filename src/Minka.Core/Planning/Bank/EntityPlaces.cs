using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Territories;

namespace Minka.Core.Planning.Bank;

/// <summary>Where an entity works: its provinces and its functional territories.</summary>
public sealed class EntityPlaces
{
    readonly IReadOnlyList<string> codes;

    EntityPlaces(IReadOnlyList<string> codes) => this.codes = codes;

    /// <summary>Empty where the entity is unknown: then no place lies outside.</summary>
    public static async Task<EntityPlaces> OfAsync(AppDb db, EntityId entity, CancellationToken cancel = default)
    {
        var provinces = await db.EntityProvinces.Where(p => p.EntityId == entity).Select(p => p.ProvinceCode).ToListAsync(cancel);
        var functional = await db.EntityTerritories.Where(t => t.EntityId == entity).Join(db.FunctionalTerritories, t => t.TerritoryId, f => f.Id, (_, f) => f).ToListAsync(cancel);
        return new([.. provinces, .. functional.SelectMany(f => f.Codes)]);
    }

    public bool Has(string district) => codes.Count == 0 || codes.Any(c => district.StartsWith(c, StringComparison.Ordinal));

    public IReadOnlyList<string> Outside(IEnumerable<string> districts) => [.. districts.Where(d => !Has(d))];
}
