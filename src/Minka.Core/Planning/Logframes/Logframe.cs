using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;

namespace Minka.Core.Planning.Logframes;

/// <summary>The four rows of a logical framework.</summary>
public enum LogframeLevel
{
    /// <summary>Fin.</summary>
    Goal,

    /// <summary>Propósito.</summary>
    Purpose,

    /// <summary>Componente.</summary>
    Component,

    /// <summary>Actividad.</summary>
    Activity,
}

/// <summary>How a row is measured. Values are written with their unit.</summary>
public sealed record LogframeIndicator(string Name, string? Baseline, string? Target, int? Year, string? Source);

/// <summary>One row: summary, indicators, means of verification, assumptions.</summary>
public sealed record LogframeRow(LogframeLevel Level, string Summary, IReadOnlyList<LogframeIndicator> Indicators, string? Means, string? Assumptions);

/// <summary>Logical framework (marco lógico) of a programme, four rows by four columns.</summary>
public sealed class Logframe : IVersioned
{
    public const int MostRows = 60;
    public const int MostIndicators = 6;

    Logframe()
    {
    }

    public ProgrammeId ProgrammeId { get; private set; }
    public EntityId EntityId { get; private set; }

    /// <summary>In the order of the levels, then as typed.</summary>
    public IReadOnlyList<LogframeRow> Rows { get; private set; } = [];
    public int Version { get; private set; }

    public static Logframe Of(Programme programme, IReadOnlyList<LogframeRow> rows)
    {
        var frame = new Logframe { ProgrammeId = programme.Id, EntityId = programme.EntityId };
        frame.Change(rows);
        return frame;
    }

    /// <summary>Half-written frames are kept: what they lack is told by <see cref="LogframeCheck"/>.</summary>
    public void Change(IReadOnlyList<LogframeRow> rows)
    {
        if (rows.Count > MostRows) throw new RuleBroken(LogframeRules.TooManyRows, MostRows);
        if (rows.Any(r => r.Indicators.Count > MostIndicators)) throw new RuleBroken(LogframeRules.TooManyIndicators, MostIndicators);
        Rows = [.. rows.Select(r => r with
        {
            Summary = PlanningRules.Required(r.Summary, "summary", PlanningRules.LongestText),
            Means = PlanningRules.Optional(r.Means, "means", PlanningRules.LongestText),
            Assumptions = PlanningRules.Optional(r.Assumptions, "assumptions", PlanningRules.LongestText),
            Indicators = [.. r.Indicators.Select(i => i with
            {
                Name = PlanningRules.Required(i.Name, "indicator"),
                Baseline = PlanningRules.Optional(i.Baseline, "baseline", 60),
                Target = PlanningRules.Optional(i.Target, "target", 60),
                Year = i.Year is { } year ? PlanningRules.Year(year) : null,
                Source = PlanningRules.Optional(i.Source, "source"),
            })],
        }).OrderBy(r => r.Level)];
    }
}

/// <summary>Codes of the rules that a logical framework keeps; each has its text under <c>rule.CODE</c>.</summary>
public static class LogframeRules
{
    /// <summary>Args: the most that is accepted.</summary>
    public const string TooManyRows = "logframe.too-many-rows";

    /// <summary>Args: the most that is accepted.</summary>
    public const string TooManyIndicators = "logframe.too-many-indicators";
}

/// <summary>What a logical framework still lacks, each with the row that it is about.</summary>
public static class LogframeCheck
{
    public static IReadOnlyList<Reason> Of(IReadOnlyList<LogframeRow> rows)
    {
        int Count(LogframeLevel level) => rows.Count(r => r.Level == level);
        var reasons = new List<Reason>
        {
            new("logframe.goal", Count(LogframeLevel.Goal) >= 1, Count(LogframeLevel.Goal)),
            new("logframe.purpose", Count(LogframeLevel.Purpose) == 1, Count(LogframeLevel.Purpose)),
            new("logframe.components", Count(LogframeLevel.Component) >= 1, Count(LogframeLevel.Component)),
            new("logframe.activities", Count(LogframeLevel.Activity) >= 1, Count(LogframeLevel.Activity)),
        };
        foreach (var row in rows)
        {
            if (row.Indicators.Count == 0) reasons.Add(Reason.Fails("logframe.without-indicator", row.Level, row.Summary));
            foreach (var i in row.Indicators)
            {
                if (i.Baseline is null) reasons.Add(Reason.Fails("logframe.without-baseline", row.Level, row.Summary, i.Name));
                if (i.Target is null) reasons.Add(Reason.Fails("logframe.without-target", row.Level, row.Summary, i.Name));
                if (i.Year is null) reasons.Add(Reason.Fails("logframe.without-year", row.Level, row.Summary, i.Name));
                if (i.Source is null) reasons.Add(Reason.Fails("logframe.without-source", row.Level, row.Summary, i.Name));
            }
            if (row.Means is null) reasons.Add(Reason.Fails("logframe.without-means", row.Level, row.Summary));
            // The goal has no level above it that an assumption could put at risk.
            if (row.Assumptions is null && row.Level != LogframeLevel.Goal) reasons.Add(Reason.Fails("logframe.without-assumptions", row.Level, row.Summary));
        }
        return reasons;
    }
}
