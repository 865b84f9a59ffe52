using System.CommandLine;
using System.Text;
using Minka.Core.Publication;
using Minka.Core.Register;

namespace Minka.Cli.Verbs;

/// <summary>
/// <c>verify BUNDLE|RECEIPT [--key FINGERPRINT] [--head FILE] [--bundle FILE] [--list FILE]</c>: recomputes a public bundle, or checks
/// a receipt of a submission or of a secret ballot, offline. One line a claim; exit code 0 only if all pass, 1 if one fails, 2 where a file cannot be read.
/// </summary>
static class VerifyVerb
{
    /// <summary>More than any call's bundle; what is larger is not read into memory.</summary>
    const long Largest = 256L << 20;

    public static Command Create()
    {
        var document = new Argument<string>("document") { Description = "A public bundle (zip) or a receipt (JWS) of a submission or of a secret ballot." };
        var key = new Option<string?>("--key", "--huella") { Description = "Fingerprint of the register's key, known from elsewhere." };
        var head = new Option<string?>("--head", "--cabeza") { Description = "A signed checkpoint that was kept elsewhere." };
        var bundle = new Option<string?>("--bundle", "--paquete") { Description = "For a receipt: a public bundle in which it must be found." };
        var command = new Command("verify", "Recomputes a public bundle, or checks a receipt, offline, claim by claim.");
        var list = new Option<string?>("--list", "--lista") { Description = "For a ballot's receipt: the file (CSV) of the count in which its code must be." };
        command.Arguments.Add(document);
        command.Options.Add(key);
        command.Options.Add(head);
        command.Options.Add(bundle);
        command.Options.Add(list);
        command.SetAction((parsed, cancel) => RunAsync(parsed.GetValue(document)!, parsed.GetValue(key), parsed.GetValue(head), parsed.GetValue(bundle), Console.Out, Console.Error, parsed.GetValue(list), cancel));
        return command;
    }

    public static async Task<int> RunAsync(string path, string? key, string? headFile, string? bundleFile, TextWriter output, TextWriter errors, string? listFile = null, CancellationToken cancel = default)
    {
        byte[]? document, head = null, bundle = null, list = null;
        if ((document = await ReadAsync(path, errors, cancel)) is null
            || (headFile is not null && (head = await ReadAsync(headFile, errors, cancel)) is null)
            || (bundleFile is not null && (bundle = await ReadAsync(bundleFile, errors, cancel)) is null)
            || (listFile is not null && (list = await ReadAsync(listFile, errors, cancel)) is null))
        {
            return 2;
        }
        // An empty fingerprint trusts nobody; it must not pass for none given.
        if (key is not null && string.IsNullOrWhiteSpace(key))
        {
            await errors.WriteLineAsync("verify: --key is empty");
            return 2;
        }
        var kept = head is null ? null : Encoding.UTF8.GetString(head);
        var report = BallotReceiptVerifier.IsOne(document) ? BallotReceiptVerifier.Verify(Encoding.UTF8.GetString(document), key, list, bundle)
            : ReceiptVerifier.LooksLikeOne(document) ? ReceiptVerifier.Verify(Encoding.UTF8.GetString(document), key, kept, bundle)
            : document.Length == 0 || document.AsSpan().StartsWith("PK"u8) ? BundleVerifier.Verify(document, key, kept)
            : Neither(document, key, kept);
        await WriteAsync(report, output);
        return report.Passed ? 0 : 1;
    }

    // A bundle whose first bytes were changed lands here as well: it is checked as one, and told what it is not.
    static BundleReport Neither(byte[] document, string? key, string? head)
    {
        var what = VerifyDocument.KindOf(document) == DocumentKind.Checkpoint ? "a signed head of a register: give it with --head" : "neither a public bundle (zip) nor a receipt (JWS)";
        var report = BundleVerifier.Verify(document, key, head);
        return report with { Claims = [new ClaimVerdict("container", false, what), .. report.Claims.Where(c => c.Claim != "container")] };
    }

    static async Task<byte[]?> ReadAsync(string path, TextWriter errors, CancellationToken cancel)
    {
        try
        {
            if (Directory.Exists(path)) await errors.WriteLineAsync($"verify: {path} is a folder; give a file");
            else if (!File.Exists(path)) await errors.WriteLineAsync($"verify: there is no file {path}");
            else if (await ReadAtMostAsync(path, cancel) is { } bytes) return bytes;
            else await errors.WriteLineAsync($"verify: {path} is larger than any bundle ({Largest >> 20} MB)");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await errors.WriteLineAsync($"verify: {path} cannot be read: {e.Message}");
        }
        return null;
    }

    // A pipe or a device does not say how much will come.
    static async Task<byte[]?> ReadAtMostAsync(string path, CancellationToken cancel)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1 << 16, useAsync: true);
        using var all = new MemoryStream();
        var part = new byte[1 << 16];
        for (int read; (read = await file.ReadAsync(part, cancel)) > 0;)
        {
            if (all.Length + read > Largest) return null;
            all.Write(part, 0, read);
        }
        return all.ToArray();
    }

    public static async Task WriteAsync(BundleReport report, TextWriter output)
    {
        foreach (var claim in report.Claims) await output.WriteLineAsync($"{(claim.Passed ? "PASS" : "FAIL")} {claim.Claim}: {claim.Detail}");
        await output.WriteLineAsync($"digest: {report.Digest?.Hex ?? "none"}");
        await output.WriteLineAsync($"trust: {report.Trust}");
    }
}
