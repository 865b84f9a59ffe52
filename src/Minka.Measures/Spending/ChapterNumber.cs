using System.Globalization;

namespace Minka.Measures.Spending;

/// <summary>Numbers as the founding chapter's scan has them: a point both for thousands and for decimals.</summary>
public static class ChapterNumber
{
    /// <summary>Reads a number: points before groups of three digits part thousands if another point follows; the last one parts decimals.</summary>
    /// <param name="text">«2.097.6», «81.3», «0.4».</param>
    /// <param name="value">2097.6, 81.3, 0.4.</param>
    /// <returns>False for anything else, also for a digit that the scan lost: it is never guessed.</returns>
    public static bool TryParse(string? text, out decimal value)
    {
        value = 0;
        var parts = text?.Trim().Split('.') ?? [];
        if (parts.Length == 0 || parts.Any(p => p.Length == 0 || !p.All(char.IsAsciiDigit)))
            return false;
        if (parts.Length > 2 && (parts[0].Length > 3 || parts[1..^1].Any(p => p.Length != 3)))
            return false;
        return decimal.TryParse(parts.Length == 1 ? parts[0] : string.Concat(parts[..^1]) + "." + parts[^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value);
    }
}
