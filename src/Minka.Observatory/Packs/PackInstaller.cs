namespace Minka.Observatory.Packs;

/// <summary>What is being done for a pack.</summary>
public enum PackStep
{
    /// <summary>A file is on its way.</summary>
    Fetching,

    /// <summary>A file is here and is the original.</summary>
    Fetched,

    /// <summary>The files are joined.</summary>
    Building,

    /// <summary>The new pack is read as a start would.</summary>
    Checking,
}

/// <summary>How far a pack is.</summary>
/// <param name="Step">What is being done.</param>
/// <param name="Number">Which file of the recipe, from 1; 0 where none is meant.</param>
/// <param name="File">Its name.</param>
/// <param name="Bytes">Bytes of it that are here.</param>
/// <param name="Whole">Its length, where known.</param>
/// <param name="Attempt">1 at first.</param>
public readonly record struct PackProgress(PackStep Step, int Number, string File, long Bytes, long? Whole, int Attempt);

/// <summary>From a recipe to a pack in its place: files fetched or found, verified, joined, checked, and only then put where the pack of before lay.</summary>
/// <param name="recipe">The recipe.</param>
/// <param name="fetch">How files come; <see langword="null"/>: they must lie in the folder of the sources.</param>
public sealed class PackInstaller(PackRecipe recipe, SourceFetch? fetch)
{
    /// <summary>Brings the pack, unless it lies there whole.</summary>
    /// <param name="sources">Folder of the original files.</param>
    /// <param name="folder">Place of the pack.</param>
    /// <param name="mirror">Another address that holds the files by their names.</param>
    /// <param name="check">Reads a new pack; an exception of it leaves the pack of before.</param>
    /// <param name="progress">Told as it goes on.</param>
    /// <param name="cancel">Stops it until the pack is checked; what was fetched stays.</param>
    /// <exception cref="PackBuildFault">A file is missing, altered or cannot be reached, or the files do not fit.</exception>
    public async Task<BuiltPack> BringAsync(string sources, string folder, Uri? mirror, Action<string> check, IProgress<PackProgress>? progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(check);
        folder = Path.TrimEndingDirectorySeparator(folder);
        var builder = new PackBuilder(recipe);
        if (builder.IsBuilt(folder))
            return new BuiltPack(folder, true, [], []);
        var number = 0;
        foreach (var source in fetch is null ? [] : recipe.Sources)
        {
            number++;
            progress?.Report(new PackProgress(PackStep.Fetching, number, source.File, 0, source.Bytes, 1));
            var path = await fetch!.FetchAsync(recipe, source, sources, mirror, progress is null ? null : new OfFile(progress, number), cancel);
            var length = new FileInfo(path).Length;
            progress?.Report(new PackProgress(PackStep.Fetched, number, source.File, length, length, 1));
        }

        cancel.ThrowIfCancellationRequested();
        progress?.Report(new PackProgress(PackStep.Building, 0, "", 0, null, 1));
        var built = builder.Build(sources, folder);
        cancel.ThrowIfCancellationRequested();
        progress?.Report(new PackProgress(PackStep.Checking, 0, "", 0, null, 1));
        check(built.Folder);
        cancel.ThrowIfCancellationRequested();
        PackBuilder.Install(built.Folder, folder);
        return built with { Folder = folder };
    }

    private sealed class OfFile(IProgress<PackProgress> progress, int number) : IProgress<FetchProgress>
    {
        public void Report(FetchProgress value) => progress.Report(new PackProgress(PackStep.Fetching, number, value.File, value.Bytes, value.Whole, value.Attempt));
    }
}
