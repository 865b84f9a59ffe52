using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Planning;
using Minka.Web.Access;
using Minka.Web.Components;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Planning.Strategies;

/// <summary>A strategy with its axes and, once adopted, the resolution.</summary>
public sealed record ShownStrategy(Strategy Strategy, IReadOnlyList<Axis> Axes, Resolution? Resolution, bool MayEdit);

[Public]
public sealed class ShowModel(AppDb db, WithdrawStrategy withdraw) : Screen
{
    public CoordinationEntity Entity { get; private set; } = null!;

    public IReadOnlyList<ShownStrategy> Strategies { get; private set; } = [];

    public bool MayEdit { get; private set; }

    public bool MayRead { get; private set; }

    public bool MayStart { get; private set; }

    public override async Task LoadAsync()
    {
        Entity = await db.EntityAsync(Route("entity"));
        (MayEdit, MayRead) = (May(PlanningFinds.Editors), May(PlanningFinds.Readers));
        var all = await db.Strategies.Where(s => s.EntityId == Entity.Id).OrderByDescending(s => s.Number).ToListAsync();
        MayStart = all.All(s => s.State is StrategyState.InForce or StrategyState.Superseded);
        var visible = all.Where(s => s.State is StrategyState.InForce or StrategyState.Superseded || MayRead).ToList();
        var ids = visible.Select(s => s.Id).ToList();
        var axes = (await db.Axes.Where(a => ids.Contains(a.StrategyId)).ToListAsync()).ToLookup(a => a.StrategyId);
        var resolutionIds = visible.Select(s => s.AdoptedByResolutionId).OfType<ResolutionId>().ToList();
        var resolutions = await db.Resolutions.Where(r => resolutionIds.Contains(r.Id)).ToDictionaryAsync(r => r.Id);
        Strategies = [.. visible.Select(s => new ShownStrategy(s, [.. axes[s.Id].OrderBy(a => a.Code, CodeOrder.Natural)],
            s.AdoptedByResolutionId is { } id ? resolutions.GetValueOrDefault(id) : null, MayEdit && s.IsEditable))];
    }

    public async Task<IActionResult> OnPostWithdrawAsync(Guid id)
    {
        if (!May(PlanningFinds.Editors)) return Forbid403();
        Entity = await db.EntityAsync(Route("entity"));
        await withdraw.ExecuteAsync(Entity.Id, new(id), Actor);
        Say("planning.strategy.withdrawn");
        return Redirect($"/entidades/{Entity.Slug}/estrategia");
    }

    static StatusCodeResult Forbid403() => new(StatusCodes.Status403Forbidden);

    public static Tone ToneOf(StrategyState state) => state switch
    {
        StrategyState.InForce => Tone.Met,
        StrategyState.Proposed => Tone.Attention,
        StrategyState.Superseded => Tone.Neutral,
        _ => Tone.Info,
    };
}
