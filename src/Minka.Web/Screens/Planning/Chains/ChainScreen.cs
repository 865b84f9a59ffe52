using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Planning;
using Minka.Core.Planning.Chains;
using Minka.Web.Components;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Planning.Chains;

/// <summary>A page of the value chains of one entity.</summary>
public abstract class ChainScreen(AppDb db) : Screen
{
    protected AppDb Db => db;

    public CoordinationEntity Entity { get; private set; } = null!;

    public string Home => $"/entidades/{Entity.Slug}/cadenas";

    /// <summary>While a strategy is before the assembly, the chains that it carries stay as they were read.</summary>
    public bool IsLocked { get; private set; }

    public bool MayWrite => !IsLocked && May(PlanningFinds.Editors);

    public Crumb[] Trail(params Crumb[] rest) => [.. T.Trail(Entity), new(T["chains.title"], Home), .. rest];

    public override async Task LoadAsync()
    {
        Entity = await db.EntityAsync(Route("entity"));
        IsLocked = await db.Strategies.AnyAsync(s => s.EntityId == Entity.Id && s.State == StrategyState.Proposed);
    }
}

public static class ChainWords
{
    /// <summary>What came of one demand, in one sentence.</summary>
    public static string Sentence(DemandState state, ChainContent chain, T t) => state.IsReached
        ? t["chains.sentence-reached", state.Demand.Buyer, state.Demand.Season, $"{state.Demand.MinimumLot}", chain.Unit, $"{state.Fit}"]
        : t["chains.sentence-short", state.Demand.Buyer, state.Demand.Season, $"{state.Demand.MinimumLot}", chain.Unit, $"{state.Fit}", $"{state.Gap}", $"{state.GapWithAll}"];
}
