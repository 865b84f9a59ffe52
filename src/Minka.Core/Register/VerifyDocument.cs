using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;

namespace Minka.Core.Register;

/// <summary>What somebody brought to be verified.</summary>
public enum DocumentKind
{
    /// <summary>A receipt: a JWS.</summary>
    Receipt,

    /// <summary>A signed head of the register.</summary>
    Checkpoint,

    /// <summary>A signed PDF or a CMS signature.</summary>
    Evidence,

    /// <summary>A zip: a public bundle.</summary>
    Bundle,

    /// <summary>Nothing that is verified here.</summary>
    Unknown,
}

/// <summary>The outcome: one line a claim, and what the document says.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Claims">Each claim with whether it holds; its words lie under <c>reason.register.…</c>.</param>
public sealed record DocumentVerdict(DocumentKind Kind, IReadOnlyList<Reason> Claims)
{
    /// <summary>What a valid receipt says.</summary>
    public ReceiptPayload? Receipt { get; init; }

    /// <summary>What a readable checkpoint says.</summary>
    public Checkpoint? Checkpoint { get; init; }

    /// <summary>The signatures of a file of evidence.</summary>
    public EvidenceReport? Evidence { get; init; }

    /// <summary>The key that signed a receipt or a checkpoint.</summary>
    public VerifyingKey? Signer { get; init; }

    /// <summary>Whether there is a claim and all hold.</summary>
    public bool Holds => Claims.Any(c => c.Met == true) && Claims.AllMet();
}

/// <summary>
/// Verifies what people hold in their hands against this register: a receipt, a head, a signed file. Keeps nothing of it.
/// A public bundle is another context's: here it is only recognised.
/// </summary>
[UseCase]
public sealed class VerifyDocument(AppDb db, RegisterTree tree)
{
    /// <summary>Verifies a document.</summary>
    /// <param name="document">Its bytes, or the UTF-8 bytes of what was pasted.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task<DocumentVerdict> ExecuteAsync(byte[] document, CancellationToken cancel = default)
    {
        var kind = KindOf(document);
        if (kind is DocumentKind.Bundle or DocumentKind.Unknown)
            return new DocumentVerdict(kind, []);
        if (kind == DocumentKind.Evidence)
            return CheckEvidence(document);
        await tree.CatchUpAsync(db, cancel);
        List<VerifyingKey> keys = [.. (await db.RegisterKeys.OrderBy(k => k.From).ToListAsync(cancel)).Select(k => k.ToVerifyingKey())];
        var text = Encoding.UTF8.GetString(document);
        return kind == DocumentKind.Receipt ? await CheckReceiptAsync(text, keys, cancel) : CheckCheckpoint(text, keys);
    }

    /// <summary>What a document is, by its form.</summary>
    public static DocumentKind KindOf(ReadOnlySpan<byte> document)
    {
        if (document.StartsWith("PK\u0003\u0004"u8))
            return DocumentKind.Bundle;
        if (EvidenceSignatures.KindOf(document) != EvidenceKind.Other)
            return DocumentKind.Evidence;
        if (document.Length > 1 << 20)
            return DocumentKind.Unknown;
        if (document.IndexOf("\n\n\u2014 "u8) >= 0)
            return DocumentKind.Checkpoint;
        var text = Encoding.UTF8.GetString(document).Trim();
        return text.Length > 0 && text.Count(c => c == '.') == 2 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_')
            ? DocumentKind.Receipt
            : DocumentKind.Unknown;
    }

    async Task<DocumentVerdict> CheckReceiptAsync(string text, List<VerifyingKey> keys, CancellationToken cancel)
    {
        JwsVerdict verdict;
        ReceiptPayload? payload;
        VerifyingKey? signer;
        try
        {
            verdict = Receipt.Check(text, keys, out payload, out signer);
        }
        catch (MalformedException)
        {
            return new DocumentVerdict(DocumentKind.Receipt, [Reason.Fails("register.receipt.malformed")]);
        }
        if (verdict != JwsVerdict.Valid || payload is null)
        {
            return new DocumentVerdict(DocumentKind.Receipt, [Reason.Fails(verdict switch
            {
                JwsVerdict.KeyUnknown => "register.receipt.key",
                JwsVerdict.SignatureWrong => "register.receipt.signature",
                _ => "register.receipt.malformed",
            })]);
        }
        List<Reason> claims = [Reason.Ok("register.receipt.signature", signer!.Fingerprint)];
        if (signer.From > payload.Index || signer.To <= payload.Index)
            claims.Add(Reason.Fails("register.receipt.key-time", payload.Index.ToString(CultureInfo.InvariantCulture)));
        var contained = Contains(payload.Size, payload.Root.ToBytes());
        claims.Add(new Reason("register.receipt.head", contained, (long)payload.Size));
        var leaf = contained ? await db.Leaves.SingleOrDefaultAsync(l => l.Index == (long)payload.Index, cancel) : null;
        if (leaf is not null)
        {
            var said = JsonNode.Parse(leaf.Body)!;
            claims.Add(new Reason("register.receipt.leaf", Mentions(said, payload.Content.Hex) && Mentions(said, payload.Submission.ToString("D")), (long)payload.Index));
            claims.Add(new Reason("register.receipt.time", (string?)said["at"] == payload.At.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture), payload.At));
        }
        return new DocumentVerdict(DocumentKind.Receipt, claims) { Receipt = payload, Signer = signer };
    }

    DocumentVerdict CheckCheckpoint(string text, List<VerifyingKey> keys)
    {
        Checkpoint checkpoint;
        VerifyingKey? signer;
        try
        {
            (checkpoint, signer) = Checkpoint.Read(text.Replace("\r\n", "\n", StringComparison.Ordinal), keys);
        }
        catch (MalformedException)
        {
            return new DocumentVerdict(DocumentKind.Checkpoint, [Reason.Fails("register.head.malformed")]);
        }
        var ours = keys.Count > 0 && checkpoint.Origin == SigningKeys.OriginOf(keys[0]);
        List<Reason> claims = [new Reason("register.head.origin", ours, checkpoint.Origin)];
        if (ours)
        {
            claims.Add(new Reason("register.head.signature", signer is not null, signer?.Fingerprint ?? ""));
            claims.Add(new Reason("register.head.contained", Contains(checkpoint.Size, checkpoint.Root), checked((long)Math.Min(checkpoint.Size, long.MaxValue)), tree.Size));
        }
        return new DocumentVerdict(DocumentKind.Checkpoint, claims) { Checkpoint = checkpoint, Signer = signer };
    }

    static DocumentVerdict CheckEvidence(byte[] document)
    {
        var report = EvidenceSignatures.Check(document, anchors: new X509Certificate2Collection());
        List<Reason> claims = [];
        foreach (var found in report.Signatures)
        {
            claims.Add(found.Integrity == SignatureIntegrity.Valid
                ? Reason.Ok(found.IsTimestamp ? "register.evidence.timestamp" : "register.evidence.valid", found.Signer ?? "")
                : Reason.Fails("register.evidence.invalid", new Reason(found.Fault ?? "register.evidence.cms", null)));
            if (found is { Integrity: SignatureIntegrity.Valid, Chain: ChainTrust.NotVerified })
                claims.Add(Reason.Note("register.evidence.chain"));
        }
        if (report.Signatures.Count > 0 && !report.Signatures.Any(s => s.CoversWholeFile))
            claims.Add(Reason.Fails("register.evidence.later"));
        if (report.Signatures.Count == 0)
            claims.Add(Reason.Note("register.evidence.none"));
        return new DocumentVerdict(DocumentKind.Evidence, claims) { Evidence = report };
    }

    bool Contains(ulong size, ReadOnlySpan<byte> root)
    {
        if (size > (ulong)tree.Size)
            return false;
        return tree.Read(t => t.Root(size)).AsSpan().SequenceEqual(root);
    }

    static bool Mentions(JsonNode? node, string text) => node switch
    {
        JsonObject o => o.Any(m => Mentions(m.Value, text)),
        JsonArray a => a.Any(i => Mentions(i, text)),
        JsonValue v => v.GetValueKind() == System.Text.Json.JsonValueKind.String && v.GetValue<string>() == text,
        _ => false,
    };
}
