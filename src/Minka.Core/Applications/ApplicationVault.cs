using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Applications;

/// <summary>
/// Keeps drafts, files and submissions from everybody's eyes: each application has a data key of its own, which the database
/// holds only wrapped. What is sealed says whose and what it is, so that no box opens in the place of another.
/// </summary>
[UseCase]
public sealed class ApplicationVault(SealingKeys keys, IEntropy entropy, TimeProvider time, DbSettings settings)
{
    /// <summary>A new data key, wrapped.</summary>
    public byte[] NewKey(ApplicationId id)
    {
        using var key = DataKey.New(entropy);
        return keys.Wrap(key, About(id), entropy);
    }

    public DataKey KeyOf(Application application) => keys.Unwrap(application.WrappedKey, About(application.Id));

    internal byte[] SealSection<T>(Application application, FormSection section, T content) => Seal(application, $"draft/{section}", CanonicalJson.Bytes(content));

    internal T ReadSection<T>(DataKey key, ApplicationId id, FormSection section, byte[] box) => ReadJson<T>(key, id, $"draft/{section}", box);

    internal byte[] SealAside<T>(Application application, FormSection section, Guid person, T content) => Seal(application, $"aside/{section}/{person}", CanonicalJson.Bytes(content));

    internal T ReadAside<T>(DataKey key, ApplicationId id, FormSection section, Guid person, byte[] box) => ReadJson<T>(key, id, $"aside/{section}/{person}", box);

    internal byte[] SealSubmission(DataKey key, ApplicationId id, SubmissionId submission, byte[] content) => SealedBox.Seal(content, About(id, $"submission/{submission.Value}"), key, entropy);

    /// <summary>The content of a submission, checked against its digest.</summary>
    /// <exception cref="InvalidDataException">It opens, but is not what was received.</exception>
    public ApplicationContent OpenSubmission(Application application, Submission submission)
    {
        using var key = KeyOf(application);
        var bytes = SealedBox.Open(submission.Box, About(application.Id, $"submission/{submission.Id.Value}"), key);
        try
        {
            var content = ApplicationContent.Read(bytes);
            return content.Digest() == submission.ContentDigest ? content : throw new InvalidDataException($"submission {submission.Id.Value}: the content is not what was received");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    /// <summary>The same for the same application always, so that the same words give the same digest; unknown without its key.</summary>
    internal static string SaltOf(DataKey key) => Convert.ToHexStringLower(HMACSHA256.HashData(key.Bytes, "minka application: salt of the content"u8)[..16]);

    /// <summary>The public code of a plan writer: stable in this installation, and nobody without its keys finds the number behind it by trying all.</summary>
    public string WriterCode(string number) => $"F-{keys.Pseudonym("plan-writer", number)}";

    /// <summary>Seals a file into the data folder.</summary>
    internal async Task<(AttachedFile File, Digest Box)> PutFileAsync(Application application, byte[] bytes, string name, CancellationToken cancel)
    {
        var judged = FileStore.Judge(bytes, name);
        var id = new SealedFileId(entropy.NewId(time));
        var box = Seal(application, $"file/{id.Value}", bytes);
        var digest = Digest.Of(box);
        var path = PathOf(digest);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await using (var stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            await stream.WriteAsync(box, cancel);
            stream.Flush(flushToDisk: true);
        }
        return (new AttachedFile(id, judged.Name, judged.MediaType, judged.Size, judged.Sha256), digest);
    }

    /// <summary>The bytes of a sealed file, checked.</summary>
    /// <exception cref="NotFound">They are not there.</exception>
    public async Task<byte[]> ReadFileAsync(DataKey key, SealedFile file, CancellationToken cancel = default)
    {
        var path = PathOf(file.BoxDigest);
        if (!File.Exists(path)) throw new NotFound("file", file.Id.Value);
        var box = await File.ReadAllBytesAsync(path, cancel);
        return SealedBox.Open(box, About(file.ApplicationId, $"file/{file.Id.Value}"), key);
    }

    byte[] Seal(Application application, string what, byte[] content)
    {
        using var key = KeyOf(application);
        return SealedBox.Seal(content, About(application.Id, what), key, entropy);
    }

    static T ReadJson<T>(DataKey key, ApplicationId id, string what, byte[] box)
    {
        var bytes = SealedBox.Open(box, About(id, what), key);
        try
        {
            return JsonSerializer.Deserialize<T>(bytes, CanonicalJson.Options)!;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    string PathOf(Digest box) => Path.Combine(settings.DataFolder, "sealed", box.Hex[..2], box.Hex[2..]);

    static byte[] About(ApplicationId id, string? what = null) => Encoding.UTF8.GetBytes(what is null ? $"application/{id.Value}" : $"application/{id.Value}/{what}");
}
