using System.Text;
using System.Text.Json;

namespace Minka.Core.Territories.Packs;

/// <summary>A JSON value that knows where it stands in its file; arrays of numbers only are kept as numbers.</summary>
sealed class JsonValue
{
    public required int Offset { get; init; }

    public string? Text { get; private init; }

    public double? Number { get; private init; }

    public double[]? Numbers { get; private init; }

    public IReadOnlyList<JsonValue>? Items { get; private init; }

    public IReadOnlyDictionary<string, JsonValue>? Properties { get; private init; }

    public JsonValue? this[string name] => Properties is not null && Properties.TryGetValue(name, out var value) ? value : null;

    public int? WholeNumber => Number is { } n && n == Math.Floor(n) && Math.Abs(n) < int.MaxValue ? (int)n : null;

    /// <summary>The value; null (and a fault) where the text is no JSON.</summary>
    public static JsonValue? Read(string file, byte[] bytes, FaultList faults)
    {
        var start = bytes.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0;
        try
        {
            var reader = new Utf8JsonReader(bytes.AsSpan(start), new JsonReaderOptions { MaxDepth = 32 });
            reader.Read();
            var value = Read(ref reader, start);
            // Anything after the value is refused by the reader.
            reader.Read();
            return value;
        }
        // The reader tells a text of broken UTF-8 or a lone surrogate so.
        catch (InvalidOperationException)
        {
            faults.Add(file, null, PackFaults.JsonInvalid);
            return null;
        }
        catch (JsonException e)
        {
            faults.Add(file, PlaceOfFault(bytes.AsSpan(start), e), PackFaults.JsonInvalid);
            return null;
        }
    }

    public static Place PlaceOf(ReadOnlySpan<byte> bytes, int offset)
    {
        if (bytes.StartsWith("\uFEFF"u8))
        {
            bytes = bytes[3..];
            offset -= 3;
        }
        var before = bytes[..Math.Clamp(offset, 0, bytes.Length)];
        return new(before.Count((byte)'\n') + 1, Encoding.UTF8.GetCharCount(before[(before.LastIndexOf((byte)'\n') + 1)..]) + 1);
    }

    static Place PlaceOfFault(ReadOnlySpan<byte> bytes, JsonException e)
    {
        var offset = 0;
        for (var line = e.LineNumber ?? 0; line > 0; line--)
        {
            var next = bytes[offset..].IndexOf((byte)'\n');
            if (next < 0) break;
            offset += next + 1;
        }
        return PlaceOf(bytes, offset + (int)(e.BytePositionInLine ?? 0));
    }

    static JsonValue Read(ref Utf8JsonReader reader, int start)
    {
        var offset = start + (int)reader.TokenStartIndex;
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return new() { Offset = offset, Text = reader.GetString() };
            case JsonTokenType.Number:
                return new() { Offset = offset, Number = reader.TryGetDouble(out var number) && double.IsFinite(number) ? number : null };
            case JsonTokenType.StartObject:
                var properties = new Dictionary<string, JsonValue>();
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    var name = reader.GetString()!;
                    reader.Read();
                    properties[name] = Read(ref reader, start);
                }
                return new() { Offset = offset, Properties = properties };
            case JsonTokenType.StartArray:
                return ReadArray(ref reader, start, offset);
            default:
                return new() { Offset = offset };
        }
    }

    static JsonValue ReadArray(ref Utf8JsonReader reader, int start, int offset)
    {
        List<double>? numbers = [];
        List<JsonValue>? items = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (numbers is not null && reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var number) && double.IsFinite(number))
            {
                numbers.Add(number);
                continue;
            }
            items ??= [.. (numbers ?? []).Select(n => new JsonValue { Offset = offset, Number = n })];
            numbers = null;
            items.Add(Read(ref reader, start));
        }
        return new() { Offset = offset, Numbers = numbers?.ToArray(), Items = items ?? [] };
    }
}
