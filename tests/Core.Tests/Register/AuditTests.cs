using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Register;

public sealed class AuditTests
{
    static async Task<TestDatabase> LivedInAsync(string provider = "sqlite")
    {
        var database = await TestDatabase.CreateAsync(provider);
        await database.WithAsync<OpenRegister>(o => o.ExecuteAsync());
        for (var i = 0; i < 5; i++)
            await database.Writer.ActAsync("test.act", new Actor(Guid.Parse("0197a000-0000-7000-8000-00000000000a"), "operator"), _ => Task.CompletedTask, new ActNote("thing", Guid.Parse("0197a000-0000-7000-8000-00000000000b"), "porque sí"));
        await database.WithAsync<Checkpoints>(c => c.SignAsync());
        await database.WithAsync<RotateSigningKey>(r => r.ExecuteAsync(Actor.System, "cambio anual"));
        database.Clock.Advance(TimeSpan.FromMinutes(2));
        await database.WithAsync<Checkpoints>(c => c.SignAsync());
        return database;
    }

    [Theory, BothDatabases]
    public async Task Run_UntouchedDatabase_IsClean(string provider)
    {
        await using var database = await LivedInAsync(provider);
        var report = await Audit.RunAsync(database.Settings);
        report.Findings.ShouldBeEmpty();
        report.Leaves.ShouldBe(9);
        report.Checkpoints.ShouldBe(2);
        report.Keys.Count.ShouldBe(2);
        report.Rows.ShouldBe(9 + 2);
        report.Uncovered.Keys.ShouldContain("Leaves");
        report.Root.Hex.ShouldBe(Convert.ToHexStringLower(database.Services.GetRequiredService<RegisterTree>().Read(t => t.Root())));
    }

    [Theory, BothDatabases]
    public async Task Run_EveryColumnOfEveryCoveredTableTampered_NamesEachOne(string provider)
    {
        await using var database = await LivedInAsync(provider);
        await Fabrication.FillAsync(database);
        (await Audit.RunAsync(database.Settings)).Findings.ShouldBeEmpty();
        var (changed, unnamed) = await Tampering.FlipEveryColumnAsync(database.Settings);
        unnamed.ShouldBeEmpty();
        var columns = await database.ReadAsync(db => Task.FromResult(CoveredTable.Of(db.Model).SelectMany(t => t.Columns.Select(c => $"{t.Name}.{c.GetColumnName()}")).ToList()));
        changed.Order(StringComparer.Ordinal).ShouldBe(columns.Order(StringComparer.Ordinal));
        (await Audit.RunAsync(database.Settings)).Findings.ShouldBeEmpty();
    }

    [Fact]
    public async Task Run_RowSealedBeforeAScriptAddedAColumn_IsWholeAndTheColumnMustHoldNothing()
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.WithAsync<OpenRegister>(o => o.ExecuteAsync());
        await Fabrication.FillAsync(database);
        var table = await database.ReadAsync(db => Task.FromResult(CoveredTable.Of(db.Model).Single(t => t.Name == "Applications")));
        table.Columns[^1].GetColumnName().ShouldBe("OwnPriority");
        // The row as the version before the column wrote it: a seal and a leaf without its digest.
        var (seal, leaf) = await database.ReadAsync(async db =>
        {
            var found = await db.Seals.AsNoTracking().FirstAsync(s => s.Table == "Applications");
            return (found, await db.Leaves.AsNoTracking().SingleAsync(l => l.Index == found.Index));
        });
        var older = seal.Columns[..^32];
        var body = System.Text.Encoding.UTF8.GetString(leaf.Body).Replace(RowDigests.Row(seal.Columns), RowDigests.Row(older), StringComparison.Ordinal);
        var hash = System.Security.Cryptography.SHA256.HashData([0, .. System.Text.Encoding.UTF8.GetBytes(body)]);
        await Tampering.RunAsync(database.Settings, $"""
            UPDATE "Seals" SET "Columns" = x'{Convert.ToHexString(older)}' WHERE "Table" = 'Applications' AND "Key" = '{seal.Key}';
            UPDATE "Leaves" SET "Body" = x'{Convert.ToHexString(System.Text.Encoding.UTF8.GetBytes(body))}', "Hash" = x'{Convert.ToHexString(hash)}' WHERE "Index" = {leaf.Index};
            UPDATE "Applications" SET "OwnPriority" = NULL;
            """);
        (await Audit.RunAsync(database.Settings)).Findings.ShouldNotContain(f => f.Table == "Applications");
        await Tampering.RunAsync(database.Settings, """UPDATE "Applications" SET "OwnPriority" = 1""");
        (await Audit.RunAsync(database.Settings)).Findings.ShouldContain(f => f.Code == "row.column" && f.Table == "Applications" && f.Column == "OwnPriority");
    }

    [Fact]
    public async Task Model_EveryTable_BelongsToOneTypeAndSaysWhyItIsLeftOut()
    {
        await using var database = await TestDatabase.CreateAsync();
        var types = await database.ReadAsync(db => Task.FromResult(db.Model.GetEntityTypes().ToList()));
        // Digests are taken by type: a second type in the same table would have columns that no digest covers.
        types.GroupBy(t => t.GetTableName()).Where(g => g.Count() > 1).Select(g => g.Key).ShouldBeEmpty();
        types.Where(t => t.BaseType is not null || t.IsOwned()).Select(t => t.Name).ShouldBeEmpty();
        foreach (var type in types.Where(t => t.FindAnnotation(Mapping.UncoveredMark) is not null))
            ((string?)type.FindAnnotation(Mapping.UncoveredMark)!.Value).ShouldNotBeNullOrWhiteSpace(type.Name);
    }

    [Theory]
    [InlineData("""UPDATE "Leaves" SET "Hash" = randomblob(32) WHERE "Index" = 2""", "leaf.hash")]
    [InlineData("""UPDATE "Leaves" SET "Body" = CAST(replace(CAST("Body" AS TEXT), 'test.act', 'test.not') AS BLOB) WHERE "Index" = 2""", "leaf.hash")]
    [InlineData("""UPDATE "Leaves" SET "Body" = CAST(CAST("Body" AS TEXT) || ' ' AS BLOB) WHERE "Index" = 2""", "leaf.malformed")]
    [InlineData("""UPDATE "Leaves" SET "Body" = 'text' WHERE "Index" = 2""", "leaf.malformed")]
    [InlineData("""DELETE FROM "Leaves" WHERE "Index" = 2""", "leaf.missing")]
    [InlineData("""DELETE FROM "Leaves" WHERE "Index" = 8""", "checkpoint.beyond")]
    [InlineData("""DELETE FROM "Acts" WHERE "Index" = 2""", "row.missing")]
    [InlineData("""INSERT INTO "Acts" ("Id", "Kind", "Role", "At", "Index") VALUES ('0197A000-0000-7000-8000-0000000000FF', 'x', 'y', '2026-03-02 14:00:00', 99)""", "row.inserted")]
    [InlineData("""DELETE FROM "Seals" WHERE "Index" = 2""", "seal.missing")]
    [InlineData("""UPDATE "Seals" SET "Index" = 3 WHERE "Index" = 2""", "seal.changed")]
    [InlineData("""UPDATE "Seals" SET "Salt" = zeroblob(16) WHERE "Index" = 2""", "seal.changed")]
    [InlineData("""UPDATE "Seals" SET "Columns" = zeroblob(length("Columns")) WHERE "Index" = 2""", "seal.changed")]
    [InlineData("""UPDATE "Seals" SET "Columns" = NULL WHERE "Index" = 2""", null)]
    [InlineData("""UPDATE "Seals" SET "Salt" = 7 WHERE "Index" = 2""", "seal.malformed")]
    [InlineData("""UPDATE "Seals" SET "Table" = 'Other' WHERE "Index" = 2""", "seal.orphan")]
    [InlineData("""UPDATE "Seals" SET "Key" = 'other' WHERE "Index" = 2""", "seal.orphan")]
    [InlineData("""UPDATE "Checkpoints" SET "Note" = replace("Note", '/registro', '/registrO') WHERE "Size" = 7""", "checkpoint.signature")]
    [InlineData("""UPDATE "Checkpoints" SET "Note" = 'x' WHERE "Size" = 7""", "checkpoint.malformed")]
    [InlineData("""UPDATE "Checkpoints" SET "Size" = 6 WHERE "Size" = 7""", "checkpoint.column")]
    [InlineData("""UPDATE "Checkpoints" SET "At" = '2026-03-02 14:00:01' WHERE "Size" = 7""", "checkpoint.column")]
    [InlineData("""UPDATE "Acts" SET "At" = "At" || '.0000001' WHERE "Index" = 2""", "row.column")]
    [InlineData("""UPDATE "Acts" SET "SubjectId" = lower("SubjectId") WHERE "Index" = 2""", "row.column")]
    [InlineData("""UPDATE "Acts" SET "At" = 5 WHERE "Index" = 2""", "row.column")]
    [InlineData("""UPDATE "Acts" SET "SubjectId" = 'no id' WHERE "Index" = 2""", "row.column")]
    [InlineData("""UPDATE "Acts" SET "Id" = lower("Id") WHERE "Index" = 2""", "row.missing")]
    public async Task Run_TamperedBelowEf_NamesIt(string sql, string? code)
    {
        await using var database = await LivedInAsync();
        try
        {
            (await Tampering.RunAsync(database.Settings, sql)).ShouldBe(1);
        }
        catch (Microsoft.Data.Sqlite.SqliteException) when (code is null)
        {
            return; // the database itself refuses
        }
        (await Audit.RunAsync(database.Settings)).Findings.Select(f => f.Code).ShouldContain(code);
    }

    [Fact]
    public async Task Run_RowAndSealTamperedTogether_NamesTheSealAndTheRow()
    {
        await using var database = await LivedInAsync();
        await Tampering.RunAsync(database.Settings, """UPDATE "Acts" SET "Role" = 'otro' WHERE "Index" = 2""");
        await Tampering.RunAsync(database.Settings, """UPDATE "Seals" SET "Columns" = randomblob(length("Columns")) WHERE "Index" = 2""");
        var report = await Audit.RunAsync(database.Settings);
        report.Findings.ShouldContain(f => f.Code == "row.changed" && f.Table == "Acts" && f.Index == 2);
    }

    [Fact]
    public async Task Run_Head_ComparesWithWhatWasKeptElsewhere()
    {
        await using var database = await LivedInAsync();
        var heads = await database.ReadAsync(db => db.Checkpoints.OrderBy(c => c.Size).Select(c => c.Note).ToListAsync());
        foreach (var head in heads)
            (await Audit.RunAsync(database.Settings, head)).Clean.ShouldBeTrue();

        (await Audit.RunAsync(database.Settings, "garbage")).Findings.Single().Code.ShouldBe("head.malformed");
        await using var other = await TestDatabase.CreateAsync(seed: 77);
        await other.WithAsync<OpenRegister>(o => o.ExecuteAsync());
        var foreign = await other.WithAsync<Checkpoints, StoredCheckpoint>(c => c.SignAsync());
        (await Audit.RunAsync(database.Settings, foreign.Note)).Findings.Select(f => f.Code).ShouldBe(["head.origin", "head.root"]);

        // The end of the register cut off, consistently: only the head kept elsewhere knows.
        foreach (var sql in new[]
        {
            """DELETE FROM "Acts" WHERE "Index" >= 7""", """DELETE FROM "Leaves" WHERE "Index" >= 7""", """DELETE FROM "Checkpoints" WHERE "Size" > 7""",
            """DELETE FROM "Seals" WHERE "Index" >= 7 AND "Table" = 'Acts'""",
        })
            await Tampering.RunAsync(database.Settings, sql);
        (await Audit.RunAsync(database.Settings, heads[1])).Findings.ShouldContain(f => f.Code == "head.beyond");
    }

    [Fact]
    public async Task Run_WithoutDatabase_SaysSoAndMakesNone()
    {
        var settings = new DbSettings(Path.Combine(Path.GetTempPath(), "minka-no-such-folder"));
        await Should.ThrowAsync<FileNotFoundException>(() => Audit.RunAsync(settings));
        File.Exists(settings.SqlitePath).ShouldBeFalse();
    }

    [Fact]
    public async Task Checkpoints_NothingNew_SignNothing_AndAfterAMinuteOnce()
    {
        await using var database = await TestDatabase.CreateAsync();
        (await database.WithAsync<Checkpoints, StoredCheckpoint?>(c => c.SignIfDueAsync())).ShouldBeNull();
        await database.WithAsync<OpenRegister>(o => o.ExecuteAsync());
        var first = (await database.WithAsync<Checkpoints, StoredCheckpoint?>(c => c.SignIfDueAsync())).ShouldNotBeNull();
        first.Size.ShouldBe(2);
        database.Clock.Advance(TimeSpan.FromMinutes(5));
        (await database.WithAsync<Checkpoints, StoredCheckpoint?>(c => c.SignIfDueAsync())).ShouldBeNull();
        await database.Writer.ActAsync("test.act", Actor.System, _ => Task.CompletedTask);
        (await database.WithAsync<Checkpoints, StoredCheckpoint?>(c => c.SignIfDueAsync()))!.Size.ShouldBe(4);
        await database.Writer.ActAsync("test.act", Actor.System, _ => Task.CompletedTask);
        (await database.WithAsync<Checkpoints, StoredCheckpoint?>(c => c.SignIfDueAsync())).ShouldBeNull();
        (await database.WithAsync<Checkpoints, StoredCheckpoint>(c => c.SignAsync())).Size.ShouldBe(6);
        (await database.WithAsync<Checkpoints, StoredCheckpoint>(c => c.SignAsync())).Size.ShouldBe(6);
    }

    [Fact]
    public async Task OpenRegister_AfterARotationThatWasCut_TakesTheNamedKeyIntoUse()
    {
        await using var database = await LivedInAsync();
        var keys = database.Services.GetRequiredService<SigningKeys>();
        var next = keys.Prepare(new SeededEntropy(5));
        await database.Writer.ActAsync("register.rotate-key", Actor.System, async w =>
        {
            var row = await w.Db.RegisterKeys.SingleAsync(k => k.Id == keys.Current.Id);
            row.Retire(w.Act.Index + 1);
            var named = SigningKeys.PublicOf(next, (ulong)w.Act.Index + 1);
            w.Db.RegisterKeys.Add(new RegisterKey { Id = named.Id, Spki = named.Spki.ToArray(), Fingerprint = named.Fingerprint, From = w.Act.Index + 1 });
        });
        using var reopened = SigningKeys.Open(Path.Combine(database.Settings.DataFolder, "keys"));
        reopened.Current.ShouldBe(keys.Current);
        await database.WithAsync<AppDb>(db => new OpenRegister(db, database.Writer, reopened).ExecuteAsync());
        reopened.Current.ShouldBe(SigningKeys.PublicOf(next, 0));
        using var again = SigningKeys.Open(Path.Combine(database.Settings.DataFolder, "keys"));
        again.Current.ShouldBe(reopened.Current);
        again.Origin.ShouldBe(keys.Origin);
    }

    [Fact]
    public async Task RotateSigningKey_ThatFails_LeavesTheFormerKeyInUse()
    {
        await using var database = await TestDatabase.CreateAsync();
        var keys = database.Services.GetRequiredService<SigningKeys>();
        var former = keys.Current;
        // Not opened: the register does not know the key in use, so the act fails.
        await Should.ThrowAsync<InvalidOperationException>(() => database.WithAsync<RotateSigningKey, VerifyingKey>(r => r.ExecuteAsync(Actor.System, "x")));
        (await Should.ThrowAsync<RuleBroken>(() => database.WithAsync<RotateSigningKey, VerifyingKey>(r => r.ExecuteAsync(Actor.System, " ")))).Code.ShouldBe("register.reason");
        keys.Current.ShouldBe(former);
        keys.All.Count.ShouldBe(1);
    }
}
