using Minka.Core.Accounts;
using Minka.Web.Access;
using Shouldly;
using Xunit;

namespace Minka.Journeys.Tests;

/// <summary>
/// Every page of the application, found by its route, as the person who works there: it answers, axe finds nothing against
/// WCAG A and AA, and nothing sticks out sideways, on a phone and on a desk, in Spanish and in English.
/// </summary>
[Collection("demo")]
public sealed class EveryPageTests(DemoSite site)
{
    // Pages that rightly answer otherwise for what the story left: an error is no success, this application had nothing to
    // cure, this programme has one version and nothing to compare, two addresses hand a file over.
    static readonly string[] Apart = ["/error/{code:int}", "/postulaciones/{application:guid}/subsanar", "/programas/{programme}/comparar", "/postulaciones/{application:guid}/archivos/{file:guid}", "/postulaciones/{application:guid}/constancia.jws", "/presupuesto-participativo/{process}/ordenanza"];

    // Pages of a call that is still open: the story's first call is over.
    static bool WantsOpenCall(string template) => template is "/convocatorias/{call}/postular" or "/convocatorias/{call}/preguntas";

    [BrowserFact]
    public async Task Public_pages_have_no_barrier_and_fit()
    {
        await using var window = await site.WindowAsync();
        var walk = new Walk(site, await window.NewPageAsync());
        await walk.InBothLanguagesAsync(async () =>
        {
            foreach (var (template, access) in await site.PagesAsync())
                if (access is PublicAttribute) await OpenAsync(walk, template);
        });
        walk.Pages.ShouldBeGreaterThan(30);
        walk.Faults.ShouldBeEmpty();
    }

    [BrowserTheory]
    [InlineData(Role.Admin)]
    [InlineData(Role.Operator)]
    [InlineData(Role.Board)]
    [InlineData(Role.Evaluator)]
    [InlineData(Role.Secretary)]
    [InlineData(Role.Manager)]
    [InlineData(Role.Auditor)]
    public async Task Pages_of_a_role_have_no_barrier_and_fit(Role role)
    {
        await using var window = await site.WindowAsync();
        var page = await window.NewPageAsync();
        await site.EnterAsync(page, role);
        var walk = new Walk(site, page);
        await walk.InBothLanguagesAsync(async () =>
        {
            await walk.OpenAsync("/mi-bandeja");
            foreach (var (template, access) in await site.PagesAsync())
                if (WalkedBy(access) == role) await OpenAsync(walk, template);
        });
        walk.Faults.ShouldBeEmpty();
    }

    [BrowserFact]
    public async Task A_barrier_and_an_overflow_would_be_found()
    {
        await using var window = await site.WindowAsync();
        var page = await window.NewPageAsync();
        await page.SetContentAsync("<html lang=es><title>x</title><main><img src=x><input><p style='color:#ccc;background:#fff'>pálido</p></main>");
        var walk = new Walk(site, page);
        await walk.LoadAxeAsync();
        var found = string.Join('\n', await walk.BarriersAsync());
        found.ShouldContain("image-alt");
        found.ShouldContain("label ");
        found.ShouldContain("color-contrast");
        await walk.OpenAsync("/no-hay-tal-pagina");
        walk.Faults.ShouldBe(["/no-hay-tal-pagina: status 404"]);
    }

    async Task OpenAsync(Walk walk, string template)
    {
        if (Apart.Contains(template)) return;
        var instead = WantsOpenCall(template) ? new Dictionary<string, string> { ["call"] = site.Values["open-call"] } : null;
        if (walk.Fill(template, instead) is { } path) await walk.OpenAsync(path);
    }

    /// <summary>Each page is walked once: by the first of its roles.</summary>
    Role? WalkedBy(AccessAttribute? access) => access switch
    {
        MayAttribute may => may.Roles.Where(site.Knows).Cast<Role?>().FirstOrDefault(),
        SignedInAttribute => Role.Secretary,
        _ => null,
    };
}
