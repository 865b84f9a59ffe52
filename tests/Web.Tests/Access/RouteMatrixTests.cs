using System.Net;
using AngleSharp.Html.Parser;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Register;
using Minka.TestKit;
using Minka.Web.Access;
using Shouldly;
using Xunit;

namespace Minka.Web.Tests.Access;

/// <summary>
/// Every address of the site, asked by everybody, on things of either fund: who may gets an answer, who may not gets none, nothing
/// breaks, and nobody reads what another has not made public. Who may is written in <c>routes.txt</c>.
/// </summary>
public sealed class RouteMatrixTests(TwoFunds funds) : IClassFixture<TwoFunds>
{
    static readonly IReadOnlyList<RouteLine> Table = RouteTable.Read();

    static readonly int[] Tenants = [1, 2];

    [Fact]
    public async Task Routes_are_those_of_the_list_and_each_states_its_policy() =>
        RouteTable.Faults(await RouteTable.OfAsync(funds.Site), Table).ShouldBeEmpty();

    [Fact]
    public void A_route_without_a_policy_a_new_one_and_a_lost_one_would_be_found()
    {
        var table = RouteTable.Parse(["GET /a | public", "GET /lost | operator"]);
        RouteTable.Faults([("GET /a", null), ("GET /new", new PublicAttribute())], table).ShouldBe(
            ["GET /a: states no policy", "GET /new: not in routes.txt; write down who may", "GET /lost: gone from the site; the list of routes may not shrink"]);
    }

    [Fact]
    public void Each_line_has_a_real_thing_for_each_parameter()
    {
        Table.Where(l => Tenants.All(t => RouteTable.Fill(l, t, funds.Value).Address is null))
            .Select(l => $"{l}: nothing known for {string.Join(", ", RouteTable.Fill(l, 1, funds.Value).Unknown)}").ShouldBeEmpty();
        RouteTable.Fill(RouteTable.Parse(["GET /x/{unheard} | public"])[0], 1, funds.Value).Unknown.ShouldBe(["unheard"]);
    }

    [Fact]
    public async Task Pages_answer_whom_they_may_and_nobody_else()
    {
        var faults = new List<string>();
        foreach (var line in Table.Where(l => l.Method == "GET"))
        {
            foreach (var tenant in Tenants)
            {
                if (RouteTable.Fill(line, tenant, funds.Value).Address is not { } address) continue;
                foreach (var walker in funds.Walkers)
                {
                    using var response = await walker.Browser.FetchAsync(HttpMethod.Get, address);
                    var body = await response.Content.ReadAsStringAsync();
                    var asked = walker.Browser.LastAsked(address);
                    if (Verdict(line.Admits(walker, tenant), walker, response.StatusCode, asked) is { } fault)
                        faults.Add($"{line.Key} of {tenant} ({string.Join(' ', line.Variants)}) as {walker}: {fault}");
                    faults.AddRange(funds.Canaries.Where(c => body.Contains(c.Text, StringComparison.Ordinal) && !c.MayRead(walker))
                        .Select(c => $"{line.Key} of {tenant} ({string.Join(' ', line.Variants)}) as {walker}: tells {c.Text}"));
                }
            }
        }
        RouteTable.Show(faults);
    }

    [Fact]
    public async Task Canaries_are_where_their_owners_read_them()
    {
        var read = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in Table.Where(l => l.Method == "GET"))
        {
            foreach (var tenant in Tenants)
            {
                if (RouteTable.Fill(line, tenant, funds.Value).Address is not { } address) continue;
                foreach (var walker in funds.Walkers.Where(w => line.Admits(w, tenant) && funds.Canaries.Any(c => !read.Contains(c.Text) && c.MayRead(w))))
                {
                    using var response = await walker.Browser.FetchAsync(HttpMethod.Get, address);
                    var body = await response.Content.ReadAsStringAsync();
                    read.UnionWith(funds.Canaries.Where(c => c.MayRead(walker) && body.Contains(c.Text, StringComparison.Ordinal)).Select(c => c.Text));
                }
            }
        }
        // A text that nobody ever reads would prove nothing by its absence.
        funds.Canaries.Select(c => c.Text).Except(read).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_does_not_exist_is_not_found()
    {
        var faults = new List<string>();
        foreach (var line in Table.Where(l => l.Method == "GET" && RouteTable.Parameters(l.Address).Count > 0).DistinctBy(l => l.Key))
        {
            // One parameter at a time stands for nothing; the others are real.
            foreach (var name in RouteTable.Parameters(line.Address).Except(["language", "version"]))
            {
                if (line.Address.StartsWith("/error/", StringComparison.Ordinal)) continue;
                if (RouteTable.Fill(line, 1, (t, k) => k == name || k.StartsWith(name + "=", StringComparison.Ordinal) ? Missing(line.Address, name) : funds.Value(t, k)).Address is not { } address) continue;
                foreach (var walker in funds.Walkers)
                {
                    using var response = await walker.Browser.FetchAsync(HttpMethod.Get, address);
                    var (status, asked) = (response.StatusCode, walker.Browser.LastAsked(address));
                    var right = status is HttpStatusCode.NotFound or HttpStatusCode.BadRequest || (status == HttpStatusCode.Forbidden && !line.Who.Contains("public")) || (walker.IsAnonymous && SignIn(asked));
                    if (!right) faults.Add($"{line.Key} without its {name} as {walker}: {(int)status}");
                }
            }
        }
        RouteTable.Show(faults);
    }

    [Fact]
    public async Task Forms_without_their_token_are_refused()
    {
        var faults = new List<string>();
        // The error page answers whatever failed, also a form.
        foreach (var line in Table.Where(l => l.Method == "POST" && !l.Address.StartsWith("/error/", StringComparison.Ordinal)))
        {
            foreach (var tenant in Tenants)
            {
                if (RouteTable.Fill(line, tenant, funds.Value).Address is not { } address) continue;
                foreach (var walker in funds.Walkers)
                {
                    using var response = await walker.Browser.FetchAsync(HttpMethod.Post, address, new FormUrlEncodedContent([]));
                    var refused = response.StatusCode == HttpStatusCode.BadRequest
                        || (!line.Who.Contains("public") && response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden);
                    if (!refused) faults.Add($"{line.Key} of {tenant} as {walker} without a token: {(int)response.StatusCode}");
                }
            }
        }
        RouteTable.Show(faults);
    }

    /// <summary>The one fact that changes the site's data, and only after it has shown that who may not cannot.</summary>
    [Fact]
    public async Task Forms_act_for_whom_they_may_and_nobody_else()
    {
        await using var own = new OwnSite();
        var site = await own.StartAsync();
        var faults = new List<string>();
        var lines = Table.Where(l => l.Method == "POST" && l.Address != "/salir" && !l.Address.StartsWith("/error/", StringComparison.Ordinal)).ToList();
        // First those who may not, with a good token: nothing may be written. Then those who may, with empty forms: nothing may break.
        foreach (var admitted in new[] { false, true })
        {
            foreach (var line in lines)
            {
                foreach (var tenant in Tenants)
                {
                    if (RouteTable.Fill(line, tenant, site.Value).Address is not { } address) continue;
                    foreach (var walker in site.Walkers.Where(w => line.Admits(w, tenant) == admitted))
                    {
                        var before = admitted ? 0 : await ActsAsync(site.Site);
                        var token = await TokenAsync(walker);
                        if (token is null)
                        {
                            faults.Add($"{walker}: signed out before {line.Key}");
                            continue;
                        }
                        using var response = await walker.Browser.FetchAsync(HttpMethod.Post, address, new FormUrlEncodedContent(new Dictionary<string, string> { ["__RequestVerificationToken"] = token }));
                        var status = (int)response.StatusCode;
                        if (status >= 500) faults.Add($"{line.Key} of {tenant} as {walker}: {status}");
                        else if (!admitted && status is not (401 or 403 or 404)) faults.Add($"{line.Key} of {tenant} as {walker}: {status}, but may not");
                        else if (admitted && status is 401 or 403) faults.Add($"{line.Key} of {tenant} as {walker}: {status}, but may");
                        if (!admitted && await ActsAsync(site.Site) != before) faults.Add($"{line.Key} of {tenant} as {walker}: wrote although refused");
                    }
                }
            }
        }
        RouteTable.Show(faults);
    }

    [Fact]
    public async Task Unknown_addresses_are_not_found_by_anybody()
    {
        foreach (var walker in funds.Walkers) await walker.Browser.GetAsync("/no/hay/tal/direccion", HttpStatusCode.NotFound);
    }

    static string? Verdict(bool admitted, Walker walker, HttpStatusCode status, string asked)
    {
        if ((int)status >= 500) return $"broke with {(int)status}";
        if (asked.StartsWith("/error/", StringComparison.Ordinal)) return status == HttpStatusCode.NotFound ? null : $"{(int)status}, but says what went wrong with its own status";
        if (admitted) return status == HttpStatusCode.OK && !(walker.IsAnonymous && SignIn(asked)) ? null : $"{(int)status} at {asked}, but may";
        if (walker.IsAnonymous) return SignIn(asked) || status is HttpStatusCode.NotFound ? null : $"{(int)status}, but must sign in";
        return status is HttpStatusCode.Forbidden or HttpStatusCode.NotFound ? null : $"{(int)status}, but may not";
    }

    static bool SignIn(string asked) => asked.StartsWith("/entrar?volver=", StringComparison.Ordinal);

    static string Missing(string template, string name) =>
        template.Contains($"{{{name}:guid", StringComparison.Ordinal) ? "00000000-0000-4000-8000-000000000000"
        : template.Contains($"{{{name}:int", StringComparison.Ordinal) || template.Contains($"{{{name}:long", StringComparison.Ordinal) ? "99999"
        : "no-existe";

    static Task<long> ActsAsync(TestSite site) => site.ReadAsync(db => db.Set<Act>().LongCountAsync());

    // The form that signs out stands on every page of who is signed in, and carries a token for all.
    static async Task<string?> TokenAsync(Walker walker)
    {
        using var page = await walker.Browser.FetchAsync(HttpMethod.Get, walker.IsAnonymous ? "/entrar" : "/estilo");
        var document = await new HtmlParser().ParseDocumentAsync(await page.Content.ReadAsStreamAsync());
        var form = document.QuerySelector(walker.IsAnonymous ? "main form[method=post]" : "form[action='/salir']");
        return form?.QuerySelector("input[name=__RequestVerificationToken]")?.GetAttribute("value");
    }

    /// <summary>Two funds of its own, for the fact that writes.</summary>
    sealed class OwnSite : IAsyncDisposable
    {
        readonly TwoFunds funds = new();

        public async Task<TwoFunds> StartAsync()
        {
            await funds.InitializeAsync();
            return funds;
        }

        public async ValueTask DisposeAsync() => await funds.DisposeAsync();
    }
}
