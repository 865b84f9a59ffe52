using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Planning;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Web.Tests.Screens.Planning;

public sealed class PlanningScreensTests
{
    static Given GivenAt(TestSite site) => new(site.Services, site.Clock);

    static Task<Browser> ManagerAsync(TestSite site, GivenEntity entity) => site.SignedInAsync($"gerente-{entity.Slug}", (Role.Manager, Scope.OfEntity(entity.Id.Value)));

    [Fact]
    public async Task Programmes_OnAnEmptyInstallation_SayWhatToDoNext()
    {
        await using var site = await TestSite.StartAsync();
        var page = await site.Visitor().GetAsync("/programas");
        page.Text.ShouldContain("Todavía no hay programas adoptados");
        page.Links.ShouldContain("/entidades");
    }

    [Theory, BothDatabases]
    public async Task AdoptedProgramme_IsPublicWithItsMoneyCohesionAndProof(string provider)
    {
        await using var site = await TestSite.StartAsync(provider);
        var programme = await GivenAt(site).ProgrammeAsync();
        var visitor = site.Visitor();
        (await visitor.GetAsync("/programas")).Links.ShouldContain($"/programas/{programme.Slug}");
        var page = await visitor.GetAsync($"/programas/{programme.Slug}");
        page.Text.ShouldContain(programme.Version.Digest.Hex);
        page.Text.ShouldContain("S/ 900 000.00");
        page.Text.ShouldContain("nada");
        page.Text.ShouldContain("Todos los proyectos tienen algún lazo con otro.");
        page.Links.ShouldNotContain($"/programas/{programme.Slug}/constructor");
        var project = await visitor.GetAsync($"/programas/{programme.Slug}/version/1/proyectos/{programme.Projects[0].Value}");
        project.Text.ShouldContain("Riego tecnificado");
        project.Text.ShouldContain("S/ 300 000.00");
        using var content = await visitor.FetchAsync(HttpMethod.Get, $"/programas/{programme.Slug}/version/1?handler=Content");
        Digest.Of(await content.Content.ReadAsByteArrayAsync()).ShouldBe(programme.Version.Digest);
        (await visitor.GetAsync("/idioma/en?volver=/programas/" + programme.Slug)).Text.ShouldContain("Every project has some tie to another.");
    }

    [Fact]
    public async Task Lists_OfProgrammesProjectsAndCosts_ComeAsFiles()
    {
        await using var site = await TestSite.StartAsync();
        var programme = await GivenAt(site).ProgrammeAsync();
        var other = await GivenAt(site).EntityAsync(name: "Otra entidad");
        var visitor = site.Visitor();
        var list = await visitor.GetAsync($"/programas?entidad={programme.Entity.Slug}&q=PRUEBA");
        list.Text.ShouldContain("Un programa adoptado");
        (await visitor.GetAsync($"/programas?entidad={other.Slug}")).Text.ShouldContain("Ningún programa");
        (await TextAsync(list.Links.Single(l => l.StartsWith("/programas.csv", StringComparison.Ordinal)))).ShouldContain(programme.Version.Digest.Hex);
        (await TextAsync($"/programas.csv?entidad={other.Slug}")).ShouldNotContain(programme.Version.Digest.Hex);
        (await TextAsync($"/programas/{programme.Slug}/version/1/proyectos.csv")).ShouldContain("P1,Riego tecnificado");
        (await TextAsync($"/programas/{programme.Slug}/version/1/costos.csv")).ShouldContain(",Fondo,2027,180000.00");
        using var sheet = await visitor.FetchAsync(HttpMethod.Get, $"/programas/{programme.Slug}/version/1/costos.xlsx");
        sheet.StatusCode.ShouldBe(HttpStatusCode.OK);
        var draft = await GivenAt(site).DraftProgrammeAsync();
        await site.WithAsync<FreezeVersion, ProgrammeVersionId>(f => f.ExecuteAsync(draft.Id, draft.Entity.Actor));
        using var secret = await visitor.FetchAsync(HttpMethod.Get, $"/programas/{draft.Slug}/version/1/costos.csv");
        secret.StatusCode.ShouldBe(HttpStatusCode.NotFound);

        async Task<string> TextAsync(string url)
        {
            using var response = await visitor.FetchAsync(HttpMethod.Get, url);
            return await response.Content.ReadAsStringAsync();
        }
    }

    [Fact]
    public async Task DraftProgramme_IsNobodyElsesBusiness()
    {
        await using var site = await TestSite.StartAsync();
        var given = GivenAt(site);
        var draft = await given.DraftProgrammeAsync();
        var other = await given.EntityAsync();
        var stranger = await ManagerAsync(site, other);
        var visitor = site.Visitor();
        await visitor.GetAsync($"/programas/{draft.Slug}", HttpStatusCode.NotFound);
        await stranger.GetAsync($"/programas/{draft.Slug}", HttpStatusCode.NotFound);
        foreach (var part in new[] { "constructor", "datos", "versiones", "comparar?de=1", "congelar", "proyectos/nuevo", "proyectos/importar", $"proyectos/{draft.Projects[0].Value}", $"proyectos/{draft.Projects[0].Value}/costos" })
            await stranger.GetAsync($"/programas/{draft.Slug}/{part}", HttpStatusCode.Forbidden);
        (await visitor.GetAsync("/programas")).Text.ShouldContain("Todavía no hay programas adoptados");
        (await visitor.GetAsync($"/entidades/{draft.Entity.Slug}/programas")).Text.ShouldNotContain("Programa de prueba");
    }

    [Fact]
    public async Task Manager_WritesAStrategyAndAProgramme_UpToTheAssembly()
    {
        await using var site = await TestSite.StartAsync();
        var given = GivenAt(site);
        var entity = await given.EntityAsync();
        var districts = await given.DistrictsAsync("0605", 3);
        var assembly = await given.AssemblyAsync(entity);
        var manager = await ManagerAsync(site, entity);
        var home = $"/entidades/{entity.Slug}";

        var empty = await manager.GetAsync($"{home}/estrategia");
        var start = await empty.FollowAsync("Empezar una estrategia");
        var faulty = await start.SubmitAsync(new() { ["Input.Title"] = "Estrategia", ["Input.YearFrom"] = "2030", ["Input.YearTo"] = "veinte" }, expected: HttpStatusCode.UnprocessableEntity);
        faulty.Text.ShouldContain("Escriba un año de cuatro cifras");
        faulty.Document.QuerySelector("[name='Input.Title']")!.GetAttribute("value").ShouldBe("Estrategia");
        var strategy = await faulty.SubmitAsync(new() { ["Input.Vision"] = "Vivir de lo que se produce", ["Input.YearFrom"] = "2026", ["Input.YearTo"] = "2030" });
        strategy.Text.ShouldContain("Falta agregar los ejes.");
        var axis = await strategy.FollowAsync("Agregar un eje");
        axis.Document.QuerySelector("[name='Input.Code']")!.GetAttribute("value").ShouldBe("E1");
        strategy = await axis.SubmitAsync(new()
        {
            ["Input.Name"] = "Café de altura",
            ["Input.Objective"] = "Mejor precio",
            ["Input.Indicator"] = "Puntaje",
            ["Input.Baseline"] = "78",
            ["Input.Target"] = "84",
            ["Input.TargetYear"] = "2030",
            ["Input.Source"] = "Agencia agraria 2025",
        });
        strategy.Text.ShouldContain("Café de altura");
        var propose = await strategy.FollowAsync("Llevar a la asamblea");
        propose.Text.ShouldContain("SHA-256");

        var programme = await (await manager.GetAsync($"{home}/programas/nuevo")).SubmitAsync(new() { ["Input.Title"] = "Café que paga", ["Input.Objective"] = "Ganar más" });
        programme.Url.ShouldBe("/programas/cafe-que-paga/constructor");
        programme.Text.ShouldContain("Proyectos: 0; se piden al menos 3.");
        for (var i = 0; i < 3; i++)
        {
            var form = await manager.GetAsync("/programas/cafe-que-paga/proyectos/nuevo");
            var axisId = form.Document.QuerySelectorAll("select[name='Input.Axis'] option").Last().GetAttribute("value")!;
            var costs = await form.SubmitAsync(new()
            {
                ["Input.Title"] = $"Proyecto {i + 1}",
                ["Input.Problem"] = "Falta agua",
                ["Input.Objective"] = "Regar",
                ["Input.Axis"] = axisId,
                ["Input.Places"] = districts[i],
                ["Input.Women"] = "1 200",
                ["Input.Men"] = "900",
                ["Input.Cost"] = "1.234.567,89",
            });
            costs.Url.ShouldEndWith("/costos");
            var more = await costs.SubmitAsync(new() { ["go"] = "rows", ["Lines[0].Concept"] = "Obra" });
            more.Document.QuerySelectorAll("tbody tr").Length.ShouldBe(8);
            more.Document.QuerySelector("[name='Lines[0].Concept']")!.GetAttribute("value").ShouldBe("Obra");
            var saved = await more.SubmitAsync(new()
            {
                ["Lines[0].Source"] = "Fund",
                ["Lines[0].Year"] = "2027",
                ["Lines[0].Amount"] = "1,000,000.00",
                ["Lines[1].Concept"] = "Faenas",
                ["Lines[1].Source"] = "PrivateInKind",
                ["Lines[1].Year"] = "2028",
                ["Lines[1].Amount"] = i == 2 ? "234567.88" : "234 567,89",
            });
            saved.Text.ShouldContain(i == 2 ? "faltan S/ 0.01" : "cubierto al céntimo");
        }

        var builder = await manager.GetAsync("/programas/cafe-que-paga/constructor");
        builder.Text.ShouldContain("P3 Proyecto 3: cuesta S/ 1 234 567.89 y sus fuentes suman S/ 1 234 567.88; faltan S/ 0.01.");
        (await manager.GetAsync("/programas/cafe-que-paga/congelar")).Text.ShouldContain("Todavía no se puede congelar.");
        var third = builder.Links.Last(l => l.Contains("/proyectos/", StringComparison.Ordinal) && l.EndsWith("/costos", StringComparison.Ordinal));
        await (await manager.GetAsync(third)).SubmitAsync(new() { ["Lines[1].Amount"] = "234567.89" });
        var freeze = await manager.GetAsync("/programas/cafe-que-paga/congelar");
        (await freeze.SubmitAsync(expected: HttpStatusCode.UnprocessableEntity)).Text.ShouldContain("Confirme que revisó el programa.");
        var version = await freeze.SubmitAsync(new() { ["Sure"] = "true" });
        version.Url.ShouldBe("/programas/cafe-que-paga/version/1");
        await site.Visitor().GetAsync("/programas/cafe-que-paga/version/1", HttpStatusCode.NotFound);
        var toAssembly = await version.FollowAsync("Llevar a la asamblea");
        (await toAssembly.SubmitAsync(expected: HttpStatusCode.UnprocessableEntity)).Text.ShouldContain("Elija una asamblea.");
        await toAssembly.SubmitAsync(new() { ["assembly"] = assembly.Value.ToString() }, expected: null);
        var motion = await site.ReadAsync(db => db.Motions.SingleAsync());
        motion.SubjectKind.ShouldBe(PlanningSubjects.ProgrammeVersion);
    }

    [Theory]
    [InlineData("1.234,56", "1 234.56")]
    [InlineData("1,234.56", "1 234.56")]
    [InlineData("1 234.5", "1 234.50")]
    [InlineData("-1", null, "no puede ser negativo")]
    [InlineData("1e9", null, "No entendemos este monto")]
    [InlineData("1.2345", null, "No entendemos este monto")]
    [InlineData("", null, "Falta el monto")]
    [InlineData("0", null, "mayor que cero")]
    [InlineData("12345678901234567890", null, "demasiado grande")]
    public async Task Amount_AsTyped_IsReadOrTold(string typed, string? understood, string? fault = null)
    {
        await using var site = await TestSite.StartAsync();
        var draft = await GivenAt(site).DraftProgrammeAsync();
        var manager = await ManagerAsync(site, draft.Entity);
        var address = $"/programas/{draft.Slug}/proyectos/{draft.Projects[0].Value}/costos";
        var before = await site.ReadAsync(db => db.CostLines.Where(l => l.ProjectId == draft.Projects[0]).OrderBy(l => l.Order).Select(l => l.Amount).ToListAsync());
        var page = await (await manager.GetAsync(address)).SubmitAsync(new() { ["Lines[0].Amount"] = typed }, expected: fault is null ? HttpStatusCode.OK : HttpStatusCode.UnprocessableEntity);
        var after = await site.ReadAsync(db => db.CostLines.Where(l => l.ProjectId == draft.Projects[0]).OrderBy(l => l.Order).Select(l => l.Amount).ToListAsync());
        if (fault is null)
        {
            Format.Plain(after[0]).Replace('\u202F', ' ').ShouldBe(understood);
            return;
        }
        after.ShouldBe(before);
        page.Document.QuerySelector("[role=alert]")!.TextContent.ShouldContain(fault);
        var input = page.Document.QuerySelector("[name='Lines[0].Amount']")!;
        input.GetAttribute("value").ShouldBe(typed);
        page.Document.QuerySelectorAll("[role=alert] a").Select(a => a.GetAttribute("href")).ShouldContain("#" + input.Id);
    }

    [Fact]
    public async Task TwoEditors_OfOneProject_SeeBothVersionsAndChoose()
    {
        await using var site = await TestSite.StartAsync();
        var draft = await GivenAt(site).DraftProgrammeAsync();
        var first = await ManagerAsync(site, draft.Entity);
        var second = await site.SignedInAsync("otra", (Role.Secretary, Scope.OfEntity(draft.Entity.Id.Value)));
        var address = $"/programas/{draft.Slug}/proyectos/{draft.Projects[0].Value}";
        var hers = await second.GetAsync(address);
        await (await first.GetAsync(address)).SubmitAsync(new() { ["Input.Title"] = "Riego de Ana" }, form: "");
        var both = await hers.SubmitAsync(new() { ["Input.Title"] = "Riego de Berta" }, form: "", expected: HttpStatusCode.Conflict);
        both.Text.ShouldContain("Riego de Ana");
        both.Text.ShouldContain("Riego de Berta");
        both.Document.QuerySelector("[name='Input.Title']")!.GetAttribute("value").ShouldBe("Riego de Berta");
        await both.SubmitAsync(form: "");
        (await site.ReadAsync(db => db.ProjectAsync(draft.Id, draft.Projects[0]))).Title.ShouldBe("Riego de Berta");

        var costs = await second.GetAsync(address + "/costos");
        await (await first.GetAsync(address + "/costos")).SubmitAsync(new() { ["Lines[0].Concept"] = "Canal" });
        var conflict = await costs.SubmitAsync(new() { ["Lines[0].Concept"] = "Reservorio" }, expected: HttpStatusCode.Conflict);
        conflict.Text.ShouldContain("Canal");
        conflict.Text.ShouldContain("Reservorio");
    }

    [Fact]
    public async Task Versions_Compared_ShowWhatDiffersAndNothingElse()
    {
        await using var site = await TestSite.StartAsync();
        var programme = await GivenAt(site).ProgrammeAsync();
        var manager = await ManagerAsync(site, programme.Entity);
        (await manager.GetAsync($"/programas/{programme.Slug}/comparar?de=1")).Text.ShouldContain("No hay diferencias.");
        var address = $"/programas/{programme.Slug}/proyectos/{programme.Projects[0].Value}";
        await (await manager.GetAsync(address)).SubmitAsync(new() { ["Input.Title"] = "Riego por goteo" }, form: "");
        var page = await manager.GetAsync($"/programas/{programme.Slug}/comparar?de=1");
        page.Document.QuerySelectorAll("main tbody tr").Length.ShouldBe(1);
        page.Text.ShouldContain("Riego por goteo");
        (await manager.GetAsync($"/programas/{programme.Slug}/versiones")).Text.ShouldContain("Adoptada el");
        (await site.Visitor().GetAsync($"/programas/{programme.Slug}")).Text.ShouldNotContain("Riego por goteo");
        await manager.GetAsync($"/programas/{programme.Slug}/comparar?de=9", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Import_ThroughThePage_TellsEveryProblemThenAdds()
    {
        await using var site = await TestSite.StartAsync();
        var draft = await GivenAt(site).DraftProgrammeAsync(projects: 0);
        var manager = await ManagerAsync(site, draft.Entity);
        var page = await manager.GetAsync($"/programas/{draft.Slug}/proyectos/importar");
        var refused = await page.SubmitAsync(files: File("titulo;problema;objetivo;costo;eje\nRiego;x;y;1e9;E7\n"), expected: HttpStatusCode.UnprocessableEntity);
        refused.Text.ShouldContain("No entendemos el monto «1e9».");
        refused.Text.ShouldContain("No hay un eje «E7». Los ejes son: E1, E2.");
        var added = await page.SubmitAsync(files: File("titulo;problema;objetivo;costo;eje\nRiego;x;y;1.234,50;E1\n"));
        added.Url.ShouldEndWith("/constructor");
        added.Text.ShouldContain("1 234.50");
        using var template = await manager.FetchAsync(HttpMethod.Get, $"/programas/{draft.Slug}/proyectos/importar?handler=Template");
        (await template.Content.ReadAsStringAsync()).ShouldContain("codigo;titulo;problema");

        static Dictionary<string, (string, byte[], string)> File(string text) => new() { ["file"] = ("p.csv", Encoding.UTF8.GetBytes(text), "text/csv") };
    }

    [Fact]
    public async Task Place_ThatIsMissing_IsAddedFromTheForm()
    {
        await using var site = await TestSite.StartAsync();
        var draft = await GivenAt(site).DraftProgrammeAsync(projects: 1);
        var manager = await ManagerAsync(site, draft.Entity);
        var form = await manager.GetAsync($"/programas/{draft.Slug}/proyectos/nuevo");
        var added = await form.SubmitAsync(new() { ["go"] = "district", ["districtCode"] = "060577", ["districtName"] = "Yonán Alto", ["Input.Title"] = "No se pierde" });
        added.Document.QuerySelector("#place-060577")!.HasAttribute("checked").ShouldBeTrue();
        added.Document.QuerySelector("[name='Input.Title']")!.GetAttribute("value").ShouldBe("No se pierde");
        var found = await added.SubmitAsync(new() { ["go"] = "search", ["search"] = "Cusco" });
        found.Text.ShouldContain("Cusco: 0 de");
        found.Document.QuerySelector("#place-060577")!.HasAttribute("checked").ShouldBeTrue();
    }

    [Fact]
    public async Task Builder_WithTheMostProjects_StaysUnderTheLimit()
    {
        await using var site = await TestSite.StartAsync();
        var programme = await GivenAt(site).ProgrammeAsync(projects: PlanningRules.MostProjects);
        var manager = await ManagerAsync(site, programme.Entity);
        await manager.GetAsync($"/programas/{programme.Slug}/constructor");
        (await site.Visitor().GetAsync($"/programas/{programme.Slug}")).Text.ShouldContain("lazos más débiles");
        await manager.GetAsync($"/programas/{programme.Slug}/proyectos/nuevo");
    }

    [Fact]
    public async Task Costs_WithTheMostLines_StayUnderTheLimit()
    {
        await using var site = await TestSite.StartAsync();
        var draft = await GivenAt(site).DraftProgrammeAsync(projects: 1);
        var lines = Enumerable.Range(1, PlanningRules.MostLines).Select(i => new CostLineInput($"Concepto número {i} de la obra", "Infraestructura", Core.Rules.FundingSource.PrivateInKind, 2027, Money.Soles(1_000_000 + i))).ToList();
        await site.WithAsync<SetCostLines>(u => u.ExecuteAsync(draft.Id, draft.Projects[0], null, lines, null, draft.Entity.Actor));
        await (await ManagerAsync(site, draft.Entity)).GetAsync($"/programas/{draft.Slug}/proyectos/{draft.Projects[0].Value}/costos");
    }
}
