using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Minka.Benchmarks;

/// <summary>
/// One kept connection that sends one prepared form again and again: as little work on the client's side as possible, because
/// the client shares the cores with the server that it measures.
/// </summary>
sealed class RawClient : IDisposable
{
    const string KeyMark = "00000000-0000-0000-0000-000000000000";

    readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    readonly byte[] request;
    readonly int keyAt;
    readonly byte[] answer = new byte[64 * 1024];

    /// <param name="server">Address of the server.</param>
    /// <param name="path">Where the form goes.</param>
    /// <param name="cookie">The whole header's value.</param>
    /// <param name="form">The encoded form before the key, which comes last.</param>
    public RawClient(Uri server, string path, string cookie, string form)
    {
        var body = $"{form}&Key={KeyMark}";
        request = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $"POST {path} HTTP/1.1\r\nHost: {server.Authority}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {body.Length}\r\nCookie: {cookie}\r\n\r\n{body}"));
        keyAt = request.Length - KeyMark.Length;
        socket.Connect(IPAddress.Loopback, server.Port);
    }

    /// <summary>Sends the form with a key; the status and, of a redirection, where it leads.</summary>
    public async Task<(int Status, string Location)> SendAsync(Guid key)
    {
        key.TryFormat(request.AsSpan(keyAt), out _);
        for (var sent = 0; sent < request.Length;) sent += await socket.SendAsync(request.AsMemory(sent));
        var length = 0;
        while (true)
        {
            if (length == answer.Length) throw new IOException("the answer is too long");
            var read = await socket.ReceiveAsync(answer.AsMemory(length));
            if (read == 0) throw new IOException("the connection was closed");
            length += read;
            if (IsWhole(answer.AsSpan(0, length), out var status, out var location)) return (status, location);
        }
    }

    public void Dispose() => socket.Dispose();

    static bool IsWhole(ReadOnlySpan<byte> bytes, out int status, out string location)
    {
        (status, location) = (0, "");
        var head = bytes.IndexOf("\r\n\r\n"u8);
        if (head < 0) return false;
        status = int.Parse(bytes.Slice(9, 3), CultureInfo.InvariantCulture);
        var body = bytes[(head + 4)..];
        location = HeaderOf(bytes[..(head + 2)], "\r\nLocation: "u8);
        return HeaderOf(bytes[..(head + 2)], "\r\nContent-Length: "u8) is { Length: > 0 } length
            ? body.Length >= int.Parse(length, CultureInfo.InvariantCulture)
            : body.EndsWith("0\r\n\r\n"u8);
    }

    static string HeaderOf(ReadOnlySpan<byte> head, ReadOnlySpan<byte> name)
    {
        var at = head.IndexOf(name);
        if (at < 0) return "";
        var value = head[(at + name.Length)..];
        return Encoding.ASCII.GetString(value[..value.IndexOf("\r\n"u8)]);
    }
}
