using System.Text;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.Core.Rules;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Rules;

public sealed class StoreRulePackTests
{
    static RulePackReading Own(string version, string id = "fondo-propio")
    {
        var pack = PackContradictionsTests.Fdd();
        pack["id"] = id;
        pack["version"] = version;
        return RulePackReader.Read(Encoding.UTF8.GetBytes(pack.ToJsonString()));
    }

    [Theory, BothDatabases]
    public async Task Store_SoundPack_IsFoundByVersionWithTheSameDigest(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await database.WithAsync<StoreRulePack>(s => s.ExecuteAsync(Own("2026.9"), Actor.System));
        await database.WithAsync<StoreRulePack>(s => s.ExecuteAsync(Own("2026.10"), Actor.System));

        var lines = await database.WithAsync<RulePacks, IReadOnlyList<RulePackLine>>(p => p.ListAsync());
        lines.Select(l => $"{l.Id} {l.Version}").ShouldBe(["fdd 2026.1", "fondo-propio 2026.10", "fondo-propio 2026.9", "pe-foniprel-v1 2009.1", "pe-foniprel-v2 2015.1", "pe-procompite-2021 2024.1", "pe-procompite-huancavelica 2012.1"]);
        var newest = await database.WithAsync<RulePacks, RulePackReading?>(p => p.FindAsync("fondo-propio"));
        newest!.Pack!.Version.ShouldBe("2026.10");
        newest.Digest.ShouldBe(Own("2026.10").Digest);
        (await database.WithAsync<RulePacks, RulePackReading?>(p => p.FindAsync("fondo-propio", "1"))).ShouldBeNull();
        (await database.ReadAsync(db => db.Set<Act>().CountAsync(a => a.Kind == "rulepack.store"))).ShouldBe(2);
    }

    [Theory, BothDatabases]
    public async Task Store_VersionThatExists_IsRefused(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await database.WithAsync<StoreRulePack>(s => s.ExecuteAsync(Own("1"), Actor.System));
        (await Should.ThrowAsync<RuleBroken>(() => database.WithAsync<StoreRulePack>(s => s.ExecuteAsync(Own("1"), Actor.System)))).Code.ShouldBe("rules.version-taken");
        (await Should.ThrowAsync<RuleBroken>(() => database.WithAsync<StoreRulePack>(s => s.ExecuteAsync(Own("2026.1", "fdd"), Actor.System)))).Code.ShouldBe("rules.version-taken");
    }

    [Fact]
    public async Task Store_FaultyPack_IsRefused()
    {
        await using var database = await TestDatabase.CreateAsync();
        var faulty = RulePackReader.Read("{}"u8.ToArray());
        (await Should.ThrowAsync<RuleBroken>(() => database.WithAsync<StoreRulePack>(s => s.ExecuteAsync(faulty, Actor.System)))).Code.ShouldBe("rules.pack-faulty");
    }
}
