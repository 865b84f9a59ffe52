using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;

namespace Minka.Observatory.Packs;

/// <summary>How far a download is.</summary>
/// <param name="File">Name of the file.</param>
/// <param name="Bytes">Bytes here.</param>
/// <param name="Whole">Bytes of the file, if the server tells them.</param>
/// <param name="Attempt">1 at first; more while a download that brings nothing is tried again.</param>
public readonly record struct FetchProgress(string File, long Bytes, long? Whole, int Attempt);

/// <summary>
/// Brings original files into a folder and verifies them. A download that breaks off is taken up where it ended, also by a later run; a file that is not
/// what the recipe says is fetched once more from its beginning, then refused.
/// </summary>
/// <param name="http">The client.</param>
/// <param name="time">The clock of waits.</param>
public sealed class SourceFetch(HttpClient http, TimeProvider time)
{
    /// <summary>After so many that bring nothing new it is given up; one that brings a part is none of them.</summary>
    private const int Attempts = 5;

    /// <summary>A server that sends nothing for so long has broken off; a slow one that goes on sending has not.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Wait before a further attempt.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>A client for downloads of any length.</summary>
    public static HttpClient Client()
    {
        var http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.UserAgent.ParseAdd("minka-pack/1");
        return http;
    }

    /// <summary>Whether a file is what the recipe says.</summary>
    /// <param name="source">The source.</param>
    /// <param name="path">The file.</param>
    public static bool IsRight(RecipeSource source, string path)
    {
        ArgumentNullException.ThrowIfNull(source);
        return File.Exists(path) && Sha256(path) == source.Sha256;
    }

    /// <summary>What is wrong with a file that is not what the recipe says.</summary>
    /// <param name="source">The source.</param>
    /// <param name="path">The file.</param>
    /// <param name="place">Folder or address from which it is.</param>
    public static PackBuildFault WrongFile(RecipeSource source, string path, object place)
    {
        ArgumentNullException.ThrowIfNull(source);
        var length = new FileInfo(path).Length;
        return length < source.Bytes
            ? new PackBuildFault("source-short", source.File, place, length, source.Bytes)
            : new PackBuildFault("source-altered", source.File, place, source.Sha256, Sha256(path));
    }

    /// <summary>Fetches a file unless it is there already.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="source">The source.</param>
    /// <param name="folder">Where it goes.</param>
    /// <param name="mirror">Another place that holds the files by their names; <see langword="null"/> for the address of the recipe.</param>
    /// <param name="progress">Told now and then.</param>
    /// <param name="cancel">Stops it; what is here stays for the next run.</param>
    /// <returns>Path of the file.</returns>
    /// <exception cref="PackBuildFault">It is missing, altered, or cannot be reached.</exception>
    public async Task<string> FetchAsync(PackRecipe recipe, RecipeSource source, string folder, Uri? mirror, IProgress<FetchProgress>? progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(source);
        var path = Path.Combine(folder, source.File);
        if (IsRight(source, path))
            return path;
        var address = recipe.AddressOf(source, mirror);
        try
        {
            await DownloadAsync(source, address, path, progress, cancel);
        }
        catch (PackBuildFault) when (File.Exists(path))
        {
            // Somebody put a copy there; that it is a wrong one is what helps, not that the network is down.
            throw WrongFile(source, path, folder);
        }

        return path;
    }

    private static string Sha256(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    private static string Why(HttpRequestException e) => e.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => "source-no-name",
        HttpRequestError.SecureConnectionError => "source-insecure",
        HttpRequestError.ProxyTunnelError => "source-proxy",
        HttpRequestError.ConnectionError => "source-refused",
        _ => "source-cut",
    };

    private static long LengthOf(string path) => File.Exists(path) ? new FileInfo(path).Length : 0;

    private async Task DownloadAsync(RecipeSource source, Uri address, string path, IProgress<FetchProgress>? progress, CancellationToken cancel)
    {
        var part = path + ".part";
        CreateFolder(Path.GetDirectoryName(path)!);
        var wrong = false;
        var furthest = LengthOf(part);
        for (var attempt = 1; ; attempt++)
        {
            PackBuildFault fault;
            try
            {
                if (await TakeAsync(source, address, part, attempt, progress, cancel))
                {
                    if (IsRight(source, part))
                    {
                        Write(part, () => File.Move(part, path, overwrite: true));
                        return;
                    }

                    // Perhaps the beginning was of another version; once more from there.
                    fault = LengthOf(part) > source.Bytes ? new PackBuildFault("source-long", source.File, address, source.Bytes) : WrongFile(source, part, address);
                    Write(part, () => File.Delete(part));
                    if (wrong)
                        throw fault;
                    (wrong, furthest) = (true, 0);
                }

                fault = new PackBuildFault("source-cut", source.File, address, address.Host);
            }
            catch (HttpRequestException e) when (e.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone)
            {
                throw new PackBuildFault("source-gone", source.File, address);
            }
            catch (HttpRequestException e) when (e.StatusCode is { } status)
            {
                fault = new PackBuildFault("source-status", source.File, address, address.Host, ((int)status).ToString(CultureInfo.InvariantCulture));
                if ((int)status < 500 && status is not (HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout))
                    throw fault;
            }
            catch (HttpRequestException e)
            {
                fault = new PackBuildFault(Why(e), source.File, address, address.Host);
            }
            catch (IOException)
            {
                fault = new PackBuildFault("source-cut", source.File, address, address.Host);
            }
            catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
            {
                fault = new PackBuildFault("source-silent", source.File, address, address.Host, (long)Math.Ceiling(Silence.TotalSeconds));
            }

            if (LengthOf(part) is var here && here > furthest)
                (furthest, attempt) = (here, 0);
            if (attempt >= Attempts)
                throw fault;
            progress?.Report(new FetchProgress(source.File, here, source.Bytes, attempt + 1));
            await Task.Delay(Pause, time, cancel);
        }
    }

    /// <summary>One request; false if the answer ended before its end.</summary>
    private async Task<bool> TakeAsync(RecipeSource source, Uri address, string part, int attempt, IProgress<FetchProgress>? progress, CancellationToken cancel)
    {
        var here = LengthOf(part);
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (here > 0)
            request.Headers.Range = new RangeHeaderValue(here, null);
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        silence.CancelAfter(Silence);
        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, silence.Token);
        if (answer.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            // All of it is here, or what is here is of another file; the digest tells.
            return true;
        }

        answer.EnsureSuccessStatusCode();
        // A network that asks people to sign in answers anything with its own page.
        if (answer.Content.Headers.ContentType?.MediaType == "text/html")
            throw new PackBuildFault("source-page", source.File, address, address.Host);
        if (answer.StatusCode != HttpStatusCode.PartialContent || answer.Content.Headers.ContentRange?.From != here)
            here = 0;
        var whole = answer.Content.Headers.ContentLength + here;
        await using var file = Open(part, here == 0 ? FileMode.Create : FileMode.Append);
        await using var content = await answer.Content.ReadAsStreamAsync(silence.Token);
        var buffer = new byte[81_920];
        while (true)
        {
            silence.CancelAfter(Silence);
            var read = await content.ReadAsync(buffer, silence.Token);
            if (read == 0)
                break;
            Write(part, () => file.Write(buffer, 0, read));
            here += read;
            progress?.Report(new FetchProgress(source.File, here, whole ?? source.Bytes, attempt));
            // It cannot be the file any more, and might never end.
            if (here > source.Bytes)
                return true;
        }

        return whole is null || here >= whole;
    }

    private static void CreateFolder(string folder) => Write(folder, () => Directory.CreateDirectory(folder));

    private static FileStream Open(string path, FileMode mode)
    {
        FileStream? file = null;
        // Without a buffer what was read is in the file when the process ends without a warning.
        Write(path, () => file = new FileStream(path, mode, FileAccess.Write, FileShare.None, 0));
        return file!;
    }

    /// <summary>A disc that is full or closed to us is no matter of the network.</summary>
    private static void Write(string path, Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PackBuildFault("folder-unwritable", path, e.Message);
        }
    }
}
