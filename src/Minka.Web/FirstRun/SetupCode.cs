using System.Net;
using System.Security.Cryptography;
using System.Text;
using Minka.Core.Kernel;

namespace Minka.Web.FirstRun;

/// <summary>
/// Whoever begins the installation sits at its machine or reads its console: the first visitor from elsewhere cannot take it.
/// </summary>
public sealed class SetupCode
{
    // Never from the seeded source: it is a secret.
    readonly string code = string.Join('-', Convert.ToHexString(new SystemEntropy().Bytes(8)).Chunk(4).Select(c => new string(c)));

    /// <summary>What the console prints.</summary>
    public string Text => code;

    /// <summary>Whether the request comes from this machine, straight and by its own name.</summary>
    public static bool IsLocal(HttpContext context) =>
        (context.Connection.RemoteIpAddress is not { } address || IPAddress.IsLoopback(address))
        && !context.Request.Headers.ContainsKey("X-Forwarded-For") && !context.Request.Headers.ContainsKey("Forwarded")
        // A name of somebody else's that was made to point here is not this machine.
        && (context.Request.Host.Host is "localhost" || (IPAddress.TryParse(context.Request.Host.Host.Trim('[', ']'), out var host) && IPAddress.IsLoopback(host)));

    public bool Allows(HttpContext context, string? typed) =>
        IsLocal(context) || CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Letters(typed ?? "")), Encoding.UTF8.GetBytes(Letters(code)));

    static string Letters(string text) => string.Concat(text.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
}
