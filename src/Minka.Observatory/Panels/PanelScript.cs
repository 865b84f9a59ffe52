using Minka.Observatory.Importing;

namespace Minka.Observatory.Panels;

/// <summary>Who runs a statement.</summary>
public enum SqlDialect
{
    /// <summary>DuckDB.</summary>
    DuckDb,

    /// <summary>ClickHouse from version 24 on.</summary>
    ClickHouse,

    /// <summary>Trino.</summary>
    Trino,

    /// <summary>Spark SQL.</summary>
    Spark,
}

/// <summary>The statements of a panel as text, for other engines over the same Parquet: size, concentration and cohesion by their names.</summary>
/// <remarks>
/// It is the statement that <see cref="SpendPanels"/> runs, over the bare folder; other dialects differ in names of functions only. It takes every file
/// as it lies: where imports overlap, choose first what is in force (docs/observatory.md).
/// </remarks>
public static class PanelScript
{
    /// <summary>The columns of the sums before those of functions and districts; ClickHouse names them after their table unless each is named.</summary>
    private static readonly string[] Plain =
        ["year", "g", "n", "n_positive", "t", "exact", "q", "l", "logs", "r", "largest", "top4", "median", "p90", "deviation", "n100k", "t100k", "n1m", "t1m", "n10m", "t10m", "nbig", "tbig"];

    /// <summary>Writes the statement.</summary>
    /// <param name="folder">The store.</param>
    /// <param name="by">What rows stand for.</param>
    /// <param name="amount">What the size of a project is: of spending, investments or agreements.</param>
    /// <param name="dialect">Who runs it. Trino and Spark read a table of the name <c>spending</c> (<c>investments</c>, <c>agreements</c>) over the folder, which is theirs to declare.</param>
    public static string Of(string folder, PanelBy by, PanelAmount amount, SqlDialect dialect = SqlDialect.DuckDb)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var table = amount switch
        {
            PanelAmount.Pim or PanelAmount.Devengado => StoreTable.Spending,
            PanelAmount.Costo or PanelAmount.Viable => StoreTable.Investments,
            _ => StoreTable.Agreements,
        };
        var projects = table == StoreTable.Spending ? PanelSql.SpendingProjectsOfOneYear : table == StoreTable.Investments ? PanelSql.InvestmentProjects(DateOnly.MaxValue) : PanelSql.AgreementProjects;
        var panel = PanelSql.Panel(new("projects"), by, SpendPanels.ColumnOf(table, amount), new(""), new(""));
        var text =
            $"""
            WITH {Source(folder, table, dialect)}projects AS (
            {projects}
            ), sums AS (
            {panel}
            )
            SELECT year, g AS code, n, t AS total, t / n AS mean, median, p90 AS p90_type7, q / t AS size_weighted_mean,
                   CAST(n100k + n1m AS DOUBLE) / n AS "atomisation_count_share_lt_1M", (t100k + t1m) / t AS "amount_share_lt_1M", CAST(n100k AS DOUBLE) / n AS share_lt_100k, t100k / t AS amount_share_lt_100k,
                   q / (t * t) AS hhi, exp(ln(t) - l / t) AS eff_number_q1, t * t / q AS eff_number_q2, largest / t AS cr1, (2 * r - (n + 1) * t) / (n * t) AS gini_population, ln(n) - (ln(t) - l / t) AS "theil_T",
                   CASE WHEN axes > 0 THEN qf / (t * t) END AS hhi_axes, CASE WHEN axes > 0 THEN exp(ln(t) - lf / t) END AS eff_axes,
                   CASE WHEN n > 1 AND axes > 0 THEN (pf + pd - pfd) / (n * (n - 1) / 2.0) END AS linked_pair_share, CASE WHEN n > 1 AND axes > 0 THEN isolated / t END AS isolated_amount_share,
                   CASE WHEN n > 1 AND axes > 0 AND pf + pd - pfd > 0 THEN pf / (pf + pd - pfd) - ends / (4 * (pf + pd - pfd) * (pf + pd - pfd)) END AS modularity
            FROM sums WHERE t > 0 ORDER BY year, code
            """;
        return Translated(text, dialect) + (dialect == SqlDialect.ClickHouse ? "\nSETTINGS use_hive_partitioning = 1, join_use_nulls = 1" : "");
    }

    private static string Source(string folder, StoreTable table, SqlDialect dialect)
    {
        var files = Duck.DuckSql.Literal($"{folder.Replace('\\', '/')}/tables/{table.Name}/import=*/year=*/department=*/*.parquet");
        return dialect switch
        {
            SqlDialect.DuckDb => $"{table.Name} AS (SELECT * REPLACE (CAST(year AS INTEGER) AS year) FROM read_parquet({files}, hive_partitioning = true, hive_types_autocast = false)), ",
            // ClickHouse takes the folders' digits for a number and loses the zero.
            SqlDialect.ClickHouse => $"{table.Name} AS (SELECT * REPLACE (leftPad(toString(department), 2, '0') AS department) FROM file({files}, Parquet)), ",
            _ => "",
        };
    }

    private static string Translated(string text, SqlDialect dialect)
    {
        (string From, string To)[] words = dialect switch
        {
            SqlDialect.ClickHouse =>
            [
                ("arg_max(", "argMax("), ("arg_min(", "argMin("), ("quantile_cont(a, 0.5)", "quantileExactInclusive(0.5)(a)"), ("quantile_cont(a, 0.9)", "quantileExactInclusive(0.9)(a)"), ("bool_or(", "max("),
                ("SELECT s.*, coalesce", $"SELECT {string.Join(", ", Plain.Select(c => $"s.{c} AS {c}"))}, coalesce"),
                (" * EXCLUDE (registered)", " * EXCEPT (registered)"), ("AS VARCHAR)", "AS Nullable(String))"), ("AS DOUBLE)", "AS Nullable(Float64))"), ("AS DECIMAL(18,2))", "AS Nullable(Decimal(18, 2)))"), ("AS BIGINT)", "AS Nullable(Int64))"),
            ],
            SqlDialect.Trino =>
            [
                ("arg_max(", "max_by("), ("arg_min(", "min_by("), ("quantile_cont(a, 0.5)", "approx_percentile(a, 0.5)"), ("quantile_cont(a, 0.9)", "approx_percentile(a, 0.9)")
            ],
            SqlDialect.Spark =>
            [
                ("arg_max(", "max_by("), ("arg_min(", "min_by("), ("quantile_cont(a, 0.5)", "percentile(a, 0.5)"), ("quantile_cont(a, 0.9)", "percentile(a, 0.9)"), (" * EXCLUDE (registered)", " * EXCEPT (registered)"), ("AS VARCHAR)", "AS STRING)"),
                ("date_diff('day', planned_end, day)", "datediff(day, planned_end)"), ("date_diff('day', planned_start, planned_end)", "datediff(planned_end, planned_start)"), ("date_diff('day', planned_end, actual_end)", "datediff(actual_end, planned_end)"),
                ("\"", "`"),
            ],
            _ => [],
        };
        return words.Aggregate(text, (t, w) => t.Replace(w.From, w.To, StringComparison.Ordinal));
    }
}
