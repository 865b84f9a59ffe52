using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;

namespace Minka.Core.Register;

/// <summary>What is signed: the thing and the digest of its content.</summary>
public sealed record SignedSubject(string Kind, Guid Id, Digest Digest);

/// <param name="Signers">Names on a scan; not asked where a certificate tells them.</param>
/// <param name="SignedContent">For a signature in a file of its own that does not hold what it signs.</param>
public sealed record SignatureInput(byte[] Bytes, string FileName, string? Signers = null, byte[]? SignedContent = null);

/// <summary>
/// Attaches signed evidence to a thing. An electronic signature must hold; a scan is kept with the names that it bears. The
/// thing's own context handles <see cref="SignatureAttached"/> and refuses what is not due.
/// </summary>
[UseCase]
public sealed class AttachSignature(Writer writer, FileStore files)
{
    static readonly string[] Welcome = [FileTypes.Pdf, FileTypes.Jpeg, FileTypes.Png, FileTypes.Cms];

    public async Task<SignatureId> ExecuteAsync(SignedSubject subject, SignatureInput input, Actor actor, CancellationToken cancel = default)
    {
        var incoming = FileStore.Judge(input.Bytes, input.FileName, Welcome);
        var report = EvidenceSignatures.Check(input.Bytes, input.SignedContent);
        var (kind, verdict, signer) = Judge(report, input.Signers);
        await files.PutAsync(input.Bytes, input.FileName, Welcome, cancel);
        return await writer.ActAsync("signature.attach", actor, async work =>
        {
            var attached = work.Db.Signatures.Where(s => s.SubjectKind == subject.Kind && s.SubjectId == subject.Id);
            if (await work.Db.StoredFiles.Where(f => f.Sha256 == incoming.Sha256).Join(attached, f => f.Id, s => s.StoredFileId, (f, s) => s.Id).AnyAsync(cancel))
                throw new RuleBroken("signature.already-attached");
            var file = incoming.AddTo(work);
            var signature = new Signature
            {
                Id = work.NewId<SignatureId>(),
                SubjectKind = subject.Kind,
                SubjectId = subject.Id,
                SubjectDigest = subject.Digest,
                StoredFileId = file.Id,
                Kind = kind,
                CheckedAt = work.Now,
                Verdict = verdict,
                Signer = signer,
            };
            work.Db.Signatures.Add(signature);
            work.Happened(new SignatureAttached(signature.Id, subject.Kind, subject.Id, subject.Digest, incoming.Sha256, kind));
            return signature.Id;
        }, new ActNote(subject.Kind, subject.Id), cancel);
    }

    static (SignatureKind Kind, string Verdict, string Signer) Judge(EvidenceReport report, string? signers)
    {
        if (report.Kind is EvidenceKind.SignedPdf or EvidenceKind.Cms)
        {
            if (!report.IntegrityValid) throw new RuleBroken("signature.invalid");
            var names = report.Signatures.Where(s => !s.IsTimestamp && s.Signer is not null).Select(s => s.Signer!).Distinct();
            var anchored = report.Signatures.All(s => s.Chain == ChainTrust.Anchored);
            return (report.Kind == EvidenceKind.Cms ? SignatureKind.Cades : SignatureKind.Pades,
                anchored ? "register.signature.anchored" : "register.signature.chain-not-verified", string.Join("; ", names));
        }
        if (string.IsNullOrWhiteSpace(signers)) throw new RuleBroken("signature.signers-missing");
        return (SignatureKind.SignedScan, "register.signature.scan", signers.Trim());
    }
}

/// <summary>Questions about signatures for all contexts.</summary>
public static class SignatureQueries
{
    /// <summary>Whether the thing has legal effect: at least one signature over exactly this content.</summary>
    public static Task<bool> IsSignedAsync(this AppDb db, SignedSubject subject, CancellationToken cancel = default) =>
        db.Signatures.AnyAsync(s => s.SubjectKind == subject.Kind && s.SubjectId == subject.Id && s.SubjectDigest == subject.Digest, cancel);
}
