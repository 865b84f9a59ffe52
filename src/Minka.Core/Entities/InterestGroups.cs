using System.Text.Json;
using Minka.Core.Kernel;

namespace Minka.Core.Entities;

public enum Sector
{
    Public,
    Private,
    Social,
}

/// <summary>One interest group: a code, the sector that it belongs to, its names by language.</summary>
public sealed record InterestGroup(string Code, Sector Sector, string Es, string En);

/// <summary>The list of interest groups, from <c>rulepacks/interest-groups.json</c>.</summary>
public static class InterestGroups
{
    static readonly Lazy<IReadOnlyList<InterestGroup>> List = new(() => RulePackFiles.Read<Pack>("interest-groups").Groups);

    public static IReadOnlyList<InterestGroup> All => List.Value;

    public static InterestGroup? Find(string? code) => All.FirstOrDefault(g => g.Code == code);

    sealed record Pack(IReadOnlyList<InterestGroup> Groups);
}

static class RulePackFiles
{
    /// <summary>Reads an embedded file of the rule packs' folder.</summary>
    public static T Read<T>(string name)
    {
        using var stream = typeof(RulePackFiles).Assembly.GetManifestResourceStream($"rulepacks/{name}.json")
            ?? throw new NotFound("rulepack", name);
        return JsonSerializer.Deserialize<T>(stream, CanonicalJson.Options)!;
    }

    public static IReadOnlyList<string> NamesUnder(string folder)
    {
        var prefix = $"rulepacks/{folder}/";
        return [.. typeof(RulePackFiles).Assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith(prefix, StringComparison.Ordinal))
            .Select(n => n["rulepacks/".Length..^".json".Length]).Order(StringComparer.Ordinal)];
    }
}
