using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Kernel.Office;
using Minka.Core.Territories;
using Minka.Web.Access;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Entities.Entities;

/// <summary>Founding minutes, statutes and first board, drafted from data alone. They name persons: for the entity's own people.</summary>
[May(Role.Secretary, Role.Manager, Role.Representative, Role.Auditor)]
public sealed class PapersModel(AppDb db, Country country) : Screen
{
    public FoundingFacts Facts { get; private set; } = null!;

    public CoordinationEntity Entity => Facts.Entity;

    public override async Task LoadAsync() => Facts = await ReadAsync(db, country, Route("entity"), Today);

    public static async Task<FoundingFacts> ReadAsync(AppDb db, Country country, string slug, DateOnly today)
    {
        var entity = await db.CoordinationEntities.SingleOrDefaultAsync(e => e.Slug == slug) ?? throw new NotFound("entity", slug);
        var statute = await db.EntityStatutes.SingleOrDefaultAsync(s => s.EntityId == entity.Id);
        return new FoundingFacts(entity, entity.Template.With(statute?.LeastWomen), statute,
            await db.Members.Where(m => m.EntityId == entity.Id && m.MandateFrom <= today && today <= m.MandateTo).OrderBy(m => m.Sector).ThenBy(m => m.Organisation).Take(300).ToListAsync(),
            await db.BoardSeats.Where(b => b.EntityId == entity.Id && b.EndedAt == null).OrderBy(b => b.Order).ToListAsync(), country);
    }
}

/// <summary>The same papers for an office program.</summary>
[May(Role.Secretary, Role.Manager, Role.Representative, Role.Auditor)]
public sealed class PapersDocxModel(AppDb db, Country country) : Screen
{
    public override async Task<IActionResult> OnGetAsync()
    {
        var facts = await PapersModel.ReadAsync(db, country, Route("entity"), Today);
        Response.Headers.CacheControl = "private, no-store";
        return File(Docx.Write(FoundingPapers.Document(T, facts, T["entities.papers.foot", Today])), Docx.MediaType, $"{facts.Entity.Slug}-constitucion.docx");
    }
}
