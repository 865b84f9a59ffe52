using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Minka.Core.Accounts;
using Minka.Core.Kernel;
using Minka.Core.Rules;
using Minka.TestKit;
using Minka.Web.Layout;
using Shouldly;
using Xunit;

namespace Minka.Web.Tests.Screens.Rules;

public sealed class RulesTests
{
    static readonly Scope Fund = new(ScopeKind.Fund, new Guid("0199b7a0-0000-7000-8000-000000000001"));

    [Fact]
    public async Task List_EmptyInstallation_ShowsThePacksThatComeWithThePlatform()
    {
        await using var site = await TestSite.StartAsync();
        var page = await site.Visitor().GetAsync("/reglas");
        page.Text.ShouldContain("Fondo de Desarrollo Descentralizado (FDD)");
        page.Text.ShouldContain("PROCOMPITE");
        page.Text.ShouldContain(BuiltInPacks.All[0].Digest.Short[..8]);
        page.Html.ShouldNotContain("/reglas/nueva");
    }

    [Theory]
    [InlineData("es")]
    [InlineData("en")]
    public async Task Show_EachPack_TellsEveryValueWithSourceAndConfidence(string language)
    {
        await using var site = await TestSite.StartAsync();
        var browser = site.Visitor();
        await browser.GetAsync($"/idioma/{language}?volver=/reglas");
        foreach (var reading in BuiltInPacks.All)
        {
            var page = await browser.GetAsync($"/reglas/{reading.Pack!.Id}");
            page.Text.ShouldContain(reading.Digest.Hex[..16]);
            var values = PackValues.Of(reading.Pack);
            page.Document.QuerySelectorAll("main table tbody tr td:nth-child(4) .tag").Length.ShouldBe(values.Count);
            foreach (var word in values.Select(v => v.Confidence).Distinct()) page.Text.ShouldContain(Texts.Find(language, $"confidence.{Kebab(word.ToString())}"));
            foreach (var source in values.Where(v => v.Confidence == Confidence.Seen).Select(v => v.Source).Distinct()) page.Text.ShouldContain(source);
        }
    }

    [Fact]
    public async Task Show_Fdd_SaysWhatTheRulesSay()
    {
        await using var site = await TestSite.StartAsync();
        var text = Regex.Replace((await site.Visitor().GetAsync("/reglas/fdd/2026.1")).Text, @"\s", " ");
        text.ShouldContain("S/ 500 000.00");
        text.ShouldContain("S/ 8 000 000.00");
        text.ShouldContain("puntaje de «Cohesión y masa crítica»");
        text.ShouldContain("La plataforma puede llevar todas sus etapas");
        text.ShouldContain("Propuesta propia; se apoya en: FONIPREL: contrapartida inclusiva");
        text.ShouldContain("Ningún proyecto aislado");
        text.ShouldNotContain("por fijar");
    }

    [Fact]
    public async Task Show_Procompite_NamesStagesThatAreNotBuiltAndValuesWithoutSource()
    {
        await using var site = await TestSite.StartAsync();
        var text = (await site.Visitor().GetAsync("/reglas/pe-procompite-2021")).Text;
        text.ShouldContain("Pide etapas que aún no están construidas");
        text.ShouldContain("visita de campo");
        text.ShouldContain("presentación pública");
        text.ShouldContain("por fijar");
        text.ShouldContain("Sin fuente");
    }

    [Fact]
    public async Task Show_CanonicalText_HasTheDigestThatThePageShows()
    {
        await using var site = await TestSite.StartAsync();
        var response = await site.Visitor().FetchAsync(HttpMethod.Get, "/reglas/fdd/2026.1?handler=Texto");
        Digest.Of(await response.Content.ReadAsByteArrayAsync()).ShouldBe(BuiltInPacks.All.First(r => r.Pack!.Id == "fdd").Digest);
    }

    [Fact]
    public async Task Show_UnknownPackOrVersion_IsNotFound()
    {
        await using var site = await TestSite.StartAsync();
        await site.Visitor().GetAsync("/reglas/no-hay", HttpStatusCode.NotFound);
        await site.Visitor().GetAsync("/reglas/fdd/9", HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("2026", 248)]
    [InlineData("-5", null)]
    [InlineData("99999", null)]
    public async Task Holidays_AnyYear_Answers(string year, int? days)
    {
        await using var site = await TestSite.StartAsync();
        var page = await site.Visitor().GetAsync($"/reglas/dias-habiles?anio={year}");
        if (days is { } count) page.Text.ShouldContain($"{count} días hábiles en 2026");
    }

    [Fact]
    public async Task New_Visitor_MustSignIn_AndOtherRolesMayNot()
    {
        await using var site = await TestSite.StartAsync();
        var visitor = site.Visitor();
        await visitor.GetAsync("/reglas/nueva");
        visitor.LastUrl.ShouldStartWith("/entrar");
        var evaluator = await site.SignedInAsync("ana", (Role.Evaluator, Fund));
        await evaluator.GetAsync("/reglas/nueva", HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task New_FaultyText_ListsAllFaultsWithLineAndColumnAndLosesNothing()
    {
        await using var site = await TestSite.StartAsync();
        var operatorOfFund = await site.SignedInAsync("rosa", (Role.Operator, Fund));
        var form = await operatorOfFund.GetAsync("/reglas/nueva?desde=fdd&version=2026.1");
        var text = form.Document.QuerySelector("textarea")!.TextContent
            .Replace("\"value\": 60", "\"value\": 600", StringComparison.Ordinal)
            .Replace("\"value\": \"strictRankByGroup\"", "\"value\": \"sideways\"", StringComparison.Ordinal);
        var page = await form.SubmitAsync(new() { ["Json"] = text }, button: "guardar", expected: HttpStatusCode.UnprocessableEntity);
        page.Text.ShouldContain("El archivo tiene 2 faltas");
        page.Text.ShouldContain("El puntaje mínimo, 600, pasa del total, 100.");
        page.Text.ShouldContain("/evaluation/threshold");
        var line = text.Split('\n').Index().First(l => l.Item.Contains("\"sideways\"", StringComparison.Ordinal)).Index + 1;
        page.Document.QuerySelectorAll("main table tbody tr").First(r => r.TextContent.Contains("sideways", StringComparison.Ordinal)).QuerySelector("th")!.TextContent
            .ShouldBe(line.ToString(System.Globalization.CultureInfo.InvariantCulture));
        page.Document.QuerySelector("textarea")!.TextContent.ReplaceLineEndings("\n").Trim().ShouldBe(text.ReplaceLineEndings("\n").Trim());
        (await site.WithAsync<RulePacks, IReadOnlyList<RulePackLine>>(p => p.ListAsync())).Count.ShouldBe(BuiltInPacks.All.Count);
    }

    [Fact]
    public async Task New_UploadedFile_IsStoredOnceAndShown()
    {
        await using var site = await TestSite.StartAsync();
        var operatorOfFund = await site.SignedInAsync("rosa", (Role.Operator, Fund));
        var bytes = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(BuiltInFiles.Read("fdd-2026.json")).Replace("\"version\": \"2026.1\"", "\"version\": \"2026.2\"", StringComparison.Ordinal));
        var files = new Dictionary<string, (string, byte[], string)> { ["Upload"] = ("reglas.json", bytes, "application/json") };

        var form = await operatorOfFund.GetAsync("/reglas/nueva");
        var seen = await form.SubmitAsync(button: "revisar", files: files);
        seen.Text.ShouldContain("Sin faltas");
        seen.Document.QuerySelector("textarea")!.TextContent.ShouldContain("2026.2");

        var stored = await seen.SubmitAsync(button: "guardar");
        stored.Url.ShouldBe("/reglas/fdd/2026.2");
        stored.Text.ShouldContain("Reglas guardadas");
        stored.Text.ShouldContain(RulePackReader.Read(bytes).Digest.Hex[..16]);
        (await operatorOfFund.GetAsync("/reglas/fdd")).Text.ShouldContain("2026.2");

        var again = await form.SubmitAsync(button: "guardar", files: files, expected: HttpStatusCode.UnprocessableEntity);
        again.Text.ShouldContain("Ya existe la versión 2026.2 de fdd");
        again.Document.QuerySelector("textarea")!.TextContent.ShouldContain("2026.2");
    }

    [Fact]
    public async Task New_BrokenUtf8OrNothing_IsRefusedInWords()
    {
        await using var site = await TestSite.StartAsync();
        var operatorOfFund = await site.SignedInAsync("rosa", (Role.Operator, Fund));
        var form = await operatorOfFund.GetAsync("/reglas/nueva");
        (await form.SubmitAsync(button: "revisar", expected: HttpStatusCode.UnprocessableEntity)).Text.ShouldContain("Pegue el texto");
        var files = new Dictionary<string, (string, byte[], string)> { ["Upload"] = ("x.json", [(byte)'{', 0xff], "application/json") };
        (await form.SubmitAsync(button: "revisar", files: files, expected: HttpStatusCode.UnprocessableEntity)).Text.ShouldContain("deja de ser texto UTF-8");
    }

    [Fact]
    public void Texts_OfRules_ExistInBothLanguages()
    {
        var spanish = Texts.Of(Texts.Spanish).Keys.Where(IsMine).Order(StringComparer.Ordinal).ToList();
        Texts.Of(Texts.English).Keys.Where(IsMine).Order(StringComparer.Ordinal).ShouldBe(spanish);
        foreach (var kind in StageKinds.All) Texts.Has($"stage-kind.{Kebab(kind.ToString())}").ShouldBeTrue(kind.ToString());
        foreach (var source in FundingSources.All) Texts.Has($"funding-source.{Kebab(source.ToString())}").ShouldBeTrue(source.ToString());

        static bool IsMine(string key) => key.StartsWith("rules.", StringComparison.Ordinal) || key.StartsWith("rulefault.", StringComparison.Ordinal) || key.StartsWith("stage-kind.", StringComparison.Ordinal);
    }

    static string Kebab(string name) => Regex.Replace(name, "(?<!^)([A-Z])", "-$1").ToLowerInvariant();
}
