using System.Globalization;
using Minka.Measures.Spending;
using Minka.Observatory.Duck;

namespace Minka.Observatory.Panels;

/// <summary>
/// The statements behind panels. <see cref="SpendingProjects"/>, <see cref="InvestmentProjects"/> and <see cref="AgreementProjects"/> make one row of
/// each project; <see cref="Panel"/> measures any of them by any group.
/// </summary>
internal static class PanelSql
{
    /// <summary>One row a project, year, office's place, level and function: the sums of its movements.</summary>
    public static Sql SpendingProjects { get; } = new(
        """
        SELECT s.*, p.project IS NOT NULL AS continued
        FROM (
          SELECT year, project, department, substr(ubigeo, 1, 4) AS province, ubigeo AS district, level, function, ubigeo AS place,
                 CAST(sum(pia) AS DECIMAL(18,2)) AS pia, CAST(sum(pim) AS DECIMAL(18,2)) AS pim, CAST(sum(accrued) AS DECIMAL(18,2)) AS accrued,
                 CAST(sum(paid) AS DECIMAL(18,2)) AS paid, CAST(sum(accrued_december) AS DECIMAL(18,2)) AS december
          FROM spending
          WHERE kind = '2' AND project IS NOT NULL
          GROUP BY year, project, department, ubigeo, level, function
        ) s
        LEFT JOIN (SELECT year + 1 AS year, project FROM spending WHERE kind = '2' AND project IS NOT NULL GROUP BY year, project HAVING sum(accrued) > 0) p
          ON p.year = s.year AND p.project = s.project
        """);

    /// <summary>The same where the store holds one year alone: nothing came before.</summary>
    public static Sql SpendingProjectsOfOneYear { get; } = new(
        """
        SELECT year, project, department, substr(ubigeo, 1, 4) AS province, ubigeo AS district, level, function, ubigeo AS place,
               CAST(sum(pia) AS DECIMAL(18,2)) AS pia, CAST(sum(pim) AS DECIMAL(18,2)) AS pim, CAST(sum(accrued) AS DECIMAL(18,2)) AS accrued,
               CAST(sum(paid) AS DECIMAL(18,2)) AS paid, CAST(sum(accrued_december) AS DECIMAL(18,2)) AS december, FALSE AS continued
        FROM spending
        WHERE kind = '2' AND project IS NOT NULL
        GROUP BY year, project, department, ubigeo, level, function
        """);

    /// <summary>All money of the budget, activities too: for what a place depends on.</summary>
    public static Sql SpendingBudget { get; } = new(
        """
        SELECT year, department, substr(ubigeo, 1, 4) AS province, ubigeo AS district, level, function,
               CAST(sum(pim) AS DOUBLE) AS pim, CAST(coalesce(sum(CASE WHEN rubro = '07' OR rubro = '7' THEN pim END), 0) AS DOUBLE) AS foncomun,
               CAST(coalesce(sum(CASE WHEN rubro = '18' THEN pim END), 0) AS DOUBLE) AS canon, count(rubro) AS rubros
        FROM spending
        GROUP BY year, department, ubigeo, level, function
        """);

    /// <summary>
    /// One row a code: of rows that disagree the first of the file counts; a project in several places is told once, in the group <c>*</c> of every
    /// level at which its places differ. Rows of year 0 stand for all years. <c>stopped</c> is the comptroller's rule of paralysed works: begun, not
    /// finished, no progress declared for six months up to the day of the file; nothing where the file does not tell. A work that should have ended and
    /// has not is late at least until that day (<c>open</c>).
    /// </summary>
    /// <remarks>
    /// Costs without the rise of prices: the viable cost is in prices of the year of its viability, the updated one in those of the file's latest day, for no
    /// file dates it; of a work that is closed, of its last accrual. Both are brought to the last year of the index.
    /// </remarks>
    /// <param name="imported">The day of the last import: no later day is believed.</param>
    /// <param name="prices">The index; <see langword="null"/> leaves those columns empty.</param>
    public static Sql InvestmentProjects(DateOnly imported, PriceIndex? prices = null) => new(
        $"""
        WITH today AS (
          SELECT max(reported) AS day FROM investments WHERE kind NOT IN ('cierre-inversiones', 'inversiones-desactivadas') AND reported <= DATE '{Day(imported)}'
        ), vintage AS (
          SELECT import AS told_in, max(greatest({YearOf("registered", imported)}, {YearOf("viability", imported)}, {YearOf("reported", imported)})) AS told_year
          FROM investments GROUP BY import
        ), p AS (
          SELECT code AS project, arg_min(year, line) AS registered,
                 CASE WHEN count(DISTINCT department) > 1 THEN '*' ELSE min(CASE WHEN department <> '00' THEN department END) END AS department,
                 CASE WHEN count(DISTINCT coalesce(substr(ubigeo, 1, 4), '')) > 1 THEN '*' WHEN min(substr(ubigeo, 3, 2)) = '00' THEN NULL ELSE min(substr(ubigeo, 1, 4)) END AS province,
                 CASE WHEN count(DISTINCT coalesce(ubigeo, '')) > 1 THEN '*' WHEN min(substr(ubigeo, 5, 2)) = '00' THEN NULL ELSE min(ubigeo) END AS district,
                 arg_min(level, line) AS told, arg_min(sector, line) AS sector, arg_min(function, line) AS function,
                 arg_min(cost, line) AS costo, arg_min(viable, line) AS viable,
                 arg_min(planned_start, line) AS planned_start, arg_min(planned_end, line) AS planned_end, arg_min(actual_start, line) AS actual_start, arg_min(actual_end, line) AS actual_end,
                 arg_min(progress, line) AS progress, arg_min(viability, line) AS viability, max(last_accrual) AS last_accrual, max(import) AS source, max(reported) AS reported, bool_or(kind NOT IN ('cierre-inversiones', 'inversiones-desactivadas')) AS active
          FROM investments
          WHERE code IS NOT NULL
          GROUP BY code
        ), w AS (
          SELECT p.*, today.day, year(viability) AS viable_year, CASE WHEN NOT active AND last_accrual IS NOT NULL THEN CAST(floor(last_accrual / 100) AS INTEGER) ELSE told_year END AS cost_year, active AND (reported IS NOT NULL OR actual_start <= today.day) AND coalesce(progress < 100, actual_end IS NULL OR actual_end > today.day) AS unfinished
          FROM p CROSS JOIN today LEFT JOIN vintage ON told_in = source
        ), r AS (
          SELECT w.*, CASE WHEN viable > 0 THEN CAST(viable AS DOUBLE) * {Worth("viable_year", prices)} END AS viable_real, CASE WHEN viable > 0 THEN CAST(costo AS DOUBLE) * {Worth("cost_year", prices)} END AS cost_real FROM w
        ), k AS (
          SELECT project, registered, department, province, district, function, costo, viable,
                 CASE WHEN district IS NULL OR district = '*' THEN NULL ELSE district END AS place,
                 CASE WHEN coalesce(told, sector) IS NULL THEN NULL
                      WHEN upper(coalesce(told, sector)) LIKE '%LOCAL%' OR upper(told) IN ('GL', 'M') THEN 'M'
                      WHEN upper(coalesce(told, sector)) LIKE '%REGIONAL%' OR upper(told) IN ('GR', 'R') THEN 'R'
                      ELSE 'E' END AS level,
                 CASE WHEN viable > 0 AND costo IS NOT NULL THEN CAST(costo - viable AS DOUBLE) / CAST(viable AS DOUBLE) END AS overrun,
                 CASE WHEN cost_real IS NOT NULL THEN viable_real END AS viable_real, CASE WHEN viable_real IS NOT NULL THEN cost_real END AS cost_real, cost_real / viable_real - 1 AS overrun_real,
                 CASE WHEN planned_end > planned_start AND unfinished AND day > planned_end AND coalesce(actual_end <= day, TRUE) THEN CAST(date_diff('day', planned_end, day) AS DOUBLE) / date_diff('day', planned_start, planned_end)
                      WHEN planned_end > planned_start AND actual_end IS NOT NULL THEN CAST(date_diff('day', planned_end, actual_end) AS DOUBLE) / date_diff('day', planned_start, planned_end) END AS late,
                 planned_end > planned_start AND unfinished AND day > planned_end AND coalesce(actual_end <= day, TRUE) AS open,
                 CASE WHEN unfinished AND reported IS NOT NULL THEN reported <= day - INTERVAL 6 MONTH END AS stopped,
                 active AND day IS NOT NULL AS dated
          FROM r
        )
        SELECT 0 AS year, * EXCLUDE (registered) FROM k
        UNION ALL
        SELECT registered AS year, * EXCLUDE (registered) FROM k WHERE registered > 0
        """);

    /// <summary>The year of a column of days; 0 for none, and for a day that had not come.</summary>
    private static string YearOf(string column, DateOnly imported) => $"CASE WHEN {column} <= DATE '{Day(imported)}' THEN year({column}) ELSE 0 END";

    private static string Day(DateOnly day) => day.ToString("o", CultureInfo.InvariantCulture);

    /// <summary>What a sol of a year is in the index's last: nothing for a year that it does not tell.</summary>
    private static string Worth(string year, PriceIndex? prices)
    {
        if (prices is null)
            return "CAST(NULL AS DOUBLE)";
        var last = prices.Levels.Values.Last();
        return $"CASE {year} {string.Join(' ', prices.Levels.Select(l => string.Create(CultureInfo.InvariantCulture, $"WHEN {l.Key} THEN {last / l.Value:R}")))} END";
    }

    /// <summary>One row an agreement.</summary>
    public static Sql AgreementProjects { get; } = new(
        """
        SELECT arg_min(year, line) AS year, code AS project, arg_min(CASE WHEN department = '00' THEN place ELSE department END, line) AS department, CAST(NULL AS VARCHAR) AS province, CAST(NULL AS VARCHAR) AS district, CAST(NULL AS VARCHAR) AS level,
               CAST(NULL AS VARCHAR) AS function, CAST(NULL AS VARCHAR) AS place, arg_min(total, line) AS convenio, arg_min(transfer, line) AS transfer, arg_min(counterpart, line) AS counterpart
        FROM agreements
        WHERE code IS NOT NULL
        GROUP BY code
        """);

    /// <summary>Whole budgets: of each department and year the narrowest places that the files tell.</summary>
    public static Sql Budgets { get; } = new(
        """
        WITH b AS (
          SELECT year, department, ubigeo, CASE WHEN substr(ubigeo, 3, 4) = '0000' THEN 1 WHEN substr(ubigeo, 5, 2) = '00' THEN 2 ELSE 3 END AS grain, pia, pim, accrued, paid
          FROM budgets
        ), g AS (SELECT year, department, max(grain) AS grain FROM b GROUP BY year, department)
        SELECT b.year, b.department, CASE WHEN b.grain >= 2 THEN substr(b.ubigeo, 1, 4) END AS province, CASE WHEN b.grain = 3 THEN b.ubigeo END AS district, 'M' AS level, CAST(NULL AS VARCHAR) AS function,
               b.pia, b.pim, b.accrued, b.paid
        FROM b JOIN g ON g.year = b.year AND g.department = b.department AND g.grain = b.grain
        """);

    /// <summary>The group of a row.</summary>
    public static Sql Group(PanelBy by) => new(by switch
    {
        PanelBy.Country => "'PE'",
        PanelBy.Department => "coalesce(department, '')",
        PanelBy.Province => "coalesce(province, '')",
        PanelBy.District => "coalesce(district, '')",
        PanelBy.Function => "coalesce(function, '')",
        _ => "coalesce(level, '')",
    });

    /// <summary>Every sum that the indicators need, one row a year and group. Doubles of soles; only <c>exact</c> is a decimal.</summary>
    /// <param name="projects">The table of projects.</param>
    /// <param name="by">The groups.</param>
    /// <param name="amount">Column of the size of a project.</param>
    /// <param name="extra">Further columns of each project, each an aggregate over its rows and the name that it gets.</param>
    /// <param name="sums">Further sums over them.</param>
    public static Sql Panel(Sql projects, PanelBy by, Sql amount, Sql extra, Sql sums) => new(
        $"""
        WITH x AS (
          SELECT year, {Group(by)} AS g, project, CAST(sum({amount}) AS DOUBLE) AS a, sum({amount}) AS exact, arg_max(function, coalesce({amount}, 0)) AS f, arg_max(place, coalesce({amount}, 0)) AS d{extra}
          FROM {projects}
          GROUP BY year, {Group(by)}, project
          HAVING sum({amount}) IS NOT NULL
        ), v AS (
          SELECT *, row_number() OVER (PARTITION BY year, g ORDER BY a) AS i, count(*) OVER (PARTITION BY year, g) AS size FROM x WHERE a >= 0
        ), s AS (
          SELECT year, g, count(*) AS n, count(*) FILTER (WHERE a > 0) AS n_positive, sum(a) AS t, CAST(sum(exact) AS VARCHAR) AS exact, sum(a * a) AS q, sum(CASE WHEN a > 0 THEN a * ln(a) ELSE 0 END) AS l,
                 sum(CASE WHEN a > 0 THEN ln(a) ELSE 0 END) AS logs, sum(i * a) AS r, max(a) AS largest, sum(CASE WHEN i > size - 4 THEN a ELSE 0 END) AS top4,
                 quantile_cont(a, 0.5) AS median, quantile_cont(a, 0.9) AS p90, stddev_pop(a) AS deviation,
                 count(*) FILTER (WHERE a < 100000) AS n100k, sum(CASE WHEN a < 100000 THEN a ELSE 0 END) AS t100k,
                 count(*) FILTER (WHERE a >= 100000 AND a < 1000000) AS n1m, sum(CASE WHEN a >= 100000 AND a < 1000000 THEN a ELSE 0 END) AS t1m,
                 count(*) FILTER (WHERE a >= 1000000 AND a <= 10000000) AS n10m, sum(CASE WHEN a >= 1000000 AND a <= 10000000 THEN a ELSE 0 END) AS t10m,
                 count(*) FILTER (WHERE a > 10000000) AS nbig, sum(CASE WHEN a > 10000000 THEN a ELSE 0 END) AS tbig{sums}
          FROM v GROUP BY year, g
        ), c0 AS (
          SELECT year, g, f, d, count(*) AS n, sum(a) AS t, sum(a * a) AS q FROM v GROUP BY year, g, f, d
        ), f0 AS (
          SELECT year, g, f, CAST(sum(n) AS BIGINT) AS n, sum(t) AS t, sum(q) AS q FROM c0 GROUP BY year, g, f
        ), f1 AS (
          SELECT year, g, count(f) AS axes, sum(CASE WHEN f IS NULL THEN t ELSE 0 END) AS untagged, sum(CASE WHEN t > 0 THEN t * ln(t) ELSE 0 END) AS lf, sum(t * t) AS qf, sum(CASE WHEN t > 0 THEN t * ln(t / n) ELSE 0 END) AS bf,
                 sum(CASE WHEN f IS NOT NULL THEN n * (n - 1) / 2.0 ELSE 0 END) AS pf, sum(CASE WHEN f IS NOT NULL THEN (t * t - q) / 2 ELSE 0 END) AS xf
          FROM f0 GROUP BY year, g
        ), d0 AS (
          SELECT year, g, d, CAST(sum(n) AS BIGINT) AS n, sum(t) AS t, sum(q) AS q FROM c0 WHERE d IS NOT NULL GROUP BY year, g, d
        ), d1 AS (
          SELECT year, g, sum(n * (n - 1) / 2.0) AS pd, sum((t * t - q) / 2) AS xd FROM d0 GROUP BY year, g
        ), fd AS (
          SELECT year, g, sum(n * (n - 1) / 2.0) AS pfd FROM c0 WHERE f IS NOT NULL AND d IS NOT NULL GROUP BY year, g
        ), ties AS (
          SELECT c0.year AS year, c0.g AS g, c0.f AS f, c0.n AS n, c0.t AS t,
                 CASE WHEN c0.f IS NULL THEN 0 ELSE f0.n - 1 END + CASE WHEN c0.d IS NULL THEN 0 ELSE d0.n - 1 END - CASE WHEN c0.f IS NULL OR c0.d IS NULL THEN 0 ELSE c0.n - 1 END AS k
          FROM c0 LEFT JOIN f0 ON f0.year = c0.year AND f0.g = c0.g AND f0.f = c0.f LEFT JOIN d0 ON d0.year = c0.year AND d0.g = c0.g AND d0.d = c0.d
        ), lone AS (
          SELECT year, g, sum(CASE WHEN k = 0 THEN t ELSE 0 END) AS isolated FROM ties GROUP BY year, g
        ), ends AS (
          SELECT year, g, sum(s) AS ends FROM (
            SELECT year, g, sum(CAST(n AS DOUBLE) * k) * sum(CAST(n AS DOUBLE) * k) AS s FROM ties WHERE f IS NOT NULL GROUP BY year, g, f
            UNION ALL SELECT year, g, CAST(n AS DOUBLE) * k * k AS s FROM ties WHERE f IS NULL
          ) e GROUP BY year, g
        ), minus AS (SELECT year, g, count(*) AS negative FROM x WHERE a < 0 GROUP BY year, g)
        SELECT s.*, coalesce(minus.negative, 0) AS negative, f1.axes AS axes, f1.lf AS lf, f1.qf AS qf, f1.bf AS bf, f1.pf AS pf, f1.xf AS xf, coalesce(d1.pd, 0) AS pd, coalesce(d1.xd, 0) AS xd, coalesce(fd.pfd, 0) AS pfd, coalesce(lone.isolated, 0) AS isolated, f1.untagged AS untagged, ends.ends AS ends
        FROM s JOIN f1 USING (year, g) LEFT JOIN d1 USING (year, g) LEFT JOIN fd USING (year, g) LEFT JOIN lone USING (year, g) LEFT JOIN ends USING (year, g) LEFT JOIN minus USING (year, g)
        ORDER BY year, g
        """);

    /// <summary>The projects of each group by function and district: what two projects must share to be linked.</summary>
    /// <param name="projects">The table of projects.</param>
    /// <param name="by">The groups.</param>
    /// <param name="amount">Column of the size of a project.</param>
    public static Sql Cells(Sql projects, PanelBy by, Sql amount) => new(
        $"""
        SELECT year, g, f, d, count(*) AS n, sum(a) AS t, max(a) AS largest
        FROM ({Sizes(projects, by, amount)}) x
        WHERE a >= 0 GROUP BY year, g, f, d ORDER BY year, g
        """);

    /// <summary>Each project of a group once, with its size, function and district.</summary>
    public static Sql Sizes(Sql projects, PanelBy by, Sql amount) => new(
        $"""
        SELECT year, {Group(by)} AS g, project, CAST(sum({amount}) AS DOUBLE) AS a, arg_max(function, coalesce({amount}, 0)) AS f, arg_max(place, coalesce({amount}, 0)) AS d
        FROM {projects} GROUP BY year, {Group(by)}, project HAVING sum({amount}) IS NOT NULL
        """);
}
