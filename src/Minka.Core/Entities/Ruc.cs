namespace Minka.Core.Entities;

/// <summary>The number of a tax payer of Peru: eleven digits, the last one a check digit modulo 11.</summary>
public static class Ruc
{
    static readonly int[] Weights = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2];
    static readonly string[] Prefixes = ["10", "15", "16", "17", "20"];

    public static bool IsValid(string? text) =>
        text is { Length: 11 } && text.All(char.IsAsciiDigit) && Prefixes.Contains(text[..2]) && CheckDigit(text) == text[10] - '0';

    /// <summary>Whether it belongs to a legal person: that of a natural person holds the number of an identity card.</summary>
    public static bool IsOfLegalPerson(string ruc) => ruc.StartsWith("20", StringComparison.Ordinal);

    /// <summary>The check digit of the first ten digits.</summary>
    public static int CheckDigit(string digits)
    {
        var sum = 0;
        for (var i = 0; i < Weights.Length; i++) sum += (digits[i] - '0') * Weights[i];
        return (11 - (sum % 11)) % 10;
    }
}
