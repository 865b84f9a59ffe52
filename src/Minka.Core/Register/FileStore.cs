using Minka.Core.Database;
using Minka.Core.Kernel;

namespace Minka.Core.Register;

/// <summary>
/// Keeps bytes under their SHA-256 in <c>files/</c> of the data folder: the same bytes once, never changed. A file is put
/// before the act that names it; one that no act names does no harm.
/// </summary>
[UseCase]
public sealed class FileStore(DbSettings settings)
{
    public const int LargestMegabytes = 10;
    public const int Largest = LargestMegabytes * 1024 * 1024;

    /// <summary>Judges the bytes and puts them in their place.</summary>
    /// <param name="allowed">Media types that are welcome here; null: all of <see cref="FileTypes"/> but signatures and recordings.</param>
    /// <exception cref="RuleBroken"><c>file.empty</c>, <c>file.too-large</c> or <c>file.type-refused</c>.</exception>
    public async Task<IncomingFile> PutAsync(byte[] bytes, string name, IReadOnlyCollection<string>? allowed = null, CancellationToken cancel = default)
    {
        var file = Judge(bytes, name, allowed);
        var path = PathOf(file.Sha256);
        if (File.Exists(path)) return file;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var part = $"{path}.{Path.GetRandomFileName()}";
        await using (var stream = new FileStream(part, FileMode.CreateNew, FileAccess.Write, FileShare.None))
        {
            await stream.WriteAsync(bytes, cancel);
            stream.Flush(flushToDisk: true);
        }
        // Two who put the same bytes at once write the same file.
        File.Move(part, path, overwrite: true);
        return file;
    }

    /// <summary>What the bytes are, without keeping them.</summary>
    public static IncomingFile Judge(byte[] bytes, string name, IReadOnlyCollection<string>? allowed = null)
    {
        if (bytes.Length == 0) throw new RuleBroken("file.empty");
        if (bytes.Length > Largest) throw new RuleBroken("file.too-large", LargestMegabytes);
        var type = FileTypes.Of(bytes);
        var welcome = type is not null && (allowed?.Contains(type) ?? (type != FileTypes.Cms && !SoundTypes.All.Contains(type)));
        if (!welcome) throw new RuleBroken("file.type-refused", PlainName(name));
        return new IncomingFile(Digest.Of(bytes), PlainName(name), type!, bytes.Length);
    }

    /// <summary>The bytes, checked against their digest.</summary>
    /// <exception cref="NotFound">They are not there.</exception>
    /// <exception cref="InvalidDataException">They were changed on the disc.</exception>
    public async Task<byte[]> ReadAsync(Digest digest, CancellationToken cancel = default)
    {
        var path = PathOf(digest);
        if (!File.Exists(path)) throw new NotFound("file", digest.Hex);
        var bytes = await File.ReadAllBytesAsync(path, cancel);
        return Digest.Of(bytes) == digest ? bytes : throw new InvalidDataException($"{digest.Hex}: the bytes on the disc are others");
    }

    public string PathOf(Digest digest) => Path.Combine(settings.DataFolder, "files", digest.Hex[..2], digest.Hex[2..]);

    static string PlainName(string name)
    {
        var last = name.Replace('\\', '/').Split('/')[^1];
        var plain = new string([.. last.Where(c => !char.IsControl(c))]).Trim();
        return plain.Length switch { 0 => "-", > 120 => plain[^120..], _ => plain };
    }
}
