namespace Minka.Observatory.Packs;

/// <summary>What has to be done so that a pack can be built.</summary>
public enum PackRemedy
{
    /// <summary>Try again when the network is better: what came is kept.</summary>
    Again,

    /// <summary>Put the file into the folder.</summary>
    Bring,

    /// <summary>The address has it no more: find it elsewhere and put it into the folder.</summary>
    Find,

    /// <summary>Replace the file by the original.</summary>
    Original,

    /// <summary>Make room, or open the folder for the program.</summary>
    Room,

    /// <summary>Nobody but who writes the recipe can help.</summary>
    Tell,
}

/// <summary>A pack cannot be built: which file, and why.</summary>
/// <param name="code">A code for the language files.</param>
/// <param name="args">What the text names: first the file, then the folder or address.</param>
public sealed class PackBuildFault(string code, params IReadOnlyList<object?> args) : Exception($"{code}: {string.Join(", ", args)}")
{
    /// <summary>A code for the language files.</summary>
    public string Code { get; } = code;

    /// <summary>What the text names.</summary>
    public IReadOnlyList<object?> Args { get; } = args;

    /// <summary>What to do about it.</summary>
    public PackRemedy Remedy => Code switch
    {
        "source-missing" => PackRemedy.Bring,
        "source-gone" => PackRemedy.Find,
        "source-altered" or "source-short" or "source-long" => PackRemedy.Original,
        "source-cut" or "source-silent" or "source-status" or "source-no-name" or "source-refused" or "source-insecure" or "source-proxy" or "source-page" => PackRemedy.Again,
        "folder-unwritable" => PackRemedy.Room,
        _ => PackRemedy.Tell,
    };
}
