using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Web.Tests.Screens.Home;

public sealed class StartTests
{
    [Fact]
    public async Task Start_EmptyInstallation_ShowsMapTableSearchAndFirstChoices()
    {
        await using var site = await TestSite.StartAsync(mode: StartMode.Ask);

        var page = await site.Visitor().GetAsync("/");

        page.Document.QuerySelectorAll("svg.map a").Length.ShouldBe(195);
        page.Document.QuerySelectorAll("figure tbody tr").Length.ShouldBe(196);
        page.Text.ShouldContain("Sin ubicación en la fuente, solo en la tabla: Purús.");
        page.Text.ShouldContain("¿Desde dónde empezamos?");
        page.Text.ShouldContain("GeoNames (CC BY 4.0)");
        page.Text.ShouldContain("Todavía no hay entidades");
        page.Document.QuerySelector("form[action='/territorios'] input[name=q]").ShouldNotBeNull();
    }

    [Theory]
    [InlineData("/?nivel=departamento", 25, "Número de provincias")]
    [InlineData("/?nivel=departamento&indicador=provinces", 25, "Número de provincias")]
    [InlineData("/?nivel=provincia&indicador=provinces", 195, "Ese indicador no existe en este nivel")]
    [InlineData("/?indicador=%3Cscript%3E", 195, "Centros poblados")]
    public async Task Start_IndicatorByForm_ColoursTheMap(string url, int places, string text)
    {
        await using var site = await TestSite.StartAsync();

        var page = await site.Visitor().GetAsync(url);

        page.Document.QuerySelectorAll("svg.map a").Length.ShouldBe(places);
        page.Text.ShouldContain(text);
        page.Html.ShouldNotContain("<script>");
    }

    [Fact]
    public async Task Start_InEnglish_HasNoSpanishOfItsOwn()
    {
        await using var site = await TestSite.StartAsync();

        var page = await site.Visitor().GetAsync("/idioma/en?volver=/");

        page.Text.ShouldContain("What is happening?");
        page.Text.ShouldContain("Populated places recorded in GeoNames");
    }
}
