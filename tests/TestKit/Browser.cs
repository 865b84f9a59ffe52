using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.TestHost;
using Minka.Web.Components;
using Shouldly;

namespace Minka.TestKit;

/// <summary>A visitor without JavaScript: keeps cookies, follows redirects, sends forms, and checks every page it gets.</summary>
public sealed partial class Browser(TestServer server)
{
    readonly CookieContainer cookies = new();
    bool redirected;

    public async Task<PageView> GetAsync(string url, HttpStatusCode expected = HttpStatusCode.OK) =>
        await SendAsync(HttpMethod.Get, url, null, expected);

    /// <summary>The raw answer, without checks, following redirects.</summary>
    public async Task<HttpResponseMessage> FetchAsync(HttpMethod method, string url, HttpContent? content = null, Action<HttpRequestMessage>? also = null)
    {
        redirected = false;
        for (var hops = 0; ; hops++)
        {
            var address = new Uri(new Uri("http://localhost"), url);
            using var request = new HttpRequestMessage(method, address) { Content = content };
            if (cookies.GetCookieHeader(address) is { Length: > 0 } header) request.Headers.Add("Cookie", header);
            also?.Invoke(request);
            using var client = server.CreateClient();
            var response = await client.SendAsync(request);
            if (response.Headers.TryGetValues("Set-Cookie", out var set))
            {
                foreach (var cookie in set) cookies.SetCookies(address, cookie);
            }
            if ((int)response.StatusCode is not (301 or 302 or 303) || hops > 8) return response;
            (method, content, url) = (HttpMethod.Get, null, new Uri(address, response.Headers.Location!).PathAndQuery);
            (LastUrl, redirected) = (url, true);
        }
    }

    public string LastUrl { get; private set; } = "/";

    /// <summary>The value of a cookie, as whoever looks over the shoulder would copy it; null when the browser has none.</summary>
    public string? CookieOf(string name) => cookies.GetCookies(new Uri("http://localhost"))[name]?.Value;

    public void SetCookie(string name, string value) => cookies.SetCookies(new Uri("http://localhost"), $"{name}={value}; path=/");

    /// <summary>Where the last fetch ended: the address itself, or the one it led to.</summary>
    public string LastAsked(string address) => redirected ? LastUrl : address;

    internal async Task<PageView> SendAsync(HttpMethod method, string url, HttpContent? content, HttpStatusCode? expected)
    {
        LastUrl = url;
        using var response = await FetchAsync(method, url, content);
        var body = await response.Content.ReadAsStringAsync();
        if (expected is { } status) response.StatusCode.ShouldBe(status, $"{method} {url}\n{Excerpt(body)}");
        response.Content.Headers.ContentType?.MediaType.ShouldBe("text/html", $"{method} {url}");
        var page = new PageView(this, LastUrl, response.StatusCode, body);
        Check(page, response);
        return page;
    }

    static string Excerpt(string html)
    {
        var document = new HtmlParser().ParseDocument(html);
        return document.QuerySelector("main")?.TextContent.Trim() is { } text ? Spaces().Replace(text, " ") : html[..Math.Min(html.Length, 400)];
    }

    static void Check(PageView page, HttpResponseMessage response)
    {
        var (html, document, at) = (page.Html, page.Document, page.Url);
        System.Text.Encoding.UTF8.GetByteCount(html).ShouldBeLessThanOrEqualTo(100 * 1024, $"{at}: page over 100 KB");
        document.DocumentElement.GetAttribute("lang").ShouldNotBeNullOrEmpty($"{at}: lang");
        var headings = document.QuerySelectorAll("h1");
        headings.Length.ShouldBe(1, $"{at}: exactly one h1");
        Spaces().Replace(document.Title ?? "", " ").ShouldStartWith(Spaces().Replace(headings[0].TextContent.Trim(), " "), Case.Insensitive, $"{at}: the title begins with the h1");
        document.QuerySelectorAll("[id]").GroupBy(e => e.Id).Where(g => g.Count() > 1).Select(g => g.Key).ShouldBeEmpty($"{at}: ids twice");
        response.Headers.Contains("Content-Security-Policy").ShouldBeTrue($"{at}: CSP");
        document.QuerySelectorAll("script:not([src]), style, [style], [onclick], [onsubmit], [onchange], [onload]").Select(e => e.OuterHtml[..Math.Min(80, e.OuterHtml.Length)])
            .ShouldBeEmpty($"{at}: inline script or style");
        Untranslated().Matches(html).Select(m => m.Value).ShouldBeEmpty($"{at}: untranslated keys");
        foreach (var form in document.QuerySelectorAll("form[method=post]"))
            form.QuerySelector("input[name=__RequestVerificationToken]").ShouldNotBeNull($"{at}: a form without its token");
        foreach (var input in document.QuerySelectorAll("input:not([type=hidden]):not([type=submit]), select, textarea"))
            Labelled(document, input).ShouldBeTrue($"{at}: no label for {input.OuterHtml}");
        foreach (var image in document.QuerySelectorAll("img")) image.HasAttribute("alt").ShouldBeTrue($"{at}: img without alt");
        RawDecimal().Matches(Words(document.QuerySelector("main"))).Select(m => m.Value).ShouldBeEmpty($"{at}: a raw decimal");
    }

    /// <summary>The text with a space between elements: the figures of two cells are not one figure. What somebody typed (coordinates) comes back as typed.</summary>
    static string Words(IElement? element) =>
        element is null ? "" : string.Join(' ', element.Descendants<IText>().Where(t => t.ParentElement is not IHtmlTextAreaElement).Select(t => t.Data));

    static bool Labelled(IDocument document, IElement input) =>
        input.HasAttribute("aria-label") || input.HasAttribute("aria-labelledby") || input.Closest("label") is not null
        || (input.Id is { Length: > 0 } id && document.QuerySelectorAll("label").OfType<IHtmlLabelElement>().Any(l => l.HtmlFor == id));

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"\[\[[^\]]+\]\]")]
    private static partial Regex Untranslated();

    // Money and percentages go through Format: four or more decimals mean that a number escaped it. An exchange rate is shown as it was published.
    [GeneratedRegex(@"(?<![\w.])\d+\.\d{4,}(?!\w| soles )")]
    private static partial Regex RawDecimal();
}

/// <summary>One page that the browser got.</summary>
public sealed class PageView(Browser browser, string url, HttpStatusCode status, string html)
{
    public string Url { get; } = url;

    public HttpStatusCode Status { get; } = status;

    public string Html { get; } = html;

    public IHtmlDocument Document { get; } = new HtmlParser().ParseDocument(html);

    /// <summary>The words of the main part, white space made single.</summary>
    public string Text => string.Join(' ', (Document.QuerySelector("main")?.TextContent ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    public string Title => Document.QuerySelector("h1")!.TextContent.Trim();

    public IEnumerable<string> Links => Document.QuerySelectorAll("a[href]").Select(a => a.GetAttribute("href")!);

    public Task<PageView> FollowAsync(string text) =>
        browser.GetAsync(Document.QuerySelectorAll("a[href]").First(a => a.TextContent.Trim().Contains(text, StringComparison.OrdinalIgnoreCase)).GetAttribute("href")!);

    /// <summary>
    /// Sends a form of the page as a browser would: what it holds, with these values in place of it. The form is the one with
    /// the handler or action that contains <paramref name="form"/>, or the only one in main that is not hidden until a script shows it.
    /// </summary>
    public async Task<PageView> SubmitAsync(Dictionary<string, string>? values = null, string? form = null, HttpStatusCode? expected = HttpStatusCode.OK, string? button = null,
        Dictionary<string, (string Name, byte[] Bytes, string Type)>? files = null)
    {
        var forms = Document.QuerySelectorAll("main form[method=post]").OfType<IHtmlFormElement>().ToList();
        var chosen = form is null
            ? forms.Last(f => !f.HasAttribute("hidden"))
            : forms.FirstOrDefault(f => (f.GetAttribute("action") ?? "").Contains(form, StringComparison.OrdinalIgnoreCase) || f.Id == form)
                ?? throw new InvalidOperationException($"{Url}: no form {form}; there are {string.Join(", ", forms.Select(f => f.GetAttribute("action")))}");
        var fields = new List<KeyValuePair<string, string>>();
        foreach (var element in chosen.QuerySelectorAll("input, select, textarea"))
        {
            if (element.GetAttribute("name") is not { Length: > 0 } name || element.HasAttribute("disabled") || (values?.ContainsKey(name) ?? false)) continue;
            switch (element)
            {
                case IHtmlInputElement { Type: "checkbox" or "radio" } check when check.IsChecked: fields.Add(new(name, check.GetAttribute("value") ?? "on")); break;
                case IHtmlInputElement { Type: "checkbox" or "radio" or "submit" or "file" or "button" }: break;
                case IHtmlInputElement input: fields.Add(new(name, input.Value)); break;
                case IHtmlSelectElement select: fields.AddRange(select.Options.Where(o => o.IsSelected).Select(o => KeyValuePair.Create(name, o.Value))); break;
                case IHtmlTextAreaElement area: fields.Add(new(name, area.Value)); break;
            }
        }
        fields.AddRange(values ?? []);
        if (button is not null && chosen.QuerySelectorAll("button[name]").FirstOrDefault(b => b.TextContent.Contains(button, StringComparison.OrdinalIgnoreCase) || b.GetAttribute("value") == button || b.GetAttribute("data-value") == button) is { } pressed)
            fields.Add(new(pressed.GetAttribute("name")!, pressed.GetAttribute("value") ?? ""));
        HttpContent content;
        if (files is not null || chosen.GetAttribute("enctype") == "multipart/form-data")
        {
            var parts = new MultipartFormDataContent();
            foreach (var (name, value) in fields) parts.Add(new StringContent(value), name);
            foreach (var (name, file) in files ?? [])
            {
                var part = new ByteArrayContent(file.Bytes);
                part.Headers.ContentType = new(file.Type);
                parts.Add(part, name, file.Name);
            }
            content = parts;
        }
        else
        {
            content = new FormUrlEncodedContent(fields);
        }
        var action = chosen.GetAttribute("action") is { Length: > 0 } given ? given : Url;
        // What asks before it acts is asked by a page where there is no script: this visitor says yes, unless a test says otherwise.
        if (!fields.Any(f => f.Key == AskingForm.Field)) return await browser.SendAsync(HttpMethod.Post, action, content, expected);
        var page = await browser.SendAsync(HttpMethod.Post, action, content, null);
        if (page.Document.QuerySelector($"button[name={AskingForm.Agreed}]") is not null) return await page.SubmitAsync(new() { [AskingForm.Agreed] = "1" }, expected: expected);
        if (expected is { } status) page.Status.ShouldBe(status, page.Text);
        return page;
    }
}
