using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Fund.Funds;
using Minka.Core.Kernel;
using Minka.Web.Access;
using Choice = Minka.Web.Components.Choice;

namespace Minka.Web.Screens.Fund.Accreditations;

[May(Role.Operator)]
public sealed class NewModel(AppDb db, AccreditEntity accredit) : FundScreen(db)
{
    [BindProperty(SupportsGet = true, Name = "entidad")]
    public string? EntitySlug { get; set; }

    [BindProperty]
    public DateOnly? From { get; set; }

    [BindProperty]
    public DateOnly? To { get; set; }

    public IReadOnlyList<Choice> Entities { get; private set; } = [];

    public string EntityName { get; private set; } = "";

    public CompositionReport? Report { get; private set; }

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        var cancel = HttpContext.RequestAborted;
        Entities = [.. (await Db.CoordinationEntities.Where(e => e.State == Core.Entities.EntityState.Active).OrderBy(e => e.Name).Select(e => new { e.Slug, e.Name }).ToListAsync(cancel)).Select(e => new Choice(e.Slug, e.Name))];
        if (string.IsNullOrEmpty(EntitySlug)) return;
        var entity = await FindAsync();
        EntityName = entity.Name;
        Report = await AccreditEntity.CompositionAsync(Db, entity, Today, cancel);
        From ??= Today;
        To ??= Today.AddYears(2);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        if (!ModelState.IsValid || From is not { } from || To is not { } to)
        {
            Fault(nameof(To), "rule.fund.accreditation-dates", AccreditEntity.LongestYears);
            return await AgainAsync();
        }
        var entity = await FindAsync();
        await accredit.ExecuteAsync(Fund.Id, entity.Id, from, to, Actor, HttpContext.RequestAborted);
        Say("accreditation.new.done", entity.Name, to);
        return LocalRedirect($"/fondos/{Fund.Slug}/acreditaciones");
    }

    async Task<CoordinationEntity> FindAsync() =>
        await Db.CoordinationEntities.SingleOrDefaultAsync(e => e.Slug == EntitySlug, HttpContext.RequestAborted) ?? throw new NotFound("entity", EntitySlug);
}
