using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Minka.Core.Rules;

/// <summary>One value of a pack with its provenance, for a list.</summary>
/// <param name="Section">First member of the path ("windows").</param>
/// <param name="Element">Name of the value ("maxAmount").</param>
/// <param name="Path">Address of the value within the pack, dotted, list items by their code ("windows.1.maxAmount").</param>
/// <param name="Owner">Name of the list item that it belongs to (a window, a criterion, a stage), if it does.</param>
/// <param name="Value">As the pack writes it; null where nobody knows.</param>
public sealed record PackValue(string Section, string Element, string Path, LocalText? Owner, JsonNode? Value, string Source, Confidence Confidence, string? LeansOn, LocalText? Note)
{
    public bool IsKnown => Value is not null;
}

/// <summary>Every value of a pack in the order of its model: what the public page and the readiness check walk through.</summary>
public static class PackValues
{
    public static IReadOnlyList<PackValue> Of(RulePack pack)
    {
        var values = new List<PackValue>();
        foreach (var (section, node) in JsonSerializer.SerializeToNode(pack, RuleForms.Options)!.AsObject()) Walk(node, section, section, section, null, values);
        return values;
    }

    static void Walk(JsonNode? node, string section, string element, string path, LocalText? owner, List<PackValue> values)
    {
        switch (node)
        {
            case JsonObject sourced when sourced.ContainsKey("value") && sourced.ContainsKey("conf"):
                values.Add(new(section, element, path, owner, sourced["value"], sourced["source"]!.GetValue<string>(),
                    sourced["conf"].Deserialize<Confidence>(RuleForms.Options), sourced["leansOn"]?.GetValue<string>(), sourced["note"].Deserialize<LocalText>(RuleForms.Options)));
                break;
            case JsonObject o:
                var mine = (o["name"] ?? (o["text"] is JsonObject text && text.ContainsKey("es") ? text : null)).Deserialize<LocalText>(RuleForms.Options) ?? owner;
                foreach (var (name, below) in o) Walk(below, section, name, $"{path}.{name}", mine, values);
                break;
            case JsonArray a:
                foreach (var (index, item) in a.Index())
                {
                    var code = (item as JsonObject) is { } row ? row["code"] ?? row["id"] ?? row["kind"] : null;
                    var number = (index + 1).ToString(CultureInfo.InvariantCulture);
                    var step = code is JsonValue v && v.GetValueKind() == JsonValueKind.String ? v.GetValue<string>() : number;
                    Walk(item, section, element, $"{path}.{step}", owner ?? (item is JsonObject r && !r.ContainsKey("value") && !r.ContainsKey("name") && !r.ContainsKey("text") ? new(number, number) : null), values);
                }
                break;
        }
    }
}
