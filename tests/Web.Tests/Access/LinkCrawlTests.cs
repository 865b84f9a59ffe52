using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Minka.Core.Accounts;
using Minka.Core.Kernel;
using Minka.Core.Story;
using Minka.TestKit;
using Xunit;

namespace Minka.Web.Tests.Access;

/// <summary>The demonstration, lived once, for whoever follows its links.</summary>
public sealed class DemonstrationSite : IAsyncLifetime
{
    public TestSite Site { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Site = await TestSite.StartAsync();
        await new FundStory(Site.Services, Site.Services.GetRequiredService<MovableClock>(), _ => { }).RunAsync(demo: true);
    }

    public async Task DisposeAsync() => await Site.DisposeAsync();
}

/// <summary>
/// Each person of the demonstration follows every link that is shown: no page leads where its reader may not go, to nothing, or to a
/// fault, and every page that is met passes the checks of the browser. Of links of one kind (one route, one set of parameters) so many are followed.
/// </summary>
public sealed partial class LinkCrawlTests(DemonstrationSite demonstration) : IClassFixture<DemonstrationSite>
{
    const int OfOneKind = 4;

    [Theory]
    [InlineData(null, "es")]
    [InlineData(null, "en")]
    [InlineData("administradora", "es")]
    [InlineData("administradora", "en")]
    [InlineData("secretaria-tecnica", "es")]
    [InlineData("secretaria-tecnica", "en")]
    [InlineData("consejo", "es")]
    [InlineData("consejo", "en")]
    [InlineData("auditor", "es")]
    [InlineData("auditor", "en")]
    [InlineData("evaluadora-1", "es")]
    [InlineData("evaluador-2", "en")]
    [InlineData("evaluadora-3", "es")]
    [InlineData("evaluador-4", "en")]
    [InlineData("evaluadora-5", "es")]
    [InlineData("secretaria-0605", "es")]
    [InlineData("secretaria-0605", "en")]
    [InlineData("gerencia-0605", "es")]
    [InlineData("gerencia-0605", "en")]
    // Cured, withdrew, was inadmissible, declined.
    [InlineData("gerencia-0610", "es")]
    [InlineData("gerencia-2108", "es")]
    [InlineData("gerencia-2110", "en")]
    [InlineData("gerencia-2102", "es")]
    public async Task Links_lead_where_their_reader_may_go(string? user, string language)
    {
        var site = demonstration.Site;
        var browser = site.Visitor();
        await browser.GetAsync("/idioma/" + language);
        if (user is not null)
        {
            var id = await site.ReadAsync(db => db.People.Where(p => p.UserName == user).Select(p => p.Id).SingleAsync());
            await (await browser.GetAsync("/entrar")).SubmitAsync(form: "Demo", button: id.ToString());
        }
        var crawl = new Crawl(browser, KindOf, language);
        await crawl.FollowAsync("/");
        RouteTable.Show(crawl.Faults);
        Assert.True(crawl.Pages > 60, $"only {crawl.Pages} pages were met");
    }

    [Fact]
    public async Task A_dead_link_and_a_faulty_page_would_be_found()
    {
        var crawl = new Crawl(demonstration.Site.Visitor(), KindOf, "es");
        await crawl.FollowAsync("/no-hay-tal-pagina");
        await crawl.FollowAsync("/administracion/personas");
        Assert.Equal(["/no-hay-tal-pagina (from -): 404", "/administracion/personas (from -): asks to sign in"], crawl.Faults);
    }

    /// <summary>The kind of an address: its route and the names of its parameters.</summary>
    string KindOf(string address)
    {
        var uri = new Uri(new Uri("http://localhost"), address);
        var names = string.Join('&', uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split('=')[0]).Order(StringComparer.Ordinal));
        foreach (var (pattern, matcher) in Matchers.Value)
        {
            var values = new RouteValueDictionary();
            if (matcher.TryMatch(uri.AbsolutePath, values)) return $"{pattern}?{names}";
        }
        return address;
    }

    Lazy<IReadOnlyList<(string, TemplateMatcher)>> Matchers => matchers ??= new(() =>
        [.. demonstration.Site.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .OrderBy(e => e.Order).ThenBy(e => e.RoutePattern.InboundPrecedence)
            .Select(e => (e.RoutePattern.RawText!, new TemplateMatcher(TemplateParser.Parse(e.RoutePattern.RawText!.TrimStart('/')), [])))]);

    Lazy<IReadOnlyList<(string, TemplateMatcher)>>? matchers;

    static readonly HashSet<string> ForWhoeverSignsIn = [.. RouteTable.Read().Where(l => l.Who.Contains("signed-in")).Select(l => l.Address.TrimStart('/'))];

    sealed class Crawl(Browser browser, Func<string, string> kindOf, string language)
    {
        readonly HashSet<string> seen = new(StringComparer.Ordinal);
        readonly Dictionary<string, int> followed = new(StringComparer.Ordinal);

        public List<string> Faults { get; } = [];

        public int Pages { get; private set; }

        public async Task FollowAsync(string start)
        {
            var open = new Queue<(string Address, string From)>([(start, "-")]);
            while (open.TryDequeue(out var next))
            {
                foreach (var link in await OpenAsync(next.Address, next.From))
                {
                    if (seen.Contains(link) || Leaves(link)) continue;
                    var kind = kindOf(link);
                    if (followed.GetValueOrDefault(kind) >= OfOneKind) continue;
                    followed[kind] = followed.GetValueOrDefault(kind) + 1;
                    seen.Add(link);
                    open.Enqueue((link, next.Address));
                }
            }
        }

        // Signing in, another language: not this reader any more.
        static bool Leaves(string link) => link.StartsWith("/entrar", StringComparison.Ordinal) || link.StartsWith("/idioma/", StringComparison.Ordinal);

        async Task<IReadOnlyList<string>> OpenAsync(string address, string from)
        {
            using var response = await browser.FetchAsync(HttpMethod.Get, address);
            var at = $"{address} (from {from})";
            if (browser.LastAsked(address).StartsWith("/entrar", StringComparison.Ordinal))
            {
                // To act one signs in, and then may: an invitation. Where a role is needed the link has no business here.
                if (!ForWhoeverSignsIn.Contains(kindOf(address).Split('?')[0])) Faults.Add($"{at}: asks to sign in");
            }
            else if (response.StatusCode != HttpStatusCode.OK) Faults.Add($"{at}: {(int)response.StatusCode}");
            else if (response.Content.Headers.ContentType?.MediaType == "text/html") return await PageAsync(address, from);
            return [];
        }

        async Task<IReadOnlyList<string>> PageAsync(string address, string from)
        {
            PageView page;
            try
            {
                page = await browser.GetAsync(address);
            }
            catch (Shouldly.ShouldAssertException fault)
            {
                Faults.Add($"{address} (from {from}): {Space().Replace(fault.Message, " ")}");
                return [];
            }
            Pages++;
            var lang = page.Document.DocumentElement.GetAttribute("lang");
            if (lang?.StartsWith(language, StringComparison.Ordinal) != true) Faults.Add($"{address}: lang {lang}");
            var links = new List<string>();
            foreach (var href in page.Links)
            {
                if (href.StartsWith('#'))
                {
                    if (href.Length > 1 && page.Document.GetElementById(Uri.UnescapeDataString(href[1..])) is null) Faults.Add($"{address}: {href} leads nowhere on the page");
                    continue;
                }
                var uri = new Uri(new Uri("http://localhost" + page.Url), href);
                if (uri.Host == "localhost" && uri.Scheme == "http") links.Add(uri.PathAndQuery);
            }
            return links;
        }
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
