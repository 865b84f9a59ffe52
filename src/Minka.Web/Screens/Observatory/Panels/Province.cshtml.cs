using Minka.Core.Database;
using Minka.Core.Territories;
using Minka.Web.Access;
using Minka.Web.Screens.Territories;

namespace Minka.Web.Screens.Observatory.Panels;

[Public]
public sealed class ProvinceModel(Spending spending, Country country, TerritoryMaps maps, Gazetteer gazetteer, AppDb db) : PlaceScreen(spending, country, maps, gazetteer, db)
{
    public override Task LoadAsync() => LoadPlaceAsync(Level.Province, Route("province"));
}
