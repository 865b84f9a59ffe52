using Microsoft.AspNetCore.Mvc;
using Minka.Core.Territories;
using Minka.Measures.Bundling;
using Minka.Observatory.Reading;
using Minka.Web.Access;
using Minka.Web.Api;
using Minka.Web.Charts;
using Minka.Web.Components;
using Minka.Web.Layout;
using Minka.Web.Screens.Territories;

namespace Minka.Web.Screens.Observatory.Bundles;

/// <summary>The works of a province that could be planned as one, and what that would change in its panels.</summary>
[Public]
public sealed class ListModel(Spending spending, Core.Territories.Country country, TerritoryMaps maps, Gazetteer gazetteer) : BundleScreen(spending, country, maps, gazetteer), IListed
{
    public const int Size = 25;

    [BindProperty(SupportsGet = true, Name = "funcion")]
    public string? Function { get; set; }

    [BindProperty(SupportsGet = true, Name = "distrito")]
    public string? District { get; set; }

    /// <summary>"100k", "1m" or "mas": by the largest project of a candidate.</summary>
    [BindProperty(SupportsGet = true, Name = "tamano")]
    public string? SizeText { get; set; }

    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Wanted { get; set; }

    public IReadOnlyList<Bundle> Matching { get; private set; } = [];

    public IReadOnlyList<Bundle> Shown { get; private set; } = [];

    public int Number { get; private set; } = 1;

    public MapChart? Map { get; private set; }

    public IReadOnlyList<Choice> FunctionChoices => [.. Found!.Bundles.Select(b => b.Function).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.CurrentCulture).Select(f => new Choice(f, f))];

    public IReadOnlyList<Choice> DistrictChoices => [.. Found!.Bundles.SelectMany(b => b.Places).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(d => new Choice(d, DistrictOf(d)))];

    public IReadOnlyList<Choice> SizeChoices => [new("100k", T["bundles.size.100k"]), new("1m", T["bundles.size.1m"]), new("mas", T["bundles.size.more"])];

    public int Bundled => Found!.Bundles.Sum(b => b.Members.Count);

    public EffectTable Effect => EffectOf(Found!.AfterAll, T["bundles.effect.all"]);

    public override async Task LoadAsync()
    {
        await FindAsync();
        if (Found is null) return;
        Matching = [.. Found.Bundles.Where(Matches)];
        Number = PageOf(Matching.Count, Size);
        Shown = [.. Matching.Skip((Number - 1) * Size).Take(Size)];
        if (Matching.Count > 0) Map = MapOf(Matching, T["bundles.map", Place.Name], d => $"{Home}?distrito={d}");
    }

    bool Matches(Bundle bundle) =>
        (string.IsNullOrEmpty(Function) || bundle.Function == Function)
        && (string.IsNullOrEmpty(District) || bundle.Places.Contains(District))
        && SizeText switch { "100k" => bundle.Largest < 100_000_00, "1m" => bundle.Largest < 1_000_000_00, "mas" => bundle.Largest >= 1_000_000_00, _ => true }
        && (string.IsNullOrWhiteSpace(Wanted) || Core.Territories.Country.PlainText(string.Join(' ', bundle.Words)).Contains(Core.Territories.Country.PlainText(Wanted), StringComparison.Ordinal));

    public string LeftOutText(BundleLeftOut reason) => T[$"bundles.left.{reason.ToString().ToLowerInvariant()}", Found!.LeftOut[reason], Found.Newest is { } day ? Format.DayShort(day.AddYears(-Core.Planning.Bank.BundleRules.Own.MostYears)) : "–"];

    public TableFile ToFile() => new($"agrupables-{Place.Code}",
        [
            T["bundles.column.centre"], T["bundles.column.what"], T["observatory.i.n"], T["bundles.column.total"], T["bundles.column.least"], T["bundles.column.largest"], T["observatory.column.function"],
            T["observatory.column.ubigeo"], T["bundles.column.districts"], T["bundles.column.likeness"], T["bundles.column.codes"], .. PortfolioPanel.Names.Select(n => T["bundles.column.after", T[$"observatory.i.{n}"]]),
        ],
        Matching.Select(b => (IReadOnlyList<object?>)
        [
            b.Centre.Code, NameOf(b), b.Members.Count, b.Amount / 100m, b.Least / 100m, b.Largest / 100m, b.Function,
            string.Join(' ', b.Places), string.Join(", ", b.Places.Select(DistrictOf)), Math.Round((decimal)b.MeanLikeness, 4), string.Join(' ', b.Members.Select(m => m.Project.Code)),
            .. PortfolioPanel.Names.Select(n => (object?)(Found!.After(b.Centre.Code)[n] is { } v ? Math.Round((decimal)v, 8) : null)),
        ]));
}
