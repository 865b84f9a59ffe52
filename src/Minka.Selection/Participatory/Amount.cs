using System.Numerics;
using Minka.Selection.Exact;

namespace Minka.Selection.Participatory;

/// <summary>Decimal numbers as written in files: a whole number and how many of its digits are decimals. Never rounded.</summary>
internal readonly record struct Amount(BigInteger Digits, int Decimals)
{
    public static BigInteger Power(int decimals) => BigInteger.Pow(10, decimals);

    public Fraction Value => new(Digits, Power(Decimals));

    /// <summary>Digits with one decimal point or comma, an optional sign and an optional exponent (as spreadsheets write it).</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out Amount amount)
    {
        amount = default;
        text = text.Trim(" \t"u8);
        var negative = false;
        if (text.Length > 0 && text[0] is (byte)'-' or (byte)'+')
        {
            negative = text[0] == '-';
            text = text[1..];
        }

        long small = 0;
        var large = BigInteger.Zero;
        int digits = 0, significant = 0, decimals = -1, i = 0;
        for (; i < text.Length; i++)
        {
            var c = text[i];
            if (c is >= (byte)'0' and <= (byte)'9')
            {
                if (significant == 17)
                {
                    large = (large * 100_000_000_000_000_000) + small;
                    small = 0;
                    significant = 0;
                    if (digits > 300)
                        return false;
                }

                small = (small * 10) + (c - '0');
                significant++;
                digits++;
                if (decimals >= 0)
                    decimals++;
            }
            else if (c is (byte)'.' or (byte)',' && decimals < 0)
            {
                decimals = 0;
            }
            else
            {
                break;
            }
        }

        if (digits == 0)
            return false;
        var all = large.IsZero ? small : (large * BigInteger.Pow(10, significant)) + small;
        decimals = Math.Max(decimals, 0);
        if (i < text.Length)
        {
            if (text[i] is not ((byte)'e' or (byte)'E') || !int.TryParse(text[(i + 1)..], System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out var exponent) || exponent is < -30 or > 30)
                return false;
            decimals -= exponent;
        }

        // Trailing zeros say nothing and would only make the common unit finer.
        while (decimals > 0 && (all % 10).IsZero)
        {
            all /= 10;
            decimals--;
        }

        if (decimals < 0)
        {
            all *= BigInteger.Pow(10, -decimals);
            decimals = 0;
        }

        amount = new Amount(negative ? -all : all, decimals);
        return true;
    }
}
