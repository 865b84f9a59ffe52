using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Web.Access;
using Minka.Web.Api;
using Minka.Web.Charts;
using Minka.Web.Components;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Entities.Compliance;

/// <summary>How an entity kept its rule of composition: at each change of its members and at each vote, with figures and limits.</summary>
[Public]
public sealed class ListModel(AppDb db, ComplianceHistory history) : Screen, IListed
{
    const int Size = 40;

    /// <summary>Changes of members in the drawing.</summary>
    const int MostDrawn = 24;

    [BindProperty(SupportsGet = true, Name = "ver")]
    public string? View { get; set; }

    [BindProperty(SupportsGet = true, Name = "pagina")]
    public string? Pagina { get; set; }

    public CoordinationEntity Entity { get; private set; } = null!;

    public IReadOnlyList<ComplianceEntry> All { get; private set; } = [];

    public IReadOnlyList<ComplianceEntry> Rows => [.. All.Skip((PageNumber - 1) * Size).Take(Size)];

    public int PageNumber => int.TryParse(Pagina, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Clamp(number, 1, Math.Max(1, (All.Count + Size - 1) / Size)) : 1;

    public IReadOnlyList<FilterChoice> Views => [new("", T["compliance.all"]), new("votos", T["compliance.votes"]), new("miembros", T["compliance.members"]), new("faltas", T["compliance.broken"])];

    /// <summary>Shares of the sectors among the members, at each change.</summary>
    public LineChart? Chart { get; private set; }

    public override async Task LoadAsync()
    {
        var slug = Route("entity");
        Entity = await db.CoordinationEntities.SingleOrDefaultAsync(e => e.Slug == slug) ?? throw new NotFound("entity", slug);
        var all = await history.ReadAsync(Entity.Id, Now, HttpContext.RequestAborted);
        var drawn = all.Where(e => e.Kind == ComplianceKind.Members && e.Seats > 0).Take(MostDrawn).Reverse().ToList();
        if (drawn.Count > 1)
            Chart = new LineChart(T["compliance.chart"], T["compliance.chart-text"], [.. drawn.Select(e => Format.DayShort(e.Day))],
                [.. Enum.GetValues<Sector>().Select(s => new Series(T.Of(s), [.. drawn.Select(e => e.ShareOf(s)?.Value / 100.0)]))])
            {
                Write = v => Format.Number(v, 0) + "\u202F%",
            };
        All = View switch
        {
            "votos" => [.. all.Where(e => e.Kind != ComplianceKind.Members)],
            "miembros" => [.. all.Where(e => e.Kind == ComplianceKind.Members)],
            "faltas" => [.. all.Where(e => !e.IsMet)],
            _ => all,
        };
    }

    public string What(ComplianceEntry entry) => entry.Kind switch
    {
        ComplianceKind.Members => T.Count(entry.Seats ?? 0, "compliance.members-one", "compliance.members-many"),
        ComplianceKind.Election => T["compliance.election", entry.Title],
        _ => T["compliance.vote", entry.Order, entry.Title],
    };

    // One line a limit: figures and limit are in its words, exactly as they were judged.
    public TableFile ToFile() => new($"{Entity.Slug}-composicion",
        [T["compliance.day"], T["compliance.kind"], T["compliance.what"], T["entities.seats"], .. Enum.GetValues<Sector>().Select(s => T["compliance.share-of", s]), T["compliance.verdict"], T["compliance.limit"]],
        All.SelectMany(e => (e.Reasons.Count == 0 ? [null] : e.Reasons.Select(r => (Reason?)r)).Select(r => (IReadOnlyList<object?>)
            [e.Day, T.Of(e.Kind), What(e), e.Seats, .. Enum.GetValues<Sector>().Select(s => (object?)e.ShareOf(s)), r is null ? T["entities.composition.no-rule"] : EntityWords.Word(T, r), r is null ? null : T.Of(r)])));
}
