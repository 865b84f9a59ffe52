using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.Core.Territories;
using Minka.Core.Territories.Packs;
using Minka.Observatory.Packs;

namespace Minka.Web.Screens.Territories.Bringing;

public enum CountryState
{
    /// <summary>Nothing was brought.</summary>
    Absent,

    /// <summary>Another pack lies there, or this one altered or of an older recipe.</summary>
    Other,

    /// <summary>It lies there whole and waits for the next start.</summary>
    Installed,

    /// <summary>The server uses it.</summary>
    InUse,
}

public enum SourceState
{
    Missing,

    /// <summary>A download broke off; it goes on from there.</summary>
    Part,

    /// <summary>A file of that name lies there that is not the original.</summary>
    Wrong,

    Fetching,
    Here,
}

/// <param name="Bytes">How much of it is here.</param>
public sealed record SourceFile(RecipeSource Source, SourceState State, long Bytes);

/// <summary>What is being done.</summary>
/// <param name="Number">Which file, from 1; 0 while none is fetched.</param>
/// <param name="FileSince">When the first bytes of the file came.</param>
/// <param name="FileFrom">How many bytes of it were here then.</param>
public sealed record CountryWork(PackStep Step, int Number, string File, long Bytes, int Attempt, DateTime Since, DateTime FileSince, long FileFrom);

/// <summary>How the last work ended.</summary>
public sealed record CountryEnd(DateTime At, bool AlreadyThere = false, CountryFault? Fault = null, bool Cancelled = false, bool Interrupted = false);

/// <summary>
/// Brings the real country beside the pages: public files by a recipe, verified, joined and put into the data folder. One work at a time; it can be stopped, and
/// what came is kept. One that the end of the server cut off is told as such, and begun again by hand.
/// </summary>
public sealed class CountryDesk
{
    readonly SourceFetch fetch;
    readonly Country country;
    readonly MinkaOptions options;
    readonly TimeProvider clock;
    readonly IServiceScopeFactory scopes;
    readonly IHostApplicationLifetime life;
    readonly ILogger<CountryDesk> log;
    readonly Lock gate = new();
    CancellationTokenSource? stop;
    volatile CountryWork? work;

    public CountryDesk(PackRecipe recipe, SourceFetch fetch, Country country, MinkaOptions options, TimeProvider clock, IServiceScopeFactory scopes, IHostApplicationLifetime life, ILogger<CountryDesk> log)
    {
        ArgumentNullException.ThrowIfNull(life);
        (Recipe, this.fetch, this.country, this.options, this.clock, this.scopes, this.life, this.log) = (recipe, fetch, country, options, clock, scopes, life, log);
        Place = new(options);
        life.ApplicationStopping.Register(Cancel);
    }

    public PackRecipe Recipe { get; }

    public CountryPlace Place { get; }

    /// <summary>Of all original files, where the recipe tells it.</summary>
    public long Size => Recipe.Sources.Sum(s => s.Bytes ?? 0);

    public IEnumerable<string> Hosts => Recipe.Sources.Select(s => Recipe.AddressOf(s, options.Mirror).Host).Distinct();

    public IEnumerable<string> Licences => Recipe.Sources.Select(s => s.Licence).Distinct();

    public CountryWork? Work => work;

    public CountryEnd? Last { get; private set; }

    /// <summary>The work, to wait for its end.</summary>
    public Task Run { get; private set; } = Task.CompletedTask;

    public CountryState State()
    {
        if (!File.Exists(Place.Manifest)) return CountryState.Absent;
        if (!new PackBuilder(Recipe).IsBuilt(Place.Folder)) return CountryState.Other;
        return Digest.Of(File.ReadAllBytes(Place.Manifest)) == country.Pack.Manifest ? CountryState.InUse : CountryState.Installed;
    }

    public IReadOnlyList<SourceFile> Files() => [.. Recipe.Sources.Select((source, at) => work is { } now ? During(source, at + 1, now) : Lying(source))];

    SourceFile During(RecipeSource source, int number, CountryWork now) =>
        now.Number == 0 || number < now.Number ? new(source, SourceState.Here, source.Bytes ?? 0)
        : number == now.Number ? new(source, now.Step == PackStep.Fetched ? SourceState.Here : SourceState.Fetching, now.Bytes)
        : new(source, SourceState.Missing, 0);

    SourceFile Lying(RecipeSource source)
    {
        var path = Path.Combine(Place.Sources, source.File);
        if (new FileInfo(path) is { Exists: true } file) return new(source, SourceFetch.IsRight(source, path) ? SourceState.Here : SourceState.Wrong, file.Length);
        return new FileInfo(path + ".part") is { Exists: true } part ? new(source, SourceState.Part, part.Length) : new(source, SourceState.Missing, 0);
    }

    /// <returns>False: it is at work already.</returns>
    public bool Begin(Actor actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        lock (gate)
        {
            if (work is not null) return false;
            File.WriteAllText(Place.Marker, string.Create(CultureInfo.InvariantCulture, $"{clock.UtcInstant():O} {actor.PersonId:D} {actor.Role}"));
            CancellationTokenSource own;
            stop = own = new();
            var now = clock.UtcInstant();
            work = new(PackStep.Fetching, 1, Recipe.Sources[0].File, 0, 1, now, now, 0);
            Run = Task.Run(() => RunAsync(actor, own), CancellationToken.None);
            return true;
        }
    }

    public void Cancel()
    {
        lock (gate) stop?.Cancel();
    }

    /// <summary>What the end of the last server cut off is told if the country did not come, and noted if it did; so is a country that was put there from the console.</summary>
    public async Task CatchUpAsync(CancellationToken cancel = default)
    {
        await EndWorkAsync(cancel);
        await NoteFoundAsync(cancel);
    }

    async Task EndWorkAsync(CancellationToken cancel)
    {
        if (!File.Exists(Place.Marker)) return;
        var parts = (await File.ReadAllTextAsync(Place.Marker, cancel)).Split(' ');
        if (!new PackBuilder(Recipe).IsBuilt(Place.Folder))
        {
            Last = new(File.GetLastWriteTimeUtc(Place.Marker), Interrupted: true);
        }
        else if (parts is [var since, var person, var role] && DateTime.TryParse(since, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var begun))
        {
            await using var scope = scopes.CreateAsyncScope();
            if (!await scope.ServiceProvider.GetRequiredService<AppDb>().Acts.AnyAsync(a => a.Kind == NoteCountry.Kind && a.At >= begun, cancel))
                await NoteAsync(new Actor(Guid.TryParse(person, out var id) ? id : null, role));
        }
        File.Delete(Place.Marker);
    }

    async Task NoteFoundAsync(CancellationToken cancel)
    {
        if (options.Pack is not null || !File.Exists(Place.Manifest)) return;
        var manifest = Digest.Of(await File.ReadAllBytesAsync(Place.Manifest, cancel));
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDb>();
        var last = await db.Acts.Where(a => a.Kind == NoteCountry.Kind || a.Kind == NoteCountry.FoundKind).OrderByDescending(a => a.Index).Join(db.Leaves, a => a.Index, l => l.Index, (_, l) => l.Body).FirstOrDefaultAsync(cancel);
        if (last is null || last.AsSpan().IndexOf(Encoding.ASCII.GetBytes(manifest.ToString())) < 0)
            await scope.ServiceProvider.GetRequiredService<NoteCountry>().FoundAsync(new(country.Pack.Id, country.Pack.Name, manifest), cancel);
    }

    async Task RunAsync(Actor actor, CancellationTokenSource own)
    {
        CountryEnd end;
        try
        {
            var built = await new PackInstaller(Recipe, fetch).BringAsync(Place.Sources, Place.Folder, options.Mirror, folder => PackReader.Load(folder), new Told(this), own.Token);
            if (!built.AlreadyThere) await NoteAsync(actor);
            end = new(clock.UtcInstant(), built.AlreadyThere);
        }
        catch (OperationCanceledException) when (own.IsCancellationRequested)
        {
            end = new(clock.UtcInstant(), Cancelled: true);
        }
        catch (Exception e) when (CountryFault.Of(e) is { } fault)
        {
            log.LogWarning("the country could not be brought: {Fault}", e.Message);
            end = new(clock.UtcInstant(), Fault: fault);
        }
        catch (Exception e)
        {
            // A fault of our own ends this work, not the server.
            log.LogError(e, "the country could not be brought");
            end = new(clock.UtcInstant(), Fault: new("country.fault.broken", [], PackRemedy.Tell, []));
        }
        // What the end of the server cut off is told at the next start.
        if (!end.Cancelled || !life.ApplicationStopping.IsCancellationRequested) File.Delete(Place.Marker);
        lock (gate) (Last, work, stop) = (end, null, null);
        own.Dispose();
    }

    async Task NoteAsync(Actor actor)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<NoteCountry>().BroughtAsync(new(Recipe.Id, Recipe.Name, Digest.Of(await File.ReadAllBytesAsync(Place.Manifest))), actor);
    }

    sealed class Told(CountryDesk desk) : IProgress<PackProgress>
    {
        public void Report(PackProgress value)
        {
            if (desk.work is not { } before) return;
            // A file that goes on begins to count with its first bytes.
            var begins = value.Number != before.Number || (before.Bytes == 0 && value.Bytes > 0);
            desk.work = new(value.Step, value.Number, value.File, value.Bytes, value.Attempt, before.Since,
                begins ? desk.clock.UtcInstant() : before.FileSince, begins ? value.Bytes : before.FileFrom);
        }
    }
}
