using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Fund;
using Minka.Web.Access;

namespace Minka.Web.Screens.Fund.Accreditations;

public sealed record AccreditationLine(Accreditation Accreditation, string EntityName, string EntitySlug);

[Public]
public sealed class ListModel(AppDb db) : FundScreen(db)
{
    public IReadOnlyList<AccreditationLine> Lines { get; private set; } = [];

    public bool MayAct => May(Role.Operator);

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        var found = await (from a in Db.Accreditations
                           join e in Db.CoordinationEntities on a.EntityId equals e.Id
                           where a.FundId == Fund.Id
                           orderby e.Name, a.ValidFrom descending
                           select new { a, e.Name, e.Slug }).ToListAsync(HttpContext.RequestAborted);
        Lines = [.. found.Select(f => new AccreditationLine(f.a, f.Name, f.Slug))];
    }
}
