using Minka.Core.Territories;
using Minka.Observatory.Panels;
using Minka.Observatory.Reading;
using Minka.Web.Access;

namespace Minka.Web.Screens.Observatory.Panels;

[Public]
public sealed class NationModel(Spending spending, Core.Territories.Country country) : PanelScreen(spending, country)
{
    public override string ListHref => RowsHref(null);

    public override string Title => T["observatory.the-country"];

    public override async Task LoadAsync()
    {
        if (!await OpenAsync()) return;
        ReadGroup(PanelBy.Country, SpendReading.Country, PeopleOfLoaded(), Space);
        var rows = Reading.Rows(PanelBy.Department, Year, Amount).ToDictionary(r => r.Code, StringComparer.Ordinal);
        Parts = [.. Country.Departments.Where(p => rows.ContainsKey(p.Code)).Select(p => (p.Code, p.Name, (string?)HrefOf(p), FiguresOf(rows[p.Code], p)))];
        PartsTitle = T["territories.level.departamento.many"];
    }

    (Clustering?, string?) Space()
    {
        var rows = Reading.Rows(PanelBy.Province, Year, Amount).ToDictionary(r => r.Code, StringComparer.Ordinal);
        return (Clustering.Of(Country, Country.Provinces, p => rows.GetValueOrDefault(p.Code)?.Total, PeopleOf), null);
    }
}
