using Minka.Core.Database;
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

/// <summary>A project of a programme. Its places, beneficiaries and precedence are what ties it to the others.</summary>
public sealed class Project : IVersioned
{
    Project()
    {
    }

    public ProjectId Id { get; private set; }
    public ProgrammeId ProgrammeId { get; private set; }
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

    public static Project Add(ProjectId id, ProgrammeId programme, string code, ProjectInput input)
    {
        var project = new Project { Id = id, ProgrammeId = programme };
        project.Change(code, input);
        return project;
    }

    public void Change(string code, ProjectInput input)
    {
        if (input.BeneficiaryWomen < 0 || input.BeneficiaryMen < 0 || input.PlannedCost.IsNegative) throw new RuleBroken(PlanningRules.NegativeNumber);
        Code = PlanningRules.Required(code, "code", 12);
        Title = PlanningRules.Required(input.Title, "title");
        Problem = PlanningRules.Required(input.Problem, "problem", PlanningRules.LongestText);
        Objective = PlanningRules.Required(input.Objective, "objective", PlanningRules.LongestText);
        AxisId = input.AxisId;
        Chain = PlanningRules.Optional(input.Chain, "chain", 80);
        Conglomerate = PlanningRules.Optional(input.Conglomerate, "conglomerate", 80);
        Places = [.. input.Places.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        (BeneficiaryWomen, BeneficiaryMen) = (input.BeneficiaryWomen, input.BeneficiaryMen);
        Organisations = [.. input.Organisations.Select(o => PlanningRules.Optional(o, "organisations")).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)];
        After = [.. input.After.Distinct()];
        PlannedCost = input.PlannedCost;
    }

    public void MoveTo(AxisId? axis) => AxisId = axis;

    public void Forget(ProjectId other) => After = [.. After.Where(a => a != other)];

    public void Plan(Money cost) =>
        PlannedCost = cost.IsNegative ? throw new RuleBroken(PlanningRules.NegativeNumber) : cost;

    public void LinesChanged() => LinesEdition++;
}
