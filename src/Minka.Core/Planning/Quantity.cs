using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Minka.Core.Kernel;

namespace Minka.Core.Planning;

/// <summary>A measured amount of anything but money, in whole hundredths, so that sums are exact and canonical.</summary>
[JsonConverter(typeof(QuantityForm))]
public readonly record struct Quantity(long Hundredths) : IComparable<Quantity>
{
    public static readonly Quantity Zero;

    public decimal Value => Hundredths / 100m;

    public bool IsPositive => Hundredths > 0;

    public static Quantity Of(decimal value) => new(checked((long)Math.Round(value * 100, MidpointRounding.AwayFromZero)));

    public static Quantity operator +(Quantity a, Quantity b) => new(checked(a.Hundredths + b.Hundredths));

    public static Quantity operator -(Quantity a, Quantity b) => new(checked(a.Hundredths - b.Hundredths));

    public static bool operator <(Quantity a, Quantity b) => a.Hundredths < b.Hundredths;

    public static bool operator >(Quantity a, Quantity b) => a.Hundredths > b.Hundredths;

    public static bool operator <=(Quantity a, Quantity b) => a.Hundredths <= b.Hundredths;

    public static bool operator >=(Quantity a, Quantity b) => a.Hundredths >= b.Hundredths;

    public int CompareTo(Quantity other) => Hundredths.CompareTo(other.Hundredths);

    /// <summary>As a field shows it again: "1234.5".</summary>
    public string Plain() => Value.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>As people read it: thin spaces between thousands, a true minus.</summary>
    public override string ToString() =>
        (Hundredths < 0 ? "−" : "") + Math.Abs(Value).ToString("#,0.##", CultureInfo.InvariantCulture).Replace(',', '\u202F');

    sealed class QuantityForm : JsonConverter<Quantity>
    {
        public override Quantity Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => new(reader.GetInt64());

        public override void Write(Utf8JsonWriter writer, Quantity value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Hundredths);
    }
}

/// <summary>Reads a quantity with the separators that <see cref="MoneyText"/> knows; a minus sign before it is allowed where the measure may be negative.</summary>
public static class QuantityText
{
    /// <param name="problem">Code of a text: quantity.empty, quantity.negative, quantity.form, quantity.large.</param>
    public static bool TryParse(string? text, out Quantity quantity, out string problem, bool signed = false)
    {
        quantity = Quantity.Zero;
        var trimmed = (text ?? "").Trim();
        var negative = signed && trimmed.Length > 1 && trimmed[0] is '-' or '−';
        if (negative) trimmed = trimmed[1..];
        problem = "quantity.form";
        if (trimmed.Any(char.IsLetter)) return false;
        if (!MoneyText.TryParse(trimmed, out var amount, out var fault))
        {
            problem = fault.Replace("money.", "quantity.", StringComparison.Ordinal);
            return false;
        }
        quantity = new(negative ? -amount.Minor : amount.Minor);
        problem = "";
        return true;
    }
}

public static class Quantities
{
    public static Quantity SumQuantity<T>(this IEnumerable<T> items, Func<T, Quantity> of) => items.Aggregate(Quantity.Zero, (sum, item) => sum + of(item));
}
