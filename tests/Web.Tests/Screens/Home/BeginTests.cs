using System.Net;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Web.Tests.Screens.Home;

public sealed class BeginTests
{
    [Theory, BothDatabases]
    public async Task Begin_EmptyInstallation_MakesTheFirstAdministratorOnce(string provider)
    {
        await using var site = await TestSite.StartAsync(provider, StartMode.Ask);
        var browser = site.Visitor();
        var other = await site.Visitor().GetAsync("/inicio/administracion");
        var form = await (await browser.GetAsync("/")).FollowAsync("Crear la primera cuenta");

        var wrong = await form.SubmitAsync(Person("rosa", "una clave larga", "otra clave larga"), expected: HttpStatusCode.UnprocessableEntity);
        wrong.Text.ShouldContain("no coinciden");
        wrong = await form.SubmitAsync(Person("rosa", "corta", "corta"), expected: HttpStatusCode.UnprocessableEntity);
        wrong.Text.ShouldContain("al menos 10 caracteres");
        var home = await form.SubmitAsync(Person("rosa", "una clave larga", "una clave larga"));

        home.Text.ShouldContain("La plataforma está lista");
        home.Text.ShouldNotContain("¿Desde dónde empezamos?");
        home.Html.ShouldContain("Rosa Quispe");
        (await browser.GetAsync("/territorios/distritos/nuevo")).Title.ShouldBe("Agregar un distrito");
        (await site.Visitor().GetAsync("/inicio/administracion")).Url.ShouldBe("/");
        (await other.SubmitAsync(Person("otro", "una clave larga", "una clave larga"), expected: HttpStatusCode.UnprocessableEntity)).Text.ShouldContain("ya tiene quien la administre");
        (await site.ReadAsync(db => db.RoleGrants.CountAsync(g => g.Role == Role.Admin))).ShouldBe(1);
        (await site.ReadAsync(db => db.Installations.SingleAsync())).Mode.ShouldBe(InstallationMode.Real);
    }

    static Dictionary<string, string> Person(string name, string password, string repeated) =>
        new() { ["Institution"] = "Gobierno regional", ["Email"] = "", ["DisplayName"] = "Rosa Quispe", ["UserName"] = name, ["Password"] = password, ["Repeated"] = repeated };
}
