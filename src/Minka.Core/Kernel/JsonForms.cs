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
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase), new MoneyForm(), new BasisPointsForm(), new DigestForm(), new TypedIdForms() },
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
}
