using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Planning;
using Minka.Web.Access;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Planning.Programmes;

public sealed record ProgrammeRow(string Slug, string Title, string Entity, string EntitySlug, int Projects, Money Total, Money Fund, DateTime AdoptedAt);

[Public]
public sealed class ListModel(AppDb db) : Screen
{
    public const int Size = 50;

    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true, Name = "pagina")]
    public string? PageText { get; set; }

    public int Number { get; private set; } = 1;

    public int Total { get; private set; }

    /// <summary>Whether there is any adopted programme at all.</summary>
    public bool Any { get; private set; }

    public IReadOnlyList<ProgrammeRow> Rows { get; private set; } = [];

    public override async Task LoadAsync()
    {
        var adopted = db.Programmes.Where(p => p.State == ProgrammeState.Adopted);
        Any = await adopted.AnyAsync();
        var wanted = Q?.Trim();
        if (!string.IsNullOrEmpty(wanted)) adopted = adopted.Where(p => p.Title.ToLower().Contains(wanted.ToLower()));
        Total = await adopted.CountAsync();
        Number = int.TryParse(PageText, out var page) ? Math.Clamp(page, 1, Math.Max(1, (Total + Size - 1) / Size)) : 1;
        // The page is cut out first: the joins then touch its rows only.
        var cut = adopted.OrderBy(p => p.Title).ThenBy(p => p.Slug).Skip((Number - 1) * Size).Take(Size);
        Rows = await cut
            .Join(db.ProgrammeVersions, p => p.AdoptedVersionId, v => v.Id, (p, v) => new { p, v })
            .Join(db.CoordinationEntities, x => x.p.EntityId, e => e.Id, (x, e) => new { x.p, x.v, e })
            .OrderBy(x => x.p.Title).ThenBy(x => x.p.Slug)
            .Select(x => new ProgrammeRow(x.p.Slug, x.v.Title, x.e.Name, x.e.Slug, x.v.ProjectCount, x.v.Total, x.v.FundAmount, x.v.AdoptedAt!.Value))
            .ToListAsync();
    }
}
