using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Web.Layout;
using Choice = Minka.Web.Components.Choice;

namespace Minka.Web.Screens.Planning;

/// <summary>The assemblies of an entity that can still take a motion.</summary>
public sealed record AssemblyChoices(string EntitySlug, IReadOnlyList<Choice> Options)
{
    /// <summary>Whether the form asks which organisations the motion touches.</summary>
    public bool Touched { get; init; }

    /// <summary>Organisations that what is proposed names.</summary>
    public IReadOnlyList<string> Named { get; init; } = [];

    public static async Task<AssemblyChoices> OfAsync(AppDb db, T t, CoordinationEntity entity)
    {
        var open = await db.Assemblies.Where(a => a.EntityId == entity.Id && (a.State == AssemblyState.Convened || a.State == AssemblyState.InSession)).OrderBy(a => a.FirstCallAt).ToListAsync();
        return new(entity.Slug, [.. open.Select(a => new Choice(a.Id.Value.ToString(), $"{a.Number}. {a.Title}", t["planning.assembly.when", a.FirstCallAt, a.Place]))]);
    }
}
