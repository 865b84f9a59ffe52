using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Minka.Core.Register;

/// <summary>
/// A public key of the register: ECDSA over P-256 with SHA-256 (ES256). Known by three names: the key id (RFC 7638
/// thumbprint of the JWK, in receipts), the four-byte id of signed notes (in checkpoints), and the fingerprint that
/// people compare by eye.
/// </summary>
public sealed class VerifyingKey : IEquatable<VerifyingKey>
{
    readonly byte[] _spki;
    readonly byte[] _x;
    readonly byte[] _y;

    VerifyingKey(byte[] spki, ECPoint point, ulong from, ulong? to)
    {
        _spki = spki;
        _x = point.X!;
        _y = point.Y!;
        From = from;
        To = to;
        // RFC 7638 §3.2: the required members only, in lexicographic order, without white space.
        var jwk = $$"""{"crv":"P-256","kty":"EC","x":"{{X}}","y":"{{Y}}"}""";
        Id = Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(jwk)));
        var digest = SHA256.HashData(_spki);
        NoteId = BinaryPrimitives.ReadUInt32BigEndian(digest);
        Fingerprint = string.Join(' ', Convert.ToHexStringLower(digest).Chunk(4).Select(g => new string(g)));
    }

    /// <summary>Reads a key from its DER SubjectPublicKeyInfo.</summary>
    /// <param name="spki">The DER bytes, nothing after them.</param>
    /// <param name="from">Register index from which the key signs.</param>
    /// <param name="to">Register index at which the next key took over; null for the key in use.</param>
    /// <exception cref="MalformedException">Not a P-256 public key (<c>register.key</c>).</exception>
    public static VerifyingKey FromSpki(ReadOnlySpan<byte> spki, ulong from = 0, ulong? to = null)
    {
        try
        {
            using var ecdsa = ECDsa.Create();
            ecdsa.ImportSubjectPublicKeyInfo(spki, out var read);
            var parameters = ecdsa.ExportParameters(includePrivateParameters: false);
            if (read != spki.Length || parameters.Curve.Oid.Value != ECCurve.NamedCurves.nistP256.Oid.Value)
                throw new MalformedException("register.key");
            // Exported again: one key has one spelling, and so one fingerprint.
            return new VerifyingKey(ecdsa.ExportSubjectPublicKeyInfo(), parameters.Q, from, to);
        }
        catch (CryptographicException)
        {
            throw new MalformedException("register.key");
        }
    }

    /// <summary>Reads a key from PEM (<c>BEGIN PUBLIC KEY</c>).</summary>
    /// <exception cref="MalformedException">Not a P-256 public key in PEM (<c>register.key</c>).</exception>
    public static VerifyingKey FromPem(string pem, ulong from = 0, ulong? to = null)
    {
        if (!PemEncoding.TryFind(pem, out var fields) || pem[fields.Label] != "PUBLIC KEY")
            throw new MalformedException("register.key");
        return FromSpki(Convert.FromBase64String(pem[fields.Base64Data]), from, to);
    }

    /// <summary>Key id: RFC 7638 SHA-256 thumbprint of the JWK, base64url. Goes into <c>kid</c>.</summary>
    public string Id { get; }

    /// <summary>Key id of signed notes, C2SP signature type 0x02: the first four bytes of SHA-256 of the DER public key.</summary>
    public uint NoteId { get; }

    /// <summary>
    /// What people compare and pass to <c>--key</c>: SHA-256 of the DER public key, 16 groups of 4 hexadecimal digits.
    /// The same as <c>openssl pkey -pubin -outform der | sha256sum</c>.
    /// </summary>
    public string Fingerprint { get; }

    /// <summary>Register index from which the key signs.</summary>
    public ulong From { get; }

    /// <summary>Register index at which the next key took over; null for the key in use.</summary>
    public ulong? To { get; }

    /// <summary>JWK coordinate x, base64url.</summary>
    public string X => Base64Url.EncodeToString(_x);

    /// <summary>JWK coordinate y, base64url.</summary>
    public string Y => Base64Url.EncodeToString(_y);

    /// <summary>DER SubjectPublicKeyInfo.</summary>
    public ReadOnlyMemory<byte> Spki => _spki;

    /// <summary>PEM for <c>openssl dgst -sha256 -verify</c>.</summary>
    public string Pem => PemEncoding.WriteString("PUBLIC KEY", _spki);

    /// <summary>Whether a person's spelling of a fingerprint (any case, with or without blanks, colons or dashes) is this key's.</summary>
    public bool HasFingerprint(string typed) =>
        string.Concat(typed.Where(c => c is not (' ' or ':' or '-' or '\t' or '\u00a0'))).Equals(
            Fingerprint.Replace(" ", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);

    /// <summary>The same key with other limits of use.</summary>
    public VerifyingKey Within(ulong from, ulong? to) => FromSpki(_spki, from, to);

    /// <summary>Whether the signature over <paramref name="data"/> (hashed with SHA-256) is this key's. Never throws.</summary>
    public bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature, DSASignatureFormat format)
    {
        try
        {
            using var ecdsa = ECDsa.Create();
            ecdsa.ImportSubjectPublicKeyInfo(_spki, out _);
            return ecdsa.VerifyData(data, signature, HashAlgorithmName.SHA256, format);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    public bool Equals(VerifyingKey? other) => other is not null && Id == other.Id;

    public override bool Equals(object? obj) => Equals(obj as VerifyingKey);

    public override int GetHashCode() => Id.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Fingerprint;
}
