using Minka.Core.Database;
using Minka.Core.Kernel;

namespace Minka.Core.Entities;

public enum EntityState
{
    Active,
    Dissolved,
}

/// <summary>One province of an entity, for search by place; the entity's own list says the same.</summary>
public sealed class EntityProvince
{
    public required EntityId EntityId { get; init; }

    public required string ProvinceCode { get; init; }
}

/// <summary>A public-private body that coordinates and promotes programmes of one or more provinces.</summary>
public sealed class CoordinationEntity : IVersioned
{
    public static readonly Transitions<EntityState> Table = new("entity",
        new Transition<EntityState>(EntityState.Active, "dissolve", EntityState.Dissolved, "secretary"));

    public required EntityId Id { get; init; }

    public required string Slug { get; init; }

    public required string Name { get; init; }

    /// <summary>The name without case and accents, for search and order.</summary>
    public required string SearchName { get; init; }

    /// <summary>Id of the template of <c>rulepacks/compositions</c>.</summary>
    public required string TemplateId { get; init; }

    public required string TemplateVersion { get; init; }

    public required string LegalBasis { get; init; }

    /// <summary>Without it the entity promotes, but can't hold money or sign an agreement.</summary>
    public required bool HasLegalPersonality { get; init; }

    public string? Ruc { get; init; }

    public required IReadOnlyList<string> ProvinceCodes { get; init; }

    public required DateTime CreatedAt { get; init; }

    public EntityState State { get; private set; }

    public int Version { get; private set; }

    /// <summary>Numbers given to assemblies so far.</summary>
    public int Assemblies { get; private set; }

    /// <summary>Numbers given to resolutions so far.</summary>
    public int ResolutionCount { get; private set; }

    public CompositionTemplate Template => CompositionTemplates.Get(TemplateId);

    public int NextAssembly() => ++Assemblies;

    public int NextResolution() => ++ResolutionCount;

    public void MustBeActive()
    {
        if (State != EntityState.Active) throw new RuleBroken(EntitiesRules.Dissolved, Name);
    }

    public void Dissolve() => State = Table.Next(State, "dissolve");
}
