using System.Text.Json;
using Minka.Observatory.Duck;
using Minka.Observatory.Importing;
using Minka.Observatory.Store;

namespace Minka.Observatory.Panels;

/// <summary>
/// Panels of a store. The first question of a generation prepares its projects and the panel asked for and keeps both beside the data; later ones read
/// the kept panel without DuckDB.
/// </summary>
public sealed class SpendPanels(SpendStore store)
{
    private const int MemoryMegabytes = 1_000;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Reads a panel; prepares it if nobody has asked for it since the last import.</summary>
    /// <param name="by">What its rows stand for.</param>
    /// <param name="amount">What the size of a project is.</param>
    /// <param name="cancel">Stops it.</param>
    /// <exception cref="StoreFault">The store has no data for it.</exception>
    /// <exception cref="DuckMissing">It is not prepared and the native library is not here.</exception>
    public Panel Read(PanelBy by, PanelAmount amount, CancellationToken cancel = default)
    {
        var path = PathOf(by, amount);
        if (!File.Exists(path))
            Prepare([(by, amount)], cancel);
        return JsonSerializer.Deserialize<Panel>(File.ReadAllBytes(path), Json)!;
    }

    /// <summary>Prepares every panel that the store has data for, so that no page needs to.</summary>
    /// <param name="cancel">Stops it.</param>
    public void PrepareAll(CancellationToken cancel = default) => Prepare(
        [.. Enum.GetValues<PanelAmount>().Where(a => TableOf(a) is not null).SelectMany(a => Enum.GetValues<PanelBy>().Select(b => (b, a)))], cancel);

    /// <summary>Prepares the projects of every table, from which any panel is soon made; what an import does last.</summary>
    /// <param name="cancel">Stops it.</param>
    public void PrepareProjects(CancellationToken cancel = default)
    {
        Directory.CreateDirectory(store.Prepared);
        using var database = store.Database(MemoryMegabytes);
        foreach (var table in StoreTable.All.Where(t => store.Active.Any(i => i.Table == t.Name)))
            Projects(database, table, cancel);
    }

    /// <summary>The share of each group's money that lies on declared axes: functions that a plan names. Money without a function is not aligned.</summary>
    /// <param name="by">The groups.</param>
    /// <param name="amount">What the size of a project is.</param>
    /// <param name="axes">The functions, as the files write them.</param>
    /// <param name="cancel">Stops it.</param>
    public IReadOnlyDictionary<(string Code, int? Year), double> AxisAlignment(PanelBy by, PanelAmount amount, IReadOnlyCollection<string> axes, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(axes);
        return Ask(amount, (database, projects, column) => database.Query(
            $"SELECT year, g, sum(CASE WHEN list_contains({axes}, f) THEN a ELSE 0 END) / sum(a) FROM ({PanelSql.Sizes(projects, by, column)}) x WHERE a >= 0 GROUP BY year, g HAVING sum(a) > 0", cancel)
            .ToDictionary(r => ((string)r[1]!, YearOf(r[0])), r => (double)r[2]!));
    }

    /// <summary>The money of each group in each province, for what lies in no place of its own: functions and levels.</summary>
    /// <param name="by">The groups.</param>
    /// <param name="amount">What the size of a project is.</param>
    /// <param name="cancel">Stops it.</param>
    public IReadOnlyDictionary<(string Code, int? Year), IReadOnlyDictionary<string, decimal>> Provinces(PanelBy by, PanelAmount amount, CancellationToken cancel = default) =>
        Ask(amount, (database, projects, column) => database.Query(
            $"SELECT year, {PanelSql.Group(by)}, province, CAST(sum({column}) AS DECIMAL(18,2)) FROM {projects} WHERE province IS NOT NULL AND province <> '*' AND {column} IS NOT NULL GROUP BY ALL", cancel)
            .GroupBy(r => ((string)r[1]!, YearOf(r[0])))
            .ToDictionary(g => g.Key, g => (IReadOnlyDictionary<string, decimal>)g.ToDictionary(r => (string)r[2]!, r => (decimal)r[3]!, StringComparer.Ordinal)));

    private static int? YearOf(object? year) => year is long and not 0 and var y ? (int)y : null;

    private IReadOnlyDictionary<(string, int?), T> Ask<T>(PanelAmount amount, Func<DuckDatabase, Sql, Sql, IReadOnlyDictionary<(string, int?), T>> ask)
    {
        // Whole budgets of municipalities know no projects.
        if (TableOf(amount) is not { } table || table == StoreTable.Budgets)
            return new Dictionary<(string, int?), T>();
        Directory.CreateDirectory(store.Prepared);
        using var database = store.Database(MemoryMegabytes);
        Projects(database, table, default);
        return ask(database, new Sql(table.Name + "_projects"), ColumnOf(table, amount));
    }

    internal static Sql ColumnOf(StoreTable table, PanelAmount amount) => new(
        table == StoreTable.Spending ? amount == PanelAmount.Pim ? "pim" : "accrued" : table == StoreTable.Investments ? amount == PanelAmount.Costo ? "costo" : "viable" : "convenio");

    private string PathOf(PanelBy by, PanelAmount amount) => Path.Combine(store.Prepared, $"panel-{by}-{amount}.json".ToLowerInvariant());

    private StoreTable? TableOf(PanelAmount amount)
    {
        bool Has(StoreTable table) => store.Active.Any(i => i.Table == table.Name);
        return amount switch
        {
            PanelAmount.Pim or PanelAmount.Devengado => Has(StoreTable.Spending) ? StoreTable.Spending : Has(StoreTable.Budgets) ? StoreTable.Budgets : null,
            PanelAmount.Costo or PanelAmount.Viable => Has(StoreTable.Investments) ? StoreTable.Investments : null,
            _ => Has(StoreTable.Agreements) ? StoreTable.Agreements : null,
        };
    }

    private void Prepare(IReadOnlyList<(PanelBy By, PanelAmount Amount)> asked, CancellationToken cancel)
    {
        foreach (var (_, amount) in asked)
        {
            if (TableOf(amount) is null)
                throw new StoreFault("store-empty", store.Folder);
        }

        if (asked.Count == 0)
            return;
        Directory.CreateDirectory(store.Prepared);
        using var database = store.Database(MemoryMegabytes);
        var names = NamesOf(database, cancel);
        foreach (var table in asked.GroupBy(a => TableOf(a.Amount)!))
        {
            Projects(database, table.Key, cancel);
            foreach (var (by, amount) in table)
                Write(by, amount, Measure(database, table.Key, by, amount, names, cancel));
        }
    }

    /// <summary>Makes the table of projects of a source, from its kept copy if there is one.</summary>
    private void Projects(DuckDatabase database, StoreTable table, CancellationToken cancel)
    {
        if (table == StoreTable.Spending)
        {
            Kept(database, table, "projects", () => store.Active.Where(i => i.Table == table.Name).SelectMany(i => i.Years).Distinct().Count() == 1 ? PanelSql.SpendingProjectsOfOneYear : PanelSql.SpendingProjects, cancel);
            Kept(database, table, "budget", () => PanelSql.SpendingBudget, cancel);
            return;
        }

        if (table == StoreTable.Budgets)
            Kept(database, table, "whole", () => PanelSql.Budgets, cancel);
        else
            Kept(database, table, "projects", () => table == StoreTable.Investments ? PanelSql.InvestmentProjects(DateOnly.FromDateTime(store.Active.Where(i => i.Table == table.Name).Max(i => i.At)), store.Prices.Index) : PanelSql.AgreementProjects, cancel);
    }

    private void Kept(DuckDatabase database, StoreTable table, string name, Func<Sql> sql, CancellationToken cancel)
    {
        var file = Path.Combine(store.Prepared, $"{table.Name}-{name}.parquet").Replace('\\', '/');
        if (!File.Exists(file))
        {
            StoreViews.Create(database, store, table, cancel);
            var next = file + ".next";
            database.Run($"COPY ({sql()}) TO {next} (FORMAT parquet, COMPRESSION zstd)", cancel);
            File.Move(next, file, overwrite: true);
        }

        database.Run($"CREATE OR REPLACE VIEW {new Sql(table.Name + "_" + name)} AS SELECT * FROM read_parquet({file})", cancel);
    }

    private static List<PanelRow> Measure(DuckDatabase database, StoreTable table, PanelBy by, PanelAmount amount, Dictionary<(string, string), string> names, CancellationToken cancel)
    {
        if (table == StoreTable.Budgets)
            return Whole(database, by, amount, names, cancel);
        var projects = new Sql(table.Name + "_projects");
        var column = ColumnOf(table, amount);
        var (extra, sums) = table == StoreTable.Spending
            ? (
                new Sql(", CAST(sum(pia) AS DOUBLE) AS pia, CAST(sum(pim) AS DOUBLE) AS pim, CAST(sum(accrued) AS DOUBLE) AS accrued, CAST(sum(paid) AS DOUBLE) AS paid, CAST(sum(december) AS DOUBLE) AS december, bool_or(continued) AS continued"),
                new Sql(", sum(pia) AS pia, sum(pim) AS pim, sum(accrued) AS accrued, sum(paid) AS paid, sum(december) AS december, count(*) FILTER (WHERE pim > 0) AS with_pim, count(*) FILTER (WHERE pim > 0 AND accrued = 0) AS idle, sum(CASE WHEN continued THEN pim ELSE 0 END) AS continued"))
            : table == StoreTable.Investments
                ? (
                    new Sql(", CAST(max(CASE WHEN costo IS NOT NULL THEN viable END) AS DOUBLE) AS viable, CAST(max(CASE WHEN viable > 0 THEN costo END) AS DOUBLE) AS updated, max(overrun) AS overrun, max(viable_real) AS viable_real, max(cost_real) AS cost_real, max(overrun_real) AS overrun_real, max(late) AS late, bool_or(open) AS open, bool_or(stopped) AS stopped, bool_or(dated) AS dated"),
                    new Sql(", sum(CASE WHEN viable > 0 THEN viable ELSE 0 END) AS viable, sum(coalesce(updated, 0)) AS updated, median(overrun) AS overrun, sum(viable_real) AS viable_real, sum(cost_real) AS cost_real, median(overrun_real) AS overrun_real, median(late) AS late, count(overrun) AS costed, count(*) FILTER (WHERE overrun > 0) AS over, count(late) AS timed, count(late) FILTER (WHERE open) AS open, count(*) FILTER (WHERE dated) AS dated, count(stopped) AS unfinished, sum(CASE WHEN stopped IS NOT NULL THEN a ELSE 0 END) AS unfinished_amount, count(*) FILTER (WHERE stopped) AS stopped, sum(CASE WHEN stopped THEN a ELSE 0 END) AS stopped_amount"))
                : (new Sql(", CAST(max(transfer) AS DOUBLE) AS transfer, CAST(max(counterpart) AS DOUBLE) AS counterpart"), new Sql(", sum(transfer) AS transfer, sum(counterpart) AS counterpart"));
        // Sums by group.
        var statement = PanelSql.Panel(projects, by, column, extra, sums);
        DuckRows found;
        if (table == StoreTable.Spending)
        {
            found = database.Query(
                $"""
                SELECT m.*, y.before, b.all_pim, b.foncomun, b.canon, b.rubros
                FROM ({statement}) m
                LEFT JOIN (SELECT year, count(*) FILTER (WHERE continued) AS before FROM spending_projects GROUP BY year) y ON y.year = m.year
                LEFT JOIN (SELECT year, {PanelSql.Group(by)} AS g, sum(pim) AS all_pim, sum(foncomun) AS foncomun, sum(canon) AS canon, CAST(sum(rubros) AS BIGINT) AS rubros FROM spending_budget GROUP BY year, {PanelSql.Group(by)}) b ON b.year = m.year AND b.g = m.g
                ORDER BY m.year, m.g
                """, cancel);
        }
        else
        {
            found = database.Query($"{statement}", cancel);
        }

        var linked = LinkedParts.Of(database.Query($"{PanelSql.Cells(projects, by, column)}", cancel));
        return [.. found.Select(row => RowOf(by, found.Columns, row, names, linked))];
    }

    private static List<PanelRow> Whole(DuckDatabase database, PanelBy by, PanelAmount amount, Dictionary<(string, string), string> names, CancellationToken cancel)
    {
        var column = new Sql(amount == PanelAmount.Pim ? "pim" : "accrued");
        var found = database.Query(
            $"""
            SELECT year, {PanelSql.Group(by)} AS g, CAST(sum({column}) AS DOUBLE) AS t, CAST(sum({column}) AS VARCHAR) AS exact, CAST(sum(pia) AS DOUBLE) AS pia, CAST(sum(pim) AS DOUBLE) AS pim, CAST(sum(accrued) AS DOUBLE) AS accrued, CAST(sum(paid) AS DOUBLE) AS paid
            FROM budgets_whole GROUP BY year, {PanelSql.Group(by)} ORDER BY year, g
            """, cancel);
        return [.. found.Select(row => RowOf(by, found.Columns, row, names, new Dictionary<(int, string), LinkedParts>()))];
    }

    private static PanelRow RowOf(PanelBy by, IReadOnlyList<string> columns, object?[] row, Dictionary<(string, string), string> names, IReadOnlyDictionary<(int Year, string Group), LinkedParts> linked)
    {
        var sums = new PanelIndicators.Sums(columns, row);
        var (year, code) = ((int)(long)sums.Value("year")!, (string)sums.Value("g")!);
        return PanelIndicators.Row(code, names.GetValueOrDefault((by.ToString().ToLowerInvariant(), code)), year == 0 ? null : year, sums, by == PanelBy.Function, linked.GetValueOrDefault((year, code)));
    }

    private Dictionary<(string, string), string> NamesOf(DuckDatabase database, CancellationToken cancel) =>
        StoreViews.CreateNames(database, store, cancel)
            ? database.Query($"SELECT kind, code, name FROM names WHERE kind NOT IN ('project', 'entity')", cancel).Where(r => r[0] is string && r[1] is string && r[2] is string).ToDictionary(r => ((string)r[0]!, (string)r[1]!), r => (string)r[2]!)
            : [];

    private void Write(PanelBy by, PanelAmount amount, List<PanelRow> rows)
    {
        var table = TableOf(amount)!;
        var panel = new Panel(by, amount, table.Name, store.Generation, [.. store.Active.Where(i => i.Table == table.Name).Select(i => $"{i.Number}: {i.File}")], rows);
        var next = PathOf(by, amount) + ".next";
        File.WriteAllBytes(next, JsonSerializer.SerializeToUtf8Bytes(panel, Json));
        File.Move(next, PathOf(by, amount), overwrite: true);
    }
}
