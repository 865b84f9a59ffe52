namespace Minka.Selection.Optimal;

/// <summary>What is optimised, one after another: each only among the solutions that are best in all before it.</summary>
public enum AwardObjective
{
    /// <summary>The greatest sum of values of what is funded, with synergies and penalties.</summary>
    Merit,

    /// <summary>The greatest sum of the equity weights of what is funded.</summary>
    Equity,

    /// <summary>The fewest proposals.</summary>
    FewestProjects,

    /// <summary>The least money.</summary>
    LeastCost,

    /// <summary>Ties go by draw number, lowest first, instead of by the order of the list. Only as the last objective.</summary>
    Draw,
}

/// <summary>An amount at which a proposal may be funded.</summary>
public sealed record FundingLevel
{
    /// <summary>Its name, unique within the proposal, such as <c>full</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The money it costs the fund, in minor units; not negative.</summary>
    public required long Amount { get; init; }

    /// <summary>Its value in the unit of <see cref="AwardModel.ValueDecimals"/>; may be negative.</summary>
    public required long Value { get; init; }

    /// <summary>Its weight in the equity objective.</summary>
    public long Equity { get; init; }
}

/// <summary>A proposal that may be funded at one of its levels, or not.</summary>
public sealed record AwardProposal
{
    /// <summary>Its id, unique in the model.</summary>
    public required string Id { get; init; }

    /// <summary>Who applies; caps count by it. Null if caps do not concern it.</summary>
    public string? Applicant { get; init; }

    /// <summary>Who wrote the plan; caps count by it.</summary>
    public string? PlanWriter { get; init; }

    /// <summary>For each dimension (region, axis, need …) the group that the proposal belongs to.</summary>
    public IReadOnlyDictionary<string, string> Groups { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The levels; for ties an earlier one goes first.</summary>
    public required IReadOnlyList<FundingLevel> Levels { get; init; }

    /// <summary>Its number in the public draw, unique; used by <see cref="AwardObjective.Draw"/>.</summary>
    public int? DrawNumber { get; init; }
}

/// <summary>Money reserved for, or allowed to, one group of a dimension.</summary>
/// <param name="Dimension">The dimension, such as <c>region</c>.</param>
/// <param name="Group">The group within it.</param>
/// <param name="Floor">The least sum that must be awarded in the group, minor units.</param>
/// <param name="Ceiling">The greatest sum; null for none.</param>
public sealed record Envelope(string Dimension, string Group, long Floor, long? Ceiling);

/// <summary>Whom a cap counts by.</summary>
public enum CapBy
{
    /// <summary>Each applicant.</summary>
    Applicant,

    /// <summary>Each plan writer.</summary>
    PlanWriter,
}

/// <summary>A limit that holds for each applicant, or for each plan writer.</summary>
/// <param name="By">Whom it counts by.</param>
/// <param name="MaxCount">The greatest number of funded proposals; null for none.</param>
/// <param name="MaxAmount">The greatest sum, minor units; null for none.</param>
/// <param name="Only">The one whom it concerns; null for everybody.</param>
public sealed record AwardCap(CapBy By, int? MaxCount, long? MaxAmount, string? Only = null);

/// <summary>Proposals that are funded all or none.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Members">Proposals' ids, two at least.</param>
public sealed record AllOrNothing(string Id, IReadOnlyList<string> Members);

/// <summary>A proposal that is funded only if another is.</summary>
/// <param name="Proposal">The dependent one.</param>
/// <param name="Requires">The one that it needs.</param>
public sealed record Prerequisite(string Proposal, string Requires);

/// <summary>Proposals of which only some may be funded together.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Members">Proposals' ids.</param>
/// <param name="AtMost">How many of them at most.</param>
public sealed record Exclusion(string Id, IReadOnlyList<string> Members, int AtMost = 1);

/// <summary>A value that is added (synergy) or taken off (penalty) if all members are funded, at whatever level.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Members">Proposals' ids, two at least.</param>
/// <param name="Value">The value, not negative, in the unit of <see cref="AwardModel.ValueDecimals"/>.</param>
public sealed record Interaction(string Id, IReadOnlyList<string> Members, long Value);

/// <summary>
/// An award to be decided by optimisation: proposals with funding levels, a budget, and the rules of the call.
/// Money is whole minor units, values whole multiples of 10^−<see cref="ValueDecimals"/>.
/// </summary>
public sealed record AwardModel
{
    /// <summary>A name for reports.</summary>
    public string Name { get; init; } = "";

    /// <summary>The money at hand, minor units; not negative.</summary>
    public required long Budget { get; init; }

    /// <summary>How many decimals the values have: 2 means hundredths.</summary>
    public int ValueDecimals { get; init; }

    /// <summary>The objectives in their order.</summary>
    public IReadOnlyList<AwardObjective> Objectives { get; init; } = [AwardObjective.Merit];

    /// <summary>The proposals in the published order, by which ties are resolved.</summary>
    public required IReadOnlyList<AwardProposal> Proposals { get; init; }

    /// <summary>Envelopes over any number of dimensions.</summary>
    public IReadOnlyList<Envelope> Envelopes { get; init; } = [];

    /// <summary>Caps.</summary>
    public IReadOnlyList<AwardCap> Caps { get; init; } = [];

    /// <summary>All-or-nothing programmes.</summary>
    public IReadOnlyList<AllOrNothing> Programmes { get; init; } = [];

    /// <summary>Prerequisites; they may not form a cycle.</summary>
    public IReadOnlyList<Prerequisite> Prerequisites { get; init; } = [];

    /// <summary>Exclusions.</summary>
    public IReadOnlyList<Exclusion> Exclusions { get; init; } = [];

    /// <summary>Synergies.</summary>
    public IReadOnlyList<Interaction> Synergies { get; init; } = [];

    /// <summary>Penalties.</summary>
    public IReadOnlyList<Interaction> Penalties { get; init; } = [];
}

/// <summary>The model is faulty; nothing was solved.</summary>
public sealed class InvalidAwardModelException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="code">What is wrong, in a word for texts.</param>
    /// <param name="place">Where, such as <c>proposals[3].levels[0].amount</c>.</param>
    /// <param name="message">What is wrong and what to do, in English.</param>
    public InvalidAwardModelException(string code, string place, string message)
        : base(place.Length > 0 ? $"{place}: {message}" : message)
    {
        Code = code;
        Place = place;
    }

    /// <summary>What is wrong, in a word for texts.</summary>
    public string Code { get; }

    /// <summary>Where in the model.</summary>
    public string Place { get; }
}
