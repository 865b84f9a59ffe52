using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using DocumentFormat.OpenXml.Wordprocessing;
using Minka.Core.Kernel.Office;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Kernel;

public class DocxTests
{
    static readonly OfficeDocument Whole = new("Acta de la asamblea 3", "es-PE",
    [
        new OfficeHeading(2, "Asistencia"),
        new OfficeParagraph([new("Se aprobó ", false), new("por unanimidad", true), new(".\nFin.", false)]),
        new OfficeList(["Primero", "Segundo"]),
        new OfficeTable("Quiénes vinieron", ["Organización", "Hora"], [["Asociación <b>&\u0001 Ñandú", "09:00"], ["=CMD|calc", ""]]),
        new OfficeSignatures(["Presidencia", "Secretaría", "Testigo"]),
    ])
    { Head = "Alianza", Foot = "Registro 12", Stamp = "PENDIENTE DE FIRMA" };

    [Fact]
    public void Every_block_gives_a_file_that_the_format_s_own_validator_accepts()
    {
        using var package = WordprocessingDocument.Open(new MemoryStream(Docx.Write(Whole)), isEditable: false);
        new OpenXmlValidator(DocumentFormat.OpenXml.FileFormatVersions.Office2016).Validate(package).Select(e => $"{e.Path?.XPath}: {e.Description}").ShouldBeEmpty();
    }

    [Fact]
    public void What_a_screen_reader_needs_is_there()
    {
        using var package = WordprocessingDocument.Open(new MemoryStream(Docx.Write(Whole)), isEditable: false);
        var body = package.MainDocumentPart!.Document.Body!;
        body.Elements<Paragraph>().Select(p => p.ParagraphProperties?.ParagraphStyleId?.Val?.Value).ShouldContain("Heading2");
        body.Descendants<TableHeader>().ShouldHaveSingleItem();
        body.Descendants<TableCaption>().Single().Val!.Value.ShouldBe("Quiénes vinieron");
        package.PackageProperties.Title.ShouldBe(Whole.Title);
        package.MainDocumentPart.StyleDefinitionsPart!.Styles!.Descendants<Languages>().Single().Val!.Value.ShouldBe("es-PE");
    }

    [Fact]
    public void Text_stays_text_and_control_characters_do_not_break_the_file()
    {
        using var package = WordprocessingDocument.Open(new MemoryStream(Docx.Write(Whole)), isEditable: false);
        var text = package.MainDocumentPart!.Document.Body!.InnerText;
        text.ShouldContain("Asociación <b>& Ñandú");
        text.ShouldContain("=CMD|calc");
        package.MainDocumentPart.Document.Descendants<Hyperlink>().ShouldBeEmpty();
    }
}
