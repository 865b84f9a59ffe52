using System.Buffers.Text;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Minka.Core.Kernel;

namespace Minka.Core.Accounts;

/// <summary>What is asked of every ceremony: who may ask for it, from where, and how old its challenge may be.</summary>
public static class PasskeyRules
{
    public static readonly TimeSpan ChallengeLifetime = TimeSpan.FromMinutes(5);

    const string OtherOrigin = "passkey.other-origin";

    // The key proves what the person has, and its PIN, finger or face who uses it: with both it stands for password and code.
    internal static void Configure(IdentityPasskeyOptions options)
    {
        options.UserVerificationRequirement = "required";
        options.ResidentKeyRequirement = "required";
        options.AttestationConveyancePreference = "none";
        options.AuthenticatorTimeout = ChallengeLifetime;
        options.ValidateOrigin = context =>
        {
            var request = context.HttpContext.Request;
            var here = !context.CrossOrigin && Uri.TryCreate(context.Origin, UriKind.Absolute, out var origin)
                && (origin.Scheme == Uri.UriSchemeHttps || origin.Host == "localhost")
                && string.Equals(origin.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase);
            if (!here) context.HttpContext.Items[OtherOrigin] = true;
            return ValueTask.FromResult(here);
        };
    }

    /// <summary>A key belongs to a host's name; an address of numbers is none (WebAuthn, "effective domain").</summary>
    public static bool HasName(HostString host) => host.HasValue && !IPAddress.TryParse(host.Host, out _);

    internal static void Require(HttpContext context)
    {
        if (!HasName(context.Request.Host)) throw new RuleBroken("passkey.host-is-number");
    }

    internal static void RequireFresh(DateTime challengedAt, DateTime now)
    {
        if (now - challengedAt >= ChallengeLifetime) throw new RuleBroken("passkey.challenge-over");
    }

    /// <summary>Why the library refused: another site, or anything else that is told to nobody in detail.</summary>
    internal static RuleBroken Refused(HttpContext context) =>
        new(context.Items.ContainsKey(OtherOrigin) ? "passkey.other-origin" : "passkey.refused");

    /// <summary>The id that the browser's answer names.</summary>
    public static byte[] CredentialOf(string? answer)
    {
        const int longest = 1023;
        try
        {
            using var json = JsonDocument.Parse(answer ?? "");
            if (json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String
                && Base64Url.DecodeFromChars(id.GetString()) is { Length: > 0 and <= longest } bytes) return bytes;
        }
        catch (Exception unreadable) when (unreadable is JsonException or FormatException)
        {
        }
        throw new RuleBroken("passkey.refused");
    }
}
