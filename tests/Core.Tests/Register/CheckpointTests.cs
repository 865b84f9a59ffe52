using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Register;

public sealed class CheckpointTests
{
    const string Origin = "minka.example/registro";
    static readonly DateTime At = new(2026, 10, 5, 21, 59, 58, DateTimeKind.Utc);

    [Fact]
    public void Read_SignedCheckpoint_GivesBackWhatWasSignedAndByWhom()
    {
        using var keys = SigningKeys.InMemory(new SeededEntropy(1));
        var checkpoint = Checkpoint.At(Origin, 7, Merkle.LeafHash([7]), At);
        var text = checkpoint.Sign(keys).ToString();
        text.ShouldStartWith($"{Origin}\n7\n");
        var (read, signer) = Checkpoint.Read(text, keys.All);
        read.SameHead(checkpoint).ShouldBeTrue();
        read.Time.ShouldBe(At);
        signer.ShouldBe(keys.Current);
        SignedNote.Parse(text).ToString().ShouldBe(text);
    }

    [Fact]
    public void Read_AnyByteChanged_IsMalformedOrUnsigned()
    {
        using var keys = SigningKeys.InMemory(new SeededEntropy(2));
        var bytes = Encoding.UTF8.GetBytes(Checkpoint.At(Origin, 300, Merkle.LeafHash([1]), At).Sign(keys).ToString());
        for (var i = 0; i < bytes.Length; i++)
        {
            for (var bit = 0; bit < 8; bit += 3)
            {
                var changed = (byte[])bytes.Clone();
                changed[i] ^= (byte)(1 << bit);
                try
                {
                    var note = SignedNote.Parse(changed);
                    note.SignedBy(Checkpoint.Parse(note).Origin, keys.All).ShouldBeNull($"byte {i}");
                }
                catch (MalformedException)
                {
                }
            }
        }
    }

    [Fact]
    public void Read_OtherKey_HasNoSigner()
    {
        using var keys = SigningKeys.InMemory(new SeededEntropy(3));
        using var others = SigningKeys.InMemory(new SeededEntropy(4));
        var text = Checkpoint.At(Origin, 1, Merkle.LeafHash([1]), At).Sign(keys).ToString();
        Checkpoint.Read(text, others.All).Signer.ShouldBeNull();
    }

    [Fact]
    public void Read_UnknownWitnessLine_IsIgnored()
    {
        using var keys = SigningKeys.InMemory(new SeededEntropy(3));
        var text = Checkpoint.At(Origin, 1, Merkle.LeafHash([1]), At).Sign(keys) + $"\u2014 testigo.example {Convert.ToBase64String(new byte[68])}\n";
        Checkpoint.Read(text, keys.All).Signer.ShouldBe(keys.Current);
    }

    [Fact]
    public void Read_KnownKeyWithWrongSecondSignature_IsRefused()
    {
        using var keys = SigningKeys.InMemory(new SeededEntropy(3));
        var good = Checkpoint.At(Origin, 1, Merkle.LeafHash([1]), At).Sign(keys).ToString();
        var foreign = Checkpoint.At(Origin, 2, Merkle.LeafHash([2]), At).Sign(keys).ToString().Split('\n')[^2];
        Checkpoint.Read(good + foreign + "\n", keys.All).Signer.ShouldBeNull();
    }

    [Theory]
    [InlineData("o\n01\nR\n", "register.checkpoint.size")]
    [InlineData("o\n-1\nR\n", "register.checkpoint.size")]
    [InlineData("o\n18446744073709551616\nR\n", "register.checkpoint.size")]
    [InlineData("o x\n1\nR\n", "register.checkpoint.origin")]
    [InlineData("o\n1\n\nR\n", "register.checkpoint.lines")]
    [InlineData("o\n1\n", "register.checkpoint.lines")]
    [InlineData("o\n1\nAAAA\n", "register.checkpoint.root")]
    [InlineData("o\n1\nR=\n", "register.checkpoint.root")]
    [InlineData("o\n0\nR\n", "register.checkpoint.root")]
    public void Parse_BadText_NamesTheFault(string text, string code)
    {
        using var keys = SigningKeys.InMemory(new SeededEntropy(3));
        var note = new SignedNote(text.Replace("R", Convert.ToBase64String(Merkle.LeafHash([1])), StringComparison.Ordinal));
        note.Sign("o", keys);
        Should.Throw<MalformedException>(() => Checkpoint.Parse(SignedNote.Parse(note.ToString()))).Code.ShouldBe(code);
    }

    [Theory]
    [InlineData("", "register.note.unsigned")]
    [InlineData("a\n", "register.note.unsigned")]
    [InlineData("a\n\n", "register.note.unsigned")]
    [InlineData("a\n\n— k AAAAAAA=", "register.note.unsigned")]
    [InlineData("a\n\n- k AAAAAAA=\n", "register.note.signature")]
    [InlineData("a\n\n— k AAAA\n", "register.note.signature")]
    [InlineData("a\n\n— k+ AAAAAAA=\n", "register.note.signature")]
    [InlineData("a\n\n— k AAAAAAB=\n", "register.note.signature")]
    [InlineData("a\r\n\n— k AAAAAAA=\n", "register.note.text")]
    public void Parse_BadNote_NamesTheFault(string text, string code) =>
        Should.Throw<MalformedException>(() => SignedNote.Parse(text)).Code.ShouldBe(code);

    [Fact]
    public void Parse_NotUtf8_NamesTheFault() =>
        Should.Throw<MalformedException>(() => SignedNote.Parse((ReadOnlySpan<byte>)[0xc3, 0x28, 0x0a])).Code.ShouldBe("register.note.encoding");

    [Fact]
    public void Signature_IsWhatOpensslVerifies()
    {
        using var keys = SigningKeys.InMemory(new SeededEntropy(9));
        var note = Checkpoint.At(Origin, 3, Merkle.LeafHash([1]), At).Sign(keys);
        note.Signatures[0].KeyId.ShouldBe(BitConverter.ToUInt32([.. SHA256.HashData(keys.Current.Spki.Span)[..4].Reverse()]));
        var folder = Directory.CreateTempSubdirectory("minka-openssl").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "key.pem"), keys.Current.Pem);
            File.WriteAllText(Path.Combine(folder, "text"), note.Text);
            File.WriteAllBytes(Path.Combine(folder, "sig"), note.Signatures[0].Signature);
            Process? openssl;
            try
            {
                openssl = Process.Start(new ProcessStartInfo("openssl", "dgst -sha256 -verify key.pem -signature sig text") { WorkingDirectory = folder, RedirectStandardOutput = true, UseShellExecute = false });
            }
            catch (System.ComponentModel.Win32Exception)
            {
                return; // no openssl here; the other tests hold the format
            }
            openssl!.StandardOutput.ReadToEnd().ShouldContain("Verified OK");
            openssl.WaitForExit();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
