using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Database;

public sealed class WriterTests
{
    [Theory, BothDatabases]
    public async Task ManyActs_AtOnce_GetConsecutiveLeavesAndTheirRoot(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var positions = new System.Collections.Concurrent.ConcurrentBag<LeafPosition>();
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => database.Writer.ActAsync("test.act", Actor.System, w =>
        {
            w.WhenSealed(p => { positions.Add(p); return Task.CompletedTask; });
            return Task.CompletedTask;
        })));

        var leaves = await database.ReadAsync(db => db.Leaves.OrderBy(l => l.Index).ToListAsync());
        leaves.Select(l => l.Index).ShouldBe(Enumerable.Range(0, 40).Select(i => (long)i));
        var tree = new MerkleTree();
        foreach (var leaf in leaves)
        {
            Merkle.LeafHash(leaf.Body).ShouldBe(leaf.Hash);
            tree.Append(leaf.Hash);
            positions.Single(p => p.Index == leaf.Index).Root.ShouldBe(tree.Root());
        }
        (await database.ReadAsync(db => db.Seals.CountAsync(s => s.Table == "Acts"))).ShouldBe(40);
    }

    [Theory, BothDatabases]
    public async Task FailedAct_AmongOthers_LeavesNoTraceAndHurtsNobody(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var acts = Enumerable.Range(0, 20).Select(i => database.Writer.ActAsync("test.act", Actor.System,
            w =>
            {
                if (i % 3 != 0) return Task.CompletedTask;
                // What a refused act had begun to write must not come in with the next one.
                w.Db.Installations.Add(new Installation { Mode = InstallationMode.Demo, StartedAt = w.Now });
                throw new RuleBroken("test.no");
            })).ToArray();
        await Task.WhenAll(acts.Select(async (a, i) =>
        {
            if (i % 3 == 0) (await Should.ThrowAsync<RuleBroken>(() => a)).Code.ShouldBe("test.no");
            else await a;
        }));
        (await database.ReadAsync(db => db.Leaves.CountAsync())).ShouldBe(13);
        (await database.ReadAsync(db => db.Acts.CountAsync())).ShouldBe(13);
        (await database.ReadAsync(db => db.Installations.CountAsync())).ShouldBe(0);
    }

    [Theory, BothDatabases]
    public async Task RowThatIsThereAlready_AmongOtherActs_FailsItsActAlone(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await database.Writer.ActAsync("test.act", Actor.System, _ => Task.CompletedTask);
        var acts = Enumerable.Range(0, 30).Select(i => database.Writer.ActAsync("test.act", Actor.System, w =>
        {
            // The database itself refuses it, which on PostgreSQL spoils all that follows in the transaction but for the savepoint.
            if (i % 4 == 1) w.Db.Leaves.Add(new Leaf { Index = 0, Body = [1], Hash = [2] });
            return Task.CompletedTask;
        })).ToArray();
        await Task.WhenAll(acts.Select(async (a, i) =>
        {
            if (i % 4 == 1) await Should.ThrowAsync<DbUpdateException>(() => a);
            else await a;
        }));
        (await database.ReadAsync(db => db.Leaves.Select(l => l.Index).ToListAsync())).Order().ShouldBe(Enumerable.Range(0, 23).Select(i => (long)i));
        (await Audit.RunAsync(database.Settings)).Clean.ShouldBeTrue();
    }

    [Fact]
    public async Task Save_OutsideAnAct_IsRefused()
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.WithAsync<AppDb>(async db =>
        {
            db.Leaves.Add(new Leaf { Index = 0, Body = [1], Hash = [2] });
            await Should.ThrowAsync<InvalidOperationException>(() => db.SaveChangesAsync());
        });
    }

    [Fact]
    public async Task Act_WhenTheClockStepsBack_IsNotDatedBeforeTheLastOne()
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.Writer.ActAsync("test.one", Actor.System, _ => Task.CompletedTask);
        database.Clock.Advance(TimeSpan.FromHours(-2));
        await database.Writer.ActAsync("test.two", Actor.System, _ => Task.CompletedTask);
        var at = await database.ReadAsync(db => db.Acts.OrderBy(a => a.Index).Select(a => a.At).ToListAsync());
        at[1].ShouldBeGreaterThanOrEqualTo(at[0]);
    }

    [PostgresFact]
    public async Task TwoLanes_OnOneDatabase_KeepOneOrder()
    {
        await using var database = await TestDatabase.CreateAsync("postgres");
        var tree = new RegisterTree();
        await using var other = new Writer(database.Settings, database.Clock, new SeededEntropy(99), tree, database.Services.GetRequiredService<IServiceScopeFactory>());
        await Task.WhenAll(Enumerable.Range(0, 150).Select(async i =>
        {
            var lane = i % 2 == 0 ? database.Writer : other;
            var act = lane.ActAsync("test.act", Actor.System, _ => i % 10 == 4 ? throw new RuleBroken("test.no") : Task.CompletedTask);
            if (i % 10 == 4) await Should.ThrowAsync<RuleBroken>(() => act);
            else await act;
        }));
        var leaves = await database.ReadAsync(db => db.Leaves.OrderBy(l => l.Index).ToListAsync());
        leaves.Select(l => l.Index).ShouldBe(Enumerable.Range(0, 135).Select(i => (long)i));
        (await Audit.RunAsync(database.Settings)).Clean.ShouldBeTrue();
    }
}
