using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Planning;
using Minka.Core.Territories;
using Choice = Minka.Web.Components.Choice;

namespace Minka.Web.Screens.Planning.Projects;

/// <summary>The districts of a province to tick.</summary>
public sealed record PlaceGroup(string Code, string Name, IReadOnlyList<Territory> Districts, int Ticked);

/// <summary>The form of a project with all there is to choose from.</summary>
public sealed record ProjectFields
{
    public required ProjectForm Form { get; init; }

    public required IReadOnlyList<Choice> Axes { get; init; }

    public required IReadOnlyList<Choice> Others { get; init; }

    /// <summary>Value chains that the programme's projects name already.</summary>
    public required IReadOnlyList<string> Chains { get; init; }

    public required IReadOnlyList<PlaceGroup> Places { get; init; }

    /// <summary>What was searched among the places, and whether it was found.</summary>
    public required string? Search { get; init; }

    public required bool Found { get; init; }

    /// <summary>Of axes, projects and places, by id or code.</summary>
    public required IReadOnlyDictionary<string, string> Names { get; init; }

    public static async Task<ProjectFields> MakeAsync(AppDb db, Gazetteer gazetteer, CoordinationEntity entity, Programme programme, ProjectForm form, ProjectId? self, string? search)
    {
        var axes = (await db.Axes.Where(a => a.StrategyId == programme.StrategyId).ToListAsync()).OrderBy(a => a.Code, CodeOrder.Natural).ToList();
        var all = (await db.Projects.Where(p => p.ProgrammeId == programme.Id).ToListAsync()).OrderBy(p => p.Code, CodeOrder.Natural).ToList();
        var (groups, found) = await GroupsAsync(gazetteer, entity, form.Places, search);
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var axis in axes) names[axis.Id.Value.ToString()] = $"{axis.Code} {axis.Name}";
        foreach (var project in all) names[project.Id.Value.ToString()] = $"{project.Code} {project.Title}";
        foreach (var district in groups.SelectMany(g => g.Districts)) names[district.Code] = district.Name;
        return new()
        {
            Form = form,
            Axes = [.. axes.Select(a => new Choice(a.Id.Value.ToString(), $"{a.Code} {a.Name}"))],
            Others = [.. all.Where(p => p.Id != self).Select(p => new Choice(p.Id.Value.ToString(), $"{p.Code} {p.Title}"))],
            Chains = [.. all.Select(p => p.Chain).OfType<string>().Concat(await db.ValueChains.Where(c => c.EntityId == entity.Id).Select(c => c.Name).ToListAsync()).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal)],
            Places = groups,
            Search = search,
            Found = found,
            Names = names,
        };
    }

    /// <summary>The districts to tick: of the entity's provinces, of those ticked already and of those just searched; and whether the search found any.</summary>
    public static async Task<(IReadOnlyList<PlaceGroup> Groups, bool Found)> GroupsAsync(Gazetteer gazetteer, CoordinationEntity entity, IReadOnlyCollection<string> ticked, string? search)
    {
        var found = string.IsNullOrWhiteSpace(search) ? [] : await gazetteer.SearchAsync(search, 40);
        var provinces = entity.ProvinceCodes
            .Concat(ticked.Where(p => p.Length == 6).Select(p => p[..4]))
            .Concat(found.Where(f => f.Level != Level.Department).Select(f => f.Code[..4]))
            .Distinct().ToList();
        var groups = new List<PlaceGroup>();
        foreach (var code in provinces)
        {
            if (await gazetteer.FindAsync(code) is not { } province) continue;
            var districts = (await gazetteer.ChildrenOfAsync(code)).OrderBy(d => Country.PlainText(d.Name), StringComparer.Ordinal).ToList();
            groups.Add(new(code, province.Name, districts, districts.Count(d => ticked.Contains(d.Code))));
        }
        return (groups, found.Count > 0);
    }
}
