namespace Minka.Core.Register;

/// <summary>
/// Files of the folder <c>keys</c>. Secrets are created with mode 600 and never overwritten; a list is replaced by
/// rename, so that a cut leaves the old one or the new one.
/// </summary>
internal static class KeyFolder
{
    public static void Create(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Writes a secret that must not exist yet.</summary>
    /// <exception cref="IOException">The file exists.</exception>
    public static void WriteSecret(string path, ReadOnlySpan<byte> content)
    {
        using var file = new FileStream(path, SecretOptions(FileMode.CreateNew));
        file.Write(content);
        file.Flush(flushToDisk: true);
    }

    public static void Replace(string path, ReadOnlySpan<byte> content)
    {
        var next = path + ".next";
        using (var file = new FileStream(next, SecretOptions(FileMode.Create)))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }
        File.Move(next, path, overwrite: true);
    }

    static FileStreamOptions SecretOptions(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }
}
