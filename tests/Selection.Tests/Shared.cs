using System.Text.Json;

namespace Minka.Selection.Tests;

/// <summary>The material beside the repository: <c>../shared</c>, or what MINKA_SHARED names.</summary>
internal static class Shared
{
    public static string? Folder { get; } = Find();

    public static JsonElement Golden(string file, string id)
    {
        var path = Path.Combine(Folder!, "goldens", "methods", file);
        using var document = JsonDocument.Parse(File.ReadAllText(path));
        return document.RootElement.EnumerateArray().Single(e => e.GetProperty("id").GetString() == id).Clone();
    }

    /// <summary>The repository's root.</summary>
    public static string Root { get; } = FindRoot();

    private static string? Find()
    {
        var folder = Environment.GetEnvironmentVariable("MINKA_SHARED") is { Length: > 0 } named
            ? named
            : Path.Combine(FindRoot(), "..", "shared");
        return Directory.Exists(folder) ? folder : null;
    }

    private static string FindRoot()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Minka.slnx")))
                return at.FullName;
        }

        throw new InvalidOperationException("The tests do not run below the repository's root.");
    }
}

/// <summary>A test on the shared goldens; skipped with its reason where they are absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SharedFactAttribute : FactAttribute
{
    public SharedFactAttribute()
    {
        if (Shared.Folder is null)
            Skip = "../shared is absent (set MINKA_SHARED to its folder): goldens not compared.";
    }
}
