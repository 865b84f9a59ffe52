using System.Net;
using Minka.Core.Accounts;
using Minka.Core.Register;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Web.Tests.Screens.Style;

public sealed class ShowTests
{
    [Fact]
    public async Task Style_InARealInstallation_IsNotThere()
    {
        await using var site = await TestSite.StartAsync();
        await site.Visitor().GetAsync("/estilo", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Style_InBothLanguages_ShowsEveryComponentWithinLimits()
    {
        await using var site = await DemoAsync();
        var browser = site.Visitor();
        var page = await browser.GetAsync("/estilo");
        page.Document.QuerySelectorAll("figure svg[role]").Length.ShouldBeGreaterThan(10);
        page.Document.QuerySelector(".demo-strip").ShouldNotBeNull();
        page.Text.ShouldContain("Quedan 14 días hábiles");
        var english = await browser.GetAsync("/idioma/en?volver=/estilo");
        english.Title.ShouldBe("House style");
        english.Text.ShouldContain("14 business days left");
        await browser.GetAsync("/estilo?puntos=1");
    }

    [Fact]
    public async Task ErrorSummary_LinksToFieldsThatExistAndSayTheSame()
    {
        await using var site = await DemoAsync();
        var page = await site.Visitor().GetAsync("/estilo?faltas=1");
        var summary = page.Document.QuerySelector(".errors[role=alert]").ShouldNotBeNull();
        summary.HasAttribute("autofocus").ShouldBeTrue();
        var links = summary.QuerySelectorAll("a[href^='#']").ToList();
        links.Count.ShouldBe(3);
        foreach (var link in links)
        {
            var field = page.Document.GetElementById(link.GetAttribute("href")![1..]).ShouldNotBeNull();
            var shown = field.Closest(".field")!;
            var fault = shown.QuerySelector(".fault")!.TextContent;
            link.TextContent.Split(": ")[^1].ShouldBe(fault[(fault.IndexOf(": ", StringComparison.Ordinal) + 2)..]);
        }
        page.Document.QuerySelector("#Nombre")!.GetAttribute("aria-describedby").ShouldBe("Nombre-hint Nombre-error");
        page.Document.QuerySelector("#Nombre")!.GetAttribute("aria-invalid").ShouldBe("true");
    }

    [Fact]
    public async Task RowsTable_GivesEachCellItsHeadingForThePhone()
    {
        await using var site = await DemoAsync();
        var page = await site.Visitor().GetAsync("/estilo");
        var table = page.Document.QuerySelectorAll("table.rows").First(t => t.QuerySelector("caption")!.TextContent == "Postulaciones");
        var headings = table.QuerySelectorAll("thead th").Select(h => h.TextContent).ToList();
        foreach (var row in table.QuerySelectorAll("tbody tr"))
            row.QuerySelectorAll("td").Select(c => c.GetAttribute("data-label")).ShouldBe(headings.Skip(1));
        table.QuerySelectorAll("thead th").ShouldAllBe(h => h.GetAttribute("scope") == "col");
        table.QuerySelectorAll("tbody th").ShouldAllBe(h => h.GetAttribute("scope") == "row");
    }

    [Fact]
    public async Task FundingTable_ComputesTotalsAndGaps()
    {
        await using var site = await DemoAsync();
        var page = await site.Visitor().GetAsync("/estilo");
        var gaps = page.Document.QuerySelectorAll("table.funding tr.gap td").Select(c => c.TextContent).ToList();
        gaps[0].ShouldContain("completo");
        gaps[1].ShouldBe("■ falta 12.40");
        gaps[2].ShouldBe("▲ sobra 1\u202F000.00");
        gaps[3].ShouldBe("▲ sobra 987.60");
    }

    [Fact]
    public async Task FiltersAndPager_KeepTheRestOfTheQuery()
    {
        await using var site = await DemoAsync();
        var page = await site.Visitor().GetAsync("/estilo?q=caf%C3%A9&pagina=4&estado=abierta");
        page.Document.QuerySelectorAll(".filters a").Select(a => a.GetAttribute("href")).ShouldBe(["/estilo?q=caf%C3%A9", "/estilo?q=caf%C3%A9&estado=abierta", "/estilo?q=caf%C3%A9&estado=cerrada"]);
        page.Document.QuerySelector(".filters a[aria-current]")!.TextContent.ShouldStartWith("Abiertas");
        page.Document.QuerySelector(".pager a[rel=next]")!.GetAttribute("href").ShouldBe("/estilo?q=caf%C3%A9&estado=abierta&pagina=5");
    }

    [Fact]
    public async Task MoneyField_SaysWhatWasUnderstood()
    {
        await using var site = await DemoAsync();
        var page = await site.Visitor().GetAsync("/estilo");
        page.Document.QuerySelector("input[name=Monto]")!.GetAttribute("value").ShouldBe("1.234.567,80");
        page.Document.QuerySelector("output[for=Monto]")!.TextContent.ShouldBe("Se entendió: S/\u202F1\u202F234\u202F567.80");
    }

    [Fact]
    public async Task StyleSheetAndModules_StaySmall()
    {
        await using var site = await TestSite.StartAsync();
        foreach (var (file, most) in new[] { ("minka.css", 28 * 1024), ("js/autosave.js", 6 * 1024), ("js/money.js", 5 * 1024), ("js/confirm.js", 5 * 1024) })
        {
            using var answer = await site.Visitor().FetchAsync(HttpMethod.Get, "/" + file);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            (await answer.Content.ReadAsByteArrayAsync()).Length.ShouldBeLessThanOrEqualTo(most, file);
        }
    }

    [Fact]
    public async Task Menu_MarksWhereOneIs_AndShowsTheRoleOfThePerson()
    {
        await using var site = await TestSite.StartAsync();
        var browser = await site.SignedInAsync("rosa", (Role.Evaluator, Scope.Platform));
        var page = await browser.GetAsync("/registro");
        page.Document.QuerySelectorAll("nav.menu a[aria-current]").Select(a => a.GetAttribute("href")).Distinct().ShouldBe(["/registro"]);
        page.Document.QuerySelector(".me small")!.TextContent.ShouldBe("evaluación");
        page.Document.QuerySelector("nav.menu a[href='/mi-bandeja']").ShouldNotBeNull();
    }

    static async Task<TestSite> DemoAsync()
    {
        var site = await TestSite.StartAsync();
        if (!await site.ReadAsync(db => Task.FromResult(db.Installations.Any())))
            await site.Writer.ActAsync("installation.start", Actor.System, work =>
            {
                work.Db.Installations.Add(new Installation { Mode = InstallationMode.Demo, StartedAt = work.Now });
                return Task.CompletedTask;
            });
        return site;
    }
}
