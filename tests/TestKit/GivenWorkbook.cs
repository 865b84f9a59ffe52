using System.IO.Compression;
using System.Security;
using System.Text;

namespace Minka.TestKit;

/// <summary>Workbooks (.xlsx) with several sheets of plain text, as a spreadsheet program would send them.</summary>
public static class GivenWorkbook
{
    const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main", Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    /// <param name="sheets">Name of each, and its rows as lines of cells parted by <c>;</c>.</param>
    public static byte[] Of(params (string Name, string Lines)[] sheets)
    {
        var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            Write(zip, "xl/workbook.xml", $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Office}\"><sheets>{string.Concat(sheets.Select((s, i) => $"<sheet name=\"{SecurityElement.Escape(s.Name)}\" sheetId=\"{i + 1}\" r:id=\"r{i}\"/>"))}</sheets></workbook>");
            Write(zip, "xl/_rels/workbook.xml.rels", $"<Relationships>{string.Concat(sheets.Select((_, i) => $"<Relationship Id=\"r{i}\" Target=\"worksheets/s{i}.xml\"/>"))}</Relationships>");
            foreach (var (i, sheet) in sheets.Index())
            {
                var rows = sheet.Lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select((line, row) => $"<row r=\"{row + 1}\">{string.Concat(line.Split(';').Select((cell, column) => $"<c r=\"{(char)('A' + column)}{row + 1}\" t=\"inlineStr\"><is><t>{SecurityElement.Escape(cell)}</t></is></c>"))}</row>");
                Write(zip, $"xl/worksheets/s{i}.xml", $"<worksheet xmlns=\"{Main}\"><sheetData>{string.Concat(rows)}</sheetData></worksheet>");
            }
        }
        return memory.ToArray();
    }

    static void Write(ZipArchive zip, string name, string text)
    {
        using var entry = zip.CreateEntry(name).Open();
        entry.Write(Encoding.UTF8.GetBytes(text));
    }
}
