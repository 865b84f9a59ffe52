using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Register;

public sealed class EvidenceSignaturesTests
{
    static readonly DateTimeOffset From = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    static readonly X509Certificate2 Root = MakeRoot();
    static readonly X509Certificate2 Signer = Issue(Root, "CN=QUISPE MAMANI Rosa, SERIALNUMBER=PNOPE-00000000, C=PE");

    [Fact]
    public void Check_SignedPdf_HoldsAndShowsTheSignerButNoTrust()
    {
        var pdf = Pdf("acta de asamblea");
        var report = EvidenceSignatures.Check(pdf);
        report.Kind.ShouldBe(EvidenceKind.SignedPdf);
        report.Hash.ShouldBe(Digest.Of(pdf));
        report.IntegrityValid.ShouldBeTrue();
        var found = report.Signatures.Single();
        found.Signer.ShouldNotBeNull().ShouldContain("QUISPE MAMANI Rosa");
        found.Issuer.ShouldNotBeNull().ShouldContain("Raíz de prueba");
        found.Certificate.ShouldBe(Digest.Of(Signer.RawData));
        found.ClaimedAt.ShouldBe(new DateTime(2026, 6, 1, 15, 0, 0, DateTimeKind.Utc));
        found.Chain.ShouldBe(ChainTrust.NotVerified);
        found.CoversWholeFile.ShouldBeTrue();
        found.Fault.ShouldBeNull();
    }

    [Fact]
    public void Check_Anchors_JudgeTheChainApartFromTheIntegrity()
    {
        var pdf = Pdf("acta");
        EvidenceSignatures.Check(pdf, anchors: [Root]).Signatures.Single().Chain.ShouldBe(ChainTrust.Anchored);
        using var other = MakeRoot();
        var report = EvidenceSignatures.Check(pdf, anchors: [other]);
        report.Signatures.Single().Chain.ShouldBe(ChainTrust.NotAnchored);
        report.IntegrityValid.ShouldBeTrue();
    }

    [Fact]
    public void Check_AnySignedByteChanged_DoesNotHold()
    {
        var pdf = Pdf("acta de asamblea");
        // The value of the signature itself is not signed; its white space and version can be spelled in several ways.
        var value = pdf.AsSpan().IndexOf("/Contents <"u8) + "/Contents <"u8.Length;
        var end = value + pdf.AsSpan(value).IndexOf((byte)'>');
        for (var i = 5; i < pdf.Length; i++)
        {
            if (i >= value && i < end)
                continue;
            var changed = (byte[])pdf.Clone();
            changed[i] ^= 1;
            EvidenceSignatures.Check(changed).IntegrityValid.ShouldBeFalse($"byte {i}");
        }
    }

    [Fact]
    public void Check_BytesAddedAfterTheSignature_AreReported()
    {
        byte[] pdf = [.. Pdf("acta"), .. "2 0 obj\n<< /Amount 9 >>\nendobj\n%%EOF\n"u8];
        var report = EvidenceSignatures.Check(pdf);
        report.IntegrityValid.ShouldBeFalse();
        report.Signatures.Single().Integrity.ShouldBe(SignatureIntegrity.Valid);
        report.Signatures.Single().CoversWholeFile.ShouldBeFalse();
    }

    [Fact]
    public void Check_SecondSignatureOverTheFirst_BothHold()
    {
        var report = EvidenceSignatures.Check(SignPdf(Pdf("acta"), SHA256Oid));
        report.Signatures.Count.ShouldBe(2);
        report.IntegrityValid.ShouldBeTrue();
        report.Signatures.Select(s => s.CoversWholeFile).ShouldBe([false, true]);
    }

    [Theory]
    [InlineData("/ByteRange [0 ", "/ByteRange [1 ")]
    [InlineData("/ByteRange [0 ", "/ByteRange [-0 ")]
    [InlineData("/ByteRange [", "/ByteRange <")]
    [InlineData("/Contents <", "/Content  <")]
    [InlineData("/Contents <", "/Contents (")]
    public void Check_OtherShape_IsAFaultNotAGuess(string from, string to)
    {
        var pdf = Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(Pdf("acta")).Replace(from, to, StringComparison.Ordinal));
        var report = EvidenceSignatures.Check(pdf);
        report.IntegrityValid.ShouldBeFalse();
        report.Signatures.ShouldAllBe(s => s.Fault!.StartsWith("register.evidence."));
    }

    [Fact]
    public void Check_WeakDigest_IsRefused()
    {
        var report = EvidenceSignatures.Check(SignPdf("%PDF-1.7\nacta\n"u8.ToArray(), "1.3.14.3.2.26"));
        report.Signatures.Single().Fault.ShouldBe("register.evidence.weakDigest");
    }

    [Fact]
    public void Check_DetachedCms_NeedsItsContent()
    {
        var content = "informe"u8.ToArray();
        var p7s = Sign(content, detached: true, SHA256Oid);
        EvidenceSignatures.Check(p7s, content).IntegrityValid.ShouldBeTrue();
        EvidenceSignatures.Check(p7s, "otro"u8.ToArray()).Signatures.Single().Fault.ShouldBe("register.evidence.digest");
        EvidenceSignatures.Check(p7s).Signatures.Single().Fault.ShouldBe("register.evidence.contentMissing");
        EvidenceSignatures.Check([.. p7s, 0], content).Signatures.Single().Fault.ShouldBe("register.evidence.trailing");
    }

    [Fact]
    public void Check_AttachedCms_HoldsForItsOwnContentOnly()
    {
        var content = "informe"u8.ToArray();
        var p7m = Sign(content, detached: false, SHA256Oid);
        EvidenceSignatures.Check(p7m).IntegrityValid.ShouldBeTrue();
        EvidenceSignatures.Check(p7m, content).IntegrityValid.ShouldBeTrue();
        EvidenceSignatures.Check(p7m, "otro"u8.ToArray()).IntegrityValid.ShouldBeFalse();
    }

    [Theory]
    [InlineData(new byte[] { 0xff, 0xd8, 0xff, 0xe0 }, EvidenceKind.Jpeg)]
    [InlineData(new byte[] { 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a }, EvidenceKind.Png)]
    [InlineData(new byte[] { 0x25, 0x50, 0x44, 0x46, 0x2d, 0x31 }, EvidenceKind.Pdf)]
    [InlineData(new byte[] { 0x4d, 0x5a }, EvidenceKind.Other)]
    [InlineData(new byte[0], EvidenceKind.Other)]
    public void Check_Scan_HasItsHashAndNoSignature(byte[] file, EvidenceKind kind)
    {
        var report = EvidenceSignatures.Check(file);
        report.Kind.ShouldBe(kind);
        report.Hash.ShouldBe(Digest.Of(file));
        report.Signatures.ShouldBeEmpty();
        report.IntegrityValid.ShouldBeFalse();
    }

    [Fact]
    public void Check_MutatedFiles_NeverThrow()
    {
        var entropy = new SeededEntropy(3);
        var files = new[] { Pdf("acta"), Sign("x"u8.ToArray(), false, SHA256Oid) };
        for (var round = 0; round < 2_000; round++)
        {
            var bytes = (byte[])files[round % 2].Clone();
            var noise = entropy.Bytes(12);
            for (var i = 0; i < 3; i++)
                bytes[BitConverter.ToUInt16(noise, i * 4) % bytes.Length] = noise[i * 4 + 2];
            EvidenceSignatures.Check(bytes[..(bytes.Length - (noise[3] % 40))]);
        }
    }

    const string SHA256Oid = "2.16.840.1.101.3.4.2.1";

    static byte[] Pdf(string text) =>
        SignPdf(Encoding.Latin1.GetBytes($"%PDF-1.7\n1 0 obj\n<< /Title ({text}) >>\nendobj\n"), SHA256Oid);

    // An incremental update with one signature dictionary, as signing programs write it.
    static byte[] SignPdf(byte[] before, string digest)
    {
        const int reserved = 8000;
        var head = $"9 0 obj\n<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /ByteRange [0 {new string('*', 10)} {new string('*', 10)} {new string('*', 10)}] /Contents ";
        var tail = "\n>>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n";
        var first = before.Length + head.Length;
        var second = first + reserved + 2;
        var numbers = new[] { first, second, tail.Length };
        foreach (var number in numbers)
        {
            var at = head.IndexOf("**********", StringComparison.Ordinal);
            head = head[..at] + number.ToString(CultureInfo.InvariantCulture).PadRight(10) + head[(at + 10)..];
        }
        byte[] left = [.. before, .. Encoding.ASCII.GetBytes(head)];
        var right = Encoding.ASCII.GetBytes(tail);
        var cms = Convert.ToHexStringLower(Sign([.. left, .. right], detached: true, digest)).PadRight(reserved, '0');
        return [.. left, .. Encoding.ASCII.GetBytes($"<{cms}>"), .. right];
    }

    static byte[] Sign(byte[] content, bool detached, string digest)
    {
        var cms = new SignedCms(new ContentInfo(content), detached);
        var signer = new CmsSigner(Signer) { DigestAlgorithm = new Oid(digest), IncludeOption = X509IncludeOption.EndCertOnly };
        signer.SignedAttributes.Add(new Pkcs9SigningTime(new DateTime(2026, 6, 1, 15, 0, 0, DateTimeKind.Utc)));
        cms.ComputeSignature(signer);
        return cms.Encode();
    }

    static X509Certificate2 MakeRoot()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=Raíz de prueba", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        return request.CreateSelfSigned(From, From.AddYears(5));
    }

    static X509Certificate2 Issue(X509Certificate2 root, string subject)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation, true));
        using var certificate = request.Create(root, From, From.AddYears(2), [1, 2, 3, 4]);
        return certificate.CopyWithPrivateKey(key);
    }
}
