using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Territories;
using Minka.Web.Access;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Entities.Entities;

/// <summary>Founding minutes, statutes and first board, drafted from data alone. They name persons: for the entity's own people.</summary>
[May(Role.Secretary, Role.Manager, Role.Representative, Role.Auditor)]
public sealed class PapersModel(AppDb db, Country country) : Screen
{
    public Country Country => country;

    public CoordinationEntity Entity { get; private set; } = null!;

    public EntityStatute? Statute { get; private set; }

    public EntityDuty Duty => EntityDuties.Of(Entity.TemplateId);

    public IReadOnlyList<Member> Members { get; private set; } = [];

    public IReadOnlyList<BoardSeat> Board { get; private set; } = [];

    /// <summary>The rules of composition in words, each with its source. A kind of rule without words is left to the entity's page.</summary>
    public IReadOnlyList<(string Text, string Source)> Rules =>
        [.. Entity.Template.Rules.Select(r => (Key: "entities.papers.rule." + Kebab(r.Kind.ToString()), Rule: r)).Where(r => Texts.Has(r.Key))
            .Select(r => (T[r.Key, r.Rule.LimitBp, (r.Rule.Sectors ?? []).Select(s => T.Of(s)).ToList(), r.Rule.Count], r.Rule.Source))];

    public override async Task LoadAsync()
    {
        var slug = Route("entity");
        Entity = await db.CoordinationEntities.SingleOrDefaultAsync(e => e.Slug == slug) ?? throw new NotFound("entity", slug);
        Statute = await db.EntityStatutes.SingleOrDefaultAsync(s => s.EntityId == Entity.Id);
        var today = Today;
        Members = await db.Members.Where(m => m.EntityId == Entity.Id && m.MandateFrom <= today && today <= m.MandateTo).OrderBy(m => m.Sector).ThenBy(m => m.Organisation).Take(300).ToListAsync();
        Board = await db.BoardSeats.Where(b => b.EntityId == Entity.Id && b.EndedAt == null).OrderBy(b => b.Order).ToListAsync();
    }

    static string Kebab(string name) => string.Concat(name.Select((c, i) => char.IsUpper(c) ? (i == 0 ? "" : "-") + char.ToLowerInvariant(c) : c.ToString()));
}
