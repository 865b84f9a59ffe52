namespace Minka.Core.Territories;

/// <summary>The district code as it arrives in files: text, a number without its leading zero, or <c>10401.0</c>.</summary>
public static class Ubigeo
{
    /// <summary>Strips a trailing <c>.0</c> and pads five digits to six; every other length is refused.</summary>
    public static bool TryNormalize(string? text, out string code)
    {
        code = (text ?? "").Trim();
        if (code.EndsWith(".0", StringComparison.Ordinal)) code = code[..^2];
        if (code.Length == 5) code = "0" + code;
        return code.Length == 6 && code.All(char.IsAsciiDigit);
    }
}
