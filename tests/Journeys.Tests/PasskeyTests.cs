using System.Text.Json;
using Microsoft.Playwright;
using Minka.Core.Accounts;
using Shouldly;
using Xunit;

namespace Minka.Journeys.Tests;

/// <summary>The ceremony as the browser itself holds it, with an authenticator that Chromium plays.</summary>
[Collection("demo")]
public sealed class PasskeyTests(DemoSite site)
{
    const string Password = "una clave larga";

    [BrowserFact]
    public async Task A_key_is_added_opens_the_account_and_once_removed_does_not()
    {
        await site.PersonAsync("rosa", Password);
        await using var window = await site.WindowAsync();
        var page = await window.NewPageAsync();
        var walk = new Walk(site, page);
        var device = await DeviceAsync(window, page);
        await EnterByPasswordAsync(page, "rosa");

        await page.GotoAsync("/cuenta");
        await walk.LookHereAsync();
        await Arrival.AfterAsync(page, () => page.GetByRole(AriaRole.Link, new() { Name = "Ver y agregar llaves de acceso" }).ClickAsync());
        await walk.LookHereAsync();
        await Arrival.AfterAsync(page, () => page.GetByRole(AriaRole.Link, new() { Name = "Agregar una llave de acceso" }).ClickAsync());
        await walk.LookHereAsync();
        await page.GetByLabel("Nombre de la llave").FillAsync("Teléfono de la oficina");
        await page.GetByLabel("Contraseña actual").FillAsync(Password);
        await Arrival.AfterAsync(page, () => page.GetByRole(AriaRole.Button, new() { Name = "Continuar" }).ClickAsync());
        await walk.LookHereAsync();

        // The finger does not match: nothing is kept, the step stays.
        await device.VerifiesAsync(false);
        await page.GetByRole(AriaRole.Button, new() { Name = "Guardar la llave en este aparato" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("No se guardó ninguna llave");
        await device.VerifiesAsync(true);
        await page.GetByRole(AriaRole.Button, new() { Name = "Guardar la llave en este aparato" }).ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Se agregó la llave «Teléfono de la oficina»");
        (await device.KeysAsync()).ShouldBe(1);
        await walk.LookHereAsync();

        // The device knows its own key and makes no second one.
        await Arrival.AfterAsync(page, () => page.GetByRole(AriaRole.Link, new() { Name = "Agregar una llave de acceso" }).ClickAsync());
        await page.GetByLabel("Nombre de la llave").FillAsync("Otra");
        await page.GetByLabel("Contraseña actual").FillAsync(Password);
        await Arrival.AfterAsync(page, () => page.GetByRole(AriaRole.Button, new() { Name = "Continuar" }).ClickAsync());
        await page.GetByRole(AriaRole.Button, new() { Name = "Guardar la llave en este aparato" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("ya guarda una llave de su cuenta");

        await LeaveAsync(page);
        await page.GotoAsync("/entrar?volver=/cuenta/llaves");
        await walk.LookHereAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Entrar con llave de acceso" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Llaves de acceso");

        await Arrival.AfterAsync(page, () => page.GetByRole(AriaRole.Link, new() { Name = "Quitar Teléfono de la oficina" }).ClickAsync());
        await walk.LookHereAsync();
        await Arrival.AfterAsync(page, () => page.GetByRole(AriaRole.Button, new() { Name = "Quitar la llave" }).ClickAsync());
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Se quitó la llave «Teléfono de la oficina»");

        await LeaveAsync(page);
        await page.GotoAsync("/entrar");
        await page.GetByLabel("Usuario o correo").FillAsync("rosa");
        await page.GetByRole(AriaRole.Button, new() { Name = "Entrar con llave de acceso" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert).First).ToContainTextAsync("Esa llave no abre ninguna cuenta");
        (await page.GetByLabel("Usuario o correo").InputValueAsync()).ShouldBe("rosa");
        await walk.LookHereAsync();
        walk.Faults.ShouldBeEmpty();
    }

    [BrowserFact]
    public async Task A_key_stands_for_password_and_code()
    {
        await site.PersonAsync("julio", Password);
        await using var window = await site.WindowAsync();
        var page = await window.NewPageAsync();
        await DeviceAsync(window, page);
        await EnterByPasswordAsync(page, "julio");
        await page.GotoAsync("/cuenta/segundo-paso");
        var key = Base32(await page.Locator("main code").InnerTextAsync());
        await page.Locator("input[name=Code]").FillAsync(Totp.Code(key, Totp.StepAt(site.Now)));
        await Arrival.AfterAsync(page, () => page.GetByRole(AriaRole.Button, new() { Name = "Comprobar y activar" }).ClickAsync());
        await AddKeyAsync(page);
        await LeaveAsync(page);
        await page.GotoAsync("/entrar");
        await page.GetByRole(AriaRole.Button, new() { Name = "Entrar con llave de acceso" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Mi bandeja");
    }

    [BrowserFact]
    public async Task A_device_without_a_key_says_so_and_the_password_still_opens()
    {
        await site.PersonAsync("elena", Password);
        await using var window = await site.WindowAsync();
        var page = await window.NewPageAsync();
        await DeviceAsync(window, page);
        await page.GotoAsync("/entrar");
        await page.GetByLabel("Usuario o correo").FillAsync("elena");
        await page.GetByRole(AriaRole.Button, new() { Name = "Entrar con llave de acceso" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("No se usó ninguna llave");
        (await page.GetByLabel("Usuario o correo").InputValueAsync()).ShouldBe("elena");
        await page.GetByLabel("Contraseña").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Entrar", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Mi bandeja");
    }

    [BrowserFact]
    public async Task Without_script_the_button_is_absent_and_the_page_says_why()
    {
        await using var window = await site.WindowAsync(script: false);
        var page = await window.NewPageAsync();
        await page.GotoAsync("/entrar");
        (await page.GetByRole(AriaRole.Button, new() { Name = "Entrar con llave de acceso" }).CountAsync()).ShouldBe(0);
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("no ejecuta JavaScript");
    }

    [BrowserFact]
    public async Task By_an_address_of_numbers_the_page_leads_to_the_name()
    {
        await using var window = await site.WindowAsync();
        var page = await window.NewPageAsync();
        await page.GotoAsync(site.Address.Replace("localhost", "127.0.0.1", StringComparison.Ordinal) + "/entrar");
        (await page.Locator("[data-passkey]").CountAsync()).ShouldBe(0);
        await Arrival.AfterAsync(page, () => page.GetByRole(AriaRole.Link, new() { Name = site.Address }).ClickAsync());
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Entrar con llave de acceso" })).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task Over_a_plain_connection_the_button_is_absent_and_the_page_says_why()
    {
        await using var window = await site.WindowAsync();
        var page = await window.NewPageAsync();
        await page.GotoAsync(site.Address.Replace("localhost", Chromium.PlainHost, StringComparison.Ordinal) + "/entrar");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Las llaves de acceso solo funcionan por conexión segura");
        await Assertions.Expect(page.Locator("[data-passkey-insecure]")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("form[data-passkey]")).ToBeHiddenAsync();
    }

    [BrowserFact]
    public async Task In_a_browser_without_keys_the_button_is_absent_and_the_page_says_why()
    {
        await using var window = await site.WindowAsync();
        await window.AddInitScriptAsync("delete window.PublicKeyCredential");
        var page = await window.NewPageAsync();
        await page.GotoAsync("/entrar");
        await Assertions.Expect(page.Locator("[data-passkey-missing]")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("[data-passkey-off]")).ToBeHiddenAsync();
        await Assertions.Expect(page.Locator("form[data-passkey]")).ToBeHiddenAsync();
    }

    static async Task EnterByPasswordAsync(IPage page, string name)
    {
        await page.GotoAsync("/entrar");
        await page.GetByLabel("Usuario o correo").FillAsync(name);
        await page.GetByLabel("Contraseña").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Entrar", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Mi bandeja");
    }

    static async Task AddKeyAsync(IPage page)
    {
        await page.GotoAsync("/cuenta/llaves/nueva");
        await page.GetByLabel("Nombre de la llave").FillAsync("Teléfono");
        await page.GetByLabel("Contraseña actual").FillAsync(Password);
        await Arrival.AfterAsync(page, () => page.GetByRole(AriaRole.Button, new() { Name = "Continuar" }).ClickAsync());
        await page.GetByRole(AriaRole.Button, new() { Name = "Guardar la llave en este aparato" }).ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Se agregó la llave");
    }

    static async Task LeaveAsync(IPage page)
    {
        await Arrival.AfterAsync(page, () => page.GetByRole(AriaRole.Button, new() { Name = "Salir" }).ClickAsync());
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Entrar", Exact = true }).First).ToBeVisibleAsync();
    }

    static byte[] Base32(string text)
    {
        var (bytes, bits, count) = (new List<byte>(), 0, 0);
        foreach (var c in text)
        {
            (bits, count) = (((bits & 0xff) << 5) | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal), count + 5);
            if (count < 8) continue;
            bytes.Add((byte)((bits >> (count - 8)) & 0xff));
            count -= 8;
        }
        return [.. bytes];
    }

    static async Task<Device> DeviceAsync(IBrowserContext window, IPage page)
    {
        var session = await window.NewCDPSessionAsync(page);
        await session.SendAsync("WebAuthn.enable");
        var added = await session.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
        return new Device(session, added!.Value.GetProperty("authenticatorId").GetString()!);
    }

    /// <summary>The authenticator of one window.</summary>
    sealed class Device(ICDPSession session, string id)
    {
        /// <summary>Whether the next finger matches.</summary>
        public Task VerifiesAsync(bool matches) =>
            session.SendAsync("WebAuthn.setUserVerified", new() { ["authenticatorId"] = id, ["isUserVerified"] = matches });

        public async Task<int> KeysAsync()
        {
            JsonElement? held = await session.SendAsync("WebAuthn.getCredentials", new() { ["authenticatorId"] = id });
            return held!.Value.GetProperty("credentials").GetArrayLength();
        }
    }
}
