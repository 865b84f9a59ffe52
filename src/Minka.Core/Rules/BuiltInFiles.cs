namespace Minka.Core.Rules;

/// <summary>The files of the folder <c>rulepacks/</c>, carried inside the assembly so that the program needs no path.</summary>
public static class BuiltInFiles
{
    const string Folder = "rulepacks/";

    /// <summary>Names below the folder, with forward slashes, in ordinal order.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. typeof(BuiltInFiles).Assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith(Folder, StringComparison.Ordinal))
            .Select(n => n[Folder.Length..])
            .Order(StringComparer.Ordinal),
    ];

    public static byte[] Read(string name)
    {
        using var stream = typeof(BuiltInFiles).Assembly.GetManifestResourceStream(Folder + name)
            ?? throw new FileNotFoundException($"no built-in file {name}", name);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
