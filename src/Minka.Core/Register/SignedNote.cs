using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Minka.Core.Register;

/// <summary>A signature line of a signed note.</summary>
/// <param name="Name">Name of the key: of the log or of a witness.</param>
/// <param name="KeyId">First four bytes that identify the key.</param>
/// <param name="Signature">The signature itself; for type 0x02 an ASN.1 DER ECDSA signature over the text.</param>
public sealed record NoteSignature(string Name, uint KeyId, byte[] Signature);

/// <summary>
/// Text signed by one or more keys, in the format of C2SP <c>signed-note</c>: the text, an empty line, and lines
/// "— name base64(key id ‖ signature)".
/// </summary>
/// <remarks>
/// C2SP's usual signature type 0x01 is Ed25519, which .NET's base library does not have. Minka uses its type 0x02:
/// ECDSA P-256 with SHA-256, ASN.1 DER, whose key id is the start of SHA-256 of the DER public key (not salted with the
/// key's name, unlike type 0x01). The same bytes verify with <c>openssl dgst -sha256 -verify key.pem</c>. Signatures of
/// unknown keys are kept and ignored, as the format demands, so witnesses with Ed25519 keys may co-sign.
/// </remarks>
public sealed class SignedNote
{
    const int MaxLength = 1 << 20;
    const int MaxSignatures = 64;
    readonly List<NoteSignature> _signatures;

    /// <summary>A note that nobody has signed yet.</summary>
    /// <param name="text">The text; it ends in a newline.</param>
    /// <exception cref="MalformedException">The text does not end in a newline or has control characters (<c>register.note.text</c>).</exception>
    public SignedNote(string text) : this(CheckedText(text), [])
    {
    }

    SignedNote(string text, List<NoteSignature> signatures)
    {
        Text = text;
        _signatures = signatures;
    }

    /// <summary>The signed text, with its final newline.</summary>
    public string Text { get; }

    /// <summary>The signature lines, in order.</summary>
    public IReadOnlyList<NoteSignature> Signatures => _signatures;

    /// <summary>Adds a signature line.</summary>
    /// <param name="name">Name of the key, without blanks or plus signs.</param>
    /// <param name="keys">The keys; the one in use signs.</param>
    public void Sign(string name, SigningKeys keys)
    {
        CheckName(name);
        var (key, signature) = keys.SignDer(Encoding.UTF8.GetBytes(Text));
        _signatures.Add(new NoteSignature(name, key.NoteId, signature));
    }

    /// <summary>
    /// The first of <paramref name="keys"/> that signed this text under the given name, or null. A line that names a known key
    /// and does not verify makes the whole note worthless.
    /// </summary>
    public VerifyingKey? SignedBy(string name, IEnumerable<VerifyingKey> keys)
    {
        var known = keys.ToList();
        var text = Encoding.UTF8.GetBytes(Text);
        VerifyingKey? signer = null;
        foreach (var line in _signatures.Where(s => s.Name == name))
        {
            foreach (var key in known.Where(k => k.NoteId == line.KeyId))
            {
                if (!key.Verify(text, line.Signature, DSASignatureFormat.Rfc3279DerSequence))
                    return null;
                signer ??= key;
            }
        }
        return signer;
    }

    /// <summary>Reads a note strictly.</summary>
    /// <exception cref="MalformedException">
    /// Not UTF-8, too long, control characters, no signature, or a signature line that has not its form: codes
    /// <c>register.note.encoding</c>, <c>.length</c>, <c>.text</c>, <c>.unsigned</c>, <c>.signature</c>.
    /// </exception>
    public static SignedNote Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MaxLength)
            throw new MalformedException("register.note.length");
        string all;
        try
        {
            all = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw new MalformedException("register.note.encoding");
        }
        if (all.Any(c => c < ' ' && c != '\n'))
            throw new MalformedException("register.note.text");
        var split = all.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (split < 0 || split + 2 == all.Length || all[^1] != '\n')
            throw new MalformedException("register.note.unsigned");
        var lines = all[(split + 2)..^1].Split('\n');
        if (lines.Length > MaxSignatures)
            throw new MalformedException("register.note.length");
        return new SignedNote(CheckedText(all[..(split + 1)]), [.. lines.Select(ParseSignature)]);
    }

    /// <inheritdoc cref="Parse(ReadOnlySpan{byte})"/>
    public static SignedNote Parse(string text) => Parse(Encoding.UTF8.GetBytes(text));

    /// <summary>The note as it is stored and served.</summary>
    public override string ToString()
    {
        var note = new StringBuilder(Text).Append('\n');
        foreach (var line in _signatures)
        {
            var bytes = new byte[4 + line.Signature.Length];
            BinaryPrimitives.WriteUInt32BigEndian(bytes, line.KeyId);
            line.Signature.CopyTo(bytes, 4);
            note.Append("\u2014 ").Append(line.Name).Append(' ').Append(Convert.ToBase64String(bytes)).Append('\n');
        }
        return note.ToString();
    }

    static NoteSignature ParseSignature(string line)
    {
        var parts = line.Split(' ');
        if (parts is not ["\u2014", var name, var encoded] || Base64Strict.Decode(encoded) is not { Length: > 4 } bytes)
            throw new MalformedException("register.note.signature", line.Length > 60 ? line[..60] : line);
        CheckName(name);
        return new NoteSignature(name, BinaryPrimitives.ReadUInt32BigEndian(bytes), bytes[4..]);
    }

    static void CheckName(string name)
    {
        if (name.Length == 0 || name.Any(c => char.IsWhiteSpace(c) || c == '+'))
            throw new MalformedException("register.note.signature", name);
    }

    static string CheckedText(string text) =>
        text.Length > 0 && text[^1] == '\n' && !text.Any(c => c < ' ' && c != '\n')
            ? text
            : throw new MalformedException("register.note.text");
}
