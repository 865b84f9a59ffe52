using System.Buffers.Binary;
using System.Text;

namespace Minka.Core.Publication;

/// <summary>
/// A zip whose bytes follow from its files alone: stored without compression, in ordinal order of the names, no times. Any
/// tool opens it; and since nothing in it is free, a change of any byte is seen, also in the parts that zip tools ignore.
/// </summary>
public static class StoredZip
{
    const uint LocalMark = 0x04034b50, CentralMark = 0x02014b50, EndMark = 0x06054b50;
    const ushort Utf8Names = 0x0800;
    const ushort Dos1980 = 0x0021;

    public static byte[] Write(IReadOnlyDictionary<string, byte[]> files)
    {
        using var zip = new MemoryStream();
        using var central = new MemoryStream();
        Span<byte> local = stackalloc byte[30];
        Span<byte> entry = stackalloc byte[46];
        foreach (var (name, bytes) in files.OrderBy(f => f.Key, StringComparer.Ordinal))
        {
            var utf8 = Encoding.UTF8.GetBytes(name);
            var crc = Crc32(bytes);
            var offset = checked((uint)zip.Position);
            BinaryPrimitives.WriteUInt32LittleEndian(local, LocalMark);
            Common(local[4..], crc, bytes.Length, utf8.Length);
            zip.Write(local);
            zip.Write(utf8);
            zip.Write(bytes);
            entry.Clear();
            BinaryPrimitives.WriteUInt32LittleEndian(entry, CentralMark);
            BinaryPrimitives.WriteUInt16LittleEndian(entry[4..], 20);
            Common(entry[6..], crc, bytes.Length, utf8.Length);
            BinaryPrimitives.WriteUInt32LittleEndian(entry[42..], offset);
            central.Write(entry);
            central.Write(utf8);
        }
        var start = checked((uint)zip.Position);
        central.WriteTo(zip);
        Span<byte> end = stackalloc byte[22];
        end.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(end, EndMark);
        BinaryPrimitives.WriteUInt16LittleEndian(end[8..], checked((ushort)files.Count));
        BinaryPrimitives.WriteUInt16LittleEndian(end[10..], checked((ushort)files.Count));
        BinaryPrimitives.WriteUInt32LittleEndian(end[12..], checked((uint)central.Length));
        BinaryPrimitives.WriteUInt32LittleEndian(end[16..], start);
        zip.Write(end);
        return zip.ToArray();
    }

    /// <summary>The files, and where the bytes first differ from those that <see cref="Write"/> makes of them; null where they are the same.</summary>
    /// <exception cref="FormatException">Not such a zip, or one with names that no bundle has.</exception>
    public static (IReadOnlyDictionary<string, byte[]> Files, string? Differs) Read(byte[] zip)
    {
        if (zip.Length == 0) throw new FormatException("the file is empty");
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        var ends = new List<(string Name, int End)>();
        var at = 0;
        while (at + 30 <= zip.Length && BinaryPrimitives.ReadUInt32LittleEndian(zip.AsSpan(at)) == LocalMark)
        {
            var method = BinaryPrimitives.ReadUInt16LittleEndian(zip.AsSpan(at + 8));
            var size = BinaryPrimitives.ReadUInt32LittleEndian(zip.AsSpan(at + 22));
            var nameLength = BinaryPrimitives.ReadUInt16LittleEndian(zip.AsSpan(at + 26));
            var extra = BinaryPrimitives.ReadUInt16LittleEndian(zip.AsSpan(at + 28));
            var body = (long)at + 30 + nameLength + extra;
            var after = files.Count == 0 ? "at its start" : $"after {ends[^1].Name}";
            if (method != 0) throw new FormatException($"not a bundle as published: compressed {after}");
            if (body + size > zip.Length) throw new FormatException($"not a bundle as published: cut {after}");
            var name = Encoding.UTF8.GetString(zip, at + 30, nameLength);
            if (!IsName(name)) throw new FormatException($"not a bundle as published: a name that no bundle has {after}");
            if (!files.TryAdd(name, zip[(int)body..(int)(body + size)])) throw new FormatException($"not a bundle as published: {name} twice");
            at = (int)(body + size);
            ends.Add((name, at));
        }
        if (files.Count == 0) throw new FormatException("not a zip");
        var exact = Write(files);
        var differs = exact.AsSpan().CommonPrefixLength(zip);
        if (differs == zip.Length && differs == exact.Length) return (files, null);
        // A changed byte of a file shows first in its header, which holds its checksum.
        return (files, ends.FirstOrDefault(e => differs < e.End).Name ?? "its directory");
    }

    // Nothing is ever written to disc under these names; but whoever unpacks a bundle shall not be led out of the folder.
    static bool IsName(string name) =>
        name.Length is > 0 and <= 200 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or '/')
        && name.Split('/').All(part => part.Length > 0 && part.Trim('.').Length > 0);

    static void Common(Span<byte> to, uint crc, int size, int nameLength)
    {
        to[..24].Clear();
        BinaryPrimitives.WriteUInt16LittleEndian(to, 20);
        BinaryPrimitives.WriteUInt16LittleEndian(to[2..], Utf8Names);
        BinaryPrimitives.WriteUInt16LittleEndian(to[8..], Dos1980);
        BinaryPrimitives.WriteUInt32LittleEndian(to[10..], crc);
        BinaryPrimitives.WriteUInt32LittleEndian(to[14..], checked((uint)size));
        BinaryPrimitives.WriteUInt32LittleEndian(to[18..], checked((uint)size));
        BinaryPrimitives.WriteUInt16LittleEndian(to[22..], checked((ushort)nameLength));
    }

    static readonly uint[] CrcTable = [.. Enumerable.Range(0, 256).Select(i =>
    {
        var c = (uint)i;
        for (var k = 0; k < 8; k++) c = (c & 1) != 0 ? 0xEDB88320u ^ (c >> 1) : c >> 1;
        return c;
    })];

    static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        var crc = 0xFFFFFFFFu;
        foreach (var b in bytes) crc = CrcTable[(crc ^ b) & 0xFF] ^ (crc >> 8);
        return crc ^ 0xFFFFFFFFu;
    }
}
