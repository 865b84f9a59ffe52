using System.Text.Json.Serialization;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;

namespace Minka.Core.Planning;

public enum ProjectKind
{
    /// <summary>Proyecto de inversión.</summary>
    Investment,

    /// <summary>Optimisation, marginal enlargement, replacement or rehabilitation (IOARR).</summary>
    Ioarr,
    BusinessPlan,
    Service,

    /// <summary>Institutional strengthening.</summary>
    Strengthening,
}

/// <param name="Name">What is built, bought or taught.</param>
/// <param name="Result">What it leaves behind.</param>
public sealed record ProjectComponent(string Name, string? Result);

/// <summary>Who keeps the project working once it is there, and what shows that they promised it.</summary>
/// <param name="Who">An organisation, never a person.</param>
/// <param name="Commitment">Document of the commitment.</param>
public sealed record ProjectUpkeep(string Who, Money? YearlyCost, string? Commitment);

/// <summary>Three steps are what people can tell apart.</summary>
public enum RiskLevel
{
    Low,
    Medium,
    High,
}

public sealed record ProjectRisk(string What, RiskLevel Likelihood, RiskLevel Impact, string? Answer);

public enum PreconditionState
{
    Missing,
    NotNeeded,
    InProcess,
    Held,
}

/// <param name="Code">Of <see cref="PreconditionKinds"/>.</param>
/// <param name="Document">What shows it: number, date, office.</param>
public sealed record ProjectPrecondition(string Code, PreconditionState State, string? Document);

/// <param name="Code">Of <see cref="BeneficiaryGroups"/>.</param>
public sealed record GroupBeneficiaries(string Code, int Women, int Men);

/// <summary>A document beside the sheet.</summary>
/// <param name="Digest">SHA-256 of the file; null where only its reference is known.</param>
public sealed record ProjectDocument(string Name, string? Reference, Digest? Digest);

/// <summary>What an editor types of a project beyond what ties it to others.</summary>
public sealed record SheetInput
{
    public ProjectKind? Kind { get; init; }

    /// <summary>Unique code of the ministry's bank of investments, seven digits.</summary>
    public string? InvestmentCode { get; init; }
    public IReadOnlyList<ProjectComponent> Components { get; init; } = [];

    /// <summary>First day of the month in which it begins.</summary>
    public DateOnly? StartMonth { get; init; }
    public int? Months { get; init; }
    public ProjectUpkeep? Upkeep { get; init; }
    public IReadOnlyList<ProjectRisk> Risks { get; init; } = [];
    public IReadOnlyList<ProjectPrecondition> Preconditions { get; init; } = [];
    public IReadOnlyList<GroupBeneficiaries> Groups { get; init; } = [];
    public ProjectShape? Shape { get; init; }
    public IReadOnlyList<ProjectDocument> Documents { get; init; } = [];

    [JsonIgnore]
    public bool IsEmpty => this is { Kind: null, InvestmentCode: null, StartMonth: null, Months: null, Upkeep: null, Shape: null }
        && Components.Count + Risks.Count + Preconditions.Count + Groups.Count + Documents.Count == 0;
}

/// <summary>The rest of a project's sheet. A project that was there before sheets were has none until somebody fills it in.</summary>
public sealed class ProjectSheet : IVersioned
{
    ProjectSheet()
    {
    }

    public ProjectId ProjectId { get; private set; }
    public EntityId EntityId { get; private set; }
    public ProjectKind? Kind { get; private set; }
    public string? InvestmentCode { get; private set; }
    public IReadOnlyList<ProjectComponent> Components { get; private set; } = [];
    public DateOnly? StartMonth { get; private set; }
    public int? Months { get; private set; }
    public ProjectUpkeep? Upkeep { get; private set; }
    public IReadOnlyList<ProjectRisk> Risks { get; private set; } = [];
    public IReadOnlyList<ProjectPrecondition> Preconditions { get; private set; } = [];
    public IReadOnlyList<GroupBeneficiaries> Groups { get; private set; } = [];
    public ProjectShape? Shape { get; private set; }
    public IReadOnlyList<ProjectDocument> Documents { get; private set; } = [];
    public int Version { get; private set; }

    public static ProjectSheet Of(Project project, SheetInput input)
    {
        var sheet = new ProjectSheet { ProjectId = project.Id, EntityId = project.EntityId };
        sheet.Change(input);
        return sheet;
    }

    public void Change(SheetInput input)
    {
        Kind = input.Kind;
        InvestmentCode = SheetChecks.InvestmentCode(input.InvestmentCode);
        Components = SheetChecks.Components(input.Components);
        (StartMonth, Months) = SheetChecks.Schedule(input.StartMonth, input.Months);
        Upkeep = SheetChecks.Upkeep(input.Upkeep);
        Risks = SheetChecks.Risks(input.Risks);
        Preconditions = SheetChecks.Preconditions(input.Preconditions);
        Groups = SheetChecks.Groups(input.Groups);
        Shape = input.Shape is { } shape ? ProjectShape.Checked(shape) : null;
        Documents = SheetChecks.Documents(input.Documents);
    }

    public SheetInput ToInput() => new()
    {
        Kind = Kind,
        InvestmentCode = InvestmentCode,
        Components = Components,
        StartMonth = StartMonth,
        Months = Months,
        Upkeep = Upkeep,
        Risks = Risks,
        Preconditions = Preconditions,
        Groups = Groups,
        Shape = Shape,
        Documents = Documents,
    };
}
