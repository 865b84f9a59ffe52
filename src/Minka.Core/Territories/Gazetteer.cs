using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;

namespace Minka.Core.Territories;

/// <summary>Looks places up: those of the country pack and the districts that people typed. A district of the pack wins over a typed one.</summary>
[UseCase]
public sealed class Gazetteer(AppDb db, Country country)
{
    public async Task<Territory?> FindAsync(string? code, CancellationToken cancel = default)
    {
        if (country.Find(code) is { } territory) return territory;
        if (Levels.OfCode(code) != Level.District) return null;
        return (await db.TypedDistricts.SingleOrDefaultAsync(d => d.Code == code, cancel))?.AsTerritory();
    }

    /// <summary>Provinces of a department, or districts of a province, in the order of their codes.</summary>
    public async Task<IReadOnlyList<Territory>> ChildrenOfAsync(string code, CancellationToken cancel = default)
    {
        var inPack = country.ChildrenOf(code);
        if (Levels.OfCode(code) != Level.Province) return inPack;
        var typed = await db.TypedDistricts.Where(d => d.ProvinceCode == code).ToListAsync(cancel);
        return Joined(inPack, typed);
    }

    public async Task<IReadOnlyList<Territory>> DistrictsAsync(CancellationToken cancel = default) =>
        Joined(country.Districts, await db.TypedDistricts.ToListAsync(cancel));

    /// <summary>As <see cref="Country.Search"/>, with the typed districts after the places of the pack.</summary>
    public async Task<IReadOnlyList<Territory>> SearchAsync(string? text, int limit = 20, CancellationToken cancel = default)
    {
        var found = country.Search(text, limit);
        var wanted = Country.PlainText(text ?? "");
        if (found.Count >= limit || wanted.Length == 0) return found;
        var typed = (await db.TypedDistricts.ToListAsync(cancel))
            .Where(d => country.Find(d.Code) is null && (Country.PlainText(d.Name).Contains(wanted, StringComparison.Ordinal) || d.Code.StartsWith(wanted, StringComparison.Ordinal)))
            .OrderBy(d => d.Code, StringComparer.Ordinal);
        return [.. found, .. typed.Select(d => d.AsTerritory()).Take(limit - found.Count)];
    }

    IReadOnlyList<Territory> Joined(IReadOnlyList<Territory> inPack, List<TypedDistrict> typed)
    {
        var missing = typed.Where(d => country.Find(d.Code) is null).Select(d => d.AsTerritory()).ToArray();
        return missing.Length == 0 ? inPack : [.. inPack.Concat(missing).OrderBy(t => t.Code, StringComparer.Ordinal)];
    }
}
