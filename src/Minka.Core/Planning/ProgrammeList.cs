using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;

namespace Minka.Core.Planning;

/// <param name="Text">Part of the title.</param>
/// <param name="Entity">Slug of the entity.</param>
public sealed record ProgrammeFilter(string? Text = null, string? Entity = null);

public sealed record ProgrammeRow(string Slug, string Title, string Entity, string EntitySlug, int Projects, Money Total, Money Fund, int Version, Digest Digest, DateTime AdoptedAt);

public sealed record ProgrammePage(IReadOnlyList<ProgrammeRow> Rows, int Number, int Total);

/// <summary>The adopted programmes, as everybody may see them.</summary>
[UseCase]
public sealed class ProgrammeList(AppDb db)
{
    public const int Size = 50;

    public Task<bool> AnyAsync(CancellationToken cancel = default) => db.Programmes.AnyAsync(p => p.State == ProgrammeState.Adopted, cancel);

    public async Task<ProgrammePage> PageAsync(ProgrammeFilter filter, int number, CancellationToken cancel = default)
    {
        var wanted = Matching(filter);
        var total = await wanted.CountAsync(cancel);
        var page = Math.Clamp(number, 1, Math.Max(1, (total + Size - 1) / Size));
        // The page is cut out first: the joins then touch its rows only.
        return new(await Rows(Ordered(wanted).Skip((page - 1) * Size).Take(Size)).ToListAsync(cancel), page, total);
    }

    /// <summary>Rows from one on, for a file.</summary>
    public async Task<IReadOnlyList<ProgrammeRow>> SliceAsync(ProgrammeFilter filter, int from, int count, CancellationToken cancel = default) =>
        await Rows(Ordered(Matching(filter)).Skip(from).Take(count)).ToListAsync(cancel);

    IQueryable<Programme> Matching(ProgrammeFilter filter)
    {
        var wanted = db.Programmes.Where(p => p.State == ProgrammeState.Adopted);
        if (filter.Text?.Trim().ToLowerInvariant() is { Length: > 0 } text) wanted = wanted.Where(p => p.Title.ToLower().Contains(text));
        if (filter.Entity is { Length: > 0 } slug) wanted = wanted.Join(db.CoordinationEntities.Where(e => e.Slug == slug), p => p.EntityId, e => e.Id, (p, _) => p);
        return wanted;
    }

    static IQueryable<Programme> Ordered(IQueryable<Programme> programmes) => programmes.OrderBy(p => p.Title).ThenBy(p => p.Slug);

    IQueryable<ProgrammeRow> Rows(IQueryable<Programme> programmes) => programmes
        .Join(db.ProgrammeVersions, p => p.AdoptedVersionId, v => v.Id, (p, v) => new { p, v })
        .Join(db.CoordinationEntities, x => x.p.EntityId, e => e.Id, (x, e) => new { x.p, x.v, e })
        .OrderBy(x => x.p.Title).ThenBy(x => x.p.Slug)
        .Select(x => new ProgrammeRow(x.p.Slug, x.v.Title, x.e.Name, x.e.Slug, x.v.ProjectCount, x.v.Total, x.v.FundAmount, x.v.Number, x.v.Digest, x.v.AdoptedAt!.Value));
}
