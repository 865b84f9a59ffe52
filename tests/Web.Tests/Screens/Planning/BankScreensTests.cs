using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Kernel;
using Minka.Core.Planning;
using Minka.Core.Planning.Bank;
using Minka.Core.Register;
using Minka.TestKit;
using Minka.Web.Screens.Planning.Bank;
using Shouldly;
using Xunit;

namespace Minka.Web.Tests.Screens.Planning;

public sealed class BankScreensTests
{
    static Given GivenAt(TestSite site) => new(site.Services, site.Clock);

    static Task<Browser> ManagerAsync(TestSite site, GivenEntity entity) => site.SignedInAsync($"gerente-{entity.Slug}", (Role.Manager, Scope.OfEntity(entity.Id.Value)));

    [Fact]
    public async Task Idea_FilledInPartByPart_IsTakenIntoAProgrammeAndReadByAll()
    {
        await using var site = await TestSite.StartAsync();
        var given = GivenAt(site);
        var draft = await given.DraftProgrammeAsync();
        var home = $"/entidades/{draft.Entity.Slug}/cartera";
        var manager = await ManagerAsync(site, draft.Entity);
        var sheet = await (await manager.GetAsync($"{home}/nuevo")).SubmitAsync(new() { ["Title"] = "Reservorio de prueba", ["Cost"] = "1.234,50" });
        sheet.Text.ShouldContain("S/ 1 234.50");
        sheet.Text.ShouldContain("Falta el problema.");
        var address = $"{home}/{(await site.ReadAsync(db => db.Projects.SingleAsync(p => p.Title == "Reservorio de prueba"))).Id.Value}";
        async Task<PageView> PartAsync(string part, Dictionary<string, string> values, HttpStatusCode expected = HttpStatusCode.OK) =>
            await (await manager.GetAsync($"{address}/ficha/{part}")).SubmitAsync(values, expected: expected);

        (await PartAsync("que", new() { ["Sheet.InvestmentCode"] = "123" }, HttpStatusCode.UnprocessableEntity)).Text.ShouldContain("siete cifras");
        await PartAsync("que", new() { ["Input.Problem"] = "Falta agua", ["Input.Objective"] = "Guardar agua", ["Sheet.Kind"] = "Investment", ["Sheet.InvestmentCode"] = "2480997" });
        (await PartAsync("donde", new() { ["Sheet.Points"] = "-7.2229; -78.8406\nnorte" }, HttpStatusCode.UnprocessableEntity)).Html.ShouldContain("norte");
        await PartAsync("donde", new() { ["Sheet.Points"] = "-7.2229, -78.8406" });
        await PartAsync("beneficiarios", new() { ["Input.Women"] = "40", ["Input.Men"] = "35", ["Sheet.Groups[0].Women"] = "5" });
        await PartAsync("costos", new() { ["Lines[0].Concept"] = "Jornales", ["Lines[0].Source"] = "PrivateInKind", ["Lines[0].Year"] = "2027", ["Lines[0].Amount"] = "1 234,50", ["Lines[0].Valuation"] = "Jornal de la zona" });
        await PartAsync("cronograma", new() { ["Sheet.Start"] = "2027-03", ["Sheet.Months"] = "6", ["Sheet.Components[0].Name"] = "Obra" });
        await PartAsync("mantenimiento", new() { ["Sheet.Who"] = "Junta de usuarios", ["Sheet.YearlyCost"] = "100" });
        await PartAsync("riesgos", new() { ["Sheet.Risks[0].What"] = "Lluvias" });
        await PartAsync("requisitos", new() { ["Sheet.Preconditions[0].State"] = "Held", ["Sheet.Preconditions[0].Document"] = "Partida 11" });
        sheet = await PartAsync("documentos", new() { ["Sheet.Documents[0].Name"] = "Perfil", ["Sheet.Documents[0].Reference"] = "Folio 3" });
        foreach (var text in new[] { "2480997", "Junta de usuarios", "Jornal de la zona", "Lluvias", "Partida 11", "De 03/2027 a 08/2027 (6 meses)", "falta el sustento del aporte en especie" }) sheet.Text.ShouldContain(text);

        var taken = await sheet.SubmitAsync(new() { ["into"] = draft.Id.Value.ToString() }, form: "take");
        taken.Text.ShouldContain("El proyecto está en el programa.");
        (await site.ReadAsync(db => db.Projects.SingleAsync(p => p.Title == "Reservorio de prueba"))).ProgrammeId.ShouldBe(draft.Id);
        var visitor = site.Visitor();
        (await visitor.GetAsync(home)).Text.ShouldContain("Reservorio de prueba");
        var seen = await visitor.GetAsync(address);
        seen.Text.ShouldContain("Guardar agua");
        seen.Links.ShouldNotContain(l => l.Contains("/ficha/"));
    }

    [Fact]
    public async Task Table_WithFaults_IsCorrectedOnThePageAndNothingTypedIsLost()
    {
        await using var site = await TestSite.StartAsync();
        var entity = await GivenAt(site).EntityAsync(members: 0);
        var home = $"/entidades/{entity.Slug}/cartera";
        var manager = await ManagerAsync(site, entity);
        var import = await manager.GetAsync($"{home}/importar");
        (await import.SubmitAsync(form: "send-table", files: File("codigo;costo\na;1\n"), expected: HttpStatusCode.UnprocessableEntity)).Text.ShouldContain("titulo");
        var review = await import.SubmitAsync(form: "send-table", files: File("titulo;costo;responsable\nRiego;100;Una Persona\nCanal;US$ 5;x\n"));
        review.Text.ShouldContain("Columnas que no se leyeron: responsable.");
        review.Text.ShouldContain("la cartera lleva una sola moneda");
        review.Html.ShouldNotContain("Una Persona");
        review = await review.SubmitAsync(form: "admit");
        review.Text.ShouldContain("Proyectos guardados en la cartera: 1.");
        review = await review.SubmitAsync(new() { ["c-3-costo"] = "18,50" }, form: "correct");
        var list = await review.SubmitAsync(form: "admit");
        list.Text.ShouldContain("Canal");
        list.Text.ShouldContain("18.50");
        (await (await manager.FetchAsync(HttpMethod.Get, home + ".csv")).Content.ReadAsStringAsync()).ShouldContain("Riego");

        static Dictionary<string, (string, byte[], string)> File(string text) => new() { ["table"] = ("cartera.csv", Encoding.UTF8.GetBytes(text), "text/csv") };
    }

    [Fact]
    public async Task Table_OfManyRows_IsTakenInBesideThePagesWhichTellHowFarItIs()
    {
        await using var site = await TestSite.StartAsync();
        var entity = await GivenAt(site).EntityAsync(members: 0);
        var home = $"/entidades/{entity.Slug}/cartera";
        var manager = await ManagerAsync(site, entity);
        var rows = string.Concat(Enumerable.Range(1, StageProjects.Portion + 100).Select(i => $"Obra {i} (DEMO);100\n"));
        var review = await (await manager.GetAsync($"{home}/importar")).SubmitAsync(form: "send-table", files: new() { ["table"] = ("cartera.csv", Encoding.UTF8.GetBytes("titulo;costo\n" + rows + "Mala;US$ 5\n"), "text/csv") });
        // The lane is held, so that the page is looked at before anything is kept.
        var (held, hold) = (new TaskCompletionSource(), new TaskCompletionSource());
        var other = site.Writer.ActAsync("test", Actor.System, async _ => { held.SetResult(); await hold.Task; });
        await held.Task;
        var told = await review.SubmitAsync(form: "admit");
        told.Text.ShouldContain("Guardando en la cartera los proyectos de cartera.csv");
        told.Text.ShouldContain("0 de 1 100");
        told.Document.QuerySelector("form[id=admit], form[id=discard]").ShouldBeNull();
        using (var look = await manager.FetchAsync(HttpMethod.Get, $"{home}/importar/revision")) look.Headers.GetValues("Refresh").ShouldBe(["2"]);
        hold.SetResult();
        await other;
        var desk = (BankDesk)site.Services.GetService(typeof(BankDesk))!;
        for (var i = 0; i < 600 && desk.Of(entity.Id) is not { Ended: true }; i++) await Task.Delay(50);
        desk.Of(entity.Id).ShouldNotBeNull().Done.ShouldBe(StageProjects.Portion + 100);
        var end = await manager.GetAsync($"{home}/importar/revision");
        end.Text.ShouldContain("Proyectos guardados en la cartera: 1 100.");
        end.Text.ShouldContain("1 fila por corregir");
        (await site.ReadAsync(db => db.Projects.CountAsync())).ShouldBe(StageProjects.Portion + 100);
        // The end of this table is not told of the next.
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        await (await manager.GetAsync($"{home}/importar")).SubmitAsync(form: "send-table", files: new() { ["table"] = ("otra.csv", "titulo;costo\nOtra;1\n"u8.ToArray(), "text/csv") });
        (await manager.GetAsync($"{home}/importar/revision")).Text.ShouldNotContain("Proyectos guardados en la cartera: 1 100.");
    }

    [Fact]
    public async Task Table_ThatWentAwayMeanwhile_TellsHowMuchWasKept()
    {
        await using var site = await TestSite.StartAsync();
        var entity = await GivenAt(site).EntityAsync(members: 0);
        var desk = (BankDesk)site.Services.GetService(typeof(BankDesk))!;
        // No table waits: the work ends at once, with its reason.
        desk.Begin(entity.Id, "perdida.csv", 2_000, new Actor(null, "manager"));
        for (var i = 0; i < 200 && desk.Of(entity.Id) is not { Ended: true }; i++) await Task.Delay(20);
        var page = await (await ManagerAsync(site, entity)).GetAsync($"/entidades/{entity.Slug}/cartera/importar/revision");
        page.Text.ShouldContain("Se guardaron 0 de 2 000 proyectos y el trabajo se detuvo");
        page.Text.ShouldNotContain("No hay una tabla por revisar");
    }

    [Fact]
    public async Task Table_NamingDistrictsThatNoListHas_IsMendedOnThePage()
    {
        await using var site = await TestSite.StartAsync();
        var entity = await GivenAt(site).EntityAsync(members: 0);
        var manager = await ManagerAsync(site, entity);
        var import = await manager.GetAsync($"/entidades/{entity.Slug}/cartera/importar");
        var review = await import.SubmitAsync(form: "send-table", files: new() { ["table"] = ("cartera.csv", "titulo;distritos;costo\nRiego;060501 060502;100\n"u8.ToArray(), "text/csv") });
        review.Text.ShouldContain("El distrito 060501 no está en la lista");
        review = await review.SubmitAsync(new() { ["d-060501"] = "Uno", ["d-060502"] = "Dos" }, form: "districts");
        review.Text.ShouldContain("Se agregaron 2 distritos.");
        (await review.SubmitAsync(form: "admit")).Text.ShouldContain("Riego");
    }

    [Fact]
    public async Task Document_KeptBesideTheSheet_IsOpenedByTheEntitysPeopleAlone()
    {
        await using var site = await TestSite.StartAsync();
        var given = GivenAt(site);
        var draft = await given.DraftProgrammeAsync();
        var id = draft.Projects[0].Value;
        var address = $"/entidades/{draft.Entity.Slug}/cartera/{id}";
        var manager = await ManagerAsync(site, draft.Entity);
        var part = await manager.GetAsync($"{address}/ficha/documentos");
        (await part.SubmitAsync(files: new() { ["Upload"] = ("macro.exe", [0x4d, 0x5a, 0, 1], "application/octet-stream") }, expected: HttpStatusCode.UnprocessableEntity)).Text.ShouldContain("macro.exe");
        var pdf = "%PDF-1.4\n%DEMO\n%%EOF\n"u8.ToArray();
        var sheet = await part.SubmitAsync(new() { ["UploadName"] = "Perfil DEMO" }, files: new() { ["Upload"] = ("perfil.pdf", pdf, "application/pdf") });
        var href = sheet.Links.Single(l => l.Contains("handler=Document"));
        var hash = Digest.Of(pdf).Hex;
        href.ShouldContain(hash);
        (await (await manager.FetchAsync(HttpMethod.Get, $"{address}?handler=Document&hash={hash}")).Content.ReadAsByteArrayAsync()).ShouldBe(pdf);
        var visitor = site.Visitor();
        var seen = await visitor.GetAsync(address);
        seen.Text.ShouldContain("Perfil DEMO");
        seen.Links.ShouldNotContain(l => l.Contains("handler=Document"));
        (await (await visitor.FetchAsync(HttpMethod.Get, $"{address}?handler=Document&hash={hash}")).Content.ReadAsByteArrayAsync()).ShouldNotBe(pdf);
        (await (await manager.GetAsync($"{address}/ficha/documentos")).SubmitAsync()).Links.ShouldContain(l => l.Contains(hash), "saving the list again keeps the file");
    }

    [Fact]
    public async Task Sheet_ChangedByTwo_ShowsBothVersionsAndKeepsWhatWasTyped()
    {
        await using var site = await TestSite.StartAsync();
        var draft = await GivenAt(site).DraftProgrammeAsync();
        var address = $"/entidades/{draft.Entity.Slug}/cartera/{draft.Projects[0].Value}/ficha/mantenimiento";
        var manager = await ManagerAsync(site, draft.Entity);
        var (mine, other) = (await manager.GetAsync(address), await manager.GetAsync(address));
        await other.SubmitAsync(new() { ["Sheet.Who"] = "Junta de usuarios" });
        var told = await mine.SubmitAsync(new() { ["Sheet.Who"] = "Municipalidad de prueba" }, expected: HttpStatusCode.Conflict);
        told.Text.ShouldContain("Dos versiones de lo mismo");
        foreach (var text in new[] { "Junta de usuarios", "Municipalidad de prueba" }) told.Html.ShouldContain(text);
        (await told.SubmitAsync()).Text.ShouldContain("Municipalidad de prueba");
    }

    [Fact]
    public async Task Ministrys_File_GivesTheCodesAskedFor()
    {
        await using var site = await TestSite.StartAsync();
        var entity = await GivenAt(site).EntityAsync(members: 0);
        var manager = await ManagerAsync(site, entity);
        var import = await manager.GetAsync($"/entidades/{entity.Slug}/cartera/importar");
        var file = new Dictionary<string, (string, byte[], string)> { ["investments"] = ("detalle.csv", "CODIGO_UNICO,NOMBRE_INVERSION,MONTO_VIABLE,UBIGEO\n2480997,RIEGO DEMO,500,999999\n"u8.ToArray(), "text/csv") };
        (await import.SubmitAsync(new() { ["Codes"] = "24809" }, form: "send-investments", files: file, expected: HttpStatusCode.UnprocessableEntity)).Text.ShouldContain("24809");
        (await import.SubmitAsync(new() { ["Codes"] = "2111111" }, form: "send-investments", files: file, expected: HttpStatusCode.UnprocessableEntity)).Text.ShouldContain("Ninguno de los códigos");
        (await import.SubmitAsync(new() { ["Codes"] = "2480997 2111111" }, form: "send-investments", files: file)).Text.ShouldContain("2111111");
    }

    [Fact]
    public async Task Duplicates_AreShownWithTheirReasonAndDecidedOnce()
    {
        await using var site = await TestSite.StartAsync();
        var given = GivenAt(site);
        var entity = await given.EntityAsync(members: 0);
        foreach (var title in new[] { "Reservorio nocturno de Chilete", "Reservorios nocturnos en Chilete" })
            await given.WithAsync<AddToBank, ProjectId>(a => a.ExecuteAsync(entity.Id, new(new() { Title = title, Problem = "", Objective = "", PlannedCost = Core.Kernel.Money.Soles(100) }), new Actor(null, "manager")));
        var manager = await ManagerAsync(site, entity);
        var page = await manager.GetAsync($"/entidades/{entity.Slug}/cartera/duplicados");
        page.Text.ShouldContain("reservorio, nocturno, chilete", Case.Insensitive);
        page = await page.SubmitAsync(new() { ["why-0"] = "Son dos vasos" }, form: "decide-0", button: "No son el mismo");
        page.Text.ShouldContain("No hay repetidos por decidir");
        (await site.ReadAsync(db => db.DuplicateDecisions.SingleAsync())).Why.ShouldBe("Son dos vasos");
    }

    [Fact]
    public async Task Discarded_Project_IsNotForThePublic()
    {
        await using var site = await TestSite.StartAsync();
        var given = GivenAt(site);
        var entity = await given.EntityAsync(members: 0);
        var actor = new Actor(null, "manager");
        var id = await given.WithAsync<AddToBank, ProjectId>(a => a.ExecuteAsync(entity.Id, new(new() { Title = "Idea vieja", Problem = "", Objective = "", PlannedCost = Core.Kernel.Money.Zero }), actor));
        await given.WithAsync<ChangeStage>(c => c.ExecuteAsync(entity.Id, id, "discard", null, actor));
        var home = $"/entidades/{entity.Slug}/cartera";
        await site.Visitor().GetAsync($"{home}/{id.Value}", HttpStatusCode.NotFound);
        (await site.Visitor().GetAsync($"{home}?etapa=Discarded")).Text.ShouldNotContain("Idea vieja");
        (await (await ManagerAsync(site, entity)).GetAsync($"{home}/{id.Value}")).Text.ShouldContain("Retomar");
    }
}
