using Microsoft.AspNetCore.Mvc;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Planning.Chains;
using Minka.Core.Planning.Writing;
using Minka.Web.Access;

namespace Minka.Web.Screens.Planning.Writing;

/// <summary>The chapters of a strategy with what each has and lacks.</summary>
[May(Role.Manager, Role.Secretary, Role.Representative, Role.Auditor, Role.Admin)]
public sealed class TasksModel(AppDb db, ChooseGuide choose) : WritingScreen(db)
{
    public StrategyGuide Guide { get; private set; } = null!;

    public IReadOnlyList<ChapterState> Chapters { get; private set; } = [];

    public int ChainCount { get; private set; }

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        Guide = Parts.Guide;
        Chapters = StrategyCheck.Of(Draft, Guide);
        ChainCount = (await Db.ChainsAsync(Entity.Id)).Count;
    }

    public async Task<IActionResult> OnPostGuideAsync(string? guide)
    {
        if (!May(PlanningFinds.Editors)) return new StatusCodeResult(StatusCodes.Status403Forbidden);
        await LoadAsync();
        await choose.ExecuteAsync(Entity.Id, Strategy.Id, guide ?? "", Actor);
        Say("writing.guide-chosen");
        return LocalRedirect($"{Home}/partes");
    }
}
