using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Minka.Core.Accounts;

/// <summary>Six digits of the half minute, RFC 6238 with SHA-1 as every authenticator application has it.</summary>
public static class Totp
{
    const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    const int SecondsPerStep = 30;

    /// <summary>Steps of the clock that a telephone may be wrong, before and after.</summary>
    const int Drift = 1;

    /// <summary>The half minute of an instant.</summary>
    public static long StepAt(DateTime utc) => (utc - DateTime.UnixEpoch).Ticks / (SecondsPerStep * TimeSpan.TicksPerSecond);

    /// <summary>The code of a step.</summary>
    public static string Code(ReadOnlySpan<byte> key, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> mac = stackalloc byte[HMACSHA1.HashSizeInBytes];
#pragma warning disable CA5350 // RFC 6238's own choice; an HMAC does not rest on the collisions of its hash
        HMACSHA1.HashData(key, counter, mac);
#pragma warning restore CA5350
        var offset = mac[^1] & 15;
        var number = BinaryPrimitives.ReadInt32BigEndian(mac[offset..]) & 0x7fff_ffff;
        return (number % 1_000_000).ToString("D6", System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>The step whose code this is, later than the last one used, or null: a code works once.</summary>
    public static long? Match(ReadOnlySpan<byte> key, string typed, DateTime now, long lastStep)
    {
        var digits = Encoding.ASCII.GetBytes(string.Concat(typed.Where(char.IsAsciiDigit)));
        long? found = null;
        for (var step = StepAt(now) - Drift; step <= StepAt(now) + Drift; step++)
        {
            if (CryptographicOperations.FixedTimeEquals(digits, Encoding.ASCII.GetBytes(Code(key, step))) && step > lastStep) found ??= step;
        }
        return found;
    }

    /// <summary>The key as people type it: base 32, RFC 4648, without padding.</summary>
    public static string Write(ReadOnlySpan<byte> key)
    {
        var text = new StringBuilder();
        var (bits, count) = (0, 0);
        foreach (var b in key)
        {
            (bits, count) = ((bits << 8) | b, count + 8);
            while (count >= 5)
            {
                text.Append(Alphabet[(bits >> (count - 5)) & 31]);
                count -= 5;
            }
            bits &= (1 << count) - 1;
        }
        if (count > 0) text.Append(Alphabet[(bits << (5 - count)) & 31]);
        return text.ToString();
    }
}
