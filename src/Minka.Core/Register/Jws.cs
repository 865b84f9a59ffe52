using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Minka.Core.Register;

/// <summary>What the check of a JWS found.</summary>
public enum JwsVerdict
{
    /// <summary>Signed by the named key.</summary>
    Valid,

    /// <summary>Not three parts of canonical base64url.</summary>
    Malformed,

    /// <summary>The header is not exactly <c>alg</c> ES256, <c>kid</c> and the expected <c>typ</c>.</summary>
    HeaderRefused,

    /// <summary>The key that it names is not among the trusted ones.</summary>
    KeyUnknown,

    /// <summary>The signature is not that key's over these bytes.</summary>
    SignatureWrong,
}

/// <summary>
/// JWS in compact form (RFC 7515 §3.1), of one kind only: ES256 (RFC 7518 §3.4), key named by thumbprint, no other
/// header member. The algorithm is a constant of this code and never taken from the message, so that <c>none</c>, a
/// symmetric algorithm or an embedded key cannot be smuggled in; and each accepted token has a single spelling.
/// </summary>
public static class Jws
{
    const int MaxLength = 1 << 20;

    /// <summary>Signs a payload with the key in use.</summary>
    /// <param name="payload">The bytes; they are carried as they are.</param>
    /// <param name="type">Value of <c>typ</c>, so that one kind of document cannot pass for another.</param>
    public static string Sign(ReadOnlySpan<byte> payload, string type, SigningKeys keys)
    {
        var body = Base64Url.EncodeToString(payload);
        var (key, signature) = keys.SignConcatenated(k => SigningInput(k.Id, type, body));
        return $"{Encoding.ASCII.GetString(SigningInput(key.Id, type, body))}.{Base64Url.EncodeToString(signature)}";
    }

    /// <summary>Checks a token against trusted keys. Never throws on hostile input.</summary>
    /// <param name="token">The compact form, without white space around it.</param>
    /// <param name="type">The only <c>typ</c> that is accepted.</param>
    /// <param name="trusted">The keys that may have signed it.</param>
    /// <param name="payload">The bytes that were signed; empty unless the answer is <see cref="JwsVerdict.Valid"/>.</param>
    /// <param name="signer">The key that signed; null unless valid.</param>
    public static JwsVerdict Verify(
        string token, string type, IEnumerable<VerifyingKey> trusted, out byte[] payload, out VerifyingKey? signer)
    {
        payload = [];
        signer = null;
        if (token.Length > MaxLength || token.Split('.') is not [var head, var body, var tail]
            || Base64Strict.DecodeUrl(head) is not { } header
            || Base64Strict.DecodeUrl(body) is not { } content
            || Base64Strict.DecodeUrl(tail) is not { } signature)
        {
            return JwsVerdict.Malformed;
        }
        if (KeyId(header) is not { } kid || !Header(kid, type).AsSpan().SequenceEqual(header))
            return JwsVerdict.HeaderRefused;
        if (trusted.FirstOrDefault(k => k.Id == kid) is not { } key)
            return JwsVerdict.KeyUnknown;
        if (signature.Length != 64 || !key.Verify(Encoding.ASCII.GetBytes($"{head}.{body}"), signature, DSASignatureFormat.IeeeP1363FixedFieldConcatenation))
            return JwsVerdict.SignatureWrong;
        payload = content;
        signer = key;
        return JwsVerdict.Valid;
    }

    static byte[] SigningInput(string kid, string type, string body) =>
        Encoding.ASCII.GetBytes($"{Base64Url.EncodeToString(Header(kid, type))}.{body}");

    // The one header that is written and read: its bytes are compared, not its meaning.
    static byte[] Header(string kid, string type) =>
        Encoding.UTF8.GetBytes($$"""{"alg":"ES256","kid":{{JsonSerializer.Serialize(kid)}},"typ":{{JsonSerializer.Serialize(type)}}}""");

    static string? KeyId(byte[] header)
    {
        try
        {
            using var document = JsonDocument.Parse(header);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("kid", out var kid)
                && kid.ValueKind == JsonValueKind.String
                ? kid.GetString()
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
