using System.Buffers;
using System.Formats.Asn1;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Minka.Core.Kernel;

namespace Minka.Core.Register;

/// <summary>What a file of evidence is, by its first bytes, not by its name.</summary>
public enum EvidenceKind
{
    /// <summary>A PDF with at least one signature.</summary>
    SignedPdf,

    /// <summary>A PDF without signature: a scan of a paper that was signed by hand.</summary>
    Pdf,

    /// <summary>A JPEG image: a scan or a photograph.</summary>
    Jpeg,

    /// <summary>A PNG image: a scan.</summary>
    Png,

    /// <summary>A CMS signature (<c>.p7s</c>, <c>.p7m</c>): CAdES.</summary>
    Cms,

    /// <summary>Something else; not accepted as evidence.</summary>
    Other,
}

/// <summary>Whether the mathematics of a signature holds.</summary>
public enum SignatureIntegrity
{
    /// <summary>The signed bytes are those that were signed.</summary>
    Valid,

    /// <summary>They are not, or the signature cannot be read.</summary>
    Invalid,
}

/// <summary>What is known of the signer's certificate.</summary>
public enum ChainTrust
{
    /// <summary>
    /// Nobody checked it: this installation holds no anchors of the IOFE (Infraestructura Oficial de Firma Electrónica).
    /// Shown as «cadena no verificada contra IOFE».
    /// </summary>
    NotVerified,

    /// <summary>The chain ends in an anchor that the installation holds. Revocation is not asked, because that needs the network.</summary>
    Anchored,

    /// <summary>The chain does not end in any anchor that the installation holds, or was not in force when it was signed.</summary>
    NotAnchored,
}

/// <summary>One signature in a file.</summary>
/// <param name="Integrity">Whether the mathematics holds.</param>
/// <param name="Fault">Why not, a key of the language files under <c>register.evidence</c>; null when valid.</param>
/// <param name="Signer">Subject of the signer's certificate, as it stands there; personal data.</param>
/// <param name="Issuer">Issuer of that certificate.</param>
/// <param name="Certificate">SHA-256 of that certificate.</param>
/// <param name="ClaimedAt">When the signer says it signed; a claim unless a time stamp proves it.</param>
/// <param name="Chain">What is known of the certificate.</param>
/// <param name="IsTimestamp">A time stamp over the document and no person's signature.</param>
/// <param name="CoversWholeFile">False when bytes were added to the PDF after this signature.</param>
public sealed record SignatureFinding(
    SignatureIntegrity Integrity,
    string? Fault,
    string? Signer,
    string? Issuer,
    Digest? Certificate,
    DateTime? ClaimedAt,
    ChainTrust Chain,
    bool IsTimestamp,
    bool CoversWholeFile);

/// <summary>What the check of a file of evidence found.</summary>
/// <param name="Kind">What the file is.</param>
/// <param name="Hash">SHA-256 of the file: the only thing kept of a scan.</param>
/// <param name="Signatures">The signatures, in the order of the file.</param>
public sealed record EvidenceReport(EvidenceKind Kind, Digest Hash, IReadOnlyList<SignatureFinding> Signatures)
{
    /// <summary>
    /// Whether at least one person signed, all signatures hold, and a signature covers the whole file. Says nothing of the
    /// chain: see <see cref="SignatureFinding.Chain"/>.
    /// </summary>
    public bool IntegrityValid =>
        Signatures.Any(s => !s.IsTimestamp)
        && Signatures.All(s => s.Integrity == SignatureIntegrity.Valid)
        && Signatures.Any(s => s.CoversWholeFile);
}

/// <summary>
/// Checks the electronic signatures of attached evidence: PAdES (ISO 32000-1 §12.8, ETSI EN 319 142) and CAdES (ETSI EN
/// 319 122). Integrity and trust are answered apart: integrity needs nothing but the file, trust needs anchors.
/// </summary>
/// <remarks>
/// The parser is small and strict. It reads no PDF objects: it finds each <c>/ByteRange</c>, demands that it starts at 0, that
/// its one gap is exactly one hexadecimal string which follows <c>/Contents</c>, and nothing else; so no byte outside the
/// signature value can escape it (signature wrapping). Every other shape is a fault, never a guess. A digest by MD5 or
/// SHA-1 is refused. It never throws on hostile input.
/// </remarks>
public static class EvidenceSignatures
{
    const int MaxSignatures = 32;
    const string TimestampContent = "1.2.840.113549.1.9.16.1.4";
    const string SigningTime = "1.2.840.113549.1.9.5";

    static readonly string[] AcceptedDigests =
        ["2.16.840.1.101.3.4.2.1", "2.16.840.1.101.3.4.2.2", "2.16.840.1.101.3.4.2.3", "2.16.840.1.101.3.4.2.8", "2.16.840.1.101.3.4.2.9", "2.16.840.1.101.3.4.2.10"];

    /// <summary>Checks one file.</summary>
    /// <param name="file">Its bytes.</param>
    /// <param name="signedContent">For a detached CMS signature, the bytes that it signs.</param>
    /// <param name="anchors">Certificates that this installation trusts as ends of a chain; null: trust is not judged.</param>
    public static EvidenceReport Check(byte[] file, byte[]? signedContent = null, X509Certificate2Collection? anchors = null)
    {
        var hash = Digest.Of(file);
        var kind = KindOf(file);
        return kind switch
        {
            EvidenceKind.Pdf when PdfSignatures(file, anchors) is { Count: > 0 } found => new EvidenceReport(EvidenceKind.SignedPdf, hash, found),
            EvidenceKind.Cms => new EvidenceReport(kind, hash, CmsSignatures(file, signedContent, anchors)),
            _ => new EvidenceReport(kind, hash, []),
        };
    }

    /// <summary>What a file is, by its first bytes. A signed PDF is told from others only by <see cref="Check"/>.</summary>
    public static EvidenceKind KindOf(ReadOnlySpan<byte> file)
    {
        if (file.StartsWith("%PDF-"u8))
            return EvidenceKind.Pdf;
        if (file.StartsWith((ReadOnlySpan<byte>)[0xff, 0xd8, 0xff]))
            return EvidenceKind.Jpeg;
        if (file.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))
            return EvidenceKind.Png;
        return IsSignedData(file) ? EvidenceKind.Cms : EvidenceKind.Other;
    }

    static bool IsSignedData(ReadOnlySpan<byte> file)
    {
        try
        {
            var outer = new AsnReader(file.ToArray(), AsnEncodingRules.BER).ReadSequence();
            return outer.ReadObjectIdentifier() == "1.2.840.113549.1.7.2";
        }
        catch (AsnContentException)
        {
            return false;
        }
    }

    static List<SignatureFinding> CmsSignatures(byte[] file, byte[]? signedContent, X509Certificate2Collection? anchors)
    {
        if (EncodedLength(file) != file.Length)
            return [Broken("trailing")];
        try
        {
            var attached = new SignedCms();
            attached.Decode(file);
            if (attached.ContentInfo.Content.Length > 0)
            {
                if (signedContent is not null && !attached.ContentInfo.Content.AsSpan().SequenceEqual(signedContent))
                    return [Broken("otherContent")];
                return [.. Judge(attached, anchors, coversWholeFile: true)];
            }
            if (signedContent is null)
                return [Broken("contentMissing")];
            var detached = new SignedCms(new ContentInfo(signedContent), detached: true);
            detached.Decode(file);
            return [.. Judge(detached, anchors, coversWholeFile: true)];
        }
        catch (CryptographicException)
        {
            return [Broken("cms")];
        }
    }

    static List<SignatureFinding> PdfSignatures(byte[] pdf, X509Certificate2Collection? anchors)
    {
        var findings = new List<SignatureFinding>();
        var from = 0;
        while (pdf.AsSpan(from).IndexOf("/ByteRange"u8) is var found and >= 0)
        {
            if (findings.Count == MaxSignatures)
                return [Broken("tooMany")];
            var at = from + found;
            from = at + "/ByteRange"u8.Length;
            findings.AddRange(PdfSignature(pdf, from, anchors));
        }
        return findings;
    }

    static IEnumerable<SignatureFinding> PdfSignature(byte[] pdf, int at, X509Certificate2Collection? anchors)
    {
        if (ReadRange(pdf, at) is not [0, var firstLength, var second, var secondLength]
            || firstLength <= 0 || second <= firstLength || second > pdf.Length || secondLength < 0 || secondLength > pdf.Length - second)
        {
            return [Broken("byteRange")];
        }
        var (gapStart, gapEnd) = ((int)firstLength, (int)second);
        var gap = pdf.AsSpan(gapStart, gapEnd - gapStart);
        var before = pdf.AsSpan(0, gapStart).TrimEnd(" \t\r\n\f\0"u8);
        if (gap.Length < 4 || gap[0] != '<' || gap[^1] != '>' || !before.EndsWith("/Contents"u8))
            return [Broken("gap")];
        if (FromHex(gap[1..^1]) is not { } padded || EncodedLength(padded) is not (> 0 and var length) || padded.AsSpan(length).ContainsAnyExcept((byte)0))
            return [Broken("contents")];
        var covers = gapEnd + secondLength == pdf.Length;
        byte[] signed = [.. pdf.AsSpan(0, gapStart), .. pdf.AsSpan(gapEnd, (int)secondLength)];
        try
        {
            var cms = new SignedCms(new ContentInfo(signed), detached: true);
            cms.Decode(padded[..length]);
            if (cms.ContentInfo.ContentType.Value == TimestampContent)
                return [Timestamp(padded[..length], signed, covers, anchors)];
            return Judge(cms, anchors, covers);
        }
        catch (CryptographicException)
        {
            return [Broken("cms")];
        }
    }

    static List<SignatureFinding> Judge(SignedCms cms, X509Certificate2Collection? anchors, bool coversWholeFile)
    {
        if (cms.SignerInfos.Count is 0 or > MaxSignatures)
            return [Broken(cms.SignerInfos.Count == 0 ? "noSigner" : "tooMany")];
        var findings = new List<SignatureFinding>();
        foreach (var signer in cms.SignerInfos)
        {
            var fault = FaultOf(signer);
            var certificate = signer.Certificate;
            var claimed = ClaimedTime(signer);
            findings.Add(new SignatureFinding(
                fault is null ? SignatureIntegrity.Valid : SignatureIntegrity.Invalid,
                fault,
                certificate?.Subject,
                certificate?.Issuer,
                certificate is null ? null : Digest.Of(certificate.RawData),
                claimed,
                Chain(certificate, cms.Certificates, anchors, claimed),
                IsTimestamp: false,
                coversWholeFile));
        }
        return findings;
    }

    static SignatureFinding Timestamp(byte[] token, byte[] signed, bool covers, X509Certificate2Collection? anchors)
    {
        if (!Rfc3161TimestampToken.TryDecode(token, out var stamp, out var read) || read != token.Length)
            return Broken("badTimestamp");
        var valid = stamp.VerifySignatureForData(signed, out var certificate);
        return new SignatureFinding(
            valid ? SignatureIntegrity.Valid : SignatureIntegrity.Invalid,
            valid ? null : Key("digest"),
            certificate?.Subject,
            certificate?.Issuer,
            certificate is null ? null : Digest.Of(certificate.RawData),
            stamp.TokenInfo.Timestamp.UtcDateTime,
            Chain(certificate, stamp.AsSignedCms().Certificates, anchors, stamp.TokenInfo.Timestamp.UtcDateTime),
            IsTimestamp: true,
            covers);
    }

    static string? FaultOf(SignerInfo signer)
    {
        if (signer.Certificate is null)
            return Key("certificateMissing");
        if (!AcceptedDigests.Contains(signer.DigestAlgorithm.Value))
            return Key("weakDigest");
        try
        {
            signer.CheckSignature(verifySignatureOnly: true);
            return null;
        }
        catch (CryptographicException)
        {
            return Key("digest");
        }
    }

    static ChainTrust Chain(X509Certificate2? certificate, X509Certificate2Collection others, X509Certificate2Collection? anchors, DateTime? at)
    {
        if (certificate is null || anchors is not { Count: > 0 })
            return ChainTrust.NotVerified;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(anchors);
        chain.ChainPolicy.ExtraStore.AddRange(others);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        if (at is { } time)
            chain.ChainPolicy.VerificationTime = time.ToLocalTime();
        return chain.Build(certificate) ? ChainTrust.Anchored : ChainTrust.NotAnchored;
    }

    static DateTime? ClaimedTime(SignerInfo signer)
    {
        foreach (var attribute in signer.SignedAttributes)
        {
            if (attribute.Oid.Value != SigningTime || attribute.Values.Count != 1)
                continue;
            try
            {
                return new Pkcs9SigningTime(attribute.Values[0].RawData).SigningTime.ToUniversalTime();
            }
            catch (CryptographicException)
            {
                return null;
            }
        }
        return null;
    }

    // Four plain integers in brackets: PDF allows more (references, signs), signatures need no more.
    static long[]? ReadRange(byte[] pdf, int at)
    {
        var end = Math.Min(pdf.Length, at + 200);
        var text = Encoding.Latin1.GetString(pdf, at, end - at).TrimStart(' ', '\t', '\r', '\n', '\f', '\0');
        var close = text.IndexOf(']', StringComparison.Ordinal);
        if (close < 0 || text[0] != '[')
            return null;
        var parts = text[1..close].Split([' ', '\t', '\r', '\n', '\f', '\0'], StringSplitOptions.RemoveEmptyEntries);
        var numbers = new long[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (!int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                return null;
            numbers[i] = number;
        }
        return numbers;
    }

    static byte[]? FromHex(ReadOnlySpan<byte> hex)
    {
        var digits = new byte[hex.Length];
        var count = 0;
        foreach (var c in hex)
        {
            if (c is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
                continue;
            digits[count++] = c;
        }
        if (count % 2 != 0)
            return null;
        var bytes = new byte[count / 2];
        return Convert.FromHexString(digits.AsSpan(0, count), bytes, out _, out _) == OperationStatus.Done ? bytes : null;
    }

    // Length of the first ASN.1 value: the space reserved in a PDF is padded with zeros after it.
    static int EncodedLength(ReadOnlySpan<byte> bytes) =>
        AsnDecoder.TryReadEncodedValue(bytes, AsnEncodingRules.BER, out _, out _, out _, out var consumed) ? consumed : 0;

    static SignatureFinding Broken(string fault) =>
        new(SignatureIntegrity.Invalid, Key(fault), null, null, null, null, ChainTrust.NotVerified, false, false);

    static string Key(string fault) => "register.evidence." + fault;
}
