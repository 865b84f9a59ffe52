using System.Text.Json;
using Minka.Selection.Optimal;

namespace Minka.Cli.Selecting;

/// <summary>Replays certificates of awards; <see cref="IsOne"/> tells them by their own <c>kind</c>.</summary>
static class AwardCertificates
{
    /// <summary>Whether a file says that it is a certificate of an award.</summary>
    public static bool IsOne(ReadOnlyMemory<byte> file)
    {
        try
        {
            using var document = JsonDocument.Parse(file);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("kind", out var kind) && kind.ValueKind == JsonValueKind.String && kind.GetString() == AwardCertificate.Kind;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>One line a claim.</summary>
    /// <returns>0 only if every claim holds.</returns>
    public static int Run(ReadOnlyMemory<byte> file, TextWriter output)
    {
        var claims = CertificateCheck.Verify(file);
        foreach (var claim in claims)
            output.WriteLine($"{(claim.Passed ? "PASS" : "FAIL")} {claim.Claim}: {claim.Detail}");
        return claims.Count > 0 && claims.All(c => c.Passed) ? 0 : 1;
    }
}
