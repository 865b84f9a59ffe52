using Xunit;

namespace Minka.TestKit;

/// <summary>
/// The folder with large reference material that lies beside the repository. Its place is <c>MINKA_SHARED</c>, or
/// the nearest <c>shared</c> folder above the tests. It may be absent: tests that need it are skipped, with the reason.
/// </summary>
public static class Shared
{
    /// <summary>Full path of the folder, or null where it is absent.</summary>
    public static string? Root { get; } = Find();

    /// <summary>Full path of a file or folder in it.</summary>
    /// <exception cref="InvalidOperationException">The folder is absent: the test lacks its <see cref="SharedFactAttribute"/>.</exception>
    public static string At(params string[] parts) =>
        Root is null
            ? throw new InvalidOperationException("The shared folder is absent. Mark the test with [SharedFact].")
            : Path.Combine([Root, .. parts]);

    /// <summary>Whether a file or folder is there.</summary>
    public static bool Has(string path) => Root is not null && (Directory.Exists(At(path)) || File.Exists(At(path)));

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("MINKA_SHARED") is { Length: > 0 } given)
            return Directory.Exists(given) ? Path.GetFullPath(given) : null;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "shared");
            if (Directory.Exists(candidate))
                return candidate;
        }
        return null;
    }
}

/// <summary>A fact that needs something from the <see cref="Shared"/> folder and is skipped, with the reason, where it is absent.</summary>
public sealed class SharedFactAttribute : FactAttribute
{
    public SharedFactAttribute(string needs)
    {
        if (!Shared.Has(needs))
            Skip = $"needs ../shared/{needs}, which is absent";
    }
}

/// <summary>A theory that needs something from the <see cref="Shared"/> folder and is skipped, with the reason, where it is absent.</summary>
public sealed class SharedTheoryAttribute : TheoryAttribute
{
    public SharedTheoryAttribute(string needs)
    {
        if (!Shared.Has(needs))
            Skip = $"needs ../shared/{needs}, which is absent";
    }
}
