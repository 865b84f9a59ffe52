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
public sealed class SuspendModel(AppDb db, SuspendAccreditation suspend) : FundScreen(db)
{
    [BindProperty]
    public string? Why { get; set; }

    /// <summary>What the page offered: another official may have acted since.</summary>
    [BindProperty]
    public bool Lifts { get; set; }

    public string EntityName { get; private set; } = "";

    public bool IsSuspended { get; private set; }

    AccreditationId Id => AccreditationId.From(RouteId("accreditation"));

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        var id = Id;
        EntityName = await (from a in Db.Accreditations join e in Db.CoordinationEntities on a.EntityId equals e.Id where a.Id == id && a.FundId == Fund.Id select e.Name)
            .SingleOrDefaultAsync(HttpContext.RequestAborted) ?? throw new NotFound("accreditation", id.Value);
        IsSuspended = await Db.AccreditationStops.AnyAsync(s => s.AccreditationId == id && s.LiftedAt == null, HttpContext.RequestAborted);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        if (Lifts) await suspend.ResumeAsync(Id, Why ?? "", Actor, HttpContext.RequestAborted);
        else await suspend.SuspendAsync(Id, Why ?? "", Actor, HttpContext.RequestAborted);
        Say(Lifts ? "accreditation.resume.done" : "accreditation.suspend.done", EntityName);
        return LocalRedirect($"/fondos/{Fund.Slug}/acreditaciones");
    }
}
