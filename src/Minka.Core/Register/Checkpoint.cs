using System.Globalization;
using System.Text;

namespace Minka.Core.Register;

/// <summary>
/// A head of the register, in the text of C2SP <c>tlog-checkpoint</c>: origin, number of leaves, Base64 of the root,
/// and further lines. Signed as a <see cref="SignedNote"/> it fixes everything that the register held at that moment.
/// </summary>
/// <param name="Origin">Name of the register, such as <c>minka.example/registro</c>; also the name of its key.</param>
/// <param name="Size">Number of leaves.</param>
/// <param name="Root">Root of the tree of that size, 32 bytes.</param>
/// <param name="Extensions">Further lines, not empty. Minka writes one: <c>time 2026-10-05T21:59:58Z</c>.</param>
public sealed record Checkpoint(string Origin, ulong Size, byte[] Root, IReadOnlyList<string> Extensions)
{
    const string TimeMark = "time ";

    /// <summary>A checkpoint with its time line.</summary>
    /// <param name="origin">Name of the register, without blanks or plus signs.</param>
    /// <param name="size">Number of leaves.</param>
    /// <param name="root">Root of the tree of that size.</param>
    /// <param name="at">When it was made, UTC; cut to the second.</param>
    public static Checkpoint At(string origin, ulong size, byte[] root, DateTime at) =>
        new(origin, size, root, [TimeMark + at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)]);

    /// <summary>When it was made by the register's clock, if it says so.</summary>
    public DateTime? Time =>
        Extensions.FirstOrDefault(l => l.StartsWith(TimeMark, StringComparison.Ordinal)) is { } line
        && DateTime.TryParseExact(line[TimeMark.Length..], "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : null;

    /// <summary>The text that is signed.</summary>
    public string Text
    {
        get
        {
            var text = new StringBuilder()
                .Append(Origin).Append('\n')
                .Append(Size.ToString(CultureInfo.InvariantCulture)).Append('\n')
                .Append(Convert.ToBase64String(Root)).Append('\n');
            foreach (var line in Extensions)
                text.Append(line).Append('\n');
            return text.ToString();
        }
    }

    /// <summary>Signs with the key in use.</summary>
    public SignedNote Sign(SigningKeys keys)
    {
        var note = new SignedNote(Text);
        note.Sign(Origin, keys);
        return note;
    }

    /// <summary>Reads the text of a note as a checkpoint, strictly. The signatures are not looked at.</summary>
    /// <exception cref="MalformedException">Codes <c>register.checkpoint.lines</c>, <c>.origin</c>, <c>.size</c>, <c>.root</c>.</exception>
    public static Checkpoint Parse(SignedNote note)
    {
        var lines = note.Text[..^1].Split('\n');
        if (lines.Length < 3 || lines.Any(l => l.Length == 0))
            throw new MalformedException("register.checkpoint.lines");
        if (lines[0].Any(c => char.IsWhiteSpace(c) || c == '+'))
            throw new MalformedException("register.checkpoint.origin", lines[0]);
        if (!ulong.TryParse(lines[1], NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            || size.ToString(CultureInfo.InvariantCulture) != lines[1])
        {
            throw new MalformedException("register.checkpoint.size", lines[1]);
        }
        if (Base64Strict.Decode(lines[2]) is not { Length: Merkle.HashSize } root)
            throw new MalformedException("register.checkpoint.root", lines[2]);
        if (size == 0 && !root.AsSpan().SequenceEqual(Merkle.EmptyRoot()))
            throw new MalformedException("register.checkpoint.root", lines[2]);
        return new Checkpoint(lines[0], size, root, lines[3..]);
    }

    /// <summary>
    /// Reads a signed checkpoint and says which of the given keys signed it; null when none did or a signature of a known
    /// key is wrong.
    /// </summary>
    /// <exception cref="MalformedException">Not a checkpoint.</exception>
    public static (Checkpoint Checkpoint, VerifyingKey? Signer) Read(string signed, IEnumerable<VerifyingKey> keys)
    {
        var note = SignedNote.Parse(signed);
        var checkpoint = Parse(note);
        return (checkpoint, note.SignedBy(checkpoint.Origin, keys));
    }

    /// <summary>Whether two checkpoints say the same of the same register: equal origin, size and root.</summary>
    public bool SameHead(Checkpoint other) => Origin == other.Origin && Size == other.Size && Root.AsSpan().SequenceEqual(other.Root);
}
