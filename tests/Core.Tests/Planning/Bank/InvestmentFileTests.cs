using Microsoft.EntityFrameworkCore;
using Minka.Core.Kernel;
using Minka.Core.Planning;
using Minka.Core.Planning.Bank;
using Minka.Core.Register;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Planning.Bank;

public sealed class InvestmentFileTests
{
    // Every trap of the ministry's file: two places, a lost zero, a whole province, line breaks, a code as a decimal, an exponent, a residue, a person.
    const string Text = """
        CODIGO_UNICO,NOMBRE_INVERSION,MONTO_VIABLE,COSTO_ACTUALIZADO,ESTADO,TIPO_INVERSION,UBIGEO,DISTRITO,BENEFICIARIO,RESPONSABLE_UEI
        2480997.0,"MEJORAMIENTO DEL
        RIEGO  DEMO",6.104E5,,ACTIVO,PROYECTO DE INVERSION,60501,UNO,120,NOMBRE DE PERSONA
        2480997,"MEJORAMIENTO DEL RIEGO DEMO",610400,,ACTIVO,PROYECTO DE INVERSION,060502,DOS,120,NOMBRE DE PERSONA
        2480997,"MEJORAMIENTO DEL RIEGO DEMO",610400,,ACTIVO,PROYECTO DE INVERSION,060500,- TODOS -,120,NOMBRE DE PERSONA
        2480998,IOARR DEMO,100,99920182.65000001,CERRADO,INVERSIONES IOARR,060503,TRES,0,OTRA PERSONA
        ,SIN CODIGO,1,1,ACTIVO,,060501,UNO,0,X
        2480999,DOS MONTOS DEMO,5,,VIABLE,,060501,UNO,0,X
        2480999,DOS MONTOS DEMO,7,,VIABLE,,060502,DOS,0,X
        """;

    static async Task<string> FileAsync(TestDatabase database, string text = Text)
    {
        var path = Path.Combine(database.Settings.DataFolder, "detalle.csv");
        await File.WriteAllTextAsync(path, text);
        return path;
    }

    [Fact]
    public async Task Codes_AskedFor_ComeOnceWithAllTheirDistrictsAndWithoutPersons()
    {
        await using var database = await TestDatabase.CreateAsync();
        var extract = InvestmentFile.Read(await FileAsync(database), "detalle.csv", ["2480998", "2480997", "2480999", "2111111"]);
        extract.RowsRead.ShouldBe(7);
        extract.Missing.ShouldBe(["2111111"]);
        extract.Dropped.ShouldContain("RESPONSABLE_UEI");
        extract.Table.Lines.Select(l => l["cui"]).ShouldBe(["2480998", "2480997", "2480999"]);
        extract.Table.Lines.SelectMany(l => l.Cells).ShouldAllBe(c => !c.Contains("PERSONA"));
        var (ioarr, riego, two) = (extract.Table.Lines[0], extract.Table.Lines[1], extract.Table.Lines[2]);
        (ioarr["costo"], ioarr["tipo"], ioarr["etapa"]).ShouldBe(("99920182.65", "ioarr", "cerrado"));
        (riego["titulo"], riego["distritos"], riego["costo"], riego["etapa"]).ShouldBe(("MEJORAMIENTO DEL RIEGO DEMO", "060501 060502", "610400.00", "perfil"));
        riego["origen"].ShouldBe("Banco de inversiones: detalle.csv, filas 2, 4, 5");
        riego.Notes.Select(n => n.Code).ShouldBe(["place-wide", "beneficiaries-unsplit"]);
        two.Notes.Single().ShouldSatisfyAllConditions(n => n.Code.ShouldBe("amounts-differ"), n => n.Args.ShouldBe(["5.00; 7.00"]));
    }

    [Fact]
    public async Task Extract_IsReviewedAndGoesIntoTheBankWithItsProvenance()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var entity = await given.EntityAsync(members: 0);
        var districts = await given.DistrictsAsync("0605", 3);
        var path = await FileAsync(database, Text.Replace("60501", districts[0], StringComparison.Ordinal).Replace("0" + districts[0], districts[0], StringComparison.Ordinal).Replace("060502", districts[1], StringComparison.Ordinal));
        var actor = new Actor(null, "manager");
        var extract = await given.WithAsync<ExtractInvestments, InvestmentExtract>(e => e.ExecuteAsync(entity.Id, path, "detalle.csv", ["2480997"], actor));
        extract.Table.Faults.ShouldBeEmpty();
        (await given.WithAsync<StageProjects, int>(s => s.AdmitAsync(entity.Id, actor))).ShouldBe(1);
        var project = await database.ReadAsync(db => db.Projects.SingleAsync());
        (project.PlannedCost, project.Places.Count).ShouldBe((new Money(610_400_00), 2));
        var sheet = await database.ReadAsync(db => db.ProjectSheets.SingleAsync());
        (sheet.InvestmentCode, sheet.Kind).ShouldBe(("2480997", ProjectKind.Investment));
        sheet.Documents.ShouldContain(d => d.Digest == Digest.Of(File.ReadAllBytes(path)));
        sheet.Documents.ShouldContain(d => d.Reference!.Contains("filas 2"));
    }

    [Theory]
    [InlineData("a,b\n1,2\n", "no-codes")]
    [InlineData("", "empty")]
    public async Task File_WithoutCodes_SaysSo(string text, string code)
    {
        await using var database = await TestDatabase.CreateAsync();
        var extract = await database.WithAsync<ExtractInvestments, InvestmentExtract>(async e => await e.ExecuteAsync(new(Guid.Empty), await FileAsync(database, text), "x.csv", ["2480997"], new Actor(null, "manager")));
        extract.Table.Faults.Single().Code.ShouldBe(code);
    }

    [Fact]
    public void Codes_Typed_AreReadAsPeopleWriteThem()
    {
        var (codes, wrong) = InvestmentFile.CodesOf("2480997, 2480998.0\n2480997; 24809 abc");
        codes.ShouldBe(["2480997", "2480998"]);
        wrong.ShouldBe(["24809", "abc"]);
    }

    [SharedFact("samples/invierte_4dep.csv.gz")]
    public void RealFile_ByCodes_GivesEachProjectOnce()
    {
        var extract = InvestmentFile.Read(Shared.At("samples", "invierte_4dep.csv.gz"), "invierte.csv.gz", ["2393366", "2318526"]);
        extract.RowsRead.ShouldBe(31_601);
        extract.Missing.ShouldBeEmpty();
        extract.Table.Lines[0]["costo"].ShouldBe("1231026691.93");
        extract.Table.Lines[0]["distritos"].Split(' ').Length.ShouldBeGreaterThanOrEqualTo(3);
    }

    [SharedFact("samples/Tumbes_Filtrado.xlsx")]
    public void RealWorkbook_IsReadAlike()
    {
        var extract = InvestmentFile.Read(Shared.At("samples", "Tumbes_Filtrado.xlsx"), "tumbes.xlsx", ["2999999"]);
        (extract.RowsRead, extract.Missing.Count).ShouldBe((5_047L, 1));
    }
}
