using System.IO.Compression;
using System.Text;

namespace Minka.Observatory.Tables;

/// <summary>A file that holds a table, whatever its name says.</summary>
/// <param name="Rows">Its rows.</param>
/// <param name="Container"><c>csv</c>, <c>xlsx</c> or <c>html</c>.</param>
/// <param name="Packing"><c>gzip</c>, <c>zip</c>, or <see langword="null"/>.</param>
/// <param name="Encoding">Of text: <c>utf-8</c>, <c>utf-16</c>, <c>latin-1</c>, or what the reader was told.</param>
/// <param name="Delimiter">Of text.</param>
/// <param name="HasByteOrderMark">Whether text begins with one.</param>
public sealed record TableFile(TableRows Rows, string Container, string? Packing, string? Encoding, char? Delimiter, bool HasByteOrderMark) : IDisposable
{
    private const int Looked = 1 << 20;

    /// <inheritdoc/>
    public void Dispose() => Rows.Dispose();

    /// <summary>Opens a file by what it holds.</summary>
    /// <param name="path">Plain, gzipped or zipped text, a workbook, or a page.</param>
    /// <param name="sheet">Of a workbook: which sheet, from 0.</param>
    /// <param name="form">How its text is to be read, where the reader is told.</param>
    /// <exception cref="TableFault">It is none of these, or is refused.</exception>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static TableFile Open(string path, int sheet = 0, TextForm? form = null)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
        try
        {
            return Open(file, null, sheet, form ?? new TextForm());
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static TableFile Open(Stream file, string? packing, int sheet, TextForm form)
    {
        var head = new byte[Looked];
        var length = Fill(file, head);
        var start = head.AsSpan(0, length);
        if (length == 0)
            throw new TableFault("empty");
        if (start.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]) && packing is null)
        {
            file.Position = 0;
            return Open(file is FileStream whole ? new WholeGzip(whole) : new GZipStream(file, CompressionMode.Decompress), "gzip", sheet, form);
        }

        if (start.StartsWith("PK\u0003\u0004"u8) && packing is null)
            return OfZip(file, sheet, form);
        if (start.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]))
            throw new TableFault("old-excel");
        if (start.StartsWith("PAR1"u8) || start.StartsWith("%PDF"u8) || start.StartsWith("PK"u8))
            throw new TableFault("not-a-table");

        var (encoding, name, mark) = EncodingOf(start, length < Looked);
        // A mark at the beginning leaves no doubt.
        if (form.Encoding is { } told && !mark)
            (encoding, name) = (TextForm.Of(told), told);
        var text = new StreamReader(new Joined(start.ToArray(), file), encoding, detectEncodingFromByteOrderMarks: true, 1 << 16);
        var begin = encoding.GetString(start[..Math.Min(length, 4096)]).TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        if (begin.StartsWith('<'))
        {
            if (!begin.Contains("<html", StringComparison.OrdinalIgnoreCase) && !begin.Contains("<table", StringComparison.OrdinalIgnoreCase) && !begin.Contains("<!doctype", StringComparison.OrdinalIgnoreCase))
                throw new TableFault("not-a-table");
            using (text)
            {
                var page = new char[HtmlRows.MostCharacters + 1];
                var read = text.ReadBlock(page);
                return read > HtmlRows.MostCharacters ? throw new TableFault("page-large", HtmlRows.MostCharacters / 1_000_000) : new TableFile(new HtmlRows(new string(page, 0, read)), "html", packing, name, null, mark);
            }
        }

        if (start[..Math.Min(length, 4096)].Contains((byte)0) && name != "utf-16")
            throw new TableFault("not-a-table");
        var delimiter = form.Delimiter ?? DelimiterOf(encoding.GetString(start[..Math.Min(length, 65_536)]).TrimStart('\uFEFF'));
        return new TableFile(new CsvRows(text, delimiter), "csv", packing, name, delimiter, mark);
    }

    private static TableFile OfZip(Stream file, int sheet, TextForm form)
    {
        file.Position = 0;
        ZipArchive archive;
        try
        {
            archive = new ZipArchive(file, ZipArchiveMode.Read);
        }
        catch (InvalidDataException)
        {
            throw new TableFault("zip-broken");
        }

        if (archive.GetEntry("xl/workbook.xml") is not null)
            return new TableFile(new XlsxRows(archive, sheet), "xlsx", null, null, null, false);
        XlsxRows.Check(archive);
        // Some programs put a shadow of each file beside it.
        var tables = archive.Entries.Where(e => e.Length > 0 && !e.FullName.StartsWith("__MACOSX/", StringComparison.Ordinal) && Path.GetExtension(e.FullName).ToLowerInvariant() is ".csv" or ".txt" or ".tsv").ToList();
        return tables switch
        {
            [var only] => Open(only.Open(), "zip", sheet, form),
            [] => throw new TableFault("zip-without-table", string.Join(", ", archive.Entries.Take(5).Select(e => e.FullName))),
            _ => throw new TableFault("zip-several", string.Join(", ", tables.Take(5).Select(e => e.FullName))),
        };
    }

    private static int Fill(Stream stream, byte[] buffer)
    {
        try
        {
            return stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        }
        catch (InvalidDataException)
        {
            throw new TableFault("gzip-broken");
        }
    }

    /// <summary>UTF-8 unless its first megabyte is not; then Latin-1, which takes any byte.</summary>
    private static (Encoding Encoding, string Name, bool Mark) EncodingOf(ReadOnlySpan<byte> start, bool whole)
    {
        if (start.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            return (new UTF8Encoding(false), "utf-8", true);
        if (start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
            return (System.Text.Encoding.Unicode, "utf-16", true);
        if (start.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            return (System.Text.Encoding.BigEndianUnicode, "utf-16", true);
        // A character may be cut at the end of what was looked at.
        for (var cut = 0; cut < (whole ? 1 : 4); cut++)
        {
            if (System.Text.Unicode.Utf8.IsValid(start[..Math.Max(0, start.Length - cut)]))
                return (new UTF8Encoding(false), "utf-8", false);
        }

        return (System.Text.Encoding.Latin1, "latin-1", false);
    }

    private static char DelimiterOf(string text)
    {
        Span<int> counts = stackalloc int[4];
        const string Candidates = TextForm.Delimiters;
        var quoted = false;
        foreach (var c in text)
        {
            if (c == '"')
                quoted = !quoted;
            else if (c == '\n' && !quoted && counts.ContainsAnyExcept(0))
                break;
            else if (!quoted && Candidates.IndexOf(c, StringComparison.Ordinal) is >= 0 and var i)
                counts[i]++;
        }

        var best = 0;
        for (var i = 1; i < 4; i++)
            best = counts[i] > counts[best] ? i : best;
        return Candidates[best];
    }

    /// <summary>What was looked at, then the rest.</summary>
    private sealed class Joined(byte[] start, Stream rest) : Stream
    {
        private int _at;

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
            if (_at == start.Length)
            {
                try
                {
                    return rest.Read(buffer);
                }
                catch (InvalidDataException)
                {
                    throw new TableFault("gzip-broken");
                }
            }

            var taken = Math.Min(buffer.Length, start.Length - _at);
            start.AsSpan(_at, taken).CopyTo(buffer);
            _at += taken;
            return taken;
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
                rest.Dispose();
            base.Dispose(disposing);
        }
    }
}
