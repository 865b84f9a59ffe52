using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Register;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Web.Tests.Screens.Account;

public sealed class PasskeyTests
{
    const string Refused = "No se pudo comprobar la respuesta de la llave";
    const string Over = "venció o ya se usó";

    [Theory, BothDatabases]
    public async Task Key_AddedUsedRenamedAndRemoved_EachIsAnAct(string provider)
    {
        await using var site = await TestSite.StartAsync(provider);
        using var key = new SoftKey();
        var browser = await site.SignedInAsync("rosa");
        var list = await AddAsync(browser, key, "Teléfono");
        list.Text.ShouldContain("Se agregó la llave «Teléfono»");
        list.Text.ShouldContain("sin usar");
        (await browser.GetAsync("/cuenta")).Text.ShouldContain("Tiene 1 llave de acceso.");

        site.Clock.Advance(TimeSpan.FromHours(1));
        (await EnterAsync(site.Visitor(), key)).Title.ShouldBe("Mi bandeja");
        (await browser.GetAsync("/cuenta/llaves")).Text.ShouldNotContain("sin usar");

        var change = await (await browser.GetAsync("/cuenta/llaves")).FollowAsync("Cambiar nombre");
        (await change.SubmitAsync(new() { ["Name"] = " " }, expected: HttpStatusCode.UnprocessableEntity)).Text.ShouldContain("Escriba un nombre para la llave, de hasta 60 letras.");
        (await change.SubmitAsync(new() { ["Name"] = "Teléfono de la oficina" })).Text.ShouldContain("La llave se llama ahora «Teléfono de la oficina»");

        var remove = await (await browser.GetAsync("/cuenta/llaves")).FollowAsync("Quitar");
        remove.Text.ShouldContain("«Teléfono de la oficina» ya no podrá entrar");
        (await remove.SubmitAsync()).Text.ShouldContain("Todavía no tiene llaves de acceso");
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        (await EnterAsync(site.Visitor(), key, HttpStatusCode.UnprocessableEntity)).Text.ShouldContain("quizá se quitó");

        var kinds = await site.ReadAsync(db => db.Set<Act>().Where(a => a.Kind.Contains("passkey")).OrderBy(a => a.Index).Select(a => a.Kind).ToListAsync());
        kinds.ShouldBe(["account.passkey-add", "account.sign-in-passkey", "account.passkey-rename", "account.passkey-remove"]);
        (await Audit.RunAsync(site.Services.GetRequiredService<DbSettings>())).Findings.ShouldBeEmpty();
    }

    [Fact]
    public async Task Key_InTheRegister_IsNotNamedByItsCredential()
    {
        await using var site = await TestSite.StartAsync();
        using var key = new SoftKey();
        await AddAsync(await site.SignedInAsync("rosa"), key);
        var bodies = (await site.ReadAsync(db => db.Set<Leaf>().Select(l => l.Body).ToListAsync())).Select(System.Text.Encoding.UTF8.GetString).ToList();
        bodies.ShouldContain(b => b.Contains("\"Passkeys\""));
        bodies.ShouldNotContain(b => b.Contains(Convert.ToHexString(key.Id), StringComparison.OrdinalIgnoreCase));
    }

    [Theory, BothDatabases]
    public async Task SignIn_ByKey_SatisfiesTheSecondStepAndAsksForNoCode(string provider)
    {
        await using var site = await TestSite.StartAsync(provider);
        using var key = new SoftKey();
        var browser = await site.SignedInAsync("rosa");
        var page = await browser.GetAsync("/cuenta/segundo-paso");
        await page.SubmitAsync(new() { ["Code"] = Totp.Code(SecondStepTests.Read(page.Document.QuerySelector("main code")!.TextContent), Totp.StepAt(site.Clock.Now)) });
        await AddAsync(browser, key);
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        (await EnterAsync(site.Visitor(), key)).Title.ShouldBe("Mi bandeja");
    }

    [Fact]
    public async Task SignIn_WithoutVerifiedPerson_IsRefused()
    {
        await using var site = await TestSite.StartAsync();
        using var key = new SoftKey();
        await AddAsync(await site.SignedInAsync("rosa"), key);
        key.VerifiesPerson = false;
        (await EnterAsync(site.Visitor(), key, HttpStatusCode.UnprocessableEntity)).Text.ShouldContain(Refused);
    }

    [Theory, BothDatabases]
    public async Task SignIn_TheSameAnswerTwice_CountsOnce(string provider)
    {
        await using var site = await TestSite.StartAsync(provider);
        using var key = new SoftKey();
        await AddAsync(await site.SignedInAsync("rosa"), key);
        var browser = site.Visitor();
        var (page, options) = await ChallengeAsync(browser);
        // What a thief of the browser's traffic would hold: the cookie of the challenge and the answer.
        var stolen = browser.CookieOf("minka-key")!;
        site.Clock.Advance(TimeSpan.FromSeconds(5));
        var answer = key.Get(options);
        (await AnswerAsync(page, answer)).Title.ShouldBe("Mi bandeja");
        site.Clock.Advance(TimeSpan.FromSeconds(5));
        var thief = site.Visitor();
        thief.SetCookie("minka-key", stolen);
        (await AnswerAsync(await thief.GetAsync("/entrar"), answer, HttpStatusCode.UnprocessableEntity)).Text.ShouldContain(Over);
        (await AnswerAsync(await site.Visitor().GetAsync("/entrar"), answer, HttpStatusCode.UnprocessableEntity)).Text.ShouldContain(Over);
    }

    [Fact]
    public async Task SignIn_AfterFiveMinutes_TheChallengeIsOverAndTheNameIsKept()
    {
        await using var site = await TestSite.StartAsync();
        using var key = new SoftKey();
        await AddAsync(await site.SignedInAsync("rosa"), key);
        var (page, options) = await ChallengeAsync(site.Visitor());
        site.Clock.Advance(TimeSpan.FromMinutes(5));
        var again = await page.SubmitAsync(new() { ["Name"] = "rosa", ["Answer"] = key.Get(options) }, "handler=Passkey", HttpStatusCode.UnprocessableEntity);
        again.Text.ShouldContain(Over);
        again.Document.QuerySelector("input#Name")!.GetAttribute("value").ShouldBe("rosa");
    }

    [Fact]
    public async Task SignIn_WithTheChallengeOfAnother_IsRefused()
    {
        await using var site = await TestSite.StartAsync();
        using var key = new SoftKey();
        await AddAsync(await site.SignedInAsync("rosa"), key);
        var (_, others) = await ChallengeAsync(site.Visitor());
        var (page, _) = await ChallengeAsync(site.Visitor());
        (await AnswerAsync(page, key.Get(others), HttpStatusCode.UnprocessableEntity)).Text.ShouldContain(Refused);
    }

    [Theory]
    [InlineData("signature")]
    [InlineData("authenticatorData")]
    [InlineData("clientDataJSON")]
    [InlineData("userHandle")]
    public async Task SignIn_WithATamperedAnswer_IsRefusedAndCounted(string part)
    {
        await using var site = await TestSite.StartAsync();
        using var key = new SoftKey();
        await AddAsync(await site.SignedInAsync("rosa"), key);
        var (page, options) = await ChallengeAsync(site.Visitor());
        var answer = JsonNode.Parse(key.Get(options))!;
        var bytes = System.Buffers.Text.Base64Url.DecodeFromChars((string)answer["response"]![part]!);
        bytes[^1] ^= 1;
        answer["response"]![part] = System.Buffers.Text.Base64Url.EncodeToString(bytes);
        (await AnswerAsync(page, answer.ToJsonString(), HttpStatusCode.UnprocessableEntity)).Text.ShouldContain(Refused);
        (await site.ReadAsync(db => db.People.SingleAsync())).AccessFailedCount.ShouldBe(1);
        (await site.ReadAsync(db => db.Set<Act>().CountAsync(a => a.Kind == "account.sign-in-refused"))).ShouldBe(1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"id":7}""")]
    [InlineData("""{"id":"%%%"}""")]
    public async Task SignIn_WithAnUnreadableAnswer_SaysSo(string answer)
    {
        await using var site = await TestSite.StartAsync();
        var (page, _) = await ChallengeAsync(site.Visitor());
        (await AnswerAsync(page, answer, HttpStatusCode.UnprocessableEntity)).Text.ShouldContain(Refused);
    }

    [Fact]
    public async Task SignIn_ForAnotherOrigin_SaysSo()
    {
        await using var site = await TestSite.StartAsync();
        using var key = new SoftKey();
        await AddAsync(await site.SignedInAsync("rosa"), key);
        foreach (var origin in new[] { "https://minka.ejemplo.pe", "http://localhost:81", "null" })
        {
            key.Origin = origin;
            (await EnterAsync(site.Visitor(), key, HttpStatusCode.UnprocessableEntity)).Text.ShouldContain("respondió a otro sitio");
        }
    }

    [Fact]
    public async Task SignIn_ByAKeyThatNobodyHas_SaysSoAndNamesTheRemedy()
    {
        await using var site = await TestSite.StartAsync();
        using var key = new SoftKey();
        (await EnterAsync(site.Visitor(), key, HttpStatusCode.UnprocessableEntity)).Text.ShouldContain("Entre con su contraseña");
    }

    [Fact]
    public async Task SignIn_WithTheKeyOfOneForTheAccountOfAnother_IsRefused()
    {
        await using var site = await TestSite.StartAsync();
        using var hers = new SoftKey();
        using var his = new SoftKey();
        await AddAsync(await site.SignedInAsync("rosa"), hers);
        await AddAsync(await site.SignedInAsync("julio"), his);
        hers.Handle = his.Handle;
        (await EnterAsync(site.Visitor(), hers, HttpStatusCode.UnprocessableEntity)).Text.ShouldContain(Refused);
    }

    [Theory, BothDatabases]
    public async Task SignIn_ByACloneWhoseCounterIsBehind_IsRefused(string provider)
    {
        await using var site = await TestSite.StartAsync(provider);
        using var key = new SoftKey { Count = 4 };
        await AddAsync(await site.SignedInAsync("rosa"), key);
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        key.Count = 9;
        (await EnterAsync(site.Visitor(), key)).Title.ShouldBe("Mi bandeja");
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        key.Count = 9;
        (await EnterAsync(site.Visitor(), key, HttpStatusCode.UnprocessableEntity)).Text.ShouldContain(Refused);
        key.Count = 10;
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        (await EnterAsync(site.Visitor(), key)).Title.ShouldBe("Mi bandeja");
    }

    [Theory, BothDatabases]
    public async Task SignIn_WhileTheAccountIsLocked_IsRefusedForItsKeysToo(string provider)
    {
        await using var site = await TestSite.StartAsync(provider);
        using var key = new SoftKey();
        await AddAsync(await site.SignedInAsync("rosa"), key);
        var page = await site.Visitor().GetAsync("/entrar");
        for (var i = 0; i < 5; i++) await page.SubmitAsync(new() { ["Name"] = "rosa", ["Password"] = "otra" }, expected: HttpStatusCode.UnprocessableEntity);
        (await EnterAsync(site.Visitor(), key, HttpStatusCode.UnprocessableEntity)).Text.ShouldContain("Espere cinco minutos");
        site.Clock.Advance(TimeSpan.FromMinutes(6));
        (await EnterAsync(site.Visitor(), key)).Title.ShouldBe("Mi bandeja");
    }

    [Fact]
    public async Task SignIn_FiveWrongAnswersOfAKey_LockTheAccount()
    {
        await using var site = await TestSite.StartAsync();
        using var key = new SoftKey();
        using var forged = new SoftKey { Id = key.Id };
        var rosa = await site.PersonAsync("rosa");
        await AddAsync(await site.SignInAsync(rosa), key);
        forged.Handle = key.Handle;
        for (var i = 0; i < 5; i++) (await EnterAsync(site.Visitor(), forged, HttpStatusCode.UnprocessableEntity)).Text.ShouldContain(Refused);
        (await EnterAsync(site.Visitor(), key, HttpStatusCode.UnprocessableEntity)).Text.ShouldContain("Espere cinco minutos");
    }

    [Fact]
    public async Task Add_WithWrongPassword_SaysSoAndKeepsTheName()
    {
        await using var site = await TestSite.StartAsync();
        var browser = await site.SignedInAsync("rosa");
        var page = await (await browser.GetAsync("/cuenta/llaves/nueva")).SubmitAsync(new() { ["Name"] = "Teléfono", ["Present"] = "otra" }, expected: HttpStatusCode.UnprocessableEntity);
        page.Text.ShouldContain("La contraseña actual no coincide");
        page.Document.QuerySelector("input[name=Name]")!.GetAttribute("value").ShouldBe("Teléfono");
        page.Document.QuerySelector("[data-passkey]").ShouldBeNull();
    }

    [Fact]
    public async Task Add_WithTheChallengeOfAnotherPerson_IsRefused()
    {
        await using var site = await TestSite.StartAsync();
        using var key = new SoftKey();
        var (rosa, julio) = (await site.SignedInAsync("rosa"), await site.SignedInAsync("julio"));
        var hers = await BeginAsync(rosa);
        var his = await BeginAsync(julio);
        julio.SetCookie("minka-key", rosa.CookieOf("minka-key")!);
        var again = await FinishAsync(his, key.Create(Options(hers)), HttpStatusCode.UnprocessableEntity);
        again.Text.ShouldContain(Over);
        again.Document.QuerySelector("input[name=Name]")!.GetAttribute("value").ShouldBe("Mi llave");
        (await site.ReadAsync(db => db.Passkeys.CountAsync())).ShouldBe(0);
    }

    [Fact]
    public async Task Add_TheSameAnswerAgainAfterRemoving_IsRefused()
    {
        await using var site = await TestSite.StartAsync();
        using var key = new SoftKey();
        var browser = await site.SignedInAsync("rosa");
        var step = await BeginAsync(browser);
        var kept = browser.CookieOf("minka-key")!;
        var answer = key.Create(Options(step));
        await FinishAsync(step, answer);
        await (await (await browser.GetAsync("/cuenta/llaves")).FollowAsync("Quitar")).SubmitAsync();
        browser.SetCookie("minka-key", kept);
        (await FinishAsync(step, answer, HttpStatusCode.UnprocessableEntity)).Text.ShouldContain(Over);
    }

    [Fact]
    public async Task Add_AKeyThatAnotherAccountHas_IsRefused()
    {
        await using var site = await TestSite.StartAsync();
        using var key = new SoftKey();
        await AddAsync(await site.SignedInAsync("rosa"), key);
        (await FinishAsync(await BeginAsync(await site.SignedInAsync("julio")), page => key.Create(Options(page)), HttpStatusCode.UnprocessableEntity)).Text.ShouldContain("ya está en una cuenta");
    }

    [Fact]
    public async Task Add_EndsTheOtherSessionsAndKeepsThisOne()
    {
        await using var site = await TestSite.StartAsync();
        using var key = new SoftKey();
        var id = await site.PersonAsync("rosa");
        var (one, other) = (await site.SignInAsync(id), await site.SignInAsync(id));
        await AddAsync(one, key);
        (await one.GetAsync("/mi-bandeja")).Title.ShouldBe("Mi bandeja");
        (await other.GetAsync("/mi-bandeja")).Title.ShouldBe("Entrar");
    }

    [Fact]
    public async Task KeyOfAnother_IsNotFound()
    {
        await using var site = await TestSite.StartAsync();
        using var key = new SoftKey();
        await AddAsync(await site.SignedInAsync("rosa"), key);
        var id = (await site.ReadAsync(db => db.Passkeys.SingleAsync())).Id.Value;
        var julio = await site.SignedInAsync("julio");
        foreach (var path in new[] { $"/cuenta/llaves/{id}", $"/cuenta/llaves/{id}/quitar" }) await julio.GetAsync(path, HttpStatusCode.NotFound);
        var form = await julio.GetAsync("/cuenta/llaves/nueva");
        var token = form.Document.QuerySelector("main input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var content = new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("Name", "mía")]);
        (await julio.FetchAsync(HttpMethod.Post, $"/cuenta/llaves/{id}/quitar", content)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await site.ReadAsync(db => db.Passkeys.CountAsync())).ShouldBe(1);
    }

    [Theory]
    [InlineData("127.0.0.1:5080", "http://localhost:5080")]
    [InlineData("[::1]:5080", "http://localhost:5080")]
    [InlineData("192.168.1.20:5080", "n con nombre")]
    public async Task SignInPage_OpenedByAnAddressOfNumbers_SaysWhereKeysWork(string host, string remedy)
    {
        await using var site = await TestSite.StartAsync();
        using var response = await site.Visitor().FetchAsync(HttpMethod.Get, "/entrar", also: r => r.Headers.Host = host);
        var html = await response.Content.ReadAsStringAsync();
        html.ShouldContain(remedy);
        html.ShouldNotContain("data-passkey");
    }

    [Fact]
    public async Task SignInPage_InEnglish_OffersTheKeyAndTellsWhoHasNoScript()
    {
        await using var site = await TestSite.StartAsync();
        var page = await site.Visitor().GetAsync("/idioma/en?volver=/entrar");
        page.Document.QuerySelector("form[data-passkey=get][hidden] button")!.TextContent.ShouldBe("Sign in with a passkey");
        page.Document.QuerySelector("[data-passkey-off]:not([hidden])")!.TextContent.ShouldContain("password and second step");
    }

    static string Options(PageView page) => page.Document.QuerySelector("form[data-passkey=create]")!.GetAttribute("data-options")!;

    static async Task<PageView> BeginAsync(Browser browser, string name = "Mi llave") =>
        await (await browser.GetAsync("/cuenta/llaves/nueva")).SubmitAsync(new() { ["Name"] = name, ["Present"] = TestSite.Password });

    static Task<PageView> FinishAsync(PageView page, string answer, HttpStatusCode expected = HttpStatusCode.OK) =>
        page.SubmitAsync(new() { ["Answer"] = answer }, "handler=Finish", expected);

    static Task<PageView> FinishAsync(PageView page, Func<PageView, string> answer, HttpStatusCode expected = HttpStatusCode.OK) => FinishAsync(page, answer(page), expected);

    static async Task<PageView> AddAsync(Browser browser, SoftKey key, string name = "Mi llave") =>
        await FinishAsync(await BeginAsync(browser, name), page => key.Create(Options(page)));

    static async Task<(PageView Page, string Options)> ChallengeAsync(Browser browser)
    {
        var page = await browser.GetAsync("/entrar");
        var form = page.Document.QuerySelector("form[data-passkey=get]")!;
        using var content = new FormUrlEncodedContent([new("__RequestVerificationToken", form.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!)]);
        using var response = await browser.FetchAsync(HttpMethod.Post, form.GetAttribute("data-challenge")!, content);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return (page, await response.Content.ReadAsStringAsync());
    }

    static Task<PageView> AnswerAsync(PageView page, string answer, HttpStatusCode expected = HttpStatusCode.OK) =>
        page.SubmitAsync(new() { ["Answer"] = answer }, "handler=Passkey", expected);

    static async Task<PageView> EnterAsync(Browser browser, SoftKey key, HttpStatusCode expected = HttpStatusCode.OK)
    {
        var (page, options) = await ChallengeAsync(browser);
        return await AnswerAsync(page, key.Get(options), expected);
    }
}
