using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Minka.Core.Kernel;

/// <summary>JSON forms of the kernel's types: money as a whole number of minor units, typed ids as text, digests as hexadecimal text.</summary>
public static class JsonForms
{
    public static JsonSerializerOptions Create(bool indented = false) => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DictionaryKeyPolicy = null,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = indented,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase), new MoneyForm(), new BasisPointsForm(), new DigestForm(), new TypedIdForms(), new ReasonForm() },
    };

    sealed class MoneyForm : JsonConverter<Money>
    {
        public override Money Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => new(reader.GetInt64());
        public override void Write(Utf8JsonWriter writer, Money value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Minor);
    }

    sealed class BasisPointsForm : JsonConverter<BasisPoints>
    {
        public override BasisPoints Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => new(reader.GetInt32());
        public override void Write(Utf8JsonWriter writer, BasisPoints value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Value);
    }

    sealed class DigestForm : JsonConverter<Digest>
    {
        public override Digest Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            Digest.TryParse(reader.GetString(), out var digest) ? digest : throw new JsonException("not a SHA-256 in hexadecimal");
        public override void Write(Utf8JsonWriter writer, Digest value, JsonSerializerOptions options) => writer.WriteStringValue(value.Hex);
    }

    sealed class TypedIdForms : JsonConverterFactory
    {
        public override bool CanConvert(Type type) => type.IsValueType && typeof(ITypedId).IsAssignableFrom(type);

        public override JsonConverter CreateConverter(Type type, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(typeof(TypedIdForm<>).MakeGenericType(type))!;
    }

    sealed class TypedIdForm<T> : JsonConverter<T>
        where T : struct, ITypedId<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => T.From(reader.GetGuid());
        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
    }

    // The figures of a reason keep their kind, so that a stored reason is told with the same words as a fresh one.
    sealed class ReasonForm : JsonConverter<Reason>
    {
        public override Reason Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
        {
            using var document = JsonDocument.ParseValue(ref reader);
            var node = document.RootElement;
            var met = node.TryGetProperty("met", out var value) && value.ValueKind != JsonValueKind.Null ? value.GetBoolean() : (bool?)null;
            return new Reason(node.GetProperty("code").GetString()!, met, [.. node.GetProperty("args").EnumerateArray().Select(ReadArg)]);
        }

        public override void Write(Utf8JsonWriter writer, Reason value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            writer.WriteString("code", value.Code);
            if (value.Met is { } met) writer.WriteBoolean("met", met);
            else writer.WriteNull("met");
            writer.WriteStartArray("args");
            foreach (var arg in value.Args) WriteArg(writer, arg);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        static object? ReadArg(JsonElement arg) => arg.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.String => arg.GetString(),
            JsonValueKind.True or JsonValueKind.False => arg.GetBoolean(),
            JsonValueKind.Number => arg.GetInt64(),
            _ when arg.TryGetProperty("money", out var minor) => new Money(minor.GetInt64()),
            _ when arg.TryGetProperty("bp", out var points) => new BasisPoints(points.GetInt32()),
            _ when arg.TryGetProperty("day", out var day) => DateOnly.ParseExact(day.GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture),
            _ when arg.TryGetProperty("at", out var at) => at.GetDateTime().ToUniversalTime(),
            _ => throw new JsonException("unknown figure of a reason"),
        };

        static void WriteArg(Utf8JsonWriter writer, object? arg)
        {
            switch (arg)
            {
                case null: writer.WriteNullValue(); break;
                case bool truth: writer.WriteBooleanValue(truth); break;
                case int or long or short: writer.WriteNumberValue(Convert.ToInt64(arg, CultureInfo.InvariantCulture)); break;
                case Money money: Write(writer, "money", money.Minor); break;
                case BasisPoints points: Write(writer, "bp", points.Value); break;
                case DateOnly day: Write(writer, "day", day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)); break;
                case DateTime at: Write(writer, "at", at.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture)); break;
                default: writer.WriteStringValue(Convert.ToString(arg, CultureInfo.InvariantCulture)); break;
            }
        }

        static void Write(Utf8JsonWriter writer, string kind, long value)
        {
            writer.WriteStartObject();
            writer.WriteNumber(kind, value);
            writer.WriteEndObject();
        }

        static void Write(Utf8JsonWriter writer, string kind, string value)
        {
            writer.WriteStartObject();
            writer.WriteString(kind, value);
            writer.WriteEndObject();
        }
    }
}
