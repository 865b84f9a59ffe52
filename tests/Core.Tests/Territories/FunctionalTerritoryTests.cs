using Microsoft.EntityFrameworkCore;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.Core.Territories;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Territories;

public sealed class FunctionalTerritoryTests
{
    static readonly Actor Secretary = new(null, "secretary");

    [Theory, BothDatabases]
    public async Task Corridor_OfProvincesAndTypedDistricts_IsAnEntitysTerritory(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = database.Given();
        var districts = await given.DistrictsAsync("0605", 2);
        Task<string> SetAsync(FunctionalTerritoryId? id, int version, params string[] codes) =>
            given.WithAsync<SetFunctionalTerritory, string>(s => s.ExecuteAsync(id, version, new("Corredor del Jequetepeque", FunctionalKind.Corridor, "Estudio de prueba", codes), Secretary));
        (await Should.ThrowAsync<RuleBroken>(() => SetAsync(null, 0, districts[0]))).Code.ShouldBe(TerritoriesRules.FunctionalTooFew);
        (await Should.ThrowAsync<RuleBroken>(() => SetAsync(null, 0, "06", "0605"))).Code.ShouldBe(TerritoriesRules.FunctionalPlace);
        var slug = await SetAsync(null, 0, districts[1], districts[0], districts[0]);
        var territory = await database.ReadAsync(db => db.FunctionalTerritories.SingleAsync());
        (territory.Slug, territory.Provinces).ShouldSatisfyAllConditions(t => t.Slug.ShouldBe(slug), t => t.Provinces.ShouldBe(["0605"]));
        territory.Codes.ShouldBe(districts.Order(StringComparer.Ordinal));
        // A province in whole swallows its districts.
        await SetAsync(territory.Id, territory.Version, districts[0], "0605", "0604");
        await Should.ThrowAsync<ChangedMeanwhile>(() => SetAsync(territory.Id, territory.Version, "0605"));
        (await database.ReadAsync(db => db.FunctionalTerritories.SingleAsync())).Codes.ShouldBe(["0604", "0605"]);

        var (here, far) = (await given.EntityAsync(members: 0, province: "0605"), await given.EntityAsync(members: 0, province: "2301"));
        Task ChooseAsync(GivenEntity entity, params FunctionalTerritoryId[] chosen) => given.WithAsync<SetEntityTerritories>(s => s.ExecuteAsync(entity.Id, chosen, entity.Actor));
        (await Should.ThrowAsync<RuleBroken>(() => ChooseAsync(far, territory.Id))).Code.ShouldBe(EntitiesRules.TerritoryElsewhere);
        await ChooseAsync(here, territory.Id);
        await ChooseAsync(here, territory.Id);
        (await database.ReadAsync(db => db.EntityTerritories.SingleAsync())).EntityId.ShouldBe(here.Id);
        await ChooseAsync(here);
        (await database.ReadAsync(db => db.EntityTerritories.CountAsync())).ShouldBe(0);
    }
}
