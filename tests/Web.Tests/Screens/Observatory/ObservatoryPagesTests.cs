using System.Globalization;
using System.Net;
using Minka.Measures.Dispersion;
using Minka.TestKit;
using Minka.Web.Layout;
using Shouldly;
using Xunit;

namespace Minka.Web.Tests.Screens.Observatory;

public sealed class ObservatoryPagesTests
{
    static readonly string[] Pages =
    [
        "/observatorio", "/observatorio?nivel=departamento&indicador=hhi", "/observatorio/pais", "/observatorio/departamento/01", "/observatorio/provincia/0101", "/observatorio/funciones", "/observatorio/lugares", "/observatorio/lugares?nivel=departamento&indicador=median",
        "/observatorio/funcion?codigo=TRANSPORTE", "/observatorio/proyectos", "/observatorio/proyectos?lugar=0101&funcion=TRANSPORTE", "/observatorio/agrupamientos", "/observatorio/hoja/0101", "/observatorio/cuadro-1",
    ];

    [Fact]
    public async Task EveryPage_WithoutSpending_SaysWhatToDoNext()
    {
        await using var site = await TestSite.StartAsync();
        foreach (var url in Pages.Where(p => !p.EndsWith("cuadro-1", StringComparison.Ordinal)))
        {
            var text = (await site.Visitor().GetAsync(url)).Text;
            (text.Contains("./minka spend import", StringComparison.Ordinal) || text.Contains("npm ci", StringComparison.Ordinal)).ShouldBeTrue(url);
        }
        await site.Visitor().GetAsync("/observatorio/provincia/9999", HttpStatusCode.NotFound);
        await site.Visitor().GetAsync("/observatorio/departamento/0101", HttpStatusCode.NotFound);
    }

    [SpendingFact]
    public async Task Province_TenProjects_ShowsTheFiguresOfTheMeasures()
    {
        await using var site = await TestSite.StartAsync();
        GivenSpending.Import(Path.Combine(site.DataFolder, "observatorio"), "diez.csv", GivenSpending.TenProjectsFile());
        var browser = site.Visitor();
        var page = await browser.GetAsync("/observatorio/provincia/0101");
        var d = AmountDispersion.Of([.. GivenSpending.TenProjects]);

        ValueOf(page, "HHI").ShouldBe(d.Hhi!.Value.ToString("F3", CultureInfo.InvariantCulture));
        ValueOf(page, "Gini (población)").ShouldBe(d.Gini!.Value.ToString("F3", CultureInfo.InvariantCulture));
        ValueOf(page, "Número efectivo de proyectos").ShouldBe(d.EffectiveNumber!.Value.ToString("F2", CultureInfo.InvariantCulture));
        ValueOf(page, "Proyectos menores de S/ 1 millón").ShouldBe("80.0 %");
        page.Text.ShouldContain("Un solo proyecto tiene el 77");
        page.Text.ShouldContain("Muestra parcial: hay datos de 1 de 25");
        page.Text.ShouldContain("una sola ordenanza de 2012");
        page.Links.ShouldContain("/observatorio/hoja/0101");
        (await browser.GetAsync("/territorios/0101")).Links.ShouldContain("/observatorio/provincia/0101");
        (await browser.GetAsync("/observatorio/provincia/0101?gasto-fijo=60%20000")).Text.ShouldContain("3.9");
        (await browser.GetAsync("/observatorio/provincia/0101?gasto-fijo=mucho")).Text.ShouldContain("No se entendió");
    }

    [SpendingFact]
    public async Task EveryPage_WithSpending_IsWholeInBothLanguages()
    {
        await using var site = await TestSite.StartAsync();
        var store = Path.Combine(site.DataFolder, "observatorio");
        GivenSpending.Import(store, "diez.csv", GivenSpending.TenProjectsFile());
        GivenSpending.Generated(store, 3_000, 5);
        foreach (var language in (string[])["es", "en"])
        {
            var browser = site.Visitor();
            await browser.GetAsync($"/idioma/{language}?volver=/observatorio");
            foreach (var url in Pages)
            {
                foreach (var amount in (string[])["pim", "devengado", "costo"])
                {
                    // A function of one file is none of another.
                    if (url.Contains("funcion?", StringComparison.Ordinal) && amount != "costo") continue;
                    await browser.GetAsync($"{url}{(url.Contains('?', StringComparison.Ordinal) ? '&' : '?')}monto={amount}");
                }
            }
        }
        var csv = await (await site.Visitor().FetchAsync(HttpMethod.Get, "/observatorio/proyectos.csv?monto=costo&lugar=0101")).Content.ReadAsStringAsync();
        csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(11);
    }

    [Fact]
    public async Task Chapter_LostDigits_StayIllegible()
    {
        await using var site = await TestSite.StartAsync();
        var page = await site.Visitor().GetAsync("/observatorio/cuadro-1");
        page.Text.ShouldContain("2 097.6");
        page.Text.ShouldContain("no legible en la fuente");
        page.Text.ShouldContain("5.92");
    }

    [Fact]
    public void Texts_EveryIndicator_HasNameAndFormula()
    {
        foreach (var info in Web.Screens.Observatory.Indicators.All)
        {
            Texts.Has($"observatory.i.{info.Key}").ShouldBeTrue(info.Key);
            Texts.Has($"observatory.f.{info.Key}").ShouldBeTrue(info.Key);
        }
    }

    [SpendingFact("samples/invierte_4dep.csv.gz")]
    public async Task Peru2025_WithTheSample_EveryLoadedPlaceAnswersWithinTheSize()
    {
        await using var site = await TestSite.StartAsync(pack: Shared.Has("packs/pe-2025") ? Shared.At("packs", "pe-2025") : null);
        GivenSpending.Import(Path.Combine(site.DataFolder, "observatorio"), Shared.At("samples", "invierte_4dep.csv.gz"));
        var browser = site.Visitor();
        foreach (var url in Pages.Where(p => !p.Contains("funcion?", StringComparison.Ordinal)).Concat(["/observatorio/departamento/24", "/observatorio/provincia/2401", "/observatorio/municipalidad/240101", "/observatorio/agrupamientos?nivel=distrito", "/observatorio/hoja/24"]))
            await browser.GetAsync(url);
    }

    static string ValueOf(PageView page, string indicator) =>
        page.Document.QuerySelectorAll("tbody th").Single(h => h.ChildNodes[0].TextContent.Trim() == indicator).NextElementSibling!.TextContent.Trim().Replace('\u202F', ' ');
}
