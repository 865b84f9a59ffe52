using Microsoft.AspNetCore.Mvc;
using Minka.Core.Accounts;
using Minka.Core.Territories;
using Minka.Web.Access;
using Minka.Web.Api;
using Minka.Web.Components;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Territories;

[Public]
public sealed class ListModel(Gazetteer gazetteer, Country country) : Screen, IListed
{
    public const int Size = 50;

    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true, Name = "nivel")]
    public string? LevelName { get; set; }

    [BindProperty(SupportsGet = true, Name = "pagina")]
    public int Number { get; set; } = 1;

    IReadOnlyList<Territory> found = [];

    public IReadOnlyList<Territory> Shown { get; private set; } = [];

    public int Total { get; private set; }

    public IReadOnlyList<FilterChoice> Levels { get; private set; } = [];

    public bool MayAdd => May(Role.Admin, Role.Operator, Role.Secretary, Role.Manager);

    public bool MayBring => May(Role.Admin);

    /// <summary>Whether anything of the list has its population: a column of "no data" tells nothing.</summary>
    public bool HasPopulation => Shown.Any(t => t.Population is not null);

    public bool HasDistricts => country.Districts.Count > 0;

    public override async Task LoadAsync()
    {
        var districts = await gazetteer.DistrictsAsync();
        var all = string.IsNullOrWhiteSpace(Q)
            ? [.. country.Departments, .. country.Provinces, .. districts]
            : await gazetteer.SearchAsync(Q, int.MaxValue);
        Levels =
        [
            new("", T["territories.filter.all"], all.Count),
            .. Enum.GetValues<Level>().Select(l => new FilterChoice(l.Slug, T[$"territories.level.{l.Slug}.many"], all.Count(t => t.Level == l))),
        ];
        var chosen = Enum.GetValues<Level>().Cast<Level?>().FirstOrDefault(l => l!.Value.Slug == LevelName);
        found = chosen is null ? all : [.. all.Where(t => t.Level == chosen)];
        Total = found.Count;
        Number = Math.Clamp(Number, 1, Math.Max(1, (Total + Size - 1) / Size));
        Shown = [.. found.Skip((Number - 1) * Size).Take(Size)];
    }

    public TableFile ToFile() => new("territorios",
        [T["territories.column.code"], T["territories.column.name"], T["territories.column.level"], T["territories.column.where"], T["territories.column.population"]],
        found.Select(t => (IReadOnlyList<object?>)[t.Code, t.Name, T.Of(t.Level), Where(t), t.Population]));

    public string Where(Territory territory) =>
        string.Join(", ", country.PathOf(territory.ParentCode ?? "").Reverse().Select(t => t.Name));
}
