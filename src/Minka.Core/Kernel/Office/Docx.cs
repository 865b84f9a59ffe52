using System.Globalization;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace Minka.Core.Kernel.Office;

/// <summary>
/// Writes an <see cref="OfficeDocument"/> as DOCX: A4, real heading styles, bullets that are a list, tables whose head is repeated and
/// told as such, the language of the text, page n of m. Text stays text: no field, link or macro comes out of it.
/// </summary>
public static class Docx
{
    public const string MediaType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    const int Bullets = 1;

    public static byte[] Write(OfficeDocument document)
    {
        using var memory = new MemoryStream();
        using (var package = WordprocessingDocument.Create(memory, WordprocessingDocumentType.Document))
        {
            package.PackageProperties.Title = Clean(document.Title);
            package.PackageProperties.Language = document.Language;
            var main = package.AddMainDocumentPart();
            main.AddNewPart<StyleDefinitionsPart>().Styles = Styles(document.Language);
            main.AddNewPart<NumberingDefinitionsPart>().Numbering = BulletNumbering();
            var section = new SectionProperties();
            if (document.Head is { } head)
            {
                var part = main.AddNewPart<HeaderPart>();
                part.Header = new Header(Styled("Header", Text(head)));
                section.Append(new HeaderReference { Type = HeaderFooterValues.Default, Id = main.GetIdOfPart(part) });
            }
            var foot = main.AddNewPart<FooterPart>();
            foot.Footer = new Footer(PageOf(document.Foot));
            section.Append(
                new FooterReference { Type = HeaderFooterValues.Default, Id = main.GetIdOfPart(foot) },
                new PageSize { Width = 11_906, Height = 16_838 },
                new PageMargin { Top = 1_247, Bottom = 1_247, Left = 1_361, Right = 1_361, Header = 567, Footer = 567, Gutter = 0 });
            var body = new Body();
            if (document.Stamp is { } stamp) body.Append(Styled("Stamp", Text(stamp)));
            body.Append(Styled("Title", Text(document.Title)));
            foreach (var block in document.Blocks) body.Append(Elements(block));
            body.Append(section);
            main.Document = new Document(body);
        }
        return memory.ToArray();
    }

    static IEnumerable<OpenXmlElement> Elements(OfficeBlock block) => block switch
    {
        OfficeHeading heading => [Styled("Heading" + Math.Clamp(heading.Level, 1, 3).ToString(CultureInfo.InvariantCulture), Text(heading.Text))],
        OfficeParagraph paragraph => [new Paragraph(paragraph.Runs.Select(r => Text(r.Text, r.Bold)))],
        OfficeList list => list.Items.Select(i => new Paragraph(
            new ParagraphProperties(new ParagraphStyleId { Val = "ListBullet" }, new NumberingProperties(new NumberingLevelReference { Val = 0 }, new NumberingId { Val = Bullets })), Text(i))),
        OfficeTable table => [Styled("Caption", Text(table.Caption)), Grid(table), new Paragraph()],
        OfficeSignatures signatures => [new Paragraph(), Places(signatures), new Paragraph()],
        _ => throw new InvalidOperationException(block.GetType().Name),
    };

    static Table Grid(OfficeTable table)
    {
        var grid = new Table(
            new TableProperties(
                new TableStyle { Val = "TableGrid" },
                new TableWidth { Type = TableWidthUnitValues.Pct, Width = "5000" },
                new TableLook { Val = "0020", FirstRow = true, LastRow = false, FirstColumn = false, LastColumn = false, NoHorizontalBand = true, NoVerticalBand = true },
                new TableCaption { Val = Clean(table.Caption) }),
            new TableGrid(table.Head.Select(_ => new GridColumn())),
            new TableRow([new TableRowProperties(new CantSplit(), new TableHeader()), .. table.Head.Select(h => Cell(Text(h, bold: true)))]));
        foreach (var row in table.Rows)
            grid.Append(new TableRow([new TableRowProperties(new CantSplit()), .. row.Select(c => Cell(Text(c)))]));
        return grid;
    }

    static Table Places(OfficeSignatures signatures)
    {
        var table = new Table(new TableProperties(new TableWidth { Type = TableWidthUnitValues.Pct, Width = "5000" }), new TableGrid(new GridColumn(), new GridColumn()));
        foreach (var pair in signatures.Names.Chunk(2))
        {
            table.Append(new TableRow([new TableRowProperties(new CantSplit()),
                .. new[] { pair[0], pair.ElementAtOrDefault(1) }.Select(name => new TableCell(
                    new TableCellProperties(new TableCellWidth { Type = TableWidthUnitValues.Pct, Width = "2500" }),
                    Styled("Signature", name is null ? new Run() : Text(name))))]));
        }
        return table;
    }

    static TableCell Cell(Run run) => new(new Paragraph(run));

    static Paragraph Styled(string style, params Run[] runs) => new([new ParagraphProperties(new ParagraphStyleId { Val = style }), .. runs]);

    static Paragraph PageOf(string? foot) => Styled("Footer", [
        .. foot is null ? Array.Empty<Run>() : [Text(foot + " · ")],
        .. Field("PAGE"), Text(" / "), .. Field("NUMPAGES")]);

    static Run[] Field(string name) =>
    [
        new(new FieldChar { FieldCharType = FieldCharValues.Begin }),
        new(new FieldCode($" {name} ") { Space = SpaceProcessingModeValues.Preserve }),
        new(new FieldChar { FieldCharType = FieldCharValues.Separate }),
        Text("1"),
        new(new FieldChar { FieldCharType = FieldCharValues.End }),
    ];

    static Run Text(string text, bool bold = false)
    {
        var run = new Run();
        if (bold) run.Append(new RunProperties(new Bold()));
        var lines = Clean(text).ReplaceLineEndings("\n").Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (i > 0) run.Append(new Break());
            run.Append(new Text(lines[i]) { Space = SpaceProcessingModeValues.Preserve });
        }
        return run;
    }

    // XML 1.0 cannot hold most control characters nor half a surrogate pair, and an office program refuses the whole file for one.
    static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is '\n' or '\r' or '\t' || (rune.Value >= 0x20 && rune.Value is not (0xFFFE or 0xFFFF or 0xFFFD))) clean.Append(rune.ToString());
        }
        return clean.ToString();
    }

    static Numbering BulletNumbering() => new(
        new AbstractNum(new Level(new StartNumberingValue { Val = 1 }, new NumberingFormat { Val = NumberFormatValues.Bullet }, new LevelText { Val = "•" },
            new PreviousParagraphProperties(new Indentation { Left = "454", Hanging = "284" }))
        { LevelIndex = 0 })
        { AbstractNumberId = 0 },
        new NumberingInstance(new AbstractNumId { Val = 0 }) { NumberID = Bullets });

    static Styles Styles(string language) => new(
        new DocDefaults(
            new RunPropertiesDefault(new RunPropertiesBaseStyle(
                new RunFonts { Ascii = "Calibri", HighAnsi = "Calibri", ComplexScript = "Calibri" },
                new FontSize { Val = "22" },
                new Languages { Val = language })),
            new ParagraphPropertiesDefault(new ParagraphPropertiesBaseStyle(new SpacingBetweenLines { After = "120", Line = "276", LineRule = LineSpacingRuleValues.Auto }))),
        new Style(new StyleName { Val = "Normal" }) { Type = StyleValues.Paragraph, StyleId = "Normal", Default = true },
        Paragraph("Title", "Title", size: 34, bold: true, before: 0, after: 160),
        Paragraph("Stamp", "Stamp", size: 26, bold: true, before: 0, after: 120, colour: "A63A21"),
        Paragraph("Heading1", "heading 1", size: 28, bold: true, before: 280, after: 80, outline: 0),
        Paragraph("Heading2", "heading 2", size: 25, bold: true, before: 220, after: 60, outline: 1),
        Paragraph("Heading3", "heading 3", size: 22, bold: true, before: 160, after: 40, outline: 2),
        Paragraph("ListBullet", "List Bullet", size: 22, bold: false, before: 0, after: 60),
        Paragraph("Caption", "caption", size: 20, bold: true, before: 160, after: 60, keepNext: true),
        Paragraph("Header", "header", size: 18, bold: false, before: 0, after: 0, colour: "5B6472"),
        Paragraph("Footer", "footer", size: 16, bold: false, before: 0, after: 0, colour: "5B6472"),
        Signature(),
        new Style(
            new StyleName { Val = "Table Grid" },
            new StyleTableProperties(new TableBorders(
                new TopBorder { Val = BorderValues.Single, Size = 4 },
                new LeftBorder { Val = BorderValues.Single, Size = 4 },
                new BottomBorder { Val = BorderValues.Single, Size = 4 },
                new RightBorder { Val = BorderValues.Single, Size = 4 },
                new InsideHorizontalBorder { Val = BorderValues.Single, Size = 4 },
                new InsideVerticalBorder { Val = BorderValues.Single, Size = 4 })))
        { Type = StyleValues.Table, StyleId = "TableGrid" });

    static Style Paragraph(string id, string name, int size, bool bold, int before, int after, int? outline = null, string? colour = null, bool keepNext = false)
    {
        var paragraph = new StyleParagraphProperties();
        if (outline is not null || keepNext) paragraph.Append(new KeepNext());
        paragraph.Append(new SpacingBetweenLines { Before = before.ToString(CultureInfo.InvariantCulture), After = after.ToString(CultureInfo.InvariantCulture) });
        if (outline is { } level) paragraph.Append(new OutlineLevel { Val = level });
        var run = new StyleRunProperties();
        if (bold) run.Append(new Bold());
        if (colour is not null) run.Append(new Color { Val = colour });
        run.Append(new FontSize { Val = size.ToString(CultureInfo.InvariantCulture) });
        return new Style(new StyleName { Val = name }, new BasedOn { Val = "Normal" }, paragraph, run) { Type = StyleValues.Paragraph, StyleId = id };
    }

    static Style Signature() => new(
        new StyleName { Val = "Signature" },
        new BasedOn { Val = "Normal" },
        new StyleParagraphProperties(
            new ParagraphBorders(new TopBorder { Val = BorderValues.Single, Size = 6, Space = 4 }),
            new SpacingBetweenLines { Before = "1200", After = "120" },
            new Justification { Val = JustificationValues.Center }))
    { Type = StyleValues.Paragraph, StyleId = "Signature" };
}
