using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Planning;
using Minka.Core.Planning.Chains;
using Minka.Web.Access;
using Minka.Web.Charts;

namespace Minka.Web.Screens.Planning.Chains;

/// <summary>One chain: its map and its critical mass with the reasons.</summary>
[May(Role.Manager, Role.Secretary, Role.Representative, Role.Auditor, Role.Admin)]
public sealed class ShowModel(AppDb db) : ChainScreen(db)
{
    public ValueChain Chain { get; private set; } = null!;

    public ChainContent Whole { get; private set; } = null!;

    public CriticalMass Mass { get; private set; } = null!;

    /// <summary>Projects of the entity that name the chain and of which nobody says yet what they change.</summary>
    public IReadOnlyList<Project> Silent { get; private set; } = [];

    public ChainMap Map { get; private set; } = null!;

    public string Here => $"{Home}/{Chain.Id.Value}";

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        Chain = await Db.ChainAsync(Entity.Id, new(RouteId("chain")));
        Whole = ChainContent.Of(Chain);
        Mass = CriticalMass.Of(Whole);
        Silent = [.. (await Db.ProjectsOfChainAsync(Entity.Id, Chain.Name)).Where(p => Chain.Effects.All(e => e.Project != p.Id && !string.Equals(e.Title, p.Title, StringComparison.OrdinalIgnoreCase)))];
        Map = ChainMap.Of(Whole, T);
    }
}
