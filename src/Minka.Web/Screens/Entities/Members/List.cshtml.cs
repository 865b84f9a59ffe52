using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Web.Access;
using Minka.Web.Api;
using Minka.Web.Components;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Entities.Members;

[May(Role.Secretary, Role.Manager, Role.Auditor)]
public sealed class ListModel(AppDb db) : Screen, IListed
{
    const int Size = 50;

    [BindProperty(SupportsGet = true, Name = "ver")]
    public string? View { get; set; }

    [BindProperty(SupportsGet = true, Name = "pagina")]
    public string? Pagina { get; set; }

    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Q { get; set; }

    IQueryable<Member> query = null!;

    public CoordinationEntity Entity { get; private set; } = null!;

    public CompositionReport Composition { get; private set; } = null!;

    public IReadOnlyList<Member> Members { get; private set; } = [];

    public int Total { get; private set; }

    public int PageNumber { get; private set; } = 1;

    public IReadOnlyList<FilterChoice> Views => [new("", T["entities.members.in-force"]), new("todos", T["entities.members.all"])];

    public override async Task LoadAsync()
    {
        var slug = Route("entity");
        Entity = await db.CoordinationEntities.SingleOrDefaultAsync(e => e.Slug == slug) ?? throw new NotFound("entity", slug);
        var today = Today;
        IQueryable<Member> inForce = db.Members.Where(m => m.EntityId == Entity.Id && m.MandateFrom <= today && today <= m.MandateTo);
        Composition = await db.CompositionAsync(Entity.Id, today);
        query = View == "todos" ? db.Members.Where(m => m.EntityId == Entity.Id) : inForce;
        if (Q?.Trim() is { Length: > 0 } text)
        {
            // Names are kept as they were written, and neither database folds their accents: what is typed, and with a capital.
            var capital = char.ToUpperInvariant(text[0]) + text[1..];
            query = query.Where(m => m.Organisation.Contains(text) || m.Organisation.Contains(capital) || m.Ruc == text);
        }
        Total = await query.CountAsync();
        PageNumber = int.TryParse(Pagina, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Clamp(number, 1, Math.Max(1, (Total + Size - 1) / Size)) : 1;
        Members = await SliceAsync((PageNumber - 1) * Size, Size);
    }

    async Task<IReadOnlyList<Member>> SliceAsync(int from, int count) =>
        await query.OrderBy(m => m.Sector).ThenBy(m => m.Organisation).ThenBy(m => m.Id).Skip(from).Take(count).ToListAsync();

    async Task<IReadOnlyList<(Member Member, string? Kind, string? Alternate)>> LinesAsync(int from, int count)
    {
        var rows = await SliceAsync(from, count);
        var ids = rows.Select(m => m.Id).ToList();
        var kinds = await db.MemberProfiles.Where(p => ids.Contains(p.MemberId) && p.Kind != null).ToDictionaryAsync(p => p.MemberId, p => p.Kind);
        var alternates = await Representations.AlternatesAsync(db, Entity.Id, Today);
        return [.. rows.Select(m => (m, OrganisationKinds.Find(kinds.GetValueOrDefault(m.Id))?.Name(T), alternates.GetValueOrDefault(m.Id)))];
    }

    public TableFile ToFile() => new($"{Entity.Slug}-miembros",
        [T["entities.organisation"], T["entities.ruc"], T["entities.member.kind"], T["entities.sector"], T["entities.group"], T["entities.votes"], T["entities.representative"], T["entities.member.alternate"], T["entities.member.from"], T["entities.member.to"]],
        Listing.AllAsync(LinesAsync).Select(l => (IReadOnlyList<object?>)[l.Member.Organisation, l.Member.Ruc, l.Kind, T.Of(l.Member.Sector), EntityWords.Group(T, l.Member.InterestGroup), l.Member.Votes, l.Member.RepresentativeName, l.Alternate, l.Member.MandateFrom, l.Member.MandateTo]));
}
