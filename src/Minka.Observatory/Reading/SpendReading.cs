using System.Collections.Concurrent;
using System.Globalization;
using Minka.Observatory.Duck;
using Minka.Observatory.Importing;
using Minka.Observatory.Panels;
using Minka.Observatory.Store;

namespace Minka.Observatory.Reading;

/// <summary>What is asked of a store: a group, a year, and what the size of a project is.</summary>
/// <param name="By">What kind of group.</param>
/// <param name="Code">The group.</param>
/// <param name="Year">The year; <see langword="null"/> for investments of all years together.</param>
/// <param name="Amount">What the size of a project is.</param>
public sealed record SpendGroup(PanelBy By, string Code, int? Year, PanelAmount Amount);

/// <summary>
/// Reads one state of a store for pages: panels as they were prepared, held in memory once asked for; the projects of a group from the prepared
/// projects, and what charts need of them, kept for the groups asked for last.
/// </summary>
/// <remarks>For any number of threads. A new import makes a new generation: then another reading is opened.</remarks>
public sealed partial class SpendReading : IDisposable
{
    /// <summary>The code of the whole country in panels.</summary>
    public const string Country = "PE";

    private const int KeptShapes = 512;

    private const int KeptPages = 256;

    private const int MostKeptRows = 100;

    private readonly SpendStore _store;
    private readonly SpendPanels _panels;
    private readonly ConcurrentDictionary<(PanelBy By, PanelAmount Amount), Lazy<HeldPanel>> _held = new();
    private readonly ConcurrentDictionary<SpendGroup, SpendShape> _shapes = new();
    private readonly ConcurrentDictionary<(SpendGroup Group, string? Function, int From, int Count), (IReadOnlyList<SpendProject> Projects, int Total)> _pages = new();
    private readonly ConcurrentBag<DuckDatabase> _idle = [];

    private SpendReading(SpendStore store) => (_store, _panels) = (store, new SpendPanels(store));

    /// <summary>The state that is read.</summary>
    public int Generation => _store.Generation;

    /// <summary>Amounts that the store has data for, spending first.</summary>
    public IReadOnlyList<PanelAmount> Amounts { get; private set; } = [];

    /// <summary>Opens a store and prepares what it lacks.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="cancel">Stops it.</param>
    /// <returns><see langword="null"/> if it holds nothing.</returns>
    /// <exception cref="DuckMissing">The native library is not here.</exception>
    /// <exception cref="StoreFault">Its record is damaged or of a later version.</exception>
    public static SpendReading? Open(string folder, CancellationToken cancel = default)
    {
        DuckLibrary.Load();
        var store = SpendStore.Open(folder);
        if (!store.Active.Any())
            return null;
        var reading = new SpendReading(store);
        reading.Amounts = [.. Enum.GetValues<PanelAmount>().Where(a => TableOf(store, a) is not null)];
        if (!Directory.Exists(store.Prepared) || Directory.EnumerateFiles(store.Prepared, "panel-*.json").Count() < reading.Amounts.Count * Enum.GetValues<PanelBy>().Length)
            reading._panels.PrepareAll(cancel);
        reading.PrepareNames(cancel);
        reading.PrepareCountry(cancel);
        reading.PrepareInvestments(cancel);
        return reading;
    }

    /// <summary>Which state a folder is in, without opening it.</summary>
    /// <param name="folder">Its folder.</param>
    public static DateTime StampOf(string folder) => File.GetLastWriteTimeUtc(Path.Combine(folder, "store.json"));

    /// <summary>The imports behind an amount.</summary>
    /// <param name="amount">The amount.</param>
    public IReadOnlyList<ImportRecord> Sources(PanelAmount amount) => [.. _store.Active.Where(i => i.Table == TableOf(_store, amount)!.Name)];

    /// <summary>Whether the files behind an amount tell single projects, and not whole budgets alone.</summary>
    /// <param name="amount">The amount.</param>
    public bool HasProjects(PanelAmount amount) => TableOf(_store, amount) != StoreTable.Budgets;

    /// <summary>The years of an amount, latest first; nothing stands for all years together.</summary>
    /// <param name="amount">The amount.</param>
    public IReadOnlyList<int?> Years(PanelAmount amount) => Hold(PanelBy.Country, amount).Years;

    /// <summary>A group's indicators; <see langword="null"/> if nothing is known of it.</summary>
    /// <param name="group">The group.</param>
    public PanelRow? Row(SpendGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        return Hold(group.By, group.Amount).Row(group.Code, group.Year);
    }

    /// <summary>All groups of a year, in the order of their codes.</summary>
    /// <param name="by">What kind of groups.</param>
    /// <param name="year">The year.</param>
    /// <param name="amount">What the size of a project is.</param>
    public IReadOnlyList<PanelRow> Rows(PanelBy by, int? year, PanelAmount amount) => Hold(by, amount).Rows(year);

    /// <summary>A group's indicators in each year, in order.</summary>
    /// <param name="by">What kind of group.</param>
    /// <param name="code">The group.</param>
    /// <param name="amount">What the size of a project is.</param>
    public IReadOnlyList<PanelRow> Trend(PanelBy by, string code, PanelAmount amount) => Hold(by, amount).Trend(code);

    /// <summary>What charts need of a group.</summary>
    /// <param name="group">The group.</param>
    /// <param name="cancel">Stops it.</param>
    public SpendShape Shape(SpendGroup group, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(group);
        if (_shapes.TryGetValue(group, out var known))
            return known;
        var shape = HasProjects(group.Amount) ? Use(group.Amount, d => ReadShape(d, group, cancel)) : SpendShape.Of([], [], []);
        // Which of them are asked for again nobody knows; a page costs little to find out anew.
        if (_shapes.Count >= KeptShapes)
            _shapes.Clear();
        return _shapes[group] = shape;
    }

    /// <summary>The projects of a group, largest first.</summary>
    /// <param name="group">The group.</param>
    /// <param name="function">Only those of this function; <see langword="null"/> for all.</param>
    /// <param name="from">How many to leave out.</param>
    /// <param name="count">How many to read.</param>
    /// <param name="cancel">Stops it.</param>
    /// <returns>The projects, and how many there are.</returns>
    public (IReadOnlyList<SpendProject> Projects, int Total) Projects(SpendGroup group, string? function, int from, int count, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(group);
        if (!HasProjects(group.Amount))
            return ([], 0);
        var asked = (group, function, from, count);
        if (_pages.TryGetValue(asked, out var known))
            return known;
        var page = Use(group.Amount, database =>
        {
            var gathered = Gather(database, group, cancel);
            var only = function is null ? new Sql("") : new Sql($"WHERE f = {DuckSql.Literal(function)}");
            var total = (int)(long)database.Query($"SELECT count(*) FROM {gathered} {only}", cancel).Single!;
            return (Page(database, gathered, group.Amount, only, from, count, cancel), total);
        });
        if (count > MostKeptRows)
            return page;
        if (_pages.Count >= KeptPages)
            _pages.Clear();
        return _pages[asked] = page;
    }

    /// <summary>Reads the panels of all groups of an amount into memory, so that no page waits for it.</summary>
    /// <param name="amount">The amount.</param>
    public void Warm(PanelAmount amount)
    {
        foreach (var by in Enum.GetValues<PanelBy>())
            Hold(by, amount);
    }

    /// <summary>Money and projects of a function in each department, most money first.</summary>
    /// <param name="group">A group by function.</param>
    /// <param name="cancel">Stops it.</param>
    public IReadOnlyList<(string Department, int Count, decimal Amount)> Departments(SpendGroup group, CancellationToken cancel = default) => Places(group, "department", cancel);

    /// <summary>Money and projects of a function in each province, most money first.</summary>
    /// <param name="group">A group by function.</param>
    /// <param name="cancel">Stops it.</param>
    public IReadOnlyList<(string Province, int Count, decimal Amount)> Provinces(SpendGroup group, CancellationToken cancel = default) => Places(group, "province", cancel);

    /// <inheritdoc/>
    public void Dispose()
    {
        while (_idle.TryTake(out var database))
            database.Dispose();
    }

    private static StoreTable? TableOf(SpendStore store, PanelAmount amount)
    {
        bool Has(StoreTable table) => store.Active.Any(i => i.Table == table.Name);
        return amount switch
        {
            PanelAmount.Pim or PanelAmount.Devengado => Has(StoreTable.Spending) ? StoreTable.Spending : Has(StoreTable.Budgets) ? StoreTable.Budgets : null,
            PanelAmount.Costo or PanelAmount.Viable => Has(StoreTable.Investments) ? StoreTable.Investments : null,
            _ => Has(StoreTable.Agreements) ? StoreTable.Agreements : null,
        };
    }

    private static Sql ColumnOf(PanelAmount amount) => new(amount switch
    {
        PanelAmount.Pim => "pim",
        PanelAmount.Devengado => "accrued",
        PanelAmount.Costo => "costo",
        PanelAmount.Viable => "viable",
        _ => "convenio",
    });

    private static string[] OthersOf(PanelAmount amount) => amount switch
    {
        PanelAmount.Pim or PanelAmount.Devengado => ["pia", "pim", "accrued", "paid"],
        PanelAmount.Costo or PanelAmount.Viable => ["viable", "costo"],
        _ => ["transfer", "counterpart"],
    };

    private IReadOnlyList<(string Place, int Count, decimal Amount)> Places(SpendGroup group, string column, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(group);
        return !HasProjects(group.Amount) ? [] : Use(group.Amount, database => (IReadOnlyList<(string, int, decimal)>)
        [
            .. database.Query(
                $"""
                SELECT coalesce({new Sql(column)}, ''), count(DISTINCT project), CAST(sum({ColumnOf(group.Amount)}) AS DECIMAL(18,2))
                FROM projects WHERE year = {group.Year ?? 0} AND {PanelSql.Group(group.By)} = {group.Code} AND {ColumnOf(group.Amount)} IS NOT NULL
                GROUP BY 1 ORDER BY 3 DESC, 1
                """, cancel).Select(r => ((string)r[0]!, (int)(long)r[1]!, (decimal)r[2]!)),
        ]);
    }

    /// <summary>The projects of a group as the panel counts them: one row a project, amounts below zero left out. Those of the whole country are prepared.</summary>
    /// <returns>The name of the table.</returns>
    private Sql Gather(DuckDatabase database, SpendGroup group, CancellationToken cancel)
    {
        if (group.By == PanelBy.Country)
        {
            database.Run($"CREATE OR REPLACE TEMP VIEW of_country AS SELECT * EXCLUDE (year) FROM read_parquet({Prepared(CountryFile(group.Amount))}) WHERE year = {group.Year ?? 0}", cancel);
            return new("of_country");
        }

        database.Run($"CREATE OR REPLACE TEMP TABLE g AS {OneByProject(group.Amount, string.Create(CultureInfo.InvariantCulture, $"year = {group.Year ?? 0} AND {PanelSql.Group(group.By)} = {DuckSql.Literal(group.Code)}"), "")}", cancel);
        return new("g");
    }

    private static Sql OneByProject(PanelAmount amount, string where, string year)
    {
        var column = ColumnOf(amount);
        var others = string.Concat(OthersOf(amount).Select(c => amount is PanelAmount.Pim or PanelAmount.Devengado ? $", CAST(sum({c}) AS DECIMAL(18,2)) AS {c}" : $", max({c}) AS {c}"));
        return new(
            $"""
            SELECT {year} project, CAST(sum({column}) AS DECIMAL(18,2)) AS a, arg_max(function, coalesce({column}, 0)) AS f, arg_max(place, coalesce({column}, 0)) AS d,
                   arg_max(level, coalesce({column}, 0)) AS l{others}
            FROM projects WHERE {where}
            GROUP BY {year} project HAVING sum({column}) >= 0
            """);
    }

    private SpendShape ReadShape(DuckDatabase database, SpendGroup group, CancellationToken cancel)
    {
        var gathered = Gather(database, group, cancel);
        var functions = Hold(PanelBy.Function, group.Amount);
        return SpendShape.Of(
            [.. database.Query($"SELECT a FROM {gathered}", cancel).Select(r => (decimal)r[0]!)],
            [
                .. database.Query($"SELECT f, count(*), CAST(sum(a) AS DECIMAL(18,2)) FROM {gathered} GROUP BY f ORDER BY 3 DESC, 1", cancel)
                    .Select(r => new FunctionShare((string?)r[0], r[0] is string f ? functions.NameOf(f) : null, (int)(long)r[1]!, (decimal)r[2]!)),
            ],
            Page(database, gathered, group.Amount, new Sql(""), 0, 10, cancel));
    }

    private IReadOnlyList<SpendProject> Page(DuckDatabase database, Sql gathered, PanelAmount amount, Sql only, int from, int count, CancellationToken cancel)
    {
        var others = OthersOf(amount);
        var rows = database.Query($"SELECT project, a, f, d, l, {new Sql(string.Join(", ", others))} FROM {gathered} {only} ORDER BY a DESC, project LIMIT {count} OFFSET {from}", cancel);
        var names = rows.Count == 0 ? [] : database.Query($"SELECT code, name FROM project_names WHERE code IN (SELECT unnest({rows.Select(r => (string)r[0]!)}))", cancel)
            .ToDictionary(r => (string)r[0]!, r => (string?)r[1], StringComparer.Ordinal);
        return [.. rows.Select(r => new SpendProject((string)r[0]!, names.GetValueOrDefault((string)r[0]!), (decimal)r[1]!, (string?)r[2], (string?)r[3], (string?)r[4],
            [.. others.Select((c, i) => (c, (decimal?)r[5 + i]))]))];
    }

    private HeldPanel Hold(PanelBy by, PanelAmount amount) =>
        _held.GetOrAdd((by, amount), k => new Lazy<HeldPanel>(() => new HeldPanel(_panels.Read(k.By, k.Amount)))).Value;

    private T Use<T>(PanelAmount amount, Func<DuckDatabase, T> ask)
    {
        if (!_idle.TryTake(out var database))
            database = DuckDatabase.Open(null, Math.Min(2, Environment.ProcessorCount), 400);
        try
        {
            database.Run($"CREATE OR REPLACE TEMP VIEW projects AS SELECT * FROM read_parquet({Prepared($"{TableOf(_store, amount)!.Name}-projects.parquet")})");
            database.Run($"CREATE OR REPLACE TEMP VIEW project_names AS SELECT * FROM read_parquet({Prepared(NamesFile(TableOf(_store, amount)!))})");
            return ask(database);
        }
        finally
        {
            _idle.Add(database);
        }
    }

    private static string CountryFile(PanelAmount amount) => $"country-{amount}.parquet".ToLowerInvariant();

    /// <summary>All projects of the country, largest first: the one group that takes long to gather.</summary>
    private void PrepareCountry(CancellationToken cancel)
    {
        foreach (var amount in Amounts.Where(HasProjects))
        {
            var file = Prepared(CountryFile(amount));
            if (File.Exists(file))
                continue;
            Use(amount, database =>
            {
                database.Run($"COPY ({OneByProject(amount, "TRUE", "year, ")} ORDER BY year, a DESC, project) TO {file + ".next"} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 16384)", cancel);
                return true;
            });
            File.Move(file + ".next", file, overwrite: true);
        }
    }

    private static string NamesFile(StoreTable table) => $"{table.Name}-names.parquet";

    private string Prepared(string file) => Path.Combine(_store.Prepared, file).Replace('\\', '/');

    /// <summary>Names of projects in the order of their codes, so that fifty are found without reading all.</summary>
    private void PrepareNames(CancellationToken cancel)
    {
        foreach (var table in Amounts.Select(a => TableOf(_store, a)!).Where(t => t != StoreTable.Budgets).Distinct())
        {
            var file = Prepared(NamesFile(table));
            if (File.Exists(file))
                continue;
            using var database = _store.Database();
            Sql names;
            if (table == StoreTable.Spending)
            {
                names = StoreViews.CreateNames(database, _store, cancel)
                    ? new Sql("SELECT code, name FROM names WHERE kind = 'project' AND code IS NOT NULL")
                    : new Sql("SELECT '' AS code, '' AS name WHERE FALSE");
            }
            else
            {
                StoreViews.Create(database, _store, table, cancel);
                names = new Sql($"SELECT code, arg_min({(table == StoreTable.Investments ? "name" : "title")}, line) AS name FROM {table.Name} WHERE code IS NOT NULL GROUP BY code");
            }

            var next = file + ".next";
            database.Run($"COPY ({names} ORDER BY code) TO {next} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 8192)", cancel);
            File.Move(next, file, overwrite: true);
        }
    }
}
