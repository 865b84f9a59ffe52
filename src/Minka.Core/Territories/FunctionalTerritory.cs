using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Territories;

public enum FunctionalKind
{
    Corridor,
    Watershed,
    Mancomunidad,
    Other,
}

public readonly record struct FunctionalTerritoryId(Guid Value) : ITypedId<FunctionalTerritoryId>
{
    public static FunctionalTerritoryId From(Guid value) => new(value);
}

/// <summary>A named set of districts that no boundary of the State encloses: an economic corridor, a watershed, a mancomunidad.</summary>
public sealed class FunctionalTerritory : IVersioned
{
    public const int LongestName = 120;
    public const int MostPlaces = 400;

    public required FunctionalTerritoryId Id { get; init; }

    public required string Slug { get; init; }

    public string Name { get; private set; } = "";

    public FunctionalKind Kind { get; private set; }

    /// <summary>The norm, study or agreement that draws it.</summary>
    public string Source { get; private set; } = "";

    /// <summary>Codes in order: districts, and provinces that lie in it whole.</summary>
    public IReadOnlyList<string> Codes { get; private set; } = [];

    public required DateTime CreatedAt { get; init; }

    public int Version { get; private set; }

    /// <summary>The provinces that it touches.</summary>
    public IReadOnlyList<string> Provinces => [.. Codes.Select(c => c[..4]).Distinct()];

    internal void Set(FunctionalInput input, IReadOnlyList<string> codes) => (Name, Kind, Source, Codes) = (input.Name.Trim(), input.Kind, input.Source.Trim(), codes);
}

sealed class FunctionalTerritoryMapping : IEntityTypeConfiguration<FunctionalTerritory>
{
    public void Configure(EntityTypeBuilder<FunctionalTerritory> b)
    {
        b.ToTable("FunctionalTerritories");
        b.Ignore(f => f.Provinces);
        b.Property(f => f.Codes).HasJson();
        b.HasIndex(f => f.Slug).IsUnique();
        b.HasIndex(f => new { f.Name, f.Id });
    }
}

public static class FunctionalTables
{
    extension(AppDb db)
    {
        public DbSet<FunctionalTerritory> FunctionalTerritories => db.Set<FunctionalTerritory>();
    }
}

public sealed record FunctionalTerritorySet(FunctionalTerritoryId TerritoryId, FunctionalKind Kind, int Places) : IEvent;

/// <param name="Codes">Districts of six digits, provinces of four; in any order, twice is once.</param>
public sealed record FunctionalInput(string Name, FunctionalKind Kind, string Source, IReadOnlyList<string> Codes);

/// <summary>Draws a functional territory from places of the gazetteer, or draws it anew.</summary>
[UseCase]
public sealed class SetFunctionalTerritory(Writer writer, Country? country = null)
{
    /// <param name="id">Null: a new one.</param>
    public Task<string> ExecuteAsync(FunctionalTerritoryId? id, int version, FunctionalInput input, Actor actor, CancellationToken cancel = default)
    {
        if (string.IsNullOrWhiteSpace(input.Name) || input.Name.Length > FunctionalTerritory.LongestName) throw new RuleBroken(TerritoriesRules.FunctionalName, FunctionalTerritory.LongestName);
        if (string.IsNullOrWhiteSpace(input.Source) || input.Source.Length > 300) throw new RuleBroken(TerritoriesRules.FunctionalSource);
        var codes = input.Codes.Select(c => c.Trim()).Where(c => c.Length > 0).Distinct().Order(StringComparer.Ordinal).ToList();
        // A district of a province that is in whole says nothing more.
        codes.RemoveAll(c => c.Length == 6 && codes.Contains(c[..4]));
        if (codes.FirstOrDefault(c => Levels.OfCode(c) is not (Level.District or Level.Province)) is { } odd) throw new RuleBroken(TerritoriesRules.FunctionalPlace, odd);
        if (codes.Count > FunctionalTerritory.MostPlaces) throw new RuleBroken(TerritoriesRules.FunctionalTooMany, FunctionalTerritory.MostPlaces);
        if (codes.Count == 0 || (codes.Count == 1 && codes[0].Length == 6)) throw new RuleBroken(TerritoriesRules.FunctionalTooFew);
        return writer.ActAsync("territory.set-functional", actor, async work =>
        {
            // Where no pack is loaded any well-formed code is taken, as for projects.
            var typed = (await work.Db.TypedDistricts.Where(d => codes.Contains(d.Code)).Select(d => d.Code).ToListAsync(cancel)).ToHashSet(StringComparer.Ordinal);
            if (country is not null && codes.FirstOrDefault(c => country.Find(c) is null && !typed.Contains(c)) is { } unknown) throw new RuleBroken(TerritoriesRules.FunctionalPlace, unknown);
            FunctionalTerritory territory;
            if (id is { } known)
            {
                territory = await work.Db.FunctionalTerritories.SingleOrDefaultAsync(f => f.Id == known, cancel) ?? throw new NotFound("functional-territory", known.Value);
                if (territory.Version != version) throw new ChangedMeanwhile("functional-territory");
            }
            else
            {
                var taken = await work.Db.FunctionalTerritories.Select(f => f.Slug).ToListAsync(cancel);
                territory = new FunctionalTerritory { Id = work.NewId<FunctionalTerritoryId>(), Slug = Slugs.Unique(input.Name, s => s == "nuevo" || taken.Contains(s)), CreatedAt = work.Now };
                work.Db.FunctionalTerritories.Add(territory);
            }
            territory.Set(input, codes);
            work.Happened(new FunctionalTerritorySet(territory.Id, input.Kind, codes.Count));
            return territory.Slug;
        }, new ActNote("functional-territory", id?.Value), cancel);
    }
}
