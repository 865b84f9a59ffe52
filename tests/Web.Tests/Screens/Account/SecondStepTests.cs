using System.Net;
using Minka.Core.Accounts;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Web.Tests.Screens.Account;

public sealed class SecondStepTests
{
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(2000000000, "279037")]
    public void Totp_OfRfc6238_IsAsThere(long seconds, string expected) =>
        Totp.Code("12345678901234567890"u8, Totp.StepAt(DateTime.UnixEpoch.AddSeconds(seconds))).ShouldBe(expected);

    [Fact]
    public async Task SignIn_WithASecondStep_AsksForTheCodeAndTakesItOnce()
    {
        await using var site = await TestSite.StartAsync();
        var browser = await site.SignedInAsync("rosa");
        var page = await browser.GetAsync("/cuenta/segundo-paso");
        var key = Read(page.Document.QuerySelector("main code")!.TextContent);
        (await page.SubmitAsync(new() { ["Code"] = "000000" }, expected: HttpStatusCode.UnprocessableEntity)).Text.ShouldContain("no coincide");
        var codes = await page.SubmitAsync(new() { ["Code"] = Totp.Code(key, Totp.StepAt(site.Clock.Now)) });
        codes.Title.ShouldBe("El segundo paso está activo");
        var recovery = codes.Document.QuerySelector("main li code")!.TextContent;
        (await browser.GetAsync("/cuenta")).Text.ShouldContain("sin usar: 10");

        site.Clock.Advance(TimeSpan.FromMinutes(1));
        var code = Totp.Code(key, Totp.StepAt(site.Clock.Now));
        (await (await HalfAsync(site)).SubmitAsync(new() { ["Code"] = code })).Title.ShouldBe("Mi bandeja");
        (await (await HalfAsync(site)).SubmitAsync(new() { ["Code"] = code }, expected: HttpStatusCode.UnprocessableEntity)).Text.ShouldContain("ya se usó");
        (await (await HalfAsync(site)).SubmitAsync(new() { ["Code"] = recovery })).Title.ShouldBe("Mi bandeja");
        (await (await HalfAsync(site)).SubmitAsync(new() { ["Code"] = recovery }, expected: HttpStatusCode.UnprocessableEntity)).Text.ShouldContain("ya se usó");
    }

    [Fact]
    public async Task ChangePassword_EndsOtherSessions()
    {
        await using var site = await TestSite.StartAsync();
        var id = await site.PersonAsync("rosa");
        var (one, other) = (await site.SignInAsync(id), await site.SignInAsync(id));
        var done = await (await one.GetAsync("/cuenta")).SubmitAsync(new() { ["Old"] = TestSite.Password, ["New"] = "otra clave larga", ["Repeated"] = "otra clave larga" }, form: "handler=Password");
        done.Text.ShouldContain("La contraseña cambió");
        (await one.GetAsync("/mi-bandeja")).Title.ShouldBe("Mi bandeja");
        (await other.GetAsync("/mi-bandeja")).Title.ShouldBe("Entrar");
    }

    static async Task<PageView> HalfAsync(TestSite site)
    {
        var page = await (await site.Visitor().GetAsync("/entrar")).SubmitAsync(new() { ["Name"] = "rosa", ["Password"] = TestSite.Password });
        page.Title.ShouldBe("Segundo paso");
        return page;
    }

    internal static byte[] Read(string base32)
    {
        var (bytes, bits, count) = (new List<byte>(), 0, 0);
        foreach (var c in base32)
        {
            (bits, count) = (((bits & 0xff) << 5) | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal), count + 5);
            if (count < 8) continue;
            bytes.Add((byte)((bits >> (count - 8)) & 0xff));
            count -= 8;
        }
        return [.. bytes];
    }
}
