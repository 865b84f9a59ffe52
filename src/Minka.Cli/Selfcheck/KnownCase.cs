using System.Globalization;
using System.Text.Json;
using Minka.Selection.Exact;

namespace Minka.Cli.Selfcheck;

/// <summary>A published case with its known answer.</summary>
/// <param name="Input">Undefined where the file holds results only, whose input is published elsewhere.</param>
sealed record KnownCase(string Id, JsonElement Input, JsonElement Expected, double Tolerance)
{
    public const double DefaultTolerance = 1e-9;

    /// <summary>A wider tolerance would prove nothing.</summary>
    public const double WidestTolerance = 0.1;

    public bool InputHas(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Input.ValueKind != JsonValueKind.Object || !Input.TryGetProperty(name, out _)) return false;
        }
        return true;
    }

    public bool HasInput => Input.ValueKind != JsonValueKind.Undefined;

    public bool Expects(string name) => Expected.ValueKind == JsonValueKind.Object && Expected.TryGetProperty(name, out _);

    public bool InputIsNumbers => Input.ValueKind == JsonValueKind.Array && Input.EnumerateArray().All(v => v.ValueKind == JsonValueKind.Number);

    public bool InputIsTable => Input.ValueKind == JsonValueKind.Array && Input.GetArrayLength() > 0 && Input.EnumerateArray().All(r => r.ValueKind == JsonValueKind.Array);

    /// <summary>A key that nobody here knows could change what the case asks.</summary>
    public bool InputHasOnly(params string[] names) => Input.ValueKind == JsonValueKind.Object && Input.EnumerateObject().All(p => names.Contains(p.Name));
}

/// <summary>Something that the case asks and this program does not answer, or answers otherwise.</summary>
sealed class CaseFails(string why) : Exception(why);

/// <summary>An answer whose own tolerance replaces the case's: random resampling, limits of an interval.</summary>
sealed record Roughly(double Value, double Tolerance);

/// <summary>A key that is not compared, and why; said on the error stream.</summary>
sealed record NotCompared(string Why);

/// <summary>Reads numbers exactly, as they are written.</summary>
static class CaseNumbers
{
    public static Fraction Exact(this JsonElement value) =>
        value.ValueKind is JsonValueKind.Number && Fraction.TryParse(value.GetRawText(), out var number) ? number
        : value.ValueKind is JsonValueKind.String && Fraction.TryParse(value.GetString(), out number) ? number
        : throw new CaseFails($"not a number: {value.GetRawText()}");

    public static Fraction Exact(this JsonElement owner, string name) => owner.GetProperty(name).Exact();

    public static List<Fraction> ExactList(this JsonElement owner, string name) => [.. owner.GetProperty(name).EnumerateArray().Select(Exact)];

    public static double Real(this JsonElement value) => value.Exact().ToDouble();

    public static double Real(this JsonElement owner, string name) => owner.GetProperty(name).Real();

    public static List<double> Reals(this JsonElement list) => [.. list.EnumerateArray().Select(Real)];

    public static List<IReadOnlyList<double>> Table(this JsonElement table) => [.. table.EnumerateArray().Select(r => (IReadOnlyList<double>)r.Reals())];

    public static decimal Money(this JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var money) ? money : throw new CaseFails($"not an amount: {value.GetRawText()}");

    public static List<decimal> Moneys(this JsonElement list) => [.. list.EnumerateArray().Select(Money)];

    public static bool Truth(this JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number when value.Exact() == 1 => true,
        JsonValueKind.Number when value.Exact() == 0 => false,
        _ => throw new CaseFails($"neither true nor false: {value.GetRawText()}"),
    };

    public static long Whole(this JsonElement owner, string name) => Whole(owner.Exact(name));

    public static long Whole(Fraction value) =>
        value.IsWhole && value.Numerator >= long.MinValue && value.Numerator <= long.MaxValue ? (long)value.Numerator : throw new CaseFails($"not a whole number within 64 bits: {value}");
}

/// <summary>
/// Compares what was expected with what the product computed. Whole numbers, texts, orders and index lists exactly; other
/// numbers within the tolerance, relative with a floor of 1; null is only null. Every expected key must be answered.
/// </summary>
static class CaseComparison
{
    /// <param name="actual">A <see cref="Fraction"/>, long, double, bool, string, null, a list, or a dictionary of these.</param>
    public static void Compare(JsonElement expected, object? actual, double tolerance, string at = "expected", Action<string>? tell = null)
    {
        if (actual is NotCompared { Why: var why })
        {
            tell?.Invoke($"{at} is not compared: {why}");
            return;
        }
        switch (expected.ValueKind)
        {
            case JsonValueKind.Null:
                Must(actual is null, at, "null", actual);
                break;
            case JsonValueKind.True or JsonValueKind.False:
                Must(actual is bool truth && truth == expected.GetBoolean(), at, expected.GetRawText(), actual);
                break;
            case JsonValueKind.String:
                Must(actual is string or Fraction && string.Equals(expected.GetString(), actual.ToString(), StringComparison.Ordinal), at, expected.GetString()!, actual);
                break;
            case JsonValueKind.Number:
                Must(Near(expected, actual, tolerance), at, expected.GetRawText(), actual);
                break;
            case JsonValueKind.Array:
                var list = actual as System.Collections.IEnumerable is { } many and not string ? many.Cast<object?>().ToList() : throw new CaseFails($"{at}: a list is expected");
                Must(list.Count == expected.GetArrayLength(), at, $"{expected.GetArrayLength()} values", list.Count);
                foreach (var (i, item) in expected.EnumerateArray().Index()) Compare(item, list[i], tolerance, $"{at}[{i}]", tell);
                break;
            default:
                var answers = actual as IReadOnlyDictionary<string, object?> ?? throw new CaseFails($"{at}: no answer by name");
                Must(expected.EnumerateObject().Any(), at, "at least one value", "none");
                foreach (var property in expected.EnumerateObject())
                {
                    if (!answers.TryGetValue(property.Name, out var answer)) throw new CaseFails($"{at}.{property.Name}: unknown to this version");
                    Compare(property.Value, answer, tolerance, $"{at}.{property.Name}", tell);
                }
                break;
        }
    }

    static bool Near(JsonElement expected, object? actual, double tolerance)
    {
        var exact = expected.Exact();
        var whole = !expected.GetRawText().AsSpan().ContainsAny('.', 'e', 'E');
        switch (actual)
        {
            case long or int:
                return exact == Convert.ToInt64(actual, CultureInfo.InvariantCulture);
            case Fraction fraction when whole:
                return fraction == exact;
            case Fraction fraction:
                return Within(fraction.ToDouble(), exact.ToDouble(), tolerance);
            case Roughly(var value, var own):
                return Within(value, exact.ToDouble(), own);
            case double number:
                return double.IsFinite(number) && Within(number, exact.ToDouble(), tolerance);
            default:
                return false;
        }
    }

    static bool Within(double actual, double expected, double tolerance) => Math.Abs(actual - expected) <= tolerance * Math.Max(1, Math.Abs(expected));

    static void Must(bool holds, string at, string expected, object? actual)
    {
        if (!holds) throw new CaseFails($"{at}: expected {expected}, computed {Shown(actual)}");
    }

    static string Shown(object? value) => value switch
    {
        null => "null",
        double d => d.ToString("R", CultureInfo.InvariantCulture),
        Roughly r => r.Value.ToString("R", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
