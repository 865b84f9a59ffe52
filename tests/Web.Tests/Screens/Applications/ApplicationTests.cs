using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Minka.Core.Accounts;
using Minka.Core.Applications;
using Minka.Core.Fund;
using Minka.Core.Register;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Web.Tests.Screens.Applications;

public sealed class ApplicationTests
{
    static readonly string[] Pages = ["", "/titular", "/aportes", "/propuesta", "/documentos", "/condiciones", "/revisar", "/constancia", "/constancia.jws", "/retirar", "/comparar/holder", "/expediente"];

    [Fact]
    public async Task Apply_FromTheStartToTheReceipt_WithoutScript()
    {
        await using var site = await TestSite.StartAsync();
        var given = site.Given();
        var programme = await given.ProgrammeAsync();
        var call = await given.CallAsync(c => c.Accrediting(programme.Entity.Id).Open());
        var manager = await site.SignedInAsync("gerente", (Role.Manager, Scope.OfEntity(programme.Entity.Id.Value)));

        var tasks = await (await manager.GetAsync($"/convocatorias/{call.Slug}/postular")).SubmitAsync();
        var home = tasks.Url;
        tasks.Title.ShouldBe("Postulación");
        tasks.Text.ShouldContain("Falta el nombre del titular");

        var fields = new Dictionary<string, string>
        {
            ["Name"] = "Municipalidad Provincial de Prueba",
            ["Ruc"] = given.LegalRuc(),
            ["Kind"] = "Municipality",
            ["Months"] = "24",
            ["PersonName"] = "Rosa Quispe",
            ["PersonDocument"] = "40999123",
            ["PersonPosition"] = "Alcaldesa",
        };
        var holder = await manager.GetAsync($"{home}/titular");
        foreach (var input in holder.Document.QuerySelectorAll("input[name^=Executor]"))
            fields[input.GetAttribute("name")!] = input.GetAttribute("name")!.StartsWith("ExecutorNames", StringComparison.Ordinal) ? "Cooperativa La Prueba" : given.LegalRuc();
        (await holder.SubmitAsync(fields)).Url.ShouldBe(home);

        var commitments = await manager.GetAsync($"{home}/aportes");
        var said = commitments.Document.QuerySelectorAll("input[name^=Contributors]").ToDictionary(i => i.GetAttribute("name")!, _ => "Municipalidad distrital");
        said["Valuations[PrivateInKind]"] = "Jornales a S/ 60";
        commitments = await commitments.SubmitAsync(said, files: new()
        {
            ["Letter_District"] = ("carta.pdf", Pdf("distrito"), "application/pdf"),
            ["Letter_PrivateCash"] = ("carta.pdf", Pdf("privado"), "application/pdf"),
            ["Letter_PrivateInKind"] = ("carta.pdf", Pdf("especie"), "application/pdf"),
        });
        commitments.Document.QuerySelectorAll(".evidence").Length.ShouldBe(3);
        var letter = commitments.Links.First(l => l.Contains("/archivos/", StringComparison.Ordinal));
        using (var file = await manager.FetchAsync(HttpMethod.Get, letter)) (await file.Content.ReadAsByteArrayAsync()).ShouldBe(Pdf("distrito"));

        var narratives = await manager.GetAsync($"{home}/propuesta");
        await narratives.SubmitAsync(narratives.Document.QuerySelectorAll("textarea").ToDictionary(t => t.GetAttribute("name")!, _ => "Tres compradores con contrato."));
        var missing = (await manager.GetAsync(home)).Text;
        missing.ShouldContain(": falta el documento.");
        missing.ShouldNotContain(".:", Case.Sensitive, "a requirement is a sentence of its own");
        var documents = await manager.GetAsync($"{home}/documentos");
        await documents.SubmitAsync(new() { ["Sworn"] = "true" }, files: new()
        {
            ["File_holder"] = ("poderes.pdf", Pdf("poderes"), "application/pdf"),
            ["File_executors"] = ("aceptaciones.pdf", Pdf("aceptaciones"), "application/pdf"),
        });

        var review = await manager.GetAsync($"{home}/revisar");
        review.Text.ShouldNotContain("Falta para enviar");
        review.Text.ShouldContain("540 000.00");
        var done = await review.SubmitAsync();
        done.Title.ShouldStartWith("Postulación recibida a las");
        done.Document.QuerySelector(".qr svg").ShouldNotBeNull();

        using var download = await manager.FetchAsync(HttpMethod.Get, $"{home}/constancia.jws");
        var token = await download.Content.ReadAsStringAsync();
        Receipt.Check(token, site.Services.GetRequiredService<SigningKeys>().All, out var payload, out _).ShouldBe(JwsVerdict.Valid);
        done.Text.ShouldContain(payload!.Code.ToString());
        payload.Files.Count.ShouldBe(5);

        // The reply was lost and the browser sends the same form again: the same receipt.
        (await review.SubmitAsync()).Text.ShouldContain(payload.Code.ToString());
        (await site.ReadAsync(db => db.Submissions.CountAsync())).ShouldBe(1);
        (await manager.GetAsync(home)).Text.ShouldContain("Ver la constancia");
    }

    [Fact]
    public async Task Submit_SameKeyWithAnotherContent_Is422()
    {
        await using var site = await TestSite.StartAsync();
        var given = site.Given();
        var application = await given.WrittenApplicationAsync();
        var manager = await ManagerAsync(site, application);
        var review = await manager.GetAsync($"/postulaciones/{application.Id.Value}/revisar");
        await review.SubmitAsync();
        await given.WriteFormAsync(application, "Otra propuesta");
        var again = await manager.GetAsync($"/postulaciones/{application.Id.Value}/revisar");
        var page = await again.SubmitAsync(new() { ["Key"] = review.Document.QuerySelector("input[name=Key]")!.GetAttribute("value")! }, expected: HttpStatusCode.UnprocessableEntity);
        page.Text.ShouldContain("ya se recibió con otro contenido");
    }

    [Fact]
    public async Task Submit_AtTheDeadline_IsRefusedWithTheInstant()
    {
        await using var site = await TestSite.StartAsync();
        var application = await site.Given().WrittenApplicationAsync();
        var close = (await site.ReadAsync(db => db.Calls.SingleAsync())).Dates.Close.ClosesAt;
        site.Clock.MoveTo(close.AddHours(-1));
        var manager = await ManagerAsync(site, application);
        var review = await manager.GetAsync($"/postulaciones/{application.Id.Value}/revisar");
        site.Clock.MoveTo(close);
        (await review.SubmitAsync(expected: HttpStatusCode.UnprocessableEntity)).Text.ShouldContain("El plazo cerró");
    }

    [Fact]
    public async Task Save_ByTwoEditors_ShowsBothVersionsAndLosesNeither()
    {
        await using var site = await TestSite.StartAsync();
        var application = await site.Given().WrittenApplicationAsync();
        var (rosa, juan) = (await ManagerAsync(site, application, "rosa"), await ManagerAsync(site, application, "juan"));
        var home = $"/postulaciones/{application.Id.Value}";
        var (hers, his) = (await rosa.GetAsync($"{home}/propuesta"), await juan.GetAsync($"{home}/propuesta"));
        await hers.SubmitAsync(new() { ["Texts[viability]"] = "Lo que escribió Rosa" });
        var compare = await his.SubmitAsync(new() { ["Texts[viability]"] = "Lo que escribió Juan" });
        compare.Title.ShouldBe("Dos versiones");
        compare.Text.ShouldContain("Lo que escribió Rosa");
        compare.Text.ShouldContain("Lo que escribió Juan");
        await compare.SubmitAsync(button: "mine");
        (await rosa.GetAsync($"{home}/propuesta")).Html.ShouldContain("Lo que escribió Juan");
        (await juan.GetAsync($"{home}/comparar/narratives")).Text.ShouldContain("No hay versiones que comparar");
    }

    [Fact]
    public async Task Autosave_SavesTheChangedTextOnly_AndTellsAConflict()
    {
        await using var site = await TestSite.StartAsync();
        var application = await site.Given().WrittenApplicationAsync();
        var manager = await ManagerAsync(site, application);
        var home = $"/postulaciones/{application.Id.Value}";
        var page = await manager.GetAsync($"{home}/propuesta");
        var (token, version) = (page.Document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!, page.Document.QuerySelector("input[name=Version]")!.GetAttribute("value")!);

        FormUrlEncodedContent Body(string text) => new(new Dictionary<string, string> { ["__RequestVerificationToken"] = token, ["Version"] = version, ["__changed"] = "Texts[cohesion]", ["Texts[cohesion]"] = text });
        using (var saved = await manager.FetchAsync(HttpMethod.Post, $"{home}/propuesta?handler=Guardar", Body("Guardado solo")))
        {
            saved.StatusCode.ShouldBe(HttpStatusCode.OK);
            JsonDocument.Parse(await saved.Content.ReadAsStringAsync()).RootElement.GetProperty("version").GetInt32().ShouldBe(int.Parse(version, System.Globalization.CultureInfo.InvariantCulture) + 1);
        }
        using (var same = await manager.FetchAsync(HttpMethod.Post, $"{home}/propuesta?handler=Guardar", Body("Guardado solo"))) same.StatusCode.ShouldBe(HttpStatusCode.OK, "the same words overtake nobody");
        using (var late = await manager.FetchAsync(HttpMethod.Post, $"{home}/propuesta?handler=Guardar", Body("Tarde")))
        {
            late.StatusCode.ShouldBe(HttpStatusCode.Conflict);
            JsonDocument.Parse(await late.Content.ReadAsStringAsync()).RootElement.GetProperty("compare").GetString().ShouldBe($"{home}/comparar/narratives");
        }
        var after = await manager.GetAsync($"{home}/propuesta");
        after.Html.ShouldContain("Guardado solo");
        after.Html.ShouldContain("(viability)"); // the other texts are still there
    }

    [Fact]
    public async Task BeforeTheOpening_OnlyTheEntityReads_OthersSeeCounts()
    {
        await using var site = await TestSite.StartAsync();
        var given = site.Given();
        var (application, _) = await given.SubmittedApplicationAsync();
        var home = $"/postulaciones/{application.Id.Value}";
        var file = (await site.WithAsync<ApplicationCases, ApplicationCase>(c => c.FindAsync(application.Id))).Form.Files().First();
        var fund = Scope.OfFund(application.Call.Fund.Id.Value);
        var other = await given.EntityAsync();
        var close = (await site.ReadAsync(db => db.Calls.SingleAsync())).Dates.Close.ClosesAt;
        site.Clock.MoveTo(close.AddHours(-1));
        var op = await site.SignedInAsync("operadora", (Role.Operator, fund));
        var strangers = new Dictionary<string, Browser>
        {
            ["operator"] = op,
            ["board"] = await site.SignedInAsync("consejo", (Role.Board, fund)),
            ["evaluator"] = await site.SignedInAsync("evaluadora", (Role.Evaluator, fund)),
            ["admin"] = await site.SignedInAsync("administra", (Role.Admin, Scope.Platform)),
            ["auditor"] = await site.SignedInAsync("audita", (Role.Auditor, Scope.Platform)),
            ["other manager"] = await site.SignedInAsync("otra", (Role.Manager, Scope.OfEntity(other.Id.Value))),
        };
        foreach (var (who, browser) in strangers)
        {
            foreach (var page in Pages.Append($"/archivos/{file.Id.Value}"))
            {
                using var answer = await browser.FetchAsync(HttpMethod.Get, home + page);
                answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden, $"{who} {page}");
            }
        }
        var opening = await op.GetAsync($"/convocatorias/{application.Call.Slug}/apertura");
        opening.Text.ShouldContain("Postulaciones recibidas");
        opening.Text.ShouldContain("Los sobres están cerrados");
        opening.Text.ShouldNotContain(application.Programme.Version.Title);
        opening.Document.QuerySelectorAll("main form").ShouldBeEmpty();

        site.Clock.MoveTo(close);
        // One official asks; what is asked for is still sealed until another one confirms.
        (await (await op.GetAsync($"/convocatorias/{application.Call.Slug}/apertura")).SubmitAsync()).Text.ShouldNotContain(application.Programme.Version.Title);
        (await op.FetchAsync(HttpMethod.Get, $"{home}/expediente")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var opened = await (await strangers["board"].GetAsync($"/convocatorias/{application.Call.Slug}/apertura")).SubmitAsync();
        opened.Text.ShouldContain("P-001");
        opened.Text.ShouldContain(application.Programme.Version.Title);
        var record = await op.GetAsync($"{home}/expediente");
        record.Text.ShouldContain("Rosa Quispe");
        using var letter = await op.FetchAsync(HttpMethod.Get, record.Links.First(l => l.Contains("/archivos/", StringComparison.Ordinal)));
        Encoding.UTF8.GetString(await letter.Content.ReadAsByteArrayAsync()).ShouldContain("carta");
        using var stranger = await strangers["other manager"].FetchAsync(HttpMethod.Get, $"{home}/expediente");
        stranger.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Withdraw_AsksFirst()
    {
        await using var site = await TestSite.StartAsync();
        var (application, _) = await site.Given().SubmittedApplicationAsync();
        var manager = await ManagerAsync(site, application);
        var page = await manager.GetAsync($"/postulaciones/{application.Id.Value}/retirar");
        page = await page.SubmitAsync(expected: HttpStatusCode.UnprocessableEntity);
        (await page.SubmitAsync(new() { ["Sure"] = "true" })).Text.ShouldContain("retirada");
        (await site.ReadAsync(db => db.Applications.SingleAsync())).State.ShouldBe(ApplicationState.Withdrawn);
    }

    [Fact]
    public async Task EveryPage_InEnglish_HasItsWords()
    {
        await using var site = await TestSite.StartAsync();
        var (application, _) = await site.Given().SubmittedApplicationAsync();
        var manager = await ManagerAsync(site, application);
        await manager.GetAsync("/idioma/en?volver=/entrar");
        foreach (var page in Pages.Except(["/constancia.jws", "/expediente"])) await manager.GetAsync($"/postulaciones/{application.Id.Value}{page}");
        await manager.GetAsync($"/convocatorias/{application.Call.Slug}/postular");
    }

    [Fact]
    public async Task Start_ByAManagerOfNothing_SaysWhatToDo()
    {
        await using var site = await TestSite.StartAsync();
        var call = await site.Given().CallAsync(c => c.Open());
        var visitor = await site.SignedInAsync("nadie");
        (await visitor.GetAsync($"/convocatorias/{call.Slug}/postular")).Text.ShouldContain("No dirige ninguna entidad");
    }

    static Task<Browser> ManagerAsync(TestSite site, GivenApplication application, string name = "gerente") =>
        site.SignedInAsync(name, (Role.Manager, Scope.OfEntity(application.Entity.Id.Value)));

    static byte[] Pdf(string words) => Encoding.UTF8.GetBytes($"%PDF-1.4\n% {words}\n%%EOF");
}
