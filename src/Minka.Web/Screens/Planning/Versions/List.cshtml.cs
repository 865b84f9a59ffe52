using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Planning;
using Minka.Web.Access;
using Minka.Web.Api;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Planning.Versions;

[May(Role.Manager, Role.Secretary, Role.Representative, Role.Auditor, Role.Admin)]
public sealed class ListModel(AppDb db) : ProgrammeScreen(db), IListed
{
    public const int Size = 50;

    [BindProperty(SupportsGet = true, Name = "pagina")]
    public int Number { get; set; } = 1;

    public int Total { get; private set; }

    public IReadOnlyList<ProgrammeVersion> Rows { get; private set; } = [];

    public bool MayEdit { get; private set; }

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        MayEdit = May(PlanningFinds.Editors);
        Total = await Db.ProgrammeVersions.CountAsync(v => v.ProgrammeId == Programme.Id);
        Number = Math.Clamp(Number, 1, Math.Max(1, (Total + Size - 1) / Size));
        Rows = await SliceAsync((Number - 1) * Size, Size);
    }

    async Task<IReadOnlyList<ProgrammeVersion>> SliceAsync(int from, int count) =>
        await Db.ProgrammeVersions.Where(v => v.ProgrammeId == Programme.Id).OrderByDescending(v => v.Number).Skip(from).Take(count).ToListAsync();

    public TableFile ToFile() => new($"{Programme.Slug}-versiones",
        [T["planning.version"], T["planning.versions.frozen"], T["planning.digest"], T["planning.cost"], T["planning.adoption"]],
        Listing.AllAsync(SliceAsync).Select(v => (IReadOnlyList<object?>)[v.Number, v.FrozenAt, v.Digest.Hex, v.Total, v.AdoptedAt]));
}
