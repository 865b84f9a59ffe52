using Minka.Observatory.Duck;
using Minka.Observatory.Reading;
using Minka.Observatory.Store;

namespace Minka.Web.Screens.Observatory;

/// <summary>Whether there is spending to show, and if not, what to do next.</summary>
public enum SpendingState
{
    Ready,

    /// <summary>Nothing was imported yet.</summary>
    Empty,

    /// <summary>The native library of DuckDB is not here.</summary>
    NoLibrary,

    /// <summary>The record of the store cannot be read.</summary>
    Broken,

    /// <summary>What was imported last is being prepared.</summary>
    Preparing,
}

/// <summary>The spending of this installation: opened when a page first asks for it, and again after each import.</summary>
public sealed class Spending
{
    /// <summary>How long a page waits for what is being prepared.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    readonly Lock gate = new();
    Task<SpendReading?>? opening;
    DateTime stamp;

    public Spending(MinkaOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var data = Path.GetFullPath(options.Data);
        Folder = Path.Combine(data, "observatorio");
        var native = Path.Combine(data, "native");
        if (!DuckLibrary.Folders.Contains(native)) DuckLibrary.Folders.Add(native);
    }

    /// <summary>Where the store lies.</summary>
    public string Folder { get; }

    SpendReading? Open()
    {
        var reading = SpendReading.Open(Folder);
        // The page that asked needs one group of one kind; the next ones find the others read.
        if (reading is not null) _ = Task.Run(() => reading.Warm(reading.Amounts[0]), CancellationToken.None);
        return reading;
    }

    public async Task<(SpendingState State, SpendReading? Reading)> ReadAsync(CancellationToken cancel)
    {
        Task<SpendReading?> asked;
        lock (gate)
        {
            var now = SpendReading.StampOf(Folder);
            // A library that was missing may have come since.
            if (opening is null || stamp != now || opening is { IsFaulted: true, Exception.InnerException: DuckMissing })
                (opening, stamp) = (Task.Run(Open, CancellationToken.None), now);
            asked = opening;
        }
        try
        {
            return await asked.WaitAsync(Patience, cancel) is { } reading ? (SpendingState.Ready, reading) : (SpendingState.Empty, null);
        }
        catch (TimeoutException)
        {
            return (SpendingState.Preparing, null);
        }
        catch (DuckMissing)
        {
            return (SpendingState.NoLibrary, null);
        }
        catch (StoreFault)
        {
            return (SpendingState.Broken, null);
        }
    }
}
