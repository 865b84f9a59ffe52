using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Fund;
using Minka.Core.Fund.Funds;
using Minka.Core.Kernel;
using Minka.Web.Access;

namespace Minka.Web.Screens.Fund.Accreditations;

[May(Role.Operator)]
public sealed class RenewModel(AppDb db, RenewAccreditation renew) : FundScreen(db)
{
    [BindProperty]
    public DateOnly? To { get; set; }

    public Accreditation Accreditation { get; private set; } = null!;

    public CoordinationEntity Entity { get; private set; } = null!;

    public CompositionReport Report { get; private set; } = null!;

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        var id = AccreditationId.From(RouteId("accreditation"));
        Accreditation = await Db.Accreditations.SingleOrDefaultAsync(a => a.Id == id && a.FundId == Fund.Id, HttpContext.RequestAborted) ?? throw new NotFound("accreditation", id.Value);
        Entity = await Db.CoordinationEntities.SingleAsync(e => e.Id == Accreditation.EntityId, HttpContext.RequestAborted);
        Report = await AccreditEntity.CompositionAsync(Db, Entity, Today, HttpContext.RequestAborted);
        if (HttpMethods.IsGet(Request.Method)) To ??= (Accreditation.ValidTo < Today ? Today : Accreditation.ValidTo).AddYears(2);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        if (!ModelState.IsValid || To is not { } to)
        {
            Fault(nameof(To), "rule.fund.accreditation-dates", AccreditEntity.LongestYears);
            return await AgainAsync();
        }
        await renew.ExecuteAsync(Accreditation.Id, to, Actor, HttpContext.RequestAborted);
        Say("accreditation.renew.done", Entity.Name, to);
        return LocalRedirect($"/fondos/{Fund.Slug}/acreditaciones");
    }
}
