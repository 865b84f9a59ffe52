using System.Globalization;
using Minka.Core.Kernel;

namespace Minka.Core.Territories.Packs;

/// <summary>A country, or everything that is wrong with its pack: a pack with any fault is refused whole.</summary>
public sealed record PackReading(Country? Country, IReadOnlyList<PackFault> Faults);

/// <summary>A country pack was refused; its message names every fault, one a line.</summary>
public sealed class PackRefused(IReadOnlyList<PackFault> faults) : Exception(string.Join('\n', faults))
{
    public IReadOnlyList<PackFault> Faults { get; } = faults;
}

/// <summary>Reads a country pack: <c>manifest.json</c> with CSV files and outlines beside it, in a folder or a zip.</summary>
public static class PackReader
{
    internal const string ManifestName = "manifest.json";

    internal static readonly HashSet<string> UsedKinds = ["territories", "boundaries", "indicator", "budget-execution"];

    static readonly Lazy<Country> LazyBuiltIn = new(() =>
    {
        using var files = PackFiles.BuiltIn();
        var reading = Read(files, new FaultList());
        return reading.Country ?? throw new InvalidOperationException($"The built-in pack is faulty: {reading.Faults[0]}");
    });

    /// <summary>The small pack that comes with Minka: departments with outlines, provinces with points.</summary>
    public static Country BuiltIn => LazyBuiltIn.Value;

    /// <param name="path">A folder or a zip file.</param>
    public static PackReading Read(string path)
    {
        var faults = new FaultList();
        using var files = PackFiles.Open(path, faults);
        return files is null ? new(null, faults.Found) : Read(files, faults);
    }

    /// <summary>As <see cref="Read(string)"/>, for programs that cannot go on without a country.</summary>
    /// <exception cref="PackRefused">The pack has faults.</exception>
    public static Country Load(string path) => Read(path) is var reading && reading.Country is { } country ? country : throw new PackRefused(reading.Faults);

    /// <param name="zip">An uploaded zip; it is closed afterwards.</param>
    public static PackReading Read(Stream zip)
    {
        var faults = new FaultList();
        using var files = PackFiles.Zip(zip, faults);
        return files is null ? new(null, faults.Found) : Read(files, faults);
    }

    static PackReading Read(PackFiles files, FaultList faults)
    {
        var bytes = files.Read(ManifestName, PackFaults.ManifestMissing, faults);
        if (bytes is null || Manifest.Read(bytes, faults) is not { } manifest) return new(null, faults.Found);

        var outlined = ChooseOutlines(manifest.Files);
        var used = manifest.Files.Where(f => f.Kind != "boundaries" ? UsedKinds.Contains(f.Kind) : outlined.ContainsValue(f)).ToHashSet();
        var contents = new Dictionary<ManifestFile, byte[]>();
        foreach (var file in manifest.Files)
        {
            if (files.Read(file.Path, PackFaults.FileMissing, faults) is not { } content) continue;
            if (Digest.Of(content) is var digest && digest != file.Sha256) faults.Add(file.Path, null, PackFaults.HashMismatch, file.Sha256.Short, digest.Short);
            if (used.Contains(file)) contents[file] = content;
        }

        var sources = manifest.Files.ToDictionary(f => f, f => new PackSource(f.Path, f.Kind, f.Source, f.Licence, f.Attribution, f.Year, f.Sha256, used.Contains(f)));
        var territories = new TerritoryTables(faults);
        var inOrder = contents.OrderBy(c => c.Key.Levels is [var first, ..] ? first : Level.Department).ToArray();
        foreach (var (file, content) in inOrder.Where(c => c.Key.Kind == "territories")) territories.Read(file, content);
        territories.CheckFamilies(manifest.Files);
        foreach (var (file, content) in inOrder.Where(c => c.Key.Kind == "indicator")) territories.ReadByYear(file, content);
        foreach (var (file, content) in inOrder.Where(c => c.Key.Kind == "budget-execution")) new BudgetTable(territories, faults).Read(file, content);

        var outlines = new List<OutlineSet>();
        foreach (var (file, content) in contents.Where(c => c.Key.Kind == "boundaries"))
        {
            var levels = outlined.Where(o => o.Value == file).Select(o => o.Key).ToArray();
            outlines.AddRange(new OutlineFile(file, sources[file], territories, faults).Read(content, levels));
        }
        return faults.None
            ? new(new Country(manifest.Pack, [.. territories.Finished(outlines)], territories.Indicators, outlines, [.. sources.Values]), [])
            : new(null, faults.Found);
    }

    /// <summary>For each level the newest outlines, TopoJSON before GeoJSON; the other files are not opened but for their digest.</summary>
    static Dictionary<Level, ManifestFile> ChooseOutlines(IReadOnlyList<ManifestFile> files) =>
        files.Where(f => f.Kind == "boundaries")
            .SelectMany(f => f.Levels.Select(level => (Level: level, File: f)))
            .GroupBy(x => x.Level)
            .ToDictionary(g => g.Key, g => g.Select(x => x.File).OrderByDescending(f => f.Year ?? 0).ThenByDescending(f => f.IsTopology).ThenBy(f => f.Path, StringComparer.Ordinal).First());

    internal static bool TryNumber(string text, out decimal value) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value);
}
