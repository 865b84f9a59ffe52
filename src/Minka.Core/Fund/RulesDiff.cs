using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Minka.Core.Kernel;

namespace Minka.Core.Fund;

/// <summary>One datum that differs between two frozen sets of rules; empty where a side has it not.</summary>
/// <param name="Path">Dotted; items of lists by their code, id or kind.</param>
public sealed record RulesDifference(string Path, string Before, string After);

/// <summary>What changed between two freezes, datum by datum.</summary>
public static class RulesDiff
{
    static readonly string[] Names = ["code", "id", "kind", "key"];

    /// <summary>Differences in the order of their paths. Where a value of the pack came from is left out: only what it is counts.</summary>
    public static IReadOnlyList<RulesDifference> Between(string before, string after)
    {
        var (left, right) = (Flat(before), Flat(after));
        return
        [
            .. left.Keys.Union(right.Keys).Order(StringComparer.Ordinal)
                .Where(p => !IsProvenance(p) && left.GetValueOrDefault(p) != right.GetValueOrDefault(p))
                .Select(p => new RulesDifference(p.EndsWith(".value", StringComparison.Ordinal) ? p[..^6] : p, left.GetValueOrDefault(p, ""), right.GetValueOrDefault(p, ""))),
        ];
    }

    static bool IsProvenance(string path) =>
        path.StartsWith("adjustments", StringComparison.Ordinal)
        || (path.StartsWith("pack.", StringComparison.Ordinal) && (path.EndsWith(".source", StringComparison.Ordinal) || path.EndsWith(".conf", StringComparison.Ordinal)
            || path.EndsWith(".leansOn", StringComparison.Ordinal) || path.Contains(".note.", StringComparison.Ordinal)));

    static Dictionary<string, string> Flat(string json)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        Walk(JsonNode.Parse(json), "", found);
        return found;
    }

    static void Walk(JsonNode? node, string path, Dictionary<string, string> found)
    {
        switch (node)
        {
            case JsonObject o:
                foreach (var (name, below) in o) Walk(below, path.Length == 0 ? name : $"{path}.{name}", found);
                break;
            case JsonArray a when a.All(i => i is JsonValue):
                found[path] = string.Join(", ", a.Select(i => i!.ToString()));
                break;
            case JsonArray a:
                foreach (var (index, item) in a.Index())
                {
                    var code = item is JsonObject row ? Names.Select(n => row[n]).FirstOrDefault(n => n?.GetValueKind() == JsonValueKind.String)?.GetValue<string>() : null;
                    Walk(item, $"{path}.{code ?? (index + 1).ToString(CultureInfo.InvariantCulture)}", found);
                }
                break;
            case JsonValue v:
                var text = v.ToString();
                var isMoney = path is "budget" || path.EndsWith(".envelope", StringComparison.Ordinal) || path.EndsWith(".ownResourcesPerHead", StringComparison.Ordinal);
                found[path] = isMoney && long.TryParse(text, CultureInfo.InvariantCulture, out var minor) ? new Money(minor).ToString() : text;
                break;
            default:
                break;
        }
    }
}
