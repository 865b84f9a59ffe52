using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;

namespace Minka.Core.Entities;

/// <param name="Text">Part of the name, case and accents aside.</param>
/// <param name="Place">Code of a department or a province.</param>
public sealed record EntityFilter(string? Text = null, string? TemplateId = null, string? Place = null);

public sealed record EntityRow(EntityId Id, string Slug, string Name, string TemplateId, IReadOnlyList<string> ProvinceCodes, EntityState State, DateTime CreatedAt, int Members, CompositionReport Composition);

/// <summary>The public list of entities, by name. Two queries a page, whatever the number of entities.</summary>
[UseCase]
public sealed class EntityList(AppDb db)
{
    public const int PageSize = 50;

    public async Task<(IReadOnlyList<EntityRow> Rows, int Total)> PageAsync(EntityFilter filter, int page, DateOnly today, CancellationToken cancel = default)
    {
        var query = Query(filter);
        var total = await query.CountAsync(cancel);
        var last = Math.Max(1, (total + PageSize - 1) / PageSize);
        var shown = await query.Skip((Math.Clamp(page, 1, last) - 1) * PageSize).Take(PageSize).ToListAsync(cancel);
        return (await RowsAsync(shown, today, cancel), total);
    }

    /// <summary>Rows from one on, for a file.</summary>
    public async Task<IReadOnlyList<EntityRow>> SliceAsync(EntityFilter filter, int from, int count, DateOnly today, CancellationToken cancel = default) =>
        await RowsAsync(await Query(filter).Skip(from).Take(count).ToListAsync(cancel), today, cancel);

    IQueryable<CoordinationEntity> Query(EntityFilter filter)
    {
        var query = db.CoordinationEntities.AsQueryable();
        if (MemberChecks.Plain(filter.Text ?? "") is { Length: > 0 } text) query = query.Where(e => e.SearchName.Contains(text));
        if (filter.TemplateId is { Length: > 0 } template) query = query.Where(e => e.TemplateId == template);
        if (filter.Place is { Length: 2 or 4 } place)
        {
            var provinces = db.EntityProvinces;
            query = query.Where(e => provinces.Any(p => p.EntityId == e.Id && p.ProvinceCode.StartsWith(place)));
        }
        return query.OrderBy(e => e.SearchName).ThenBy(e => e.Slug);
    }

    async Task<IReadOnlyList<EntityRow>> RowsAsync(List<CoordinationEntity> entities, DateOnly today, CancellationToken cancel)
    {
        var seats = new Dictionary<EntityId, List<SeatWeight>>();
        foreach (var ids in entities.Select(e => e.Id).Chunk(500))
        {
            foreach (var group in await db.Members.Where(m => ids.Contains(m.EntityId) && m.MandateFrom <= today && today <= m.MandateTo).SeatsAsync(cancel)) seats[group.Key] = [.. group];
        }
        var rows = new List<EntityRow>(entities.Count);
        var ruled = (await db.EntityStatutes.Where(s => s.LeastWomen != null).Select(s => s.EntityId).ToListAsync(cancel)).ToHashSet();
        foreach (var e in entities)
        {
            var of = seats.GetValueOrDefault(e.Id) ?? [];
            var composition = ruled.Contains(e.Id) ? await db.CompositionAsync(e.Id, today, cancel) : Composition.OfMembers(e.Template, of);
            rows.Add(new EntityRow(e.Id, e.Slug, e.Name, e.TemplateId, e.ProvinceCodes, e.State, e.CreatedAt, of.Count, composition));
        }
        return rows;
    }
}
