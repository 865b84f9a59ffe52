using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Planning;
using Minka.Core.Planning.Writing;
using Minka.Web.Components;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Planning.Writing;

/// <summary>A page of one strategy that is being written.</summary>
public abstract class WritingScreen(AppDb db) : Screen
{
    protected AppDb Db => db;

    public CoordinationEntity Entity { get; private set; } = null!;

    public Strategy Strategy { get; private set; } = null!;

    public StrategyParts Parts { get; private set; } = null!;

    public StrategyContent Draft { get; private set; } = null!;

    public string Home => $"/entidades/{Entity.Slug}/estrategia/{Strategy.Id.Value}";

    /// <summary>Why nothing is written now; null while the strategy is open.</summary>
    public string? Locked => Strategy.IsEditable ? null : LockedText(Strategy, T);

    public static string LockedText(Strategy strategy, T t) => t[strategy.State == StrategyState.Proposed ? "planning.strategy.locked" : "writing.in-force"];

    public bool MayWrite => Strategy.IsEditable && May(PlanningFinds.Editors);

    public Crumb[] Trail(string here) =>
        [.. T.Trail(Entity), new(T["planning.strategy.title"], $"/entidades/{Entity.Slug}/estrategia"), new(T["writing.tasks.title"], $"{Home}/partes"), new(here)];

    public override async Task LoadAsync()
    {
        Entity = await db.EntityAsync(Route("entity"));
        Strategy = await db.StrategyAsync(Entity.Id, new(RouteId("strategy")));
        Parts = await db.PartsAsync(Strategy.Id);
        Draft = await db.StrategyContentAsync(Strategy);
    }
}

static class WritingWords
{
    public static Tone ToneOf(ChapterState state) => state.IsComplete ? Tone.Met : state.Met > 0 ? Tone.Attention : Tone.Neutral;

    public static Tone ToneOf(bool? met) => met switch { true => Tone.Met, false => Tone.Broken, _ => Tone.Neutral };

    public static string ConfidenceOf(T t, string confidence) => t[confidence == "S" ? "writing.confidence-s" : "writing.confidence-m"];
}
