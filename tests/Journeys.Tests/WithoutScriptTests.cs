using Minka.Core.Accounts;
using Shouldly;
using Xunit;

namespace Minka.Journeys.Tests;

/// <summary>With JavaScript off everything is still there.</summary>
[Collection("demo")]
public sealed class WithoutScriptTests(DemoSite site)
{
    [BrowserTheory]
    [InlineData(Role.Operator)]
    [InlineData(Role.Evaluator)]
    [InlineData(Role.Manager)]
    public async Task A_person_of_the_demonstration_enters_sees_their_tray_and_leaves(Role role)
    {
        await using var window = await site.WindowAsync(script: false);
        var page = await window.NewPageAsync();
        await site.EnterAsync(page, role);
        (await page.GotoAsync("/mi-bandeja"))!.Status.ShouldBe(200);
        (await page.Locator("main h1").CountAsync()).ShouldBe(1);
        (await page.Locator("main").InnerTextAsync()).Length.ShouldBeGreaterThan(40);
        await Arrival.AfterAsync(page, () => page.Locator("form[action$='/salir'] button").First.ClickAsync());
        await page.GotoAsync("/mi-bandeja");
        page.Url.ShouldContain("/entrar");
    }

    [BrowserFact]
    public async Task The_map_is_drawn_and_its_indicator_is_chosen_by_a_form()
    {
        await using var window = await site.WindowAsync(script: false, width: 1280, height: 900);
        var page = await window.NewPageAsync();
        await page.GotoAsync("/");
        (await page.Locator("svg.map a").CountAsync()).ShouldBeGreaterThan(150);
        await page.Locator("select[name=nivel]").SelectOptionAsync("departamento");
        await Arrival.AfterAsync(page, () => page.Locator("main form:has(select[name=nivel]) button").First.ClickAsync());
        (await page.Locator("svg.map a").CountAsync()).ShouldBeInRange(20, 30);
    }
}
