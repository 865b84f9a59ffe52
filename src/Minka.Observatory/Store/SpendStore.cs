using System.Text.Json;
using Minka.Observatory.Duck;
using Minka.Observatory.Importing;
using Minka.Observatory.Panels;
using Minka.Observatory.Tables;

namespace Minka.Observatory.Store;

/// <summary>The store refuses: it is in use, damaged, or knows no such import.</summary>
/// <param name="code">A code for the language files.</param>
/// <param name="args">What the text names.</param>
public sealed class StoreFault(string code, params IReadOnlyList<object> args) : Exception($"{code}: {string.Join(", ", args)}")
{
    /// <summary>A code for the language files.</summary>
    public string Code { get; } = code;

    /// <summary>What the text names.</summary>
    public IReadOnlyList<object> Args { get; } = args;
}

/// <summary>
/// Spending data in a folder: Parquet by table, import, year and department; the record of imports; prepared panels. Readers see the state of the
/// last finished import; a writer that dies leaves it as it was.
/// </summary>
/// <remarks>
/// <c>store.json</c> is the only switch: it is replaced in one step after all data are in place. Folders of imports that it does not name are left over
/// from a writer that died and are removed by the next one.
/// </remarks>
public sealed class SpendStore
{
    /// <summary>Code of the fault of prices that somebody altered.</summary>
    public const string PricesBroken = "prices-broken";

    private const string ManifestName = "store.json";

    /// <summary>Begins the names of folders for what does not fit in memory.</summary>
    private const string Spill = "spill-";

    /// <summary>What is prepared belongs to a generation and to the program that knows how to read it.</summary>
    private const int PreparedVersion = 3;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private SpendStore(string folder, Manifest manifest) => (Folder, State) = (folder, manifest);

    /// <summary>Its folder.</summary>
    public string Folder { get; }

    /// <summary>Grows with every import and every undoing; prepared data belong to one generation.</summary>
    public int Generation => State.Generation;

    /// <summary>All imports, the undone ones too, in order.</summary>
    public IReadOnlyList<ImportRecord> Imports => State.Imports;

    /// <summary>Imports whose data are here.</summary>
    public IEnumerable<ImportRecord> Active => State.Imports.Where(i => i.Undone is null);

    /// <summary>Where the refused rows of an import lie; the file is absent if none was refused.</summary>
    /// <param name="number">Number of the import.</param>
    public string RejectedFile(int number) => Path.Combine(Folder, "rejected", $"{number:0000}.csv");

    internal Manifest State { get; private set; }

    private string PricesFile => Path.Combine(Folder, PriceTable.FileName);

    internal string Work => Path.Combine(Folder, "work");

    internal string Prepared => Path.Combine(Folder, "prepared", $"{State.Generation:00000}-{PreparedVersion}");

    /// <summary>Opens a store, or an empty one in a folder that holds none.</summary>
    /// <param name="folder">Its folder; it need not exist.</param>
    /// <exception cref="StoreFault">Its record is damaged or of a later version.</exception>
    public static SpendStore Open(string folder)
    {
        folder = Path.GetFullPath(folder);
        var path = Path.Combine(folder, ManifestName);
        if (!File.Exists(path))
            return new SpendStore(folder, new Manifest());
        try
        {
            var manifest = JsonSerializer.Deserialize<Manifest>(File.ReadAllBytes(path), Json) ?? throw new StoreFault("store-broken", path);
            return manifest.Version > Manifest.Current ? throw new StoreFault("store-later", manifest.Version) : new SpendStore(folder, manifest);
        }
        catch (JsonException)
        {
            throw new StoreFault("store-broken", path);
        }
    }

    /// <summary>Undoes an import: what it had put out of force is in force again.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="StoreFault">No such import, or the store is in use.</exception>
    public void Undo(int number, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        using var writer = Lock();
        Reload();
        if (Active.All(i => i.Number != number))
            throw new StoreFault("import-unknown", number);
        Save(State with
        {
            Generation = State.Generation + 1,
            Imports = [.. State.Imports.Select(i => i.Number == number ? i with { Undone = time.GetUtcNow().UtcDateTime } : i)],
        });
        Sweep();
    }

    /// <summary>The prices that overruns are freed from: the store's, else Minka's own.</summary>
    /// <exception cref="StoreFault"><c>prices-broken</c>: the store's cannot be read.</exception>
    public PriceTable Prices
    {
        get
        {
            try
            {
                return File.Exists(PricesFile) ? PriceTable.Read(File.ReadAllBytes(PricesFile)) : PriceTable.Own;
            }
            catch (TableFault)
            {
                throw new StoreFault(PricesBroken, PricesFile);
            }
        }
    }

    /// <summary>Gives the store prices of its own, or takes them away; what was prepared with others is made anew.</summary>
    /// <param name="prices">The table; <see langword="null"/> for Minka's own.</param>
    /// <exception cref="StoreFault">The store is in use.</exception>
    public void SetPrices(PriceTable? prices)
    {
        using var writer = Lock();
        Reload();
        if (prices is null)
        {
            File.Delete(PricesFile);
        }
        else
        {
            File.WriteAllText(PricesFile + ".next", prices.ToText());
            File.Move(PricesFile + ".next", PricesFile, overwrite: true);
        }

        Save(State with { Generation = State.Generation + 1 });
        Sweep();
    }

    internal IDisposable Lock()
    {
        try
        {
            Directory.CreateDirectory(Folder);
            return new FileStream(Path.Combine(Folder, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw new StoreFault("store-in-use", Folder);
        }
    }

    internal void Reload() => State = Open(Folder).State;

    internal void Save(Manifest manifest)
    {
        var path = Path.Combine(Folder, ManifestName);
        var next = path + ".next";
        using (var file = new FileStream(next, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            JsonSerializer.Serialize(file, manifest, Json);
            file.Flush(flushToDisk: true);
        }

        File.Move(next, path, overwrite: true);
        State = manifest;
    }

    /// <summary>Removes what no import names. Called with the lock held.</summary>
    internal void Sweep()
    {
        var known = Active.Select(i => i.Folder).ToHashSet(StringComparer.Ordinal);
        var tables = Path.Combine(Folder, "tables");
        if (Directory.Exists(tables))
        {
            foreach (var left in Directory.EnumerateDirectories(tables).SelectMany(Directory.EnumerateDirectories).Where(d => !known.Contains(Path.GetFileName(d))).ToList())
                Directory.Delete(left, recursive: true);
        }

        if (Directory.Exists(Work))
            Directory.Delete(Work, recursive: true);
        // What a process that was killed had not in memory; younger ones may be in use.
        foreach (var old in Directory.EnumerateDirectories(Folder, Spill + "*").Where(d => Directory.GetLastWriteTimeUtc(d) < TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-1)).ToList())
            Directory.Delete(old, recursive: true);
        var prepared = Path.Combine(Folder, "prepared");
        // The generation before may still be read.
        if (Directory.Exists(prepared))
        {
            foreach (var old in Directory.EnumerateDirectories(prepared).Where(d => string.CompareOrdinal(Path.GetFileName(d), $"{State.Generation - 1:00000}") < 0).ToList())
                Directory.Delete(old, recursive: true);
        }
    }

    /// <summary>Files of a table, as a pattern for each import whose data are here.</summary>
    internal IReadOnlyList<string> FilesOf(StoreTable table) =>
        [.. Active.Where(i => i.Table == table.Name || table == StoreTable.Names).Select(i => Path.Combine(Folder, "tables", table.Name, i.Folder)).Where(Directory.Exists)
            .Select(d => d.Replace('\\', '/') + (table == StoreTable.Names ? "/*.parquet" : "/*/*/*.parquet"))];

    internal DuckDatabase Database(int memoryMegabytes = 700, int? threads = null)
    {
        // DuckDB makes this folder when it needs it, in one that is there, and removes it; two databases in one folder would write over each other.
        var spill = Path.Combine(Folder, Spill + Path.GetRandomFileName());
        return DuckDatabase.Open(null, threads ?? Math.Min(4, Environment.ProcessorCount), memoryMegabytes, spill.Replace('\\', '/'));
    }

    internal sealed record Manifest
    {
        public const int Current = 1;

        public int Version { get; init; } = Current;

        public int Generation { get; init; }

        public IReadOnlyList<ImportRecord> Imports { get; init; } = [];
    }
}
