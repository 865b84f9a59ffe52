using System.Net;
using System.Text;
using Minka.Core.Accounts;
using Minka.Core.Entities;
using Minka.Core.Register;
using Minka.Core.Territories;
using Minka.Core.Territories.Packs;
using Minka.TestKit;
using Minka.Web.Layout;
using Shouldly;
using Xunit;

namespace Minka.Web.Tests.Screens.Territories;

public sealed class TerritoryPagesTests
{
    [Fact]
    public async Task List_Empty_ShowsDepartmentsAndProvincesByPages()
    {
        await using var site = await TestSite.StartAsync();
        var browser = site.Visitor();

        var page = await browser.GetAsync("/territorios");
        page.Text.ShouldContain("221 lugares");
        page.Document.QuerySelectorAll("tbody tr").Length.ShouldBe(50);
        (await browser.GetAsync("/territorios?nivel=provincia&pagina=4")).Document.QuerySelectorAll("tbody tr").Length.ShouldBe(46);
        (await browser.GetAsync("/territorios?pagina=-3")).Document.QuerySelectorAll("tbody tr").Length.ShouldBe(50);
        (await browser.GetAsync("/territorios?q=contumaza")).Text.ShouldContain("Contumazá provincia Cajamarca 0605");
        (await browser.GetAsync("/territorios?q=zzzz")).Text.ShouldContain("Ningún lugar coincide");
        (await browser.GetAsync("/idioma/en?volver=/territorios")).Text.ShouldContain("221 places");
    }

    [Fact]
    public async Task Show_EveryPlaceOfTheBuiltInPack_HasFiguresWithTheirSource()
    {
        await using var site = await TestSite.StartAsync();
        var browser = site.Visitor();

        foreach (var place in PackReader.BuiltIn.Departments.Concat(PackReader.BuiltIn.Provinces))
        {
            var page = await browser.GetAsync($"/territorios/{place.Code}");
            page.Title.ShouldBe(place.Name);
            page.Text.ShouldContain("GeoNames");
            page.Document.QuerySelectorAll("svg.map a[href^='/territorios/']").Length.ShouldBeGreaterThan(0, place.Name);
        }
        (await browser.GetAsync("/territorios/99", HttpStatusCode.NotFound)).Title.ShouldContain("No encontramos");
        await browser.GetAsync("/territorios/060501", HttpStatusCode.NotFound);
        await browser.GetAsync("/territorios/..%2Fx", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Add_District_AppearsInItsProvince()
    {
        await using var site = await TestSite.StartAsync();
        var browser = await site.SignedInAsync("rosa", (Role.Admin, Scope.Platform));

        var form = await (await browser.GetAsync("/territorios/0605")).FollowAsync("Agregar un distrito");
        form.Document.QuerySelector("input[name=Code]")!.GetAttribute("value").ShouldBe("0605");
        var wrong = await form.SubmitAsync(new() { ["Code"] = "0605", ["Name"] = "Chilete", ["Population"] = "muchas" }, expected: HttpStatusCode.UnprocessableEntity);
        wrong.Text.ShouldContain("Escriba solo dígitos");
        wrong.Document.QuerySelector("input[name=Name]")!.GetAttribute("value").ShouldBe("Chilete");
        wrong = await wrong.SubmitAsync(new() { ["Population"] = "2 800" }, expected: HttpStatusCode.UnprocessableEntity);
        wrong.Text.ShouldContain("seis dígitos");
        var done = await wrong.SubmitAsync(new() { ["Code"] = "060502" });

        done.Title.ShouldBe("Chilete");
        done.Text.ShouldContain("Distrito agregado a mano");
        (await browser.GetAsync("/territorios/0605")).Links.ShouldContain("/territorios/060502");
        (await (await browser.GetAsync("/territorios/distritos/nuevo")).SubmitAsync(new() { ["Code"] = "60502.0", ["Name"] = "Otro" }, expected: HttpStatusCode.UnprocessableEntity)).Text.ShouldContain("ya existe");
    }

    [Fact]
    public async Task Import_Csv_TellsEveryFaultThenLoadsAll()
    {
        await using var site = await TestSite.StartAsync();
        var browser = await site.SignedInAsync("rosa", (Role.Operator, Scope.Platform));
        var form = await browser.GetAsync("/territorios/distritos/importar");

        var wrong = await form.SubmitAsync(expected: HttpStatusCode.UnprocessableEntity, files: Csv("ubigeo,distrito\n060501,Contumazá\n9,Nada\n069901,Nadie\n"));
        wrong.Text.ShouldContain("No se agregó nada: el archivo tiene 2 fallas.");
        wrong.Document.QuerySelectorAll("tbody tr").Select(r => r.QuerySelector("th")!.TextContent).ShouldBe(["3", "4"]);
        (await form.SubmitAsync(expected: HttpStatusCode.UnprocessableEntity)).Text.ShouldContain("Elija un archivo");
        var done = await form.SubmitAsync(files: Csv("ubigeo;distrito;poblacion\n60501;Contumazá;10\n060502;Chilete;\n"));

        done.Text.ShouldContain("Se agregaron 2 distritos.");
        done.Links.ShouldContain("/territorios/060501");
    }

    [Fact]
    public async Task Show_PlaceOfAnEntity_NamesItAtEveryLevel()
    {
        await using var site = await TestSite.StartAsync();
        var (_, slug) = await site.WithAsync<CreateEntity, (EntityId, string)>(create =>
            create.ExecuteAsync(new("Mesa de Contumazá", CompositionTemplates.All[0].Id, ["0605"], null), Actor.System));
        await site.WithAsync<AddDistrict, string>(add => add.ExecuteAsync(new("060502", "Chilete", null), Actor.System));

        foreach (var code in (string[])["06", "0605", "060502"])
            (await site.Visitor().GetAsync($"/territorios/{code}")).Links.ShouldContain($"/entidades/{slug}", code);
        (await site.Visitor().GetAsync("/territorios/0606")).Text.ShouldContain("Ninguna entidad");
        (await site.Visitor().GetAsync("/")).Text.ShouldContain("1 entidad de concertación");
    }

    [Theory]
    [InlineData("/territorios/distritos/nuevo")]
    [InlineData("/territorios/distritos/importar")]
    public async Task Forms_WithoutRole_AreClosed(string url)
    {
        await using var site = await TestSite.StartAsync();

        (await site.Visitor().GetAsync(url)).Title.ShouldBe("Entrar");
        await (await site.SignedInAsync("ana", (Role.Evaluator, Scope.Platform))).GetAsync(url, HttpStatusCode.Forbidden);
    }

    [Fact]
    public void Texts_EveryFaultOfAPack_HasWordsInBothLanguages()
    {
        foreach (var language in Texts.Languages)
            foreach (var code in PackFaults.All)
                Texts.Of(language).ContainsKey("pack." + code).ShouldBeTrue($"{language} {code}");
    }

    [SharedFact("packs/pe-2025")]
    public async Task Peru2025_HomeListsAndPlaces_AreSmallAndSourced()
    {
        await using var site = await TestSite.StartAsync(pack: Shared.At("packs", "pe-2025"));
        var browser = site.Visitor();

        foreach (var indicator in (string[])["poverty-2018", "municipal-execution-2024", "municipal-pim-2024", "hdi-2019", "population-2025"])
            (await browser.GetAsync($"/?indicador={indicator}")).Document.QuerySelectorAll("svg.map a").Length.ShouldBe(196);
        (await browser.GetAsync("/?nivel=departamento")).Document.QuerySelectorAll("svg.map a").Length.ShouldBe(25);
        (await browser.GetAsync("/territorios?nivel=distrito&pagina=38")).Document.QuerySelectorAll("tbody tr").Length.ShouldBe(41);
        var province = await browser.GetAsync("/territorios/0605?indicador=municipal-execution-2024");
        province.Text.ShouldContain("Ejecución del presupuesto municipal 2024");
        province.Text.ShouldContain("CC BY-SA");
        (await browser.GetAsync("/territorios/221006")).Text.ShouldContain("se ve dentro de");
        foreach (var code in (string[])["01", "02", "15", "1501", "0201", "060501", "150101"]) await browser.GetAsync($"/territorios/{code}");
        (await browser.GetAsync("/fuentes")).Text.ShouldContain("peru_admin_2017_ccbysa.topojson");
        await browser.GetAsync("/idioma/en?volver=/territorios/0605");
        (await browser.GetAsync("/territorios/0605")).Text.ShouldContain("Total poverty 2018");
    }

    [SharedFact("packs/pe-2025")]
    public async Task Peru2025_EveryPlace_AnswersWithinTheSize()
    {
        await using var site = await TestSite.StartAsync(pack: Shared.At("packs", "pe-2025"));
        var browser = site.Visitor();
        var country = PackReader.Load(Shared.At("packs", "pe-2025"));

        foreach (var place in country.Departments.Concat(country.Provinces).Concat(country.Districts.Where((_, i) => i % 40 == 0)))
            (await browser.GetAsync($"/territorios/{place.Code}")).Document.QuerySelectorAll("svg.map a").Length.ShouldBeGreaterThan(0, place.Name);
    }

    [Fact]
    public async Task Start_WithAFaultyPack_IsRefusedWithItsFaults()
    {
        var folder = Directory.CreateTempSubdirectory("minka-bad-").FullName;

        var refused = await Should.ThrowAsync<PackRefused>(() => TestSite.StartAsync(pack: folder));

        refused.Faults.Single().Code.ShouldBe(PackFaults.ManifestMissing);
        Directory.Delete(folder);
    }

    static Dictionary<string, (string, byte[], string)> Csv(string text) => new() { ["Upload"] = ("distritos.csv", Encoding.UTF8.GetBytes(text), "text/csv") };
}
