using System.IO.Compression;
using Minka.Observatory.Tables;

namespace Minka.Observatory.Describing;

/// <summary>Opens any file that holds rows: tables, and the JSON of the open standards for grants and contracts.</summary>
internal static class SourceFile
{
    /// <summary>Opens a file by what it holds.</summary>
    /// <param name="path">Table, page, workbook or JSON, also packed.</param>
    /// <param name="sheet">Of a workbook: which sheet, from 0.</param>
    /// <param name="form">How text is to be read, where the reader is told.</param>
    /// <exception cref="TableFault">It is none of these, or is refused.</exception>
    public static TableFile Open(string path, int sheet = 0, TextForm? form = null)
    {
        if (sheet > 0)
            return TableFile.Open(path, sheet, form);
        var (json, packed) = IsJson(path);
        if (!json)
            return TableFile.Open(path, 0, form);
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
        using Stream content = packed ? new WholeGzip(file) : file;
        try
        {
            return new TableFile(new JsonRows(content), "json", packed ? "gzip" : null, "utf-8", null, false);
        }
        catch (InvalidDataException)
        {
            throw new TableFault("gzip-broken");
        }
    }

    /// <summary>Reads the sheet that is named, else the first that holds what is looked for: the data may stand behind a cover sheet.</summary>
    /// <param name="path">The file.</param>
    /// <param name="form">How text is to be read, where the reader is told.</param>
    /// <param name="name">Name of the sheet of a workbook; <see langword="null"/> to look for it. Other files have none.</param>
    /// <param name="read">Reads a sheet, told which; faults with <c>kind-unknown</c> or <c>mapping-columns</c> if it does not hold it.</param>
    /// <exception cref="TableFault">Also <c>sheet-unknown</c>: no sheet has that name.</exception>
    public static T Sheets<T>(string path, TextForm? form, string? name, Func<TableFile, int, T> read)
    {
        for (var sheet = name is null ? 0 : Named(path, form, name); ; sheet++)
        {
            using var file = Open(path, sheet, form);
            try
            {
                return read(file, sheet);
            }
            catch (TableFault fault) when (name is null && fault.Code is ("kind-unknown" or "mapping-columns") && file.Rows is XlsxRows rows && sheet + 1 < rows.Names.Count)
            {
            }
        }
    }

    /// <summary>Whether a sheet is the one that somebody named: case and outer blanks aside.</summary>
    public static bool IsNamed(string sheet, string name) => string.Equals(sheet.Trim(), name.Trim(), StringComparison.OrdinalIgnoreCase);

    private static int Named(string path, TextForm? form, string name)
    {
        using var file = Open(path, 0, form);
        if (file.Rows is not XlsxRows book)
            return 0;
        var at = book.Names.Index().Where(n => IsNamed(n.Item, name)).Select(n => n.Index).DefaultIfEmpty(-1).First();
        return at >= 0 ? at : throw new TableFault("sheet-unknown", name, string.Join(", ", book.Names));
    }

    private static (bool Json, bool Packed) IsJson(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        Span<byte> start = stackalloc byte[512];
        var read = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        var packed = start[..read].StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]);
        if (packed)
        {
            file.Position = 0;
            try
            {
                using var content = new GZipStream(file, CompressionMode.Decompress);
                read = content.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
            }
            catch (InvalidDataException)
            {
                return (false, packed);
            }
        }

        var text = start[..read];
        if (text.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            text = text[3..];
        text = text.TrimStart(" \t\r\n"u8);
        return (text is [(byte)'{', ..] || (text.Length > 1 && text[0] == '[' && text[1..].TrimStart(" \t\r\n"u8) is [(byte)'{', ..]), packed);
    }
}
