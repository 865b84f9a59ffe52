using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Minka.TestKit;

/// <summary>
/// A passkey in memory: it answers a site's options as a browser with an authenticator does (WebAuthn, ES256, attestation
/// "none"), and can be told to answer wrongly.
/// </summary>
public sealed class SoftKey : IDisposable
{
    const byte Present = 0x01, Verified = 0x04, Attested = 0x40;

    readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>What the credential is called; two keys with one id are a cloned one.</summary>
    public byte[] Id { get; init; } = RandomId();

    public string Origin { get; set; } = "http://localhost";

    /// <summary>Whether the person gave PIN or finger.</summary>
    public bool VerifiesPerson { get; set; } = true;

    /// <summary>0 as the keys of telephones have it; others count.</summary>
    public uint Count { get; set; }

    /// <summary>Who the key says that it belongs to; taken from the options when it is made.</summary>
    public string Handle { get; set; } = "";

    /// <summary>The answer to <c>navigator.credentials.create</c>.</summary>
    public string Create(string options)
    {
        var asked = JsonNode.Parse(options)!;
        Handle = (string)asked["user"]!["id"]!;
        var point = key.ExportParameters(false).Q;
        byte[] cose = [0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20, .. point.X!, 0x22, 0x58, 0x20, .. point.Y!];
        byte[] data = [.. Head((string)asked["rp"]!["id"]!, Attested), .. new byte[16], 0, (byte)Id.Length, .. Id, .. cose];
        byte[] attestation = [0xa3, 0x63, .. "fmt"u8, 0x64, .. "none"u8, 0x67, .. "attStmt"u8, 0xa0, 0x68, .. "authData"u8, 0x58, (byte)data.Length, .. data];
        return Answer(new JsonObject
        {
            ["clientDataJSON"] = Text(Client("webauthn.create", (string)asked["challenge"]!)),
            ["attestationObject"] = Text(attestation),
            ["transports"] = new JsonArray("internal"),
        });
    }

    /// <summary>The answer to <c>navigator.credentials.get</c>.</summary>
    public string Get(string options)
    {
        var asked = JsonNode.Parse(options)!;
        var data = Head((string)asked["rpId"]!, 0);
        var client = Client("webauthn.get", (string)asked["challenge"]!);
        return Answer(new JsonObject
        {
            ["clientDataJSON"] = Text(client),
            ["authenticatorData"] = Text(data),
            ["signature"] = Text(key.SignData([.. data, .. SHA256.HashData(client)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)),
            ["userHandle"] = Handle,
        });
    }

    static byte[] RandomId()
    {
        var id = new byte[32];
        using var source = RandomNumberGenerator.Create();
        source.GetBytes(id);
        return id;
    }

    public void Dispose() => key.Dispose();

    byte[] Head(string host, byte flags)
    {
        var count = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(count, Count);
        return [.. SHA256.HashData(Encoding.UTF8.GetBytes(host)), (byte)(Present | (VerifiesPerson ? Verified : 0) | flags), .. count];
    }

    byte[] Client(string type, string challenge) =>
        Encoding.UTF8.GetBytes(new JsonObject { ["type"] = type, ["challenge"] = challenge, ["origin"] = Origin, ["crossOrigin"] = false }.ToJsonString());

    string Answer(JsonObject response) => new JsonObject
    {
        ["id"] = Text(Id),
        ["rawId"] = Text(Id),
        ["type"] = "public-key",
        ["clientExtensionResults"] = new JsonObject(),
        ["response"] = response,
    }.ToJsonString();

    static string Text(byte[] bytes) => Base64Url.EncodeToString(bytes);
}
