using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Minka.Core.Accounts;
using Minka.TestKit;
using Minka.Web.FirstRun;
using Shouldly;
using Xunit;

namespace Minka.Web.Tests.Screens.Home;

public sealed class DemoTests
{
    [Fact]
    public async Task Demo_FromAnEmptyInstallation_IsMadeAndOffersItsPeople()
    {
        await using var site = await TestSite.StartAsync(mode: StartMode.Ask);
        var browser = site.Visitor();
        var home = await browser.GetAsync("/");
        var progress = await home.SubmitAsync(form: "/inicio/demo");
        progress.Url.ShouldBe("/inicio/demo");

        await site.Services.GetRequiredService<DemoRun>().Start();

        (await browser.GetAsync("/inicio/demo")).Title.ShouldBe("La demostración está lista");
        var signIn = await browser.GetAsync("/entrar");
        signIn.Text.ShouldContain("Consejo del fondo");
        await signIn.SubmitAsync(form: "Demo", button: "Secretaría técnica");
        var clock = await browser.GetAsync("/demo/reloj");
        var before = await site.ReadAsync(db => db.Installations.SingleAsync());
        (await clock.SubmitAsync(form: "day", button: "Adelantar un día")).Text.ShouldContain("es ahora");
        var after = await site.ReadAsync(db => db.Installations.SingleAsync());
        (after.ClockAheadSeconds - before.ClockAheadSeconds).ShouldBeInRange(86_000, 86_460);
        (await browser.GetAsync("/")).Text.ShouldNotContain("¿Desde dónde empezamos?");
    }

    [Fact]
    public async Task Clock_InARealInstallation_IsNotThere()
    {
        await using var site = await TestSite.StartAsync();
        var browser = await site.SignedInAsync("rosa", (Role.Admin, Scope.Platform));
        await browser.GetAsync("/demo/reloj", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Begin_ThroughAProxy_AsksForTheSetupCode()
    {
        await using var site = await TestSite.StartAsync(mode: StartMode.Ask);
        using var response = await site.Visitor().FetchAsync(HttpMethod.Get, "/inicio/administracion", also: r => r.Headers.Add("X-Forwarded-For", "203.0.113.9"));
        (await response.Content.ReadAsStringAsync()).ShouldContain("Código de instalación");
    }
}
