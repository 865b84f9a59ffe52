using System.Buffers;
using System.Buffers.Text;

namespace Minka.Core.Register;

/// <summary>
/// Base64 that has exactly one spelling for each value: no white space, no missing or extra padding, no stray low bits.
/// Otherwise one signature could be written in several ways, and "the same document" would have several digests.
/// </summary>
internal static class Base64Strict
{
    /// <summary>Decodes standard Base64 (RFC 4648 §4) with padding; null when it is not the canonical spelling.</summary>
    public static byte[]? Decode(string text)
    {
        var buffer = new byte[text.Length / 4 * 3 + 3];
        return Convert.TryFromBase64String(text, buffer, out var written) && Convert.ToBase64String(buffer, 0, written) == text
            ? buffer[..written]
            : null;
    }

    /// <summary>Decodes base64url (RFC 4648 §5) without padding; null when it is not the canonical spelling.</summary>
    public static byte[]? DecodeUrl(string text)
    {
        var buffer = new byte[text.Length / 4 * 3 + 3];
        return Base64Url.DecodeFromChars(text, buffer, out _, out var written) == OperationStatus.Done
            && Base64Url.EncodeToString(buffer.AsSpan(0, written)) == text
            ? buffer[..written]
            : null;
    }
}
