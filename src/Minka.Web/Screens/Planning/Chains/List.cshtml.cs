using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Planning.Chains;
using Minka.Web.Access;
using Minka.Web.Api;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Planning.Chains;

/// <param name="Projects">Of the entity that name the chain.</param>
public sealed record ChainLine(ValueChain Chain, CriticalMass Mass, int Projects);

[May(Role.Manager, Role.Secretary, Role.Representative, Role.Auditor, Role.Admin)]
public sealed class ListModel(AppDb db) : ChainScreen(db), IListed
{
    public IReadOnlyList<ChainLine> Rows { get; private set; } = [];

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        var lines = new List<ChainLine>();
        foreach (var chain in await Db.ChainsAsync(Entity.Id)) lines.Add(new(chain, CriticalMass.Of(ChainContent.Of(chain)), (await Db.ProjectsOfChainAsync(Entity.Id, chain.Name)).Count));
        Rows = lines;
    }

    /// <summary>In the form that the import reads.</summary>
    public TableFile ToFile() => new($"{Entity.Slug}-cadenas", [.. ChainTable.Columns.Select(c => c[0])], Rows.SelectMany(r => ChainTable.Rows(r.Chain)));
}
