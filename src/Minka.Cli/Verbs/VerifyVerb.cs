using System.CommandLine;
using Minka.Core.Publication;

namespace Minka.Cli.Verbs;

/// <summary>
/// <c>verify BUNDLE [--key FINGERPRINT] [--head FILE]</c>: recomputes a public bundle offline. One line a claim; exit code 0
/// only if all pass.
/// </summary>
static class VerifyVerb
{
    public static Command Create()
    {
        var bundle = new Argument<string>("bundle") { Description = "The public bundle (zip)." };
        var key = new Option<string?>("--key", "--huella") { Description = "Fingerprint of the register's key, known from elsewhere." };
        var head = new Option<string?>("--head", "--cabeza") { Description = "A signed checkpoint that was kept elsewhere." };
        var command = new Command("verify", "Recomputes a public bundle offline, claim by claim.");
        command.Arguments.Add(bundle);
        command.Options.Add(key);
        command.Options.Add(head);
        command.SetAction((parsed, cancel) => RunAsync(parsed.GetValue(bundle)!, parsed.GetValue(key), parsed.GetValue(head), Console.Out, Console.Error, cancel));
        return command;
    }

    public static async Task<int> RunAsync(string path, string? key, string? headFile, TextWriter output, TextWriter errors, CancellationToken cancel = default)
    {
        foreach (var file in new[] { path, headFile })
        {
            if (file is null || File.Exists(file)) continue;
            await errors.WriteLineAsync($"verify: there is no file {file}");
            return 2;
        }
        var head = headFile is null ? null : await File.ReadAllTextAsync(headFile, cancel);
        var report = BundleVerifier.Verify(await File.ReadAllBytesAsync(path, cancel), key, head);
        await WriteAsync(report, output);
        return report.Passed ? 0 : 1;
    }

    public static async Task WriteAsync(BundleReport report, TextWriter output)
    {
        foreach (var claim in report.Claims) await output.WriteLineAsync($"{(claim.Passed ? "PASS" : "FAIL")} {claim.Claim}: {claim.Detail}");
        await output.WriteLineAsync($"digest: {report.Digest?.Hex ?? "none"}");
        await output.WriteLineAsync($"trust: {report.Trust}");
    }
}
