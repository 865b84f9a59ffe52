using System.Collections.Concurrent;
using System.Globalization;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.Core.Territories;
using Minka.Observatory.Describing;
using Minka.Observatory.Importing;
using Minka.Observatory.Panels;
using Minka.Observatory.Store;
using Minka.Observatory.Tables;

namespace Minka.Web.Screens.Observatory.Data;

public enum DeskPhase
{
    /// <summary>The file is read from end to end before anything is kept of it.</summary>
    Examining,
    Importing,

    /// <summary>The panels that pages show are computed.</summary>
    Preparing,
}

/// <summary>What is being done with a file.</summary>
/// <param name="Share">Of a plain text file, 0 to 1; null where it is not known.</param>
public sealed record DeskWork(string File, DeskPhase Phase, DateTime Since, long Rows, double? Share);

/// <summary>How the last work ended.</summary>
/// <param name="Fault">What was wrong with the file or the store; null if nothing was.</param>
public sealed record DeskEnd(string File, DeskPhase Phase, DateTime At, ImportOutcome? Outcome = null, SpendFault? Fault = null, bool Cancelled = false, bool Interrupted = false);

/// <param name="Bytes">Its length.</param>
/// <param name="Description">What it holds; null until it was examined.</param>
/// <param name="Mapping">By which mapping it was examined, and would be imported.</param>
public sealed record WaitingFile(string Name, long Bytes, DateTime At, FileDescription? Description, KeptMapping? Mapping);

/// <summary>
/// The desk where files of public spending wait, are examined and are imported, one at a time and beside the pages. Files lie in a folder of the
/// data, so that those too large to send can be put there; what was imported leaves it. An import that a stop cuts off is told as such; the store keeps
/// whole imports only.
/// </summary>
public sealed class SpendingDesk
{
    const string Part = ".parte";

    readonly Spending spending;
    readonly MappingShelf shelf;
    readonly TimeProvider clock;
    readonly IServiceScopeFactory scopes;
    readonly IHostApplicationLifetime life;
    readonly ILogger<SpendingDesk> log;
    readonly Lock gate = new();
    readonly ConcurrentDictionary<(string Name, long Bytes, DateTime At), (FileDescription Description, KeptMapping? Mapping)> known = new();
    readonly List<(string File, KeptMapping? By)> queue = [];
    CancellationTokenSource? stop;
    volatile DeskWork? work;

    public SpendingDesk(Spending spending, MappingShelf shelf, MinkaOptions options, TimeProvider clock, IServiceScopeFactory scopes, IHostApplicationLifetime life, ILogger<SpendingDesk> log)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(life);
        (this.spending, this.shelf, this.clock, this.scopes, this.life, this.log) = (spending, shelf, clock, scopes, life, log);
        Folder = Path.Combine(Path.GetFullPath(options.Data), "por-importar");
        life.ApplicationStopping.Register(Cancel);
        // What a stop left half sent.
        foreach (var part in Directory.Exists(Folder) ? Directory.GetFiles(Folder, "*" + Part) : []) File.Delete(part);
        if (!File.Exists(Marker)) return;
        Last = new(File.ReadAllText(Marker), DeskPhase.Importing, File.GetLastWriteTimeUtc(Marker), Interrupted: true);
        File.Delete(Marker);
    }

    /// <summary>Where files wait.</summary>
    public string Folder { get; }

    string Marker => Path.Combine(Path.GetDirectoryName(Folder)!, "por-importar.en-curso");

    public DeskWork? Work => work;

    public DeskEnd? Last { get; private set; }

    public IReadOnlyList<WaitingFile> Waiting() => !Directory.Exists(Folder) ? [] :
        [.. new DirectoryInfo(Folder).EnumerateFiles().Where(f => !f.Name.StartsWith('.') && f.Extension != Part).OrderBy(f => f.Name, StringComparer.Ordinal).Select(Of)];

    /// <summary>A file that waits; null where there is none of that name.</summary>
    public WaitingFile? Find(string? name) => name is { Length: > 0 } && name == Path.GetFileName(name) && new FileInfo(Path.Combine(Folder, name)) is { Exists: true } file ? Of(file) : null;

    WaitingFile Of(FileInfo file)
    {
        var (description, mapping) = known.GetValueOrDefault((file.Name, file.Length, file.LastWriteTimeUtc));
        return new(file.Name, file.Length, file.LastWriteTimeUtc, description, mapping);
    }

    public string PathOf(WaitingFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return Path.Combine(Folder, file.Name);
    }

    /// <summary>Keeps what was sent under its own name without folders, or the next free one.</summary>
    public async Task<string> KeepAsync(string sent, Stream bytes, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        Directory.CreateDirectory(Folder);
        var part = Path.Combine(Folder, Path.GetRandomFileName() + Part);
        try
        {
            await using (var file = File.Create(part)) await bytes.CopyToAsync(file, cancel);
            lock (gate)
            {
                var name = Plain(sent);
                for (var n = 2; File.Exists(Path.Combine(Folder, name)); n++) name = string.Create(CultureInfo.InvariantCulture, $"{n}-{Plain(sent)}");
                File.Move(part, Path.Combine(Folder, name));
                return name;
            }
        }
        finally
        {
            File.Delete(part);
        }
    }

    /// <summary>The last part of a path of any system, in letters that every system keeps.</summary>
    static string Plain(string sent)
    {
        var name = new string([.. sent[(sent.LastIndexOfAny(['/', '\\']) + 1)..].Where(c => char.IsLetterOrDigit(c) || c is '.' or '-' or '_' or ' ')]).Trim('.', ' ');
        return name.Length switch { 0 => "archivo.csv", > 120 => name[^120..], _ => name };
    }

    /// <summary>Whether a file waits to be examined until what is at work has ended.</summary>
    public bool IsQueued(string name)
    {
        lock (gate) return queue.Exists(q => q.File == name);
    }

    /// <summary>Examines a file now, or when what is at work has ended.</summary>
    /// <param name="by">How it is to be read; null to know it by its headings, else by a mapping that was kept.</param>
    public void Examine(WaitingFile file, KeptMapping? by = null)
    {
        ArgumentNullException.ThrowIfNull(file);
        lock (gate)
        {
            queue.RemoveAll(q => q.File == file.Name);
            if (!TryExamine(file, by)) queue.Add((file.Name, by));
        }
    }

    bool TryExamine(WaitingFile file, KeptMapping? by) => Begin(file.Name, DeskPhase.Examining, (path, cancel) =>
    {
        var told = new Told(this, file.Name, DeskPhase.Examining, clock.UtcInstant());
        known[(file.Name, file.Bytes, file.At)] = by is null ? Known(path, told, cancel) : (FileDescription.Of(path, by.Mapping, told, cancel: cancel), by);
        return Task.FromResult<ImportOutcome?>(null);
    });

    (FileDescription, KeptMapping?) Known(string path, Told told, CancellationToken cancel)
    {
        try
        {
            return (FileDescription.Of(path, null, told, cancel: cancel), null);
        }
        catch (TableFault fault) when (fault.Code == "kind-unknown")
        {
            // The mapping with the most columns first: it fits the fewest files.
            foreach (var kept in shelf.All().Where(k => k.Mapping is not null).OrderByDescending(k => k.Mapping!.Columns.Count))
            {
                try
                {
                    return (FileDescription.Of(path, kept.Mapping, told, cancel: cancel), kept);
                }
                catch (TableFault other) when (other.Code is "mapping-columns" or "sheet-unknown")
                {
                }
            }
            throw;
        }
    }

    public bool Import(WaitingFile file, int? year, bool replace, Actor actor) => Begin(file.Name, DeskPhase.Importing, async (path, cancel) =>
    {
        var told = new Told(this, file.Name, DeskPhase.Importing, clock.UtcInstant());
        var outcome = new ImportFile(SpendStore.Open(spending.Folder), clock).Execute(path, new ImportOptions { Mapping = file.Mapping?.Mapping, Year = year, Replace = replace, Progress = told }, cancel);
        // From here on it is in the store, whatever happens.
        File.Delete(Marker);
        if (!outcome.AlreadyThere)
        {
            await using var scope = scopes.CreateAsyncScope();
            _ = Digest.TryParse(outcome.Record.Sha256, out var digest);
            await scope.ServiceProvider.GetRequiredService<NoteSpending>().ImportedAsync(new(outcome.Record.Number, outcome.Record.File, outcome.Record.Kind, digest, outcome.Record.Accepted, outcome.Record.Rejected), actor, CancellationToken.None);
            work = new(file.Name, DeskPhase.Preparing, clock.UtcInstant(), outcome.Record.Accepted, null);
            await PrepareAsync();
        }
        File.Delete(path);
        return outcome;
    });

    /// <exception cref="StoreFault">There is no such import, or another process writes.</exception>
    public async Task UndoAsync(int number, Actor actor)
    {
        var store = SpendStore.Open(spending.Folder);
        var record = store.Active.FirstOrDefault(i => i.Number == number) ?? throw new StoreFault("import-unknown", number);
        store.Undo(number, clock);
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<NoteSpending>().UndoneAsync(new(number, record.File), actor, CancellationToken.None);
        BeginPreparing(record.File);
    }

    /// <summary>Changes the prices that overruns are freed from.</summary>
    /// <param name="prices">Null for Minka's own.</param>
    /// <param name="file">Name of the file that was sent.</param>
    /// <exception cref="StoreFault">Another process writes.</exception>
    public async Task RepriceAsync(PriceTable? prices, string? file, Actor actor)
    {
        var store = SpendStore.Open(spending.Folder);
        store.SetPrices(prices);
        var (first, last) = (prices ?? PriceTable.Own).Years;
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<NoteSpending>().RepricedAsync(
            new(file, prices is null ? null : Digest.Of(prices.ToText()), first, last), actor, CancellationToken.None);
        if (store.Active.Any()) BeginPreparing(file ?? PriceTable.FileName);
    }

    // What the next page would wait for.
    void BeginPreparing(string file) => Begin(file, DeskPhase.Preparing, async (_, _) =>
    {
        await PrepareAsync();
        return null;
    });

    async Task PrepareAsync()
    {
        while (!life.ApplicationStopping.IsCancellationRequested && (await spending.ReadAsync(CancellationToken.None)).State == SpendingState.Preparing)
        {
        }
    }

    public void Discard(WaitingFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (work?.File != file.Name) File.Delete(Path.Combine(Folder, file.Name));
    }

    public void Cancel()
    {
        lock (gate) stop?.Cancel();
    }

    /// <returns>False: another file is at work.</returns>
    bool Begin(string file, DeskPhase phase, Func<string, CancellationToken, Task<ImportOutcome?>> act)
    {
        CancellationTokenSource own;
        lock (gate)
        {
            if (work is not null) return false;
            work = new(file, phase, clock.UtcInstant(), 0, null);
            stop = own = new();
        }
        if (phase == DeskPhase.Importing) File.WriteAllText(Marker, file);
        new Thread(() => Run(file, phase, act, own)) { IsBackground = true, Priority = ThreadPriority.BelowNormal, Name = "spending desk" }.Start();
        return true;
    }

    void Run(string file, DeskPhase phase, Func<string, CancellationToken, Task<ImportOutcome?>> act, CancellationTokenSource own)
    {
        DeskEnd end;
        try
        {
            var outcome = act(Path.Combine(Folder, file), own.Token).GetAwaiter().GetResult();
            end = new(file, phase, clock.UtcInstant(), outcome);
        }
        catch (OperationCanceledException)
        {
            end = new(file, phase, clock.UtcInstant(), Cancelled: true);
        }
        catch (Exception e) when (SpendFault.Of(e) is { } fault)
        {
            end = new(file, phase, clock.UtcInstant(), Fault: fault);
        }
        catch (Exception e)
        {
            // A fault of our own ends this work, not the server.
            log.LogError(e, "{Phase} {File}", phase, file);
            end = new(file, phase, clock.UtcInstant(), Fault: new("data-room.end.broken", []));
        }
        // What the stop of the server cut off is told at the next start.
        if (!life.ApplicationStopping.IsCancellationRequested) File.Delete(Marker);
        lock (gate)
        {
            (Last, work, stop) = (end, null, null);
            while (work is null && queue.Count > 0 && !life.ApplicationStopping.IsCancellationRequested)
            {
                var (next, by) = queue[0];
                queue.RemoveAt(0);
                if (Find(next) is { } waiting) TryExamine(waiting, by);
            }
        }
        own.Dispose();
    }

    sealed class Told(SpendingDesk desk, string file, DeskPhase phase, DateTime since) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) => desk.work = new(file, phase, since, value.Rows, value.Share);
    }
}
