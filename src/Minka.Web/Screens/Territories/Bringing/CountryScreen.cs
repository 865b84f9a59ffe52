using Microsoft.AspNetCore.Mvc;
using Minka.Core.Register;
using Minka.Core.Territories;
using Minka.Observatory.Packs;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Territories.Bringing;

/// <summary>The one button that brings the real country, with what it will do, how far it is and how it ended. Two doors lead to it: the first run and the administration.</summary>
public abstract class CountryScreen(CountryDesk desk, Country country, MinkaOptions options) : Screen
{
    /// <summary>Less than this for a while is worth a word.</summary>
    const double SlowBytesPerSecond = 20_000;

    static readonly TimeSpan SlowAfter = TimeSpan.FromSeconds(10);

    public CountryDesk Desk => desk;

    public Country Country => country;

    public PackRecipe Recipe => desk.Recipe;

    public CountryState State { get; private set; }

    public IReadOnlyList<SourceFile> Files { get; private set; } = [];

    /// <summary>Another pack was named at the start, and goes before the one of the data folder.</summary>
    public string? Named => options.Pack;

    /// <summary>Whether the set-up code must be typed.</summary>
    public virtual bool AsksCode => false;

    /// <summary>The form that stops stands alone on a page that does not reload under whoever types the code.</summary>
    public virtual bool AsksStop => false;

    /// <summary>Whether the reader may know where on the server the data lie.</summary>
    public virtual bool KnowsPlace => true;

    public long Size => desk.Size;

    public long Here => Files.Where(f => f.State is not SourceState.Wrong).Sum(f => f.Bytes);

    /// <summary>Bytes a second of the file on its way, where they are few; null otherwise.</summary>
    public long? SlowSpeed => desk.Work is { Step: PackStep.Fetching, Number: > 0 } work && Now - work.FileSince is var time && time > SlowAfter
        && (work.Bytes - work.FileFrom) / time.TotalSeconds is var speed && speed < SlowBytesPerSecond ? (long)speed : null;

    /// <summary>How the server is started so that it uses what was brought.</summary>
    public string StartCommand => "./minka up" + (options.Data == new MinkaOptions().Data ? "" : $" --data {Quoted(options.Data)}")
        + (options.Port == new MinkaOptions().Port ? "" : $" --port {options.Port}") + (options.Db is null ? "" : " --db …") + (options.Smtp is null ? "" : " --smtp …");

    public string OfflineCommand => $"./minka pack build {Recipe.Id} --from {T["country.offline.folder"]} --out {Quoted(Shown(desk.Place.Folder))}";

    /// <summary>Where a person can get a file by hand.</summary>
    public Uri AddressOf(RecipeSource source) => Recipe.AddressOf(source, null);

    /// <summary>A text without the server's folders for whoever is not to know them.</summary>
    public string Shown(string text) => KnowsPlace ? text : text.Replace(desk.Place.Data, "…", StringComparison.Ordinal);

    public override Task LoadAsync()
    {
        if (desk.Work is not null)
        {
            if (!AsksStop) Response.Headers["Refresh"] = "2";
        }
        else State = desk.State();
        Files = desk.Files();
        return Task.CompletedTask;
    }

    public async Task<IActionResult> OnPostBringAsync()
    {
        if (await RefuseAsync() is { } refused) return refused;
        desk.Begin(Bringer);
        return LocalRedirect(Request.Path);
    }

    public async Task<IActionResult> OnPostStopAsync()
    {
        if (await RefuseAsync() is { } refused) return refused;
        desk.Cancel();
        // It ends at once, but not before this answer.
        await Task.WhenAny(desk.Run, Task.Delay(TimeSpan.FromSeconds(2), HttpContext.RequestAborted));
        return LocalRedirect(Request.Path);
    }

    protected virtual Actor Bringer => Actor;

    protected virtual Task<IActionResult?> RefuseAsync() => Task.FromResult<IActionResult?>(null);

    static string Quoted(string path) => path.Contains(' ', StringComparison.Ordinal) ? $"\"{path}\"" : path;
}
