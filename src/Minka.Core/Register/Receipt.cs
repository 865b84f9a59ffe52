using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Minka.Core.Kernel;

namespace Minka.Core.Register;

/// <summary>
/// What a receipt («constancia de cargo») says: that this content was received at this time, and stands at this place in
/// the register. Digests and ids only, no names: it may be shown to anyone.
/// </summary>
public sealed record ReceiptPayload
{
    /// <summary>Name of the register, as in its checkpoints.</summary>
    public required string Origin { get; init; }

    public required Guid Call { get; init; }

    public required Guid Application { get; init; }

    /// <summary>The submission, which is also the idempotency key.</summary>
    public required Guid Submission { get; init; }

    /// <summary>SHA-256 of the content that was received.</summary>
    public required Digest Content { get; init; }

    /// <summary>SHA-256 of each file, in the order of the submission.</summary>
    public required IReadOnlyList<Digest> Files { get; init; }

    /// <summary>The server's time of receipt, UTC; milliseconds count, finer is cut.</summary>
    public required DateTime At { get; init; }

    /// <summary>Index of the leaf in the register, from 0.</summary>
    public required ulong Index { get; init; }

    /// <summary>Number of leaves of the register with which the receipt was signed; the leaf is among them.</summary>
    public required ulong Size { get; init; }

    /// <summary>Root of the register of that size.</summary>
    public required Digest Root { get; init; }

    /// <summary>The code that is read over the telephone; follows from <see cref="Content"/>.</summary>
    public ShortCode Code => ShortCode.Of(Content.ToBytes());

    /// <summary>Canonical JSON: the bytes that are signed.</summary>
    public byte[] ToBytes() => CanonicalJson.Bytes(new JsonObject
    {
        ["kind"] = "receipt",
        ["version"] = 1,
        ["origin"] = Origin,
        ["call"] = Call.ToString("D"),
        ["application"] = Application.ToString("D"),
        ["submission"] = Submission.ToString("D"),
        ["content"] = Content.Hex,
        ["files"] = new JsonArray([.. Files.Select(f => (JsonNode)f.Hex)]),
        ["at"] = At.ToUniversalTime().ToString(TimeForm, CultureInfo.InvariantCulture),
        ["index"] = checked((long)Index),
        ["size"] = checked((long)Size),
        ["root"] = Root.Hex,
        ["code"] = Code.ToString(),
    });

    /// <summary>Reads a payload strictly: only what <see cref="ToBytes"/> writes, byte for byte.</summary>
    /// <exception cref="MalformedException">Anything else (<c>register.receipt</c>).</exception>
    public static ReceiptPayload Parse(ReadOnlySpan<byte> bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes.ToArray());
            var o = document.RootElement;
            var payload = new ReceiptPayload
            {
                Origin = o.GetProperty("origin").GetString() ?? throw new MalformedException("register.receipt", "origin"),
                Call = o.GetProperty("call").GetGuid(),
                Application = o.GetProperty("application").GetGuid(),
                Submission = o.GetProperty("submission").GetGuid(),
                Content = ReadDigest(o.GetProperty("content")),
                Files = [.. o.GetProperty("files").EnumerateArray().Select(ReadDigest)],
                At = DateTime.ParseExact(o.GetProperty("at").GetString() ?? "", TimeForm, CultureInfo.InvariantCulture,
                    DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal),
                Index = o.GetProperty("index").GetUInt64(),
                Size = o.GetProperty("size").GetUInt64(),
                Root = ReadDigest(o.GetProperty("root")),
            };
            // Also refuses a foreign code, unknown members, another order, and a leaf outside its own tree.
            return payload.Index < payload.Size && payload.ToBytes().AsSpan().SequenceEqual(bytes)
                ? payload
                : throw new MalformedException("register.receipt");
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or OverflowException or FormatException and not MalformedException)
        {
            throw new MalformedException("register.receipt");
        }
    }

    const string TimeForm = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    static Digest ReadDigest(JsonElement element) =>
        Digest.TryParse(element.GetString(), out var digest) ? digest : throw new MalformedException("register.receipt");
}

/// <summary>A receipt as it is handed over: the payload signed as a JWS.</summary>
public static class Receipt
{
    /// <summary>The <c>typ</c> of receipts.</summary>
    public const string Type = "minka-receipt+jws";

    /// <summary>Signs a receipt. Called before COMMIT, stored in the same transaction, handed out after it.</summary>
    public static string Issue(ReceiptPayload payload, SigningKeys keys) => Jws.Sign(payload.ToBytes(), Type, keys);

    /// <summary>Checks a receipt offline against the keys that are trusted.</summary>
    /// <param name="token">The JWS; white space around it is ignored.</param>
    /// <param name="signer">The key that signed, when valid.</param>
    /// <param name="payload">What it says, when valid.</param>
    /// <exception cref="MalformedException">A key signed something that is no receipt (<c>register.receipt</c>).</exception>
    public static JwsVerdict Check(string token, IEnumerable<VerifyingKey> trusted, out ReceiptPayload? payload, out VerifyingKey? signer)
    {
        var verdict = Jws.Verify(token.Trim(), Type, trusted, out var bytes, out signer);
        payload = verdict == JwsVerdict.Valid ? ReceiptPayload.Parse(bytes) : null;
        return verdict;
    }
}
