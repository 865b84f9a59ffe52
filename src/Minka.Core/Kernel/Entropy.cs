using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Minka.Core.Kernel;

/// <summary>The one source of ids, salts and nonces. Two implementations: the machine's, and a seeded one for the story and the tests.</summary>
public interface IEntropy
{
    void Fill(Span<byte> buffer);
}

public sealed class SystemEntropy : IEntropy
{
#pragma warning disable RS0030 // this is the door
    public void Fill(Span<byte> buffer) => RandomNumberGenerator.Fill(buffer);
#pragma warning restore RS0030
}

/// <summary>SHA-256 in counter mode over a seed: the same seed gives the same bytes in the same order. Never for real data.</summary>
public sealed class SeededEntropy(long seed) : IEntropy
{
    readonly Lock gate = new();
    long counter;

    public void Fill(Span<byte> buffer)
    {
        lock (gate)
        {
            Span<byte> input = stackalloc byte[16];
            Span<byte> block = stackalloc byte[32];
            BinaryPrimitives.WriteInt64BigEndian(input, seed);
            while (buffer.Length > 0)
            {
                BinaryPrimitives.WriteInt64BigEndian(input[8..], counter++);
                SHA256.HashData(input, block);
                var take = Math.Min(32, buffer.Length);
                block[..take].CopyTo(buffer);
                buffer = buffer[take..];
            }
        }
    }
}

public static class EntropyIds
{
    /// <summary>A version 7 id: 48 bits of time, then entropy.</summary>
    public static Guid NewId(this IEntropy entropy, TimeProvider time)
    {
        Span<byte> bytes = stackalloc byte[16];
        entropy.Fill(bytes[6..]);
        var ms = time.GetUtcNow().ToUnixTimeMilliseconds();
        BinaryPrimitives.WriteInt16BigEndian(bytes, unchecked((short)(ms >> 32)));
        BinaryPrimitives.WriteUInt32BigEndian(bytes[2..], (uint)(ms & 0xffff_ffff));
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x70);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    public static byte[] Bytes(this IEntropy entropy, int count)
    {
        var bytes = new byte[count];
        entropy.Fill(bytes);
        return bytes;
    }
}

/// <summary>A typed id: <c>readonly record struct CallId(Guid Value) : ITypedId&lt;CallId&gt;</c>.</summary>
public interface ITypedId
{
    Guid Value { get; }
}

public interface ITypedId<TSelf> : ITypedId
    where TSelf : struct, ITypedId<TSelf>
{
    static abstract TSelf From(Guid value);
}
