namespace Minka.Observatory.Tests;

/// <summary>A test on the samples beside the repository (<c>../shared</c>, or what MINKA_SHARED names); skipped with its reason where they are absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SampleFactAttribute : FactAttribute
{
    public SampleFactAttribute()
    {
        if (Folder is null)
            Skip = "../shared is absent (set MINKA_SHARED to its folder): samples not described.";
    }

    public static string? Folder { get; } = Find();

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("MINKA_SHARED") is { Length: > 0 } named)
            return Directory.Exists(named) ? named : null;
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (Directory.Exists(Path.Combine(at.FullName, "shared", "samples")))
                return Path.Combine(at.FullName, "shared");
        }

        return null;
    }
}
