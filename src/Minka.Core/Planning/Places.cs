using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Territories;

namespace Minka.Core.Planning;

/// <summary>The districts that a project may name: those of the country pack and those that people typed.</summary>
static class Places
{
    /// <param name="country">Null where no pack is loaded: any code of six digits is taken.</param>
    public static async Task<IReadOnlySet<string>> KnownAsync(AppDb db, Country? country, IReadOnlyCollection<string> codes, CancellationToken cancel)
    {
        var districts = codes.Where(c => Levels.OfCode(c) == Level.District).ToHashSet(StringComparer.Ordinal);
        if (country is null) return districts;
        var open = districts.Where(c => country.Find(c) is null).ToList();
        if (open.Count == 0) return districts;
        var typed = await db.TypedDistricts.Where(d => open.Contains(d.Code)).Select(d => d.Code).ToListAsync(cancel);
        return districts.Where(c => !open.Contains(c) || typed.Contains(c)).ToHashSet(StringComparer.Ordinal);
    }

    public static async Task MustBeKnownAsync(AppDb db, Country? country, IReadOnlyCollection<string> codes, CancellationToken cancel)
    {
        var known = await KnownAsync(db, country, codes, cancel);
        if (codes.Where(c => !known.Contains(c)).Distinct().Order(StringComparer.Ordinal).ToList() is { Count: > 0 } unknown) throw new RuleBroken(PlanningRules.PlaceUnknown, string.Join(", ", unknown));
    }
}
