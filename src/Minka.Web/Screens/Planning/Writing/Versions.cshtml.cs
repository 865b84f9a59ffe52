using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Planning;
using Minka.Core.Planning.Writing;
using Minka.Web.Access;
using Minka.Web.Api;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Planning.Writing;

[May(Role.Manager, Role.Secretary, Role.Representative, Role.Auditor, Role.Admin)]
public sealed class VersionsModel(AppDb db, FreezeStrategy freeze) : WritingScreen(db), IListed
{
    public const int Size = 50;

    [BindProperty]
    public string? Note { get; set; }

    public int Number { get; private set; }

    public int Total { get; private set; }

    public IReadOnlyList<StrategyVersion> Rows { get; private set; } = [];

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        Total = await Db.StrategyVersions.CountAsync(v => v.StrategyId == Strategy.Id);
        Number = PageOf(Total, Size);
        Rows = await SliceAsync((Number - 1) * Size, Size);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!May(PlanningFinds.Editors)) return new StatusCodeResult(StatusCodes.Status403Forbidden);
        await LoadAsync();
        var number = await freeze.ExecuteAsync(Entity.Id, Strategy.Id, Note, Actor);
        Say("writing.versions.frozen", number);
        return LocalRedirect($"{Home}/versiones");
    }

    async Task<IReadOnlyList<StrategyVersion>> SliceAsync(int from, int count) =>
        await Db.StrategyVersions.Where(v => v.StrategyId == Strategy.Id).OrderByDescending(v => v.Number).Skip(from).Take(count).ToListAsync();

    public TableFile ToFile() => new($"{Entity.Slug}-estrategia-versiones", [T["planning.version"], T["planning.versions.frozen"], T["writing.versions.note"], T["planning.digest"]],
        Listing.AllAsync(SliceAsync).Select(v => (IReadOnlyList<object?>)[v.Number, v.FrozenAt, v.Note, v.Digest.Hex]));
}
