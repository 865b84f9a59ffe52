using System.Text;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Applications;
using Minka.Core.Entities;
using Minka.Core.Fund;
using Minka.Core.Planning;
using Minka.Core.Register;
using Minka.TestKit;
using Shouldly;
using Xunit;
using ApplicationId = Minka.Core.Applications.ApplicationId;

namespace Minka.Journeys.Tests;

/// <summary>What people do wrong in a browser: it is told where and how to mend it, and nothing typed is lost.</summary>
[Collection("demo")]
public sealed class BadInputTests(DemoSite site)
{
    [BrowserFact]
    public async Task Amounts_in_any_writing_are_understood_or_refused_with_what_was_typed()
    {
        await using var manager = await ManagerAsync("0902");
        var programme = await ProgrammeAsync("0902");
        await manager.OpenAsync($"/programas/{programme}/proyectos/nuevo");
        await manager.FillAsync("Título del proyecto", "Proyecto de montos");
        await manager.FillAsync("Problema que resuelve", "Uno");
        await manager.FillAsync("Objetivo", "Otro");
        await manager.TickAsync("Distrito 1 (DEMO)");
        foreach (var (typed, why) in new[] { ("-1", "negativ"), ("1e9", "No entendemos este monto"), ("", "Falta"), ("12345678901234567890", "grande"), ("1.2345", "No entendemos este monto") })
        {
            await manager.FillAsync("Costo total del proyecto", typed);
            await manager.PressAsync("Agregar y seguir con los costos", expected: 422);
            await manager.SeesAsync("Hay un dato por corregir", why);
            (await manager.Page.Locator("[name='Input.Cost']").InputValueAsync()).ShouldBe(typed);
            (await manager.Page.Locator("[name='Input.Title']").InputValueAsync()).ShouldBe("Proyecto de montos");
        }
        await manager.FillAsync("Costo total del proyecto", "1.234,56");
        await manager.PressAsync("Agregar y seguir con los costos");
        await manager.SeesAsync("S/ 1 234.56");
        await manager.FillAsync("Costo total del proyecto", "1,234.56");
        await manager.FillAsync("Concepto", "Obra");
        await manager.ChooseAsync("Fuente", "Fondo");
        await manager.FillAsync("Año", "2027");
        await manager.FillAsync("Monto (S/)", "1,234.56");
        await manager.PressAsync("Guardar los costos");
        await manager.SeesAsync("Las fuentes suman S/ 1 234.56");
    }

    [BrowserFact]
    public async Task A_table_with_wrong_columns_is_refused_by_line_and_keeps_what_was_pasted()
    {
        await using var secretary = await SecretaryAsync("0902");
        await secretary.OpenAsync($"/entidades/{await EntityAsync("0902")}/miembros/importar");
        const string pasted = "nombre;grupo\nCooperativa;productores";
        await secretary.FillAsync("O pegue la tabla", pasted);
        await secretary.PressAsync("Leer la tabla", expected: 422);
        await secretary.SeesAsync("No se agregó nada", "organizacion");
        (await secretary.Page.Locator("[name=Pasted]").InputValueAsync()).ReplaceLineEndings("\n").ShouldBe(pasted);
        await secretary.AttachAsync("Archivo de Excel (.xlsx) o CSV", "tabla.csv", Encoding.UTF8.GetBytes("a,b,c\n1,2,3\n"), "text/csv");
        await secretary.PressAsync("Leer la tabla", expected: 422);
        await secretary.SeesAsync("No se agregó nada");
    }

    [BrowserFact]
    public async Task A_huge_file_is_told_to_be_too_large_and_the_form_still_holds_what_was_typed()
    {
        await using var secretary = await SecretaryAsync("0902");
        await secretary.OpenAsync($"/entidades/{await EntityAsync("0902")}/miembros/importar");
        await secretary.FillAsync("O pegue la tabla", "lo que ya escribí");
        await secretary.AttachAsync("Archivo de Excel (.xlsx) o CSV", "enorme.csv", new byte[9 * 1024 * 1024], "text/csv");
        await secretary.PressAsync("Leer la tabla", expected: 422);
        await secretary.SeesAsync("8 MB");
        (await secretary.Page.Locator("[name=Pasted]").InputValueAsync()).ShouldBe("lo que ya escribí");
        await secretary.AttachAsync("Archivo de Excel (.xlsx) o CSV", "enorme.csv", new byte[14 * 1024 * 1024], "text/csv");
        await secretary.PressAsync("Leer la tabla", expected: 413);
        await secretary.SeesAsync("El archivo es demasiado grande", "12 MB");
    }

    [BrowserFact]
    public async Task Sending_twice_by_a_double_click_or_after_going_back_counts_once()
    {
        var application = await DraftAsync("0903");
        await using var manager = await ManagerAsync("0903", script: true);
        await manager.OpenAsync($"/postulaciones/{application.Value}/revisar");
        await manager.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Enviar la postulación" }).DblClickAsync();
        await manager.Page.Locator(".receipt .reference b").WaitForAsync();
        var code = await manager.Page.Locator(".receipt .reference b").InnerTextAsync();
        (await SubmissionsAsync(application)).ShouldBe(1, "after a double click");
        await manager.Page.GoBackAsync();
        // Going back shows the old page with its key, or a fresh one that knows.
        if (await manager.Page.GetByText("Ya recibimos exactamente esto").CountAsync() > 0) await manager.FollowAsync("Ver la constancia");
        else await manager.PressAsync("Enviar la postulación");
        (await manager.Page.Locator(".receipt .reference b").InnerTextAsync()).ShouldBe(code);
        (await SubmissionsAsync(application)).ShouldBe(1, "after going back");
    }

    [BrowserFact]
    public async Task Saying_no_to_a_question_does_nothing_and_brings_what_was_typed_back()
    {
        await using var board = await site.VisitorAsync("consejo");
        await board.OpenAsync($"/convocatorias/{site.Values["open-call"]}/anular");
        await board.TickAsync("Anular toda la convocatoria");
        await board.FillAsync("Razón", "Una razón que costó escribir.");
        await board.PressAsync("Decidir");
        await board.SeesAsync("¿Confirma esta decisión?");
        await board.PressAsync("No, volver");
        (await board.Page.Locator("[name=Why]").InputValueAsync()).ShouldBe("Una razón que costó escribir.");
        (await board.Page.Locator("input[name=To]:checked").CountAsync()).ShouldBe(1);
        (await site.ReadAsync(db => db.Calls.CountAsync(c => c.State == CallState.Open))).ShouldBe(1);
    }

    [BrowserFact]
    public async Task Two_editors_of_one_text_both_see_both_versions()
    {
        var application = await DraftAsync("0904");
        await using var first = await ManagerAsync("0904");
        await using var second = await ManagerAsync("0904");
        var path = $"/postulaciones/{application.Value}/propuesta";
        await first.OpenAsync(path);
        await second.OpenAsync(path);
        await first.Page.Locator("main textarea").First.FillAsync("Lo que escribió la primera.");
        await first.PressAsync("Guardar y volver");
        await second.Page.Locator("main textarea").First.FillAsync("Lo que escribió la segunda.");
        await second.PressAsync("Guardar y volver");
        await second.SeesAsync("Dos versiones", "Nada se perdió", "Lo que escribió la primera.", "Lo que escribió la segunda.");
        await second.PressAsync("Guardar mi versión");
        await second.OpenAsync(path);
        (await second.Page.Locator("main textarea").First.InputValueAsync()).ShouldBe("Lo que escribió la segunda.");
    }

    [BrowserFact]
    public async Task Sending_while_the_page_saves_by_itself_is_no_second_version()
    {
        var application = await DraftAsync("0907");
        await using var manager = await ManagerAsync("0907", script: true);
        await manager.OpenAsync($"/postulaciones/{application.Value}/propuesta");
        var saved = new TaskCompletionSource();
        await manager.Page.RouteAsync("**/propuesta?handler=Guardar", async route =>
        {
            await saved.Task;
            await route.ContinueAsync();
        });
        await manager.Page.Locator("main textarea").First.FillAsync("Escrito primero.");
        await manager.Page.Locator("main textarea").Nth(1).FocusAsync();
        await manager.Page.Locator("main textarea").Nth(1).FillAsync("Escrito mientras la página guardaba.");
        var sent = manager.PressAsync("Guardar y volver");
        await Task.Delay(300);
        saved.SetResult();
        await sent;
        manager.Path.ShouldBe($"/postulaciones/{application.Value}");
        await manager.OpenAsync($"/postulaciones/{application.Value}/propuesta");
        (await manager.Page.Locator("main textarea").First.InputValueAsync()).ShouldBe("Escrito primero.");
        (await manager.Page.Locator("main textarea").Nth(1).InputValueAsync()).ShouldBe("Escrito mientras la página guardaba.");
    }

    Task<Visitor> ManagerAsync(string province, bool script = false) => site.VisitorAsync($"gerencia-{province}", script);

    Task<Visitor> SecretaryAsync(string province) => site.VisitorAsync($"secretaria-{province}");

    Task<string> EntityAsync(string province) => site.ReadAsync(async db => (await db.CoordinationEntities.ToListAsync()).Single(e => e.ProvinceCodes.Contains(province)).Slug);

    Task<string> ProgrammeAsync(string province) => site.ReadAsync(async db =>
    {
        var entity = (await db.CoordinationEntities.ToListAsync()).Single(e => e.ProvinceCodes.Contains(province)).Id;
        return await db.Programmes.Where(p => p.EntityId == entity).Select(p => p.Slug).SingleAsync();
    });

    Task<int> SubmissionsAsync(ApplicationId application) => site.ReadAsync(db => db.Receipts.CountAsync(r => r.ApplicationId == application));

    /// <summary>A whole draft of the alliance of a province in the call that is open.</summary>
    async Task<ApplicationId> DraftAsync(string province)
    {
        var (call, entity, version, manager) = await site.ReadAsync(async db =>
        {
            var open = await db.Calls.SingleAsync(c => c.State == CallState.Open);
            var of = (await db.CoordinationEntities.ToListAsync()).Single(e => e.ProvinceCodes.Contains(province)).Id;
            var programme = await db.Programmes.SingleAsync(p => p.EntityId == of);
            var person = await db.People.SingleAsync(p => p.UserName == $"gerencia-{province}");
            return (open.Id, of, programme.AdoptedVersionId!.Value, new Actor(person.Id, Role.Manager.Word()));
        });
        var given = new Given(site.Services, new TestClock());
        var id = await given.WithAsync<StartApplication, ApplicationId>(s => s.ExecuteAsync(call, entity, version, manager));
        await given.WriteFormAsync(new GivenApplication(id, null!, null!, manager));
        return id;
    }
}
