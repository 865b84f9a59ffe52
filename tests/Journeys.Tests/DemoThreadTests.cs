using Shouldly;
using Xunit;

namespace Minka.Journeys.Tests;

/// <summary>
/// The demonstration's open call, carried on by its own people from tray to tray on a phone without JavaScript; its date is moved
/// by its own page.
/// </summary>
public sealed class DemoThreadTests(DemoSite site) : IClassFixture<DemoSite>
{
    const string Title = "Programas que suman: segunda convocatoria (DEMO)";

    [BrowserFact]
    public async Task From_the_open_call_of_the_demonstration_to_an_agreement_from_tray_to_tray()
    {
        await using var manager = await site.VisitorAsync("gerencia-0605");
        await using var office = await site.VisitorAsync("secretaria-tecnica");
        await using var board = await site.VisitorAsync("consejo");
        await TheThread.ApplyAsync(manager, Title);
        await office.MoveDateAsync("cierra la recepción", Title);
        await TheThread.ReviewAsync(office, board, Title);
        await TheThread.EvaluateAsync(office, Title, [.. new[] { "evaluadora-1", "evaluador-2", "evaluadora-3", "evaluador-4", "evaluadora-5" }.Select(user => (Func<Task<Visitor>>)(() => site.VisitorAsync(user)))]);
        await TheThread.AwardAsync(office, board, Title);
        await manager.MenuAsync("Mi bandeja");
        var number = (await manager.TextAsync()).Split("Aprobar el convenio ")[1].Split(' ')[0];
        await TheThread.AgreeAsync(office, manager, number);
        await TheThread.ProveAsync(office, Title);
        number.ShouldEndWith("-2027");
    }
}
