using System.IO.Compression;
using System.Text;

namespace Minka.Core.Register;

/// <summary>What may be stored, told by the bytes themselves.</summary>
public static class FileTypes
{
    public const string Pdf = "application/pdf";
    public const string Jpeg = "image/jpeg";
    public const string Png = "image/png";
    public const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    public const string Csv = "text/csv";
    public const string Cms = "application/pkcs7-mime";

    static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The media type, or null for a file that is not on the list. Never throws on hostile input.</summary>
    public static string? Of(byte[] file) => EvidenceSignatures.KindOf(file) switch
    {
        EvidenceKind.Pdf => Pdf,
        EvidenceKind.Jpeg => Jpeg,
        EvidenceKind.Png => Png,
        EvidenceKind.Cms => Cms,
        _ when file.AsSpan().StartsWith("PK\x03\x04"u8) => IsWorkbook(file) ? Xlsx : null,
        _ when SoundTypes.Of(file) is { } sound => sound,
        _ => IsTable(file) ? Csv : null,
    };

    static bool IsWorkbook(byte[] file)
    {
        try
        {
            using var zip = new ZipArchive(new MemoryStream(file, writable: false), ZipArchiveMode.Read);
            return zip.GetEntry("[Content_Types].xml") is not null && zip.GetEntry("xl/workbook.xml") is not null
                && !zip.Entries.Any(e => e.Name.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase));
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    // A table of text: readable, with a separator in its first line, and not the text of a page or a program.
    static bool IsTable(byte[] file)
    {
        string text;
        try
        {
            text = Strict.GetString(file);
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
        var line = text.AsSpan().TrimStart('\ufeff');
        if (line.IndexOfAny('\r', '\n') is >= 0 and var end) line = line[..end];
        return line.IndexOfAny(',', ';', '\t') > 0 && line[0] is not ('<' or '#') && !text.Any(c => char.IsControl(c) && c is not ('\r' or '\n' or '\t'));
    }
}
