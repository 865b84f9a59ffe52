using System.IO.Compression;

namespace Minka.Observatory.Tables;

/// <summary>A gzipped file that must be whole: the runtime reads one that is cut off as if it ended there.</summary>
/// <remarks>At the end the length that the file tells of itself is compared with what came out. A file of several members tells that of the last alone and is let pass.</remarks>
internal sealed class WholeGzip(FileStream file) : Stream
{
    private readonly GZipStream _content = new(file, CompressionMode.Decompress);
    private long _length;
    private bool _ended;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var read = _content.Read(buffer);
        _length += read;
        if (read == 0 && buffer.Length > 0 && !_ended)
        {
            _ended = true;
            if (file.Length < 18 || (Told() != unchecked((uint)_length) && !HasSeveralMembers()))
                throw new InvalidDataException("The file is cut off.");
        }

        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _content.Dispose();
        base.Dispose(disposing);
    }

    private uint Told()
    {
        Span<byte> end = stackalloc byte[4];
        file.Seek(-4, SeekOrigin.End);
        file.ReadExactly(end);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(end);
    }

    /// <summary>Whether a second header stands in the file: ten bytes that chance does not make.</summary>
    private bool HasSeveralMembers()
    {
        file.Position = 10;
        var buffer = new byte[1 << 16];
        var kept = 0;
        for (int read; (read = file.Read(buffer.AsSpan(kept))) > 0;)
        {
            var span = buffer.AsSpan(0, kept + read);
            for (var at = span.IndexOf((ReadOnlySpan<byte>)[0x1F, 0x8B, 8]); at >= 0;)
            {
                // Flags, then how hard it was packed, and on what.
                if (at + 9 < span.Length && (span[at + 3] & 0xE0) == 0 && span[at + 8] is 0 or 2 or 4 && span[at + 9] is <= 13 or 255)
                    return true;
                var next = span[(at + 1)..].IndexOf((ReadOnlySpan<byte>)[0x1F, 0x8B, 8]);
                at = next < 0 ? -1 : at + 1 + next;
            }

            kept = Math.Min(9, span.Length);
            span[^kept..].CopyTo(buffer);
        }

        return false;
    }
}
