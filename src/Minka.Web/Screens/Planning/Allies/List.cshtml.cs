using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Planning;
using Minka.Core.Planning.Chains;
using Minka.Core.Planning.Writing;
using Minka.Web.Access;
using Minka.Web.Screens.Planning.Items;
using Choice = Minka.Web.Components.Choice;

namespace Minka.Web.Screens.Planning.Allies;

/// <summary>The register of service providers and anchor buyers of an entity.</summary>
[May(Role.Manager, Role.Secretary, Role.Representative, Role.Auditor, Role.Admin)]
public sealed class ListModel(AppDb db, SaveAlly save) : ItemsScreen
{
    public CoordinationEntity Entity { get; private set; } = null!;

    protected override string Title => Entity.Slug;

    protected override async Task LoadListAsync()
    {
        Schema = ChainSchemas.Allies;
        Entity = await db.EntityAsync(Route("entity"));
        Items = await db.AlliesAsync(Entity.Id);
        Here = $"/entidades/{Entity.Slug}/aliados";
        var locked = await db.Strategies.AnyAsync(s => s.EntityId == Entity.Id && s.State == StrategyState.Proposed);
        var editor = May(PlanningFinds.Editors);
        (MayWrite, Locked) = (!locked && editor, locked && editor ? T["rule.chain.locked"] : null);
        Scene = new ItemScene(T) { Chains = [.. (await db.ChainsAsync(Entity.Id)).Select(c => new Choice(c.Name, c.Name))] };
    }

    protected override Task SaveItemAsync(string? code, PartItem item, string? seal) => save.ExecuteAsync(Entity.Id, code, (AllyInput)item, seal, Actor);

    protected override Task RemoveItemAsync(string code) => save.RemoveAsync(Entity.Id, code, Actor);
}
