using System.IO.Compression;
using System.Text;

namespace Minka.Core.Tests.Planning.Bank;

/// <summary>Small workbooks written by hand: texts inline, numbers as they stand, formulas as <c>=FORMULA|value</c>.</summary>
static class Workbooks
{
    const string Ns = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";

    public static byte[] Of(IEnumerable<IReadOnlyList<object?>> rows, string? merged = null, string sheet = "Hoja1", bool macros = false)
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            Write(zip, "xl/workbook.xml", w => w.Write($"<workbook {Ns} xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"{sheet}\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"));
            Write(zip, "xl/_rels/workbook.xml.rels", w => w.Write("<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Target=\"worksheets/sheet1.xml\"/></Relationships>"));
            Write(zip, "xl/worksheets/sheet1.xml", w =>
            {
                w.Write($"<worksheet {Ns}><sheetData>");
                foreach (var (r, row) in rows.Index())
                {
                    w.Write($"<row r=\"{r + 1}\">");
                    foreach (var (c, cell) in row.Index()) w.Write(Cell(cell, $"{(char)('A' + c)}{r + 1}"));
                    w.Write("</row>");
                }
                w.Write("</sheetData>");
                if (merged is not null) w.Write($"<mergeCells><mergeCell ref=\"{merged}\"/></mergeCells>");
                w.Write("</worksheet>");
            });
            if (macros) Write(zip, "xl/vbaProject.bin", w => w.Write("x"));
        }
        return memory.ToArray();
    }

    static string Cell(object? cell, string place) => cell switch
    {
        null => "",
        string text when text.StartsWith('=') => $"<c r=\"{place}\"><f>{text.Split('|')[0][1..]}</f><v>{text.Split('|')[1]}</v></c>",
        string text => $"<c r=\"{place}\" t=\"inlineStr\"><is><t>{System.Security.SecurityElement.Escape(text)}</t></is></c>",
        IFormattable number => $"<c r=\"{place}\"><v>{number.ToString(null, System.Globalization.CultureInfo.InvariantCulture)}</v></c>",
        _ => throw new NotSupportedException(),
    };

    static void Write(ZipArchive zip, string name, Action<TextWriter> write)
    {
        using var writer = new StreamWriter(zip.CreateEntry(name).Open(), new UTF8Encoding(false));
        write(writer);
    }
}
