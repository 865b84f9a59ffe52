using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Minka.Observatory.Describing;
using Minka.Observatory.Duck;
using Minka.Observatory.Store;
using Minka.Observatory.Tables;

namespace Minka.Observatory.Importing;

/// <summary>How far an import is.</summary>
/// <param name="Rows">Rows read.</param>
/// <param name="Share">Share of a plain text file, 0 to 1; <see langword="null"/> where it is not known.</param>
public readonly record struct ImportProgress(long Rows, double? Share);

/// <summary>What an import is told beyond its file.</summary>
public sealed record ImportOptions
{
    /// <summary>How a file that nobody published is read.</summary>
    public ColumnMapping? Mapping { get; init; }

    /// <summary>Name of the sheet of a workbook; else the one that the mapping names, else the first that can be read.</summary>
    public string? Sheet { get; init; }

    /// <summary>The year of a file that does not say it.</summary>
    public int? Year { get; init; }

    /// <summary>Whether the file stands for all of its kind and years.</summary>
    public bool Replace { get; init; }

    /// <summary>Told now and then.</summary>
    public IProgress<ImportProgress>? Progress { get; init; }

    /// <summary>Rows held in memory before they are written to the files of their year and department.</summary>
    public int BatchRows { get; init; } = 400_000;
}

/// <summary>What became of a file.</summary>
/// <param name="Record">The import: the new one, or the one that brought the same bytes before.</param>
/// <param name="AlreadyThere">Whether the same bytes had been imported before; then nothing was done.</param>
public sealed record ImportOutcome(ImportRecord Record, bool AlreadyThere);

/// <summary>Imports a file into a store: one pass over its rows, which DuckDB takes as a table and writes to Parquet.</summary>
/// <remarks>Memory: a batch of rows and, of each distinct code, eight bytes. Time linear in the rows.</remarks>
public sealed partial class ImportFile(SpendStore store, TimeProvider time)
{
    private const int MemoryMegabytes = 900;

    private const int NamesMegabytes = 300;

    /// <summary>Imports a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">What it is told beyond.</param>
    /// <param name="cancel">Stops it; the store stays as it was.</param>
    /// <exception cref="TableFault">It is no table, of no known kind, or breaks off.</exception>
    /// <exception cref="StoreFault">The store is in use, or what was written is not what was read.</exception>
    /// <exception cref="DuckMissing">The native library is not here.</exception>
    public ImportOutcome Execute(string path, ImportOptions options, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        DuckLibrary.Load();
        using var writer = store.Lock();
        store.Reload();
        store.Sweep();
        var bytes = new FileInfo(path).Length;
        var digest = Task.Run(() => Digest(path, cancel), cancel);
        // Only a file of the same length can be the same file, so most imports need not wait for its digest.
        ImportRecord[] same = [.. store.Active.Where(i => i.Bytes == bytes && i.Sha256 == digest.GetAwaiter().GetResult())];
        // Another sheet of the same workbook is another file; of what an earlier version imported nobody knows which sheet it was.
        if (same.FirstOrDefault(i => i.Sheet is null || (Sheet(options) is { } named && SourceFile.IsNamed(i.Sheet, named))) is { } before)
            return new ImportOutcome(before, true);

        var number = (store.Imports.LastOrDefault()?.Number ?? 0) + 1;
        var work = Path.Combine(store.Work, $"{number:0000}");
        Directory.CreateDirectory(work);
        try
        {
            var run = Taken(path, options, work, bytes, cancel);
            // Which sheet it is was not said, and is known only now.
            if (same.FirstOrDefault(i => i.Sheet == run.Description.Sheet) is { } read)
                return new ImportOutcome(read, true);
            var record = new ImportRecord
            {
                Number = number,
                At = time.GetUtcNow().UtcDateTime,
                File = Path.GetFileName(path),
                Sha256 = digest.GetAwaiter().GetResult(),
                Bytes = bytes,
                Kind = run.Description.Kind,
                Table = run.Table.Name,
                Replaces = options.Replace,
                Years = run.Years,
                Read = run.Description.Rows,
                Accepted = run.Accepted,
                Rejected = run.Rejected,
                Projects = run.Description.Projects,
                Totals = run.Totals,
                Traps = [.. run.Description.Traps.Select(t => new TrapRecord(t.Code, t.Count, t.Line, t.Example, t.Column))],
                Reasons = run.Reasons,
                Mapping = options.Mapping?.ToJson(),
                Sheet = run.Description.Sheet,
            };
            Commit(record, work, cancel);
            return new ImportOutcome(record, false);
        }
        finally
        {
            if (Directory.Exists(store.Work))
                Directory.Delete(store.Work, recursive: true);
        }
    }

    private static string? Sheet(ImportOptions options) => options.Sheet ?? options.Mapping?.Sheet;

    private static string Digest(string path, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
        var buffer = new byte[1 << 18];
        for (int read; (read = file.Read(buffer)) > 0;)
        {
            cancel.ThrowIfCancellationRequested();
            hash.AppendData(buffer, 0, read);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private Run Taken(string path, ImportOptions options, string work, long bytes, CancellationToken cancel) => SourceFile.Sheets(path, options.Mapping?.Form, Sheet(options), (file, sheet) =>
    {
        using var run = new Run(store, file, sheet, Path.GetFileName(path), options, work, file is { Container: "csv", Packing: null } ? bytes : 0);
        run.Read(cancel);
        return run;
    });

    private void Commit(ImportRecord record, string work, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        foreach (var table in (string[])[record.Table, StoreTable.Names.Name])
        {
            var from = Path.Combine(work, table);
            if (!Directory.Exists(from))
                continue;
            var parent = Path.Combine(store.Folder, "tables", table);
            Directory.CreateDirectory(parent);
            Directory.Move(from, Path.Combine(parent, record.Folder));
        }

        var rejected = Path.Combine(work, "rejected.csv");
        if (File.Exists(rejected))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(store.RejectedFile(record.Number))!);
            File.Move(rejected, store.RejectedFile(record.Number), overwrite: true);
        }

        store.Save(store.State with { Generation = store.State.Generation + 1, Imports = [.. store.State.Imports, record] });
    }

    private sealed partial class Run(SpendStore store, TableFile file, int sheet, string fileName, ImportOptions options, string work, long plainBytes) : IDisposable
    {
        private readonly FileExaminer _examiner = new(file, sheet, options.Mapping, Sheet(options) is not null);
        private readonly TableRow _row = new();

        // One thread: what makes the rows is one, and idle threads of a statement turn in circles.
        private readonly DuckDatabase _database = store.Database(MemoryMegabytes, 1);

        // Names are kept while a statement of the other database runs.
        private readonly DuckDatabase _beside = store.Database(NamesMegabytes, 1);
        private DuckAppender? _names;
        private RowLoader _loader = null!;
        private RejectedRows? _rejects;
        private Int128[] _read = [];
        private Int128[] _accepted = [];
        private long _characters;

        public FileDescription Description { get; private set; } = null!;

        public StoreTable Table { get; private set; } = null!;

        public long Accepted { get; private set; }

        public long Rejected { get; private set; }

        public IReadOnlyList<int> Years { get; private set; } = [];

        public IReadOnlyList<AmountTotals> Totals => [.. Table.Amounts.Select((a, i) => new AmountTotals(a, (decimal)_read[i], (decimal)_accepted[i], (decimal)(_read[i] - _accepted[i])))];

        public IReadOnlyDictionary<string, long> Reasons => _rejects?.Reasons ?? [];

        public void Read(CancellationToken cancel)
        {
            _examiner.FindHeadings(_row);
            _beside.Run($"CREATE TABLE names({StoreTable.Names.Definition})", cancel);
            _names = _beside.Append("names", [.. StoreTable.Names.Columns.Select(c => c.Kind)]);
            _loader = LoaderOf(new LoaderContext(_examiner.Kind, _examiner.Plain, _examiner.Columns, file.Container, options.Mapping?.Year ?? options.Year ?? YearAround(), new NameSink(_names), _examiner));
            Table = _loader.Table;
            (_read, _accepted) = (new Int128[Table.Amounts.Count], new Int128[Table.Amounts.Count]);
            _rejects = new RejectedRows(Path.Combine(work, "rejected.csv"), _examiner.Columns);
            using (var rows = new DuckSource(_database, "rows_of_the_file", [.. Table.Columns.Select(c => (c.Name, c.Kind))], to => Next(to, cancel)))
            {
                _database.Run($"SET partitioned_write_flush_threshold = {options.BatchRows}", cancel);
                rows.Run($"COPY (SELECT * FROM rows_of_the_file()) TO {Slashes(Path.Combine(work, Table.Name))} (FORMAT parquet, COMPRESSION zstd, PARTITION_BY (year, department), FILENAME_PATTERN {"part-{i}"})", cancel);
            }

            _rejects.Dispose();
            Description = _examiner.Finish(_row.Line);
            if (Accepted == 0)
                throw new TableFault("nothing-taken", _rejects.Reasons.Count == 0 ? "0" : string.Join(", ", _rejects.Reasons.Keys));
            _names.Flush();
            Directory.CreateDirectory(Path.Combine(work, "names"));
            _beside.Run($"COPY names TO {Slashes(Path.Combine(work, "names", "names.parquet"))} (FORMAT parquet, COMPRESSION zstd)", cancel);
            Verify(cancel);
        }

        public void Dispose()
        {
            _names?.Dispose();
            _rejects?.Dispose();
            _database.Dispose();
            _beside.Dispose();
        }

        /// <summary>Reads a row of the file and writes it where it is taken; false at the end.</summary>
        private bool Next(DuckCells to, CancellationToken cancel)
        {
            if (!file.Rows.Read(_row))
                return false;
            if (!_examiner.Take(_row))
                return true;
            _characters += _row.Raw.Length + 1;
            var reason = _loader.Check(_row) ?? (file.Rows is CsvRows { EndedWithinQuotes: true } ? "cut-off" : null);
            for (var i = 0; i < _read.Length; i++)
            {
                if (_loader.Values[i] is not { } value)
                    continue;
                _read[i] += value;
                if (reason is null)
                    _accepted[i] += value;
            }

            if (reason is null)
            {
                _loader.Write(_row, to);
                Accepted++;
            }
            else
            {
                Rejected++;
                _rejects!.Add(_row, reason);
            }

            if (_examiner.Rows % 65_536 == 0)
            {
                cancel.ThrowIfCancellationRequested();
                options.Progress?.Report(new ImportProgress(_examiner.Rows, plainBytes > 0 ? Math.Min(1, (double)_characters / plainBytes) : null));
            }

            return true;
        }

        private static RowLoader LoaderOf(LoaderContext context) => context.Kind.Name switch
        {
            "gasto-mensual" or "gasto-devengado-mensual" => new SpendingRows(context),
            "consulta-amigable" when context.Plain.Any(p => p is "productoproyecto" or "proyecto") => new SpendingRows(context),
            "gasto-municipal" or "consulta-amigable" => new BudgetRows(context),
            "convenios-brasil" or "360giving" or "ocds" => new AgreementRows(context),
            _ => new InvestmentRows(context),
        };

        private static string Slashes(string path) => path.Replace('\\', '/');

        /// <summary>The year that stands above the headings or in the file's name.</summary>
        private int? YearAround()
        {
            var found = _examiner.Above.SelectMany(a => YearPattern().Matches(a)).Concat(YearPattern().Matches(fileName)).FirstOrDefault();
            return found is null ? null : int.Parse(found.Value, CultureInfo.InvariantCulture);
        }

        /// <summary>Counts and adds what was written: it must be what was taken, to the céntimo.</summary>
        private void Verify(CancellationToken cancel)
        {
            var files = Slashes(Path.Combine(work, Table.Name)) + "/*/*/*.parquet";
            var sums = new Sql(string.Concat(Table.Amounts.Select(a => $", CAST(coalesce(sum({a}), 0) * 100 AS VARCHAR)")));
            var found = _database.Query($"SELECT count(*){sums} FROM read_parquet({files}, hive_partitioning = true, hive_types_autocast = false)", cancel)[0];
            var wrong = (long)found[0]! != Accepted;
            for (var i = 0; i < _accepted.Length; i++)
                wrong |= decimal.Parse((string)found[i + 1]!, CultureInfo.InvariantCulture) != (decimal)_accepted[i];
            if (wrong)
                throw new StoreFault("totals-differ", fileName);
            Years = [.. Directory.EnumerateDirectories(Path.Combine(work, Table.Name)).Select(d => int.Parse(Path.GetFileName(d)["year=".Length..], CultureInfo.InvariantCulture)).Order()];
        }

        [GeneratedRegex(@"(?<!\d)20\d\d(?!\d)", RegexOptions.None, 1_000)]
        private static partial Regex YearPattern();
    }
}
