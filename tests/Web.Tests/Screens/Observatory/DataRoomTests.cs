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
        await DoneAsync(desk);
        (await site.Visitor().GetAsync("/observatorio/provincia/0101")).Text.ShouldNotContain("80.0 %");
    }

    [SpendingFact]
    public async Task FilesSentWhileAnotherIsAtWork_AreExaminedInTurn()
    {
        await using var site = await TestSite.StartAsync();
        var admin = await site.SignedInAsync("admin", (Role.Admin, Scope.Platform));
        var desk = site.Services.GetService(typeof(SpendingDesk)).ShouldBeOfType<SpendingDesk>();
        // A thousand times as many rows as the others: it is still at work when they come.
        var header = GivenSpending.TenProjectsFile();
        var rows = header[(header.IndexOf('\n', StringComparison.Ordinal) + 1)..];
        await SendAsync(admin, "grande.csv", header + string.Concat(Enumerable.Repeat(rows, 20_000)));
        desk.Work.ShouldNotBeNull();
        foreach (var name in (string[])["dos.csv", "tres.csv"]) await SendAsync(admin, name, header);
        if (desk.IsQueued("tres.csv")) (await admin.GetAsync("/observatorio/datos/archivo?nombre=tres.csv")).Text.ShouldContain("Espera su turno");
        for (var i = 0; i < 600 && desk.Waiting().Any(f => f.Description is null); i++) await Task.Delay(100);
        desk.Waiting().Select(f => (f.Name, f.Description is not null)).ShouldBe([("dos.csv", true), ("grande.csv", true), ("tres.csv", true)]);
        desk.IsQueued("tres.csv").ShouldBeFalse();
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

    [SpendingFact]
    public async Task FileOfAnotherSource_IsMappedOnce_AndTheNextOneIsKnownByItself()
    {
        await using var site = await TestSite.StartAsync();
        var admin = await site.SignedInAsync("admin", (Role.Admin, Scope.Platform));
        var desk = site.Services.GetService(typeof(SpendingDesk)).ShouldBeOfType<SpendingDesk>();
        const string Head = "Código;Denominación;Región;Inversión (miles);Responsable\n";
        await SendAsync(admin, "informe.csv", "Informe regional\n" + Head + "2001621;CAMINO;CAJAMARCA;1.234,5;ANA PÉREZ\n2001622;CANAL;CAJAMARCA;0,75;LUIS\n");
        await DoneAsync(desk);
        var unknown = await admin.GetAsync("/observatorio/datos/archivo?nombre=informe.csv");
        unknown.Text.ShouldContain("No se reconoce el tipo de archivo");

        var page = await admin.GetAsync("/observatorio/datos/mapeo?nombre=informe.csv");
        page.Text.ShouldContain("Denominación (CAMINO)");
        page.Text.ShouldNotContain("PÉREZ");
        var again = await page.SubmitAsync(new() { ["Column[MONTO_VIABLE]"] = "codigo", ["Year"] = "ayer", ["MappingName"] = " " }, "map", HttpStatusCode.UnprocessableEntity);
        again.Text.ShouldContain("La columna «Código» está elegida para «Código del proyecto» y para «Costo con que se declaró viable»");
        again.Text.ShouldContain("«ayer» no es un año");
        again.Text.ShouldContain("Póngale un nombre al mapeo");
        (await again.SubmitAsync(new() { ["Column[MONTO_VIABLE]"] = "", ["Year"] = "", ["MappingName"] = "regional" }, "map", HttpStatusCode.UnprocessableEntity)).Text.ShouldContain("al menos una de estas: «Costo con que se declaró viable», «Costo actualizado»");

        await page.SubmitAsync(new() { ["Column[NOMBRE_INVERSION]"] = "denominacion", ["Column[MONTO_VIABLE]"] = "inversionmiles", ["Unit"] = "1000", ["Point"] = ",", ["MappingName"] = "regional" }, "map");
        await DoneAsync(desk);
        var review = await admin.GetAsync("/observatorio/datos/archivo?nombre=informe.csv");
        review.Text.ShouldContain("De otra fuente; cada fila es un proyecto de inversión");
        review.Text.ShouldContain("1 235 250.00");
        await review.SubmitAsync(form: "import");
        await DoneAsync(desk);
        (await admin.GetAsync(Room)).Text.ShouldContain("Filas tomadas: 2; rechazadas: 0");

        await SendAsync(admin, "otro-mes.csv", Head + "2001623;POSTA;CAJAMARCA;2;ANA\n");
        await DoneAsync(desk);
        (await admin.GetAsync("/observatorio/datos/archivo?nombre=otro-mes.csv")).Text.ShouldContain("S/ 2 000.00");
        (await (await admin.GetAsync("/observatorio/datos/mapeo?nombre=otro-mes.csv")).SubmitAsync(form: "map", expected: HttpStatusCode.UnprocessableEntity)).Text.ShouldContain("Ya hay un mapeo «regional»");

        (await (await admin.FetchAsync(HttpMethod.Get, Room + "?handler=Mapping&name=regional")).Content.ReadAsStringAsync()).ShouldContain("\"codigounico\": \"codigo\"");
        await admin.FetchAsync(HttpMethod.Get, Room + "?handler=Mapping&name=..%2Fminka");
        await (await admin.GetAsync(Room)).SubmitAsync(form: "forget-regional");
        (await admin.GetAsync(Room)).Text.ShouldNotContain("regional.json");
    }

    [SpendingFact]
    public async Task SheetOfAWorkbook_IsChosenByItsName_AndNamedWhereAnotherWouldBeRead()
    {
        await using var site = await TestSite.StartAsync();
        var admin = await site.SignedInAsync("admin", (Role.Admin, Scope.Platform));
        var desk = site.Services.GetService(typeof(SpendingDesk)).ShouldBeOfType<SpendingDesk>();
        const string Head = "Código;Denominación;Costo\n";
        await SendAsync(admin, "anual.xlsx", GivenWorkbook.Of(("Portada", "Inversiones\n"), ("2023", Head + "1;CAMINO;10\n"), ("2024", Head + "2;CANAL;20\n")));
        await DoneAsync(desk);
        var page = await admin.GetAsync("/observatorio/datos/mapeo?nombre=anual.xlsx&tipo=investments&hoja=3");
        page.Text.ShouldContain("CANAL");
        page.Text.ShouldNotContain("CAMINO");
        foreach (var name in (string[])["Portada", "2023", "2024"]) page.Html.ShouldContain($">{name}</option>");
        await page.SubmitAsync(new() { ["Column[CODIGO_UNICO]"] = "codigo", ["Column[COSTO_ACTUALIZADO]"] = "costo", ["Column[MONTO_VIABLE]"] = "", ["MappingName"] = "hoja 2024" }, "map");
        await DoneAsync(desk);
        var review = await admin.GetAsync("/observatorio/datos/archivo?nombre=anual.xlsx");
        review.Text.ShouldContain("S/ 20.00");
        review.Text.ShouldContain("Portada, 2023");
        (await (await admin.FetchAsync(HttpMethod.Get, Room + "?handler=Mapping&name=hoja%202024")).Content.ReadAsStringAsync()).ShouldContain("\"sheet\": \"2024\"");
        (await admin.GetAsync("/observatorio/datos/mapeo?nombre=anual.xlsx")).Html.ShouldContain("<option value=\"3\" selected");
        await review.SubmitAsync(form: "import");
        await DoneAsync(desk);
        (await admin.GetAsync(Room)).Text.ShouldContain("cada fila es un proyecto de inversión (Hoja: 2024)", customMessage: "no year is told where none is known");

        // The first sheet that has the columns needs no name: next year's will have another.
        await SendAsync(admin, "anual.xlsx", GivenWorkbook.Of(("Portada", "Inversiones\n"), ("2023", Head + "1;CAMINO;10\n")));
        await DoneAsync(desk);
        await (await admin.GetAsync("/observatorio/datos/mapeo?nombre=anual.xlsx&tipo=investments&hoja=2")).SubmitAsync(new() { ["Column[CODIGO_UNICO]"] = "codigo", ["Column[COSTO_ACTUALIZADO]"] = "costo", ["Column[MONTO_VIABLE]"] = "", ["MappingName"] = "otra" }, "map");
        (await (await admin.FetchAsync(HttpMethod.Get, Room + "?handler=Mapping&name=otra")).Content.ReadAsStringAsync()).ShouldNotContain("sheet");
    }

    [SpendingFact]
    public async Task Prices_AreShownReplacedAndTakenBack_EachAnAct()
    {
        await using var site = await TestSite.StartAsync();
        var admin = await site.SignedInAsync("admin", (Role.Admin, Scope.Platform));
        var desk = site.Services.GetService(typeof(SpendingDesk)).ShouldBeOfType<SpendingDesk>();
        var room = await admin.GetAsync(Room);
        room.Text.ShouldContain("Años 1993 a 2024. Banco Mundial");
        room.Text.ShouldNotContain("Volver al índice de Minka");
        (await room.SubmitAsync(form: "new-prices", expected: HttpStatusCode.UnprocessableEntity)).Text.ShouldContain("Elija un archivo");
        (await SendPricesAsync(room, "año;índice\n2010;100\n2010;101\n", HttpStatusCode.UnprocessableEntity)).Text.ShouldContain("Línea 3: el año 2010 está dos veces");
        var sent = await SendPricesAsync(room, "año;índice\n2010;100\n2026;201,5\n");
        sent.Text.ShouldContain("Se usa el índice de precios de 2010 a 2026");
        sent.Text.ShouldContain("alguien de la administración envió");
        (await (await admin.FetchAsync(HttpMethod.Get, Room + "?handler=Prices")).Content.ReadAsStringAsync()).ShouldBe("año,índice\n2010,100\n2026,201.5\n");
        await DoneAsync(desk);
        (await (await admin.GetAsync(Room)).SubmitAsync(form: "own-prices")).Text.ShouldContain("Se usa el índice de precios de 1993 a 2024");
        (await site.ReadAsync(db => db.Acts.CountAsync(a => a.Kind == "observatory.prices"))).ShouldBe(2);

        // An index that somebody spoiled by hand takes no page down, and is taken back by the same button.
        await SendAsync(admin, "diez.csv", GivenSpending.TenProjectsFile());
        await DoneAsync(desk);
        await File.WriteAllTextAsync(Path.Combine(site.DataFolder, "observatorio", "precios.csv"), "año,índice\n2010,mucho\n");
        await (await admin.GetAsync("/observatorio/datos/archivo?nombre=diez.csv")).SubmitAsync(form: "Import");
        await DoneAsync(desk);
        (await site.Visitor().GetAsync("/observatorio")).Text.ShouldContain("El almacén del gasto no se puede leer");
        var broken = await admin.GetAsync(Room);
        broken.Text.ShouldContain("El índice de precios guardado no se puede leer");
        (await admin.GetAsync(Room + "?handler=Prices")).Url.ShouldBe(Room);
        await broken.SubmitAsync(form: "own-prices");
        await DoneAsync(desk);
        (await site.Visitor().GetAsync("/observatorio/provincia/0101")).Text.ShouldContain("80.0 %");

        static Task<PageView> SendPricesAsync(PageView room, string text, HttpStatusCode expected = HttpStatusCode.OK) =>
            room.SubmitAsync(form: "new-prices", expected: expected, files: new() { ["prices"] = ("indice.csv", Encoding.UTF8.GetBytes(text), "text/csv") });
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

    static Task SendAsync(Browser admin, string name, string text) => SendAsync(admin, name, Encoding.UTF8.GetBytes(text));

    static async Task SendAsync(Browser admin, string name, byte[] bytes) =>
        await (await admin.GetAsync(Room)).SubmitAsync(form: "Send", files: new() { ["file"] = (name, bytes, "application/octet-stream") });

    static async Task DoneAsync(SpendingDesk desk)
    {
        for (var i = 0; i < 600 && desk.Work is not null; i++) await Task.Delay(50);
        desk.Work.ShouldBeNull();
    }
}
