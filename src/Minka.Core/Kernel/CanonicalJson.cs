using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Minka.Core.Kernel;

/// <summary>
/// One byte form for one value, after RFC 8785: members sorted by UTF-16 code unit, no white space, integers only
/// (amounts are integers in minor units or strings). The same value always gives the same digest.
/// </summary>
public static class CanonicalJson
{
    static readonly JsonWriterOptions Writer = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <exception cref="FormatException">A number that is no 64-bit integer.</exception>
    public static byte[] Bytes(JsonNode? node)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Writer)) Write(writer, node);
        return buffer.WrittenSpan.ToArray();
    }

    public static byte[] Bytes<T>(T value, JsonSerializerOptions? options = null) => Bytes(JsonSerializer.SerializeToNode(value, options ?? Options));

    public static Digest DigestOf(JsonNode? node) => Digest.Of(Bytes(node));

    public static Digest DigestOf<T>(T value) => Digest.Of(Bytes(value));

    /// <summary>How records become JSON everywhere: camelCase, enums as camelCase words, money as minor units, ids as text.</summary>
    public static readonly JsonSerializerOptions Options = JsonForms.Create();

    static void Write(Utf8JsonWriter writer, JsonNode? node)
    {
        switch (node)
        {
            case null:
                writer.WriteNullValue();
                break;
            case JsonObject o:
                writer.WriteStartObject();
                foreach (var (name, value) in o.OrderBy(p => p.Key, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(name);
                    Write(writer, value);
                }
                writer.WriteEndObject();
                break;
            case JsonArray a:
                writer.WriteStartArray();
                foreach (var item in a) Write(writer, item);
                writer.WriteEndArray();
                break;
            case JsonValue v:
                switch (v.GetValueKind())
                {
                    case JsonValueKind.String:
                        writer.WriteStringValue(v.GetValue<string>());
                        break;
                    case JsonValueKind.True:
                        writer.WriteBooleanValue(true);
                        break;
                    case JsonValueKind.False:
                        writer.WriteBooleanValue(false);
                        break;
                    case JsonValueKind.Number:
                        var text = v.ToJsonString();
                        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
                            throw new FormatException($"canonical JSON holds whole numbers only: {text}");
                        writer.WriteNumberValue(number);
                        break;
                    default:
                        writer.WriteNullValue();
                        break;
                }
                break;
        }
    }
}
