using System.Net;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Planning;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Web.Tests.Screens.Planning;

public sealed class BuilderScreensTests
{
    static Given GivenAt(TestSite site) => new(site.Services, site.Clock);

    static Task<Browser> ManagerAsync(TestSite site, GivenEntity entity) => site.SignedInAsync($"gerente-{entity.Slug}", (Role.Manager, Scope.OfEntity(entity.Id.Value)));

    static async Task<string> TextAsync(Browser browser, string url)
    {
        using var response = await browser.FetchAsync(HttpMethod.Get, url);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, url);
        return await response.Content.ReadAsStringAsync();
    }

    [Fact]
    public async Task Costs_InKind_KeepHowTheyWereValuedWhenTheTableIsSavedAgain()
    {
        await using var site = await TestSite.StartAsync();
        var draft = await GivenAt(site).DraftProgrammeAsync();
        var manager = await ManagerAsync(site, draft.Entity);
        var address = $"/programas/{draft.Slug}/proyectos/{draft.Projects[0].Value}/costos";
        var page = await manager.GetAsync(address);
        page = await page.SubmitAsync(new() { ["Lines[0].Source"] = "PrivateInKind", ["Lines[0].Valuation"] = "Jornal de la zona", ["Lines[0].Evidence"] = "Acta 4" });
        page = await page.SubmitAsync(new() { ["Lines[0].Concept"] = "Jornales de la comunidad" });
        page.Html.ShouldContain("Acta 4");
        var line = await site.ReadAsync(db => db.CostLines.SingleAsync(l => l.ProjectId == draft.Projects[0] && l.Order == 1));
        (line.Concept, line.Valuation, line.Evidence).ShouldBe(("Jornales de la comunidad", "Jornal de la zona", "Acta 4"));
    }

    [Fact]
    public async Task Builder_EveryFigureLeadsToItsFormulaAndItsRows()
    {
        await using var site = await TestSite.StartAsync();
        var draft = await GivenAt(site).DraftProgrammeAsync(projects: 4);
        var manager = await ManagerAsync(site, draft.Entity);
        var home = $"/programas/{draft.Slug}/constructor";
        var page = await manager.GetAsync(home);
        foreach (var text in new[] { "Pares con lazo", "n(n − 1)/2", "6 ÷ 6 = 100", "Cronograma", "Cadenas que cubre", "Pruebas históricas", "No está vigente" }) page.Text.ShouldContain(text);
        foreach (var table in new[] { "proyectos", "costos", "pares", "ejes", "cadenas", "cronograma", "tamanos" })
        {
            await manager.GetAsync($"{home}/filas/{table}");
            await TextAsync(manager, $"{home}/filas/{table}.csv");
        }
        await manager.GetAsync($"{home}/filas/nada", HttpStatusCode.NotFound);
        var pairs = await TextAsync(manager, $"{home}/filas/pares.csv");
        pairs.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(1 + 6);
        // P1 and P2: axis, chain, one of three places, the organisation, the order: (1 + 1 + 1/3 + 1 + 1) / 5.
        pairs.ShouldContain("P1,P2,1,1,1 de 3,1 de 1,1,0.866666667,300000.00,300000.00");
        (await TextAsync(manager, $"{home}/filas/costos.csv")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(1 + 16);
    }

    [Fact]
    public async Task Project_GoesToTheBankAndBack_WithoutBeingTypedAgain()
    {
        await using var site = await TestSite.StartAsync();
        var draft = await GivenAt(site).DraftProgrammeAsync(projects: 4);
        var manager = await ManagerAsync(site, draft.Entity);
        var home = $"/programas/{draft.Slug}/constructor";
        var page = await manager.GetAsync(home);
        page.Text.ShouldContain("La cartera no tiene proyectos libres");
        var without = await page.SubmitAsync(new() { ["id"] = draft.Projects[3].Value.ToString() }, form: "give-back");
        without.Text.ShouldContain("El proyecto volvió a la cartera");
        without.Text.ShouldContain("Proyectos: 3; se piden al menos 3.");
        without.Text.ShouldContain("P4 Vivero comunal");
        var none = await without.SubmitAsync(new() { ["axis"] = "" }, form: "handler=Take", expected: HttpStatusCode.UnprocessableEntity);
        none.Text.ShouldContain("Marque al menos un proyecto de la cartera.");
        var again = await none.SubmitAsync(new() { ["ids"] = draft.Projects[3].Value.ToString() }, form: "handler=Take");
        again.Text.ShouldContain("Se tomó un proyecto de la cartera.");
        again.Text.ShouldContain("Proyectos: 4; se piden al menos 3.");
        (await site.ReadAsync(db => db.Projects.SingleAsync(p => p.Id == draft.Projects[3]))).AxisId.ShouldNotBeNull();
        var auditor = await site.SignedInAsync("auditora", (Role.Auditor, Scope.Platform));
        (await auditor.GetAsync(home)).Text.ShouldNotContain("Proyectos en el banco");
    }

    [Fact]
    public async Task Evaluation_ShowsItsFlow_AndTheSameSeedTheSameFigures()
    {
        await using var site = await TestSite.StartAsync();
        var draft = await GivenAt(site).DraftProgrammeAsync();
        var manager = await ManagerAsync(site, draft.Entity);
        var own = $"/programas/{draft.Slug}/proyectos/{draft.Projects[0].Value}/evaluacion";
        var before = await manager.GetAsync($"/programas/{draft.Slug}/evaluacion");
        before.Text.ShouldContain("Todavía no hay ninguna evaluación");
        before.Text.ShouldNotContain("S/ 0");
        var form = await manager.GetAsync(own);
        var wrong = await form.SubmitAsync(new() { ["Input.Years[0].Year"] = "29", ["Input.Years[0].Benefits"] = "ochenta", ["Input.Ranges[2].Low"] = "x" }, expected: HttpStatusCode.UnprocessableEntity);
        var faults = wrong.Document.QuerySelectorAll(".errors li").Select(l => l.TextContent).ToList();
        faults.ShouldContain(f => f.StartsWith("Fila 1: Escriba un año de cuatro cifras", StringComparison.Ordinal));
        faults.ShouldContain(f => f.StartsWith("Fila 3, Lo menor: Escriba un porcentaje", StringComparison.Ordinal));
        wrong.Document.QuerySelector("[name='Input.Years[0].Benefits']")!.GetAttribute("value").ShouldBe("ochenta");
        var typed = Enumerable.Range(0, 5).SelectMany(i => new[] { ($"Input.Years[{i}].Year", $"{2029 + i}"), ($"Input.Years[{i}].Operation", "8 000"), ($"Input.Years[{i}].Benefits", "95 000.00") }).ToDictionary(x => x.Item1, x => x.Item2);
        typed["Input.Ranges[2].Low"] = "60";
        typed["Input.Ranges[2].High"] = "110";
        typed["Input.Jobs"] = "12";
        var saved = await wrong.SubmitAsync(typed);
        saved.Text.ShouldContain("Evaluación guardada.");
        saved.Text.ShouldContain("Anexo N.º 11");
        saved.Text.ShouldContain("La ficha del proyecto no dice quién lo operará y mantendrá.");
        saved.Text.ShouldContain("2033");
        var whole = $"/programas/{draft.Slug}/evaluacion?semilla=";
        var first = (await manager.GetAsync(whole + "11")).Text;
        first.ShouldContain("10 000 sorteos con la semilla 11");
        first.ShouldContain("Sin evaluación: 2 (P2, P3).");
        first.ShouldContain("ningún plan tiene todavía una evaluación con tasa privada");
        (await manager.GetAsync(whole + "11")).Text.ShouldBe(first);
        (await manager.GetAsync(whole + "12")).Text.Replace("12", "11", StringComparison.Ordinal).ShouldNotBe(first.Replace("12", "11", StringComparison.Ordinal));
        (await TextAsync(manager, $"/programas/{draft.Slug}/evaluacion.csv")).ShouldContain("P1,Riego tecnificado,");
    }

    [Fact]
    public async Task Logframe_IsKeptHalfWritten_AndNamesWhatItLacks()
    {
        await using var site = await TestSite.StartAsync();
        var draft = await GivenAt(site).DraftProgrammeAsync();
        var manager = await ManagerAsync(site, draft.Entity);
        var form = await (await manager.GetAsync($"/programas/{draft.Slug}/marco-logico")).FollowAsync("Escribir el marco lógico");
        var bad = await form.SubmitAsync(new() { ["Rows[0].Summary"] = "Más ingreso", ["Rows[0].Indicators[0].Name"] = "Ingreso", ["Rows[0].Indicators[0].Year"] = "pronto" }, expected: HttpStatusCode.UnprocessableEntity);
        bad.Document.QuerySelector("[name='Rows[0].Indicators[0].Year']")!.GetAttribute("value").ShouldBe("pronto");
        var shown = await bad.SubmitAsync(new() { ["Rows[0].Indicators[0].Year"] = "2030", ["Rows[2].Summary"] = "Acopio" });
        shown.Text.ShouldContain("Fin «Más ingreso», indicador «Ingreso»: falta la línea de base.");
        shown.Text.ShouldContain("Componente «Acopio»: no tiene indicador. Agregue al menos uno.");
        shown.Text.ShouldContain("Actividades escritas: 0");
    }

    [Fact]
    public async Task Pledge_InDollars_IsDocumentedAndValued_BesideEachFundersRules()
    {
        await using var site = await TestSite.StartAsync();
        var given = GivenAt(site);
        var programme = await given.ProgrammeAsync();
        await given.CallAsync(c => c.Accrediting(programme.Entity.Id).Open());
        var manager = await ManagerAsync(site, programme.Entity);
        var home = $"/programas/{programme.Slug}/aportes";
        var form = await (await manager.GetAsync(home)).FollowAsync("Anotar un aporte");
        Dictionary<string, string> typed = new() { ["Input.Partner"] = "Cooperación DEMO", ["Input.Source"] = "Cooperation", ["Input.Year"] = "2027", ["Input.Currency"] = "Usd", ["Input.Amount"] = "10 000.01" };
        var refused = await form.SubmitAsync(typed, expected: HttpStatusCode.UnprocessableEntity);
        refused.Document.QuerySelectorAll(".errors li").Select(l => l.TextContent).ShouldBe(["Soles por unidad: Escriba cuántos soles vale una unidad, por ejemplo 3.752.", "Fecha del tipo de cambio: Escriba una fecha.", "Quién lo publicó: Falta este dato."]);
        refused.Document.QuerySelector("[name='Input.Partner']")!.GetAttribute("value").ShouldBe("Cooperación DEMO");
        var made = await refused.SubmitAsync(new() { ["Input.Rate"] = "3.7525", ["Input.RateOn"] = "2026-11-20", ["Input.RateSource"] = "SBS, venta" });
        made.Text.ShouldContain("US$ 10 000.01");
        made.Text.ShouldContain("S/ 37 525.04");
        made.Text.ShouldContain("3.7525 soles por USD");
        var bare = await made.SubmitAsync(new() { ["Kind"] = "Letter", ["Reference"] = "Carta 12-2026", ["On"] = "2026-11-02" }, form: "handler=Document", expected: HttpStatusCode.UnprocessableEntity);
        bare.Text.ShouldContain("Adjunte el archivo.");
        (await made.SubmitAsync(form: "handler=Document", expected: HttpStatusCode.UnprocessableEntity)).Document.QuerySelectorAll(".errors li").Select(l => l.TextContent)
            .ShouldBe(["Elija qué documento es.", "Número y oficina: Falta este dato.", "Adjunte el archivo."], "in the order of the page");
        var documented = await bare.SubmitAsync(new() { ["Kind"] = "Letter", ["Reference"] = "Carta 12-2026", ["On"] = "2026-11-02" }, form: "handler=Document", files: new() { ["Letter"] = ("carta.pdf", "%PDF-1.4\ncarta\n%%EOF"u8.ToArray(), "application/pdf") });
        documented.Text.ShouldContain("Carta de compromiso: Carta 12-2026");
        var valued = await documented.SubmitAsync(new() { ["Amount"] = "37 000", ["Method"] = "Tipo de cambio del día", ["Valuer"] = "Tesorería DEMO" }, form: "handler=Value");
        valued.Text.ShouldContain("Valorización guardada.");
        var list = await manager.GetAsync(home);
        list.Text.ShouldContain("37 000.00");
        list.Text.ShouldContain("Contrapartida mínima:");
        list.Text.ShouldContain("Falta documentar:");
        list.Text.ShouldContain("prometidos que los costos no prevén Ningún costo del programa se paga con esta fuente");
        list.Document.QuerySelector("caption")!.TextContent.ShouldBe("1 aporte");
        (await TextAsync(manager, home + ".csv")).ShouldContain("USD,10000.01,3.7525");
        var gone = await valued.SubmitAsync(new() { ["Why"] = "Retiró su oferta" }, form: "handler=Withdraw");
        gone.Text.ShouldContain("Retiró su oferta");
    }

    [Fact]
    public async Task Funders_OfTwoCalls_JudgeOneProgrammeEachByItsOwnRules()
    {
        await using var site = await TestSite.StartAsync();
        var given = GivenAt(site);
        var programme = await given.ProgrammeAsync();
        var strict = await given.PackAsync("fdd", "fdd-strict", pack => pack["windows"]!.AsArray().First(w => (string?)w!["kind"] == "programme")!["minProjects"] = Given.Own(5));
        await given.CallAsync(c => c.Accrediting(programme.Entity.Id).Open());
        await given.CallAsync(c => c.Under(strict).Accrediting(programme.Entity.Id).Open());
        await given.CallAsync(c => c.Under("pe-foniprel-v2").Accrediting(programme.Entity.Id).Published());
        var page = await (await ManagerAsync(site, programme.Entity)).GetAsync($"/programas/{programme.Slug}/aportes");
        var cards = page.Document.QuerySelectorAll(".cards .card").Select(c => c.TextContent).ToList();
        cards.Count.ShouldBe(3);
        cards.Count(c => c.Contains("Reglas recién publicadas", StringComparison.Ordinal)).ShouldBe(1, "a call has rules from its publication on");
        cards.Count(c => c.Contains("Proyectos: 3; se piden al menos 3.", StringComparison.Ordinal)).ShouldBe(1);
        cards.Single(c => c.Contains("Proyectos: 3; se piden al menos 5.", StringComparison.Ordinal)).ShouldContain("no cumple");
    }

    [Fact]
    public async Task Programme_IsCopied_AndBroughtFromAFileWithItsFaultsNamed()
    {
        await using var site = await TestSite.StartAsync();
        var draft = await GivenAt(site).DraftProgrammeAsync();
        var manager = await ManagerAsync(site, draft.Entity);
        var copy = await (await manager.GetAsync($"/programas/{draft.Slug}/copiar")).SubmitAsync(new() { ["title"] = "Segunda ventanilla" });
        copy.Url.ShouldStartWith("/programas/segunda-ventanilla/constructor");
        copy.Text.ShouldContain("Programa copiado con sus 3 proyectos.");
        var import = await manager.GetAsync($"/entidades/{draft.Entity.Slug}/programas/importar");
        var faulty = await import.SubmitAsync(files: new() { ["Upload"] = ("p.json", """{"currency": "USD", "projects": [{"code": "P1", "funding": [{"source": "fund", "year": "", "amount": "1 000,5O"}]}]}"""u8.ToArray(), "application/json") }, expected: HttpStatusCode.UnprocessableEntity);
        faulty.Text.ShouldContain("No se agregó ningún proyecto.");
        faulty.Text.ShouldContain("$.projects[0].funding[0].year");
        faulty.Text.ShouldContain("Convierta los montos a soles");
        (await site.ReadAsync(db => db.Projects.CountAsync())).ShouldBe(6);
    }
}
