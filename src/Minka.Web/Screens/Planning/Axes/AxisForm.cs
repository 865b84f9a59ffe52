using System.Globalization;
using Minka.Core.Planning;
using Minka.Web.Components;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Planning.Axes;

public sealed class AxisForm
{
    public string? Code { get; set; }
    public string? Name { get; set; }
    public string? Objective { get; set; }
    public string? Indicator { get; set; }
    public string? Baseline { get; set; }
    public string? Target { get; set; }
    public string? TargetYear { get; set; }
    public string? Source { get; set; }

    public static AxisForm Of(AxisInput axis) => new()
    {
        Code = axis.Code,
        Name = axis.Name,
        Objective = axis.Objective,
        Indicator = axis.Indicator,
        Baseline = axis.Baseline,
        Target = axis.Target,
        TargetYear = axis.TargetYear.ToString(CultureInfo.InvariantCulture),
        Source = axis.Source,
    };

    public AxisInput Read(FormReader reader) => new()
    {
        Code = reader.Text(Code, nameof(Code), 12),
        Name = reader.Text(Name, nameof(Name)),
        Objective = reader.Text(Objective, nameof(Objective), PlanningRules.LongestText),
        Indicator = reader.Text(Indicator, nameof(Indicator)),
        Baseline = reader.Text(Baseline, nameof(Baseline), 60),
        Target = reader.Text(Target, nameof(Target), 60),
        TargetYear = reader.Year(TargetYear, nameof(TargetYear)),
        Source = reader.Text(Source, nameof(Source)),
    };

    public IReadOnlyList<Difference> Against(AxisForm stored, T t) =>
    [
        new(t["planning.code"], Code ?? "", stored.Code ?? ""),
        new(t["planning.axis.name"], Name ?? "", stored.Name ?? ""),
        new(t["planning.axis.objective"], Objective ?? "", stored.Objective ?? ""),
        new(t["planning.axis.indicator"], Indicator ?? "", stored.Indicator ?? ""),
        new(t["planning.axis.baseline"], Baseline ?? "", stored.Baseline ?? ""),
        new(t["planning.axis.target"], Target ?? "", stored.Target ?? ""),
        new(t["planning.axis.target-year"], TargetYear ?? "", stored.TargetYear ?? ""),
        new(t["planning.axis.source"], Source ?? "", stored.Source ?? ""),
    ];
}
