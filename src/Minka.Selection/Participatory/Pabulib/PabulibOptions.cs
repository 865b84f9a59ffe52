namespace Minka.Selection.Participatory.Pabulib;

/// <summary>How to read a <c>.pb</c> file.</summary>
public sealed record PabulibOptions
{
    /// <summary>The defaults: everything kept, records up to 1 MiB.</summary>
    public static PabulibOptions Default { get; } = new();

    /// <summary>Keep the columns of the voters (sex, age…) for statistics. Off saves time on large files; outcomes are the same.</summary>
    public bool VoterAttributes { get; init; } = true;

    /// <summary>The longest record accepted, in bytes; a longer one is refused instead of filling the memory.</summary>
    public int LongestRecord { get; init; } = 1 << 20;

    /// <summary>The longest file accepted, in bytes after decompression. Set it where strangers send files.</summary>
    public long LongestFile { get; init; } = long.MaxValue;
}
