using System.IO.Compression;
using System.Net;
using System.Text;
using Minka.Core.Accounts;
using Minka.Core.Planning;
using Minka.Core.Planning.Bank;
using Minka.Core.Planning.Chains;
using Minka.Core.Planning.Writing;
using Minka.Core.Register;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Web.Tests.Screens.Planning;

public sealed class WritingScreensTests
{
    static Given GivenAt(TestSite site) => new(site.Services, site.Clock);

    static Task<Browser> ManagerAsync(TestSite site, GivenEntity entity, string name = "gerente") => site.SignedInAsync($"{name}-{entity.Slug}", (Role.Manager, Scope.OfEntity(entity.Id.Value)));

    [Theory, BothDatabases]
    public async Task AStrategy_IsWrittenPartByPart_UpToItsDocument(string provider)
    {
        await using var site = await TestSite.StartAsync(provider);
        var given = GivenAt(site);
        var entity = await given.EntityAsync();
        var strategy = await given.StrategyAsync(entity, adopted: false);
        var manager = await ManagerAsync(site, entity);
        var home = $"/entidades/{entity.Slug}/estrategia/{strategy.Value}";

        var tasks = await (await manager.GetAsync($"/entidades/{entity.Slug}/estrategia")).FollowAsync("Escribir la estrategia por partes");
        tasks.Text.ShouldContain("0 de 7 partes completas");
        var chapter = await tasks.FollowAsync("Territorio y población");
        chapter.Text.ShouldContain("Falta escribir «Quiénes viven en él».");
        var saved = await chapter.SubmitAsync(new() { ["Texts[area.boundaries]"] = new string('a', 210), ["Texts[area.people]"] = "Veintiocho mil personas" });
        saved.Text.ShouldContain("1 de 3 puntos", Case.Sensitive, "one answer is long enough, the other is not, and the figures are missing");
        (await manager.GetAsync($"{home}/partes/area")).Text.ShouldContain("«Quiénes viven en él» tiene 23 letras; se espera un texto de 200 o más.");

        var figures = await (await manager.GetAsync($"{home}/indicadores-del-territorio")).SubmitAsync(new());
        figures.Text.ShouldContain("Cifras llenadas desde el paquete del país.");
        figures.Text.ShouldContain("Contumazá");

        var swot = await manager.GetAsync($"{home}/listas/foda");
        var faulty = await swot.SubmitAsync(new() { ["Input.Quadrant"] = "Weakness", ["Input.Text"] = "Poca agua", ["Input.Weight"] = "9" }, expected: HttpStatusCode.UnprocessableEntity);
        faulty.Text.ShouldContain("El peso va de 1 a 5.");
        faulty.Document.QuerySelector("[name='Input.Text']")!.TextContent.ShouldContain("Poca agua");
        var listed = await faulty.SubmitAsync(new() { ["Input.Weight"] = "4", ["Input.Objectives"] = "E1" });
        listed.Text.ShouldContain("E1 Café de altura");
        (await listed.FollowAsync("Cambiar F1")).Document.QuerySelector("[name='Input.Weight']")!.GetAttribute("value").ShouldBe("4");

        var indicator = await (await manager.GetAsync($"{home}/listas/indicadores")).SubmitAsync(new()
        {
            ["Input.Of"] = "E1",
            ["Input.Name"] = "Ingreso",
            ["Input.Unit"] = "S/",
            ["Input.Baseline"] = "",
            ["Input.BaselineOn"] = "2030-01-01",
            ["Input.Target"] = "9 000,50",
            ["Input.TargetOn"] = "2029-01-01",
            ["Input.Source"] = "Agencia agraria 2025",
        }, expected: HttpStatusCode.UnprocessableEntity);
        indicator.Text.ShouldContain("Escriba un número.");
        indicator = await indicator.SubmitAsync(new() { ["Input.Baseline"] = "6.200" }, expected: HttpStatusCode.UnprocessableEntity);
        indicator.Text.ShouldContain("La meta (lunes 1 de enero de 2029) tiene que ser después de la línea de base");
        indicator.Document.QuerySelector("[name='Input.Target']")!.GetAttribute("value").ShouldBe("9 000,50");
        (await indicator.SubmitAsync(new() { ["Input.TargetOn"] = "2030-12-31" })).Text.ShouldContain("9 000.5");

        await (await manager.GetAsync($"{home}/listas/arbol")).SubmitAsync(new() { ["Input.Role"] = "Core", ["Input.Problem"] = "Bajos ingresos" });
        await (await manager.GetAsync($"{home}/listas/arbol")).SubmitAsync(new() { ["Input.Role"] = "Cause", ["Input.Problem"] = "Falta de riego" });
        var tree = await (await manager.GetAsync($"{home}/listas/arbol")).SubmitAsync(new() { ["Input.Role"] = "Effect", ["Input.Problem"] = "Los jóvenes se van" });
        tree.Text.ShouldContain("Se cuenta con riego");
        var objective = await tree.FollowAsync("P2: Se cuenta con riego");
        objective.Document.QuerySelector("[name='Input.Text']")!.TextContent.Trim().ShouldBe("Se cuenta con riego");

        var document = await manager.GetAsync($"{home}/documento");
        document.Text.ShouldContain("Veintiocho mil personas");
        document.Text.ShouldContain("Se cuenta con riego");
        using var file = await manager.FetchAsync(HttpMethod.Get, $"{home}/documento.docx");
        file.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var zip = new ZipArchive(await file.Content.ReadAsStreamAsync());
        using var words = new StreamReader(zip.GetEntry("word/document.xml")!.Open());
        (await words.ReadToEndAsync()).ShouldContain("Veintiocho mil personas");
        await site.Visitor().GetAsync($"{home}/documento", HttpStatusCode.NotFound);
        foreach (var list in new[] { "hallazgos", "activos", "ciudades", "objetivos", "alineamientos", "acciones", "consultas", "financiamiento" }) await manager.GetAsync($"{home}/listas/{list}");
        foreach (var part in new[] { "needs", "beyond", "strategy", "involvement", "actions", "management", "finance" }) await manager.GetAsync($"{home}/partes/{part}");
        await manager.GetAsync($"/idioma/en?volver={home}/partes/needs");
    }

    [Fact]
    public async Task TwoEditors_OfOneQuestion_SeeBothTextsAndChoose()
    {
        await using var site = await TestSite.StartAsync();
        var given = GivenAt(site);
        var entity = await given.EntityAsync();
        var strategy = await given.StrategyAsync(entity, adopted: false);
        var page = $"/entidades/{entity.Slug}/estrategia/{strategy.Value}/partes/area";
        var (one, two) = (await ManagerAsync(site, entity, "una"), await ManagerAsync(site, entity, "otra"));
        var (first, second) = (await one.GetAsync(page), await two.GetAsync(page));
        await first.SubmitAsync(new() { ["Texts[area.people]"] = "Veintiocho mil" });
        var compare = await second.SubmitAsync(new() { ["Texts[area.people]"] = "Treinta mil", ["Texts[area.boundaries]"] = "" });
        compare.Url.ShouldEndWith("/comparar");
        compare.Text.ShouldContain("Veintiocho mil");
        compare.Text.ShouldContain("Treinta mil");
        var kept = await compare.SubmitAsync(new(), button: "mine");
        kept.Document.QuerySelector("[name='Texts[area.people]']")!.TextContent.ShouldContain("Treinta mil");

        // The page's own saving: only what changed, and a conflict is told with the way to both texts.
        var token = first.Document.QuerySelector("main input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var stale = await one.FetchAsync(HttpMethod.Post, $"{page}?handler=Guardar", new FormUrlEncodedContent(new Dictionary<string, string> { ["Version"] = "area.people:1", ["Texts[area.people]"] = "Otra cosa", ["__RequestVerificationToken"] = token }));
        stale.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await stale.Content.ReadAsStringAsync()).ShouldContain("/comparar");
    }

    [Fact]
    public async Task TwoEditors_OfOneRow_SeeBothVersions()
    {
        await using var site = await TestSite.StartAsync();
        var given = GivenAt(site);
        var entity = await given.EntityAsync();
        var strategy = await given.StrategyAsync(entity, adopted: false);
        await site.WithAsync<SaveStrategyItem, string>(u => u.ExecuteAsync(entity.Id, strategy, StrategyLists.Findings, null, new Finding(FindingTopic.Economy, FindingKind.Need, "Falta frío", null), null, entity.Actor));
        var page = $"/entidades/{entity.Slug}/estrategia/{strategy.Value}/listas/hallazgos?fila=H1";
        var (one, two) = (await ManagerAsync(site, entity, "una"), await ManagerAsync(site, entity, "otra"));
        var (first, second) = (await one.GetAsync(page), await two.GetAsync(page));
        await first.SubmitAsync(new() { ["Input.Text"] = "Falta frío en tres centros" }, form: "/listas/hallazgos");
        var conflict = await second.SubmitAsync(new() { ["Input.Text"] = "Falta frío en cuatro centros" }, form: "/listas/hallazgos", expected: HttpStatusCode.Conflict);
        conflict.Text.ShouldContain("Falta frío en tres centros");
        (await conflict.SubmitAsync(new(), form: "/listas/hallazgos")).Text.ShouldContain("Falta frío en cuatro centros");
    }

    [Fact]
    public async Task Economy_FromATable_ProposesAndShowsItsRows_AndAFaultNamesItsCell()
    {
        await using var site = await TestSite.StartAsync();
        var given = GivenAt(site);
        var entity = await given.EntityAsync();
        var strategy = await given.StrategyAsync(entity, adopted: false);
        await site.WithAsync<StartChain, ChainId>(u => u.ExecuteAsync(entity.Id, new() { Name = "Chirimoya", Product = "fruta", Unit = "t", Seasons = ["año"] }, entity.Actor));
        var manager = await ManagerAsync(site, entity);
        var page = await manager.GetAsync($"/entidades/{entity.Slug}/estrategia/{strategy.Value}/economia");
        var fields = new Dictionary<string, string> { ["Measure"] = "Ocupados", ["Unit"] = "personas", ["Source"] = "DEMO" };
        var faulty = await page.SubmitAsync(fields, expected: HttpStatusCode.UnprocessableEntity, files: new() { ["file"] = ("t.csv", Encoding.UTF8.GetBytes("sector;lugar;año;valor\ncafé;Contumazá;2020;1,2,3\ncafé;Perú;2020;5"), "text/csv") });
        faulty.Text.ShouldContain("D2");
        faulty.Text.ShouldContain("«1,2,3» no se entiende como número");
        faulty.Document.QuerySelector("[name='Measure']")!.GetAttribute("value").ShouldBe("Ocupados");
        var table = "sector;lugar;2010;2020\ncafé;Contumazá;100;200\nté;Contumazá;100;100\ncafé;Perú;1000;1100\nté;Perú;9000;9100";
        var study = await faulty.SubmitAsync(fields, files: new() { ["file"] = ("t.csv", Encoding.UTF8.GetBytes(table), "text/csv") });
        study.Text.ShouldContain("6.18");
        study.Text.ShouldContain("3 de 4");
        var rows = await study.FollowAsync("café");
        rows.Text.ShouldContain("Cociente = (200 ÷ 300) ÷ (1 100 ÷ 10 200) = 6.18");
        rows.Text.ShouldContain("D2");
    }

    [Theory, BothDatabases]
    public async Task AdoptedStrategy_IsReadByAll_AndItsVersionsCompare(string provider)
    {
        await using var site = await TestSite.StartAsync(provider);
        var given = GivenAt(site);
        var entity = await given.EntityAsync();
        var strategy = await given.StrategyAsync(entity, adopted: false);
        var manager = await ManagerAsync(site, entity);
        var home = $"/entidades/{entity.Slug}/estrategia/{strategy.Value}";
        var versions = await (await manager.GetAsync($"{home}/versiones")).SubmitAsync(new() { ["Note"] = "antes del taller" });
        versions.Text.ShouldContain("Versión 1 fijada.");
        await (await manager.GetAsync($"{home}/listas/hallazgos")).SubmitAsync(new() { ["Input.Kind"] = "Need", ["Input.Topic"] = "Economy", ["Input.Text"] = "Falta frío" });
        (await manager.GetAsync($"{home}/versiones/comparar?de=1")).Text.ShouldContain("Falta frío");
        var again = await (await manager.GetAsync($"{home}/versiones")).SubmitAsync(new());
        again.Text.ShouldContain("Versión 2 fijada.");
        (await again.SubmitAsync(new(), expected: HttpStatusCode.UnprocessableEntity)).Text.ShouldContain("Nada cambió desde la versión 2.");
        var motion = PlanningMotions.Of(await site.ReadAsync(async db => await db.StrategyContentAsync(db.Strategies.Single(s => s.Id == strategy))));
        await given.AdoptedResolutionAsync(entity, motion.Subject);
        var visitor = site.Visitor();
        var document = await visitor.GetAsync($"{home}/documento");
        document.Text.ShouldContain("aprobada por la asamblea");
        document.Text.ShouldContain("Falta frío");
        await visitor.GetAsync($"{home}/documento?version=1", HttpStatusCode.NotFound);
        await visitor.GetAsync($"{home}/documento?version=2");
        using var content = await visitor.FetchAsync(HttpMethod.Get, $"{home}/documento?handler=Content");
        Core.Kernel.Digest.Of(await content.Content.ReadAsByteArrayAsync()).ShouldBe(motion.Subject!.Digest);
    }

    [Fact]
    public async Task Chains_ImportShowAndChange_WithTheirCriticalMass()
    {
        await using var site = await TestSite.StartAsync();
        var given = GivenAt(site);
        var programme = await given.DraftProgrammeAsync();
        var entity = programme.Entity;
        var manager = await ManagerAsync(site, entity);
        var home = $"/entidades/{entity.Slug}/cadenas";
        var import = await manager.GetAsync($"{home}/importar");
        var faulty = await import.SubmitAsync(new(), expected: HttpStatusCode.UnprocessableEntity, files: new() { ["file"] = ("c.csv", Encoding.UTF8.GetBytes("cadena;fila;nombre;unidad;campana;cantidad\nCafé;cadena;café;t;año;\nCafé;comprador;Tostador;;año;"), "text/csv") });
        faulty.Text.ShouldContain("F3");
        faulty.Text.ShouldContain("Falta el valor.");
        var list = await faulty.SubmitAsync(new(), files: new() { ["file"] = ("c.csv", Encoding.UTF8.GetBytes("cadena;fila;codigo;nombre;unidad;campana;cantidad;normas;detalle\nCafé;cadena;;café;t;año;;;\nCafé;norma;N1;Taza;;;;;80 puntos\nCafé;actor;A1;Cooperativa;;año;1 200,5;N1;\nCafé;actor;A2;Comité;;año;300;;\nCafé;comprador;;Tostador;;año;2.000;N1;"), "text/csv") });
        list.Text.ShouldContain("Cadenas cargadas: 1.");
        var chain = await list.FollowAsync("Café");
        chain.Text.ShouldContain("Tostador pide 2 000 t en año; cumplen todo 1 200.5 y faltan 799.5. Con todos los proyectos faltarían 799.5.");
        chain.Text.ShouldContain("No la cumplen: Comité.");
        chain.Text.ShouldContain("1 200.5 t · Cooperativa");
        chain.Text.ShouldContain("Proyectos de la cadena que no dicen qué cambian");
        // A project of the bank too, and one that has a copy once; those of the chain before the others.
        var idea = await given.WithAsync<AddToBank, ProjectId>(a => a.ExecuteAsync(entity.Id, new(new() { Title = "Zaranda", Problem = "", Objective = "", Chain = "cafe", PlannedCost = Core.Kernel.Money.Zero }), new Actor(null, "manager")));
        await given.WithAsync<AddToBank, ProjectId>(a => a.ExecuteAsync(entity.Id, new(new() { Title = "Alameda", Problem = "", Objective = "", PlannedCost = Core.Kernel.Money.Zero }), new Actor(null, "manager")));
        var second = await given.DraftProgrammeAsync(entity, projects: 0);
        await given.WithAsync<TakeIntoProgramme, ProjectId>(t => t.ExecuteAsync(programme.Projects[0], second.Id, null, new Actor(null, "manager")));
        var effects = await chain.FollowAsync("Qué cambia cada proyecto");
        var offered = effects.Document.QuerySelectorAll("[name='Input.Project'] option").Select(o => o.TextContent).Skip(1).ToList();
        offered.ShouldBe(["Camino de acceso", "Planta de beneficio", "Riego tecnificado", "Zaranda", "Alameda"]);
        effects.Document.QuerySelector($"option[value='{idea.Value}']").ShouldNotBeNull();
        await effects.SubmitAsync(new() { ["Input.Project"] = $"{programme.Projects[0].Value}", ["Input.Actor"] = "A2", ["Input.Brings"] = "N1", ["Input.Volume-ano"] = "500" });
        chain = await manager.GetAsync(chain.Url);
        chain.Text.ShouldContain("Con todos los proyectos faltarían 0.");
        (await (await chain.FollowAsync("Datos de la cadena")).SubmitAsync(new() { ["Input.Seasons"] = "otra" }, form: "datos", expected: HttpStatusCode.UnprocessableEntity)).Text.ShouldContain("La campaña «año» tiene volúmenes o pedidos");
        using var csv = await manager.FetchAsync(HttpMethod.Get, $"{home}.csv");
        (await csv.Content.ReadAsStringAsync()).ShouldContain("Café,comprador");
        var allies = await (await manager.GetAsync($"/entidades/{entity.Slug}/aliados")).SubmitAsync(new() { ["Input.Name"] = "CITE", ["Input.Kind"] = "Cite", ["Input.Offers"] = "análisis", ["Input.Where"] = "Cajamarca", ["Input.Contact"] = "ana@cite.pe" }, expected: HttpStatusCode.UnprocessableEntity);
        allies.Text.ShouldContain("teléfonos y correos son datos de personas");
        (await allies.SubmitAsync(new() { ["Input.Contact"] = "", ["Input.Chains"] = "Café" })).Text.ShouldContain("CITE");
    }
}
