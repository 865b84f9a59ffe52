using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Minka.Core.Kernel;

namespace Minka.Core.Register;

/// <summary>
/// The keys with which this installation signs receipts and checkpoints, in the folder <c>keys</c> of its data: the
/// private key in use (<c>signing-ID.pem</c>, PKCS #8, mode 600) and the list of all public keys ever used with the
/// register indices between which each signed (<c>signing-keys.json</c>).
/// </summary>
/// <remarks>
/// This is not a <i>firma digital</i> in the sense of Ley 27269 art. 3: nobody accredited issued the key. It shows that
/// the installation said something and that nothing changed since. Signing is safe for concurrent use; rotation is not.
/// </remarks>
public sealed class SigningKeys : IDisposable
{
    const string ListName = "signing-keys.json";
    readonly string? _folder;
    readonly Lock _lock = new();
    List<VerifyingKey> _keys;
    ECDsa _private;
    (ECDsa Private, List<VerifyingKey> Keys)? _retired;

    SigningKeys(string? folder, List<VerifyingKey> keys, ECDsa @private)
    {
        _folder = folder;
        _keys = keys;
        _private = @private;
    }

    /// <summary>The key in use.</summary>
    public VerifyingKey Current => _keys[^1];

    /// <summary>All keys, oldest first; the last is in use.</summary>
    public IReadOnlyList<VerifyingKey> All => _keys;

    /// <summary>
    /// Name of this installation's register, in checkpoints and receipts. It follows from the first key, so that it never
    /// changes and no two installations share it.
    /// </summary>
    public string Origin => OriginOf(_keys[0]);

    /// <summary>The name of the register whose first key is given.</summary>
    public static string OriginOf(VerifyingKey first) =>
        $"minka-{first.Fingerprint.Replace(" ", "", StringComparison.Ordinal)[..12]}/registro";

    /// <summary>Keys that live in memory only: for tests and for trials that keep nothing.</summary>
    public static SigningKeys InMemory(IEntropy entropy)
    {
        var key = Generate(entropy);
        return new SigningKeys(null, [PublicOf(key, 0)], key);
    }

    /// <summary>Opens the keys in a folder, or makes the first one there.</summary>
    /// <exception cref="MalformedException">
    /// The list or a key cannot be read (<c>register.keys.list</c>, <c>register.key</c>), or the private key of the key in
    /// use is missing or another one (<c>register.keys.private</c>).
    /// </exception>
    public static SigningKeys OpenOrCreate(string folder, IEntropy entropy)
    {
        KeyFolder.Create(folder);
        var list = Path.Combine(folder, ListName);
        if (File.Exists(list))
            return Open(folder);
        var key = Generate(entropy);
        var keys = new SigningKeys(folder, [PublicOf(key, 0)], key);
        keys.WritePrivate(key, keys.Current);
        KeyFolder.Replace(list, keys.ListBytes());
        return keys;
    }

    /// <summary>Opens the keys in a folder.</summary>
    /// <inheritdoc cref="OpenOrCreate" path="/exception"/>
    public static SigningKeys Open(string folder)
    {
        var keys = ReadList(File.ReadAllText(Path.Combine(folder, ListName), Encoding.UTF8));
        var path = PrivatePath(folder, keys[^1]);
        if (!File.Exists(path))
            throw new MalformedException("register.keys.private", Path.GetFileName(path));
        return new SigningKeys(folder, keys, ReadPrivate(path, keys[^1]));
    }

    /// <summary>
    /// Makes the next key and writes its private file, without taking it into use: after a cut between the act of rotation
    /// and <see cref="Keep"/> the key that the act names is there (<see cref="Settle"/>).
    /// </summary>
    /// <remarks>The private scalar is drawn by rejection from the injected source: uniform, and repeatable in a seeded run.</remarks>
    public ECDsa Prepare(IEntropy entropy)
    {
        var next = Generate(entropy);
        if (_folder is not null)
            WritePrivate(next, PublicOf(next, 0));
        return next;
    }

    /// <summary>Takes a prepared key into use in memory, inside the act of rotation. Follow with <see cref="Keep"/> or <see cref="TakeBack"/>.</summary>
    /// <param name="next">The key of <see cref="Prepare"/>.</param>
    /// <param name="from">Index of the first leaf after the act of rotation.</param>
    /// <exception cref="ArgumentOutOfRangeException">The index lies before the start of the key in use.</exception>
    public VerifyingKey Use(ECDsa next, ulong from)
    {
        lock (_lock)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(from, Current.From);
            var adopted = PublicOf(next, from);
            _retired = (_private, _keys);
            _keys = [.. _keys[..^1], Current.Within(Current.From, from), adopted];
            _private = next;
            return adopted;
        }
    }

    /// <summary>The act of rotation is on disc: the list is written and the retired private key deleted.</summary>
    public void Keep()
    {
        lock (_lock)
        {
            if (_retired is not { } retired)
                return;
            _retired = null;
            if (_folder is not null)
            {
                KeyFolder.Replace(Path.Combine(_folder, ListName), ListBytes());
                File.Delete(PrivatePath(_folder, retired.Keys[^1]));
            }
            retired.Private.Dispose();
        }
    }

    /// <summary>
    /// The act of rotation failed: the former key signs on. The prepared file stays, because a commit whose answer was lost
    /// may have reached the disc after all; then <see cref="Settle"/> finds it at the next start.
    /// </summary>
    public void TakeBack()
    {
        lock (_lock)
        {
            if (_retired is not { } retired)
                return;
            _retired = null;
            _private.Dispose();
            (_private, _keys) = retired;
        }
    }

    /// <summary>Takes a new key into use from the given index on, at once.</summary>
    /// <returns>The new key.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The index lies before the start of the key in use.</exception>
    public VerifyingKey Rotate(ulong from, IEntropy entropy)
    {
        var adopted = Use(Prepare(entropy), from);
        Keep();
        return adopted;
    }

    /// <summary>
    /// Brings the folder in line with the register after a cut in the middle of a rotation: when the register names a newer
    /// key whose private file is here, that one is taken into use.
    /// </summary>
    /// <param name="newest">The newest key that the register names.</param>
    /// <exception cref="MalformedException">The register names a key whose private file is not here (<c>register.keys.private</c>).</exception>
    public void Settle(VerifyingKey newest)
    {
        if (newest.Equals(Current))
            return;
        var path = _folder is null ? null : PrivatePath(_folder, newest);
        if (path is null || !File.Exists(path))
            throw new MalformedException("register.keys.private", newest.Id);
        Use(ReadPrivate(path, newest), newest.From);
        Keep();
    }

    /// <summary>A new key pair. The private scalar comes from the injected source.</summary>
    public static ECDsa Generate(IEntropy entropy)
    {
        Span<byte> scalar = stackalloc byte[32];
        do
            entropy.Fill(scalar);
        while (new BigInteger(scalar, isUnsigned: true, isBigEndian: true) is var d && (d.IsZero || d >= Order));
        var secret = scalar.ToArray();
        try
        {
            return ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = secret });
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
            CryptographicOperations.ZeroMemory(scalar);
        }
    }

    /// <summary>The public key of a key pair, as the register names it.</summary>
    public static VerifyingKey PublicOf(ECDsa key, ulong from) => VerifyingKey.FromSpki(key.ExportSubjectPublicKeyInfo(), from);

    /// <summary>ES256 signature of the key in use as ASN.1 DER, for checkpoints and <c>openssl</c>.</summary>
    public (VerifyingKey Key, byte[] Signature) SignDer(byte[] data) => Sign(_ => data, DSASignatureFormat.Rfc3279DerSequence);

    /// <summary>
    /// ES256 signature of the key in use as r ‖ s, for JWS (RFC 7518 §3.4). What is signed may name the key: it is made
    /// when the key is certain.
    /// </summary>
    public (VerifyingKey Key, byte[] Signature) SignConcatenated(Func<VerifyingKey, byte[]> data) =>
        Sign(data, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

    /// <summary>The public keys as a JWK set (RFC 7517 §5), with the register indices as <c>from</c> and <c>to</c>.</summary>
    public string PublicJwks() => Jwks(_keys);

    /// <inheritdoc cref="PublicJwks()"/>
    public static string Jwks(IEnumerable<VerifyingKey> keys) =>
        new JsonObject
        {
            ["keys"] = new JsonArray([.. keys.Select(k => (JsonNode)new JsonObject
            {
                ["kty"] = "EC",
                ["crv"] = "P-256",
                ["x"] = k.X,
                ["y"] = k.Y,
                ["alg"] = "ES256",
                ["use"] = "sig",
                ["kid"] = k.Id,
                ["from"] = k.From,
                ["to"] = k.To,
            })]),
        }.ToJsonString(Indented);

    /// <summary>Reads a JWK set written by <see cref="PublicJwks"/>: P-256 keys with their register indices.</summary>
    /// <exception cref="MalformedException">Not such a set, or a <c>kid</c> is not its key's thumbprint (<c>register.keys.list</c>).</exception>
    public static IReadOnlyList<VerifyingKey> ReadJwks(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var keys = new List<VerifyingKey>();
            foreach (var jwk in document.RootElement.GetProperty("keys").EnumerateArray())
            {
                if (jwk.GetProperty("kty").GetString() != "EC" || jwk.GetProperty("crv").GetString() != "P-256")
                    throw new MalformedException("register.keys.list", "kty");
                using var ecdsa = ECDsa.Create(new ECParameters
                {
                    Curve = ECCurve.NamedCurves.nistP256,
                    Q = new ECPoint { X = Coordinate(jwk, "x"), Y = Coordinate(jwk, "y") },
                });
                var to = jwk.TryGetProperty("to", out var t) && t.ValueKind == JsonValueKind.Number ? t.GetUInt64() : (ulong?)null;
                var from = jwk.TryGetProperty("from", out var f) && f.ValueKind == JsonValueKind.Number ? f.GetUInt64() : 0;
                var key = VerifyingKey.FromSpki(ecdsa.ExportSubjectPublicKeyInfo(), from, to);
                if (jwk.GetProperty("kid").GetString() != key.Id)
                    throw new MalformedException("register.keys.list", "kid");
                keys.Add(key);
            }
            return keys.Count > 0 ? keys : throw new MalformedException("register.keys.list", "keys");
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or CryptographicException or FormatException and not MalformedException)
        {
            throw new MalformedException("register.keys.list");
        }
    }

    public void Dispose() => _private.Dispose();

    static readonly BigInteger Order =
        BigInteger.Parse("00FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551", NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n" };

    (VerifyingKey Key, byte[] Signature) Sign(Func<VerifyingKey, byte[]> data, DSASignatureFormat format)
    {
        lock (_lock)
            return (Current, _private.SignData(data(Current), HashAlgorithmName.SHA256, format));
    }

    static ECDsa ReadPrivate(string path, VerifyingKey expected)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(File.ReadAllText(path, Encoding.ASCII));
            if (PublicOf(key, 0).Equals(expected))
                return key;
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            // told below
        }
        key.Dispose();
        throw new MalformedException("register.keys.private", Path.GetFileName(path));
    }

    static string PrivatePath(string folder, VerifyingKey key) => Path.Combine(folder, $"signing-{key.Id}.pem");

    void WritePrivate(ECDsa key, VerifyingKey name)
    {
        var pem = Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem() + "\n");
        try
        {
            KeyFolder.WriteSecret(PrivatePath(_folder!, name), pem);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pem);
        }
    }

    byte[] ListBytes() => ListBytes(_keys);

    static byte[] ListBytes(IEnumerable<VerifyingKey> keys) => Encoding.UTF8.GetBytes(Jwks(keys) + "\n");

    static List<VerifyingKey> ReadList(string json)
    {
        List<VerifyingKey> keys = [.. ReadJwks(json)];
        if (keys[^1].To is not null || keys.SkipLast(1).Any(k => k.To is null))
            throw new MalformedException("register.keys.list", "to");
        return keys;
    }

    static byte[] Coordinate(JsonElement jwk, string name) =>
        Base64Strict.DecodeUrl(jwk.GetProperty(name).GetString() ?? "") is { Length: 32 } bytes
            ? bytes
            : throw new MalformedException("register.keys.list", name);
}
