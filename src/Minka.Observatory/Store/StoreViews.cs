using Minka.Observatory.Duck;
using Minka.Observatory.Importing;

namespace Minka.Observatory.Store;

/// <summary>The tables of a store as views of what is in force: of two imports that hold one key, the later counts.</summary>
/// <remarks>
/// The same statements run in Spark and Trino over the same Parquet (docs/observatory.md). Without an overlap between imports a view is the files
/// themselves, so a store of one file a year pays nothing.
/// </remarks>
internal static class StoreViews
{
    /// <summary>Makes the view of a table.</summary>
    /// <returns>False if the table holds nothing: then there is no view.</returns>
    public static bool Create(DuckDatabase database, SpendStore store, StoreTable table, CancellationToken cancel = default)
    {
        var files = store.FilesOf(table);
        if (files.Count == 0)
            return false;
        var source = new Sql($"read_parquet([{string.Join(", ", files.Select(DuckSql.Literal))}], hive_partitioning = true, hive_types_autocast = false, union_by_name = true)");
        // Files of an earlier version lack the columns that came later.
        var there = database.Query($"SELECT * FROM {source} LIMIT 0", cancel).Columns.ToHashSet(StringComparer.Ordinal);
        var columns = new Sql(string.Join(", ", table.Columns.Where(c => c.Name is not ("year" or "department")).Select(c => there.Contains(c.Name) ? c.Name : $"CAST(NULL AS {c.Type}) AS {c.Name}")));
        database.Run($"CREATE OR REPLACE VIEW {new Sql("all_" + table.Name)} AS SELECT CAST(\"import\" AS INTEGER) AS import, CAST(year AS INTEGER) AS year, department, {columns} FROM {source}", cancel);
        var of = store.Active.Where(i => i.Table == table.Name).ToList();
        if (of.Count == 1 || !Overlap(database, table, cancel))
        {
            database.Run($"CREATE OR REPLACE VIEW {new Sql(table.Name)} AS SELECT * FROM {new Sql("all_" + table.Name)}", cancel);
            return true;
        }

        InForce(database, table, of, cancel);
        var join = table == StoreTable.Spending
            ? new Sql("f.import = a.import AND f.year = a.year AND f.entity = coalesce(a.entity, '') AND f.month = a.month")
            : table == StoreTable.Budgets ? new Sql("f.import = a.import AND f.year = a.year AND f.entity = coalesce(a.entity, '')") : new Sql("f.import = a.import AND f.code = coalesce(a.code, '')");
        database.Run($"CREATE OR REPLACE VIEW {new Sql(table.Name)} AS SELECT a.* FROM {new Sql("all_" + table.Name)} a SEMI JOIN {new Sql("in_force_" + table.Name)} f ON {join}", cancel);
        return true;
    }

    /// <summary>Names of codes: of several, that of the latest import.</summary>
    public static bool CreateNames(DuckDatabase database, SpendStore store, CancellationToken cancel = default)
    {
        var files = store.FilesOf(StoreTable.Names);
        if (files.Count == 0)
            return false;
        database.Run($"CREATE OR REPLACE VIEW names AS SELECT kind, code, arg_max(name, \"import\") AS name FROM read_parquet({files}, hive_partitioning = true, hive_types_autocast = false) GROUP BY kind, code", cancel);
        return true;
    }

    private static bool Overlap(DuckDatabase database, StoreTable table, CancellationToken cancel)
    {
        // Spending of one year and office, be it told by month or as a whole, is one matter.
        var key = table == StoreTable.Spending ? "year, coalesce(entity, '')" : table == StoreTable.Budgets ? "year, coalesce(entity, '')" : "coalesce(code, '')";
        return (long)database.Query($"SELECT count(*) FROM (SELECT 1 FROM {new Sql("all_" + table.Name)} GROUP BY {new Sql(key)} HAVING min(import) < max(import))", cancel).Single! > 0;
    }

    private static void InForce(DuckDatabase database, StoreTable table, List<ImportRecord> of, CancellationToken cancel)
    {
        var all = new Sql("all_" + table.Name);
        var key = new Sql(table == StoreTable.Spending ? "year, coalesce(entity, '') AS entity, month" : table == StoreTable.Budgets ? "year, coalesce(entity, '') AS entity" : "coalesce(code, '') AS code");
        database.Run($"CREATE OR REPLACE TABLE claims AS SELECT DISTINCT import, {key} FROM {all}", cancel);
        foreach (var replacing in of.Where(i => i.Replaces))
        {
            foreach (var earlier in of.Where(i => i.Number < replacing.Number && i.Kind == replacing.Kind))
            {
                if (table == StoreTable.Spending || table == StoreTable.Budgets)
                    database.Run($"DELETE FROM claims WHERE import = {earlier.Number} AND year IN ({new Sql(string.Join(", ", replacing.Years))})", cancel);
                else
                    database.Run($"DELETE FROM claims WHERE import = {earlier.Number}", cancel);
            }
        }

        if (table == StoreTable.Spending)
        {
            database.Run(
                $"""
                CREATE OR REPLACE TABLE in_force_spending AS
                WITH shape AS (SELECT year, entity, arg_max(month = 99, import) AS whole FROM claims GROUP BY year, entity)
                SELECT max(c.import) AS import, c.year, c.entity, c.month
                FROM claims c JOIN shape s ON s.year = c.year AND s.entity = c.entity
                WHERE (c.month = 99) = s.whole
                GROUP BY c.year, c.entity, c.month
                """, cancel);
        }
        else
        {
            var group = new Sql(table == StoreTable.Budgets ? "year, entity" : "code");
            database.Run($"CREATE OR REPLACE TABLE {new Sql("in_force_" + table.Name)} AS SELECT max(import) AS import, {group} FROM claims GROUP BY {group}", cancel);
        }
    }
}
