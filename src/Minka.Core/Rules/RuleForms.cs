using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Minka.Core.Kernel;

namespace Minka.Core.Rules;

/// <summary>JSON forms of rule packs. Unlike elsewhere, amounts are decimal texts ("500000.00"), since people write these files.</summary>
public static class RuleForms
{
    public static readonly JsonSerializerOptions Options = Create();

    /// <exception cref="FormatException">Not digits, a point and two digits.</exception>
    public static Money Amount(string text)
    {
        var point = text.Length - 3;
        return point > 0 && text[point] == '.'
            && long.TryParse(text.AsSpan(0, point), NumberStyles.None, CultureInfo.InvariantCulture, out var soles)
            && long.TryParse(text.AsSpan(point + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var cents)
            && soles <= 99_999_999_999
            ? new(soles * 100 + cents)
            : throw new FormatException($"not an amount: {text}");
    }

    static JsonSerializerOptions Create()
    {
        var options = JsonForms.Create();
        options.Converters.Insert(0, new AmountForm());
        options.Converters.Insert(1, new SourcedForms());
        return options;
    }

    sealed class AmountForm : JsonConverter<Money>
    {
        public override Money Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => Amount(reader.GetString() ?? "");
        public override void Write(Utf8JsonWriter writer, Money value, JsonSerializerOptions options) =>
            writer.WriteStringValue(string.Create(CultureInfo.InvariantCulture, $"{value.Minor / 100}.{value.Minor % 100:00}"));
    }

    sealed class SourcedForms : JsonConverterFactory
    {
        public override bool CanConvert(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Sourced<>);

        public override JsonConverter CreateConverter(Type type, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(typeof(SourcedForm<>).MakeGenericType(type.GetGenericArguments()))!;
    }

    sealed class SourcedForm<T> : JsonConverter<Sourced<T>>
    {
        public override Sourced<T> Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
        {
            var node = JsonNode.Parse(ref reader) as JsonObject ?? throw new JsonException("a value with its source was expected");
            var known = node["value"] is not null;
            return new(
                known ? node["value"].Deserialize<T>(options) : default,
                known,
                node["source"]?.GetValue<string>() ?? throw new JsonException("a value without source"),
                node["conf"].Deserialize<Confidence>(options),
                node["leansOn"]?.GetValue<string>(),
                node["note"].Deserialize<LocalText>(options));
        }

        public override void Write(Utf8JsonWriter writer, Sourced<T> value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            writer.WritePropertyName("value");
            if (value.IsKnown) JsonSerializer.Serialize(writer, value.Value, options);
            else writer.WriteNullValue();
            writer.WriteString("source", value.Source);
            writer.WritePropertyName("conf");
            JsonSerializer.Serialize(writer, value.Confidence, options);
            if (value.LeansOn is not null) writer.WriteString("leansOn", value.LeansOn);
            if (value.Note is not null)
            {
                writer.WritePropertyName("note");
                JsonSerializer.Serialize(writer, value.Note, options);
            }
            writer.WriteEndObject();
        }
    }
}
