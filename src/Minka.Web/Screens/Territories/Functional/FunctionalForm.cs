using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Territories;
using Minka.Web.Access;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Territories.Functional;

/// <summary>The form of a functional territory: its places by code, looked up below it.</summary>
public abstract class FunctionalForm(AppDb db, Gazetteer gazetteer, SetFunctionalTerritory set) : Screen
{
    protected AppDb Db => db;

    [BindProperty]
    public string? FullName { get; set; }

    [BindProperty]
    public string Kind { get; set; } = nameof(FunctionalKind.Corridor);

    [BindProperty]
    public string? Source { get; set; }

    [BindProperty]
    public string? Codes { get; set; }

    [BindProperty]
    public int Version { get; set; }

    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Q { get; set; }

    public FunctionalTerritory? Place { get; protected set; }

    /// <summary>The names of the places that were understood.</summary>
    public IReadOnlyList<string> Understood { get; private set; } = [];

    public IReadOnlyList<Territory> Found { get; private set; } = [];

    public IReadOnlyList<Components.Choice> Kinds => [.. Enum.GetValues<FunctionalKind>().Select(k => new Components.Choice(k.ToString(), T.Of(k)))];

    string[] CodeList => (Codes ?? "").Split([' ', ',', ';', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries);

    public override async Task LoadAsync()
    {
        Found = string.IsNullOrWhiteSpace(Q) ? [] : [.. (await gazetteer.SearchAsync(Q, 30)).Where(t => t.Level != Level.Department)];
        var names = new List<string>();
        foreach (var code in CodeList.Take(FunctionalTerritory.MostPlaces))
        {
            if (await gazetteer.FindAsync(code) is { } place) names.Add(place.Name);
        }
        Understood = names;
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        if (string.IsNullOrWhiteSpace(FullName)) Fault(nameof(FullName), "rule." + TerritoriesRules.FunctionalName, FunctionalTerritory.LongestName);
        if (string.IsNullOrWhiteSpace(Source)) Fault(nameof(Source), "rule." + TerritoriesRules.FunctionalSource);
        foreach (var code in CodeList)
        {
            if (Levels.OfCode(code) is not (Level.Province or Level.District) || await gazetteer.FindAsync(code) is null) Fault(nameof(Codes), "rule." + TerritoriesRules.FunctionalPlace, code);
        }
        if (CodeList.Length == 0) Fault(nameof(Codes), "rule." + TerritoriesRules.FunctionalTooFew);
        if (!ModelState.IsValid) return await AgainAsync();
        if (!Enum.TryParse<FunctionalKind>(Kind, out var kind) || !Enum.IsDefined(kind)) kind = FunctionalKind.Other;
        var slug = await set.ExecuteAsync(Place?.Id, Version, new(FullName!, kind, Source!, CodeList), Actor);
        Say("functional.done", FullName!.Trim());
        return Redirect($"/territorios/funcionales/{slug}");
    }
}

[May(Role.Admin, Role.Operator, Role.Secretary, Role.Manager)]
public sealed class NewModel(AppDb db, Gazetteer gazetteer, SetFunctionalTerritory set) : FunctionalForm(db, gazetteer, set);

[May(Role.Admin, Role.Operator, Role.Secretary, Role.Manager)]
public sealed class ChangeModel(AppDb db, Gazetteer gazetteer, SetFunctionalTerritory set) : FunctionalForm(db, gazetteer, set)
{
    public override async Task LoadAsync()
    {
        var slug = Route("functional");
        Place = await Db.FunctionalTerritories.SingleOrDefaultAsync(f => f.Slug == slug) ?? throw new NotFound("functional-territory", slug);
        if (HttpMethods.IsGet(Request.Method))
        {
            (FullName, Kind, Source, Codes, Version) = (Place.Name, Place.Kind.ToString(), Place.Source, string.Join('\n', Place.Codes), Place.Version);
        }
        await base.LoadAsync();
    }
}
