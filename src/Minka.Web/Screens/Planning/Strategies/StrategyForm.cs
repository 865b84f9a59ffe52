using System.Globalization;
using Minka.Core.Planning;

namespace Minka.Web.Screens.Planning.Strategies;

public sealed class StrategyForm
{
    public string? Title { get; set; }
    public string? Vision { get; set; }
    public string? YearFrom { get; set; }
    public string? YearTo { get; set; }

    public static StrategyForm Of(Strategy strategy) => new()
    {
        Title = strategy.Title,
        Vision = strategy.Vision,
        YearFrom = strategy.YearFrom.ToString(CultureInfo.InvariantCulture),
        YearTo = strategy.YearTo.ToString(CultureInfo.InvariantCulture),
    };

    public StrategyInput Read(FormReader reader)
    {
        var input = new StrategyInput
        {
            Title = reader.Text(Title, nameof(Title)),
            Vision = reader.Text(Vision, nameof(Vision), PlanningRules.LongestText),
            YearFrom = reader.Year(YearFrom, nameof(YearFrom)),
            YearTo = reader.Year(YearTo, nameof(YearTo)),
        };
        if (reader.IsClean && input.YearTo < input.YearFrom) reader.Fault(nameof(YearTo), "rule.planning.years-reversed", YearFrom, YearTo);
        return input;
    }
}
