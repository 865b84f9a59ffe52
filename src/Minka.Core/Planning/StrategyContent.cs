using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Minka.Core.Kernel;
using Minka.Core.Planning.Writing;

namespace Minka.Core.Planning;

public sealed record AxisContent(AxisId Id, string Code, string Name, string Objective, string Indicator, string Baseline, string Target, int TargetYear, string Source);

/// <summary>A strategy as an assembly reads and votes it; its digest is that of its canonical JSON.</summary>
public sealed record StrategyContent
{
    public required StrategyId Id { get; init; }
    public required int Number { get; init; }
    public required string Title { get; init; }
    public required string Vision { get; init; }
    public required int YearFrom { get; init; }
    public required int YearTo { get; init; }

    /// <summary>In the order of their codes.</summary>
    public required IReadOnlyList<AxisContent> Axes { get; init; }

    /// <summary>All else that it says; null where it is its axes alone, and in a programme, which needs no more of it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public StrategyDocument? Document { get; init; }

    /// <summary>The document, or one in which nothing is written.</summary>
    [JsonIgnore]
    public StrategyDocument Written => Document ?? StrategyDocument.Empty;

    public static StrategyContent Of(Strategy strategy, IEnumerable<Axis> axes) => new()
    {
        Id = strategy.Id,
        Number = strategy.Number,
        Title = strategy.Title,
        Vision = strategy.Vision,
        YearFrom = strategy.YearFrom,
        YearTo = strategy.YearTo,
        Axes = [.. axes.OrderBy(a => a.Code, CodeOrder.Natural)
            .Select(a => new AxisContent(a.Id, a.Code, a.Name, a.Objective, a.Indicator, a.Baseline, a.Target, a.TargetYear, a.Source))],
    };

    public static StrategyContent Read(string text) => JsonSerializer.Deserialize<StrategyContent>(text, CanonicalJson.Options)!;

    public string ToCanonicalText() => Encoding.UTF8.GetString(CanonicalJson.Bytes(this));

    public Digest Digest() => CanonicalJson.DigestOf(this);
}
