using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Territories;

namespace Minka.Core.Planning.Bank;

/// <summary>What a project in the bank must satisfy: a free code, an axis of one of the entity's strategies, places that are known.</summary>
static class BankChecks
{
    public static async Task MustFitAsync(AppDb db, Country? country, Project project, CancellationToken cancel)
    {
        if (await db.Projects.AnyAsync(p => p.EntityId == project.EntityId && p.ProgrammeId == null && p.Id != project.Id && p.Code == project.Code, cancel))
            throw new RuleBroken(PlanningRules.ProjectCodeTaken, project.Code);
        if (project.AxisId is { } axis && !await AxesOf(db, project.EntityId).AnyAsync(a => a.Id == axis, cancel)) throw new RuleBroken(PlanningRules.AxisUnknown);
        await PlacesAsync(db, country, project, cancel);
        await ProjectChecks.PrecedenceAsync(db, project, cancel);
    }

    /// <summary>Every place is known, and lies in the entity's territory where the bank's rule asks so.</summary>
    public static async Task PlacesAsync(AppDb db, Country? country, Project project, CancellationToken cancel)
    {
        await Places.MustBeKnownAsync(db, country, project.Places, cancel);
        if (BankRules.Own.PlaceOutside == PlaceOutside.Refuse && (await EntityPlaces.OfAsync(db, project.EntityId, cancel)).Outside(project.Places) is { Count: > 0 } outside)
            throw new RuleBroken(PlanningRules.PlaceOutside, string.Join(", ", outside));
    }

    /// <summary>The axes of all strategies of an entity.</summary>
    public static IQueryable<Axis> AxesOf(AppDb db, EntityId entity) =>
        db.Axes.Join(db.Strategies.Where(s => s.EntityId == entity), a => a.StrategyId, s => s.Id, (a, _) => a);

    /// <summary>B1, B2 …: the first after the highest that a project of the entity ever kept.</summary>
    public static async Task<string> NextCodeAsync(AppDb db, EntityId entity, CancellationToken cancel)
    {
        var codes = await db.Projects.Where(p => p.EntityId == entity && EF.Functions.Like(p.Code, "B%")).Select(p => p.Code).ToListAsync(cancel);
        return $"B{NumberAfter(codes).ToString(CultureInfo.InvariantCulture)}";
    }

    public static int NumberAfter(IEnumerable<string> codes) =>
        codes.Select(c => c.Length is > 1 and < 9 && int.TryParse(c.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0).DefaultIfEmpty().Max() + 1;

    /// <summary>A point far from every place of the country was typed the wrong way round, or in other units.</summary>
    public static void MustLieInCountry(Country? country, ProjectShape? shape)
    {
        if (shape is null || country?.Bounds is not { } bounds) return;
        foreach (var point in shape.Points)
        {
            var (latitude, longitude) = (point.Latitude / (double)MapPoint.Scale, point.Longitude / (double)MapPoint.Scale);
            if (!bounds.Contains(latitude, longitude)) throw new RuleBroken(PlanningRules.ShapeOffCountry, point.Latitude / (decimal)MapPoint.Scale, point.Longitude / (decimal)MapPoint.Scale);
        }
    }
}
