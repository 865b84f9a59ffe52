using System.Buffers.Text;
using System.Text;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Register;

public sealed class SigningKeysTests : IDisposable
{
    readonly string folder = Path.Combine(Directory.CreateTempSubdirectory("minka-keys").FullName, "keys");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(folder)!, recursive: true);

    [Fact]
    public void OpenOrCreate_TwiceInAFolder_HasTheSameKeyAndPrivateFilesForTheOwnerOnly()
    {
        string id;
        using (var keys = SigningKeys.OpenOrCreate(folder, new SystemEntropy()))
            id = keys.Current.Id;
        using var again = SigningKeys.OpenOrCreate(folder, new SystemEntropy());
        again.Current.Id.ShouldBe(id);
        if (OperatingSystem.IsWindows())
            return;
        File.GetUnixFileMode(Directory.GetFiles(folder, "*.pem").Single()).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.GetUnixFileMode(folder).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public void Generate_SameSeed_GivesTheSameKey()
    {
        using var a = SigningKeys.InMemory(new SeededEntropy(5));
        using var b = SigningKeys.InMemory(new SeededEntropy(5));
        using var c = SigningKeys.InMemory(new SeededEntropy(6));
        b.Current.Id.ShouldBe(a.Current.Id);
        c.Current.Id.ShouldNotBe(a.Current.Id);
    }

    [Fact]
    public void Rotate_KeepsOldPublicKeyWithItsLimits_AndOldReceiptsVerify()
    {
        using var keys = SigningKeys.OpenOrCreate(folder, new SystemEntropy());
        var before = Jws.Sign("one"u8, "t", keys);
        var first = keys.Current;
        keys.Rotate(41, new SystemEntropy());
        var after = Jws.Sign("two"u8, "t", keys);
        keys.Current.ShouldNotBe(first);
        Directory.GetFiles(folder, "*.pem").Length.ShouldBe(1);

        using var read = SigningKeys.Open(folder);
        read.All.Count.ShouldBe(2);
        (read.All[0].From, read.All[0].To).ShouldBe((0UL, 41UL));
        (read.All[1].From, read.All[1].To).ShouldBe((41UL, (ulong?)null));
        Jws.Verify(before, "t", read.All, out _, out var oldSigner).ShouldBe(JwsVerdict.Valid);
        Jws.Verify(after, "t", read.All, out _, out var newSigner).ShouldBe(JwsVerdict.Valid);
        oldSigner.ShouldBe(read.All[0]);
        newSigner.ShouldBe(read.All[1]);
        Should.Throw<ArgumentOutOfRangeException>(() => keys.Rotate(40, new SystemEntropy()));
    }

    [Fact]
    public void Open_PrivateKeyMissingOrForeign_IsRefused()
    {
        SigningKeys.OpenOrCreate(folder, new SystemEntropy()).Dispose();
        var pem = Directory.GetFiles(folder, "*.pem").Single();
        using (var other = SigningKeys.Generate(new SystemEntropy()))
            File.WriteAllText(pem, other.ExportPkcs8PrivateKeyPem());
        Should.Throw<MalformedException>(() => SigningKeys.Open(folder)).Code.ShouldBe("register.keys.private");
        File.WriteAllText(pem, "garbage");
        Should.Throw<MalformedException>(() => SigningKeys.Open(folder)).Code.ShouldBe("register.keys.private");
        File.Delete(pem);
        Should.Throw<MalformedException>(() => SigningKeys.Open(folder)).Code.ShouldBe("register.keys.private");
        File.WriteAllText(Path.Combine(folder, "signing-keys.json"), "{}");
        Should.Throw<MalformedException>(() => SigningKeys.Open(folder)).Code.ShouldBe("register.keys.list");
    }

    [Fact]
    public void Id_KnownKey_IsItsRfc7638Thumbprint()
    {
        // The key of RFC 7515 appendix A.3; thumbprint computed by hand from RFC 7638 §3.
        var jwks = """{"keys":[{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0","kid":"oKIywvGUpTVTyxMQ3bwIIeQUudfr_CkLMjCE19ECD-U"}]}""";
        var key = SigningKeys.ReadJwks(jwks).Single();
        key.Id.ShouldBe("oKIywvGUpTVTyxMQ3bwIIeQUudfr_CkLMjCE19ECD-U");
        // and the signature of that appendix
        var input = "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
        var signature = Base64Url.DecodeFromChars("DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q");
        key.Verify(Encoding.ASCII.GetBytes(input), signature, System.Security.Cryptography.DSASignatureFormat.IeeeP1363FixedFieldConcatenation).ShouldBeTrue();
    }

    [Fact]
    public void ReadJwks_WhatWasWritten_IsTheSame_AndForeignKidIsRefused()
    {
        using var keys = SigningKeys.InMemory(new SeededEntropy(1));
        keys.Rotate(9, new SeededEntropy(2));
        var text = keys.PublicJwks();
        text.ShouldNotContain("\"d\"");
        var read = SigningKeys.ReadJwks(text);
        read.ShouldBe(keys.All);
        read[0].To.ShouldBe(9UL);
        Should.Throw<MalformedException>(() => SigningKeys.ReadJwks(text.Replace(keys.Current.Id, keys.All[0].Id, StringComparison.Ordinal)));
        foreach (var bad in new[] { "", "[]", "{}", """{"keys":[]}""", """{"keys":[{"kty":"RSA","crv":"P-256"}]}""", """{"keys":[{"kty":"EC","crv":"P-256","x":"AA","y":"AA","kid":"x"}]}""" })
            Should.Throw<MalformedException>(() => SigningKeys.ReadJwks(bad));
    }

    [Fact]
    public void HasFingerprint_AsPeopleTypeIt_IsRecognised()
    {
        using var keys = SigningKeys.InMemory(new SeededEntropy(1));
        var fingerprint = keys.Current.Fingerprint;
        fingerprint.Split(' ').Length.ShouldBe(16);
        keys.Current.HasFingerprint(fingerprint).ShouldBeTrue();
        keys.Current.HasFingerprint(fingerprint.ToUpperInvariant().Replace(' ', ':')).ShouldBeTrue();
        keys.Current.HasFingerprint(fingerprint.Replace(" ", "", StringComparison.Ordinal)).ShouldBeTrue();
        keys.Current.HasFingerprint(fingerprint[..^1]).ShouldBeFalse();
        keys.Current.HasFingerprint("").ShouldBeFalse();
        VerifyingKey.FromPem(keys.Current.Pem).ShouldBe(keys.Current);
        Should.Throw<MalformedException>(() => VerifyingKey.FromPem("x"));
    }
}
