using System.Text.Json;
using System.Text.Json.Nodes;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Entities.Ballots;

/// <summary>
/// What a voter takes away: that a ballot with this code was in the urn. It holds nothing that depends on the choice, so it proves none to
/// anybody; it is signed anew when it is shown again, and kept nowhere. After the count the code stands in the published list, or
/// else the signature proves that it should.
/// </summary>
public sealed record BallotReceipt(string Origin, Guid Box, string Code)
{
    public const string Type = "minka-ballot+jws";

    public string Sign(SigningKeys keys) => Jws.Sign(ToBytes(), Type, keys);

    /// <summary>Reads and checks a receipt; null when it is none that these keys signed.</summary>
    public static BallotReceipt? Check(string token, IEnumerable<VerifyingKey> trusted)
    {
        if (Jws.Verify(token.Trim(), Type, trusted, out var bytes, out _) != JwsVerdict.Valid) return null;
        try
        {
            using var document = JsonDocument.Parse(bytes.ToArray());
            var o = document.RootElement;
            var receipt = new BallotReceipt(o.GetProperty("origin").GetString() ?? "", o.GetProperty("box").GetGuid(), o.GetProperty("code").GetString() ?? "");
            return receipt.ToBytes().AsSpan().SequenceEqual(bytes) ? receipt : null;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    byte[] ToBytes() => CanonicalJson.Bytes(new JsonObject { ["kind"] = "ballot-receipt", ["version"] = 1, ["origin"] = Origin, ["box"] = Box.ToString("D"), ["code"] = Code });
}
