using System.Text.Json;
using Minka.Core.Kernel;
using Minka.Core.Rules;

namespace Minka.Core.Planning.Writing;

/// <param name="Confidence">S: stated by the source; M: not verified.</param>
public sealed record GuideSource(string Value, string Source, string Confidence);

/// <param name="Least">Characters below which an answer is taken for a beginning.</param>
public sealed record GuideQuestion(string Id, LocalText Name, LocalText Guide, int Least, bool Optional = false);

/// <summary>A chapter of a strategy as a norm or a document asks for it.</summary>
/// <param name="Confidence">S: stated by the source; M: not verified.</param>
/// <param name="Extra">Added to what the norm asks.</param>
/// <param name="Needs">What else than answers belongs to it: keys of <see cref="StrategyCheck.Kinds"/>.</param>
public sealed record GuidePart(string Id, LocalText Name, LocalText Guide, string Source, string Confidence, IReadOnlyList<GuideQuestion> Questions, IReadOnlyList<string> Needs, bool Extra = false);

/// <summary>How a strategy is written: its chapters, their guidance and what makes each complete. Data of <c>rulepacks/strategies</c>.</summary>
public sealed record StrategyGuide(string Id, string Version, LocalText Name, LocalText About, GuideSource LegalBasis, IReadOnlyList<GuidePart> Parts)
{
    public GuidePart Part(string id) => Parts.FirstOrDefault(p => p.Id == id) ?? throw new NotFound("part", id);
}

public static class StrategyGuides
{
    const string Folder = "strategies/";

    public const string Default = "leader-2014";

    public static IReadOnlyList<StrategyGuide> All { get; } =
        [.. BuiltInFiles.Names.Where(n => n.StartsWith(Folder, StringComparison.Ordinal)).Select(n => JsonSerializer.Deserialize<StrategyGuide>(BuiltInFiles.Read(n), CanonicalJson.Options)!)];

    public static StrategyGuide Get(string? id) => All.FirstOrDefault(g => g.Id == id) ?? All.First(g => g.Id == Default);

    public static bool Has(string? id) => All.Any(g => g.Id == id);

    /// <summary>Every question of every guide by its id: an answer outlives a change of guide.</summary>
    public static IReadOnlyDictionary<string, GuideQuestion> Questions { get; } =
        All.SelectMany(g => g.Parts).SelectMany(p => p.Questions).DistinctBy(q => q.Id).ToDictionary(q => q.Id, StringComparer.Ordinal);
}

public sealed record CatalogueEntry(string Code, LocalText Name);

/// <summary>Objectives of a plan above the territory's own, to which axes can be tied. Data of <c>rulepacks/plans</c>.</summary>
/// <param name="Confidence">S: stated by the source; M: not verified.</param>
public sealed record PlanCatalogue(string Id, string Version, LocalText Name, PlanLevel Level, string Source, string Confidence, LocalText Note, IReadOnlyList<CatalogueEntry> Entries);

public static class PlanCatalogues
{
    const string Folder = "plans/";

    public static IReadOnlyList<PlanCatalogue> All { get; } =
        [.. BuiltInFiles.Names.Where(n => n.StartsWith(Folder, StringComparison.Ordinal)).Select(n => JsonSerializer.Deserialize<PlanCatalogue>(BuiltInFiles.Read(n), CanonicalJson.Options)!)];
}
