using System.Security.Cryptography;
using System.Text;

namespace Minka.Core.Kernel;

/// <summary>A SHA-256 digest, shown as 64 lower-case hexadecimal digits.</summary>
public readonly record struct Digest(string Hex)
{
    public static Digest Of(ReadOnlySpan<byte> bytes) => new(Convert.ToHexStringLower(SHA256.HashData(bytes)));

    public static Digest Of(string text) => Of(Encoding.UTF8.GetBytes(text));

    public static bool TryParse(string? text, out Digest digest)
    {
        var ok = text is { Length: 64 } && text.All(char.IsAsciiHexDigitLower);
        digest = ok ? new(text!) : default;
        return ok;
    }

    /// <summary>The first twelve digits, for people.</summary>
    public string Short => Hex is { Length: >= 12 } ? Hex[..12] : Hex ?? "";

    public byte[] ToBytes() => Convert.FromHexString(Hex);

    public override string ToString() => Hex ?? "";
}
