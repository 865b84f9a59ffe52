using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Docs;

public sealed class GlossaryTests
{
    [Fact]
    public async Task Glossary_EveryTable_HasItsRow()
    {
        var named = File.ReadLines(Path.Combine(Root(), "docs", "glossary.md"))
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .Select(line => line.Split('|'))
            .Where(cells => cells.Length > 5)
            .Select(cells => cells[3].Trim().Trim('`'))
            .ToHashSet(StringComparer.Ordinal);
        await using var database = await TestDatabase.CreateAsync();
        var tables = await database.ReadAsync(db => Task.FromResult(db.Model.GetEntityTypes().Select(t => t.ClrType.Name.Split('`')[0]).ToList()));

        tables.Except(named).ShouldBeEmpty("docs/glossary.md lacks a row for these tables");
    }

    internal static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Minka.slnx"))) return folder.FullName;
        throw new InvalidOperationException("Minka.slnx is nowhere above the tests");
    }
}
