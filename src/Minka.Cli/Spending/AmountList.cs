using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Minka.Cli.Spending;

/// <summary>What is wrong with a list of amounts, where, and the remedy.</summary>
sealed class AmountFault(string place, string message) : Exception($"{place}: {message}");

/// <summary>Reads a list of amounts: one a line, a CSV column, or JSON. Nothing is guessed.</summary>
static class AmountList
{
    const string Remedy = "write one number a line, with a decimal point and without separators of thousands, like 1234.50";

    public static List<decimal> Read(byte[] bytes, string? column)
    {
        string text;
        try
        {
            text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            text = Encoding.Latin1.GetString(bytes);
        }
        var amounts = text.TrimStart() is ['[' or '{', ..] ? OfJson(text) : OfLines(text, column);
        return amounts.Count > 0 ? amounts : throw new AmountFault("the file", $"there is no number in it; {Remedy}");
    }

    static List<decimal> OfJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var (list, at) = document.RootElement.ValueKind == JsonValueKind.Array ? (document.RootElement, "$")
                : document.RootElement.TryGetProperty("values", out var values) && values.ValueKind == JsonValueKind.Array ? (values, "$.values")
                : throw new AmountFault("$", "a list of numbers is expected, or an object with a list \"values\"");
            return [.. list.EnumerateArray().Select((v, i) => v.ValueKind is JsonValueKind.Number or JsonValueKind.String
                ? Amount(v.ValueKind == JsonValueKind.Number ? v.GetRawText() : v.GetString()!, $"{at}[{i}]") : throw new AmountFault($"{at}[{i}]", $"not a number: {v.GetRawText()}"))];
        }
        catch (JsonException e)
        {
            throw new AmountFault($"line {e.LineNumber + 1}, character {e.BytePositionInLine + 1}", "not JSON; correct it, or " + Remedy);
        }
    }

    static List<decimal> OfLines(string text, string? column)
    {
        var lines = text.Split('\n').Select((l, i) => (Line: i + 1, Text: l.Trim().TrimEnd('\r'))).Where(l => l.Text.Length > 0).ToList();
        if (lines.Count == 0) return [];
        var delimiter = new[] { ';', '\t', ',', '|' }.MaxBy(d => lines[0].Text.Count(c => c == d));
        List<(int Line, string[] Cells)> rows = [.. lines.Select(l => (l.Line, l.Text.Split(delimiter, StringSplitOptions.TrimEntries).Select(c => c.Trim('"')).ToArray()))];
        var headed = rows[0].Cells.Any(c => !IsNumber(c)) && (rows[0].Cells.Length > 1 || !rows[0].Cells[0].Any(char.IsAsciiDigit));
        if (!headed)
        {
            if (column is not null) throw new AmountFault("line 1", $"there are no headings, so no column {column}");
            foreach (var (line, whole) in lines)
            {
                var groups = whole.Split(',');
                if (groups.Length > 1 && groups[0].Length is >= 1 and <= 3 && groups[0].All(char.IsAsciiDigit) && groups.Skip(1).All(g => g.Split('.')[0].Length == 3 && g.Split('.')[0].All(char.IsAsciiDigit)))
                    throw new AmountFault($"line {line}", $"«{whole}» may be one number with separators of thousands or {groups.Length} numbers; {Remedy}");
            }
            return [.. rows.SelectMany(r => r.Cells.Where(c => c.Length > 0).Select(c => Amount(c, $"line {r.Line}")))];
        }
        var heads = rows[0].Cells;
        var at = column is not null ? Array.FindIndex(heads, h => string.Equals(h, column, StringComparison.OrdinalIgnoreCase))
            : heads.Length == 1 ? 0
            : Enumerable.Range(0, heads.Length).Where(c => rows.Skip(1).All(r => c < r.Cells.Length && IsNumber(r.Cells[c]))).ToList() is [var only] ? only
            : throw new AmountFault("line 1", $"the table has several columns; name one with --column: {string.Join(", ", heads)}");
        if (at < 0) throw new AmountFault("line 1", $"there is no column {column}; the columns are {string.Join(", ", heads)}");
        return [.. rows.Skip(1).Select(r => at < r.Cells.Length ? Amount(r.Cells[at], $"line {r.Line}, column {heads[at]}") : throw new AmountFault($"line {r.Line}", "the row is too short"))];
    }

    static bool IsNumber(string text) => decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out _);

    static decimal Amount(string text, string place) =>
        !decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var amount) ? throw new AmountFault(place, $"«{text}» is not a number; {Remedy}")
        : amount < 0 ? throw new AmountFault(place, $"«{text}» is negative; an amount is zero or more")
        : amount;
}
