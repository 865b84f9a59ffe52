using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Applications;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Web.Tests.Screens.Applications;

public sealed class TermsTests
{
    [Fact]
    public async Task The_form_asks_for_terms_where_the_rules_do_and_loses_nothing_typed()
    {
        await using var site = await TestSite.StartAsync();
        var given = site.Given();
        var first = await given.ProgrammeAsync();
        var second = await given.ProgrammeAsync(first.Entity);
        var pack = await given.TermsPackAsync();
        var call = await given.CallAsync(c => c.Under(pack).Accrediting(first.Entity.Id).Open());
        var file = await given.WrittenApplicationAsync(first, call);
        var manager = await site.SignedInAsync("gerente", (Role.Manager, Scope.OfEntity(first.Entity.Id.Value)));
        var home = $"/postulaciones/{file.Id.Value}";

        var tasks = await manager.GetAsync(home);
        tasks.Text.ShouldContain("Condiciones");
        tasks.Text.ShouldContain("Falta el nombre de quien formuló el plan.");
        var form = await manager.GetAsync($"{home}/condiciones");
        form.Text.ShouldContain("540 000.00");
        var again = await form.SubmitAsync(new() { ["AcceptsPart"] = "true", ["LeastPart"] = "doscientos", ["WriterName"] = "Formuladora Inventada", ["WriterDocument"] = "41222333", ["Place"] = "primero" }, expected: null);
        again.Document.QuerySelector("input[name=LeastPart]")!.GetAttribute("value").ShouldBe("doscientos");
        again.Document.QuerySelector("input[name=WriterName]")!.GetAttribute("value").ShouldBe("Formuladora Inventada");
        again.Text.ShouldContain("Escriba el lugar con un número entero");
        (await again.SubmitAsync(new() { ["AcceptsPart"] = "true", ["LeastPart"] = "200 000", ["WriterName"] = "Formuladora Inventada", ["WriterDocument"] = "41222333", ["Place"] = "1" })).Url.ShouldBe(home);

        var review = await manager.GetAsync($"{home}/revisar");
        review.Text.ShouldContain("Acepta desde");
        review.Text.ShouldContain("Código público F-");
        review.Text.ShouldNotContain("41222333");
        (await review.SubmitAsync()).Title.ShouldStartWith("Postulación recibida a las");
        (await given.ReadAsync(db => db.Applications.Select(a => a.OwnPriority).SingleAsync())).ShouldBe(1);

        // The rules allow a second one, for another programme.
        var start = await manager.GetAsync($"/convocatorias/{call.Slug}/postular");
        start.Document.QuerySelectorAll("input[name=Programme]").Select(i => i.GetAttribute("value")).ShouldBe([second.Version.Id.Value.ToString()]);
        var next = await start.SubmitAsync();
        next.Url.ShouldNotBe(home);
        (await manager.GetAsync($"{next.Url}/condiciones")).Text.ShouldContain("Lugares que ya tienen las enviadas: 1.");
        (await manager.GetAsync($"/convocatorias/{call.Slug}/postular")).Document.QuerySelectorAll("form[method=post] input[name=Programme]").ShouldBeEmpty();
    }

    [Fact]
    public async Task Where_the_rules_ask_for_none_the_task_is_not_there()
    {
        await using var site = await TestSite.StartAsync();
        var file = await site.Given().StartedApplicationAsync();
        var manager = await site.SignedInAsync("gerente", (Role.Manager, Scope.OfEntity(file.Entity.Id.Value)));
        var home = $"/postulaciones/{file.Id.Value}";
        (await manager.GetAsync(home)).Links.ShouldNotContain($"{home}/condiciones");
        (await manager.GetAsync($"{home}/condiciones")).Text.ShouldContain("Esta convocatoria no pide condiciones");
    }
}
