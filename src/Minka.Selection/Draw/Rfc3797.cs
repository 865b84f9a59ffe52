using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Minka.Selection.Draw;

/// <summary>
/// The selection of RFC 3797 to the letter, with its MD5, to replay draws that were announced under that document.
/// New draws use <see cref="PublicDraw"/>.
/// </summary>
/// <remarks>Source: D. Eastlake, RFC 3797, “Publicly Verifiable Nominations Committee (NomCom) Random Selection” (2004), §3 to §6.</remarks>
public static class Rfc3797
{
    /// <summary>Selects <paramref name="count"/> of the numbers 1 to <paramref name="pool"/> in the order in which they are drawn.</summary>
    /// <param name="key">The key string made of the public sources (RFC 3797 §4), used as UTF-8.</param>
    /// <param name="pool">The size of the pool, 1 to 65,535.</param>
    /// <param name="count">How many to draw, 0 to <paramref name="pool"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">Pool or count lie outside their ranges.</exception>
    public static IReadOnlyList<int> Select(string key, int pool, int count) => [.. Draws(key, pool, count).Select(d => d.Number)];

    /// <summary>The same with the hash of each draw, as 32 upper-case hexadecimal digits, as the document prints them.</summary>
    /// <param name="key">The key string made of the public sources (RFC 3797 §4), used as UTF-8.</param>
    /// <param name="pool">The size of the pool, 1 to 65,535.</param>
    /// <param name="count">How many to draw, 0 to <paramref name="pool"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">Pool or count lie outside their ranges.</exception>
    public static IReadOnlyList<(int Number, string Hash)> Draws(string key, int pool, int count)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        ArgumentOutOfRangeException.ThrowIfLessThan(pool, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pool, ushort.MaxValue);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, pool);

        var keyBytes = Encoding.UTF8.GetBytes(key);
        var message = new byte[keyBytes.Length + 4];
        keyBytes.CopyTo(message, 2);
        var remaining = Enumerable.Range(1, pool).ToList();
        var drawn = new List<(int, string)>(count);
        for (var i = 0; i < count; i++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(message, (ushort)i);
            BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(message.Length - 2), (ushort)i);
            var hash = HashOf(message);
            var place = (int)(hash % (UInt128)remaining.Count);
            drawn.Add((remaining[place], hash.ToString("X32", System.Globalization.CultureInfo.InvariantCulture)));
            remaining.RemoveAt(place);
        }

        return drawn;
    }

    private static UInt128 HashOf(byte[] message)
    {
#pragma warning disable CA5351 // RFC 3797 prescribes MD5; it only spreads public inputs, and PublicDraw serves new draws.
        return BinaryPrimitives.ReadUInt128BigEndian(MD5.HashData(message));
#pragma warning restore CA5351
    }
}
