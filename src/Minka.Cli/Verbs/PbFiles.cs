using Minka.Selection.Participatory;
using Minka.Selection.Participatory.Pabulib;

namespace Minka.Cli.Verbs;

/// <summary>Election files named on the command line.</summary>
static class PbFiles
{
    /// <summary>All .pb and .pb.gz files among the paths, folders read whole; null (and a message) if one does not exist or nothing is there.</summary>
    public static IReadOnlyList<string>? Find(IReadOnlyList<string> paths, TextWriter errors)
    {
        var files = new List<string>();
        foreach (var path in paths)
        {
            if (Directory.Exists(path))
            {
                files.AddRange(Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
                    .Where(f => f.EndsWith(".pb", StringComparison.OrdinalIgnoreCase) || f.EndsWith(".pb.gz", StringComparison.OrdinalIgnoreCase))
                    .Order(StringComparer.Ordinal));
            }
            else if (File.Exists(path))
            {
                files.Add(path);
            }
            else
            {
                errors.WriteLine($"select: there is no file or folder {path}");
                return null;
            }
        }

        if (files.Count > 0)
            return files;
        errors.WriteLine("select: no .pb or .pb.gz file there");
        return null;
    }

    public static Election Read(string file, bool voterAttributes)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
        return PabulibReader.Read(stream, Path.GetFileName(file), PabulibOptions.Default with { VoterAttributes = voterAttributes });
    }
}
