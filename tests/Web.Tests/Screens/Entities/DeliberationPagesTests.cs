using System.Net;
using Minka.Core.Accounts;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Web.Tests.Screens.Entities;

public sealed class DeliberationPagesTests
{
    [Fact]
    public async Task Secretary_WritesProxiesHandsAmendmentsAndBreaks_AndRefusedFormsKeepWhatWasTyped()
    {
        await using var site = await TestSite.StartAsync();
        var given = site.Given();
        var entity = await given.EntityAsync();
        var opened = await given.SessionAsync(entity, present: 9);
        var rosa = await site.SignInAsync(await site.PersonAsync("rosa", (Role.Secretary, Scope.OfEntity(entity.Id.Value))));
        await given.WithAsync<ProposeMotion, MotionId>(p => p.ExecuteAsync(opened.Id, new MotionInput("Cuota", "La cuota es de 10 soles."), entity.Actor));
        var session = await rosa.GetAsync($"/asambleas/{opened.Id.Value}");
        session.Text.ShouldContain("Composición de los votos presentes");

        Dictionary<string, string> proxy = new() { ["giver"] = entity.Members[9].Value.ToString(), ["holder"] = entity.Members[0].Value.ToString(), ["document"] = "" };
        var refused = await session.SubmitAsync(proxy, form: "GiveProxy", expected: HttpStatusCode.UnprocessableEntity);
        refused.Text.ShouldContain("en qué documento consta");
        refused.Document.QuerySelector("#proxy-giver option[selected]")!.GetAttribute("value").ShouldBe(entity.Members[9].Value.ToString());
        session = await session.SubmitAsync(new(proxy) { ["document"] = "carta del 3 de marzo" }, form: "GiveProxy");
        session.Document.QuerySelectorAll("button[form=revoking]").Length.ShouldBe(1);
        (await session.SubmitAsync(new() { ["present"] = entity.Members[9].Value.ToString() }, form: "Arrive", expected: HttpStatusCode.UnprocessableEntity)).Text.ShouldContain("no cuentan a la vez");

        session = await session.SubmitAsync(new() { ["text"] = "La cuota es de 8 soles." }, form: "Amend");
        session.Text.ShouldContain("Enmienda al punto 1");
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        // The amendment is the second motion; the first cannot be opened before it.
        (await session.SubmitAsync(form: "OpenVoting", expected: HttpStatusCode.UnprocessableEntity)).Text.ShouldContain("se vota su enmienda, el punto 2");
        var amendment = (await given.WithAsync<SessionQuery, SessionView?>(q => q.FindAsync(opened.Id, site.Clock.Now)))!.Motions[1].Motion.Id;
        await given.WithAsync<OpenVoting>(o => o.ExecuteAsync(amendment, entity.Actor));
        session = await rosa.GetAsync($"/asambleas/{opened.Id.Value}");
        var fields = session.Document.QuerySelectorAll("input[name^='h-']").Select(i => i.GetAttribute("name")!).ToList();
        fields.Count.ShouldBeGreaterThan(6);
        refused = await session.SubmitAsync(new() { ["h-producers-yes"] = "9" }, form: "Hands", expected: HttpStatusCode.UnprocessableEntity);
        refused.Text.ShouldContain("Productores y cooperativas: se escribieron 9 manos");
        refused.Document.GetElementById("h-producers-yes")!.GetAttribute("value").ShouldBe("9", "what was typed stays");
        (await session.SubmitAsync(new() { ["h-producers-yes"] = "dos" }, form: "Hands", expected: HttpStatusCode.UnprocessableEntity)).Text.ShouldContain("«dos» no es un número");
        session = await session.SubmitAsync(fields.Where(f => f.EndsWith("-yes", StringComparison.Ordinal)).ToDictionary(f => f, _ => "1"), form: "Hands");
        session = await session.SubmitAsync(form: "CloseVoting");
        session.Text.ShouldContain("La cuota es de 8 soles.");
        session.Text.ShouldNotContain("La cuota es de 10 soles.");

        (await session.SubmitAsync(new() { ["why"] = "Falta un informe", ["resumes"] = "ayer" }, form: "Suspend", expected: HttpStatusCode.UnprocessableEntity)).Text.ShouldContain("«ayer» no es una fecha");
        session = await session.SubmitAsync(new() { ["why"] = "Falta un informe" }, form: "Suspend");
        session.Text.ShouldContain("Sesión suspendida");
        (await session.SubmitAsync(form: "Resume", expected: HttpStatusCode.UnprocessableEntity)).Text.ShouldContain("No hay quórum");
        foreach (var member in entity.Members.Take(7)) session = await session.SubmitAsync(new() { ["present"] = member.Value.ToString() }, form: "Arrive");
        session = await session.SubmitAsync(form: "Resume");
        session = await session.SubmitAsync(new() { ["member"] = entity.Members[1].Value.ToString() }, form: "Leave");
        session.Text.ShouldContain("Se perdió el quórum");
        (await session.SubmitAsync(form: "OpenVoting", expected: HttpStatusCode.UnprocessableEntity)).Text.ShouldContain("suspenda la sesión y reanúdela");
        await session.SubmitAsync(form: "Close");
        var minutes = await site.Visitor().GetAsync($"/asambleas/{opened.Id.Value}/acta");
        minutes.Text.ShouldContain("dio poder a");
        minutes.Text.ShouldContain("La sesión se suspendió el");
        minutes.Text.ShouldContain("Se votó a mano alzada");
        minutes.Text.ShouldContain("el punto 1 lleva este texto");
    }

    [Fact]
    public async Task Council_RecordsObjections_AndItsMayorsGiveNoProxy()
    {
        await using var site = await TestSite.StartAsync();
        var given = site.Given();
        var entity = await given.EntityAsync("ccl", members: 7);
        var opened = await given.SessionAsync(entity, present: 6);
        var rosa = await site.SignInAsync(await site.PersonAsync("rosa", (Role.Secretary, Scope.OfEntity(entity.Id.Value))));
        var motion = await given.WithAsync<ProposeMotion, MotionId>(p => p.ExecuteAsync(opened.Id, new MotionInput("Punto", "Concertar."), entity.Actor));
        await given.WithAsync<OpenVoting>(o => o.ExecuteAsync(motion, entity.Actor));
        await given.WithAsync<CastVote>(c => c.ExecuteAsync(motion, [.. entity.Members.Take(6).Select((m, i) => (m, i == 0 ? Choice.No : Choice.Yes))], entity.Actor));
        var session = await rosa.GetAsync($"/asambleas/{opened.Id.Value}");
        session.Document.GetElementById("proxy-giver").ShouldBeNull("only a mayor is away");
        (await session.SubmitAsync(form: "Object", expected: HttpStatusCode.UnprocessableEntity)).Text.ShouldContain("Escriba la objeción");
        session = await session.SubmitAsync(new() { ["member"] = entity.Members[0].Value.ToString(), ["objection"] = "Falta el estudio de agua." }, form: "Object");
        session.Text.ShouldContain("Falta el estudio de agua.");
        session = await session.SubmitAsync(form: "CloseVoting");
        await session.SubmitAsync(form: "Close");
        (await site.Visitor().GetAsync($"/asambleas/{opened.Id.Value}/acta")).Text.ShouldContain("Objeción de");
    }

    [Fact]
    public async Task WrittenProcedure_IsConvenedFromTheForm()
    {
        await using var site = await TestSite.StartAsync();
        var entity = await site.Given().EntityAsync();
        var person = await site.PersonAsync("rosa", (Role.Secretary, Scope.OfEntity(entity.Id.Value)));
        var rosa = await site.SignInAsync(person);
        var convene = await rosa.GetAsync($"/entidades/{entity.Slug}/asambleas/nueva");
        Dictionary<string, string> form = new() { ["Subject"] = "Consulta", ["Place"] = "Por escrito", ["First"] = "2026-03-09 09:00", ["Second"] = "", ["Until"] = "2026-03-10 09:00" };
        var refused = await convene.SubmitAsync(form, expected: HttpStatusCode.UnprocessableEntity);
        refused.Text.ShouldContain("al menos 5 días");
        refused.Document.QuerySelector("[name=Until]")!.GetAttribute("value").ShouldStartWith("2026-03-10");
        var session = await convene.SubmitAsync(new(form) { ["Until"] = "2026-03-16 09:00" });
        session.Text.ShouldContain("Procedimiento escrito");
        site.Clock.MoveTo(LegalTime.ToUtc(new DateOnly(2026, 3, 9), new TimeOnly(9, 0)));
        rosa = await site.SignInAsync(person);
        (await (await rosa.GetAsync(session.Url)).SubmitAsync(form: "Open", button: "First")).Text.ShouldContain("en sesión");
    }
}
