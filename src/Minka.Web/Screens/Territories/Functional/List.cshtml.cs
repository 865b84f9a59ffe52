using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Territories;
using Minka.Web.Access;
using Minka.Web.Api;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Territories.Functional;

[Public]
public sealed class ListModel(AppDb db, Country country) : Screen, IListed
{
    public const int Size = 50;

    public IReadOnlyList<FunctionalTerritory> Rows { get; private set; } = [];

    public int Total { get; private set; }

    public int Number { get; private set; } = 1;

    public bool MayAdd => Person is not null && May(Role.Admin, Role.Operator, Role.Secretary, Role.Manager);

    public override async Task LoadAsync()
    {
        Total = await db.FunctionalTerritories.CountAsync();
        Number = PageOf(Total, Size);
        Rows = await SliceAsync((Number - 1) * Size, Size);
    }

    async Task<IReadOnlyList<FunctionalTerritory>> SliceAsync(int from, int count) => await db.FunctionalTerritories.OrderBy(f => f.Name).ThenBy(f => f.Id).Skip(from).Take(count).ToListAsync();

    public string ProvincesOf(FunctionalTerritory row) => Format.List([.. row.Provinces.Select(p => country.Find(p)?.Name ?? p)]);

    public TableFile ToFile() => new("territorios-funcionales", [T["territories.column.name"], T["functional.kind"], T["functional.provinces"], T["functional.places"], T["functional.source"]],
        Listing.AllAsync(SliceAsync).Select(f => (IReadOnlyList<object?>)[f.Name, T.Of(f.Kind), ProvincesOf(f), string.Join(' ', f.Codes), f.Source]));
}
