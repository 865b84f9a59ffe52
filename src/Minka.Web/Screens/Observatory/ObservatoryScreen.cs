using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Minka.Core.Territories;
using Minka.Observatory.Panels;
using Minka.Observatory.Reading;
using Minka.Observatory.Store;
using Minka.Web.Components;
using Minka.Web.Layout;
using Country = Minka.Core.Territories.Country;

namespace Minka.Web.Screens.Observatory;

/// <summary>A page over the spending store: what the size of a project is, which year, and what to say where there is nothing to read.</summary>
public abstract class ObservatoryScreen(Spending spending, Country country) : Screen
{
    [BindProperty(SupportsGet = true, Name = "monto")]
    public string? AmountName { get; set; }

    [BindProperty(SupportsGet = true, Name = "anio")]
    public string? YearText { get; set; }

    [BindProperty(SupportsGet = true, Name = "indicador")]
    public string? IndicatorKey { get; set; }

    [BindProperty(SupportsGet = true, Name = "gasto-fijo")]
    public string? OverheadText { get; set; }

    public Country Country => country;

    public SpendingState State { get; private set; }

    /// <summary>Null unless the state is ready.</summary>
    public SpendReading Reading { get; private set; } = null!;

    public bool Ready => State == SpendingState.Ready;

    public string Folder => spending.Folder;

    public PanelAmount Amount { get; private set; }

    public int? Year { get; private set; }

    /// <summary>What the map and the tables of parts show.</summary>
    public IndicatorInfo Chosen => Indicators.Find(IndicatorKey) is { OnMap: true } found ? found : Indicators.Find(HasProjects ? Indicators.First : "amount_per_head")!;

    public bool HasProjects => Reading.HasProjects(Amount);

    public decimal? Overhead => Overheads(OverheadText);

    public bool OverheadWrong => !string.IsNullOrWhiteSpace(OverheadText) && Overhead is null;

    public IReadOnlyList<Choice> AmountChoices => [.. Reading.Amounts.Select(a => new Choice(NameOf(a), T.Of(a)))];

    public IReadOnlyList<Choice> YearChoices => [.. Reading.Years(Amount).Select(y => new Choice(YearValueOf(y), y is { } year ? Text(year) : T["observatory.all-years"]))];

    public IReadOnlyList<Choice> IndicatorChoices =>
        [.. Indicators.All.Where(i => i.OnMap && (HasProjects || i.Key is "amount_per_head" or "execution")).Select(i => new Choice(i.Key, i.NameIn(T)))];

    public IReadOnlyList<ImportRecord> Sources => Reading.Sources(Amount);

    /// <summary>Opens the store and understands what is asked. False where the page has nothing but a state to show.</summary>
    protected async Task<bool> OpenAsync()
    {
        (State, var reading) = await spending.ReadAsync(HttpContext.RequestAborted);
        if (reading is null) return false;
        Reading = reading;
        Amount = reading.Amounts.Cast<PanelAmount?>().FirstOrDefault(a => NameOf(a!.Value) == AmountName) ?? reading.Amounts[0];
        var years = reading.Years(Amount);
        Year = int.TryParse(YearText, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && years.Contains(year) ? year
            : years.Contains(null) ? null : years.FirstOrDefault();
        return true;
    }

    public static string NameOf(PanelAmount amount) => amount.ToString().ToLowerInvariant();

    public static string Text(int? year) => year?.ToString(CultureInfo.InvariantCulture) ?? "";

    /// <summary>A year as a form sends it; all years are a choice of their own, not a lack of one.</summary>
    public static string YearValueOf(int? year) => year is null ? "todos" : Text(year);

    public string YearIn => Year is { } y ? Text(y) : T["observatory.all-years"];

    /// <summary>The choices that differ from what a page shows by itself, for links to other pages.</summary>
    public string Query(params (string Name, string? Value)[] more)
    {
        var parts = new List<(string, string?)>();
        if (Ready && Amount != Reading.Amounts[0]) parts.Add(("monto", NameOf(Amount)));
        if (Ready && Year is { } year && !(Reading.Years(Amount) is [{ } first, ..] && first == year && !Reading.Years(Amount).Contains(null))) parts.Add(("anio", Text(year)));
        parts.AddRange(more);
        var said = parts.Where(p => !string.IsNullOrEmpty(p.Item2)).Select(p => $"{p.Item1}={Uri.EscapeDataString(p.Item2!)}").ToList();
        return said.Count == 0 ? "" : "?" + string.Join('&', said);
    }

    public string? ChosenKept => IndicatorKey is null ? null : Chosen.Key;

    public string HrefOf(Territory place) => $"/observatorio/{LevelSlug(place.Level)}/{place.Code}{Query(("indicador", ChosenKept))}";

    public static string LevelSlug(Level level) => level switch { Level.Department => "departamento", Level.Province => "provincia", _ => "municipalidad" };

    public static PanelBy ByOf(Level level) => level switch { Level.Department => PanelBy.Department, Level.Province => PanelBy.Province, _ => PanelBy.District };

    public decimal? PeopleOf(Territory place) => place.Population is { } known ? known : country.Indicator("population-2025", place.Level)?.Of(place.Code);

    /// <summary>People of the departments whose spending is loaded: the whole country only if all of it is.</summary>
    public decimal? PeopleOfLoaded()
    {
        var loaded = LoadedDepartments().Select(PeopleOf).ToList();
        return loaded.Count == 0 || loaded.Contains(null) ? null : loaded.Sum();
    }

    public IReadOnlyList<Territory> LoadedDepartments() =>
        [.. Reading.Rows(PanelBy.Department, Year, Amount).Where(r => r.Total is not null).Select(r => country.Find(r.Code)).OfType<Territory>().Where(t => t.Level == Level.Department)];

    public Figures FiguresOf(PanelRow row, Territory place) => new(row, PeopleOf(place), Overhead, (null, "needs-neighbours"));

    /// <summary>Where a function is shown; it is named by its code or, in files without codes, by its name.</summary>
    public string FunctionHref(string code) => $"/observatorio/funcion{Query(("codigo", code))}";

    public string RowsHref(string? place, string? function = null) => $"/observatorio/proyectos{Query(("lugar", place), ("funcion", function))}";

    public static string Soles(decimal amount) => $"S/\u202F{Format.Number(amount, 0)}";

    public static string ShareText(double? share) => share is { } s ? $"{Format.Number(100 * s, 1)}\u202F%" : "–";

    static decimal? Overheads(string? text)
    {
        var plain = new string((text ?? "").Where(c => !char.IsWhiteSpace(c) && c is not ('\'' or ',' or '\u202F')).ToArray()).Replace("S/", "", StringComparison.OrdinalIgnoreCase);
        return decimal.TryParse(plain, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var soles) && soles is > 0 and < 1_000_000_000_000 ? soles : null;
    }
}
