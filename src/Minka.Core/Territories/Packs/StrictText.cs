using System.Text;

namespace Minka.Core.Territories.Packs;

/// <summary>Bytes as UTF-8 text; every broken sequence is a fault with its place, and U+FFFD stands for it.</summary>
static class StrictText
{
    public static string Decode(string file, ReadOnlySpan<byte> bytes, FaultList faults)
    {
        if (bytes.StartsWith("\uFEFF"u8)) bytes = bytes[3..];
        if (!System.Text.Unicode.Utf8.IsValid(bytes))
        {
            var rest = bytes;
            int line = 1, column = 1;
            while (!rest.IsEmpty)
            {
                var status = Rune.DecodeFromUtf8(rest, out var rune, out var used);
                if (status != System.Buffers.OperationStatus.Done)
                    faults.Add(file, new(line, column), PackFaults.Utf8, string.Join(' ', rest[..used].ToArray().Select(b => b.ToString("X2"))));
                (line, column) = rune.Value == '\n' ? (line + 1, 1) : (line, column + rune.Utf16SequenceLength);
                rest = rest[used..];
            }
        }
        return Encoding.UTF8.GetString(bytes);
    }
}
