using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Minka.Core.Rules.Checking;

/// <summary>
/// Checks a document against the part of JSON Schema 2020-12 that our schemas use: type, enum, const, properties,
/// required, additionalProperties, items, minItems, maxItems, uniqueItems, minLength, maxLength, pattern, minimum,
/// maximum, and $ref within the schema. A schema that uses more is refused when it is loaded, so nothing is skipped silently.
/// </summary>
internal sealed class SchemaCheck
{
    static readonly HashSet<string> Known =
    [
        "$schema", "$id", "$defs", "$ref", "$comment", "title", "description", "type", "enum", "const", "properties", "required", "additionalProperties",
        "items", "minItems", "maxItems", "uniqueItems", "minLength", "maxLength", "pattern", "minimum", "maximum",
    ];

    readonly JsonElement root;
    readonly Dictionary<string, Regex> patterns = new(StringComparer.Ordinal);

    /// <exception cref="NotSupportedException">The schema uses a keyword that this check does not know.</exception>
    public SchemaCheck(ReadOnlyMemory<byte> schema)
    {
        using var document = JsonDocument.Parse(schema);
        root = document.RootElement.Clone();
        Prepare(root);
    }

    public void Run(PlacedJson value, List<RuleFault> faults) => Check(value, root, faults);

    void Prepare(JsonElement schema)
    {
        foreach (var keyword in schema.EnumerateObject())
        {
            if (!Known.Contains(keyword.Name)) throw new NotSupportedException($"schema keyword {keyword.Name}");
            switch (keyword.Name)
            {
                case "$defs" or "properties":
                    foreach (var below in keyword.Value.EnumerateObject()) Prepare(below.Value);
                    break;
                case "items":
                    Prepare(keyword.Value);
                    break;
                case "additionalProperties" when keyword.Value.ValueKind != JsonValueKind.False:
                    throw new NotSupportedException("additionalProperties other than false");
                case "$ref":
                    Resolve(keyword.Value.GetString()!);
                    break;
                case "pattern":
                    patterns[keyword.Value.GetString()!] = new(keyword.Value.GetString()!, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
                    break;
            }
        }
    }

    JsonElement Resolve(string reference)
    {
        if (!reference.StartsWith("#/", StringComparison.Ordinal)) throw new NotSupportedException($"reference {reference}");
        var here = root;
        foreach (var step in reference[2..].Split('/')) here = here.GetProperty(step);
        return here;
    }

    void Check(PlacedJson value, JsonElement schema, List<RuleFault> faults)
    {
        if (schema.TryGetProperty("$ref", out var reference)) Check(value, Resolve(reference.GetString()!), faults);
        if (schema.TryGetProperty("type", out var type) && !HasType(value, type))
        {
            faults.Add(value.Fault("type", Types(type), NameOf(value)));
            return;
        }
        if (schema.TryGetProperty("enum", out var allowed) && !allowed.EnumerateArray().Any(a => Same(a, value)))
            faults.Add(value.Fault("enum", Shown(value), string.Join(", ", allowed.EnumerateArray().Where(a => a.ValueKind != JsonValueKind.Null).Select(a => a.ToString()))));
        if (schema.TryGetProperty("const", out var constant) && !Same(constant, value))
            faults.Add(value.Fault("enum", Shown(value), constant.ToString()));
        switch (value.Kind)
        {
            case JsonValueKind.Object:
                CheckObject(value, schema, faults);
                break;
            case JsonValueKind.Array:
                CheckArray(value, schema, faults);
                break;
            case JsonValueKind.String:
                CheckText(value, schema, faults);
                break;
            case JsonValueKind.Number:
                if (schema.TryGetProperty("minimum", out var minimum) && value.Whole < minimum.GetInt64()) faults.Add(value.Fault("minimum", Shown(value), minimum.ToString()));
                if (schema.TryGetProperty("maximum", out var maximum) && value.Whole > maximum.GetInt64()) faults.Add(value.Fault("maximum", Shown(value), maximum.ToString()));
                break;
        }
    }

    void CheckObject(PlacedJson value, JsonElement schema, List<RuleFault> faults)
    {
        var hasProperties = schema.TryGetProperty("properties", out var properties);
        if (schema.TryGetProperty("required", out var required))
        {
            foreach (var name in required.EnumerateArray())
            {
                if (value[name.GetString()!] is null) faults.Add(value.Fault("required", name.GetString()!));
            }
        }
        var closed = schema.TryGetProperty("additionalProperties", out _);
        foreach (var (name, member) in value.Members)
        {
            if (hasProperties && properties.TryGetProperty(name, out var below)) Check(member, below, faults);
            else if (closed) faults.Add(member.Fault("unknown-member", name));
        }
    }

    void CheckArray(PlacedJson value, JsonElement schema, List<RuleFault> faults)
    {
        var count = value.Items.Count;
        if (schema.TryGetProperty("minItems", out var least) && count < least.GetInt32()) faults.Add(value.Fault("min-items", Number(count), least.ToString()));
        if (schema.TryGetProperty("maxItems", out var most) && count > most.GetInt32()) faults.Add(value.Fault("max-items", Number(count), most.ToString()));
        if (schema.TryGetProperty("uniqueItems", out var unique) && unique.GetBoolean())
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (var item in value.Items)
            {
                if (!seen.Add(Shown(item))) faults.Add(item.Fault("item-double", Shown(item)));
            }
        }
        if (schema.TryGetProperty("items", out var items))
        {
            foreach (var item in value.Items) Check(item, items, faults);
        }
    }

    void CheckText(PlacedJson value, JsonElement schema, List<RuleFault> faults)
    {
        var text = value.Text!;
        if (schema.TryGetProperty("minLength", out var least) && text.Length < least.GetInt32()) faults.Add(value.Fault("min-length", least.ToString()));
        if (schema.TryGetProperty("maxLength", out var most) && text.Length > most.GetInt32()) faults.Add(value.Fault("max-length", Number(text.Length), most.ToString()));
        if (schema.TryGetProperty("pattern", out var pattern) && !patterns[pattern.GetString()!].IsMatch(text)) faults.Add(value.Fault("pattern", Shown(value)));
    }

    static bool HasType(PlacedJson value, JsonElement type) =>
        type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Any(t => HasType(value, t)) : (type.GetString(), value.Kind) switch
        {
            ("object", JsonValueKind.Object) or ("array", JsonValueKind.Array) or ("string", JsonValueKind.String) or ("null", JsonValueKind.Null) => true,
            ("boolean", JsonValueKind.True or JsonValueKind.False) => true,
            ("integer", JsonValueKind.Number) => value.Whole is not null,
            _ => false,
        };

    static bool Same(JsonElement expected, PlacedJson value) => expected.ValueKind == value.Kind && expected.ValueKind switch
    {
        JsonValueKind.String => expected.GetString() == value.Text,
        JsonValueKind.Number => expected.TryGetInt64(out var whole) && whole == value.Whole,
        _ => true,
    };

    static string Types(JsonElement type) => type.ValueKind == JsonValueKind.Array ? string.Join(", ", type.EnumerateArray().Select(t => t.GetString())) : type.GetString()!;

    static string NameOf(PlacedJson value) => value.Kind switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => value.Whole is null ? "number" : "integer",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        _ => "null",
    };

    static string Shown(PlacedJson value) => value.Kind switch
    {
        JsonValueKind.String => value.Text!.Length > 80 ? $"{value.Text[..80]}…" : value.Text,
        JsonValueKind.Number => value.Whole is { } whole ? Number(whole) : "?",
        _ => NameOf(value),
    };

    static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
