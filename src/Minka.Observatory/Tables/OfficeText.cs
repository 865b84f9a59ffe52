using System.Text;

namespace Minka.Observatory.Tables;

/// <summary>Letters of a text file as offices save it: UTF-8 or UTF-16 with or without mark, Windows-1252, or a mixture line by line.</summary>
public static class OfficeText
{
    /// <summary>Decodes a whole file. Nothing is refused: what is no UTF-8 is read as Windows-1252, which takes any byte.</summary>
    /// <param name="bytes">The file.</param>
    /// <returns>The text without its mark, and how it was read: <c>utf-8</c>, <c>utf-16</c>, <c>windows-1252</c> or <c>mixed</c>.</returns>
    /// <remarks>O(bytes). Files pasted together from two programs are read line by line: a line that is UTF-8 is read so.</remarks>
    public static (string Text, string Encoding) Decode(byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        if (bytes.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
            return (Encoding.Unicode.GetString(bytes).TrimStart('\uFEFF'), "utf-16");
        if (bytes.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            return (Encoding.BigEndianUnicode.GetString(bytes).TrimStart('\uFEFF'), "utf-16");
        if (Strict(bytes) is { } whole)
            return (whole.TrimStart('\uFEFF'), "utf-8");
        var windows = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;
        var text = new StringBuilder(bytes.Length);
        var mixed = false;
        for (var at = 0; at < bytes.Length;)
        {
            var end = Array.IndexOf(bytes, (byte)'\n', at);
            var line = bytes.AsSpan(at, (end < 0 ? bytes.Length : end + 1) - at);
            var isPlain = System.Text.Ascii.IsValid(line);
            var utf = isPlain ? null : Strict(line);
            mixed |= utf is not null;
            text.Append(utf ?? windows.GetString(line));
            at += line.Length;
        }

        return (text.ToString().TrimStart('\uFEFF'), mixed ? "mixed" : "windows-1252");
    }

    private static string? Strict(ReadOnlySpan<byte> bytes) => System.Text.Unicode.Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : null;
}
