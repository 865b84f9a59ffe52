using System.Net;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Web.Tests.Screens.Entities;

public sealed class SessionPagesTests
{
    [Theory, BothDatabases]
    public async Task Secretary_FromConvocationToSignedMinutes_WalksWithoutJavaScript(string provider)
    {
        await using var site = await TestSite.StartAsync(provider);
        var entity = await site.Given().EntityAsync();
        var person = await site.PersonAsync("rosa", (Role.Secretary, Scope.OfEntity(entity.Id.Value)));
        var rosa = await site.SignInAsync(person);

        var convene = await rosa.GetAsync($"/entidades/{entity.Slug}/asambleas/nueva");
        (await convene.SubmitAsync(new() { ["Subject"] = "", ["Place"] = "Plaza", ["First"] = "mañana" }, expected: HttpStatusCode.UnprocessableEntity)).Text.ShouldContain("«mañana» no es fecha y hora");
        (await convene.SubmitAsync(new() { ["Subject"] = "Aprobar", ["Place"] = "Plaza", ["First"] = "2026-03-03T09:00", ["Second"] = "" }, expected: HttpStatusCode.UnprocessableEntity)).Text.ShouldContain("Se convoca con 5 días de anticipación");
        var session = await convene.SubmitAsync(new() { ["Subject"] = "Aprobar el plan", ["Place"] = "Local comunal", ["First"] = "2026-03-09 09:00", ["Second"] = "9/3/2026 09:30" });
        session.Title.ShouldBe("Aprobar el plan");
        var address = session.Url;
        (await session.SubmitAsync(form: "Open", button: "First", expected: HttpStatusCode.UnprocessableEntity)).Text.ShouldContain("Todavía no es la hora");

        var propose = await session.FollowAsync("Agregar un punto");
        (await propose.SubmitAsync(new() { ["Heading"] = "Plan" }, expected: HttpStatusCode.UnprocessableEntity)).Text.ShouldContain("Escriba lo que se acordaría");
        await propose.SubmitAsync(new() { ["Heading"] = "Plan de trabajo", ["Resolved"] = "Aprobar el plan de trabajo del año." });
        (await site.Visitor().GetAsync(address + "/convocatoria")).Text.ShouldContain("Plan de trabajo");

        site.Clock.MoveTo(LegalTime.ToUtc(new DateOnly(2026, 3, 9), new TimeOnly(9, 5)));
        rosa = await site.SignInAsync(person);
        session = await rosa.GetAsync(address);
        (await session.SubmitAsync(form: "Open", button: "First", expected: HttpStatusCode.UnprocessableEntity)).Text.ShouldContain("No hay quórum: 0 presentes y se necesitan 7 de 12");
        (await session.SubmitAsync(form: "Arrive", expected: HttpStatusCode.UnprocessableEntity)).Text.ShouldContain("No eligió a nadie");
        foreach (var member in entity.Members.Take(9)) session = await session.SubmitAsync(new() { ["present"] = member.Value.ToString() }, form: "Arrive");
        session = await session.SubmitAsync(new() { ["member"] = entity.Members[9].Value.ToString(), ["attendee"] = "Suplente Uno" }, form: "Proxy");
        session.Text.ShouldContain("Suplente Uno");
        session = await session.SubmitAsync(new() { ["member"] = entity.Members[0].Value.ToString() }, form: "Leave");
        session.Document.QuerySelectorAll("button[form=leaving]").Length.ShouldBe(9);
        session = await session.SubmitAsync(new() { ["present"] = entity.Members[0].Value.ToString() }, form: "Arrive");
        session = await session.SubmitAsync(form: "Open", button: "First");
        session.Text.ShouldContain("en sesión");

        site.Clock.Advance(TimeSpan.FromMinutes(10));
        session = await session.SubmitAsync(new() { ["member"] = entity.Members[8].Value.ToString() }, form: "Conflict");
        session = await session.SubmitAsync(form: "OpenVoting");
        session.Text.ShouldContain("En votación: 1. Plan de trabajo");
        session.Text.ShouldContain("Todavía nadie ha votado");
        var votes = entity.Members.Take(7).ToDictionary(m => "v-" + m.Value, _ => "Yes");
        votes["v-" + entity.Members[7].Value] = "No";
        (await session.SubmitAsync(form: "roll-call", expected: HttpStatusCode.UnprocessableEntity)).Text.ShouldContain("No eligió a nadie");
        var voted = await session.SubmitAsync(votes, form: "roll-call");
        voted.Text.ShouldContain("Con estos votos se aprueba");
        // The old page again: everybody already voted.
        (await session.SubmitAsync(votes, form: "roll-call", expected: HttpStatusCode.UnprocessableEntity)).Text.ShouldContain("ya votó en este punto");
        var decided = await voted.SubmitAsync(form: "CloseVoting");
        decided.Text.ShouldContain("La votación se cerró: aprobado");
        (await voted.SubmitAsync(new() { ["v-" + entity.Members[9].Value] = "Yes" }, form: "roll-call", expected: HttpStatusCode.UnprocessableEntity)).Text.ShouldContain("La votación no está abierta");
        site.Clock.Advance(TimeSpan.FromMinutes(20));
        var closed = await decided.SubmitAsync(form: "Close");
        closed.Text.ShouldContain("El acta");

        var visitor = site.Visitor();
        var minutes = await visitor.GetAsync(address + "/acta");
        minutes.Text.ShouldContain("Pendiente de firma");
        minutes.Text.ShouldContain("Aprobado: acuerdo n.º 001-2026");
        minutes.Text.ShouldContain("Votos a favor: 7; en contra: 1");
        minutes.Text.ShouldContain("10 presentes; se necesitan 7 de 12");
        minutes.Html.ShouldNotContain("Suplente Uno");
        minutes.Html.ShouldNotContain("Representante de");
        (await rosa.GetAsync(address + "/acta")).Text.ShouldContain("Suplente Uno");

        var sign = await rosa.GetAsync(address + "/firma");
        byte[] scan = [.. "%PDF-1.4 acta firmada"u8];
        (await sign.SubmitAsync(new() { ["Signers"] = "" }, files: new() { ["Evidence"] = ("acta.pdf", scan, "application/pdf") }, expected: HttpStatusCode.UnprocessableEntity)).Text.ShouldContain("escriba quiénes firmaron");
        (await sign.SubmitAsync(files: new() { ["Evidence"] = ("acta.pdf", [.. "MZ"u8], "application/pdf") }, expected: HttpStatusCode.UnprocessableEntity)).Text.ShouldContain("no se acepta");
        (await sign.SubmitAsync(expected: HttpStatusCode.UnprocessableEntity)).Text.ShouldContain("Elija un archivo");
        var signed = await sign.SubmitAsync(new() { ["Signers"] = "María Presidenta" }, files: new() { ["Evidence"] = ("acta.pdf", scan, "application/pdf") });
        signed.Text.ShouldContain("Firmaron: María Presidenta");
        var evidence = signed.Links.Single(l => l.Contains("/firmas/", StringComparison.Ordinal));
        using (var file = await rosa.FetchAsync(HttpMethod.Get, evidence)) (await file.Content.ReadAsByteArrayAsync()).ShouldBe(scan);
        using (var refused = await visitor.FetchAsync(HttpMethod.Get, evidence)) (await refused.Content.ReadAsByteArrayAsync()).ShouldNotBe(scan);
        var forAll = await visitor.GetAsync(address + "/acta");
        forAll.Html.ShouldNotContain("María Presidenta");
        forAll.Text.ShouldNotContain("Pendiente de firma");

        var resolution = await visitor.GetAsync($"/entidades/{entity.Slug}/acuerdos/1");
        resolution.Text.ShouldContain("Aprobar el plan de trabajo del año.");
        resolution.Links.ShouldContain(l => l.StartsWith("/registro/", StringComparison.Ordinal));
        var end = await rosa.GetAsync($"/entidades/{entity.Slug}/acuerdos/1/cerrar");
        (await end.SubmitAsync(expected: HttpStatusCode.UnprocessableEntity)).Text.ShouldContain("Escriba el motivo");
        (await end.SubmitAsync(new() { ["Why"] = "Plan ejecutado" })).Text.ShouldContain("cumplido");
        (await end.SubmitAsync(new() { ["Why"] = "Otra vez" }, expected: HttpStatusCode.Conflict)).Text.ShouldContain("Ese paso no corresponde ahora: el estado es «cumplido»");
        using var csv = await visitor.FetchAsync(HttpMethod.Get, $"/entidades/{entity.Slug}/acuerdos.csv");
        (await csv.Content.ReadAsStringAsync()).ShouldContain("001-2026");
    }

    [Fact]
    public async Task Representative_VotesForTheOwnMember_AndNotForAnother()
    {
        await using var site = await TestSite.StartAsync();
        var given = site.Given();
        var entity = await given.EntityAsync(members: 5);
        var person = await site.PersonAsync("julia");
        var own = await given.WithAsync<AddMember, MemberId>(a => a.ExecuteAsync(entity.Id, given.Member("Comunidad de Julia", person: person), entity.Actor));
        var session = await given.SessionAsync(entity with { Members = [.. entity.Members, own] });
        var motion = await given.WithAsync<ProposeMotion, MotionId>(p => p.ExecuteAsync(session.Id, new MotionInput("Punto", "Aprobar."), entity.Actor));
        await given.WithAsync<OpenVoting>(o => o.ExecuteAsync(motion, entity.Actor));

        var julia = await site.SignInAsync(person);
        var room = await julia.GetAsync($"/asambleas/{session.Id.Value}");
        room.Html.ShouldNotContain("handler=CloseVoting");
        var page = await room.FollowAsync("Votar ahora");
        page.Text.ShouldContain("Su voto por Comunidad de Julia");
        var forged = await page.SubmitAsync(new() { ["member"] = entity.Members[0].Value.ToString(), ["choice"] = "Yes" }, form: "own-1-" + own.Value, expected: HttpStatusCode.UnprocessableEntity);
        forged.Text.ShouldContain("Usted no representa a ese miembro");
        (await page.SubmitAsync(new() { ["choice"] = "No" }, form: "own-1-" + own.Value)).Text.ShouldContain("Su voto quedó anotado");
        (await page.SubmitAsync(new() { ["choice"] = "Yes" }, form: "own-1-" + own.Value, expected: HttpStatusCode.UnprocessableEntity)).Text.ShouldContain("ya votó en este punto");
        (await site.ReadAsync(db => db.Votes.SingleAsync())).ByRepresentative.ShouldBeTrue();
    }

    [Fact]
    public async Task Session_WithTwoHundredMembers_StaysWithinAPage()
    {
        await using var site = await TestSite.StartAsync();
        var given = site.Given();
        var entity = await given.EntityAsync(members: 0);
        var csv = "organizacion;sector;grupo;representante;desde;hasta\n" + string.Concat(Enumerable.Range(1, 200).Select(i =>
            $"Organización de productores y comuneros número {i} de la cuenca;{(i % 3 == 0 ? "publico;district-government" : i % 3 == 1 ? "privado;producers" : "social;communities")};Representante número {i};2026-01-01;2026-12-31\n"));
        (await given.WithAsync<ImportMembers, MemberImport>(m => m.ExecuteAsync(entity.Id, csv, entity.Actor))).Imported.ShouldBe(200);
        var members = await site.ReadAsync(db => db.Members.Select(m => m.Id).ToListAsync());
        entity = entity with { Members = members };
        var rosa = await site.SignedInAsync("rosa", (Role.Secretary, Scope.OfEntity(entity.Id.Value)));
        var assembly = await given.AssemblyAsync(entity);
        await rosa.GetAsync($"/asambleas/{assembly.Value}");
        site.Clock.Advance(TimeSpan.FromDays(7));
        await given.WithAsync<RecordAttendance>(r => r.ArriveAsync(assembly, members, entity.Actor));
        await given.WithAsync<OpenSession>(o => o.ExecuteAsync(assembly, AssemblyCall.First, entity.Actor));
        var motion = await given.WithAsync<ProposeMotion, MotionId>(p => p.ExecuteAsync(assembly, new MotionInput("Punto", "Aprobar."), entity.Actor));
        await given.WithAsync<OpenVoting>(o => o.ExecuteAsync(motion, entity.Actor));
        await rosa.GetAsync($"/asambleas/{assembly.Value}");
        await given.WithAsync<CastVote>(c => c.ExecuteAsync(motion, [.. members.Select(m => (m, Choice.Yes))], entity.Actor));
        await given.WithAsync<CloseVoting, MotionOutcome>(c => c.ExecuteAsync(motion, entity.Actor));
        await given.WithAsync<CloseSession, Digest>(c => c.ExecuteAsync(assembly, entity.Actor));
        await rosa.GetAsync($"/asambleas/{assembly.Value}/acta");
        await rosa.GetAsync($"/asambleas/{assembly.Value}/convocatoria");
        await rosa.GetAsync($"/entidades/{entity.Slug}");
        await rosa.GetAsync($"/entidades/{entity.Slug}/miembros");
    }

    [Fact]
    public async Task ElectronicSignature_OfAForgedFile_IsRefused()
    {
        await using var site = await TestSite.StartAsync();
        var given = site.Given();
        var entity = await given.EntityAsync(members: 3);
        await given.AdoptedResolutionAsync(entity, signed: false);
        var assembly = await site.ReadAsync(db => db.Assemblies.SingleAsync());
        var rosa = await site.SignedInAsync("rosa", (Role.Secretary, Scope.OfEntity(entity.Id.Value)));
        var sign = await rosa.GetAsync($"/asambleas/{assembly.Id.Value}/firma");
        byte[] forged = [.. "%PDF-1.7\n1 0 obj<</Type/Sig/ByteRange[0 10 20 5]/Contents<00>>>\n%%EOF"u8];
        (await sign.SubmitAsync(new() { ["Signers"] = "Alguien" }, files: new() { ["Evidence"] = ("acta.pdf", forged, "application/pdf") }, expected: HttpStatusCode.UnprocessableEntity)).Text.ShouldContain("no es válida");
        (await site.ReadAsync(db => db.Signatures.AnyAsync())).ShouldBeFalse();
        (await site.Visitor().GetAsync($"/asambleas/{assembly.Id.Value}/acta")).Text.ShouldContain("Pendiente de firma");
    }

    [Fact]
    public async Task Cancelled_Convocation_SaysWhyAndDoesNotOpen()
    {
        await using var site = await TestSite.StartAsync();
        var given = site.Given();
        var entity = await given.EntityAsync(members: 3);
        var id = await given.AssemblyAsync(entity);
        var rosa = await site.SignedInAsync("rosa", (Role.Secretary, Scope.OfEntity(entity.Id.Value)));
        var page = await rosa.GetAsync($"/asambleas/{id.Value}");
        (await page.SubmitAsync(new() { ["why"] = "" }, form: "Cancel", expected: HttpStatusCode.UnprocessableEntity)).Text.ShouldContain("Escriba el motivo");
        (await page.SubmitAsync(new() { ["why"] = "Huaico en la carretera" }, form: "Cancel")).Text.ShouldContain("Huaico en la carretera");
        (await page.SubmitAsync(new() { ["call"] = "First" }, form: "Open", expected: HttpStatusCode.Conflict)).Text.ShouldContain("Ese paso no corresponde ahora: el estado es «sin efecto»");
        await rosa.GetAsync("/idioma/en");
        (await page.SubmitAsync(new() { ["call"] = "First" }, form: "Open", expected: HttpStatusCode.Conflict)).Text.ShouldContain("the state is “called off”");
    }

    [Fact]
    public void EveryRule_HasItsWordsInBothLanguages()
    {
        foreach (var language in Layout.Texts.Languages)
        {
            foreach (var code in typeof(EntitiesRules).GetFields().Select(f => (string)f.GetRawConstantValue()!))
                Layout.Texts.Of(language).ContainsKey("rule." + code).ShouldBeTrue($"{language}: rule.{code}");
        }
    }
}
