using System.Text.RegularExpressions;
using Minka.Web.Layout;
using Shouldly;
using Xunit;

namespace Minka.Journeys.Tests;

/// <summary>
/// The demonstration's open call, carried on by its own people from tray to tray, on a phone without JavaScript in Spanish and on a
/// desk with it in English; its date is moved by its own page.
/// </summary>
public sealed class DemoThreadTests : IAsyncLifetime
{
    const string Title = "Programas que suman: segunda convocatoria (DEMO)";

    readonly DemoSite site = new();

    public Task InitializeAsync() => site.InitializeAsync();

    public Task DisposeAsync() => site.DisposeAsync();

    [BrowserTheory]
    [InlineData(Texts.Spanish, 390, false)]
    [InlineData(Texts.English, 1280, true)]
    public async Task From_the_open_call_of_the_demonstration_to_an_agreement_from_tray_to_tray(string language, int width, bool script)
    {
        var manner = new Manner(language, width, script);
        await using var manager = await site.VisitorAsync("gerencia-0605", manner);
        await using var office = await site.VisitorAsync("secretaria-tecnica", manner);
        await using var board = await site.VisitorAsync("consejo", manner);
        await TheThread.ApplyAsync(manager, Title);
        await office.MoveDateAsync("Cierra la recepción: " + Title);
        await TheThread.ReviewAsync(office, board, Title);
        await TheThread.EvaluateAsync(office, Title, [.. new[] { "evaluadora-1", "evaluador-2", "evaluadora-3", "evaluador-4", "evaluadora-5" }.Select(user => (Func<Task<Visitor>>)(() => site.VisitorAsync(user, manner)))]);
        await TheThread.AwardAsync(office, board, Title);
        await manager.MenuAsync("Mi bandeja");
        var number = Regex.Match(await manager.TextAsync(), @"\b\d{3}-\d{4}\b").Value;
        await TheThread.AgreeAsync(office, manager, number);
        await TheThread.ProveAsync(office, Title);
        number.ShouldEndWith("-2027");
    }
}
