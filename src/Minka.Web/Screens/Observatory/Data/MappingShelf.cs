using Minka.Observatory.Importing;

namespace Minka.Web.Screens.Observatory.Data;

/// <param name="Mapping">Null: its file cannot be read as a mapping.</param>
public sealed record KeptMapping(string Name, ColumnMapping? Mapping);

/// <summary>Mappings of files that nobody published: each a JSON file in a folder of the data, as <c>spend import --mapping</c> takes it.</summary>
public sealed class MappingShelf
{
    const string Ending = ".json";

    public const int LongestName = 60;

    public MappingShelf(MinkaOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Folder = Path.Combine(Path.GetFullPath(options.Data), "mapeos");
    }

    public string Folder { get; }

    public IReadOnlyList<KeptMapping> All() => !Directory.Exists(Folder) ? [] : [.. Directory.GetFiles(Folder, "*" + Ending).Order(StringComparer.Ordinal).Select(Of)];

    public KeptMapping? Find(string? name) => PathOf(name) is { } path && File.Exists(path) ? Of(path) : null;

    /// <summary>The name as a file can have it; null if nothing remains of it.</summary>
    public static string? Plain(string? name)
    {
        var plain = new string([.. (name ?? "").Where(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' or ' ')]).Trim(' ', '.');
        return plain.Length == 0 ? null : plain[..Math.Min(plain.Length, LongestName)].Trim(' ', '.');
    }

    public KeptMapping Keep(string name, ColumnMapping mapping)
    {
        ArgumentNullException.ThrowIfNull(mapping);
        Directory.CreateDirectory(Folder);
        var path = PathOf(Plain(name)) ?? throw new ArgumentException(name, nameof(name));
        // Whole or not at all.
        File.WriteAllText(path + ".parte", mapping.ToJson());
        File.Move(path + ".parte", path, overwrite: true);
        return new(Path.GetFileNameWithoutExtension(path), mapping);
    }

    public void Remove(string name)
    {
        if (PathOf(name) is { } path) File.Delete(path);
    }

    /// <summary>Where a mapping of that name lies, or would; null for what is no name.</summary>
    public string? PathOf(string? name) => name is { Length: > 0 } && Plain(name) == name ? Path.Combine(Folder, name + Ending) : null;

    static KeptMapping Of(string path)
    {
        try
        {
            return new(Path.GetFileNameWithoutExtension(path), ColumnMapping.Parse(File.ReadAllText(path)));
        }
        catch (MappingFault)
        {
            return new(Path.GetFileNameWithoutExtension(path), null);
        }
    }
}
