using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;

namespace Minka.Web.Access;

/// <summary>
/// At most so many attempts on one account from one address in five minutes: at the door, and wherever a session asks for the
/// password again. Never by the address alone: a whole municipality sits behind one.
/// </summary>
public sealed class SignInGuard(TimeProvider time)
{
    const int Attempts = 20;
    const int Remembered = 50_000;
    static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    readonly ConcurrentDictionary<(string Address, string Account), (DateTimeOffset Begun, int Count)> seen = new();

    public bool Allows(HttpContext context, string? account)
    {
        var now = time.GetUtcNow();
        if (seen.Count > Remembered)
        {
            foreach (var old in seen.Where(s => now - s.Value.Begun > Window)) seen.TryRemove(old);
        }
        var key = (context.Connection.RemoteIpAddress?.ToString() ?? "", (account ?? "").Trim().ToUpperInvariant());
        return seen.AddOrUpdate(key, (now, 1), (_, s) => now - s.Begun > Window ? (now, 1) : (s.Begun, s.Count + 1)).Count <= Attempts;
    }
}

/// <summary>Remembers, for five minutes and in the browser alone, that the password was right and the code is missing.</summary>
public sealed class HalfSignedIn(IDataProtectionProvider protection)
{
    const string Cookie = "minka-half";
    static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    readonly ITimeLimitedDataProtector protector = protection.CreateProtector("sign-in.half").ToTimeLimitedDataProtector();

    public void Remember(HttpContext context, Guid person, string? stamp) =>
        context.Response.Cookies.Append(Cookie, Convert.ToBase64String(protector.Protect(Encoding.UTF8.GetBytes($"{person}|{stamp}"), Lifetime)),
            new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = context.Request.IsHttps, IsEssential = true, MaxAge = Lifetime });

    public (Guid Person, string Stamp)? Find(HttpContext context)
    {
        try
        {
            if (context.Request.Cookies[Cookie] is not { } value) return null;
            var parts = Encoding.UTF8.GetString(protector.Unprotect(Convert.FromBase64String(value))).Split('|', 2);
            return (Guid.Parse(parts[0]), parts[1]);
        }
        catch (Exception unreadable) when (unreadable is System.Security.Cryptography.CryptographicException or FormatException)
        {
            return null;
        }
    }

    public void Forget(HttpContext context) => context.Response.Cookies.Delete(Cookie);
}

/// <summary>Over TLS the session's cookie carries <c>__Host-</c>: no other host and no plain connection can set it.</summary>
sealed class HostCookies : ICookieManager
{
    readonly ChunkingCookieManager inner = new();

    public string? GetRequestCookie(HttpContext context, string key) => inner.GetRequestCookie(context, Name(context, key));

    public void AppendResponseCookie(HttpContext context, string key, string? value, CookieOptions options) => inner.AppendResponseCookie(context, Name(context, key), value, Strict(context, options));

    public void DeleteCookie(HttpContext context, string key, CookieOptions options) => inner.DeleteCookie(context, Name(context, key), Strict(context, options));

    static string Name(HttpContext context, string key) => context.Request.IsHttps ? "__Host-" + key : key;

    static CookieOptions Strict(HttpContext context, CookieOptions options)
    {
        (options.Path, options.Domain, options.Secure) = ("/", null, context.Request.IsHttps);
        return options;
    }
}
