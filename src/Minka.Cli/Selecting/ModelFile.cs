using System.Globalization;
using System.Text.Json;
using Minka.Selection.Exact;

namespace Minka.Cli.Selecting;

/// <summary>What is wrong with a file, and where.</summary>
sealed class ModelFault(string place, string message) : Exception(place.Length == 0 ? message : $"{place}: {message}");

/// <summary>A value in a file with the place where it stands, so that every fault names it.</summary>
sealed record ModelValue(JsonElement Element, string Place)
{
    public static ModelValue Parse(byte[] bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return new ModelValue(document.RootElement.Clone(), "");
        }
        catch (JsonException e)
        {
            throw new ModelFault($"line {e.LineNumber + 1}, column {e.BytePositionInLine + 1}", $"not JSON: {e.Message}");
        }
    }

    public bool IsObject => Element.ValueKind == JsonValueKind.Object;

    /// <summary>The first of these members that is present and not null.</summary>
    public ModelValue? Find(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (IsObject && Element.TryGetProperty(name, out var below) && below.ValueKind != JsonValueKind.Null)
                return new ModelValue(below, Place.Length == 0 ? name : $"{Place}.{name}");
        }
        return null;
    }

    public ModelValue Get(string name, params ReadOnlySpan<string> others) =>
        Find([name, .. others]) ?? throw new ModelFault(Place.Length == 0 ? name : $"{Place}.{name}", "is missing");

    public IEnumerable<ModelValue> Items() => Element.ValueKind == JsonValueKind.Array
        ? Element.EnumerateArray().Select((e, i) => new ModelValue(e, $"{Place}[{i}]"))
        : throw new ModelFault(Place, "a list is expected");

    public string Text() => Element.ValueKind == JsonValueKind.String ? Element.GetString()! : throw new ModelFault(Place, "a text is expected");

    public bool Flag() => Element.ValueKind is JsonValueKind.True or JsonValueKind.False ? Element.GetBoolean() : throw new ModelFault(Place, "true or false is expected");

    public Fraction Number() =>
        (Element.ValueKind is JsonValueKind.Number && Fraction.TryParse(Element.GetRawText(), out var number))
        || (Element.ValueKind is JsonValueKind.String && Fraction.TryParse(Element.GetString(), out number))
            ? number : throw new ModelFault(Place, $"a number is expected, not {Element.GetRawText()}");

    /// <summary>A whole number within 64 bits.</summary>
    public long Whole(string unit) => Whole(Number(), Place, unit);

    public static long Whole(Fraction value, string place, string unit) =>
        !value.IsWhole ? throw new ModelFault(place, $"{unit} must be whole; {value.ToDouble().ToString(CultureInfo.InvariantCulture)} is not")
        : value.Numerator > long.MaxValue || value.Numerator < long.MinValue ? throw new ModelFault(place, $"{value} exceeds 64 bits")
        : (long)value.Numerator;

    public int Small() => Whole("this number") is >= 0 and <= int.MaxValue and var small ? (int)small : throw new ModelFault(Place, "a small number from 0 is expected");

    public T OneOf<T>(IReadOnlyDictionary<string, T> choices) =>
        choices.TryGetValue(Text(), out var chosen) ? chosen : throw new ModelFault(Place, $"'{Text()}' is none of {string.Join(", ", choices.Keys)}");
}
