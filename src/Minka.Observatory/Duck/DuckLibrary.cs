using System.Reflection;
using System.Runtime.InteropServices;

namespace Minka.Observatory.Duck;

/// <summary>DuckDB's native library is not here: everything but the observatory's store works without it.</summary>
/// <param name="path">Where it was looked for, or the file that could not be loaded.</param>
/// <param name="inner">Why it could not be loaded.</param>
public sealed class DuckMissing(string path, Exception? inner = null)
    : Exception($"DuckDB is missing. In the folder «native» of Minka run: npm ci --ignore-scripts ({path})", inner)
{
    /// <summary>Where it was looked for.</summary>
    public string LookedFor { get; } = path;
}

/// <summary>Finds DuckDB's native library and loads it on first use.</summary>
/// <remarks>
/// Looked for in this order: the file that the variable <c>MINKA_DUCKDB</c> names; the folder <c>native</c> of a data folder; and
/// <c>native/node_modules/@duckdb/node-bindings-*</c> in a folder above the program. Loaded once a process.
/// </remarks>
public static class DuckLibrary
{
    /// <summary>The variable that names the library's file.</summary>
    public const string Variable = "MINKA_DUCKDB";

    internal const string Name = "duckdb";

    private static readonly Lock Gate = new();
    private static nint _loaded;

    /// <summary>Further folders in which the library may lie, such as <c>native</c> of the data folder. Looked in before the program's own.</summary>
    public static IList<string> Folders { get; } = [];

    /// <summary>Whether the library can be loaded.</summary>
    public static bool IsHere
    {
        get
        {
            try
            {
                Load();
                return true;
            }
            catch (DuckMissing)
            {
                return false;
            }
        }
    }

    /// <summary>Version of the library, such as <c>v1.5.6</c>.</summary>
    /// <exception cref="DuckMissing">It is not here.</exception>
    public static string Version
    {
        get
        {
            Load();
            return Marshal.PtrToStringUTF8(Native.duckdb_library_version()) ?? "";
        }
    }

    private static string FileName => OperatingSystem.IsWindows() ? "duckdb.dll" : OperatingSystem.IsMacOS() ? "libduckdb.dylib" : "libduckdb.so";

    /// <summary>Where the library lies; <see langword="null"/> if it does not.</summary>
    public static string? Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
            return File.Exists(named) ? named : null;
        foreach (var folder in Folders)
        {
            if (In(folder) is { } found)
                return found;
        }

        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (In(Path.Combine(at.FullName, "native")) is { } found)
                return found;
        }

        return null;
    }

    internal static void Load()
    {
        lock (Gate)
        {
            if (_loaded != 0)
                return;
            var path = Find() ?? throw new DuckMissing(Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named ? named : FileName);
            try
            {
                _loaded = NativeLibrary.Load(path);
            }
            catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
            {
                throw new DuckMissing(path, e);
            }

            NativeLibrary.SetDllImportResolver(Assembly.GetExecutingAssembly(), (name, _, _) => name == Name ? _loaded : 0);
        }
    }

    private static string? In(string folder)
    {
        var plain = Path.Combine(folder, FileName);
        if (File.Exists(plain))
            return plain;
        var packages = Path.Combine(folder, "node_modules", "@duckdb");
        return Directory.Exists(packages)
            ? Directory.EnumerateDirectories(packages, "node-bindings-*").Order(StringComparer.Ordinal).Select(d => Path.Combine(d, FileName)).FirstOrDefault(File.Exists)
            : null;
    }
}
