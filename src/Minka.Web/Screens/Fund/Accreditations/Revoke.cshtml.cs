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
public sealed class RevokeModel(AppDb db, RevokeAccreditation revoke) : FundScreen(db)
{
    [BindProperty]
    public string? Why { get; set; }

    public string EntityName { get; private set; } = "";

    AccreditationId Id => AccreditationId.From(RouteId("accreditation"));

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        var id = Id;
        EntityName = await (from a in Db.Accreditations join e in Db.CoordinationEntities on a.EntityId equals e.Id where a.Id == id && a.FundId == Fund.Id select e.Name)
            .SingleOrDefaultAsync(HttpContext.RequestAborted) ?? throw new NotFound("accreditation", id.Value);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        await revoke.ExecuteAsync(Id, Why ?? "", Actor, HttpContext.RequestAborted);
        Say("accreditation.revoke.done", EntityName);
        return LocalRedirect($"/fondos/{Fund.Slug}/acreditaciones");
    }
}
