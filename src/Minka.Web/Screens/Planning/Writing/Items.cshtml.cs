using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Planning;
using Minka.Core.Planning.Writing;
using Minka.Web.Access;
using Minka.Web.Charts;
using Minka.Web.Screens.Planning.Items;
using Choice = Minka.Web.Components.Choice;

namespace Minka.Web.Screens.Planning.Writing;

/// <summary>One list of a strategy, with the picture that it makes.</summary>
[May(Role.Manager, Role.Secretary, Role.Representative, Role.Auditor, Role.Admin)]
public sealed class ItemsModel(AppDb db, SaveStrategyItem save) : ItemsScreen
{
    public CoordinationEntity Entity { get; private set; } = null!;

    public Strategy Strategy { get; private set; } = null!;

    public StrategyContent Draft { get; private set; } = null!;

    public string Home => $"/entidades/{Entity.Slug}/estrategia/{Strategy.Id.Value}";

    /// <summary>The chapter of the guide to which the list belongs.</summary>
    public GuidePart? Chapter { get; private set; }

    protected override string Title => Strategy.Title;

    protected override async Task LoadListAsync()
    {
        Schema = StrategySchemas.Get(Route("list"));
        Entity = await db.EntityAsync(Route("entity"));
        Strategy = await db.StrategyAsync(Entity.Id, new(RouteId("strategy")));
        Draft = await db.StrategyContentAsync(Strategy);
        var parts = await db.PartsAsync(Strategy.Id);
        Chapter = parts.Guide.Parts.FirstOrDefault(p => p.Needs.Contains(Schema.Key));
        Items = parts.Of(Schema.List);
        Here = $"{Home}/listas/{Schema.Slug}";
        MayWrite = Strategy.IsEditable && May(PlanningFinds.Editors);
        Locked = !Strategy.IsEditable && May(PlanningFinds.Editors) ? WritingScreen.LockedText(Strategy, T) : null;
        Scene = new ItemScene(T)
        {
            Axes = [.. Draft.Axes.Select(a => new Choice(a.Code, $"{a.Code} {a.Name}"))],
            Objectives = [.. parts.Of(StrategyLists.Objectives).Select(o => new Choice(o.Code, $"{o.Code} {Short(o.Text)}"))],
            Nodes = [.. parts.Of(StrategyLists.Tree).Where(n => n.Code != Row || Schema.Key != StrategyLists.Tree.Key).Select(n => new Choice(n.Code, $"{n.Code} {Short(Schema.Key == StrategyLists.Objectives.Key ? n.Objective : n.Problem)}"))],
            Catalogue = [.. PlanCatalogues.All.SelectMany(c => c.Entries.Select(e => new Choice($"{c.Id}.{e.Code}", $"{e.Code} {e.Name.In(T.Language)}")))],
        };
    }

    /// <summary>From the tree, a new objective begins with the words of its node: <c>?nodo=P2</c>.</summary>
    protected override IReadOnlyDictionary<string, string> Beginning =>
        Schema.Key == StrategyLists.Objectives.Key && (Draft.Written.Tree ?? []).FirstOrDefault(n => n.Code == Request.Query["nodo"]) is { } node
            ? new Dictionary<string, string>(StringComparer.Ordinal) { ["Text"] = node.Objective, ["Node"] = node.Code, ["Axis"] = node.Axis ?? "" }
            : new Dictionary<string, string>(StringComparer.Ordinal);

    public TreeChart? Problems => Tree(false);

    public TreeChart? Objectives => Tree(true);

    /// <summary>The orphans of the tree and the rest of what the chapter lacks in this list.</summary>
    public ProblemTree ProblemTree => ProblemTree.Of(Draft.Written.Tree ?? []);

    protected override Task SaveItemAsync(string? code, PartItem item, string? seal) => save.ExecuteAsync(Entity.Id, Strategy.Id, Schema.List, code, item, seal, Actor);

    protected override Task RemoveItemAsync(string code) => save.RemoveAsync(Entity.Id, Strategy.Id, Schema.List, code, Actor);

    TreeChart? Tree(bool objectives) => ProblemTree.Core is null ? null : TreeChart.Of(ProblemTree, objectives, T);

    static string Short(string text) => text.Length <= 70 ? text : text[..69].TrimEnd() + "…";
}
