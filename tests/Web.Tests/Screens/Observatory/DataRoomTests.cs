using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Register;
using Minka.TestKit;
using Minka.Web.Screens.Observatory.Data;
using Shouldly;
using Xunit;

namespace Minka.Web.Tests.Screens.Observatory;

public sealed class DataRoomTests
{
    const string Room = "/observatorio/datos";

    [SpendingFact]
    public async Task File_IsExaminedThenImportedOnce_ShownAndUndone()
    {
        await using var site = await TestSite.StartAsync();
        var admin = await site.SignedInAsync("admin", (Role.Admin, Scope.Platform));
        var empty = await admin.GetAsync(Room);
        empty.Text.ShouldContain("Todavía no hay importaciones");
        var desk = site.Services.GetService(typeof(SpendingDesk)).ShouldBeOfType<SpendingDesk>();
        var bad = GivenSpending.TenProjectsFile() + "2000099,\"PROYECTO DE MÁS\",mucho,1,SANEAMIENTO,GL,01/01/2021,010101,DEP 01,PROV 0101,DIST 1\n";

        await SendAsync(admin, "..\\..\\diez.csv", bad);
        await DoneAsync(desk);
        Directory.GetFiles(desk.Folder).Select(Path.GetFileName).ShouldBe(["diez.csv"]);
        var review = await admin.GetAsync("/observatorio/datos/archivo?nombre=diez.csv");
        review.Text.ShouldContain("Banco de inversiones");
        review.Text.ShouldContain("15 435 000.00");
        review.Text.ShouldContain("montos ilegibles");
        (await admin.GetAsync(Room)).Text.ShouldContain("Todavía no hay importaciones", customMessage: "nothing enters before the review says so");
        (await review.SubmitAsync(new() { ["Year"] = "hace poco" }, "Import", HttpStatusCode.UnprocessableEntity)).Text.ShouldContain("«hace poco» no es un año");

        await (await admin.GetAsync("/observatorio/datos/archivo?nombre=diez.csv")).SubmitAsync(form: "Import");
        await DoneAsync(desk);
        var room = await admin.GetAsync(Room);
        room.Text.ShouldContain("diez.csv quedó importado");
        room.Text.ShouldContain("Filas tomadas: 10; rechazadas: 1");
        Directory.GetFiles(desk.Folder).ShouldBeEmpty();
        (await (await admin.FetchAsync(HttpMethod.Get, "/observatorio/datos?handler=Rejected&number=1")).Content.ReadAsStringAsync()).ShouldContain("2000099");
        (await site.Visitor().GetAsync("/observatorio/provincia/0101")).Text.ShouldContain("80.0 %");
        (await site.ReadAsync(db => db.Acts.CountAsync(a => a.Kind == "observatory.import"))).ShouldBe(1);

        await SendAsync(admin, "otra-vez.csv", bad);
        await DoneAsync(desk);
        await (await admin.GetAsync("/observatorio/datos/archivo?nombre=otra-vez.csv")).SubmitAsync(form: "Import");
        await DoneAsync(desk);
        (await admin.GetAsync(Room)).Text.ShouldContain("No se contó otra vez");

        (await (await admin.GetAsync(Room)).SubmitAsync(form: "Undo")).Text.ShouldContain("deshecha el");
        (await site.Visitor().GetAsync("/observatorio/provincia/0101")).Text.ShouldNotContain("80.0 %");
    }

    [SpendingFact]
    public async Task WhatIsNoTable_IsToldWithItsRemedy_AndNothingEnters()
    {
        await using var site = await TestSite.StartAsync();
        var admin = await site.SignedInAsync("admin", (Role.Admin, Scope.Platform));
        var desk = site.Services.GetService(typeof(SpendingDesk)).ShouldBeOfType<SpendingDesk>();
        await SendAsync(admin, "foto.xlsx", "no es un libro");
        await DoneAsync(desk);
        (await admin.GetAsync("/observatorio/datos/archivo?nombre=foto.xlsx")).Text.ShouldContain("foto.xlsx no se pudo leer");
        await admin.GetAsync("/observatorio/datos/archivo?nombre=../minka.db");
        desk.Find("../minka.db").ShouldBeNull();
        (await admin.GetAsync(Room)).Text.ShouldContain("Todavía no hay importaciones");
    }

    [Fact]
    public async Task ImportCutOffByAStop_IsToldAtTheNextStart()
    {
        await using var site = await TestSite.StartAsync();
        await File.WriteAllTextAsync(Path.Combine(site.DataFolder, "por-importar.en-curso"), "2024-Gasto.csv");
        var admin = await site.SignedInAsync("admin", (Role.Admin, Scope.Platform));
        (await admin.GetAsync(Room)).Text.ShouldContain("La importación de 2024-Gasto.csv quedó cortada");
        File.Exists(Path.Combine(site.DataFolder, "por-importar.en-curso")).ShouldBeFalse();
    }

    static async Task SendAsync(Browser admin, string name, string text) =>
        await (await admin.GetAsync(Room)).SubmitAsync(form: "Send", files: new() { ["file"] = (name, Encoding.UTF8.GetBytes(text), "text/csv") });

    static async Task DoneAsync(SpendingDesk desk)
    {
        for (var i = 0; i < 600 && desk.Work is not null; i++) await Task.Delay(50);
        desk.Work.ShouldBeNull();
    }
}
