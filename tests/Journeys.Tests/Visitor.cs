using Microsoft.Playwright;
using Minka.Web.Layout;
using Shouldly;

namespace Minka.Journeys.Tests;

/// <summary>
/// Somebody who walks by words alone: links, buttons and labels as they read, never an address that was not given. The words are
/// the product's Spanish ones, and are looked for in the visitor's own language: see <see cref="Manner"/>.
/// </summary>
public sealed class Visitor(IBrowserContext window, IPage page, Manner manner) : IAsyncDisposable
{
    const float Patience = Arrival.Patience;

    /// <summary>Opens a window for a visitor, who chooses the language by the link that every page has for it.</summary>
    public static async Task<Visitor> ArriveAsync(IBrowser browser, string address, Manner manner)
    {
        var window = await browser.NewContextAsync(new() { BaseURL = address, JavaScriptEnabled = manner.Script, ViewportSize = new() { Width = manner.Width, Height = 844 }, Locale = "es-PE", AcceptDownloads = true });
        var visitor = new Visitor(window, await window.NewPageAsync(), manner);
        if (manner.Language == Texts.Spanish) return visitor;
        await visitor.Page.GotoAsync("/entrar");
        await visitor.GoAsync(() => visitor.Page.Locator(".tongue").ClickAsync(), manner.Language);
        return visitor;
    }

    public IPage Page { get; } = page;

    public string Path => new Uri(Page.Url).PathAndQuery;

    ILocator Main => Page.Locator("main");

    /// <summary>The fields whose label begins so: what is optional says so behind its name.</summary>
    ILocator Labelled(string label) => Main.GetByLabel(manner.FindAtStart(label));

    public ValueTask DisposeAsync() => window.DisposeAsync();

    /// <summary>Types an address: the first page of a visit, or one printed on paper.</summary>
    public async Task OpenAsync(string path)
    {
        (await Page.GotoAsync(path))!.Status.ShouldBe(200, path);
        await FitsAsync();
    }

    public Task FollowAsync(string link) => GoAsync(() => Main.GetByRole(AriaRole.Link, new() { NameRegex = manner.Find(link) }).First.ClickAsync(new() { Timeout = Patience }), link);

    /// <summary>A link in a row of a table: a chart beside it may lead elsewhere under a like name.</summary>
    public Task FollowRowAsync(string link) => GoAsync(() => Main.Locator("table").GetByRole(AriaRole.Link, new() { NameRegex = manner.Find(link) }).First.ClickAsync(new() { Timeout = Patience }), link);

    /// <summary>The main menu, folded on a phone.</summary>
    public async Task MenuAsync(string link)
    {
        if (await Page.Locator(".menu summary").IsVisibleAsync()) await Page.Locator(".menu summary").ClickAsync();
        await GoAsync(() => Page.Locator(".menu a:visible", new() { HasTextRegex = manner.Find(link) }).First.ClickAsync(new() { Timeout = Patience }), link);
    }

    public Task PressAsync(string button, int at = 0, int expected = 200) =>
        GoAsync(() => Main.GetByRole(AriaRole.Button, new() { NameRegex = manner.Find(button) }).Nth(at).ClickAsync(new() { Timeout = Patience }), button, expected);

    /// <summary>Presses a button that asks before it acts, and says yes: to a dialog where there is JavaScript, else to a page.</summary>
    public async Task ConfirmAsync(string button, int at = 0)
    {
        if (!manner.Script)
        {
            await PressAsync(button, at);
            await PressAsync("Sí, continuar");
            return;
        }
        await TellAsync(() => Main.GetByRole(AriaRole.Button, new() { NameRegex = manner.Find(button) }).Nth(at).ClickAsync(new() { Timeout = Patience }), button);
        var dialog = Page.GetByRole(AriaRole.Dialog);
        await GoAsync(() => dialog.GetByRole(AriaRole.Button, new() { NameRegex = manner.Find("Sí, continuar") }).ClickAsync(new() { Timeout = Patience }), "Sí, continuar");
    }

    public Task FillAsync(string label, string value, int at = 0) => TellAsync(async () =>
    {
        var field = Labelled(label).Nth(at);
        await field.FillAsync(value, new() { Timeout = Patience });
        // A document that loads beside the form may take the keys: who types sees it, and types again.
        for (var again = 0; again < 3 && value.Length > 0 && (await field.InputValueAsync()).Length == 0; again++)
            await field.FillAsync(value, new() { Timeout = Patience });
    }, label);

    public Task ChooseAsync(string label, string option, int at = 0) => TellAsync(async () =>
    {
        var select = Labelled(label).Nth(at);
        var text = await select.Locator("option", new() { HasTextRegex = manner.Find(option) }).First.TextContentAsync(new() { Timeout = Patience });
        await select.SelectOptionAsync(new SelectOptionValue { Label = text!.Trim() });
    }, label);

    public Task TickAsync(string label, int at = 0) => TellAsync(async () =>
    {
        var choice = Labelled(label);
        if (await choice.CountAsync() == 0) choice = Main.GetByLabel(manner.Find(label));
        await choice.Nth(at).CheckAsync(new() { Timeout = Patience });
    }, label);

    /// <summary>Within the block that bears a heading or legend, ticks what reads so.</summary>
    public Task TickInAsync(string legend, string label) => TellAsync(() => Main.Locator("fieldset:has(input[type=radio], input[type=checkbox])", new() { HasTextRegex = manner.Find(legend) }).Last.GetByLabel(manner.FindWhole(label)).CheckAsync(new() { Timeout = Patience }), legend);

    public Task UnfoldAsync(string summary) => TellAsync(() => Main.Locator("summary", new() { HasTextRegex = manner.Find(summary) }).First.ClickAsync(new() { Timeout = Patience }), summary);

    public Task AttachAsync(string label, string name, byte[] bytes, string type = "application/pdf", int at = 0) =>
        TellAsync(() => Labelled(label).Nth(at).SetInputFilesAsync(new FilePayload { Name = name, MimeType = type, Buffer = bytes }, new() { Timeout = Patience }), label);

    public async Task<string> TextAsync() => Format(await Main.InnerTextAsync());

    public async Task SeesAsync(params string[] words)
    {
        var text = await TextAsync();
        foreach (var word in words) manner.Find(word).IsMatch(text).ShouldBeTrue($"«{word}» ({manner.Find(word)}) at {Path}\n{text}");
    }

    public async Task<bool> ReadsAsync(string words) => manner.Find(words).IsMatch(await TextAsync());

    public async Task<byte[]> DownloadAsync(string link)
    {
        var download = await Page.RunAndWaitForDownloadAsync(() => Main.GetByRole(AriaRole.Link, new() { NameRegex = manner.Find(link) }).First.ClickAsync());
        return await File.ReadAllBytesAsync(await download.PathAsync());
    }

    /// <summary>Moves the demonstration's date to something that happens by itself.</summary>
    public async Task MoveDateAsync(string what)
    {
        await GoAsync(() => Page.Locator(".demo-strip a").ClickAsync(new() { Timeout = Patience }), "adelantar");
        await GoAsync(() => Main.Locator("tr", new() { HasTextRegex = manner.Find(what) }).GetByRole(AriaRole.Button).ClickAsync(new() { Timeout = Patience }), what);
        Path.ShouldBe("/demo/reloj", "who moves the date stays signed in");
    }

    /// <summary>Enters with a password.</summary>
    public async Task EnterAsync(string user, string password)
    {
        await OpenAsync("/entrar");
        await FillAsync("Usuario o correo", user);
        await FillAsync("Contraseña", password);
        await PressAsync("Entrar");
        Path.ShouldBe("/mi-bandeja");
    }

    public async Task GoAsync(Func<Task> click, string what, int expected = 200)
    {
        IResponse answer;
        try
        {
            answer = await Arrival.AfterAsync(Page, click);
        }
        catch (Exception e) when (e is TimeoutException or PlaywrightException)
        {
            throw new InvalidOperationException($"«{what}» at {Path}: {e.Message.Split('\n')[0]}\n{await TextAsync()}", e);
        }
        if (answer.Status != expected) throw new InvalidOperationException($"«{what}» answered {answer.Status} at {Path}\n{await TextAsync()}");
        await FitsAsync();
    }

    async Task TellAsync(Func<Task> act, string what)
    {
        try
        {
            await act();
        }
        catch (Exception e) when (e is TimeoutException or PlaywrightException)
        {
            throw new InvalidOperationException($"«{what}» at {Path}: {e.Message.Split('\n')[0]}\n{await TextAsync()}", e);
        }
    }

    // Without scripts the page still measures itself for the browser's own tools.
    async Task FitsAsync()
    {
        var wide = await Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        wide.ShouldBeLessThanOrEqualTo(0, $"{Path} sticks out sideways");
        (await Page.Locator("html").GetAttributeAsync("lang")).ShouldBe(manner.Tag, Path);
        if (manner.Language == Texts.English) Manner.Untranslated(await Page.Locator("body").InnerTextAsync()).ShouldBeEmpty(Path);
    }

    static string Format(string text) => string.Join(' ', text.Replace('\u202F', ' ').Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
