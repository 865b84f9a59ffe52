using Minka.Core.Database;

namespace Minka.Core.Planning;

/// <summary>What an editor types of an axis. Baseline and target are written with their unit: "1.8 t/ha".</summary>
public sealed record AxisInput
{
    public required string Code { get; init; }
    public required string Name { get; init; }
    public required string Objective { get; init; }
    public required string Indicator { get; init; }
    public required string Baseline { get; init; }
    public required string Target { get; init; }
    public required int TargetYear { get; init; }

    /// <summary>Where the baseline comes from, and the year.</summary>
    public required string Source { get; init; }
}

/// <summary>Strategic axis (eje): an objective with an indicator, its baseline, its target and the source of both.</summary>
public sealed class Axis : IVersioned
{
    Axis()
    {
    }

    public AxisId Id { get; private set; }
    public StrategyId StrategyId { get; private set; }
    public string Code { get; private set; } = "";
    public string Name { get; private set; } = "";
    public string Objective { get; private set; } = "";
    public string Indicator { get; private set; } = "";
    public string Baseline { get; private set; } = "";
    public string Target { get; private set; } = "";
    public int TargetYear { get; private set; }
    public string Source { get; private set; } = "";
    public int Version { get; private set; }

    public static Axis Add(AxisId id, StrategyId strategy, AxisInput input)
    {
        var axis = new Axis { Id = id, StrategyId = strategy };
        axis.Change(input);
        return axis;
    }

    public void Change(AxisInput input)
    {
        Code = PlanningRules.Required(input.Code, "code", 12);
        Name = PlanningRules.Required(input.Name, "name");
        Objective = PlanningRules.Required(input.Objective, "objective", PlanningRules.LongestText);
        Indicator = PlanningRules.Required(input.Indicator, "indicator");
        Baseline = PlanningRules.Required(input.Baseline, "baseline", 60);
        Target = PlanningRules.Required(input.Target, "target", 60);
        TargetYear = PlanningRules.Year(input.TargetYear);
        Source = PlanningRules.Required(input.Source, "source");
    }

    public AxisInput ToInput() => new()
    {
        Code = Code,
        Name = Name,
        Objective = Objective,
        Indicator = Indicator,
        Baseline = Baseline,
        Target = Target,
        TargetYear = TargetYear,
        Source = Source,
    };
}
