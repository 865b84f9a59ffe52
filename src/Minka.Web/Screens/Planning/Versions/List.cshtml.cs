using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Planning;
using Minka.Web.Access;

namespace Minka.Web.Screens.Planning.Versions;

[May(Role.Manager, Role.Secretary, Role.Representative, Role.Auditor, Role.Admin)]
public sealed class ListModel(AppDb db) : ProgrammeScreen(db)
{
    public IReadOnlyList<ProgrammeVersion> Rows { get; private set; } = [];

    public bool MayEdit { get; private set; }

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        MayEdit = May(PlanningFinds.Editors);
        Rows = await Db.ProgrammeVersions.Where(v => v.ProgrammeId == Programme.Id).OrderByDescending(v => v.Number).ToListAsync();
    }
}
