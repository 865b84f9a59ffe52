using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Entities;

/// <summary>Who may sit in an entity: once an organisation, once a person, within the cap, and not in two councils.</summary>
public sealed class RosterTests
{
    [Theory]
    [InlineData("br-cnpj", "11.222.333/0001-81", true)]
    [InlineData("br-cnpj", "11222333000182", false)]
    [InlineData("cl-rut", "76.086.428-5", true)]
    [InlineData("cl-rut", "76086428-4", false)]
    [InlineData("ar-cuit", "30-50001091-2", true)]
    [InlineData("ar-cuit", "30-50001091-3", false)]
    [InlineData("co-nit", "800197268-4", true)]
    [InlineData("co-nit", "800197268-5", false)]
    [InlineData("es-nif", "G12345678", true)]
    [InlineData("pe-sunarp", "1100001", false)]
    public void RegistryNumber_IsCheckedByItsKind(string kind, string number, bool valid) =>
        RegistryNumbers.IsValid(RegistryNumbers.Find(kind)!, number.Replace("/", "", StringComparison.Ordinal)).ShouldBe(valid);

    [Fact]
    public void Kinds_EachSitsInASectorThatHasGroups()
    {
        OrganisationKinds.All.Select(k => k.Code).ShouldBeUnique();
        foreach (var kind in OrganisationKinds.All) kind.Sectors.ShouldAllBe(s => InterestGroups.All.Any(g => g.Sector == s));
        OrganisationKinds.Read("comunidad CAMPESINA")!.Code.ShouldBe("peasant-community");
    }

    [Theory, BothDatabases]
    public async Task OnePerson_ForTwoMembers_IsRefusedInWords(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = database.Given();
        var entity = await given.EntityAsync(members: 0);
        var rosa = await given.WithAsync<AddPerson, Guid>(a => a.ExecuteAsync(new NewPerson("rosa", "Rosa Díaz", null, "una clave larga"), Minka.Core.Register.Actor.System));
        Task<MemberId> AddAsync(MemberInput input) => given.WithAsync<AddMember, MemberId>(a => a.ExecuteAsync(entity.Id, input, entity.Actor));
        async Task RefusedAsync(string code, MemberInput input) => (await Should.ThrowAsync<RuleBroken>(() => AddAsync(input))).Code.ShouldBe(code);

        await AddAsync(given.Member("Comunidad Uno", person: rosa) with { RepresentativeName = "Rosa Díaz Peña", Alternate = new("Luis Soto Rey") });
        await RefusedAsync(EntitiesRules.PersonForTwo, given.Member("Comunidad Dos", person: rosa) with { RepresentativeName = "Otra Persona Más" });
        await RefusedAsync(EntitiesRules.PersonForTwo, given.Member("Comunidad Dos") with { RepresentativeName = "ROSA  DIAZ PEÑA" });
        await RefusedAsync(EntitiesRules.PersonForTwo, given.Member("Comunidad Dos") with { RepresentativeName = "Luis Soto Rey" });
        await RefusedAsync(EntitiesRules.PersonForTwo, given.Member("Comunidad Dos") with { Alternate = new("Rosa Diaz Peña") });
        await RefusedAsync(EntitiesRules.AlternateIsRepresentative, given.Member("Comunidad Dos") with { RepresentativeName = "Ana Ríos Mar", Alternate = new("ana rios mar") });
        // A single word is not yet a name, and the remedy that the message gives works.
        await AddAsync(given.Member("Comunidad Dos") with { RepresentativeName = "Rosa Díaz Peña (Chilete)" });
    }

    [Fact]
    public async Task Alternate_OfAMayor_IsRefusedWhereTheLawAsksToAttend()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var entity = await given.EntityAsync("ccl", members: 0);
        var mayor = given.Member("Municipalidad Distrital de Chilete", Sector.Public, "district-government") with { Alternate = new("Teniente Alcalde Ruiz") };
        (await Should.ThrowAsync<RuleBroken>(() => given.WithAsync<AddMember, MemberId>(a => a.ExecuteAsync(entity.Id, mayor, entity.Actor)))).Code.ShouldBe(EntitiesRules.NotDelegable);
    }

    [Fact]
    public async Task Organisation_AccreditedInAnotherCouncil_IsRefused()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var (province, district, alliance) = (await given.EntityAsync("ccl", members: 0), await given.EntityAsync("ccl", members: 0), await given.EntityAsync(members: 0));
        var input = given.Member("Ronda Campesina", Sector.Social, "neighbours") with { Ruc = "20100070970" };
        await given.WithAsync<AddMember, MemberId>(a => a.ExecuteAsync(province.Id, input, province.Actor));
        (await Should.ThrowAsync<RuleBroken>(() => given.WithAsync<AddMember, MemberId>(a => a.ExecuteAsync(district.Id, input, district.Actor)))).Code.ShouldBe(EntitiesRules.AccreditedElsewhere);
        await given.WithAsync<AddMember, MemberId>(a => a.ExecuteAsync(alliance.Id, input, alliance.Actor));
    }

    [Fact]
    public async Task ForeignNumber_IdentifiesAnOrganisation()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var entity = await given.EntityAsync(members: 0);
        var input = given.Member("Fundación del Sur") with { RegistryKind = "cl-rut", RegistryNumber = "76.086.428-5", Kind = "ngo" };
        await given.WithAsync<AddMember, MemberId>(a => a.ExecuteAsync(entity.Id, input with { InterestGroup = "ngo" }, entity.Actor));
        (await database.ReadAsync(db => db.MemberProfiles.SingleAsync())).RegistryNumber.ShouldBe("760864285");
        (await Should.ThrowAsync<RuleBroken>(() => given.WithAsync<AddMember, MemberId>(a => a.ExecuteAsync(entity.Id, input with { Organisation = "Otro nombre", RepresentativeName = "Otra Persona Más" }, entity.Actor))))
            .Code.ShouldBe(EntitiesRules.AlreadyAccredited);
        (await Should.ThrowAsync<RuleBroken>(() => given.WithAsync<AddMember, MemberId>(a => a.ExecuteAsync(entity.Id, given.Member("Empresa", Sector.Private, "business") with { Kind = "ngo" }, entity.Actor))))
            .Code.ShouldBe(EntitiesRules.KindOfOtherSector);
    }

    [Fact]
    public async Task Members_OverTheCapOfTheStatutes_AreRefused()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var entity = await given.EntityAsync(members: 3);
        (await Should.ThrowAsync<RuleBroken>(() => given.WithAsync<SetStatute>(s => s.ExecuteAsync(entity.Id, -1, new("Fin", "Chilete", 2, null, null), entity.Actor)))).Code.ShouldBe(EntitiesRules.CapOutOfRange);
        await given.WithAsync<SetStatute>(s => s.ExecuteAsync(entity.Id, -1, new("Fin", "Chilete", 3, null, null), entity.Actor));
        var refused = await Should.ThrowAsync<RuleBroken>(() => given.WithAsync<AddMember, MemberId>(a => a.ExecuteAsync(entity.Id, given.Member("Una más"), entity.Actor)));
        refused.Code.ShouldBe(EntitiesRules.OverTheCap);
        refused.Args.ShouldBe([3, 3]);
        await given.WithAsync<EndMandate>(e => e.ExecuteAsync(entity.Members[0], "Se retiró", entity.Actor));
        await given.WithAsync<AddMember, MemberId>(a => a.ExecuteAsync(entity.Id, given.Member("Una más") with { MandateFrom = LegalTime.DayIn(database.Clock.Now) }, entity.Actor));
    }

    [Theory, BothDatabases]
    public async Task Representative_Replaced_StaysInTheHistoryAndLosesTheRole(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = database.Given();
        var entity = await given.EntityAsync(members: 0);
        var (rosa, luis) = (await PersonAsync("rosa"), await PersonAsync("luis"));
        var id = await given.WithAsync<AddMember, MemberId>(a => a.ExecuteAsync(entity.Id, given.Member("Comunidad", person: rosa) with { RepresentativeName = "Rosa Díaz Peña", RepresentativeIsWoman = true, Power = "Acta 1" }, entity.Actor));
        var today = LegalTime.DayIn(database.Clock.Now);
        (await database.ReadAsync(db => Representations.WomenAsync(db, entity.Id, today))).ShouldBe([id]);
        database.Clock.Advance(TimeSpan.FromDays(40));
        today = LegalTime.DayIn(database.Clock.Now);
        var member = await database.ReadAsync(db => db.Members.SingleAsync());
        var pdf = "%PDF-1.4\n% poder\n%%EOF\n"u8.ToArray();
        Task ReplaceAsync(int version, RepresentativeInput input) => given.WithAsync<ReplaceRepresentative>(r => r.ExecuteAsync(id, version, input, entity.Actor));
        (await Should.ThrowAsync<RuleBroken>(() => ReplaceAsync(member.Version, new("Luis Soto Rey", false, luis, false, "Acta 2", member.MandateTo.AddDays(1), "Nueva junta")))).Code.ShouldBe(EntitiesRules.PowerDates);
        await ReplaceAsync(member.Version, new("Luis Soto Rey", false, luis, false, "Acta 2", null, "Nueva junta", pdf, "poder.pdf"));
        await Should.ThrowAsync<ChangedMeanwhile>(() => ReplaceAsync(member.Version, new("Tercera Persona Más", false, null, null, null, null, "tarde")));

        var rows = await database.ReadAsync(db => db.Representations.OrderBy(r => r.From).ToListAsync());
        rows.Select(r => (r.Name, r.IsInForceOn(today))).ShouldBe([("Rosa Díaz Peña", false), ("Luis Soto Rey", true)]);
        rows[0].EndedWhy.ShouldBe("Nueva junta");
        rows[1].PowerFileId.ShouldNotBeNull();
        (await database.ReadAsync(db => db.Members.SingleAsync())).RepresentativePersonId.ShouldBe(luis);
        (await database.ReadAsync(db => db.RoleGrants.Where(g => g.Role == Role.Representative && g.RevokedAt == null).Select(g => g.PersonId).ToListAsync())).ShouldBe([luis]);
        (await database.ReadAsync(db => Representations.WomenAsync(db, entity.Id, today))).ShouldBeEmpty();

        await given.WithAsync<EndMandate>(e => e.ExecuteAsync(id, "Se retiró", entity.Actor));
        (await database.ReadAsync(db => db.RoleGrants.AnyAsync(g => g.Role == Role.Representative && g.RevokedAt == null))).ShouldBeFalse("nobody speaks for who left");
        (await database.ReadAsync(db => db.Representations.AnyAsync(r => r.EndedAt == null))).ShouldBeFalse();

        Task<Guid> PersonAsync(string name) => given.WithAsync<AddPerson, Guid>(a => a.ExecuteAsync(new NewPerson(name, name, null, "una clave larga"), Minka.Core.Register.Actor.System));
    }

    [Fact]
    public async Task Alternate_NamedAndTakenAway_LeavesTheRepresentativeAlone()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var entity = await given.EntityAsync(members: 1);
        var member = await database.ReadAsync(db => db.Members.SingleAsync());
        var today = LegalTime.DayIn(database.Clock.Now);
        await given.WithAsync<ReplaceRepresentative>(r => r.ExecuteAsync(member.Id, member.Version, new("Alterna Ruiz Mar", true, null, true, null, null, "Designada"), entity.Actor));
        (await database.ReadAsync(db => Representations.AlternatesAsync(db, entity.Id, today)))[member.Id].ShouldBe("Alterna Ruiz Mar");
        await given.WithAsync<ReplaceRepresentative>(r => r.ExecuteAsync(member.Id, member.Version, new("", true, null, null, null, null, "Renunció"), entity.Actor));
        (await database.ReadAsync(db => Representations.AlternatesAsync(db, entity.Id, today))).ShouldBeEmpty();
        (await database.ReadAsync(db => db.Members.SingleAsync())).RepresentativeName.ShouldBe(member.RepresentativeName);
    }
}
