using Microsoft.EntityFrameworkCore;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Entities;

public sealed class MemberTests
{
    [Theory, BothDatabases]
    public async Task Import_WithFaults_TellsThemAllAndImportsNothing(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = database.Given();
        var entity = await given.EntityAsync(members: 0);
        var csv = "organizacion;ruc;sector;grupo;votos;distrito;representante;desde;hasta\n"
            + "Municipalidad A;;publico;district-government;1;;Ana;2026-01-01;2026-12-31\n"
            + "Cooperativa B;20100070971;privado;producers;1;;Beto;2026-01-01;2026-12-31\n" // check digit
            + "Comunidad C;;iglesia;communities;1;;Carla;2026-01-01;2026-12-31\n" // no such sector
            + "Comunidad D;;social;producers;uno;12;Dora;2026-13-01;2025-12-31\n" // votes, date
            + "Comunidad E;;social;producers;1;12;;2026-01-01;2025-12-31\n" // group of another sector, district, representative, mandate reversed
            + "MUNICIPALIDAD  Á;;Público;district-government;1;;Ana;01/06/2026;31/12/2026\n"; // the same as line 2
        var outcome = await given.WithAsync<ImportMembers, MemberImport>(i => i.ExecuteAsync(entity.Id, csv, entity.Actor));
        outcome.Imported.ShouldBe(0);
        outcome.Problems.Select(p => (p.Line, p.Code)).ShouldBe([
            (3, EntitiesRules.MemberRucInvalid),
            (4, EntitiesRules.CsvSectorUnknown),
            (5, EntitiesRules.CsvNumberInvalid),
            (5, EntitiesRules.CsvDateInvalid),
            (6, EntitiesRules.GroupOfOtherSector),
            (6, EntitiesRules.DistrictInvalid),
            (6, EntitiesRules.RepresentativeMissing),
            (6, EntitiesRules.MandateReversed),
            (7, EntitiesRules.OrganisationTwiceInTable),
        ], ignoreOrder: true);
        outcome.Problems.Select(p => p.Line).ShouldBeInOrder();
        (await database.ReadAsync(db => db.Members.AnyAsync())).ShouldBeFalse();
    }

    [Theory]
    [InlineData(MemberCsvForms.Semicolons)]
    [InlineData(MemberCsvForms.CommasAndQuotes)]
    public async Task Import_OfASoundTable_AdmitsAll(string csv)
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var entity = await given.EntityAsync(members: 0);
        var outcome = await given.WithAsync<ImportMembers, MemberImport>(i => i.ExecuteAsync(entity.Id, csv, entity.Actor));
        outcome.Problems.ShouldBeEmpty();
        outcome.Imported.ShouldBe(2);
        (await database.ReadAsync(db => db.Members.Select(m => m.Organisation).OrderBy(o => o).ToListAsync())).ShouldBe(["Asociación \"La Unión\", de Chilete", "Municipalidad A"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("", EntitiesRules.CsvEmpty)]
    [InlineData("organizacion;sector\nA;publico\n", EntitiesRules.CsvColumnMissing)]
    [InlineData("organizacion;sector;grupo;representante;desde;hasta\n", EntitiesRules.CsvEmpty)]
    [InlineData("organizacion;sector;grupo;representante;desde;hasta\n\"A;publico;district-government;Ana;2026-01-01;2026-12-31\n", EntitiesRules.CsvUnreadable)]
    public void Table_ThatCannotBeRead_SaysWhy(string csv, string code) => MemberCsv.Read(csv).Problems.ShouldContain(p => p.Code == code);

    [Fact]
    public void Example_Reads() => MemberCsv.Read(MemberCsv.Example).Problems.ShouldBeEmpty();

    [Fact]
    public async Task SameRuc_InOneEntity_IsAccreditedOnce()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var entity = await given.EntityAsync(members: 0);
        var other = await given.EntityAsync(members: 0);
        var input = given.Member("Banco de semillas") with { Ruc = "20100070970" };
        var id = await given.WithAsync<AddMember, MemberId>(a => a.ExecuteAsync(entity.Id, input, entity.Actor));
        (await Should.ThrowAsync<RuleBroken>(() => given.WithAsync<AddMember, MemberId>(a => a.ExecuteAsync(entity.Id, input with { Organisation = "Otro nombre" }, entity.Actor))))
            .Code.ShouldBe(EntitiesRules.AlreadyAccredited);
        await given.WithAsync<AddMember, MemberId>(a => a.ExecuteAsync(other.Id, input, other.Actor));
        // After its mandate ended it may be accredited again.
        await given.WithAsync<EndMandate>(e => e.ExecuteAsync(id, "Cambio de representante", entity.Actor));
        await given.WithAsync<AddMember, MemberId>(a => a.ExecuteAsync(entity.Id, input with { MandateFrom = LegalTime.DayIn(database.Clock.Now) }, entity.Actor));
    }

    [Fact]
    public async Task TwoEditors_OfOneMember_TheSecondIsTold()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var entity = await given.EntityAsync(members: 1);
        var member = await database.ReadAsync(db => db.Members.SingleAsync());
        await given.WithAsync<ChangeMember>(c => c.ExecuteAsync(member.Id, member.Version, given.Member("Uno"), entity.Actor));
        await Should.ThrowAsync<ChangedMeanwhile>(() => given.WithAsync<ChangeMember>(c => c.ExecuteAsync(member.Id, member.Version, given.Member("Dos"), entity.Actor)));
        (await database.ReadAsync(db => db.Members.SingleAsync())).Organisation.ShouldBe("Uno");
    }

    [Fact]
    public async Task Ccl_CivilMandate_LastsTwoYearsAtMost()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var entity = await given.EntityAsync("ccl", members: 0);
        var input = given.Member("Ronda campesina", Sector.Social, "neighbours");
        (await Should.ThrowAsync<RuleBroken>(() => given.WithAsync<AddMember, MemberId>(a => a.ExecuteAsync(entity.Id, input with { MandateTo = input.MandateFrom.AddYears(2) }, entity.Actor))))
            .Code.ShouldBe(EntitiesRules.MandateTooLong);
        await given.WithAsync<AddMember, MemberId>(a => a.ExecuteAsync(entity.Id, input, entity.Actor));
    }

    [Fact]
    public async Task Entities_OfOneName_GetAddressesOfTheirOwn()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var slugs = new List<string>();
        for (var i = 0; i < 3; i++) slugs.Add((await given.EntityAsync(members: 0, name: "Nueva")).Slug);
        slugs.ShouldBeUnique();
        slugs.ShouldNotContain("nueva", "an address of a page");
    }

    static class MemberCsvForms
    {
        public const string Semicolons = "Organización;Sector;Grupo;Representante;Desde;Hasta\r\nMunicipalidad A;publico;district-government;Ana;2026-01-01;2026-12-31\r\n\"Asociación \"\"La Unión\"\", de Chilete\";privado;producers;Beto;1/1/2026;31/12/2026\r\n";
        public const string CommasAndQuotes = "\ufefforganizacion,ruc,sector,grupo,votos,distrito,representante,desde,hasta\nMunicipalidad A,,PÚBLICO,district-government,1,060501,Ana,2026-01-01,2026-12-31\n\n\"Asociación \"\"La Unión\"\", de Chilete\",20100070970,privado,producers,2,,Beto,2026-01-01,2026-12-31\n";
    }
}
