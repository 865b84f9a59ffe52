using Minka.Core.Planning;

namespace Minka.Web.Screens.Planning.Programmes;

public sealed class ProgrammeForm
{
    public string? Title { get; set; }
    public string? Objective { get; set; }
    public string? Strategy { get; set; }

    public static ProgrammeForm Of(Programme programme) => new()
    {
        Title = programme.Title,
        Objective = programme.Objective,
        Strategy = programme.StrategyId.Value.ToString(),
    };

    public ProgrammeInput Read(FormReader reader)
    {
        if (!Guid.TryParse(Strategy, out var strategy)) reader.Fault(nameof(Strategy), "planning.field.missing");
        return new()
        {
            Title = reader.Text(Title, nameof(Title)),
            Objective = reader.Text(Objective, nameof(Objective), PlanningRules.LongestText),
            StrategyId = new(strategy),
        };
    }
}

/// <summary>The fields of a programme with the strategies to choose from.</summary>
public sealed record ProgrammeFields(ProgrammeForm Form, IReadOnlyList<Components.Choice> Strategies);
