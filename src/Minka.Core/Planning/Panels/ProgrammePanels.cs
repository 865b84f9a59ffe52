namespace Minka.Core.Planning.Panels;

/// <summary>
/// All that the builder says of a programme, computed at once from its content and the rules' limits: money, calendar, chains, cohesion,
/// sizes, tests of former norms, and advice that was tried. Pure: the screens and <c>programme check</c> read the same object.
/// </summary>
public sealed record ProgrammePanels
{
    public required ProgrammeContent Content { get; init; }
    public required FundingTable Funding { get; init; }
    public required ProgrammeSchedule Schedule { get; init; }
    public required IReadOnlyList<ChainCoverage> Chains { get; init; }
    public required CohesionCheck Cohesion { get; init; }
    public required IReadOnlyList<PanelFigure> Figures { get; init; }
    public required IReadOnlyList<HistoricalTest> History { get; init; }
    public required IReadOnlyList<ProgrammeAdvice> Advice { get; init; }

    public static readonly IReadOnlyDictionary<string, ProjectTraits> NoTraits = new Dictionary<string, ProjectTraits>(StringComparer.Ordinal);

    /// <param name="traits">What the tests of conglomerates ask beyond the sheets, by code; none where nobody told.</param>
    public static ProgrammePanels Of(ProgrammeContent content, PlanningLimits limits, IReadOnlyDictionary<string, ProjectTraits>? traits = null)
    {
        var cohesion = CohesionCheck.Of(content, limits);
        return new()
        {
            Content = content,
            Funding = FundingTable.Of(content),
            Schedule = ProgrammeSchedule.Of([.. content.Projects.Select(p => new ScheduleInput(p.Code, p.Title, p.More?.Sheet.StartMonth, p.More?.Sheet.Months, p.After))]),
            Chains = ChainCoverage.Of(content),
            Cohesion = cohesion,
            Figures = PanelFigure.Of(content, cohesion.Measured),
            History = HistoricalTests.Of(content, cohesion, traits ?? NoTraits),
            Advice = ProgrammeAdvice.Of(content, cohesion, limits),
        };
    }
}
