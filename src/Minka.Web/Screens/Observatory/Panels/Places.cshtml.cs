using Microsoft.AspNetCore.Mvc;
using Minka.Core.Territories;
using Minka.Web.Access;
using Minka.Web.Api;
using Minka.Web.Components;
using Minka.Web.Layout;
using Minka.Web.Screens.Territories;

namespace Minka.Web.Screens.Observatory.Panels;

/// <summary>The table of the country's map: all places of a level by an indicator, greatest first.</summary>
[Public]
public sealed class PlacesModel(Spending spending, Core.Territories.Country country) : ObservatoryScreen(spending, country), IListed
{
    public const int Size = 50;

    [BindProperty(SupportsGet = true, Name = "nivel")]
    public string? LevelName { get; set; }

    public Level Level => Enum.GetValues<Level>().Cast<Level?>().FirstOrDefault(l => l!.Value.Slug == LevelName) ?? Level.Province;

    public IReadOnlyList<Choice> LevelChoices => [.. Enum.GetValues<Level>().Where(l => Country.Of(l).Count > 0).Select(l => new Choice(l.Slug, T[$"territories.level.{l.Slug}.many"]))];

    public IReadOnlyList<(Territory Place, Figures Figures)> Lines { get; private set; } = [];

    public int Number { get; private set; } = 1;

    public IEnumerable<(Territory Place, Figures Figures)> Shown => Lines.Skip((Number - 1) * Size).Take(Size);

    public override async Task LoadAsync()
    {
        if (!await OpenAsync()) return;
        Lines = [.. Reading.Rows(ByOf(Level), Year, Amount).Select(r => (Place: Country.Find(r.Code), Row: r)).Where(l => l.Place?.Level == Level)
            .Select(l => (l.Place!, FiguresOf(l.Row, l.Place!))).OrderByDescending(l => l.Item2.Of(Chosen).Value ?? double.MinValue).ThenBy(l => l.Item1.Code, StringComparer.Ordinal)];
        Number = PageOf(Lines.Count, Size);
    }

    public TableFile ToFile() => new("lugares",
        [T["observatory.column.code"], T["observatory.column.name"], T["observatory.column.year"], .. Indicators.All.Select(i => i.NameIn(T))],
        Lines.Select(l => (IReadOnlyList<object?>)[l.Place.Code, l.Place.Name, Text(Year), .. Indicators.All.Select(i => (object?)PanelScreen.Exact(l.Figures, i))]));
}
