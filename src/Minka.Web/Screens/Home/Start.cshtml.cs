using Microsoft.AspNetCore.Mvc;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Territories;
using Minka.Web.Access;
using Minka.Web.Charts;
using Minka.Web.Components;
using Minka.Web.FirstRun;
using Minka.Web.Layout;
using Minka.Web.Screens.Territories;
using Minka.Web.Screens.Territories.Bringing;

namespace Minka.Web.Screens.Home;

[Public]
public sealed class StartModel(AppDb db, Country country, TerritoryMaps maps, MinkaOptions options, CountryDesk desk) : Screen
{
    [BindProperty(SupportsGet = true, Name = "indicador")]
    public string? Key { get; set; }

    [BindProperty(SupportsGet = true, Name = "nivel")]
    public string? LevelName { get; set; }

    public Country Country => country;

    public Level Level { get; private set; }

    public Indicator? Chosen { get; private set; }

    /// <summary>The indicator asked for does not exist at this level, so another is shown.</summary>
    public bool AnotherShown => Key is not null && Chosen?.Key != Key;

    public IReadOnlyList<Choice> Choices { get; private set; } = [];

    public MapChart? Map { get; private set; }

    public string? MapAttribution { get; private set; }

    public IReadOnlyList<Territory> WithoutPlace { get; private set; } = [];

    public IReadOnlyList<Happening> Happenings { get; private set; } = [];

    /// <summary>Nobody runs this installation yet.</summary>
    public bool FirstRun { get; private set; }

    public bool IsLocal => SetupCode.IsLocal(HttpContext);

    public CountryDesk Desk => desk;

    /// <summary>What there is to say instead of the button that brings the real country.</summary>
    public string? CountryComes { get; private set; }

    public bool DemoOffered => options.Mode != StartMode.Empty;

    public override async Task LoadAsync()
    {
        Level = LevelName == "departamento" ? Level.Department : Level.Province;
        Chosen = country.Choose(Key, Level);
        Choices = [.. country.Indicators.Where(i => i.Level is Level.Province or Level.Department).DistinctBy(i => i.Key).Select(i => new Choice(i.Key, i.NameIn(T)))];
        var places = country.Of(Level);
        var shapes = maps.OfCountry(Level);
        Map = maps.Chart(shapes, places, Chosen, T[Level == Level.Department ? "home.map.departments" : "home.map.provinces"], T);
        MapAttribution = (country.Outlines(Level) ?? country.Outlines(Level.Department))?.Source.Attribution;
        WithoutPlace = shapes is null ? [] : [.. places.Where(p => !shapes.Points.ContainsKey(p.Code) && !shapes.Paths.ContainsKey(p.DrawnAs ?? ""))];
        Happenings = await Happening.ReadAsync(db, T, HttpContext.RequestAborted);
        FirstRun = await StartInstallation.IsOpenAsync(db, HttpContext.RequestAborted);
        if (!FirstRun) return;
        CountryComes = desk.Work is not null ? "country.card.coming" : desk.State() switch
        {
            CountryState.InUse => "country.card.in-use",
            CountryState.Installed => "country.card.installed",
            CountryState.Other => "country.card.other",
            _ => desk.Last is null ? null : "country.card.broken-off",
        };
    }
}
