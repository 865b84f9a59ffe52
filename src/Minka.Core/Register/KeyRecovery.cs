using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;

namespace Minka.Core.Register;

/// <summary>
/// The public keys that an ES256 signature may come from (SEC 1, §4.1.6). A receipt names its key by a thumbprint only; with
/// this a receipt can be checked alone, and the key that it was signed with compared to a fingerprint known from elsewhere.
/// </summary>
public static class KeyRecovery
{
    static readonly BigInteger P = Hex("FFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF");
    static readonly BigInteger N = Hex("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551");
    static readonly BigInteger B = Hex("5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B");
    static readonly (BigInteger X, BigInteger Y) G =
        (Hex("6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296"), Hex("4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5"));

    /// <param name="data">What was signed.</param>
    /// <param name="signature">r ‖ s, 64 bytes.</param>
    /// <returns>Up to four keys, each of which the signature verifies with; none where it is no signature at all.</returns>
    public static IReadOnlyList<VerifyingKey> Candidates(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != 64) return [];
        var (r, s) = (Number(signature[..32]), Number(signature[32..]));
        if (r.IsZero || s.IsZero || r >= N || s >= N) return [];
        var hash = Number(SHA256.HashData(data)) % N;
        var inverse = Inverse(r, N);
        var found = new List<VerifyingKey>();
        for (var x = r; x < P; x += N)
        {
            var square = Modulo((x * x * x) - (3 * x) + B);
            var root = BigInteger.ModPow(square, (P + 1) / 4, P);
            if (Modulo(root * root) != square) continue;
            foreach (var y in new[] { root, P - root })
            {
                var sum = Add(Times((x, y), s * inverse % N), Times(G, (N - hash) * inverse % N));
                if (sum is not { } q) continue;
                using var ecdsa = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = Bytes(q.X), Y = Bytes(q.Y) } });
                var key = VerifyingKey.FromSpki(ecdsa.ExportSubjectPublicKeyInfo());
                if (key.Verify(data, signature, DSASignatureFormat.IeeeP1363FixedFieldConcatenation)) found.Add(key);
            }
        }
        return found;
    }

    static (BigInteger X, BigInteger Y)? Times((BigInteger X, BigInteger Y) point, BigInteger factor)
    {
        (BigInteger X, BigInteger Y)? sum = null, power = point;
        for (; !factor.IsZero; factor >>= 1)
        {
            if (!factor.IsEven) sum = Add(sum, power);
            power = Add(power, power);
        }
        return sum;
    }

    static (BigInteger X, BigInteger Y)? Add((BigInteger X, BigInteger Y)? one, (BigInteger X, BigInteger Y)? other)
    {
        if (one is not { } a) return other;
        if (other is not { } b) return one;
        if (a.X == b.X && (a.Y != b.Y || a.Y.IsZero)) return null;
        var slope = a.X == b.X
            ? ((3 * a.X * a.X) - 3) * Inverse(2 * a.Y, P)
            : (b.Y - a.Y) * Inverse(Modulo(b.X - a.X), P);
        var x = Modulo((slope * slope) - a.X - b.X);
        return (x, Modulo((slope * (a.X - x)) - a.Y));
    }

    static BigInteger Inverse(BigInteger value, BigInteger modulus) => BigInteger.ModPow(value, modulus - 2, modulus);

    static BigInteger Modulo(BigInteger value)
    {
        var rest = value % P;
        return rest.Sign < 0 ? rest + P : rest;
    }

    static BigInteger Number(ReadOnlySpan<byte> bytes) => new(bytes, isUnsigned: true, isBigEndian: true);

    static byte[] Bytes(BigInteger value)
    {
        var bytes = new byte[32];
        var raw = value.ToByteArray(isUnsigned: true, isBigEndian: true);
        raw.CopyTo(bytes, 32 - raw.Length);
        return bytes;
    }

    static BigInteger Hex(string text) => BigInteger.Parse("0" + text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
