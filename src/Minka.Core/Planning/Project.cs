using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;

namespace Minka.Core.Planning;

/// <summary>What an editor types of a project.</summary>
public sealed record ProjectInput
{
    /// <summary>Left out: the next free one (P1, P2 …).</summary>
    public string? Code { get; init; }
    public required string Title { get; init; }
    public required string Problem { get; init; }
    public required string Objective { get; init; }
    public AxisId? AxisId { get; init; }

    /// <summary>Value chain (cadena productiva).</summary>
    public string? Chain { get; init; }

    /// <summary>Name shared by small projects of like design and objective that are carried out as one (conglomerado).</summary>
    public string? Conglomerate { get; init; }

    /// <summary>Six-digit codes of districts.</summary>
    public IReadOnlyList<string> Places { get; init; } = [];
    public int BeneficiaryWomen { get; init; }
    public int BeneficiaryMen { get; init; }

    /// <summary>Names of organisations, never of persons.</summary>
    public IReadOnlyList<string> Organisations { get; init; } = [];

    /// <summary>Projects that must come before this one.</summary>
    public IReadOnlyList<ProjectId> After { get; init; } = [];

    /// <summary>The whole cost as estimated; the cost lines by source must reach it exactly before a version is frozen.</summary>
    public required Money PlannedCost { get; init; }
}

public enum ProjectStage
{
    Idea,
    Profile,

    /// <summary>Declared viable, or approved where its kind knows no viability.</summary>
    Viable,
    TechnicalFile,
    InExecution,
    Closed,
    Discarded,
}

/// <summary>
/// A project of a territory: in the bank of an entity, or in one of its programmes. Its places, beneficiaries and precedence are what ties it
/// to the others.
/// </summary>
public sealed class Project : IVersioned
{
    public static readonly Transitions<ProjectStage> Table = new("project",
        new(ProjectStage.Idea, "profile", ProjectStage.Profile, "manager"),
        new(ProjectStage.Idea, "approve", ProjectStage.Viable, "manager"),
        new(ProjectStage.Profile, "approve", ProjectStage.Viable, "manager"),
        new(ProjectStage.Viable, "finish-file", ProjectStage.TechnicalFile, "manager"),
        new(ProjectStage.TechnicalFile, "start", ProjectStage.InExecution, "manager"),
        new(ProjectStage.InExecution, "close", ProjectStage.Closed, "manager"),
        new(ProjectStage.Profile, "step-back", ProjectStage.Idea, "manager"),
        new(ProjectStage.Viable, "step-back", ProjectStage.Profile, "manager"),
        new(ProjectStage.TechnicalFile, "step-back", ProjectStage.Viable, "manager"),
        new(ProjectStage.Idea, "discard", ProjectStage.Discarded, "manager"),
        new(ProjectStage.Profile, "discard", ProjectStage.Discarded, "manager"),
        new(ProjectStage.Viable, "discard", ProjectStage.Discarded, "manager"),
        new(ProjectStage.TechnicalFile, "discard", ProjectStage.Discarded, "manager"),
        new(ProjectStage.Discarded, "take-up", ProjectStage.Idea, "manager"));

    Project()
    {
    }

    public ProjectId Id { get; private set; }
    public EntityId EntityId { get; private set; }

    /// <summary>The programme that it is part of; null in the bank.</summary>
    public ProgrammeId? ProgrammeId { get; private set; }

    /// <summary>The project that it is a copy of; its own id where it is none. Two with one root are one project in two programmes.</summary>
    public ProjectId RootId { get; private set; }
    public ProjectStage Stage { get; private set; }

    /// <summary>Unique in its programme; in the bank, unique among those that are in no programme.</summary>
    public string Code { get; private set; } = "";
    public string Title { get; private set; } = "";
    public string Problem { get; private set; } = "";
    public string Objective { get; private set; } = "";
    public AxisId? AxisId { get; private set; }
    public string? Chain { get; private set; }
    public string? Conglomerate { get; private set; }
    public IReadOnlyList<string> Places { get; private set; } = [];
    public int BeneficiaryWomen { get; private set; }
    public int BeneficiaryMen { get; private set; }
    public IReadOnlyList<string> Organisations { get; private set; } = [];
    public IReadOnlyList<ProjectId> After { get; private set; } = [];
    public Money PlannedCost { get; private set; }

    /// <summary>Rises with each change of the cost lines, so that they share the project's version.</summary>
    public int LinesEdition { get; private set; }
    public int Version { get; private set; }

    public static Project Add(ProjectId id, Programme programme, string code, ProjectInput input)
    {
        var project = new Project { Id = id, EntityId = programme.EntityId, ProgrammeId = programme.Id, RootId = id, Stage = ProjectStage.Profile };
        project.Change(code, input);
        return project;
    }

    /// <summary>An idea needs no problem and no objective yet; a project of a programme does.</summary>
    public static Project AddToBank(ProjectId id, EntityId entity, string code, ProjectInput input, ProjectStage stage)
    {
        var project = new Project { Id = id, EntityId = entity, RootId = id, Stage = stage };
        project.Change(code, input);
        return project;
    }

    /// <summary>The same project for another programme.</summary>
    public Project CopyInto(ProjectId id, ProgrammeId programme, string code, AxisId? axis) => new()
    {
        Id = id,
        EntityId = EntityId,
        ProgrammeId = programme,
        RootId = RootId,
        Stage = Stage,
        Code = code,
        Title = Title,
        Problem = MustBeSaid(Problem, "problem"),
        Objective = MustBeSaid(Objective, "objective"),
        AxisId = axis,
        Chain = Chain,
        Conglomerate = Conglomerate,
        Places = Places,
        BeneficiaryWomen = BeneficiaryWomen,
        BeneficiaryMen = BeneficiaryMen,
        Organisations = Organisations,
        After = After,
        PlannedCost = PlannedCost,
    };

    public void Change(string code, ProjectInput input)
    {
        if (input.BeneficiaryWomen < 0 || input.BeneficiaryMen < 0 || input.PlannedCost.IsNegative) throw new RuleBroken(PlanningRules.NegativeNumber);
        Code = PlanningRules.Required(code, "code", 12);
        Title = PlanningRules.Required(input.Title, "title");
        Problem = Said(input.Problem, "problem");
        Objective = Said(input.Objective, "objective");
        AxisId = input.AxisId;
        Chain = PlanningRules.Optional(input.Chain, "chain", 80);
        Conglomerate = PlanningRules.Optional(input.Conglomerate, "conglomerate", 80);
        Places = [.. input.Places.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        (BeneficiaryWomen, BeneficiaryMen) = (input.BeneficiaryWomen, input.BeneficiaryMen);
        Organisations = [.. input.Organisations.Select(o => PlanningRules.Optional(o, "organisations")).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)];
        After = [.. input.After.Distinct()];
        PlannedCost = input.PlannedCost;
    }

    /// <summary>Says what the sheet does not say yet; what it says stays.</summary>
    internal void FillIn(string problem, string objective)
    {
        if (Problem.Length == 0) Problem = Said(problem, "problem");
        if (Objective.Length == 0) Objective = Said(objective, "objective");
    }

    /// <summary>Out of the bank, into a programme of its entity.</summary>
    internal void MoveInto(ProgrammeId programme, string code, AxisId? axis)
    {
        MustBeSaid(Problem, "problem");
        MustBeSaid(Objective, "objective");
        (ProgrammeId, Code, AxisId) = (programme, code, axis);
    }

    internal void MoveToBank(string code) => (ProgrammeId, Code) = (null, code);

    /// <summary>Takes over what only a second record of the same project knew.</summary>
    internal void TakeIn(Project other)
    {
        if (Problem.Length == 0) Problem = other.Problem;
        if (Objective.Length == 0) Objective = other.Objective;
        Chain ??= other.Chain;
        Places = [.. Places.Union(other.Places, StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        Organisations = [.. Organisations.Union(other.Organisations, StringComparer.OrdinalIgnoreCase)];
        After = [.. After.Union(other.After).Where(a => a != Id && a != other.Id)];
        if (BeneficiaryWomen + BeneficiaryMen == 0) (BeneficiaryWomen, BeneficiaryMen) = (other.BeneficiaryWomen, other.BeneficiaryMen);
        if (PlannedCost.IsZero) PlannedCost = other.PlannedCost;
    }

    public void Move(string verb) => Stage = Table.Next(Stage, verb);

    public void MoveTo(AxisId? axis) => AxisId = axis;

    public void Forget(ProjectId other) => After = [.. After.Where(a => a != other)];

    internal void ComeAfter(IReadOnlyList<ProjectId> others) => After = [.. others.Distinct()];

    public void Plan(Money cost) =>
        PlannedCost = cost.IsNegative ? throw new RuleBroken(PlanningRules.NegativeNumber) : cost;

    public void LinesChanged() => LinesEdition++;

    string Said(string? text, string field) => ProgrammeId is null
        ? PlanningRules.Optional(text, field, PlanningRules.LongestText) ?? ""
        : PlanningRules.Required(text, field, PlanningRules.LongestText);

    static string MustBeSaid(string text, string field) => PlanningRules.Required(text, field, PlanningRules.LongestText);
}
