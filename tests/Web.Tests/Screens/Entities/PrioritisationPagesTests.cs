using System.IO.Compression;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Entities;
using Minka.Core.Entities.Prioritisation;
using Minka.Core.Kernel;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Web.Tests.Screens.Entities;

public sealed class PrioritisationPagesTests
{
    [Theory, BothDatabases]
    public async Task An_assembly_chooses_projects_by_slips_and_paper_without_JavaScript(string provider)
    {
        await using var site = await TestSite.StartAsync(provider);
        var entity = await site.Given().EntityAsync();
        var rosa = await site.SignedInAsync("rosa", (Role.Secretary, Scope.OfEntity(entity.Id.Value)));
        var draft = await rosa.GetAsync($"/entidades/{entity.Slug}/priorizaciones/nueva");
        var typed = new Dictionary<string, string> { ["Subject"] = "Priorización 2027", ["Budget"] = "S/ 100 000", ["List"] = "Riego Alto; 60000; Chilete; agua\nCamino", ["Form"] = "Several", ["Most"] = "2", ["Rule"] = "partes-iguales-add1", ["Places"] = "Chilete\nYonán" };
        (await draft.SubmitAsync(typed, expected: HttpStatusCode.UnprocessableEntity)).Text.ShouldContain("Línea 2");
        typed["List"] = "Riego Alto; 60000; Chilete; agua\nCamino; 50,000.00;; camino\nVivero; 30000\nFeria; 20000;; mercado";
        var page = await draft.SubmitAsync(typed);
        page.Text.ShouldContain("Riego Alto");
        page = await page.SubmitAsync(form: "Fix");
        page.Text.ShouldContain("Huella de la regla");
        page = await page.SubmitAsync(form: "Open");
        var session = await site.ReadAsync(db => db.PrioritisationSessions.SingleAsync());

        var slips = await rosa.GetAsync(page.Url + "/talones");
        var printed = await slips.SubmitAsync(new() { ["Place"] = "t1", ["Number"] = "12" });
        var codes = printed.Document.QuerySelectorAll(".ballot .code").Select(c => c.TextContent.Trim()).ToList();
        codes.Count.ShouldBe(12);

        // Anybody with a slip votes on a telephone, without an account.
        var visitor = site.Visitor();
        var ballot = await visitor.GetAsync($"/priorizar/{session.Id.Value}?talon={Uri.EscapeDataString(codes[0])}");
        ballot.Document.QuerySelectorAll("svg.pictogram").Length.ShouldBe(4);
        (await ballot.SubmitAsync(new() { ["Talon"] = "ZZZZZ ZZZZZ", ["Marks"] = "1" }, expected: HttpStatusCode.UnprocessableEntity)).Text.ShouldContain("no es de un talón");
        for (var i = 0; i < 11; i++)
        {
            ballot = await visitor.GetAsync($"/priorizar/{session.Id.Value}?talon={Uri.EscapeDataString(codes[i])}");
            (await ballot.SubmitAsync(new() { ["Marks"] = i < 6 ? "3" : "2" })).Title.ShouldBe("Su papeleta está en la urna");
            if (i == 0) (await ballot.SubmitAsync(new() { ["Marks"] = "2" })).Text.ShouldContain("cuenta una sola vez");
        }
        var live = await visitor.GetAsync(page.Url);
        live.Text.ShouldContain("Así va, sin papel todavía");
        live.Text.ShouldContain("Hay 11 papeletas por teléfono, de 12 talones impresos");

        var paper = await rosa.GetAsync(page.Url + "/papel");
        paper.Document.QuerySelectorAll("main form, main h1").ShouldAllBe(e => e.Closest(".no-print") != null, "nothing but ballots on the ballots' paper");
        paper.Document.QuerySelector(".ballots .ballot")!.Closest(".no-print").ShouldBeNull();
        (await paper.SubmitAsync(new() { ["Place"] = "t2", ["Round"] = "1", ["Sheets"] = "1 4\n9" }, expected: HttpStatusCode.UnprocessableEntity)).Text.ShouldContain("Hoja 2");
        paper = await paper.SubmitAsync(new() { ["Place"] = "t2", ["Round"] = "1", ["Sheets"] = "1 4\n-\nx" });
        paper = await paper.SubmitAsync(new() { ["Place"] = "t2", ["Round"] = "2", ["Sheets"] = "1 3\n-\nx" });
        paper.Text.ShouldContain("Difieren las hojas 1");
        (await (await rosa.GetAsync(page.Url)).SubmitAsync(form: "Close", expected: HttpStatusCode.UnprocessableEntity)).Text.ShouldContain("Revise esas hojas");
        await paper.SubmitAsync(new() { ["Place"] = "t2", ["Round"] = "2", ["Sheets"] = "1 4\n-\nx" });
        var closed = await (await rosa.GetAsync(page.Url)).SubmitAsync(form: "Close");
        closed.Text.ShouldContain("Se contaron 14 papeletas, 3 de papel");
        var file = await (await visitor.FetchAsync(HttpMethod.Get, page.Url + ".pb")).Content.ReadAsByteArrayAsync();
        session = await site.ReadAsync(db => db.PrioritisationSessions.SingleAsync());
        Digest.Of(file).ShouldBe(session.Result!.FileDigest);
        (await visitor.GetAsync($"/entidades/{entity.Slug}/priorizaciones")).Text.ShouldContain("Priorización 2027");

        // The file makes the options of another session.
        draft = await rosa.GetAsync($"/entidades/{entity.Slug}/priorizaciones/nueva");
        typed["List"] = "";
        var again = await draft.SubmitAsync(typed, files: new() { ["Upload"] = ("Upload", file, "text/plain") });
        again.Text.ShouldContain("Vivero");
    }

    [Theory, BothDatabases]
    public async Task Minutes_are_an_office_document_of_whole_sentences_in_both_languages(string provider)
    {
        await using var site = await TestSite.StartAsync(provider);
        var given = site.Given();
        var entity = await given.EntityAsync();
        var session = await given.SessionAsync(entity, present: 10);
        await given.VoteAsync(session, new MotionInput("Plan de trabajo", "Aprobar el plan."));
        await site.WithAsync<CloseSession, Digest>(c => c.ExecuteAsync(session.Id, entity.Actor));
        var rosa = await site.SignedInAsync("rosa", (Role.Secretary, Scope.OfEntity(entity.Id.Value)));
        var address = $"/asambleas/{session.Id.Value}/acta";

        var path = await rosa.GetAsync(address + "/tramite");
        (await path.SubmitAsync(new() { ["by"] = "Café Alto", ["text"] = "" }, form: "Amend", expected: HttpStatusCode.UnprocessableEntity)).Document.QuerySelector("[name=by]")!.GetAttribute("value").ShouldBe("Café Alto");
        path = await path.SubmitAsync(new() { ["by"] = "Café Alto", ["about"] = "el punto 1", ["text"] = "Debe decir plan anual." }, form: "Amend");
        path = await path.SubmitAsync(new() { ["who"] = "la asamblea 2" }, form: "Approve");
        path.Text.ShouldContain("Aprobada");
        (await path.SubmitAsync(form: "Publish", expected: HttpStatusCode.UnprocessableEntity)).Text.ShouldContain("se publica después de firmarla");

        var open = await TextAsync(site.Visitor(), address + ".docx");
        open.ShouldContain("Con su representante acreditado, desde las");
        open.ShouldContain("Asistieron 10 de los 12 miembros del padrón");
        open.ShouldContain("Observación 1, a pedido de Café Alto, sobre el punto 1: «Debe decir plan anual.»");
        open.ShouldContain("Aprobó esta acta: la asamblea 2.");
        open.ShouldContain("Pendiente de firma");
        open.ShouldNotContain("Representante de", customMessage: "a person's name is for the entity's own people");
        (await TextAsync(rosa, address + ".docx")).ShouldContain("Representante de");
        (await site.Visitor().GetAsync(address)).Text.ShouldContain("Observación 1, a pedido de Café Alto");
    }

    static async Task<string> TextAsync(Browser browser, string address)
    {
        var answer = await browser.FetchAsync(HttpMethod.Get, address);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var zip = new ZipArchive(new MemoryStream(await answer.Content.ReadAsByteArrayAsync()));
        using var reader = new StreamReader(zip.GetEntry("word/document.xml")!.Open());
        return System.Text.RegularExpressions.Regex.Replace(await reader.ReadToEndAsync(), "<[^>]+>", "");
    }
}
