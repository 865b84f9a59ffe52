using System.IO.Compression;
using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Planning.ParticipatoryBudget;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Web.Tests.Screens.Planning.ParticipatoryBudget;

/// <summary>A year's process walked by clicks, without JavaScript: the team signed in, agents with the codes of their slips only.</summary>
public sealed class BudgetPagesTests
{
    const HttpStatusCode Refused = HttpStatusCode.UnprocessableEntity;

    static Dictionary<string, string> Data(string place) => new()
    {
        ["Input.Year"] = "2027",
        ["Input.Title"] = "Presupuesto participativo 2027",
        ["Input.Level"] = "District",
        ["Input.Place"] = place,
        ["Input.Amount"] = "500 000",
        ["Input.AmountSource"] = "Transferencias de 2025",
        ["Input.Ordinance"] = "Ordenanza 012-2026",
        ["Input.OrdinanceDate"] = "2026-01-20",
        ["Input.Concerns"] = "Solo para este proceso; cinco años.",
        ["Input.Share"] = "20",
    };

    static Dictionary<string, string> Agent(int n) => new()
    {
        ["Input.Kind"] = "CivilSociety",
        ["Input.Organisation"] = $"Junta vecinal {n}",
        ["Input.Group"] = "communities",
        ["Input.Zone"] = "Zona alta",
        ["Input.Representative"] = $"Vocera Quispe {n}",
        ["Input.Document"] = $"4000000{n}",
        ["Input.IsWoman"] = n % 2 == 1 ? "true" : "false",
        ["Input.Accreditation"] = "Acta del 1 de marzo",
    };

    static Dictionary<string, string> Work(string code, string title, string cost, string others, string cui) => new()
    {
        ["Code"] = code,
        ["Input.Title"] = title,
        ["Input.Problem"] = "No hay agua",
        ["Input.Result"] = "Agua todo el día",
        ["Input.Women"] = "100",
        ["Input.Men"] = "90",
        ["Input.Cost"] = cost,
        ["Input.CoFunding"] = others,
        ["Input.Stage"] = "Viable",
        ["Input.Cui"] = cui,
    };

    [Theory, BothDatabases]
    public async Task A_year_from_the_ordinance_to_the_follow_up(string provider)
    {
        await using var site = await TestSite.StartAsync(provider);
        var given = site.Given();
        var entity = await given.EntityAsync(name: "Municipalidad de prueba");
        var district = (await given.DistrictsAsync("0605", 1))[0];
        var team = await site.SignedInAsync("marta", (Role.Manager, Scope.OfEntity(entity.Id.Value)));
        var secretary = await site.SignedInAsync("rosa", (Role.Secretary, Scope.OfEntity(entity.Id.Value)));
        var start = LegalTime.DayIn(site.Clock.Now);
        void GoTo(int day) => site.Clock.MoveTo(Given.At(start.AddDays(day)));

        // Preparation: what is wrong is told at its field and nothing typed is lost.
        var page = await team.GetAsync($"/entidades/{entity.Slug}/presupuesto-participativo/nuevo");
        page.Document.QuerySelector("[name='Input.Place']")!.GetAttribute("value").ShouldBe(await site.ReadAsync(db => db.CoordinationEntities.Where(e => e.Id == entity.Id).Select(e => e.ProvinceCodes).SingleAsync()) is [var only] ? only : "", "what is known is not typed");
        var wrong = Data(district);
        (wrong["Input.Amount"], wrong["Input.OrdinanceDate"]) = ("mucho", "");
        var again = await page.SubmitAsync(wrong, expected: Refused);
        again.Document.QuerySelector("[name='Input.Ordinance']")!.GetAttribute("value").ShouldBe("Ordenanza 012-2026");
        page = await again.SubmitAsync(Data(district), files: new() { ["Paper"] = ("ordenanza.pdf", "%PDF-1.4\n% ordenanza\n%%EOF\n"u8.ToArray(), "application/pdf") });
        page.Text.ShouldContain("Qué falta para convocar");
        var process = await site.ReadAsync(db => db.BudgetProcesses.SingleAsync());
        var address = $"/presupuesto-participativo/{process.Slug}";
        var visitor = site.Visitor();
        (await visitor.FetchAsync(HttpMethod.Get, address)).StatusCode.ShouldBe(HttpStatusCode.NotFound, "what is being prepared is the entity's own");
        (await page.SubmitAsync(form: "handler=Convene", expected: Refused)).Text.ShouldContain("Falta la regla de priorización");
        page = await page.SubmitAsync(new() { ["Method"] = "Votes", ["Votes"] = "votos", ["Form"] = "Several", ["Most"] = "2" }, form: "handler=Rule");
        page = await page.SubmitAsync(new() { ["TeamRole"] = "Chair", ["Office"] = "Oficina de Planeamiento", ["PersonName"] = "Jefa Quispe" }, form: "handler=Team");
        var days = Given.BudgetDays(start).SelectMany(s => new[] { KeyValuePair.Create($"from-{s.Step}", s.From.ToString("yyyy-MM-dd")), KeyValuePair.Create($"to-{s.Step}", s.To.ToString("yyyy-MM-dd")) }).ToDictionary();
        (await page.SubmitAsync(new(days) { ["to-Priorities"] = days["to-Acta"] }, form: "handler=Plan", expected: Refused)).Text.ShouldContain("debe empezar después");
        page = await page.SubmitAsync(days, form: "handler=Plan");
        page = await page.SubmitAsync(form: "handler=Convene");
        page.Url.ShouldBe(address);
        (await visitor.GetAsync(address)).Text.ShouldContain("Regla fijada antes de los talleres");
        (await visitor.GetAsync("/presupuestos-participativos")).Text.ShouldContain("Municipalidad de prueba");
        (await visitor.FetchAsync(HttpMethod.Get, address + "/ordenanza")).Content.Headers.ContentType!.MediaType.ShouldBe("application/pdf");

        // Agents register without an account; the same organisation and the same person are told so, field by field.
        var codes = new List<string>();
        for (var n = 1; n <= 4; n++)
        {
            var form = await visitor.GetAsync(address + "/inscripcion");
            var done = await form.SubmitAsync(Agent(n));
            codes.Add(done.Document.QuerySelector(".reference b")!.TextContent.Trim());
        }
        var twice = Agent(5);
        (twice["Input.Organisation"], twice["Input.Document"]) = ("junta VECINAL 1", "40000002");
        again = await (await visitor.GetAsync(address + "/inscripcion")).SubmitAsync(twice, expected: Refused);
        again.Text.ShouldContain("ya está inscrita, con el número 1");
        again.Text.ShouldContain("Ese documento ya está inscrito en este proceso.");
        again.Text.ShouldNotContain("Junta vecinal 2", Case.Sensitive, "for whom the holder of a document speaks is not told to whoever types its number");
        again.Document.QuerySelector("[name='Input.Representative']")!.GetAttribute("value").ShouldBe("Vocera Quispe 5");
        var list = await team.GetAsync(address + "/agentes");
        for (var n = 1; n <= 3; n++) await (await (await team.GetAsync(address + "/agentes")).FollowAsync($"Junta vecinal {n}")).SubmitAsync(form: "handler=Accredit");
        var review = await list.FollowAsync("Junta vecinal 4");
        (await review.SubmitAsync(new() { ["verb"] = "observe", ["why"] = "" }, form: "handler=Judge", expected: Refused)).Text.ShouldContain("Escriba la razón");
        await review.SubmitAsync(new() { ["verb"] = "observe", ["why"] = "Falta la firma de la directiva" }, form: "handler=Judge");
        var status = await (await visitor.GetAsync(address + "/constancia")).SubmitAsync(new() { ["Code"] = codes[3] });
        status.Text.ShouldContain("Falta la firma de la directiva");
        await status.SubmitAsync(new() { ["Input.Document"] = "40000004", ["Input.Accreditation"] = "Acta firmada del 2 de marzo" }, form: "handler=Cure");
        await (await (await team.GetAsync(address + "/agentes?estado=Requested")).FollowAsync("Junta vecinal 4")).SubmitAsync(form: "handler=Accredit");
        // A table: the good row enters, the bad one stays in the field.
        var import = await team.GetAsync(address + "/agentes/importar");
        import = await import.SubmitAsync(new() { ["Pasted"] = "organizacion;grupo;representante;documento;mujer;acreditacion\nClub de madres;women;Vocera Quispe 6;40000006;sí;Acta\nJunta vecinal 2;communities;Otra persona;40000007;no;Acta" }, button: "Revisar");
        import.Text.ShouldContain("1 filas buenas, 1 por corregir");
        import = await import.SubmitAsync(button: "admit");
        import.Document.QuerySelector("[name=Pasted]")!.TextContent.ShouldContain("Junta vecinal 2");
        (await visitor.GetAsync(address + "/agentes")).Text.ShouldContain("Club de madres");
        (await (await visitor.FetchAsync(HttpMethod.Get, address + "/agentes.csv")).Content.ReadAsStringAsync()).ShouldNotContain("Vocera Quispe");
        (await visitor.GetAsync(address + "/agentes")).Text.ShouldNotContain("Vocera Quispe");

        // The tray of the team says what is due.
        GoTo(9);
        (await team.GetAsync("/mi-bandeja")).Text.ShouldContain("Registro de agentes");
        GoTo(10);
        page = await (await team.GetAsync(address)).SubmitAsync(form: "CloseRegister");
        (await (await visitor.GetAsync(address + "/inscripcion")).SubmitAsync(Agent(8), expected: Refused)).Document.QuerySelector("[name='Input.Organisation']")!.GetAttribute("value").ShouldBe("Junta vecinal 8");

        // A workshop: too early a day, then the roll that exceeds, then the right one.
        var workshops = await team.GetAsync(address + "/talleres");
        Dictionary<string, string> Meeting(string kind, int day) => new() { ["Kind"] = kind, ["Subject"] = $"Taller {kind}", ["Place"] = "Plaza de armas", ["When"] = $"{start.AddDays(day):yyyy-MM-dd}T10:00", ["Agenda"] = "Lo que toca" };
        (await workshops.SubmitAsync(Meeting("Diagnosis", 12), form: "Convene", expected: Refused)).Text.ShouldContain("se avisa con 5");
        var diagnosis = await workshops.SubmitAsync(Meeting("Diagnosis", 20), form: "Convene");
        diagnosis.Title.ShouldBe("Taller Diagnosis");
        (await team.GetAsync(diagnosis.Url + "/planilla")).Text.ShouldContain("Vocera Quispe 1");

        // Proposals: over the amount is told at its field.
        var propose = await visitor.GetAsync(address + "/propuestas/nueva");
        again = await propose.SubmitAsync(Work(codes[0], "Agua potable", "700 000", "", "2500001"), expected: Refused);
        again.Text.ShouldContain("el monto ofrecido es S/");
        again.Document.QuerySelector("[name='Input.Problem']")!.TextContent.Trim().ShouldBe("No hay agua");
        await propose.SubmitAsync(Work(codes[0], "Agua potable", "300 000", "", "2500001"));
        await propose.SubmitAsync(Work(codes[1], "Puente peatonal", "250 000", "Comité de regantes; mano de obra; 50000; especie", "2500002"));
        var third = await propose.SubmitAsync(Work(codes[2], "Losa deportiva", "120 000", "", ""));
        GoTo(20);
        diagnosis = await team.GetAsync(diagnosis.Url);
        (await diagnosis.SubmitAsync(new() { ["Signatures"] = "6", ["Numbers"] = "1-5" }, form: "handler=Roll", expected: Refused)).Text.ShouldContain("hay 5 agentes acreditados");
        (await diagnosis.SubmitAsync(new() { ["Signatures"] = "3", ["Numbers"] = "1-4" }, form: "handler=Roll", expected: Refused)).Text.ShouldContain("Contó 3 firmas y escribió 4 números");
        diagnosis = await diagnosis.SubmitAsync(new() { ["Signatures"] = "3", ["Numbers"] = "1-3" }, form: "handler=Roll");
        (await (await visitor.GetAsync(diagnosis.Url + "/asistencia")).SubmitAsync(new() { ["Code"] = codes[3].ToLowerInvariant() })).Text.ShouldContain("Junta vecinal 4");
        (await (await visitor.GetAsync(diagnosis.Url + "/asistencia")).SubmitAsync(new() { ["Code"] = "AAAAA BBBBB" }, expected: Refused)).Text.ShouldContain("Ese código no es de este proceso");
        diagnosis = await (await team.GetAsync(diagnosis.Url)).SubmitAsync(new() { ["Problems"] = "Falta agua; Agua todo el día; 3\nFalta puente; Cruzar seguro; 1" }, form: "handler=Problems");
        diagnosis = await diagnosis.SubmitAsync(new() { ["Summary"] = "Se acordó el orden de los problemas." }, form: "handler=Hold");
        (await visitor.GetAsync(diagnosis.Url)).Text.ShouldContain("Asistieron 4 agentes, 2 con una mujer como representante, de 5 acreditados");

        // Evaluation: the third is sent back for its code, answered and passes.
        GoTo(25);
        await (await team.GetAsync(address)).SubmitAsync(form: "CloseProposals");
        await (await team.GetAsync(address + "/talleres")).SubmitAsync(Meeting("Priorities", 38), form: "Convene");
        var gates = new Dictionary<string, string> { ["g-Problem"] = "true", ["g-Competence"] = "true", ["g-Upkeep"] = "true" };
        var judged = await team.GetAsync(third.Url);
        (await judged.SubmitAsync(new() { ["g-Problem"] = "true" }, form: "Evaluate", expected: Refused)).Text.ShouldContain("Elija una respuesta");
        judged = await judged.SubmitAsync(gates, form: "Evaluate");
        judged.Text.ShouldContain("Falta la viabilidad o el código único");
        var answered = await visitor.GetAsync(third.Url);
        answered.Text.ShouldContain("Observada");
        var fixedUp = Work(codes[2], "Losa deportiva", "120 000", "", "2500003");
        fixedUp["Answer"] = "Se declaró viable";
        await answered.SubmitAsync(fixedUp, form: "Answer");
        foreach (var proposal in await site.ReadAsync(db => db.BudgetProposals.OrderBy(p => p.Number).ToListAsync()))
            (await (await team.GetAsync($"{address}/propuestas/{proposal.Id.Value}")).SubmitAsync(gates, form: "Evaluate")).Text.ShouldContain("Apta");

        // Prioritisation by the rule that was fixed, on paper typed twice by the secretariat.
        GoTo(37);
        var priorities = await (await team.GetAsync(address + "/priorizacion")).SubmitAsync(form: "handler=Open");
        (await priorities.SubmitAsync(form: "handler=Take", expected: Refused)).Text.ShouldContain("No hay asistencia anotada");
        GoTo(38);
        var meeting = await (await team.GetAsync(address + "/talleres")).FollowAsync("Taller Priorities");
        meeting = await meeting.SubmitAsync(new() { ["Signatures"] = "5", ["Numbers"] = "1-5" }, form: "handler=Roll");
        meeting = await meeting.SubmitAsync(form: "handler=Hold");
        var session = await (await secretary.GetAsync(address + "/priorizacion")).FollowAsync("Votación");
        foreach (var round in new[] { "1", "2" }) await (await secretary.GetAsync(session.Url + "/papel")).SubmitAsync(new() { ["Place"] = "t1", ["Round"] = round, ["Sheets"] = "1 2\n1 2\n1 3\n1\n2 3" });
        (await (await team.GetAsync(address + "/priorizacion")).SubmitAsync(form: "handler=Take", expected: Refused)).Text.ShouldContain("La votación no está cerrada");
        await (await secretary.GetAsync(session.Url)).SubmitAsync(form: "Close");
        priorities = await (await team.GetAsync(address + "/priorizacion")).SubmitAsync(form: "handler=Take");
        priorities.Text.ShouldContain("Se contaron 5 papeletas, 5 de papel");
        (await visitor.GetAsync(address + "/priorizacion")).Text.ShouldContain("Lo marcan 4 de 5 papeletas");

        // The agreement: drafted, refused until signed, published, in the portfolio.
        var acta = await team.GetAsync(address + "/acta");
        (await acta.SubmitAsync(new() { ["Commitments"] = "Municipalidad" }, form: "handler=Commit", expected: Refused)).Text.ShouldContain("Línea 1");
        acta = await acta.SubmitAsync(new() { ["Commitments"] = "Municipalidad; elaborar los expedientes; ; 2026-09-30\nComité de regantes; aportar faenas; 20 000" }, form: "handler=Commit");
        acta = await acta.SubmitAsync(form: "handler=Draft");
        acta.Text.ShouldContain("Pendiente de firma");
        (await visitor.FetchAsync(HttpMethod.Get, address + "/acta")).StatusCode.ShouldBe(HttpStatusCode.NotFound, "a draft is the entity's own");
        await (await team.GetAsync(address + "/acta/firma")).SubmitAsync(new() { ["Signers"] = "Alcaldía; equipo técnico; agentes" }, files: new() { ["Evidence"] = ("acta.pdf", "%PDF-1.4\n% firmada\n%%EOF\n"u8.ToArray(), "application/pdf") });
        await (await team.GetAsync(address + "/acta")).SubmitAsync(form: "handler=Publish");
        var open = await visitor.GetAsync(address + "/acta");
        open.Text.ShouldContain("Conforme a la Ordenanza 012-2026");
        open.Text.ShouldContain("Comité de regantes aporta mano de obra, valorizado en S/");
        (await TextAsync(visitor, address + "/acta.docx")).ShouldContain("incluirá estos proyectos en su presupuesto de apertura");
        var funded = await site.ReadAsync(db => db.BudgetProposals.Where(p => p.ProjectId != null).OrderBy(p => p.Number).ToListAsync());
        funded.ShouldNotBeEmpty();
        (await visitor.GetAsync($"{address}/propuestas/{funded[0].Id.Value}")).Text.ShouldContain("Está en la cartera con el código B1");

        // Vigilance: a count that does not add up, then the election; a report, a complaint and their replies.
        var vigilance = await team.GetAsync(address + "/vigilancia");
        var count = new Dictionary<string, string> { ["Workshop"] = (await site.ReadAsync(db => db.BudgetWorkshops.SingleAsync(w => w.Kind == WorkshopKind.Priorities))).Id.Value.ToString(), ["Seats"] = "4", ["Women"] = "2", ["Ballots"] = "6", ["Blank"] = "0", ["Null"] = "0", ["Votes"] = "1; 5\n2; 4\n3; 3\n4; 2\n5; 1" };
        (await vigilance.SubmitAsync(count, form: "handler=Elect", expected: Refused)).Text.ShouldContain("asistieron 5 agentes con voto");
        count["Ballots"] = "5";
        vigilance = await vigilance.SubmitAsync(count, form: "handler=Elect");
        vigilance.Text.ShouldContain("integra el comité");
        var watched = await visitor.GetAsync(address + "/vigilancia");
        await watched.SubmitAsync(new() { ["Code"] = codes[0], ["Text"] = "Visitamos el terreno." }, form: "handler=Report");
        var complained = await watched.SubmitAsync(new() { ["Complaint"] = "Piden dinero en la oficina." }, form: "handler=Complain");
        complained.Title.ShouldBe("Queja recibida");
        (await visitor.GetAsync(address + "/vigilancia")).Text.ShouldNotContain("Piden dinero");
        var note = await site.ReadAsync(db => db.VigilanceNotes.SingleAsync(n => n.Kind == NoteKind.Report));
        await (await team.GetAsync(address + "/vigilancia")).SubmitAsync(new() { ["note"] = note.Id.Value.ToString(), [$"reply-{note.Id.Value:N}"] = "Se corrige el cerco." }, form: "handler=Reply");
        (await visitor.GetAsync(address + "/vigilancia")).Text.ShouldContain("Se corrige el cerco.");

        // The opening budget: a difference without its reason is told at its field.
        GoTo(70);
        var pia = await team.GetAsync(address + "/apertura");
        var typed = new Dictionary<string, string> { ["Agreement"] = "Acuerdo 101", ["On"] = $"{start.AddDays(70):yyyy-MM-dd}", [$"pia-{funded[0].Code}"] = "250 000" };
        (await pia.SubmitAsync(typed, expected: Refused)).Text.ShouldContain("Escriba por qué");
        typed[$"why-{funded[0].Code}"] = "Menor canon";
        var follow = await pia.SubmitAsync(typed);
        follow.Text.ShouldContain("Menor canon");
        site.Clock.MoveTo(Given.At(new DateOnly(2027, 5, 10)));
        follow = await team.GetAsync(address + "/seguimiento");
        follow.Text.ShouldContain("Falta anotar el trimestre 1");
        (await team.GetAsync("/mi-bandeja")).Text.ShouldContain("Falta el trimestre 1");
        var quarter = new Dictionary<string, string> { ["Project"] = funded[0].Id.Value.ToString(), ["Quarter"] = "1", ["Pim"] = "260 000", ["Accrued"] = "70 000", ["State"] = "InExecution" };
        (await follow.SubmitAsync(quarter, form: "handler=Write", expected: Refused)).Text.ShouldContain("escriba por qué");
        quarter["Why"] = "Adicional de obra";
        follow = await follow.SubmitAsync(quarter, form: "handler=Write");
        (await visitor.GetAsync(address + "/seguimiento")).Text.ShouldContain("le tocan S/");
        (await visitor.GetAsync(address + "/rendicion")).Text.ShouldContain("se devengaron S/");
        // Nobody's name or number in what the public reads.
        foreach (var part in new[] { "", "/agentes", "/talleres", "/propuestas", "/priorizacion", "/acta", "/vigilancia", "/seguimiento", "/rendicion" })
        {
            var text = (await visitor.GetAsync(address + part)).Html;
            text.ShouldNotContain("Quispe", Case.Insensitive, part);
            text.ShouldNotContain("4000000", Case.Insensitive, part);
        }
        foreach (var part in new[] { ".csv", "/propuestas.xlsx", "/talleres.csv", "/priorizacion.csv", "/seguimiento.xlsx", "/rendicion.csv", "/vigilancia.csv" })
            (await visitor.FetchAsync(HttpMethod.Get, address + part)).StatusCode.ShouldBe(HttpStatusCode.OK, part);
        await visitor.GetAsync("/idioma/en");
        (await visitor.GetAsync(address)).Text.ShouldContain("Participating agents");
    }

    [Fact]
    public async Task Accounts_of_a_year_on_paper_and_points_by_criteria()
    {
        await using var site = await TestSite.StartAsync();
        var given = site.Given();
        var budget = await given.BudgetAsync(BudgetState.Formalised);
        var team = await site.SignedInAsync("marta", (Role.Manager, Scope.OfEntity(budget.Entity.Id.Value)));
        var address = $"/presupuesto-participativo/{budget.Slug}";
        (await site.Visitor().GetAsync(address + "/priorizacion")).Text.ShouldContain("90 puntos, puesto 1");
        var proposal = await site.Visitor().GetAsync($"{address}/propuestas/{budget.Proposals[0].Value}");
        proposal.Text.ShouldContain("Cierra una brecha: 60");
        (await (await team.GetAsync(address + "/rendicion")).SubmitAsync(form: "handler=Render", expected: Refused)).Text.ShouldContain("Todavía no");
        (await (await team.GetAsync(address + "/apertura")).SubmitAsync(new() { ["To"] = "Contraloría", ["On"] = "2026-06-01", ["Document"] = "Oficio 33" }, form: "handler=Copy")).Text.ShouldContain("Oficio 33");

        // The next year, called while this one is carried out, owes its accounts to the agents.
        var next = await given.BudgetAsync(BudgetState.Convened, entity: await given.EntityAsync());
        var marta = await site.SignedInAsync("otra", (Role.Manager, Scope.OfEntity(next.Entity.Id.Value)));
        var accounts = await marta.GetAsync($"/presupuesto-participativo/{next.Slug}/rendicion");
        (await accounts.SubmitAsync(new() { ["Year"] = "2025", ["Document"] = "Informe 3", ["Lines"] = "Posta; 100; 90; 90; terminado" }, form: "Earlier", expected: Refused)).Text.ShouldContain("Escriba por qué");
        accounts = await accounts.SubmitAsync(new() { ["Year"] = "2025", ["Document"] = "Informe 3", ["Lines"] = "Posta; 100; 90; 90; terminado; Menor canon" }, form: "Earlier");
        accounts.Text.ShouldContain("Cuentas del año 2025");
        accounts.Text.ShouldContain("Falta informar a los agentes");
        var slips = await (await marta.GetAsync($"/presupuesto-participativo/{next.Slug}/agentes/credenciales")).SubmitAsync();
        slips.Document.QuerySelectorAll(".ballot .code").Length.ShouldBe(5);
        (await (await site.Visitor().GetAsync($"/presupuesto-participativo/{next.Slug}/constancia")).SubmitAsync(new() { ["Code"] = next.Slips[0].Code }, expected: Refused)).Text.ShouldContain("Revise las letras", customMessage: "an earlier code no longer counts");
    }

    static async Task<string> TextAsync(Browser browser, string address)
    {
        var answer = await browser.FetchAsync(HttpMethod.Get, address);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var zip = new ZipArchive(new MemoryStream(await answer.Content.ReadAsByteArrayAsync()));
        using var reader = new StreamReader(zip.GetEntry("word/document.xml")!.Open(), Encoding.UTF8);
        return System.Text.RegularExpressions.Regex.Replace(await reader.ReadToEndAsync(), "<[^>]+>", "");
    }
}
