using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Minka.Core.Kernel;

namespace Minka.Web.Access;

/// <summary>A challenge that the browser gave back: what the ceremony needs of it, and when it was given.</summary>
public sealed record PasskeyChallenge(string State, DateTime At);

/// <summary>
/// Keeps a challenge sealed in the browser that asked for it, for one purpose: one to add a key works for no other person, for
/// no second key (adding renews the stamp) and for no sign-in.
/// </summary>
public sealed class PasskeyChallenges(IDataProtectionProvider protection, TimeProvider time)
{
    const string Cookie = "minka-key";

    public static string ToAdd(Guid person, string? stamp) => $"add|{person}|{stamp}";

    public const string ToEnter = "enter";

    public void Remember(HttpContext context, string purpose, string state)
    {
        var value = $"{time.UtcInstant().Ticks.ToString(CultureInfo.InvariantCulture)}|{state}";
        context.Response.Cookies.Append(Cookie, Convert.ToBase64String(Protector(purpose).Protect(Encoding.UTF8.GetBytes(value))), Options(context));
    }

    /// <summary>The challenge, which the browser forgets with this answer; null when it was given to another purpose, person or browser.</summary>
    public PasskeyChallenge? Take(HttpContext context, string purpose)
    {
        if (context.Request.Cookies[Cookie] is not { } value) return null;
        context.Response.Cookies.Delete(Cookie, Options(context));
        try
        {
            var parts = Encoding.UTF8.GetString(Protector(purpose).Unprotect(Convert.FromBase64String(value))).Split('|', 2);
            return new PasskeyChallenge(parts[1], new DateTime(long.Parse(parts[0], CultureInfo.InvariantCulture), DateTimeKind.Utc));
        }
        catch (Exception unreadable) when (unreadable is CryptographicException or FormatException)
        {
            return null;
        }
    }

    IDataProtector Protector(string purpose) => protection.CreateProtector("passkey", purpose);

    static CookieOptions Options(HttpContext context) =>
        new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = context.Request.IsHttps, IsEssential = true };
}
