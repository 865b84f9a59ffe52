using System.IO.Compression;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Entities;
using Minka.Core.Entities.Ballots;
using Minka.Core.Entities.Elections;
using Minka.Core.Entities.Prioritisation;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.Selection.Participatory;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Web.Tests.Screens.Entities;

public sealed class AssemblyRulesPagesTests
{
    [Fact]
    public async Task Conflict_IsCountedInMinutesPageAndFile_AndNamedToTheSecretaryAlone()
    {
        await using var site = await TestSite.StartAsync();
        var given = site.Given();
        var voters = await given.VotersAsync(9, password: TestSite.Password);
        var (entity, session, members) = (voters.Session.Entity, voters.Session, voters.Session.Entity.Members);
        var names = await site.ReadAsync(db => db.Members.Where(m => m.EntityId == entity.Id).ToDictionaryAsync(m => m.Id, m => m.Organisation));
        await given.WithAsync<DeclareInterest>(d => d.ExecuteAsync(voters.People[0], new(InterestKind.Kin, "Constructora Sol", null, 1, null, LegalTime.DayIn(site.Clock.Now), null), new Actor(voters.People[0], "person")));
        var rosa = await site.SignInAsync(await site.PersonAsync("rosa", (Role.Secretary, Scope.OfEntity(entity.Id.Value))));
        var address = $"/asambleas/{session.Id.Value}";
        var propose = await rosa.GetAsync(address + "/puntos/nuevo");
        var again = await propose.SubmitAsync(new() { ["Heading"] = "Obra", ["Touches"] = "Constructora Sol", ["Concerned"] = members[1].Value.ToString() }, expected: HttpStatusCode.UnprocessableEntity);
        again.Document.GetElementById("c-" + members[1].Value)!.HasAttribute("checked").ShouldBeTrue("what was chosen stays");
        var room = await again.SubmitAsync(new() { ["Heading"] = "Obra", ["Resolved"] = "Contratar la obra." });
        room.Text.ShouldContain("Toca a: Constructora Sol");
        room.Text.ShouldContain($"no votan en este punto: {names[members[0]]} y {names[members[1]]}");
        room = await room.SubmitAsync(form: "OpenVoting");
        room.Document.QuerySelectorAll($"#roll-call input[name='v-{members[0].Value}']").Length.ShouldBe(0, "it is not called");
        // Everybody else of the room sees that there is a conflict nowhere.
        var other = await SignInAsync(site, voters.People[5]);
        (await other.GetAsync(address)).Text.ShouldNotContain("no votan en este punto");
        var own = await SignInAsync(site, voters.People[0]);
        (await own.GetAsync(address + "/mi-voto")).Text.ShouldContain("no vota en este punto");
        room = await room.SubmitAsync(members.Skip(2).ToDictionary(m => "v-" + m.Value, m => m == members[2] ? "No" : "Yes"), form: "roll-call");
        room = await room.SubmitAsync(form: "CloseVoting");
        await room.SubmitAsync(form: "Close");

        // For the entity's own people the attendance names who came, "Representante de …".
        foreach (var (reader, times) in new[] { (site.Visitor(), 1), (rosa, 2) })
        {
            var minutes = await reader.GetAsync(address + "/acta");
            minutes.Text.ShouldContain("Conflicto declarado, se retiraron: 2 miembros");
            var file = await Docx(reader, address + "/acta.docx");
            file.ShouldContain("Conflicto declarado, se retiraron: 2 miembros");
            // They are named where they were present, and nowhere else.
            foreach (var member in members.Take(2))
            {
                minutes.Text.Split(names[member]).Length.ShouldBe(times + 1);
                file.Split(names[member]).Length.ShouldBe(times + 1);
            }
        }
        (await (await site.Visitor().FetchAsync(HttpMethod.Get, $"/entidades/{entity.Slug}/acuerdos.csv")).Content.ReadAsStringAsync()).ShouldNotContain(names[members[0]]);
        (await site.Visitor().GetAsync($"/entidades/{entity.Slug}/acuerdos/1")).Text.ShouldNotContain(names[members[0]]);
    }

    [Fact]
    public async Task WrittenProcedure_ShowsSeveralVotings_AndEachIsAnsweredOnThePageOfOnesOwn()
    {
        await using var site = await TestSite.StartAsync();
        var given = site.Given();
        var voters = await given.VotersAsync(5, password: TestSite.Password);
        var entity = voters.Session.Entity;
        var first = site.Clock.Now.AddDays(6);
        var id = await given.WithAsync<ConveneAssembly, AssemblyId>(c => c.ExecuteAsync(entity.Id, new ConvocationInput("Consulta", "Por escrito", first, null, first.AddDays(6)), entity.Actor));
        foreach (var title in new[] { "Primera pregunta", "Segunda pregunta" }) await given.WithAsync<ProposeMotion, MotionId>(p => p.ExecuteAsync(id, new MotionInput(title, "Aprobar."), entity.Actor));
        site.Clock.MoveTo(first);
        await given.WithAsync<OpenSession>(o => o.ExecuteAsync(id, AssemblyCall.First, entity.Actor));
        var rosa = await site.SignInAsync(await site.PersonAsync("rosa", (Role.Secretary, Scope.OfEntity(entity.Id.Value))));
        var room = await rosa.GetAsync($"/asambleas/{id.Value}");
        room = await room.SubmitAsync(form: "OpenVoting");
        room = await room.SubmitAsync(form: "OpenVoting");
        room.Document.QuerySelectorAll("section[id^=voting]").Length.ShouldBe(2);
        var julia = await SignInAsync(site, voters.People[0]);
        var page = await julia.GetAsync($"/asambleas/{id.Value}/mi-voto");
        page = await page.SubmitAsync(new() { ["choice"] = "Yes" }, form: $"own-2-{entity.Members[0].Value}");
        page.Text.ShouldContain(": Sí");
        page.Document.QuerySelectorAll("form[id^=own-1-]").Length.ShouldBe(1, "the other question is still open");
        (await page.SubmitAsync(form: $"own-1-{entity.Members[0].Value}", expected: HttpStatusCode.UnprocessableEntity)).Text.ShouldContain("Marque");
        (await site.ReadAsync(db => db.Votes.SingleAsync())).Choice.ShouldBe(Choice.Yes);
    }

    [Fact]
    public async Task Statute_AsksForWomenAndAnotherClock_AndThePapersAreAlsoDocx()
    {
        await using var site = await TestSite.StartAsync();
        var given = site.Given();
        var entity = await given.EntityAsync("leader", members: 9);
        var rosa = await site.SignInAsync(await site.PersonAsync("rosa", (Role.Secretary, Scope.OfEntity(entity.Id.Value))));
        var founding = await rosa.GetAsync($"/entidades/{entity.Slug}/constitucion");
        founding.Text.ShouldContain("Europe/Madrid");
        Dictionary<string, string> typed = new() { ["Purpose"] = "Coordinar el desarrollo del valle", ["Domicile"] = "Lugo", ["Women"] = "40", ["Zone"] = "Marte/Olimpo" };
        (await founding.SubmitAsync(typed, form: "statute-form", expected: HttpStatusCode.UnprocessableEntity)).Text.ShouldContain("«Marte/Olimpo» no es una zona horaria");
        typed["Zone"] = "Atlantic/Canary";
        await founding.SubmitAsync(typed, form: "statute-form");
        var papers = await rosa.GetAsync($"/entidades/{entity.Slug}/constitucion/expediente");
        papers.Text.ShouldContain("Las mujeres tienen al menos 40");
        var file = await Docx(rosa, papers.Links.Single(l => l.EndsWith(".docx", StringComparison.Ordinal)));
        foreach (var sentence in new[] { "Acta de constitución de", "Coordinar el desarrollo del valle", "Las mujeres tienen al menos 40", "Representante de Organización", "Pendiente de firma" }) file.ShouldContain(sentence);
        using (var refused = await site.Visitor().FetchAsync(HttpMethod.Get, $"/entidades/{entity.Slug}/constitucion/expediente.docx")) refused.Content.Headers.ContentType?.MediaType.ShouldNotBe("application/vnd.openxmlformats-officedocument.wordprocessingml.document");

        // What is typed and told is the wall clock of the statutes: summer time there began on 29 March 2026 at 01:00.
        var convene = await rosa.GetAsync($"/entidades/{entity.Slug}/asambleas/nueva");
        convene.Text.ShouldContain("hora de Canary");
        var session = await convene.SubmitAsync(new() { ["Subject"] = "Verano", ["Place"] = "Lugo", ["First"] = "2026-03-30 09:00", ["Second"] = "" });
        (await site.ReadAsync(db => db.Assemblies.SingleAsync())).FirstCallAt.ShouldBe(new DateTime(2026, 3, 30, 8, 0, 0, DateTimeKind.Utc));
        (await site.Visitor().GetAsync(session.Url + "/convocatoria")).Text.ShouldContain("09:00 (hora de Canary)");
        // Another entity's pages keep Lima's.
        (await rosa.GetAsync("/entidades/" + (await given.EntityAsync(members: 1)).Slug)).Text.ShouldNotContain("Canary");
    }

    [Fact]
    public async Task History_OfCompliance_IsAPageAndAFile()
    {
        await using var site = await TestSite.StartAsync();
        var given = site.Given();
        var entity = await given.EntityAsync(members: 9);
        await given.VoteAsync(await given.SessionAsync(entity), new MotionInput("Plan anual", "Aprobar."));
        await given.WithAsync<EndMandate>(e => e.ExecuteAsync(entity.Members[1], "Renunció", entity.Actor));
        var page = await (await site.Visitor().GetAsync("/entidades/" + entity.Slug)).FollowAsync("Historial de cumplimiento");
        page.Text.ShouldContain("Votación del punto 1: Plan anual");
        page.Text.ShouldContain("9 miembros con mandato");
        page.Text.ShouldContain("8 miembros con mandato");
        page.Document.QuerySelectorAll("svg").Length.ShouldBeGreaterThan(0);
        (await site.Visitor().GetAsync($"/entidades/{entity.Slug}/composicion?ver=votos")).Text.ShouldNotContain("miembros con mandato");
        var csv = await (await site.Visitor().FetchAsync(HttpMethod.Get, $"/entidades/{entity.Slug}/composicion.csv")).Content.ReadAsStringAsync();
        csv.ShouldContain("El sector público tiene 3 de 9 votos");
        csv.ShouldNotContain("Representante");
    }

    [Fact]
    public async Task Election_FollowsASourcedRule_AndNothingOfItIsTyped()
    {
        await using var site = await TestSite.StartAsync();
        var given = site.Given();
        var entity = await given.EntityAsync();
        var session = await given.SessionAsync(entity);
        var rosa = await site.SignInAsync(await site.PersonAsync("rosa", (Role.Secretary, Scope.OfEntity(entity.Id.Value))));
        var draft = await rosa.GetAsync($"/asambleas/{session.Id.Value}/elecciones/nueva");
        draft = await draft.FollowAsync("Consejo directivo");
        draft.Text.ShouldContain("2/5 de los puestos, hacia arriba");
        var list = "Municipalidad; A; público; hombre\nCafé; B; privado; mujer\nRondas; C; social; mujer\nQuesos; D; privado; hombre";
        (await draft.SubmitAsync(new() { ["Beacon"] = "lotería", ["List"] = list }, expected: HttpStatusCode.UnprocessableEntity)).Text.ShouldContain("Lo que fija la regla");
        var shown = await draft.SubmitAsync(new() { ["Beacon"] = "lotería", ["List"] = list + "\nRonda alta; E; social; hombre" });
        shown.Text.ShouldContain("propuesta propia: ningún sector decide solo");
        (await site.ReadAsync(db => db.OrganElections.SingleAsync())).Rule.Quotas.Count.ShouldBe(5);
    }

    [Fact]
    public async Task Recording_IsUploadedBesideAnOption_AndHeardOnTheBallot()
    {
        await using var site = await TestSite.StartAsync();
        var given = site.Given();
        var entity = await given.EntityAsync(members: 2);
        var id = await given.WithAsync<RunPrioritisation, PrioritisationId>(r => r.DraftAsync(entity.Id, new("Priorización", Money.Soles(100), BallotForm.Several, 2,
            [new("1", "Riego", Money.Soles(60), null, "agua"), new("2", "Camino", Money.Soles(50), null, null)], new(PbRule.GreedyScore, Completion.None), [new("t1", "Chilete")]), entity.Actor));
        var rosa = await site.SignInAsync(await site.PersonAsync("rosa", (Role.Secretary, Scope.OfEntity(entity.Id.Value))));
        var sounds = await (await rosa.GetAsync($"/entidades/{entity.Slug}/priorizaciones/{id.Value}")).FollowAsync("Grabaciones de las opciones");
        byte[] voice = [.. "OggS\0"u8, .. Enumerable.Range(0, 200).Select(i => (byte)i)];
        (await sounds.SubmitAsync(form: "sound-1", files: new() { ["Sound"] = ("voz.ogg", [.. "MZ..................."u8], "audio/ogg") }, expected: HttpStatusCode.UnprocessableEntity)).Text.ShouldContain("no es una grabación");
        (await sounds.SubmitAsync(form: "sound-1", files: new() { ["Sound"] = ("voz.ogg", [.. voice, .. new byte[1_100_000]], "audio/ogg") }, expected: HttpStatusCode.UnprocessableEntity)).Text.ShouldContain("pasa de 1");
        sounds = await sounds.SubmitAsync(form: "sound-1", files: new() { ["Sound"] = ("voz.ogg", voice, "audio/ogg") });
        sounds.Document.QuerySelectorAll("audio[controls]").Length.ShouldBe(1);
        await given.WithAsync<RunPrioritisation>(r => r.FixAsync(id, entity.Actor));
        await given.WithAsync<RunPrioritisation>(r => r.OpenAsync(id, entity.Actor));
        var visitor = site.Visitor();
        var ballot = await visitor.GetAsync($"/priorizar/{id.Value}");
        var source = ballot.Document.QuerySelectorAll("audio[controls]").Single().GetAttribute("src")!;
        using var heard = await visitor.FetchAsync(HttpMethod.Get, source);
        (await heard.Content.ReadAsByteArrayAsync()).ShouldBe(voice);
        heard.Content.Headers.ContentType!.MediaType.ShouldBe("audio/ogg");
        heard.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("media-src 'self'");
        (await (await visitor.FetchAsync(HttpMethod.Get, $"/priorizar/{id.Value}/sonidos/2")).Content.ReadAsByteArrayAsync()).ShouldNotBe(voice);
    }

    static async Task<Browser> SignInAsync(TestSite site, Guid person)
    {
        var name = await site.ReadAsync(db => db.People.Where(p => p.Id == person).Select(p => p.UserName!).SingleAsync());
        var browser = site.Visitor();
        await (await browser.GetAsync("/entrar")).SubmitAsync(new() { ["Name"] = name, ["Password"] = TestSite.Password });
        return browser;
    }

    static async Task<string> Docx(Browser browser, string address)
    {
        using var answer = await browser.FetchAsync(HttpMethod.Get, address);
        await using var zip = new ZipArchive(await answer.Content.ReadAsStreamAsync(), ZipArchiveMode.Read);
        var texts = zip.Entries.Where(e => e.FullName.StartsWith("word/", StringComparison.Ordinal) && e.Name.EndsWith(".xml", StringComparison.Ordinal))
            .Select(e => new StreamReader(e.Open()).ReadToEnd());
        return System.Text.RegularExpressions.Regex.Replace(string.Concat(texts), "<[^>]+>", "");
    }
}
