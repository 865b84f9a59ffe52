using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Entities;
using Minka.Core.Fund;
using Minka.Core.Kernel;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Web.Tests.Screens.Entities;

/// <summary>The life of an entity as its secretary lives it, page by page; what is personal stays inside.</summary>
public sealed class EntityLifePagesTests
{
    [Theory, BothDatabases]
    public async Task Table_WithFaults_IsCorrectedOnThePage_AndItsRejectedRowsAreAFile(string provider)
    {
        await using var site = await TestSite.StartAsync(provider);
        var entity = await site.Given().EntityAsync(members: 0);
        var rosa = await site.SignedInAsync("rosa", (Role.Secretary, Scope.OfEntity(entity.Id.Value)));
        var home = $"/entidades/{entity.Slug}/miembros/importar";
        (await rosa.GetAsync(home + "/revision")).Text.ShouldContain("No hay una tabla por revisar");
        var text = "organizacion;grupo;representante;desde;hasta\nComunidad Uno;communities;Ana Ríos Mar;2026-01-01;2026-12-31\nComunidad Dos;marcianos;Beto Luz Sol;2026-01-01;2026-12-31\nComunidad Tres;communities;Caro Paz Rey;2024-01-01;ayer\n";
        var form = await rosa.GetAsync(home);
        var review = await form.SubmitAsync(files: new() { ["Table"] = ("miembros.csv", Encoding.UTF8.GetBytes(text), "text/csv") });
        review.Title.ShouldBe("Revisar la tabla");
        review.Text.ShouldContain("2 filas por corregir");
        review.Text.ShouldContain("No hay un grupo de interés «marcianos»");
        review.Text.ShouldContain("«ayer» no es una fecha");
        review.Document.QuerySelector("[name='c-3-grupo']")!.GetAttribute("value").ShouldBe("marcianos");
        foreach (var end in new[] { "csv", "xlsx" })
        {
            using var file = await rosa.FetchAsync(HttpMethod.Get, $"{home}/revision.{end}");
            file.StatusCode.ShouldBe(HttpStatusCode.OK);
            if (end == "csv")
            {
                var rejected = await file.Content.ReadAsStringAsync();
                rejected.ShouldContain("Comunidad Dos");
                rejected.ShouldNotContain("Comunidad Uno");
                rejected.ShouldContain("grupo: No hay un grupo");
                MemberTable.Read(Encoding.UTF8.GetBytes(rejected)).Lines.Count.ShouldBe(2, "the file of rejected rows can be sent again");
            }
        }
        var corrected = await review.SubmitAsync(new() { ["c-3-grupo"] = "ngo", ["c-4-hasta"] = "mañana" }, form: "correct");
        corrected.Text.ShouldContain("1 fila por corregir");
        corrected.Document.QuerySelector("[name='c-4-hasta']")!.GetAttribute("value").ShouldBe("mañana", "what was typed is kept, good or not");
        var late = await review.SubmitAsync(new() { ["c-4-hasta"] = "2026-10-10" }, form: "correct", expected: HttpStatusCode.Conflict);
        late.Document.QuerySelector("[name='c-4-hasta']")!.GetAttribute("value").ShouldBe("2026-10-10", "also when somebody else was faster");
        var added = await corrected.SubmitAsync(form: "admit");
        added.Text.ShouldContain("Se agregaron 2 miembros");
        added.Text.ShouldContain("Fila 4");
        (await rosa.GetAsync(home)).Text.ShouldContain("Hay una tabla por revisar");
        (await added.SubmitAsync(form: "discard")).Text.ShouldContain("La tabla se descartó");
        (await site.ReadAsync(db => db.Members.CountAsync())).ShouldBe(2);
        (await site.ReadAsync(db => db.MemberDrafts.AnyAsync())).ShouldBeFalse("names do not lie about");
        using var template = await site.Visitor().FetchAsync(HttpMethod.Get, "/miembros-plantilla.xlsx");
        MemberTable.Read(await template.Content.ReadAsByteArrayAsync()).Lines.Select(l => MemberTable.Understand(l).Faults.Count).ShouldBe([0, 0]);
    }

    [Fact]
    public async Task Workbook_WithMacrosOrOfOldFormat_IsRefusedOnTheFormWithItsRemedy()
    {
        await using var site = await TestSite.StartAsync();
        var entity = await site.Given().EntityAsync(members: 0);
        var rosa = await site.SignedInAsync("rosa", (Role.Secretary, Scope.OfEntity(entity.Id.Value)));
        var form = await rosa.GetAsync($"/entidades/{entity.Slug}/miembros/importar");
        var old = await form.SubmitAsync(files: new() { ["Table"] = ("miembros.xls", [0xD0, 0xCF, 0x11, 0xE0, 1, 2], "application/vnd.ms-excel") }, expected: HttpStatusCode.UnprocessableEntity);
        old.Text.ShouldContain("guárdelo como «Libro de Excel (.xlsx)»");
    }

    [Fact]
    public async Task Representative_ReplacedWithADocument_IsHistory_AndTheDocumentIsTheSecretariats()
    {
        await using var site = await TestSite.StartAsync();
        var entity = await site.Given().EntityAsync(members: 3);
        var rosa = await site.SignedInAsync("rosa", (Role.Secretary, Scope.OfEntity(entity.Id.Value)));
        var member = $"/entidades/{entity.Slug}/miembros/{entity.Members[0].Value}";
        var page = await rosa.GetAsync(member + "/representante");
        var wrong = await page.SubmitAsync(new() { ["FullName"] = "Nueva Persona Ruiz", ["Account"] = "nadie", ["Until"] = "nunca" }, expected: HttpStatusCode.UnprocessableEntity);
        wrong.Text.ShouldContain("Escriba el motivo");
        wrong.Text.ShouldContain("No hay un usuario «nadie»");
        wrong.Document.QuerySelector("[name='FullName']")!.GetAttribute("value").ShouldBe("Nueva Persona Ruiz");
        var done = await page.SubmitAsync(new() { ["FullName"] = "Nueva Persona Ruiz", ["Why"] = "Nueva junta", ["Power"] = "Acta 7", ["Woman"] = "si" },
            files: new() { ["Paper"] = ("poder.pdf", "%PDF-1.4\n% poder\n%%EOF\n"u8.ToArray(), "application/pdf") });
        done.Text.ShouldContain("Nueva Persona Ruiz");
        done.Text.ShouldContain("Nueva junta");
        using var own = await rosa.FetchAsync(HttpMethod.Get, member + "/poder");
        own.Content.Headers.ContentType!.MediaType.ShouldBe("application/pdf");
        (await site.Visitor().GetAsync($"/entidades/{entity.Slug}")).Html.ShouldNotContain("Nueva Persona");
        using var stranger = await (await site.SignedInAsync("luis")).FetchAsync(HttpMethod.Get, member + "/poder");
        stranger.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory, BothDatabases]
    public async Task Tasks_OfAResolution_ShowOrganisationsToAllAndPersonsToTheEntity(string provider)
    {
        await using var site = await TestSite.StartAsync(provider);
        var given = site.Given();
        var entity = await given.EntityAsync();
        var resolution = await given.AdoptedResolutionAsync(entity);
        var rosa = await site.SignedInAsync("rosa", (Role.Secretary, Scope.OfEntity(entity.Id.Value)));
        var page = $"/entidades/{entity.Slug}/acuerdos/{resolution.Number}";
        var tasks = await rosa.GetAsync(page + "/encargos");
        var wrong = await tasks.SubmitAsync(new() { ["What"] = "Pedir cotizaciones" }, form: "assign", expected: HttpStatusCode.UnprocessableEntity);
        wrong.Text.ShouldContain("Elija al miembro responsable");
        wrong.Document.QuerySelector("[name='What']")!.TextContent.Trim().ShouldBe("Pedir cotizaciones");
        var due = LegalTime.DayIn(site.Clock.Now).AddDays(5).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        tasks = await tasks.SubmitAsync(new() { ["What"] = "Pedir cotizaciones", ["Member"] = entity.Members[0].Value.ToString(), ["Who"] = "Persona Secreta", ["Due"] = due }, form: "assign");
        tasks.Text.ShouldContain("Persona Secreta");
        tasks.Document.QuerySelectorAll(".fault, [aria-invalid]").ShouldBeEmpty("nothing is wrong yet");
        tasks = await tasks.SubmitAsync(new() { ["Text"] = "Llamó Persona Secreta" }, form: "Note");
        site.Clock.Advance(TimeSpan.FromDays(7));
        rosa = await site.SignInAsync(await site.ReadAsync(db => db.People.Where(p => p.UserName == "rosa").Select(p => p.Id).SingleAsync()));
        (await rosa.GetAsync("/mi-bandeja")).Text.ShouldContain("Encargo vencido");
        var visitor = site.Visitor();
        var open = await visitor.GetAsync(page);
        open.Text.ShouldContain("Pedir cotizaciones");
        open.Text.ShouldContain("atrasado");
        open.Html.ShouldNotContain("Persona Secreta");
        (await visitor.GetAsync($"/entidades/{entity.Slug}/acuerdos?estado=atrasados")).Text.ShouldContain(resolution.Code);
        (await visitor.GetAsync($"/entidades/{entity.Slug}/acuerdos?q=nada-de-nada")).Text.ShouldNotContain(resolution.Code);
        using var csv = await visitor.FetchAsync(HttpMethod.Get, $"/entidades/{entity.Slug}/acuerdos.csv");
        (await csv.Content.ReadAsStringAsync()).ShouldNotContain("Persona Secreta");
        var task = (await site.ReadAsync(db => db.ResolutionTasks.SingleAsync())).Id.Value.ToString("N");
        tasks = await rosa.GetAsync(page + "/encargos");
        (await tasks.SubmitAsync(form: "done-" + task, expected: HttpStatusCode.UnprocessableEntity)).Text.ShouldContain("Escriba qué se hizo");
        (await tasks.SubmitAsync(new() { ["how-" + task] = "Llegaron tres" }, form: "done-" + task)).Text.ShouldContain("Llegaron tres");
    }

    [Fact]
    public async Task Founding_StatutesAndBoard_MakePapersThatPrint()
    {
        await using var site = await TestSite.StartAsync();
        var given = site.Given();
        foreach (var template in CompositionTemplates.All.Select(t => t.Id))
        {
            var entity = await given.EntityAsync(template, members: 7);
            var rosa = await site.SignedInAsync("rosa-" + template, (Role.Secretary, Scope.OfEntity(entity.Id.Value)));
            var home = $"/entidades/{entity.Slug}/constitucion";
            (await rosa.GetAsync(home + "/expediente")).Text.ShouldContain("Falta completar el estatuto");
            var page = await rosa.GetAsync(home);
            var wrong = await page.SubmitAsync(new() { ["Purpose"] = "Unir a la provincia", ["Domicile"] = "", ["Most"] = "muchos" }, form: "statute-form", expected: HttpStatusCode.UnprocessableEntity);
            wrong.Text.ShouldContain("Escriba dónde tiene su sede");
            wrong.Document.QuerySelector("[name='Most']")!.GetAttribute("value").ShouldBe("muchos");
            page = await page.SubmitAsync(new() { ["Purpose"] = "Unir a la provincia", ["Domicile"] = "Contumazá", ["Most"] = "40" }, form: "statute-form");
            page = await page.SubmitAsync(new() { ["Holder[0]"] = entity.Members[0].Value.ToString(), ["Holder[2]"] = entity.Members[1].Value.ToString() }, form: "board-form");
            page.Text.ShouldContain("Presidencia");
            var papers = await rosa.GetAsync(home + "/expediente");
            papers.Text.ShouldContain("Unir a la provincia");
            papers.Text.ShouldContain("Los miembros son 40 como máximo");
            papers.Text.ShouldContain("Secretaría");
            papers.Document.QuerySelectorAll("article.sheet").Length.ShouldBe(3);
        }
    }

    [Fact]
    public async Task Dissolve_AsksTheNameAndTheResolution()
    {
        await using var site = await TestSite.StartAsync();
        var given = site.Given();
        var entity = await given.EntityAsync(name: "Alianza por terminar");
        var resolution = await given.AdoptedResolutionAsync(entity);
        var rosa = await site.SignedInAsync("rosa", (Role.Secretary, Scope.OfEntity(entity.Id.Value)));
        var page = await rosa.GetAsync($"/entidades/{entity.Slug}/disolver");
        var wrong = await page.SubmitAsync(new() { ["Why"] = "Cumplió su fin", ["Repeated"] = "Otra" }, expected: HttpStatusCode.UnprocessableEntity);
        wrong.Text.ShouldContain("El nombre no coincide");
        (await page.SubmitAsync(new() { ["Why"] = "Cumplió su fin", ["Repeated"] = "alianza por terminar" }, expected: HttpStatusCode.UnprocessableEntity)).Text.ShouldContain("elija el acuerdo de su asamblea");
        (await page.SubmitAsync(new() { ["Why"] = "Cumplió su fin", ["Repeated"] = "Alianza por Terminar", ["Resolution"] = resolution.Id.Value.ToString() })).Text.ShouldContain("quedó disuelta");
    }

    [Fact]
    public async Task Plan_BecomesAConvocationWithItsPapers_ThatTheSecretaryPrints()
    {
        await using var site = await TestSite.StartAsync();
        var entity = await site.Given().EntityAsync();
        var rosa = await site.SignedInAsync("rosa", (Role.Secretary, Scope.OfEntity(entity.Id.Value)));
        string Day(int days) => LegalTime.DayIn(site.Clock.Now).AddDays(days).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        var plan = await rosa.GetAsync($"/entidades/{entity.Slug}/plan");
        var early = await plan.SubmitAsync(new() { ["On"] = Day(2), ["Subject"] = "Primera ordinaria" }, form: "add", expected: HttpStatusCode.UnprocessableEntity);
        early.Text.ShouldContain("Se convoca con 5 días de anticipación: a partir del");
        early.Document.QuerySelector("[name='Subject']")!.GetAttribute("value").ShouldBe("Primera ordinaria");
        plan = await plan.SubmitAsync(new() { ["On"] = Day(20), ["Subject"] = "Primera ordinaria" }, form: "add");
        plan.Text.ShouldContain("prevista");
        var convene = await rosa.GetAsync(plan.Links.Single(l => l.Contains("asambleas/nueva?plan=", StringComparison.Ordinal)));
        convene.Document.QuerySelector("[name='Subject']")!.GetAttribute("value").ShouldBe("Primera ordinaria");
        var unplaced = await convene.SubmitAsync(new() { ["Place"] = "Local comunal", ["Agenda"] = "Lectura del acta\nBalance" },
            files: new() { ["Papers"] = ("balance.pdf", "%PDF-1.4\n%%EOF\n"u8.ToArray(), "application/pdf") }, expected: HttpStatusCode.UnprocessableEntity);
        unplaced.Text.ShouldContain("no empieza con el número de un punto");
        unplaced.Document.QuerySelector("[name='Agenda']")!.TextContent.ShouldContain("Balance");
        var tooSoon = await convene.SubmitAsync(new() { ["Place"] = "Local comunal", ["First"] = Day(1) + "T09:00" }, expected: HttpStatusCode.UnprocessableEntity);
        tooSoon.Text.ShouldContain("a partir del");
        await convene.SubmitAsync(new() { ["Place"] = "Local comunal", ["Agenda"] = "Lectura del acta\nBalance" },
            files: new() { ["Papers"] = ("2 balance.pdf", "%PDF-1.4\n%%EOF\n"u8.ToArray(), "application/pdf") });
        var assembly = await site.ReadAsync(db => db.Assemblies.SingleAsync());
        var open = await site.Visitor().GetAsync($"/asambleas/{assembly.Id.Value}/convocatoria");
        open.Text.ShouldContain("Lectura del acta");
        open.Text.ShouldNotContain("Cargo de recepción");
        using var paper = await site.Visitor().FetchAsync(HttpMethod.Get, open.Links.Single(l => l.Contains("/documentos/2", StringComparison.Ordinal)));
        paper.Content.Headers.ContentType!.MediaType.ShouldBe("application/pdf");
        var own = await rosa.GetAsync($"/asambleas/{assembly.Id.Value}/convocatoria");
        own.Text.ShouldContain("12 miembros no tienen una cuenta con correo");
        (await rosa.GetAsync($"/entidades/{entity.Slug}/plan")).Text.ShouldContain("convocada");
    }

    [Fact]
    public async Task Interests_AreOnesOwn()
    {
        await using var site = await TestSite.StartAsync();
        var rosa = await site.SignedInAsync("rosa");
        var page = await rosa.GetAsync("/cuenta/intereses");
        var wrong = await page.SubmitAsync(new() { ["Kind"] = "Kin", ["Organisation"] = "Cooperativa Secreta" }, form: "declare", expected: HttpStatusCode.UnprocessableEntity);
        wrong.Text.ShouldContain("Diga el grado de parentesco");
        wrong.Document.QuerySelector("[name='Organisation']")!.GetAttribute("value").ShouldBe("Cooperativa Secreta");
        page = await page.SubmitAsync(new() { ["Kind"] = "Kin", ["Organisation"] = "Cooperativa Secreta", ["Degree"] = "2", ["Who"] = "Prima" }, form: "declare");
        page.Text.ShouldContain("Cooperativa Secreta");
        page.Text.ShouldContain("lo aparta");
        var admin = await site.SignedInAsync("admin", (Role.Admin, Scope.Platform), (Role.Auditor, Scope.Platform));
        (await admin.GetAsync("/cuenta/intereses")).Html.ShouldNotContain("Cooperativa Secreta");
        (await admin.GetAsync("/registro")).Html.ShouldNotContain("Cooperativa Secreta");
        var id = (await site.ReadAsync(db => db.Interests.SingleAsync())).Id.Value.ToString("N");
        (await page.SubmitAsync(form: "withdraw-" + id, expected: HttpStatusCode.UnprocessableEntity)).Text.ShouldContain("Escriba el motivo");
        (await page.SubmitAsync(new() { ["why-" + id] = "Me equivoqué" }, form: "withdraw-" + id)).Text.ShouldContain("retirada");
    }

    [Fact]
    public async Task Accreditation_IsSuspendedResumedAndRenewedOnItsPages()
    {
        await using var site = await TestSite.StartAsync();
        var given = site.Given();
        var (fund, entity) = (await given.FundAsync(), await given.EntityAsync());
        var id = await given.AccreditationAsync(fund, entity.Id);
        var slug = await site.ReadAsync(db => db.Funds.Where(f => f.Id == fund.Id).Select(f => f.Slug).SingleAsync());
        var person = await site.PersonAsync("olga", (Role.Operator, Scope.OfFund(fund.Id.Value)));
        var olga = await site.SignInAsync(person);
        var home = $"/fondos/{slug}/acreditaciones/{id.Value}";
        var page = await olga.GetAsync(home + "/suspender");
        (await page.SubmitAsync(new() { ["Why"] = " " }, expected: HttpStatusCode.UnprocessableEntity)).Text.ShouldContain("Escriba la");
        var list = await page.SubmitAsync(new() { ["Why"] = "No rindió cuentas" });
        list.Text.ShouldContain("suspendida");
        list.Text.ShouldContain("No rindió cuentas");
        (await site.Visitor().GetAsync($"/entidades/{entity.Slug}")).Text.ShouldContain("está suspendida: no puede postular");
        (await page.SubmitAsync(new() { ["Why"] = "otra vez" }, expected: HttpStatusCode.Conflict)).Title.ShouldBe("Levantar la suspensión");
        (await (await olga.GetAsync(home + "/suspender")).SubmitAsync(new() { ["Why"] = "Rindió" })).Text.ShouldContain("vigente");
        var early = await (await olga.GetAsync(home + "/renovar")).SubmitAsync(expected: HttpStatusCode.UnprocessableEntity);
        early.Text.ShouldContain("Todavía no se renueva: desde el");
        var until = await site.ReadAsync(db => db.Accreditations.Select(a => a.ValidTo).SingleAsync());
        site.Clock.MoveTo(LegalTime.ToUtc(until.AddDays(-60), new TimeOnly(9, 0)));
        olga = await site.SignInAsync(person);
        (await olga.GetAsync("/mi-bandeja")).Text.ShouldContain("Acreditación por renovar");
        (await (await olga.GetAsync(home + "/renovar")).SubmitAsync()).Text.ShouldContain("2 acreditaciones");
        (await olga.GetAsync("/mi-bandeja")).Text.ShouldNotContain("Acreditación por renovar");
    }

    [Fact]
    public async Task FunctionalTerritory_IsDrawnByCodesAndChosenByItsEntity()
    {
        await using var site = await TestSite.StartAsync();
        var entity = await site.Given().EntityAsync();
        var rosa = await site.SignedInAsync("rosa", (Role.Secretary, Scope.OfEntity(entity.Id.Value)));
        (await rosa.GetAsync("/territorios/funcionales")).Text.ShouldContain("Todavía no hay territorios funcionales");
        var form = await rosa.GetAsync("/territorios/funcionales/nuevo?q=contumaza");
        form.Text.ShouldContain("0605");
        var wrong = await form.SubmitAsync(new() { ["FullName"] = "Corredor del Jequetepeque", ["Codes"] = "0605 9999" }, form: "functional-form", expected: HttpStatusCode.UnprocessableEntity);
        wrong.Text.ShouldContain("No hay un distrito ni una provincia con el código 9999");
        wrong.Document.QuerySelector("[name='Codes']")!.TextContent.ShouldContain("0605 9999");
        var done = await form.SubmitAsync(new() { ["FullName"] = "Corredor del Jequetepeque", ["Source"] = "Estudio de prueba", ["Codes"] = "0605\n0604" }, form: "functional-form");
        done.Title.ShouldBe("Corredor del Jequetepeque");
        done.Text.ShouldContain("Chota");
        done.Document.QuerySelector("svg").ShouldNotBeNull("the map of the territories' screen shows it");
        var choose = await rosa.GetAsync($"/entidades/{entity.Slug}/territorios");
        var value = choose.Document.QuerySelector("input[name='Chosen']")!.GetAttribute("value")!;
        (await choose.SubmitAsync(new() { ["Chosen"] = value })).Text.ShouldContain("Corredor del Jequetepeque");
        (await site.Visitor().GetAsync("/territorios/funcionales/corredor-del-jequetepeque")).Text.ShouldContain("Entidades que trabajan aquí");
        (await rosa.GetAsync("/territorios/funcionales/corredor-del-jequetepeque/cambiar")).Text.ShouldContain("Se entendió: Chota");
    }
}
