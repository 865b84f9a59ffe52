using System.Globalization;
using System.IO.Compression;
using System.Xml;

namespace Minka.Observatory.Tables;

/// <summary>What a cell of a workbook says of itself beside its value.</summary>
/// <param name="Column">Index in its row, from 0.</param>
/// <param name="Kind">Type by the format: <c>s</c>, <c>b</c>, <c>str</c> …; null for a number.</param>
/// <param name="Style">Index of its style.</param>
/// <param name="Formula">Its formula without the sign; empty where it is shared with another cell; null if it has none.</param>
internal readonly record struct XlsxMark(int Column, string? Kind, int Style, string? Formula);

/// <summary>Which styles of a workbook show numbers as dates, and from which day it counts.</summary>
internal sealed class XlsxStyles
{
    private static readonly DateTime Epoch1900 = new(1899, 12, 30, 0, 0, 0, DateTimeKind.Unspecified);
    private static readonly DateTime Epoch1904 = new(1904, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);
    private static readonly XmlReaderSettings Safe = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };

    private readonly bool[] _isDate;
    private readonly bool _from1904;

    private XlsxStyles(bool[] isDate, bool from1904) => (_isDate, _from1904) = (isDate, from1904);

    /// <summary>Reads the styles of a workbook.</summary>
    /// <param name="zip">The workbook.</param>
    public static XlsxStyles Of(ZipArchive zip)
    {
        var from1904 = false;
        using (var reader = XmlReader.Create(zip.GetEntry("xl/workbook.xml")!.Open(), Safe))
        {
            while (reader.Read())
            {
                if (reader is { NodeType: XmlNodeType.Element, LocalName: "workbookPr" })
                    from1904 = reader.GetAttribute("date1904") is "1" or "true";
            }
        }

        if (zip.GetEntry("xl/styles.xml") is not { } entry)
            return new([], from1904);
        var formats = new HashSet<int>(Enumerable.Range(14, 9).Concat(Enumerable.Range(45, 3)));
        var styles = new List<bool>();
        var inCells = false;
        using var xml = XmlReader.Create(entry.Open(), Safe);
        while (xml.Read())
        {
            if (xml.LocalName == "cellXfs")
                inCells = xml.NodeType == XmlNodeType.Element;
            if (xml.NodeType != XmlNodeType.Element)
                continue;
            if (xml.LocalName == "numFmt" && int.TryParse(xml.GetAttribute("numFmtId"), out var id) && (xml.GetAttribute("formatCode") ?? "") is var code
                && code.Contains('y', StringComparison.OrdinalIgnoreCase) && (code.Contains('d', StringComparison.OrdinalIgnoreCase) || code.Contains('m', StringComparison.OrdinalIgnoreCase)))
            {
                formats.Add(id);
            }

            if (inCells && xml.LocalName == "xf")
                styles.Add(int.TryParse(xml.GetAttribute("numFmtId"), out var format) && formats.Contains(format));
        }

        return new([.. styles], from1904);
    }

    /// <summary>A stored value as a person reads it: dates as <c>yyyy-MM-dd</c>, whole numbers without decimals.</summary>
    /// <param name="raw">As stored; the text itself of a shared string.</param>
    /// <param name="kind">Type of the cell.</param>
    /// <param name="style">Style of the cell.</param>
    public string Said(string raw, string? kind, int style)
    {
        if (kind == "b")
            return raw == "1" ? "si" : "no";
        if (kind is not (null or "n") || !decimal.TryParse(raw, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            return raw;
        if (style < _isDate.Length && _isDate[style] && number is > 0 and < 2_958_466)
            return (_from1904 ? Epoch1904 : Epoch1900).AddDays((double)Math.Floor(number)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return number == Math.Floor(number) ? number.ToString("0", CultureInfo.InvariantCulture) : Plain(number, raw);
    }

    /// <summary>Name of a column: A, B … Z, AA …</summary>
    /// <param name="column">Index from 0.</param>
    public static string Letters(int column)
    {
        var text = "";
        for (var n = column + 1; n > 0; n = (n - 1) / 26)
            text = (char)('A' + ((n - 1) % 26)) + text;
        return text;
    }

    // 0.1 + 0.2 is stored as 0.30000000000000004: what spreadsheets show has fifteen digits. Three decimals get a fourth, so that nobody
    // takes the point for one of thousands.
    private static string Plain(decimal number, string raw)
    {
        var shown = raw.Length <= 15 && !raw.Contains('E', StringComparison.OrdinalIgnoreCase) ? raw : decimal.Round(number, Math.Clamp(15 - Whole(number), 0, 12)).ToString("0.############", CultureInfo.InvariantCulture);
        return shown.Length > 4 && shown[^4] == '.' ? shown + "0" : shown;
    }

    private static int Whole(decimal number) => decimal.Truncate(Math.Abs(number)).ToString(CultureInfo.InvariantCulture).Length;
}
