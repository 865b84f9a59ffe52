using System.Security.Cryptography;
using System.Text;
using Minka.Cli.Verbs;
using Minka.Core.Kernel;
using Minka.Core.Publication;
using Minka.Core.Register;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Publication;

[Collection(StoryBundles.Name)]
public sealed class ReceiptVerifierTests(StoryBundles bundles)
{
    static string ReceiptOf(byte[] zip) => Encoding.ASCII.GetString(StoredZip.Read(zip).Files["signatures/receipts/P-001.jws"]);

    static VerifyingKey KeyOf(byte[] zip) => SigningKeys.ReadJwks(Encoding.UTF8.GetString(StoredZip.Read(zip).Files["keys.json"]))[0];

    static IReadOnlyList<string> Failing(BundleReport report) => [.. report.Claims.Where(c => !c.Passed).Select(c => c.Claim)];

    [Fact]
    public void The_key_of_a_signature_is_among_those_recovered()
    {
        for (var i = 0; i < 20; i++)
        {
            using var keys = SigningKeys.InMemory(new SeededEntropy(i));
            var data = BitConverter.GetBytes(i);
            var (key, signature) = keys.SignConcatenated(_ => data);
            var found = KeyRecovery.Candidates(data, signature);
            found.ShouldContain(key);
            found.ShouldAllBe(k => k.Verify(data, signature, DSASignatureFormat.IeeeP1363FixedFieldConcatenation));
        }
        KeyRecovery.Candidates([1], new byte[64]).ShouldBeEmpty();
        KeyRecovery.Candidates([1], Enumerable.Repeat((byte)255, 64).ToArray()).ShouldBeEmpty();
        KeyRecovery.Candidates([1], new byte[63]).ShouldBeEmpty();
    }

    [Fact]
    public void Alone_it_tells_its_key_and_that_nothing_anchors_it()
    {
        var report = ReceiptVerifier.Verify(ReceiptOf(bundles.One.Bundle) + "\r\n");
        Failing(report).ShouldBeEmpty();
        report.Trust.ShouldBe("key from the receipt, NOT anchored");
        report.Claims[0].Detail.ShouldContain(KeyOf(bundles.One.Bundle).Fingerprint);
    }

    [Fact]
    public void Key_head_and_bundle_of_its_own_register_anchor_it()
    {
        var token = ReceiptOf(bundles.One.Bundle);
        var all = ReceiptVerifier.Verify(token, KeyOf(bundles.One.Bundle).Fingerprint, bundles.One.Head, bundles.One.Bundle);
        Failing(all).ShouldBeEmpty();
        all.Claims.Select(c => c.Claim).ShouldBe(["receipt", "key", "head", "bundle"]);
        all.Trust.ShouldBe("key fingerprint given, head kept elsewhere, bundle that contains the head");
        // A bundle that nothing anchors does not anchor a receipt.
        ReceiptVerifier.Verify(token, bundle: bundles.One.Bundle).Trust.ShouldBe("key from the receipt, NOT anchored");
    }

    [Fact]
    public void Of_another_installation_it_fails_against_each_anchor()
    {
        var token = ReceiptOf(bundles.Other.Bundle);
        Failing(ReceiptVerifier.Verify(token)).ShouldBeEmpty();
        Failing(ReceiptVerifier.Verify(token, KeyOf(bundles.One.Bundle).Fingerprint)).ShouldBe(["key"]);
        Failing(ReceiptVerifier.Verify(token, head: bundles.One.Head)).ShouldBe(["head"]);
        Failing(ReceiptVerifier.Verify(token, bundle: bundles.One.Bundle)).ShouldBe(["bundle"]);
        ReceiptVerifier.Verify(token, head: bundles.One.Head).Trust.ShouldStartWith("key from the receipt, NOT anchored");
    }

    [Fact]
    public void Any_character_changed_is_told()
    {
        var token = ReceiptOf(bundles.One.Bundle);
        for (var at = 0; at < token.Length; at += at < 160 ? 1 : 7)
        {
            foreach (var with in new[] { 'A', '!', '.' }.Where(c => c != token[at]))
            {
                var report = ReceiptVerifier.Verify($"{token[..at]}{with}{token[(at + 1)..]}");
                Failing(report).ShouldBe(["receipt"], $"{with} at {at}");
            }
        }
    }

    [Fact]
    public void Signed_by_another_key_under_the_old_name_it_fails()
    {
        using var mine = SigningKeys.InMemory(new SeededEntropy(5));
        var parts = ReceiptOf(bundles.One.Bundle).Split('.');
        var (_, signature) = mine.SignConcatenated(_ => Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"));
        Failing(ReceiptVerifier.Verify($"{parts[0]}.{parts[1]}.{System.Buffers.Text.Base64Url.EncodeToString(signature)}")).ShouldBe(["receipt"]);
        // Another document of a key is no receipt.
        Failing(ReceiptVerifier.Verify(Jws.Sign("{}"u8, Receipt.Type, mine))).ShouldBe(["receipt"]);
        Failing(ReceiptVerifier.Verify(Jws.Sign("{}"u8, "otro", mine))).ShouldBe(["receipt"]);
    }

    [Fact]
    public async Task The_verb_tells_a_receipt_from_garbage()
    {
        string File(string name, byte[] bytes)
        {
            var path = Path.Combine(bundles.Folder, name);
            System.IO.File.WriteAllBytes(path, bytes);
            return path;
        }

        var token = ReceiptOf(bundles.One.Bundle);
        var receipt = File("c.jws", Encoding.ASCII.GetBytes(token));
        (await RunAsync(receipt)).Code.ShouldBe(0);
        (await RunAsync(receipt, KeyOf(bundles.One.Bundle).Fingerprint)).Text.ShouldContain("trust: key fingerprint given");
        var (code, text) = await RunAsync(receipt, KeyOf(bundles.Other.Bundle).Fingerprint);
        code.ShouldBe(1);
        text.ShouldContain("FAIL key: signed by another key");
        (code, text) = await RunAsync(File("rota.jws", Encoding.ASCII.GetBytes(token[..^9])));
        code.ShouldBe(1);
        text.ShouldContain("FAIL receipt: ");
        foreach (var garbage in new[] { "hola", "a.b", "....", "\0\0\0" })
        {
            (code, text) = await RunAsync(File("basura", Encoding.UTF8.GetBytes(garbage)));
            code.ShouldBe(1);
            text.ShouldContain("FAIL");
            text.ShouldNotContain("PASS");
        }

        async Task<(int Code, string Text)> RunAsync(string path, string? key = null)
        {
            await using var told = new StringWriter();
            return (await VerifyVerb.RunAsync(path, key, null, null, told, told), told.ToString());
        }
    }
}
