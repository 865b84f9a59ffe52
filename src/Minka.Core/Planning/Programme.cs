using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;

namespace Minka.Core.Planning;

public enum ProgrammeState
{
    /// <summary>No version of it was adopted yet.</summary>
    Draft,

    /// <summary>A version was adopted by an assembly; the programme may go on being edited towards the next.</summary>
    Adopted,
}

/// <summary>What an editor types of a programme.</summary>
public sealed record ProgrammeInput
{
    public required StrategyId StrategyId { get; init; }
    public required string Title { get; init; }
    public required string Objective { get; init; }
}

/// <summary>Territorial investment programme: projects tied to the axes of a strategy, proposed as one thing.</summary>
public sealed class Programme : IVersioned
{
    public static readonly Transitions<ProgrammeState> Table = new("programme",
        new(ProgrammeState.Draft, "adopt", ProgrammeState.Adopted, "secretary"),
        new(ProgrammeState.Adopted, "adopt", ProgrammeState.Adopted, "secretary"));

    Programme()
    {
    }

    public ProgrammeId Id { get; private set; }
    public EntityId EntityId { get; private set; }
    public StrategyId StrategyId { get; private set; }
    public string Slug { get; private set; } = "";
    public string Title { get; private set; } = "";
    public string Objective { get; private set; } = "";
    public ProgrammeState State { get; private set; }
    public ProgrammeVersionId? AdoptedVersionId { get; private set; }
    public DateTime? AdoptedAt { get; private set; }
    public int Version { get; private set; }

    public static Programme Start(ProgrammeId id, EntityId entity, string slug, ProgrammeInput input)
    {
        var programme = new Programme { Id = id, EntityId = entity, Slug = slug };
        programme.Change(input);
        return programme;
    }

    public void Change(ProgrammeInput input)
    {
        StrategyId = input.StrategyId;
        Title = PlanningRules.Required(input.Title, "title");
        Objective = PlanningRules.Required(input.Objective, "objective", PlanningRules.LongestText);
    }

    public void Adopt(ProgrammeVersionId version, DateTime at)
    {
        State = Table.Next(State, "adopt");
        (AdoptedVersionId, AdoptedAt) = (version, at);
    }
}
