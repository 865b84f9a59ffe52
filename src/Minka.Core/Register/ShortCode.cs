using System.Buffers.Binary;

namespace Minka.Core.Register;

/// <summary>
/// The name of a receipt that can be read over a telephone, such as <c>7F3-K92-04</c>: 35 bits of the content's
/// SHA-256 in seven symbols, and a check symbol. The alphabet is Crockford's base 32, without I, L, O and U.
/// </summary>
/// <remarks>
/// The check symbol is a weighted sum over GF(32) with a different weight at each place. So every wrong symbol and
/// every exchange of two symbols, adjacent or not, is detected. The code is a reference, not a proof: two contents can
/// share it (one chance in 3.4 · 10¹⁰ for a given pair), so a search by code may find more than one receipt.
/// </remarks>
public readonly record struct ShortCode
{
    const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    const int Symbols = 8;
    readonly string? _text;

    ShortCode(string text) => _text = text;

    /// <summary>The code of a content.</summary>
    /// <param name="contentHash">SHA-256 of the content.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not 32 bytes.</exception>
    public static ShortCode Of(ReadOnlySpan<byte> contentHash)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(contentHash.Length, Merkle.HashSize, nameof(contentHash));
        var bits = BinaryPrimitives.ReadUInt64BigEndian(contentHash) >> (64 - 35);
        Span<int> values = stackalloc int[Symbols];
        for (var i = Symbols - 2; i >= 0; i--, bits >>= 5)
            values[i] = (int)(bits & 31);
        values[Symbols - 1] = WeightedSum(values[..(Symbols - 1)]);
        return new ShortCode(Format(values));
    }

    /// <summary>
    /// Reads a code as people write it: any case, with or without dashes and blanks, O for 0, I or L for 1.
    /// False when a symbol is wrong, two are exchanged, or one is missing.
    /// </summary>
    public static bool TryParse(string? typed, out ShortCode code)
    {
        code = default;
        if (typed is null || typed.Length > 40)
            return false;
        Span<int> values = stackalloc int[Symbols];
        var count = 0;
        foreach (var c in typed)
        {
            if (c is ' ' or '-' or '\t' or '\u00a0' or '\u2013' or '.')
                continue;
            var symbol = char.ToUpperInvariant(c) switch { 'O' => '0', 'I' or 'L' => '1', var other => other };
            var value = Alphabet.IndexOf(symbol, StringComparison.Ordinal);
            if (value < 0 || count == Symbols)
                return false;
            values[count++] = value;
        }
        if (count != Symbols || WeightedSum(values[..(Symbols - 1)]) != values[Symbols - 1])
            return false;
        code = new ShortCode(Format(values));
        return true;
    }

    public override string ToString() => _text ?? "";

    static string Format(ReadOnlySpan<int> values)
    {
        Span<char> text = stackalloc char[Symbols + 2];
        var at = 0;
        for (var i = 0; i < Symbols; i++)
        {
            if (i is 3 or 6)
                text[at++] = '-';
            text[at++] = Alphabet[values[i]];
        }
        return new string(text);
    }

    // The weights are α¹…α⁷ for the data and 1 for the check symbol: all different, none zero.
    static int WeightedSum(ReadOnlySpan<int> data)
    {
        var sum = 0;
        foreach (var value in data)
            sum = TimesAlpha(sum ^ value);
        return sum;
    }

    // Multiplication by x in GF(2)[x] / (x⁵ + x² + 1), whose x is primitive.
    static int TimesAlpha(int value)
    {
        var shifted = value << 1;
        return (shifted & 32) == 0 ? shifted : (shifted ^ 0b100101) & 31;
    }
}
