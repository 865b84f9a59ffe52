using System.Net;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Web.Tests.Screens.Account;

public sealed class SignInTests
{
    [Fact]
    public async Task SignIn_WithRightPassword_OpensTheSession()
    {
        await using var site = await TestSite.StartAsync();
        var browser = await site.SignedInAsync("rosa");
        (await browser.GetAsync("/")).Html.ShouldContain("rosa");
    }

    [Fact]
    public async Task SignIn_WithWrongPassword_SaysSoAndKeepsTheName()
    {
        await using var site = await TestSite.StartAsync();
        await site.PersonAsync("rosa");
        var page = await (await site.Visitor().GetAsync("/entrar")).SubmitAsync(new() { ["Name"] = "rosa", ["Password"] = "otra" }, expected: HttpStatusCode.UnprocessableEntity);
        page.Text.ShouldContain("no coinciden");
        page.Document.QuerySelector("input[name=Name]")!.GetAttribute("value").ShouldBe("rosa");
    }

    [Fact]
    public async Task SignIn_AfterFiveWrongPasswords_IsLockedForFiveMinutes()
    {
        await using var site = await TestSite.StartAsync();
        await site.PersonAsync("rosa");
        var page = await site.Visitor().GetAsync("/entrar");
        for (var i = 0; i < 5; i++) await page.SubmitAsync(new() { ["Name"] = "rosa", ["Password"] = "otra" }, expected: HttpStatusCode.UnprocessableEntity);
        (await page.SubmitAsync(new() { ["Name"] = "rosa", ["Password"] = TestSite.Password }, expected: HttpStatusCode.UnprocessableEntity)).Text.ShouldContain("cinco minutos");
        site.Clock.Advance(TimeSpan.FromMinutes(6));
        var response = await (await site.Visitor().GetAsync("/entrar")).SubmitAsync(new() { ["Name"] = "rosa", ["Password"] = TestSite.Password }, expected: null);
        response.Html.ShouldContain("rosa");
    }

    [Fact]
    public async Task PageOfOthers_WhenNobodySignedIn_SendsToTheDoorAndSaysWhy()
    {
        await using var site = await TestSite.StartAsync();
        await site.PersonAsync("rosa");
        var door = await site.Visitor().GetAsync("/cuenta");
        door.Title.ShouldBe("Entrar");
        door.Text.ShouldContain("Para ver esa página, primero entre");
        var refused = await door.SubmitAsync(new() { ["Name"] = "rosa", ["Password"] = "otra" }, expected: HttpStatusCode.UnprocessableEntity);
        (await refused.SubmitAsync(new() { ["Name"] = "rosa", ["Password"] = TestSite.Password })).Title.ShouldBe("Su cuenta");
        (await site.Visitor().GetAsync("/entrar")).Text.ShouldNotContain("Para ver esa página");
    }

    [Theory]
    [InlineData("/cuenta", "handler=Password", "Old")]
    [InlineData("/cuenta/llaves/nueva", "", "Present")]
    public async Task Password_GuessedInsideASession_IsRefusedAfterTwentyTries(string path, string form, string field)
    {
        await using var site = await TestSite.StartAsync();
        var page = await (await site.SignedInAsync("rosa")).GetAsync(path);
        Dictionary<string, string> Typed(string password) => new() { [field] = password, [form.Length > 0 ? "New" : "Name"] = "otra clave larga", [form.Length > 0 ? "Repeated" : "Answer"] = "otra clave larga" };
        for (var i = 0; i < 20; i++) await page.SubmitAsync(Typed("otra"), form: form, expected: HttpStatusCode.UnprocessableEntity);
        (await page.SubmitAsync(Typed(TestSite.Password), form: form, expected: HttpStatusCode.TooManyRequests)).Text.ShouldContain("Espere cinco minutos");
        site.Clock.Advance(TimeSpan.FromMinutes(6));
        (await page.SubmitAsync(Typed(TestSite.Password), form: form)).Text.ShouldNotContain("Espere cinco minutos");
    }

    [Fact]
    public async Task UnknownAddress_IsAPlain404()
    {
        await using var site = await TestSite.StartAsync();
        (await site.Visitor().GetAsync("/no-existe", HttpStatusCode.NotFound)).Title.ShouldBe("No encontramos esta página");
    }

    [Fact]
    public async Task Language_WhenEnglishIsChosen_StaysEnglish()
    {
        await using var site = await TestSite.StartAsync();
        var browser = site.Visitor();
        var page = await browser.GetAsync("/idioma/en?volver=/entrar");
        page.Title.ShouldBe("Sign in");
        page.Document.DocumentElement.GetAttribute("lang").ShouldBe("en");
    }
}
