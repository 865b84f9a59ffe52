using System.Text;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Planning;
using Minka.Core.Planning.Bank;
using Minka.Core.Register;
using Minka.Core.Rules;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Planning.Bank;

public sealed class StageProjectsTests
{
    static readonly Actor Manager = new(null, "manager");

    static Task<BankTableFile> StageAsync(Given given, EntityId entity, string text) =>
        given.WithAsync<StageProjects, BankTableFile>(s => s.StageAsync(entity, Encoding.UTF8.GetBytes(text), "cartera.csv", Manager));

    static async Task<BankReview> ReviewAsync(Given given, EntityId entity) => (await given.WithAsync<StageProjects, BankReview?>(s => s.ReviewAsync(entity))).ShouldNotBeNull();

    [Fact]
    public async Task Order_IsReadFromBankAndTable_AndWhatCannotComeAfterSaysWhy()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var entity = await given.EntityAsync(members: 0);
        await given.WithAsync<AddToBank, ProjectId>(u => u.ExecuteAsync(entity.Id, new(new() { Code = "B0", Title = "Estudio", Problem = "", Objective = "", PlannedCost = Money.Zero }), Manager));
        (await StageAsync(given, entity.Id, """
            codigo;titulo;despues_de;costo
            C3;Venta;C2 b0;10
            C2;Acopio;C1;10
            C1;Riego;;10
            C4;Sello;C9;10
            C5;Marca;C4;10
            C6;Feria;C7;10
            C7;Tienda;C6;10
            """)).Faults.ShouldBeEmpty();
        var review = await ReviewAsync(given, entity.Id);
        review.Good.Select(g => g.Line["codigo"]).ShouldBe(["C1", "C2", "C3"], "each after what it waits for");
        review.Bad.Select(b => (b.Line["codigo"], b.Faults.Single().Column, b.Faults.Single().Code)).ShouldBe(
            [("C4", "despues_de", "after-unknown"), ("C5", "despues_de", "after-waits"), ("C6", "despues_de", "after-circle"), ("C7", "despues_de", "after-circle")]);
        (await given.WithAsync<StageProjects, int>(s => s.AdmitAsync(entity.Id, Manager))).ShouldBe(3);
        var projects = await database.ReadAsync(db => db.Projects.ToDictionaryAsync(p => p.Code));
        projects["C3"].After.ShouldBe([projects["C2"].Id, projects["B0"].Id]);
        projects["C2"].After.ShouldBe([projects["C1"].Id]);
    }

    [Theory, BothDatabases]
    public async Task Table_GoodRowsGoInAndTheRestWaitsForItsCorrection(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = database.Given();
        var entity = await given.EntityAsync(members: 0);
        await given.StrategyAsync(entity, adopted: false);
        var district = (await given.DistrictsAsync("0605", 1))[0];
        (await StageAsync(given, entity.Id, $"""
            código;título;tipo;etapa;eje;distritos;costo;aporte_fondo;aporte_especie;año;inicio;meses
            R1;Riego;proyecto;viable;E1;{district[1..]};S/ 1 000,50;600;400,50;2027;03/2027;8
            R1;Canal;proyecto;;E1;{district};10;;;;;
            ;Camino;IOARR;perfil;E9;{district};10;;;;;
            ;;;;;;10;;;;;
            ;Feria;servicio;idea;;999999;US$ 500;;;;;
            ;Vivero;;;;;1.2345;10;;;;
            ;Queso;;;;;100;40;;-2027;13/2027;0
            """)).Faults.ShouldBeEmpty();
        var review = await ReviewAsync(given, entity.Id);
        review.Good.Select(g => g.Line.Line).ShouldBe([2]);
        review.Good[0].Remarks.Select(r => r.Code).ShouldBe(["in-kind-unvalued"]);
        review.Bad.SelectMany(b => b.Faults.Select(f => (b.Line.Line, f.Column, f.Code))).ShouldBe(
        [
            (3, "codigo", "code-twice"), (4, "eje", "axis-unknown"), (5, "titulo", "cell-empty"), (6, "distritos", "place-unknown"), (6, "costo", "currency"),
            (7, "costo", "money.form"), (7, "anio", "year-empty"), (8, "anio", "out-of-range"), (8, "inicio", "month"), (8, "meses", "out-of-range"),
        ], ignoreOrder: true);

        (await given.WithAsync<StageProjects, int>(s => s.AdmitAsync(entity.Id, Manager))).ShouldBe(1);
        var project = await database.ReadAsync(db => db.Projects.SingleAsync());
        (project.Code, project.Stage, project.PlannedCost, project.ProgrammeId).ShouldBe(("R1", ProjectStage.Viable, new Money(1_000_50), null));
        project.Places.ShouldBe([district]);
        (await database.ReadAsync(db => db.CostLines.OrderBy(l => l.Order).ToListAsync())).Select(l => (l.Source, l.Amount.Minor, l.Year)).ShouldBe([(FundingSource.Fund, 600_00L, 2027), (FundingSource.PrivateInKind, 400_50L, 2027)]);
        var sheet = await database.ReadAsync(db => db.ProjectSheets.SingleAsync());
        (sheet.Kind, sheet.StartMonth, sheet.Months).ShouldBe((ProjectKind.Investment, new DateOnly(2027, 3, 1), 8));
        sheet.Documents.Single().Name.ShouldBe("cartera.csv, 2");
        sheet.Documents.Single().Digest.ShouldNotBeNull();

        review = await ReviewAsync(given, entity.Id);
        review.Draft.Admitted.ShouldBe(1);
        await given.WithAsync<StageProjects>(s => s.CorrectAsync(entity.Id, review.Draft.Version, new Dictionary<int, IReadOnlyDictionary<string, string>>
        {
            [3] = new Dictionary<string, string> { ["codigo"] = "" },
            [8] = new Dictionary<string, string> { ["anio"] = "2027", ["inicio"] = "2027-01", ["meses"] = "6" },
        }, [4, 5, 6, 7], Manager));
        await Should.ThrowAsync<ChangedMeanwhile>(() => given.WithAsync<StageProjects>(s => s.CorrectAsync(entity.Id, review.Draft.Version, new Dictionary<int, IReadOnlyDictionary<string, string>>(), [], Manager)));
        (await given.WithAsync<StageProjects, int>(s => s.AdmitAsync(entity.Id, Manager))).ShouldBe(2);
        (await given.WithAsync<StageProjects, BankReview?>(s => s.ReviewAsync(entity.Id))).ShouldBeNull();
        (await database.ReadAsync(db => db.Projects.OrderBy(p => p.Code).Select(p => p.Code).ToListAsync())).ShouldBe(["B1", "B2", "R1"]);
        (await Audit.RunAsync(database.Settings)).Findings.ShouldBeEmpty();
    }

    [Fact]
    public async Task Row_FarFromTheTerritory_OrWithUnequalSources_GoesInWithARemark()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var entity = await given.EntityAsync(members: 0);
        var outside = (await given.DistrictsAsync("0607", 1))[0];
        await StageAsync(given, entity.Id, $"titulo;distritos;costo;aporte_fondo;anio\nRiego;{outside};100;40;2027\n");
        var row = (await ReviewAsync(given, entity.Id)).Good.Single();
        row.Remarks.Select(r => (r.Column, r.Code)).ShouldBe([("distritos", "place-outside"), ("costo", "sources-differ")], ignoreOrder: true);
        row.Remarks.Single(r => r.Code == "sources-differ").Args.ShouldBe([Money.Soles(40), Money.Soles(100), Money.Soles(60)]);
    }

    [Fact]
    public async Task UniqueCode_ThatTheBankHas_IsToldWithItsProject()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var entity = await given.EntityAsync(members: 0);
        await StageAsync(given, entity.Id, "titulo;cui\nRiego;2480997.0\n");
        await given.WithAsync<StageProjects, int>(s => s.AdmitAsync(entity.Id, Manager));
        await StageAsync(given, entity.Id, "titulo;cui\nRiego otra vez;2480997\nCanal;2480998\nCanal;2480998\n");
        var review = await ReviewAsync(given, entity.Id);
        review.Bad.Select(b => (b.Line.Line, b.Faults[0].Code, b.Faults[0].Args[1])).ShouldBe([(2, "investment-code-exists", (object?)"B1"), (4, "investment-code-twice", 3)]);
        (await Should.ThrowAsync<RuleBroken>(async () =>
        {
            await given.WithAsync<StageProjects, int>(s => s.AdmitAsync(entity.Id, Manager));
            await given.WithAsync<StageProjects, int>(s => s.AdmitAsync(entity.Id, Manager));
        })).Code.ShouldBe(PlanningRules.NoGoodRows);
    }
}
