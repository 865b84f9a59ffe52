using System.Net;
using System.Text;
using Minka.TestKit;
using Minka.Web.Layout;
using Shouldly;
using Xunit;

namespace Minka.Web.Tests.Screens.Selection;

public sealed class DecideTests
{
    const string Address = "/presupuesto-participativo";

    const string File = "META\nkey;value\nbudget;100\nvote_type;approval\nnum_projects;3\nnum_votes;5\nPROJECTS\nproject_id;cost;name;selected\na;40;Canal;1\nb;50;Camino;1\nc;30;Vivero;0\nVOTES\nvoter_id;vote;sex\n1;a,b;F\n2;a;M\n3;b,c;F\n4;c;M\n5;a,b;F\n";

    [Fact]
    public async Task Decide_Example_ShowsEveryRuleAndWhyProjectsLost()
    {
        await using var site = await TestSite.StartAsync();
        var visitor = site.Visitor();

        (await visitor.GetAsync(Address)).Text.ShouldContain("Asamblea de un valle (DEMO)");
        foreach (var rule in new[] { "votos", "votos-por-costo", "partes-iguales", "partes-iguales-add1", "partes-iguales-add1u", "phragmen" })
        {
            var page = await visitor.GetAsync($"{Address}?ejemplo=valle&regla={rule}");
            page.Text.ShouldContain("Las reglas, lado a lado");
            page.Text.ShouldContain("Qué le faltó a cada proyecto sin financiar");
            page.Document.QuerySelectorAll("figure svg").Length.ShouldBeGreaterThanOrEqualTo(1);
            page.Document.QuerySelectorAll("figure table").Length.ShouldBeGreaterThanOrEqualTo(1);
        }

        // The largest place takes everything by votes; equal shares serve the upper part too.
        var votes = await visitor.GetAsync($"{Address}?ejemplo=valle&regla=votos");
        votes.Text.ShouldContain("Hay grupos relegados");
        (await visitor.GetAsync($"{Address}?ejemplo=valle&regla=partes-iguales")).Text.ShouldContain("Ningún grupo quedó relegado");
        await visitor.GetAsync($"{Address}?ejemplo=otro", HttpStatusCode.NotFound);
        await visitor.GetAsync($"{Address}?ejemplo=valle&regla=otra", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Decide_UploadedFile_ComparesWithTheOfficialResult()
    {
        await using var site = await TestSite.StartAsync();
        var form = await site.Visitor().GetAsync(Address);

        var page = await form.SubmitAsync(new() { ["regla"] = "votos" }, files: Sent(Encoding.UTF8.GetBytes(File)));

        page.Text.ShouldContain("Resultados: mi.pb");
        page.Text.ShouldContain("El resultado oficial (2 proyectos) es el de:");
        page.Text.ShouldContain("Con algo financiado, por sexo");
        page.Text.ShouldContain("c. Vivero");
    }

    [Fact]
    public async Task Decide_BrokenFile_TellsLineColumnAndRemedy()
    {
        await using var site = await TestSite.StartAsync();
        var form = await site.Visitor().GetAsync(Address);

        var unknown = await form.SubmitAsync([], files: Sent(Encoding.UTF8.GetBytes(File.Replace("4;c;M", "4;z;M", StringComparison.Ordinal))), expected: HttpStatusCode.UnprocessableEntity);
        unknown.Text.ShouldContain("línea 17, columna 3");
        unknown.Text.ShouldContain("Una papeleta nombra un proyecto que no existe.");
        unknown.Text.ShouldContain("Corrija la papeleta");

        var cut = await form.SubmitAsync([], files: Sent(Encoding.UTF8.GetBytes(File[..^20])), expected: HttpStatusCode.UnprocessableEntity);
        cut.Text.ShouldContain("El archivo parece cortado");
        (await form.SubmitAsync([], files: Sent([0x1F, 0x8B, 1, 2, 3]), expected: HttpStatusCode.UnprocessableEntity)).Text.ShouldContain("gzip");
        (await form.SubmitAsync([], expected: HttpStatusCode.UnprocessableEntity)).Text.ShouldContain("Elija un archivo");
    }

    [Fact]
    public async Task Decide_TypedBallots_AreDecidedAndNothingTypedIsLost()
    {
        await using var site = await TestSite.StartAsync();
        var form = await site.Visitor().GetAsync(Address);
        var typed = new Dictionary<string, string> { ["Budget"] = "S/ 150 000,50", ["Projects"] = "A; 40000; Canal\nB; 60000; Posta\nC; 90000; Camino", ["Votes"] = "12 x A, B\n5 x C\n-\nA, C" };

        var page = await form.SubmitAsync(typed);
        page.Text.ShouldContain("19");
        page.Text.ShouldContain("A. Canal");

        typed["Votes"] = "12 x A, B\n5 x D";
        var wrong = await form.SubmitAsync(typed, expected: HttpStatusCode.UnprocessableEntity);
        wrong.Text.ShouldContain("Línea 2: no hay un proyecto «D».");
        wrong.Document.QuerySelector("textarea[name=Votes]")!.TextContent.ShouldContain("5 x D");
        wrong.Document.QuerySelector("textarea[name=Projects]")!.TextContent.ShouldContain("B; 60000; Posta");
        typed["Projects"] = "A; caro; Canal";
        (await form.SubmitAsync(typed, expected: HttpStatusCode.UnprocessableEntity)).Text.ShouldContain("Línea 1: «caro» no es un costo.");
        typed["Budget"] = "nada";
        (await form.SubmitAsync(typed, expected: HttpStatusCode.UnprocessableEntity)).Text.ShouldContain("mayor que cero");
    }

    [Fact]
    public void Texts_EveryFault_HasItsWordsInBothLanguages()
    {
        foreach (var language in Texts.Languages)
        {
            foreach (var fault in Enum.GetValues<Minka.Selection.Participatory.ElectionFault>())
            {
                var key = "election-fault." + string.Concat(fault.ToString().Select((c, i) => char.IsUpper(c) ? (i > 0 ? "-" : "") + char.ToLowerInvariant(c) : c.ToString()));
                Texts.Of(language).Keys.ShouldContain(key);
            }
        }
    }

    static Dictionary<string, (string Name, byte[] Bytes, string Type)> Sent(byte[] bytes) => new() { ["Upload"] = ("mi.pb", bytes, "text/plain") };
}
