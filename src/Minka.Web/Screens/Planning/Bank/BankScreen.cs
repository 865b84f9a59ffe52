using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Web.Components;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Planning.Bank;

/// <summary>A page of the bank of one entity.</summary>
public abstract class BankScreen(AppDb db) : Screen
{
    protected AppDb Db => db;

    public CoordinationEntity Entity { get; private set; } = null!;

    public string Home => $"/entidades/{Entity.Slug}/cartera";

    public Crumb[] Trail => [.. T.Trail(Entity), new(T["bank.title"], Home)];

    public override async Task LoadAsync() => Entity = await db.EntityAsync(Route("entity"));
}
