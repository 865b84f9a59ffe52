using System.Globalization;
using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Minka.Journeys.Tests;

/// <summary>Opens pages one after another and notes what is wrong with each, at both widths.</summary>
sealed partial class Walk(IReadOnlyDictionary<string, string> values, IPage page)
{
    public Walk(DemoSite site, IPage page)
        : this(site.Values, page)
    {
    }

    static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    // The two worst of each kind are enough to find it; what passes is not asked for, since it is long.
    const string Barriers = """
        async () => {
            const found = await axe.run(document, { runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }, resultTypes: ['violations'] });
            return found.violations.flatMap(v => v.nodes.slice(0, 2).map(n => `${v.id} ${n.target.join(' ')} ${n.html.slice(0, 140)}`));
        }
        """;

    public List<string> Faults { get; } = [];

    public int Pages { get; private set; }

    /// <summary>The language that the pages are asked for in.</summary>
    string language = "es-PE";

    public async Task InBothLanguagesAsync(Func<Task> walk)
    {
        foreach (var (choice, tag) in new[] { ("es", "es-PE"), ("en", "en") })
        {
            await page.GotoAsync($"/idioma/{choice}");
            language = tag;
            await walk();
        }
    }

    /// <summary>The address of a route with real values for its parameters, or null when none is known for one.</summary>
    public string? Fill(string template, IReadOnlyDictionary<string, string>? instead = null)
    {
        string? unknown = null;
        var path = Parameter().Replace(template, m =>
        {
            if (m.Groups["optional"].Success) return "";
            var name = m.Groups["name"].Value;
            if (instead?.GetValueOrDefault(name) is { } own) return own;
            if (values.TryGetValue(name, out var value)) return value;
            unknown ??= name;
            return "";
        });
        if (unknown is not null) Faults.Add($"{template}: no value known for {{{unknown}}}");
        return unknown is null ? path.TrimEnd('/') is { Length: > 0 } trimmed ? trimmed : "/" : null;
    }

    public async Task OpenAsync(string path, int expected = 200)
    {
        Pages++;
        await page.SetViewportSizeAsync(390, 844);
        var response = await page.GotoAsync(path);
        if (response!.Status != expected)
        {
            Faults.Add($"{path}: status {response.Status}");
            return;
        }
        if (await page.Locator("html").GetAttributeAsync("lang") is var tag && tag != language) Faults.Add($"{path}: language {tag}");
        if ((await page.ContentAsync()).Contains("[[", StringComparison.Ordinal)) Faults.Add($"{path}: an untranslated key");
        if (language == "en" && Manner.Untranslated(await page.Locator("body").InnerTextAsync()) is { Count: > 0 } left) Faults.Add($"{path}: Spanish on an English page: {string.Join("; ", left)}");
        var tokenless = await page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('form[method=post]')].filter(f => !f.querySelector('[name=__RequestVerificationToken]')).map(f => f.outerHTML.slice(0, 140))");
        foreach (var form in tokenless) Faults.Add($"{path}: a form without its token, that answers 400: {form}");
        await LoadAxeAsync();
        // What is folded is part of the page.
        await page.EvaluateAsync("() => document.querySelectorAll('main details').forEach(d => d.open = true)");
        foreach (var width in new[] { 390, 1280 })
        {
            if (width != 390) await page.SetViewportSizeAsync(width, 900);
            await LookAsync(path, width);
        }
    }

    /// <summary>The same for the page that is open, as it stands.</summary>
    public async Task LookHereAsync()
    {
        Pages++;
        await LoadAxeAsync();
        foreach (var width in new[] { 1280, 390 })
        {
            await page.SetViewportSizeAsync(width, 844);
            await LookAsync(new Uri(page.Url).PathAndQuery, width);
        }
    }

    async Task LookAsync(string path, int width)
    {
        var over = await page.EvaluateAsync<string?>("""
            () => {
                const root = document.documentElement;
                if (root.scrollWidth <= root.clientWidth) return null;
                const wide = [...document.querySelectorAll('main *')].find(e => e.getBoundingClientRect().right > root.clientWidth + 1);
                return `${root.scrollWidth} > ${root.clientWidth}: ${wide ? wide.outerHTML.slice(0, 120) : '?'}`;
            }
            """);
        if (over is not null) Faults.Add($"{path} at {Text(width)}: overflow {over}");
        // Words change with the language, the markup does not: once is enough for the second.
        if (language == "en" && width != 390) return;
        foreach (var barrier in await BarriersAsync()) Faults.Add($"{path} at {Text(width)}: {barrier}");
    }

    /// <summary>Axe comes in through the browser's own door: the page's policy would refuse it.</summary>
    public Task LoadAxeAsync() => page.EvaluateAsync(Axe);

    public Task<string[]> BarriersAsync() => page.EvaluateAsync<string[]>(Barriers);

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\{(?<name>[a-z-]+)(:[a-z]+)?(?<optional>\?)?\}")]
    private static partial Regex Parameter();
}
