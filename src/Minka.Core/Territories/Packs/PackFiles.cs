using System.IO.Compression;
using System.Reflection;

namespace Minka.Core.Territories.Packs;

/// <summary>The files of a pack, whether it is a folder, a zip or built in. Nothing outside of it can be opened.</summary>
sealed class PackFiles : IDisposable
{
    /// <summary>No file of a pack may be larger, and no pack more than four times as large, however small its zip is.</summary>
    public const long LargestFile = 64L << 20;

    const int MostZipEntries = 2_000;
    const string ResourcePrefix = "pack/pe-base/";

    readonly Func<string, Stream?> open;
    readonly IDisposable? owner;
    long readInAll;

    PackFiles(Func<string, Stream?> open, IDisposable? owner = null)
    {
        this.open = open;
        this.owner = owner;
    }

    /// <summary>A folder, or a zip whose manifest lies at its top or in its only folder; null (and a fault) for anything else.</summary>
    public static PackFiles? Open(string path, FaultList faults)
    {
        if (Directory.Exists(path)) return Folder(Path.GetFullPath(path));
        if (File.Exists(path)) return Zip(File.OpenRead(path), faults);
        faults.Add(path, null, PackFaults.PackMissing, path);
        return null;
    }

    public static PackFiles? Zip(Stream stream, FaultList faults)
    {
        try
        {
            var zip = new ZipArchive(stream, ZipArchiveMode.Read);
            if (zip.Entries.Count > MostZipEntries)
            {
                zip.Dispose();
                faults.Add("", null, PackFaults.TooManyFiles, $"{MostZipEntries}");
                return null;
            }
            var manifest = zip.Entries.Where(e => e.FullName == PackReader.ManifestName || e.FullName.EndsWith("/" + PackReader.ManifestName, StringComparison.Ordinal))
                .OrderBy(e => e.FullName.Count(c => c == '/')).ThenBy(e => e.FullName, StringComparer.Ordinal).FirstOrDefault();
            var folder = manifest?.FullName[..^PackReader.ManifestName.Length] ?? "";
            return new(name => zip.GetEntry(folder + name)?.Open(), zip);
        }
        catch (InvalidDataException)
        {
            stream.Dispose();
            faults.Add("", null, PackFaults.ZipInvalid);
            return null;
        }
    }

    public static PackFiles BuiltIn() =>
        new(name => Assembly.GetExecutingAssembly().GetManifestResourceStream(ResourcePrefix + name));

    /// <summary>The whole content; null (and a fault) where it is missing, too large or unreadable.</summary>
    public byte[]? Read(string name, string missingCode, FaultList faults)
    {
        try
        {
            using var stream = open(name);
            if (stream is null)
            {
                faults.Add(name, null, missingCode, name);
                return null;
            }
            using var content = new MemoryStream();
            var buffer = new byte[81_920];
            // The bytes are counted as they come: the lengths that a zip declares prove nothing.
            for (int read; (read = stream.Read(buffer)) > 0;)
            {
                readInAll += read;
                if (content.Length + read > LargestFile || readInAll > 4 * LargestFile)
                {
                    faults.Add(name, null, PackFaults.TooLarge, $"{LargestFile >> 20}");
                    return null;
                }
                content.Write(buffer, 0, read);
            }
            return content.ToArray();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or NotSupportedException)
        {
            faults.Add(name, null, e is InvalidDataException ? PackFaults.ZipInvalid : missingCode, name);
            return null;
        }
    }

    public void Dispose() => owner?.Dispose();

    static PackFiles Folder(string root) => new(name =>
    {
        var path = Path.Combine(root, name);
        // A link could lead out of the pack.
        return !File.Exists(path) || LeadsElsewhere(root, path) ? null : File.OpenRead(path);
    });

    static bool LeadsElsewhere(string root, string path)
    {
        for (FileSystemInfo? step = new FileInfo(path); step is not null && step.FullName.Length > root.Length; step = new DirectoryInfo(Path.GetDirectoryName(step.FullName)!))
            if (step.LinkTarget is not null) return true;
        return false;
    }
}
