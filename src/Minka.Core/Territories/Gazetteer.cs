using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;

namespace Minka.Core.Territories;

/// <summary>Looks places up: those of the country pack and the districts that people typed. A district of the pack wins over a typed one.</summary>
[UseCase]
public sealed class Gazetteer(AppDb db, Country country, KeptDistricts kept)
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
        var missing = typed.Where(d => country.Find(d.Code) is null).Select(d => d.AsTerritory()).ToArray();
        return missing.Length == 0 ? inPack : [.. inPack.Concat(missing).OrderBy(t => t.Code, StringComparer.Ordinal)];
    }

    public async Task<IReadOnlyList<Territory>> DistrictsAsync(CancellationToken cancel = default) => (await kept.ReadAsync(db, cancel)).All;

    /// <summary>As <see cref="Country.Search"/>, with the typed districts after the places of the pack.</summary>
    public async Task<IReadOnlyList<Territory>> SearchAsync(string? text, int limit = 20, CancellationToken cancel = default)
    {
        var found = country.Search(text, limit);
        var wanted = Country.PlainText(text ?? "");
        if (found.Count >= limit || wanted.Length == 0) return found;
        var typed = (await kept.ReadAsync(db, cancel)).Typed
            .Where(d => d.Plain.Contains(wanted, StringComparison.Ordinal) || d.Place.Code.StartsWith(wanted, StringComparison.Ordinal));
        return [.. found, .. typed.Select(d => d.Place).Take(limit - found.Count)];
    }
}

/// <summary>
/// The typed districts in memory, as lists and searches need them. A typed district is never changed nor taken away, so their
/// number alone tells whether there are new ones, whichever node wrote them.
/// </summary>
public sealed class KeptDistricts(Country country)
{
    Districts now = new(0, [], country.Districts);

    /// <param name="Rows">How many were typed, also those that the pack has too.</param>
    /// <param name="Typed">Those that the pack lacks, in the order of their codes, with the name in which they are searched.</param>
    /// <param name="All">The pack's and the typed ones, in the order of their codes.</param>
    internal sealed record Districts(int Rows, IReadOnlyList<(string Plain, Territory Place)> Typed, IReadOnlyList<Territory> All);

    internal async Task<Districts> ReadAsync(AppDb db, CancellationToken cancel)
    {
        var known = Volatile.Read(ref now);
        if (await db.TypedDistricts.CountAsync(cancel) == known.Rows) return known;
        var rows = await db.TypedDistricts.AsNoTracking().ToListAsync(cancel);
        Territory[] typed = [.. rows.Where(d => country.Find(d.Code) is null).OrderBy(d => d.Code, StringComparer.Ordinal).Select(d => d.AsTerritory())];
        known = new(rows.Count, [.. typed.Select(t => (Country.PlainText(t.Name), t))],
            typed.Length == 0 ? country.Districts : [.. country.Districts.Concat(typed).OrderBy(t => t.Code, StringComparer.Ordinal)]);
        Volatile.Write(ref now, known);
        return known;
    }
}
