using Minka.Core.Kernel;
using Minka.Core.Planning.Bank;
using Minka.Core.Territories;
using Minka.Measures.Bundling;
using Minka.Observatory.Panels;
using Minka.Observatory.Reading;
using Minka.Web.Charts;
using Minka.Web.Components;
using Minka.Web.Screens.Territories;
using Country = Minka.Core.Territories.Country;

namespace Minka.Web.Screens.Observatory.Bundles;

/// <summary>A figure of the panels before and after projects are taken as one.</summary>
public sealed record EffectLine(string Name, string Formula, string? Before, string? After);

/// <param name="Before">Projects before.</param>
/// <param name="After">Projects after.</param>
public sealed record EffectTable(string Caption, int Before, int After, IReadOnlyList<EffectLine> Lines);

/// <summary>A page of what could be bundled among the investments of a province.</summary>
public abstract class BundleScreen(Spending spending, Country country, TerritoryMaps maps, Gazetteer gazetteer) : ObservatoryScreen(spending, country)
{
    public Territory Place { get; private set; } = null!;

    public ProvinceBundles? Found { get; private set; }

    public string Home => $"/observatorio/provincia/{Place.Code}/agrupables";

    public Crumb[] Trail =>
    [
        new(T["observatory.title"], "/observatorio"), .. Country.PathOf(Place.ParentCode ?? "").Select(t => new Crumb(t.Name, HrefOf(t))), new(Place.Name, $"/observatorio/provincia/{Place.Code}"),
    ];

    public IReadOnlyList<BundleRuleSource> Rules => BundleRules.Own.Sources;

    /// <summary>Finds the province and its candidates; where there is nothing to search, the candidates are null.</summary>
    protected async Task FindAsync()
    {
        Place = await gazetteer.FindAsync(Route("province"), HttpContext.RequestAborted) is { Level: Level.Province } found ? found : throw new NotFound("territory", Route("province"));
        AmountName = NameOf(PanelAmount.Costo);
        if (!await OpenAsync() || !Reading.HasInvestments) return;
        Found = BundleFinds.In(Reading, Country, Place.Code, HttpContext.RequestAborted);
    }

    public string DistrictOf(string code) => Country.Find(code)?.Name ?? code;

    public string DistrictsOf(Bundle bundle) => Format.List([.. bundle.Places.Select(DistrictOf)]);

    public static string NameOf(Bundle bundle) => BundleFinds.NameOf(bundle);

    public static string Cost(long minor) => Format.Money(minor);

    public string RuleText(BundleRuleSource rule) => T[$"bundles.rule.{rule.Name}", rule.Name switch
    {
        "least-likeness" => $"{Format.Number(rule.Value / 100m, 0)}\u202F%",
        "most-ratio" => Format.Number(rule.Value / 100m, 0),
        "most-amount" => Format.MoneyShort(rule.Value),
        _ => Format.Number(rule.Value),
    }];

    public EffectTable EffectOf(PortfolioPanel after, string caption)
    {
        var before = Found!.Before;
        return new(caption, before.Count, after.Count,
        [
            .. PortfolioPanel.Names.Where(n => n != "n").Select(name =>
            {
                var info = Indicators.Find(name) ?? new IndicatorInfo(name, SheetPanel.Size, FigureUnit.Share);
                return new EffectLine(info.NameIn(T), info.FormulaIn(T), before[name] is { } b ? info.Write(b) : null, after[name] is { } a ? info.Write(a) : null);
            }),
        ]);
    }

    /// <summary>The districts of the province by how many projects they have in some candidates; nothing without outlines or points.</summary>
    protected MapChart? MapOf(IEnumerable<Bundle> bundles, string title, Func<string, string?> href)
    {
        if (maps.OfParts(Place.Code) is not { } shapes) return null;
        var counts = bundles.SelectMany(b => b.Members).SelectMany(m => m.Project.Places).GroupBy(p => p, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
        return new(title, T["bundles.map.text"], shapes,
            [.. Country.ChildrenOf(Place.Code).Select(d => counts.GetValueOrDefault(d.Code) is var n && n > 0 ? new Area(d.Code, d.Name, n, Format.Number(n), href(d.Code)) : new Area(d.Code, d.Name, null, ""))])
        {
            Write = v => Format.Number(v, 0),
            ValueHeading = T["observatory.i.n"],
        };
    }
}

/// <summary>The candidates of a province, under the rules of the platform and the borders of its country pack.</summary>
static class BundleFinds
{
    static readonly BundleSetup Setup = new(BundleRules.Own.Limits, BundleRules.Own.Words, BundleRules.Own.MostYears);

    public static ProvinceBundles In(SpendReading reading, Country country, string province, CancellationToken cancel) =>
        reading.Bundles(province, Setup, () => Contiguity.BordersIn(country, province), cancel);

    /// <summary>The unique code in an address; what is none is known without a store.</summary>
    public static string CodeOf(string text) => text.Length is > 0 and <= 10 && text.All(char.IsAsciiDigit) ? text : throw new NotFound("bundle", text);

    public static string NameOf(Bundle bundle) => string.Join(' ', bundle.Words) is var name && name.Length > 0 ? char.ToUpperInvariant(name[0]) + name[1..] : bundle.Centre.Code;
}
