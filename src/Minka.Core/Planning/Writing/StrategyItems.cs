using Minka.Core.Kernel;
using Minka.Core.Rules;

namespace Minka.Core.Planning.Writing;

public enum FindingTopic
{
    Population,
    Economy,
    Services,
    Environment,
    Connection,
    Institutions,
    Culture,
}

public enum FindingKind
{
    Need,
    Potential,
}

/// <summary>Something that the diagnosis found, with its evidence.</summary>
public sealed record Finding(FindingTopic Topic, FindingKind Kind, string Text, string? Evidence) : PartItem;

public enum AssetKind
{
    Natural,
    Cultural,
    Reputation,
    Knowledge,
    Location,
    Institution,
}

/// <summary>A specific territorial asset (activo específico territorial): what this territory has and another could not copy.</summary>
public sealed record TerritorialAsset(AssetKind Kind, string Name, string Distinct, string? Place, string? Use) : PartItem;

/// <summary>An intermediate city and what ties the territory to it.</summary>
/// <param name="Minutes">Of travel by the usual means.</param>
public sealed record CityLink(string City, int Minutes, string Offers, string Sends, string? Obstacle) : PartItem;

public enum SwotQuadrant
{
    Strength,
    Opportunity,
    Weakness,
    Threat,
}

/// <summary>A factor of the SWOT (FODA).</summary>
/// <param name="Weight">From 1 to 5.</param>
/// <param name="Objectives">Codes of the axes and objectives that keep, use, correct or face it.</param>
public sealed record SwotFactor(SwotQuadrant Quadrant, string Text, int Weight, IReadOnlyList<string> Objectives) : PartItem;

public enum TreeRole
{
    /// <summary>The core problem; there is one.</summary>
    Core,
    Cause,
    Effect,
}

/// <summary>A node of the problem tree and, beside it, of the objective tree: each objective mirrors a problem.</summary>
/// <param name="Under">Code of the node that it explains (a cause) or follows from (an effect); null: the core problem.</param>
/// <param name="Axis">Code of the axis that takes it up.</param>
public sealed record TreeNode(TreeRole Role, string Problem, string? Under, string Objective, string? Axis) : PartItem;

/// <summary>A specific objective of an axis.</summary>
/// <param name="Node">Code of the node of the tree that it comes from.</param>
public sealed record SpecificObjective(string Axis, string Text, string? Node) : PartItem;

/// <summary>An indicator of an axis or of one of its objectives; beside the one that the axis itself carries.</summary>
/// <param name="Of">Code of an axis or of a specific objective.</param>
public sealed record StrategyIndicator(string Of, string Name, string Unit, Quantity Baseline, DateOnly BaselineOn, Quantity Target, DateOnly TargetOn, string Source) : PartItem;

public enum PlanLevel
{
    National,
    Regional,
    Provincial,
    District,
    Sector,
}

/// <summary>What of an axis is written in another plan, too.</summary>
/// <param name="Entry">Code in the catalogue of that plan, where there is one.</param>
public sealed record Alignment(string Axis, PlanLevel Level, string Plan, string Element, string? Entry) : PartItem;

public sealed record PlannedAction(string Axis, string? Objective, string Text, string Responsible, int YearFrom, int YearTo) : PartItem;

public enum ConsultationKind
{
    Workshop,
    Assembly,
    Hearing,
    Visit,
    Online,
}

/// <summary>A meeting by which people took part in the strategy: numbers, never names.</summary>
/// <param name="Changed">What is otherwise in the strategy because of it.</param>
public sealed record Consultation(ConsultationKind Kind, DateOnly On, string Place, string Subject, int Women, int Men, int PublicSector, int PrivateSector, int SocialSector, string Changed, string? Evidence) : PartItem;

/// <summary>Money that an axis needs in a year from a source.</summary>
public sealed record FinanceLine(string Axis, FundingSource Source, int Year, Money Amount, string? Note) : PartItem;
