using System.Runtime.CompilerServices;
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

    private static string? Find([CallerFilePath] string file = "")
    {
        if (Environment.GetEnvironmentVariable("MINKA_SHARED") is { Length: > 0 } named)
            return Directory.Exists(named) ? named : null;

        foreach (var start in new[] { AppContext.BaseDirectory, Path.GetDirectoryName(file)! })
        {
            for (var at = new DirectoryInfo(start); at is not null; at = at.Parent)
            {
                if (File.Exists(Path.Combine(at.FullName, "Minka.slnx")))
                {
                    var beside = Path.Combine(at.Parent!.FullName, "shared");
                    if (Directory.Exists(beside))
                        return beside;
                }
            }
        }

        return null;
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
