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

    /// <summary>The group that a free wording most likely means: the one whose name shares most beginnings of words with it; null if none does.</summary>
    public static InterestGroup? Nearest(string? text)
    {
        var asked = Stems(text ?? "");
        return All.Select(g => (Group: g, Shared: Math.Max(Shared(g.Es), Shared(g.En)))).Where(g => g.Shared > 0).OrderByDescending(g => g.Shared).Select(g => g.Group).FirstOrDefault();

        int Shared(string name) => Stems(name).Count(asked.Contains);
        static HashSet<string> Stems(string of) => [.. MemberChecks.Plain(of).Split(' ').Where(w => w.Length > 3).Select(w => w[..Math.Min(5, w.Length)])];
    }

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
