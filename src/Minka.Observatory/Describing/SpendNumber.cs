using System.Buffers;
using System.Globalization;

namespace Minka.Observatory.Describing;

/// <summary>How an amount was written.</summary>
[Flags]
public enum NumberTraits
{
    /// <summary>Digits and at most two decimals.</summary>
    None = 0,

    /// <summary>With an exponent, as floating-point programs write.</summary>
    Exponent = 1,

    /// <summary>With more than two decimals.</summary>
    ExcessDecimals = 2,

    /// <summary>«1,234,567».</summary>
    CommaThousands = 4,

    /// <summary>«1.234.567,89».</summary>
    DecimalComma = 8,

    /// <summary>A dash for zero.</summary>
    Dash = 16,

    /// <summary>With spaces or a currency sign around.</summary>
    Dressed = 32,

    /// <summary>«1 234 567,89», «1'234,567.89», «(1,234.50)» and «1,234.50-», as people write them.</summary>
    ByHand = 64,
}

/// <summary>Amounts as spending files write them.</summary>
public static class SpendNumber
{
    private const string Blanks = " \u00A0\u2009\u202F";

    private static readonly SearchValues<char> ByHand = SearchValues.Create(Blanks + "'’()");

    /// <summary>Reads an amount in céntimos, rounded half away from zero.</summary>
    /// <param name="text">The cell.</param>
    /// <param name="minor">Céntimos.</param>
    /// <param name="traits">How it was written.</param>
    /// <returns>False for an empty or unreadable cell, and beyond 64 bits.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out long minor, out NumberTraits traits)
    {
        if (Plain(text, out minor))
        {
            traits = NumberTraits.None;
            return true;
        }

        if (!TryParse(text, out decimal value, out traits))
            return false;
        minor = (long)decimal.Round(value * 100, MidpointRounding.AwayFromZero);
        return true;
    }

    /// <summary>Reads an amount as it is written, in its own unit and not rounded.</summary>
    /// <param name="text">The cell.</param>
    /// <param name="value">The number.</param>
    /// <returns>False for an empty or unreadable cell, and beyond 64 bits of hundredths.</returns>
    public static bool TryParseExact(ReadOnlySpan<char> text, out decimal value) => TryParse(text, out value, out _);

    /// <summary>Digits with at most two decimals, as nearly all amounts are written.</summary>
    private static bool Plain(ReadOnlySpan<char> text, out long minor)
    {
        minor = 0;
        if (text.Length is 0 or > 15)
            return false;
        var at = text[0] == '-' ? 1 : 0;
        if (at == text.Length || text[at] == '.')
            return false;
        long value = 0;
        for (; at < text.Length; at++)
        {
            var digit = text[at] - '0';
            if (digit is >= 0 and <= 9)
            {
                value = (value * 10) + digit;
                continue;
            }

            if (text[at] != '.' || text.Length - at is not (2 or 3))
                return false;
            var (one, two) = (text[at + 1] - '0', text.Length - at == 3 ? text[at + 2] - '0' : 0);
            if (one is < 0 or > 9 || two is < 0 or > 9)
                return false;
            minor = (value * 100) + (one * 10) + two;
            minor = text[0] == '-' ? -minor : minor;
            return true;
        }

        minor = value * 100;
        minor = text[0] == '-' ? -minor : minor;
        return true;
    }

    private static bool TryParse(ReadOnlySpan<char> text, out decimal value, out NumberTraits traits)
    {
        (value, traits) = (0, NumberTraits.None);
        var trimmed = text.Trim(" \t\r\n\u00A0\u202F\"");
        if (trimmed.StartsWith("S/") || trimmed.StartsWith("R$"))
            trimmed = trimmed[2..].TrimStart(". ");
        if (trimmed.Length != text.Length)
            traits |= NumberTraits.Dressed;
        if (trimmed is "-" or "–")
        {
            traits |= NumberTraits.Dash;
            return true;
        }

        if (trimmed.Length is 0 or > 60)
            return false;
        if (trimmed[^1] is '-' or ')' || trimmed.ContainsAny(ByHand))
        {
            Span<char> written = stackalloc char[trimmed.Length];
            if (Unwritten(trimmed, written) is not { } left || !TryParse(left.Text, out value, out var inner) || (left.Negative && value < 0))
                return false;
            traits |= inner | NumberTraits.ByHand;
            value = left.Negative ? -value : value;
            return true;
        }

        Span<char> plain = stackalloc char[trimmed.Length];
        var length = 0;
        var (comma, point) = (trimmed.LastIndexOf(','), trimmed.LastIndexOf('.'));
        if (comma >= 0)
        {
            // The last of both signs parts the decimals; a lone comma does so unless all its groups have three digits.
            var decimalComma = point >= 0 ? comma > point : !Grouped(trimmed, ',');
            traits |= decimalComma ? NumberTraits.DecimalComma : NumberTraits.CommaThousands;
            foreach (var c in trimmed)
            {
                if (c == (decimalComma ? '.' : ','))
                    continue;
                plain[length++] = c == ',' ? '.' : c;
            }
        }
        else if (point >= 0 && trimmed.Count('.') > 1)
        {
            if (!Grouped(trimmed, '.'))
                return false;
            traits |= NumberTraits.DecimalComma;
            foreach (var c in trimmed)
            {
                if (c != '.')
                    plain[length++] = c;
            }
        }
        else
        {
            trimmed.CopyTo(plain);
            length = trimmed.Length;
        }

        var number = plain[..length];
        if (number.IndexOfAny('e', 'E') >= 0)
            traits |= NumberTraits.Exponent;
        else if (number.IndexOf('.') is >= 0 and var at && number.Length - at - 1 > 2 && number[(at + 3)..].Trim('0').Length > 0)
            traits |= NumberTraits.ExcessDecimals;
        if (!decimal.TryParse(number, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value) || Math.Abs(value) > 90_000_000_000_000_000m)
            return false;
        return true;
    }

    /// <summary>
    /// The same number with plain signs. Blanks and apostrophes part groups of three; after an apostrophe a comma before three last digits parts
    /// another group, as in «1'234,567».
    /// </summary>
    private static (string Text, bool Negative)? Unwritten(ReadOnlySpan<char> text, Span<char> to)
    {
        var negative = false;
        if (text is ['(', .. var within, ')'])
        {
            text = within.Trim(Blanks);
            negative = true;
        }
        else if (text is [.. var before, '-'])
        {
            text = before.TrimEnd(Blanks);
            negative = true;
        }

        var apostrophe = text.IndexOfAny('\'', '’') >= 0;
        var comma = apostrophe && !text.Contains('.') && text.LastIndexOf(',') == text.Length - 4;
        var (length, digits) = (0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            if (!ByHand.Contains(text[i]))
            {
                digits += char.IsAsciiDigit(text[i]) ? 1 : 0;
                to[length++] = text[i];
                continue;
            }

            if (digits is 0 or > 3 || !char.IsAsciiDigit(text[i - 1]) || text.Length - i < 4 || text.Slice(i + 1, 3).ContainsAnyExceptInRange('0', '9') || (text.Length - i > 4 && char.IsAsciiDigit(text[i + 4])))
                return null;
            digits = 0;
            if (comma)
                to[length++] = ',';
        }

        return (to[..length].ToString(), negative);
    }

    private static bool Grouped(ReadOnlySpan<char> text, char separator)
    {
        var first = true;
        foreach (var range in text.TrimStart('-').Split(separator))
        {
            var group = text.TrimStart('-')[range];
            if (group.ContainsAnyExceptInRange('0', '9') || (first ? group.Length is 0 or > 3 : group.Length != 3))
                return false;
            first = false;
        }

        return true;
    }
}
