using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Minka.TestKit;

/// <summary>How a server of files misbehaves.</summary>
public enum Misbehaviour
{
    None,

    /// <summary>One byte is another.</summary>
    Altered,

    /// <summary>404.</summary>
    Missing,

    /// <summary>The file ends too early, and the server says that this is all.</summary>
    Truncated,

    /// <summary>A page that asks to sign in, whatever was asked for.</summary>
    Page,

    /// <summary>Ten bytes of the first answer, then nothing.</summary>
    Silent,

    /// <summary>A few bytes at a time.</summary>
    Slow,

    /// <summary>Each answer breaks off a part of the way.</summary>
    CutOff,

    /// <summary>500.</summary>
    Broken,
}

/// <summary>Serves a folder on 127.0.0.1, badly if asked.</summary>
public sealed class FileServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly string _folder;

    public FileServer(string folder)
    {
        _folder = folder;
        _listener.Start();
        _ = Task.Run(ServeAsync);
    }

    public string Address => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/";

    /// <summary>From which byte each answer was asked for.</summary>
    public List<long> Ranges { get; } = [];

    public Misbehaviour How { get; set; }

    /// <summary>The one file that is served badly; null for all.</summary>
    public string? Only { get; set; }

    /// <summary>Bytes after which an answer breaks off.</summary>
    public int CutAfter { get; set; } = 100_000;

    public void Dispose()
    {
        _end.Cancel();
        _listener.Dispose();
        _end.Dispose();
    }

    private async Task ServeAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                using var client = await _listener.AcceptTcpClientAsync(_end.Token);
                await AnswerAsync(client.GetStream());
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException or IOException)
            {
                // The test is over, or whoever asked has gone.
            }
        }
    }

    private async Task AnswerAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.ASCII, false, 4096, leaveOpen: true);
        var name = Uri.UnescapeDataString((await reader.ReadLineAsync(_end.Token))?.Split(' ')[1] ?? "/")[1..];
        var from = 0L;
        while (await reader.ReadLineAsync(_end.Token) is { Length: > 0 } header)
        {
            if (header.StartsWith("Range: bytes=", StringComparison.OrdinalIgnoreCase))
                from = long.Parse(header["Range: bytes=".Length..].TrimEnd('-'), System.Globalization.CultureInfo.InvariantCulture);
        }

        Ranges.Add(from);
        var how = Only is null || Only == name ? How : Misbehaviour.None;
        var content = await File.ReadAllBytesAsync(Path.Combine(_folder, name), _end.Token);
        switch (how)
        {
            case Misbehaviour.Altered: content[^10] ^= 1; break;
            case Misbehaviour.Truncated: content = content[..(content.Length / 2)]; break;
            case Misbehaviour.Missing: await SayAsync("404 Not Found", "text/plain", "no"); return;
            case Misbehaviour.Broken: await SayAsync("500 Internal Server Error", "text/plain", "no"); return;
            case Misbehaviour.Page: await SayAsync("200 OK", "text/html", "<h1>Sign in</h1>"); return;
        }

        if (from > 0 && from >= content.Length)
        {
            await SayAsync("416 Range Not Satisfiable", "text/plain", "no");
            return;
        }

        var head = from > 0 ? $"HTTP/1.1 206 Partial Content\r\nContent-Range: bytes {from}-{content.Length - 1}/{content.Length}\r\n" : "HTTP/1.1 200 OK\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{head}Content-Length: {content.Length - from}\r\nConnection: close\r\n\r\n"), _end.Token);
        var rest = content.AsMemory((int)from);
        switch (how)
        {
            case Misbehaviour.Silent:
                await stream.WriteAsync(from == 0 ? rest[..Math.Min(10, rest.Length)] : default, _end.Token);
                await Task.Delay(1_200, _end.Token);
                break;
            case Misbehaviour.Slow:
                for (; rest.Length > 0; rest = rest[Math.Min(20, rest.Length)..])
                {
                    await stream.WriteAsync(rest[..Math.Min(20, rest.Length)], _end.Token);
                    await Task.Delay(20, _end.Token);
                    // Who was told to be quick is quick with the rest too.
                    if (How == Misbehaviour.None)
                    {
                        await stream.WriteAsync(rest[Math.Min(20, rest.Length)..], _end.Token);
                        break;
                    }
                }

                break;
            case Misbehaviour.CutOff: await stream.WriteAsync(rest[..Math.Min(CutAfter, rest.Length)], _end.Token); break;
            default: await stream.WriteAsync(rest, _end.Token); break;
        }

        async Task SayAsync(string status, string type, string body) =>
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Type: {type}\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}"), _end.Token);
    }
}
