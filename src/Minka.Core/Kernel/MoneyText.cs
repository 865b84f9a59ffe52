using System.Globalization;

namespace Minka.Core.Kernel;

/// <summary>
/// Reads an amount as people type it: spaces and apostrophes separate thousands; of comma and point, the last one is the
/// decimal sign when one or two digits follow it, and a thousands separator when exactly three follow every one of them.
/// "1.234,56", "1,234.56", "1 234.5" and "S/ 1234" are read; exponents, signs and lone ambiguities such as "1.2345" are not.
/// </summary>
public static class MoneyText
{
    /// <summary>The largest amount accepted: 99,999,999,999.99 (more than the nation's yearly public investment).</summary>
    public static readonly Money Largest = new(9_999_999_999_999);

    /// <summary>Parses; on failure <paramref name="problem"/> is the code of a text: money.empty, money.negative, money.form, money.large.</summary>
    public static bool TryParse(string? text, out Money amount, out string problem)
    {
        amount = Money.Zero;
        problem = "";
        var s = (text ?? "").Trim();
        if (s.StartsWith("S/", StringComparison.OrdinalIgnoreCase)) s = s[2..].TrimStart('.').Trim();
        if (s.StartsWith("PEN", StringComparison.OrdinalIgnoreCase)) s = s[3..].Trim();
        if (s.Length == 0) return Fail("money.empty", out problem);
        if (s[0] is '-' or '−' or '(') return Fail("money.negative", out problem);
        s = new string([.. s.Where(c => c is not (' ' or ' ' or ' ' or ' ' or '\'' or '’'))]);
        if (s.Length == 0 || s.Any(c => !char.IsAsciiDigit(c) && c is not ('.' or ','))) return Fail("money.form", out problem);
        if (s.Length > 30) return Fail("money.large", out problem);

        var last = s.LastIndexOfAny(['.', ',']);
        var whole = s;
        var cents = "";
        if (last >= 0)
        {
            var sign = s[last];
            var after = s.Length - last - 1;
            var alone = s.IndexOf(sign) == last;
            if (after is 1 or 2 && alone)
            {
                whole = s[..last];
                cents = s[(last + 1)..];
            }
            else if (after != 3)
            {
                return Fail("money.form", out problem);
            }
            var separators = whole.Where(c => c is '.' or ',').Distinct().ToArray();
            if (separators.Length > 1 || (cents.Length > 0 && separators.Contains(sign))) return Fail("money.form", out problem);
            if (separators.Length == 1)
            {
                var groups = whole.Split(separators[0]);
                if (groups[0].Length is < 1 or > 3 || groups.Skip(1).Any(g => g.Length != 3)) return Fail("money.form", out problem);
                whole = string.Concat(groups);
            }
        }
        if (whole.Length == 0) return Fail("money.form", out problem);
        whole = whole.TrimStart('0');
        if (whole.Length > 11) return Fail("money.large", out problem);
        var soles = whole.Length == 0 ? 0 : long.Parse(whole, CultureInfo.InvariantCulture);
        amount = new Money((soles * 100) + (cents.Length == 0 ? 0 : int.Parse(cents.PadRight(2, '0'), CultureInfo.InvariantCulture)));
        return true;

        static bool Fail(string code, out string problem)
        {
            problem = code;
            return false;
        }
    }
}
