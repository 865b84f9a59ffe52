using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;

namespace Minka.Observatory.Packs;

/// <summary>How far a download is.</summary>
/// <param name="File">Name of the file.</param>
/// <param name="Bytes">Bytes here.</param>
/// <param name="Whole">Bytes of the file, if the server tells them.</param>
public readonly record struct FetchProgress(string File, long Bytes, long? Whole);

/// <summary>
/// Brings original files into a folder and verifies them. A download that breaks off is taken up where it ended, also by a later run; a file that is not
/// what the recipe says is fetched once more from its beginning, then refused.
/// </summary>
/// <param name="http">The client.</param>
/// <param name="time">The clock of waits.</param>
public sealed class SourceFetch(HttpClient http, TimeProvider time)
{
    private const int Attempts = 5;

    /// <summary>A server that sends nothing for so long has broken off; a slow one that goes on sending has not.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Wait before a further attempt.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Whether a file is what the recipe says.</summary>
    /// <param name="source">The source.</param>
    /// <param name="path">The file.</param>
    public static bool IsRight(RecipeSource source, string path)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (!File.Exists(path))
            return false;
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file)) == source.Sha256;
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
        Directory.CreateDirectory(folder);
        var part = path + ".part";
        var address = mirror is null
            ? new Uri(recipe.Address.Replace("{repository}", source.Repository, StringComparison.Ordinal).Replace("{commit}", source.Commit, StringComparison.Ordinal).Replace("{path}", string.Join('/', source.Path.Split('/').Select(Uri.EscapeDataString)), StringComparison.Ordinal))
            : new Uri(mirror, Uri.EscapeDataString(source.File));
        var altered = false;
        for (var attempt = 1; ; attempt++)
        {
            string why;
            try
            {
                if (await TakeAsync(address, part, source.File, progress, cancel))
                {
                    if (IsRight(source, part))
                    {
                        File.Move(part, path, overwrite: true);
                        return path;
                    }

                    // Perhaps the beginning was of another version; once more from there.
                    File.Delete(part);
                    if (altered)
                        throw new PackBuildFault("source-altered", source.File, address);
                    altered = true;
                }

                why = "cut off";
            }
            catch (HttpRequestException e) when (e.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone or HttpStatusCode.Forbidden)
            {
                throw new PackBuildFault("source-missing", source.File, address);
            }
            catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
            {
                why = e is OperationCanceledException ? "silence" : e.Message;
            }

            if (attempt >= Attempts)
                throw new PackBuildFault("source-unreachable", source.File, address, why);
            await Task.Delay(Pause, time, cancel);
        }
    }

    /// <summary>One request; false if the answer ended before its end.</summary>
    private async Task<bool> TakeAsync(Uri address, string part, string name, IProgress<FetchProgress>? progress, CancellationToken cancel)
    {
        var here = File.Exists(part) ? new FileInfo(part).Length : 0;
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
        if (answer.StatusCode != HttpStatusCode.PartialContent || answer.Content.Headers.ContentRange?.From != here)
            here = 0;
        var whole = answer.Content.Headers.ContentLength + here;
        await using var file = new FileStream(part, here == 0 ? FileMode.Create : FileMode.Append, FileAccess.Write, FileShare.None);
        await using var content = await answer.Content.ReadAsStreamAsync(silence.Token);
        var buffer = new byte[81_920];
        while (true)
        {
            silence.CancelAfter(Silence);
            var read = await content.ReadAsync(buffer, silence.Token);
            if (read == 0)
                break;
            await file.WriteAsync(buffer.AsMemory(0, read), cancel);
            here += read;
            progress?.Report(new FetchProgress(name, here, whole));
        }

        return whole is null || here >= whole;
    }
}
