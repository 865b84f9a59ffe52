using Microsoft.AspNetCore.Mvc;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Planning.Writing;
using Minka.Core.Territories;
using Minka.Web.Access;

namespace Minka.Web.Screens.Planning.Writing;

/// <summary>The territory's figures in the strategy beside what the country pack says today.</summary>
[May(Role.Manager, Role.Secretary, Role.Representative, Role.Auditor, Role.Admin)]
public sealed class FiguresModel(AppDb db, Country country, FillFigures fill) : WritingScreen(db)
{
    public FiguresTable? Kept { get; private set; }

    public FiguresTable Offered { get; private set; } = null!;

    /// <summary>Figures that the pack tells otherwise than the strategy.</summary>
    public int Changed { get; private set; }

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        var now = TerritoryFigures.Of(country, Entity.ProvinceCodes, Today);
        Offered = new(now, T);
        if (Parts.Figures is not { } kept) return;
        Kept = new(kept, T);
        Changed = now.Figures.Count(f => kept.Figures.FirstOrDefault(k => k.Key == f.Key) is not { } same || !same.Values.SequenceEqual(f.Values))
            + kept.Figures.Count(k => now.Figures.All(f => f.Key != k.Key));
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!May(PlanningFinds.Editors)) return new StatusCodeResult(StatusCodes.Status403Forbidden);
        await LoadAsync();
        await fill.ExecuteAsync(Entity.Id, Strategy.Id, Actor);
        Say("writing.figures.filled");
        return LocalRedirect($"{Home}/indicadores-del-territorio");
    }
}
