using System.Text;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.Core.Territories;
using Minka.Core.Territories.Packs;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Territories;

public sealed class TypedDistrictTests
{
    [Theory, BothDatabases]
    public async Task AddDistrict_MissingInThePack_IsFoundEverywhere(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);

        var code = await database.WithAsync<AddDistrict, string>(add => add.ExecuteAsync(new("60501.0", " Contumazá ", 8_461), Actor.System));

        code.ShouldBe("060501");
        await database.WithAsync<Gazetteer>(async gazetteer =>
        {
            (await gazetteer.FindAsync("060501"))!.ShouldBe(new Territory("060501", Level.District, "Contumazá", "0605", null, 8_461));
            (await gazetteer.ChildrenOfAsync("0605")).Select(t => t.Code).ShouldBe(["060501"]);
            (await gazetteer.ChildrenOfAsync("06")).Count.ShouldBe(13);
            (await gazetteer.SearchAsync("contumaza")).Select(t => t.Code).ShouldBe(["0605", "060501"]);
            (await gazetteer.DistrictsAsync()).Count.ShouldBe(1);
            (await gazetteer.FindAsync("060502")).ShouldBeNull();
        });
        (await database.ReadAsync(db => db.Leaves.CountAsync())).ShouldBe(1);
    }

    [Theory, BothDatabases]
    public async Task Lists_AfterADistrictIsAddedElsewhere_HaveIt(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var country = PackReader.BuiltIn;
        // What another node keeps: it hears of nothing but the database.
        var kept = new KeptDistricts(country);
        async Task<(string[] All, string[] Found)> ListAsync() => await database.ReadAsync(async db =>
        {
            var gazetteer = new Gazetteer(db, country, kept);
            return ((string[])[.. (await gazetteer.DistrictsAsync()).Select(t => t.Code)], (string[])[.. (await gazetteer.SearchAsync("Chi")).Where(t => t.Level == Level.District).Select(t => t.Code)]);
        });
        async Task ShouldListAsync(string[] all, string[] found)
        {
            var listed = await ListAsync();
            listed.All.ShouldBe(all);
            listed.Found.ShouldBe(found);
        }

        Task AddAsync(string code, string name) => database.WithAsync<AddDistrict>(add => add.ExecuteAsync(new(code, name, null), Actor.System));

        await ShouldListAsync([], []);
        await AddAsync("060502", "Chilete");
        await ShouldListAsync(["060502"], ["060502"]);
        await AddAsync("020101", "Huaraz");
        await AddAsync("060501", "Chimbán");
        await ShouldListAsync(["020101", "060501", "060502"], ["060501", "060502"]);
        await ShouldListAsync(["020101", "060501", "060502"], ["060501", "060502"]);
    }

    /// <summary>Their number tells whether there are new ones only because none is changed or taken away.</summary>
    [Fact]
    public async Task District_Typed_IsNeverTakenAway()
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.WithAsync<AddDistrict>(add => add.ExecuteAsync(new("060502", "Chilete", null), Actor.System));

        await Should.ThrowAsync<InvalidOperationException>(() => database.Writer.ActAsync("test.remove", Actor.System, async work =>
        {
            work.Db.TypedDistricts.Remove(await work.Db.TypedDistricts.SingleAsync());
        }));
        (await database.ReadAsync(db => db.TypedDistricts.CountAsync())).ShouldBe(1);
    }

    [Theory]
    [InlineData("6050", "X", null, TerritoriesRules.CodeInvalid)]
    [InlineData("", "X", null, TerritoriesRules.CodeInvalid)]
    [InlineData("069901", "X", null, TerritoriesRules.ProvinceUnknown)]
    [InlineData("060501", "  ", null, TerritoriesRules.NameMissing)]
    [InlineData("060501", "X", -1L, TerritoriesRules.PopulationInvalid)]
    public async Task AddDistrict_WrongInput_IsRefusedByItsRule(string code, string name, long? population, string rule)
    {
        await using var database = await TestDatabase.CreateAsync();

        (await Should.ThrowAsync<RuleBroken>(() => database.WithAsync<AddDistrict>(add => add.ExecuteAsync(new(code, name, population), Actor.System)))).Code.ShouldBe(rule);
    }

    [Fact]
    public async Task AddDistrict_Twice_IsRefused()
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.WithAsync<AddDistrict>(add => add.ExecuteAsync(new("060501", "Contumazá", null), Actor.System));

        (await Should.ThrowAsync<RuleBroken>(() => database.WithAsync<AddDistrict>(add => add.ExecuteAsync(new("60501", "Otro", null), Actor.System)))).Code.ShouldBe(TerritoriesRules.CodeTaken);
    }

    [Theory, BothDatabases]
    public async Task Import_RightFile_AddsAllInOneAct(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);

        var import = await ImportAsync(database, "ubigeo;distrito;poblacion\r\n60501;Contumazá;8461\r\n060502;Chilete;\r\n");

        import.Faults.ShouldBeEmpty();
        import.Added.ShouldBe(2);
        (await database.ReadAsync(db => db.TypedDistricts.OrderBy(d => d.Code).Select(d => d.Name).ToListAsync())).ShouldBe(["Contumazá", "Chilete"]);
        (await database.ReadAsync(db => db.Leaves.CountAsync())).ShouldBe(1);
    }

    [Fact]
    public async Task Import_WithFaults_TellsAllByLineAndAddsNothing()
    {
        await using var database = await TestDatabase.CreateAsync();

        var import = await ImportAsync(database, "ubigeo,distrito,poblacion\n060501,Contumazá,10\n0605,Corto,1\n069901,Sin provincia,1\n060502,,1\n060501,Otra vez,1\n060503,Menos,-5\n060504,Mil,1.000\n060505,Celdas\n");

        import.Added.ShouldBe(0);
        import.Faults.Select(f => f.ToString()).ShouldBe(
        [
            "d.csv:9:1 csv-cells 2 3",
            "d.csv:3:1 district.code-invalid 0605",
            "d.csv:4:1 district.province-unknown 069901 0699",
            "d.csv:5:8 district.name-missing 060502",
            "d.csv:6:1 code-duplicate 060501",
            "d.csv:7:14 district.population-invalid -5",
            "d.csv:8:12 not-a-number poblacion 1.000",
        ]);
        (await database.ReadAsync(db => db.TypedDistricts.CountAsync())).ShouldBe(0);
        (await database.ReadAsync(db => db.Leaves.CountAsync())).ShouldBe(0);
    }

    [Fact]
    public async Task Import_CodeAlreadyTyped_AddsNothing()
    {
        await using var database = await TestDatabase.CreateAsync();
        await ImportAsync(database, "ubigeo,distrito\n060501,Contumazá\n");

        var import = await ImportAsync(database, "ubigeo,distrito\n060502,Chilete\n060501,Contumazá\n");

        import.Faults.Single().ToString().ShouldBe("d.csv:3:1 district.code-taken 060501");
        (await database.ReadAsync(db => db.TypedDistricts.CountAsync())).ShouldBe(1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ubigeo,distrito\n")]
    [InlineData("codigo,nombre\n1,2\n")]
    public async Task Import_NothingInIt_IsAFault(string text)
    {
        await using var database = await TestDatabase.CreateAsync();

        (await ImportAsync(database, text)).Faults.ShouldNotBeEmpty();
    }

    static Task<DistrictImport> ImportAsync(TestDatabase database, string text) =>
        database.WithAsync<ImportDistricts, DistrictImport>(import => import.ExecuteAsync("d.csv", Encoding.UTF8.GetBytes(text), Actor.System));
}
