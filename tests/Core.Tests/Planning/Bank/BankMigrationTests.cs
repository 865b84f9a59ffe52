using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Planning;
using Minka.Core.Register;
using Minka.TestKit;
using Npgsql;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Planning.Bank;

/// <summary>Projects of an installation from before there was a bank.</summary>
public sealed class BankMigrationTests
{
    const string Id = "0190A000-0000-7000-8000-00000000000";

    [Theory, BothDatabases]
    public async Task FormerProject_KeepsItsLinesAndGetsItsProgrammesEntity(string provider)
    {
        var folder = Directory.CreateTempSubdirectory("minka-bank-").FullName;
        var settings = new DbSettings(folder, provider == "postgres" ? Postgres.Create() : null);
        await using (var connection = Open(settings))
        {
            await connection.OpenAsync();
            await RunAsync(connection, "CREATE TABLE \"SchemaVersions\" (\"Number\" INTEGER NOT NULL PRIMARY KEY, \"Name\" TEXT NOT NULL, \"Digest\" TEXT NOT NULL, \"At\" TEXT NOT NULL)");
            foreach (var name in Schema.Names(settings).Where(n => string.CompareOrdinal(n, "0011") < 0))
            {
                await RunAsync(connection, Script(name, settings));
                await RunAsync(connection, $"INSERT INTO \"SchemaVersions\" VALUES ({int.Parse(name[..4], System.Globalization.CultureInfo.InvariantCulture)}, '{name}', '', '')");
            }
            await RunAsync(connection, $"""
                INSERT INTO "Strategies" ("Id", "EntityId", "Number", "Title", "Vision", "YearFrom", "YearTo", "State", "Version") VALUES ('{Id}1', '{Id}E', 1, 'E', 'V', 2026, 2030, 'Draft', 0);
                INSERT INTO "Programmes" ("Id", "EntityId", "StrategyId", "Slug", "Title", "Objective", "State", "Version") VALUES ('{Id}2', '{Id}E', '{Id}1', 'p', 'P', 'O', 'Draft', 0);
                INSERT INTO "Projects" ("Id", "ProgrammeId", "Code", "Title", "Problem", "Objective", "Places", "BeneficiaryWomen", "BeneficiaryMen", "Organisations", "After", "PlannedCost", "LinesEdition", "Version")
                VALUES ('{Id}3', '{Id}2', 'P1', 'Riego', 'a', 'b', '["060501"]', 1, 2, '[]', '[]', 700, 0, 4);
                INSERT INTO "CostLines" ("Id", "ProjectId", "Order", "Concept", "Source", "Year", "Amount") VALUES ('{Id}4', '{Id}3', 1, 'Obra', 'Fund', 2027, 700);
                """);
        }
        await Schema.MigrateAsync(settings, new TestClock());
        await using (var db = new AppDb(settings.ReadOptions()))
        {
            var project = await db.Projects.SingleAsync();
            (project.Code, project.Stage, project.PlannedCost, project.Version, project.RootId).ShouldBe(("P1", ProjectStage.Profile, new Money(700), 4, project.Id));
            project.EntityId.ShouldBe((await db.Programmes.SingleAsync()).EntityId);
            var line = await db.CostLines.SingleAsync();
            (line.ProjectId, line.Amount, line.Valuation).ShouldBe((project.Id, new Money(700), null));
            (await db.ProjectSheets.CountAsync()).ShouldBe(0);
        }
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>A row sealed before the columns came: the audit takes what the script wrote and nothing else.</summary>
    [Fact]
    public async Task Audit_OfARowSealedBefore_AcceptsWhatTheScriptWroteOnly()
    {
        await using var database = await TestDatabase.CreateAsync();
        await Fabrication.FillAsync(database);
        var added = await database.ReadAsync(db => Task.FromResult(CoveredTable.Of(db.Model).Single(t => t.Name == "Projects").Columns.Count(c => c.GetColumnName() is "EntityId" or "RootId" or "Stage")));
        added.ShouldBe(3);
        var (seal, leaf) = await database.ReadAsync(async db =>
        {
            var found = await db.Seals.SingleAsync(s => s.Table == "Projects");
            return (found, await db.Leaves.SingleAsync(l => l.Index == found.Index));
        });
        // The digests of the three columns stand last.
        var older = seal.Columns[..^(3 * 32)];
        var body = System.Text.Encoding.UTF8.GetString(leaf.Body).Replace(RowDigests.Row(seal.Columns), RowDigests.Row(older), StringComparison.Ordinal);
        var hash = System.Security.Cryptography.SHA256.HashData([0, .. System.Text.Encoding.UTF8.GetBytes(body)]);
        await Tampering.RunAsync(database.Settings, $"""
            UPDATE "Seals" SET "Columns" = x'{Convert.ToHexString(older)}' WHERE "Table" = 'Projects';
            UPDATE "Leaves" SET "Body" = x'{Convert.ToHexString(System.Text.Encoding.UTF8.GetBytes(body))}', "Hash" = x'{Convert.ToHexString(hash)}' WHERE "Index" = {leaf.Index};
            UPDATE "Projects" SET "EntityId" = (SELECT "EntityId" FROM "Programmes"), "RootId" = "Id", "Stage" = 'Profile';
            """);
        async Task<IEnumerable<string?>> NamedAsync() => (await Audit.RunAsync(database.Settings)).Findings.Where(f => f.Table == "Projects").Select(f => f.Column);
        (await NamedAsync()).ShouldBeEmpty();
        await Tampering.RunAsync(database.Settings, $"""UPDATE "Projects" SET "EntityId" = '{Id}F', "Stage" = 'Closed'""");
        (await NamedAsync()).ShouldBe(["EntityId", "Stage"], ignoreOrder: true);
    }

    static string Script(string name, DbSettings settings)
    {
        var assembly = typeof(Schema).Assembly;
        var resource = assembly.GetManifestResourceNames().Single(n => n.EndsWith(name + (settings.IsSqlite ? ".sqlite.sql" : ".postgres.sql"), StringComparison.Ordinal));
        using var text = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return text.ReadToEnd();
    }

    static async Task RunAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    static DbConnection Open(DbSettings settings) => settings.IsSqlite ? new SqliteConnection(settings.SqliteConnection) : new NpgsqlConnection(settings.Postgres);
}
