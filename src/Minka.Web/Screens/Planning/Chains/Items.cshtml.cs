using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Planning;
using Minka.Core.Planning.Chains;
using Minka.Core.Planning.Writing;
using Minka.Core.Territories;
using Minka.Web.Access;
using Minka.Web.Screens.Planning.Items;
using Choice = Minka.Web.Components.Choice;

namespace Minka.Web.Screens.Planning.Chains;

/// <summary>One list of a value chain.</summary>
[May(Role.Manager, Role.Secretary)]
public sealed class ItemsModel(AppDb db, SaveChainItem save) : ItemsScreen
{
    /// <summary>More would make the page heavy.</summary>
    const int MostProjects = 300;

    public CoordinationEntity Entity { get; private set; } = null!;

    public ValueChain Chain { get; private set; } = null!;

    public string Home => $"/entidades/{Entity.Slug}/cadenas";

    protected override string Title => Chain.Name;

    protected override async Task LoadListAsync()
    {
        Schema = ChainSchemas.Get(Route("chainlist"));
        Entity = await db.EntityAsync(Route("entity"));
        Chain = await db.ChainAsync(Entity.Id, new(RouteId("chain")));
        Items = Chain.Of(Schema.List);
        Here = $"{Home}/{Chain.Id.Value}/listas/{Schema.Slug}";
        var locked = await db.Strategies.AnyAsync(s => s.EntityId == Entity.Id && s.State == StrategyState.Proposed);
        (MayWrite, Locked) = (!locked, locked ? T["rule.chain.locked"] : null);
        Scene = new ItemScene(T)
        {
            Seasons = Chain.Seasons,
            Standards = [.. Chain.Standards.Select(s => new Choice(s.Code, $"{s.Code} {s.Name}"))],
            Actors = [.. Chain.Actors.Where(a => a.Link == Chain.Counted).Select(a => new Choice(a.Code, $"{a.Code} {a.Name}"))],
            Bottlenecks = [.. Chain.Bottlenecks.Select(b => new Choice(b.Code, $"{b.Code} {b.Text}"))],
            Projects = Schema.List == ChainLists.Effects ? await ProjectsAsync() : [],
        };
    }

    /// <summary>Those of the bank and of the programmes, a project and its copies once, those of this chain first.</summary>
    async Task<IReadOnlyList<Choice>> ProjectsAsync()
    {
        var told = Chain.Effects.Select(e => e.Project).OfType<ProjectId>().ToList();
        var projects = await db.Projects.Where(p => p.EntityId == Entity.Id && (p.Stage != ProjectStage.Discarded || told.Contains(p.Id))).Select(p => new { p.Id, p.RootId, p.Title, p.Chain }).ToListAsync();
        var name = Country.PlainText(Chain.Name);
        return [.. projects.OrderBy(p => !told.Contains(p.Id)).ThenBy(p => p.Id != p.RootId).DistinctBy(p => p.RootId)
            .OrderBy(p => !told.Contains(p.Id)).ThenBy(p => p.Chain is null || Country.PlainText(p.Chain) != name).ThenBy(p => p.Title, StringComparer.OrdinalIgnoreCase)
            .Take(MostProjects).Select(p => new Choice($"{p.Id.Value}", p.Title))];
    }

    protected override Task SaveItemAsync(string? code, PartItem item, string? seal) => save.ExecuteAsync(Entity.Id, Chain.Id, Schema.List, code, item, seal, Actor);

    protected override Task RemoveItemAsync(string code) => save.RemoveAsync(Entity.Id, Chain.Id, Schema.List, code, Actor);
}
