using System.Net;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Fund;
using Minka.Core.Fund.Calls;
using Minka.Core.Kernel;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Web.Tests.Screens.Fund;

public sealed class CallPagesTests
{
    const string Table = "provincia,poblacion,necesidad,recursos\n0601,348433,41.5,310\n0602,75687,61,85\n0605,27693,52,140\n0901,115054,45,120\n";

    [Theory, BothDatabases]
    public async Task Call_FromFundToClose_IsLedThroughItsPages(string provider)
    {
        await using var site = await TestSite.StartAsync(provider);
        var admin = await site.SignedInAsync("ada", (Role.Admin, Scope.Platform));
        var page = await (await admin.GetAsync("/fondos/nuevo")).SubmitAsync(new() { ["Name"] = "Fondo Norte", ["Institution"] = "Gobierno Regional", ["Resources"] = "30.000.000,00", ["ResourcesBasis"] = "Ley 1" });
        page.Title.ShouldBe("Fondo Norte");
        var fund = Scope.OfFund((await site.ReadAsync(db => db.Funds.Select(f => f.Id).SingleAsync())).Value);
        var (olga, bruno) = (await site.PersonAsync("olga", (Role.Operator, fund)), await site.PersonAsync("bruno", (Role.Board, fund)));
        var (op, board) = (await site.SignInAsync(olga), await site.SignInAsync(bruno));
        var stranger = await site.SignedInAsync("eva", (Role.Operator, Scope.OfFund(new Guid("0199b7a0-0000-7000-8000-00000000000f"))));

        page = await op.GetAsync("/fondos/fondo-norte/convocatorias/nueva");
        page = await page.SubmitAsync(new() { ["Title"] = "", ["Budget"] = "1e9", ["ProvinceCodes"] = "0601" }, expected: HttpStatusCode.UnprocessableEntity);
        page.Document.QuerySelectorAll("main .fault").Length.ShouldBe(2);
        page.Document.QuerySelector("#p0601")!.HasAttribute("checked").ShouldBeTrue();
        page = await page.SubmitAsync(new() { ["Title"] = "Programas 2027", ["Budget"] = "20 000 000", ["Departments"] = "09" });
        page.Title.ShouldBe("Necesidad y recursos de los territorios");
        var call = await site.ReadAsync(db => db.Calls.SingleAsync());
        call.ProvinceCodes.ShouldContain("0901");
        (await site.Visitor().FetchAsync(HttpMethod.Get, "/convocatorias/programas-2027")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await stranger.FetchAsync(HttpMethod.Get, "/convocatorias/programas-2027/gestion")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        page = await op.GetAsync("/convocatorias/programas-2027/preparar/datos");
        await page.SubmitAsync(new() { ["Version"] = call.Version.ToString(System.Globalization.CultureInfo.InvariantCulture), ["Title"] = "Programas 2027", ["Budget"] = "20000000.00", ["Departments"] = "06", ["ProvinceCodes"] = "0901" });
        page = await op.GetAsync("/convocatorias/programas-2027/preparar/territorios");
        page = await page.SubmitAsync(new() { ["Source"] = "INEI 2018", ["Table"] = Table }, form: "Tabla", expected: HttpStatusCode.UnprocessableEntity);
        page.Text.ShouldContain("Falta la provincia");
        var template = await (await op.FetchAsync(HttpMethod.Get, "/convocatorias/programas-2027/preparar/territorios?handler=Plantilla")).Content.ReadAsStringAsync();
        page = await page.SubmitAsync(new() { ["Source"] = "INEI 2018", ["Table"] = template }, form: "Tabla");
        page.Title.ShouldBe("Ligas y bolsas");
        page = await page.SubmitAsync();
        page.Title.ShouldBe("Calendario de la convocatoria");
        page = await page.SubmitAsync(new() { ["Days[1]"] = "2" }, button: "guardar", expected: HttpStatusCode.UnprocessableEntity);
        page = await page.SubmitAsync(new() { ["Days[1]"] = "6" }, button: "guardar");
        page.Title.ShouldBe("Gestión de Programas 2027");
        page.Text.ShouldContain("cada una de las");
        (await board.FetchAsync(HttpMethod.Post, "/convocatorias/programas-2027/gestion?handler=publicar")).StatusCode.ShouldBeOneOf(HttpStatusCode.BadRequest, HttpStatusCode.Forbidden);
        page = await page.SubmitAsync(form: "publicar");
        page.Text.ShouldContain("Convocatoria publicada");

        (await site.Visitor().GetAsync("/convocatorias")).Text.ShouldContain("Programas 2027");
        page = await site.Visitor().GetAsync("/convocatorias/programas-2027");
        page.Text.ShouldContain("Liga única");
        page.Text.ShouldContain((await site.ReadAsync(db => db.Freezes.SingleAsync())).Digest.Hex);

        var citizen = await site.SignedInAsync("ciro");
        page = await (await citizen.GetAsync("/convocatorias/programas-2027/preguntas/nueva")).SubmitAsync(new() { ["Text"] = "¿El umbral puede bajar?" });
        page.Text.ShouldContain("¿El umbral puede bajar?");
        page.Text.ShouldNotContain("ciro");
        page = await (await op.GetAsync("/convocatorias/programas-2027/preguntas/1/responder")).SubmitAsync(new() { ["Answer"] = "Sí: baja a 55.", ["Changes"] = "Umbral" });
        page.Text.ShouldContain("Cambia las reglas");
        page = await op.GetAsync("/convocatorias/programas-2027/preparar/reglas");
        page = await page.SubmitAsync(new() { ["Values[evaluation.threshold]"] = "cincuenta" }, expected: HttpStatusCode.UnprocessableEntity);
        page = await page.SubmitAsync(new() { ["Values[evaluation.threshold]"] = "55" });
        page.Text.ShouldContain("evaluation.threshold");

        var dates = (await site.ReadAsync(db => db.Calls.SingleAsync())).Dates;
        page = await op.GetAsync("/convocatorias/programas-2027/gestion");
        (await page.SubmitAsync(form: "integrar", expected: HttpStatusCode.UnprocessableEntity)).Text.ShouldContain("Todavía se reciben preguntas");
        site.Clock.MoveTo(dates.QuestionsEnd.ClosesAt);
        op = await site.SignInAsync(olga);
        page = await (await op.GetAsync("/convocatorias/programas-2027/gestion")).SubmitAsync(form: "integrar");
        (await site.Visitor().GetAsync("/convocatorias/programas-2027/reglas")).Text.ShouldContain("Qué cambió entre las dos fijaciones");
        var freeze = await site.ReadAsync(db => db.Freezes.SingleAsync(f => f.Number == 2));
        var text = await (await site.Visitor().FetchAsync(HttpMethod.Get, "/convocatorias/programas-2027/reglas?handler=Texto&ronda=1&numero=2")).Content.ReadAsByteArrayAsync();
        Digest.Of(text).ShouldBe(freeze.Digest);
        site.Clock.MoveTo(dates.OpensAt);
        (op, board) = (await site.SignInAsync(olga), await site.SignInAsync(bruno));
        page = await (await op.GetAsync("/convocatorias/programas-2027/gestion")).SubmitAsync(form: "abrir");
        page.Text.ShouldContain("Recepción abierta");

        page = await board.GetAsync("/convocatorias/programas-2027/calendario/ampliar");
        page = await page.SubmitAsync(new() { ["From"] = "SubmissionsClose", ["Days"] = "3" }, button: "ver");
        page.Text.ShouldContain("Así quedaría");
        page = await page.SubmitAsync(new() { ["Why"] = "Lluvias" }, button: "ampliar");
        page.Text.ShouldContain("Lluvias");
        var later = (await site.ReadAsync(db => db.Calls.SingleAsync())).Dates.Close.ClosesAt;
        later.ShouldBeGreaterThan(dates.Close.ClosesAt);
        site.Clock.MoveTo(later);
        (op, board) = (await site.SignInAsync(olga), await site.SignInAsync(bruno));
        page = await (await op.GetAsync("/convocatorias/programas-2027/gestion")).SubmitAsync(form: "cerrar");
        page.Text.ShouldContain("Cierre registrado");
        page = await (await board.GetAsync("/convocatorias/programas-2027/anular")).SubmitAsync(new() { ["To"] = "Annulled", ["Why"] = "Norma derogada" });
        page.Text.ShouldContain("Convocatoria anulada");
    }

    [Theory]
    [InlineData("es")]
    [InlineData("en")]
    public async Task Pages_OfCallsInEveryState_AreWholeInBothLanguages(string language)
    {
        await using var site = await TestSite.StartAsync();
        var given = new Given(site.Services, site.Clock);
        var fund = await given.FundAsync();
        var slugs = new List<string>();
        var entity = await given.EntityAsync();
        var draft = await given.CallAsync(c => c.Of(fund).Accrediting(entity.Id));
        slugs.Add(draft.Slug);
        foreach (var state in new[] { CallState.Published, CallState.Integrated, CallState.Open, CallState.Closed })
        {
            var call = await given.CallAsync(c => c.Of(fund));
            await given.AdvanceCallAsync(call.Id, fund, state);
            slugs.Add(call.Slug);
        }
        await site.WithAsync<AnnulCall>(a => a.ExecuteAsync(draft.Id, CallState.Annulled, "x", null, fund.Board)).ShouldThrowAsync<RuleBroken>();
        var browser = await site.SignedInAsync("sol", (Role.Operator, Scope.OfFund(fund.Id.Value)), (Role.Board, Scope.OfFund(fund.Id.Value)), (Role.Admin, Scope.Platform));
        await browser.GetAsync($"/idioma/{language}?volver=/fondos");
        foreach (var path in new[] { "/fondos", "/fondos/nuevo", $"/fondos/{fund.Slug}", $"/fondos/{fund.Slug}/recursos", $"/fondos/{fund.Slug}/acreditaciones", $"/fondos/{fund.Slug}/acreditaciones/nueva?entidad={entity.Slug}", $"/fondos/{fund.Slug}/convocatorias/nueva", "/convocatorias", "/convocatorias?estado=open" })
            await browser.GetAsync(path);
        foreach (var slug in slugs)
        {
            foreach (var path in new[] { "", "/reglas", "/calendario", "/preguntas", "/gestion", "/anular" }) await browser.GetAsync($"/convocatorias/{slug}{path}");
        }
        foreach (var path in new[] { "datos", "territorios", "ligas", "reglas", "calendario" }) await browser.GetAsync($"/convocatorias/{slugs[0]}/preparar/{path}");
        await browser.GetAsync($"/convocatorias/{slugs[1]}/preguntas/nueva");
        await browser.GetAsync($"/convocatorias/{slugs[1]}/calendario/ampliar");
    }

    [Fact]
    public async Task Accreditation_OfAnEntity_IsGivenAndRevokedOnPages()
    {
        await using var site = await TestSite.StartAsync();
        var given = new Given(site.Services, site.Clock);
        var (fund, entity) = (await given.FundAsync(), await given.EntityAsync());
        var op = await site.SignedInAsync("olga", (Role.Operator, Scope.OfFund(fund.Id.Value)));
        var page = await op.GetAsync($"/fondos/{fund.Slug}/acreditaciones/nueva?entidad={entity.Slug}");
        page = await page.SubmitAsync(form: "acreditaciones");
        page.Text.ShouldContain("vigente");
        page = await page.FollowAsync("Retirar");
        page = await page.SubmitAsync(new() { ["Why"] = "Perdió su composición" });
        page.Text.ShouldContain("retirada");
        (await site.Visitor().GetAsync($"/fondos/{fund.Slug}/acreditaciones")).Text.ShouldContain("Perdió su composición");
    }

    [Fact]
    public async Task Lists_OnAnEmptyInstallation_SayWhatToDo()
    {
        await using var site = await TestSite.StartAsync();
        (await site.Visitor().GetAsync("/convocatorias")).Text.ShouldContain("No hay convocatorias publicadas");
        (await site.Visitor().GetAsync("/fondos")).Text.ShouldContain("Todavía no hay fondos");
        (await site.Visitor().FetchAsync(HttpMethod.Get, "/convocatorias/ninguna")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
