using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;

namespace Minka.Core.Planning;

public enum StrategyState
{
    Draft,

    /// <summary>Before the assembly: locked, so that what is voted is what was read.</summary>
    Proposed,
    InForce,
    Superseded,
}

/// <summary>What an editor types of a strategy.</summary>
public sealed record StrategyInput
{
    public required string Title { get; init; }
    public required string Vision { get; init; }
    public required int YearFrom { get; init; }
    public required int YearTo { get; init; }
}

/// <summary>Territorial strategy of a coordination entity (plan de desarrollo concertado, estrategia de desarrollo local): its axes are what programmes hang on.</summary>
public sealed class Strategy : IVersioned
{
    public static readonly Transitions<StrategyState> Table = new("strategy",
        new(StrategyState.Draft, "propose", StrategyState.Proposed, "manager"),
        new(StrategyState.Proposed, "propose", StrategyState.Proposed, "manager"),
        new(StrategyState.Proposed, "withdraw", StrategyState.Draft, "manager"),
        new(StrategyState.Draft, "adopt", StrategyState.InForce, "secretary"),
        new(StrategyState.Proposed, "adopt", StrategyState.InForce, "secretary"),
        new(StrategyState.InForce, "supersede", StrategyState.Superseded, "secretary"));

    Strategy()
    {
    }

    public StrategyId Id { get; private set; }
    public EntityId EntityId { get; private set; }

    /// <summary>First, second … strategy of the entity.</summary>
    public int Number { get; private set; }
    public string Title { get; private set; } = "";
    public string Vision { get; private set; } = "";
    public int YearFrom { get; private set; }
    public int YearTo { get; private set; }
    public StrategyState State { get; private set; }

    /// <summary>Canonical JSON of <see cref="StrategyContent"/> as it was adopted.</summary>
    public string? AdoptedContent { get; private set; }
    public Digest? AdoptedDigest { get; private set; }
    public ResolutionId? AdoptedByResolutionId { get; private set; }
    public DateTime? AdoptedAt { get; private set; }
    public int Version { get; private set; }

    public static Strategy Start(StrategyId id, EntityId entity, int number, StrategyInput input)
    {
        var strategy = new Strategy { Id = id, EntityId = entity, Number = number };
        strategy.Change(input);
        return strategy;
    }

    public bool IsEditable => State == StrategyState.Draft;

    public void Change(StrategyInput input)
    {
        MustBeEditable();
        if (input.YearTo < input.YearFrom) throw new RuleBroken(PlanningRules.YearsReversed, input.YearFrom, input.YearTo);
        Title = PlanningRules.Required(input.Title, "title");
        Vision = PlanningRules.Required(input.Vision, "vision", PlanningRules.LongestText);
        YearFrom = PlanningRules.Year(input.YearFrom);
        YearTo = PlanningRules.Year(input.YearTo);
    }

    public void MustBeEditable()
    {
        if (!IsEditable) throw new RuleBroken(PlanningRules.StrategyLocked);
    }

    public void Propose(StrategyContent content)
    {
        if (content.Axes.Count == 0) throw new RuleBroken(PlanningRules.StrategyWithoutAxes);
        State = Table.Next(State, "propose");
    }

    public void Withdraw() => State = Table.Next(State, "withdraw");

    public void Adopt(StrategyContent content, ResolutionId resolution, DateTime at)
    {
        State = Table.Next(State, "adopt");
        AdoptedContent = content.ToCanonicalText();
        AdoptedDigest = content.Digest();
        (AdoptedByResolutionId, AdoptedAt) = (resolution, at);
    }

    public void Supersede() => State = Table.Next(State, "supersede");
}
