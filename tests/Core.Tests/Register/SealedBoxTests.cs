using System.Security.Cryptography;
using System.Text;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Register;

public sealed class SealedBoxTests
{
    readonly IEntropy entropy = new SeededEntropy(7);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100_000)]
    public void Open_SealedContent_GivesItBack(int length)
    {
        using var key = DataKey.New(entropy);
        var content = entropy.Bytes(length);
        var box = SealedBox.Seal(content, "application/1"u8, key, entropy);
        box.Length.ShouldBe(length + SealedBox.Overhead);
        SealedBox.Open(box, "application/1"u8, key).ShouldBe(content);
    }

    [Fact]
    public void Seal_CanaryText_IsNotInTheBox()
    {
        using var key = DataKey.New(entropy);
        var box = SealedBox.Seal("CANARY-TEXT-CANARY"u8, ""u8, key, entropy);
        Encoding.Latin1.GetString(box).ShouldNotContain("CANARY");
        SealedBox.Seal("CANARY-TEXT-CANARY"u8, ""u8, key, entropy).ShouldNotBe(box);
    }

    [Fact]
    public void Open_AnyBitChanged_IsRefused()
    {
        using var key = DataKey.New(entropy);
        var box = SealedBox.Seal("secret"u8, "a"u8, key, entropy);
        for (var bit = 0; bit < box.Length * 8; bit++)
        {
            var changed = (byte[])box.Clone();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Refused(() => SealedBox.Open(changed, "a"u8, key));
        }
        for (var length = 0; length < box.Length; length++)
            Refused(() => SealedBox.Open(box.AsSpan(0, length), "a"u8, key));
        Refused(() => SealedBox.Open([.. box, 0], "a"u8, key));
    }

    [Fact]
    public void Open_OtherPlaceOrKeyOrKind_IsRefused()
    {
        using var key = DataKey.New(entropy);
        using var other = DataKey.New(entropy);
        using var sealing = SealingKeys.InMemory(entropy);
        var box = SealedBox.Seal("secret"u8, "application/1"u8, key, entropy);
        Should.Throw<CryptographicException>(() => SealedBox.Open(box, "application/2"u8, key));
        Should.Throw<CryptographicException>(() => SealedBox.Open(box, "application/1"u8, other));
        Should.Throw<MalformedException>(() => sealing.Unwrap(box, "application/1"u8));
        Should.Throw<MalformedException>(() => SealedBox.Open("no box"u8, ""u8, key)).Code.ShouldBe("register.box");
    }

    [Fact]
    public void DataKey_Disposed_IsUnusable()
    {
        var key = DataKey.New(entropy);
        key.Dispose();
        Should.Throw<ObjectDisposedException>(() => SealedBox.Seal("x"u8, ""u8, key, entropy));
    }

    [Fact]
    public void Unwrap_AfterRotationAndReopening_StillOpensOldKeys()
    {
        var folder = Path.Combine(Directory.CreateTempSubdirectory("minka-sealing").FullName, "keys");
        try
        {
            byte[] first, second, box;
            using (var keys = SealingKeys.OpenOrCreate(folder, entropy))
            using (var data = DataKey.New(entropy))
            {
                first = keys.Wrap(data, "application/1"u8, entropy);
                box = SealedBox.Seal("secret"u8, ""u8, data, entropy);
                keys.Rotate(entropy);
                second = keys.Wrap(data, "application/1"u8, entropy);
            }
            using var again = SealingKeys.OpenOrCreate(folder, entropy);
            again.Count.ShouldBe(2);
            foreach (var wrapped in new[] { first, second })
            {
                using var data = again.Unwrap(wrapped, "application/1"u8);
                SealedBox.Open(box, ""u8, data).ShouldBe("secret"u8.ToArray());
                Should.Throw<CryptographicException>(() => again.Unwrap(wrapped, "application/2"u8));
            }
            if (!OperatingSystem.IsWindows())
            {
                foreach (var file in Directory.GetFiles(folder))
                    File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }
            using var stranger = SealingKeys.InMemory(new SeededEntropy(99));
            Should.Throw<CryptographicException>(() => stranger.Unwrap(first, "application/1"u8));
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(folder)!, recursive: true);
        }
    }

    static void Refused(Func<byte[]> open)
    {
        try
        {
            open();
        }
        catch (Exception e) when (e is CryptographicException or MalformedException)
        {
            return;
        }
        throw new ShouldAssertException("a changed box was opened");
    }
}
