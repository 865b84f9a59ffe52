using System.CommandLine;
using System.Text.Json;
using Minka.Cli.Selecting;
using Minka.Selection.Participatory.Certificates;

namespace Minka.Cli.Verbs;

/// <summary><c>select verify CERTIFICATE</c>: replays a certificate claim by claim, by its own kind; exit code 0 only if all hold.</summary>
static class SelectVerifyVerb
{
    public static Command Create()
    {
        var file = new Argument<string>("certificate") { Description = "A certificate written by select pb or select award --certificate." };
        var command = new Command("verify", "Replays a certificate with code that shares nothing with the search.") { file };
        command.SetAction(parsed => Run(parsed.GetValue(file)!, Console.Out, Console.Error));
        return command;
    }

    public static int Run(string file, TextWriter output, TextWriter errors)
    {
        if (!File.Exists(file))
        {
            errors.WriteLine($"select verify: there is no file {file}");
            return 2;
        }

        var bytes = File.ReadAllBytes(file);
        if (AwardCertificates.IsOne(bytes)) return AwardCertificates.Run(bytes, output);
        PbCertificate? certificate;
        try
        {
            certificate = JsonSerializer.Deserialize<PbCertificate>(bytes, PbCertificates.Options);
        }
        catch (JsonException fault)
        {
            errors.WriteLine($"{file}:{fault.LineNumber + 1}:{fault.BytePositionInLine + 1}: this is no certificate. Give a file written by select … --certificate.");
            return 2;
        }

        if (certificate is null)
        {
            errors.WriteLine($"{file}:1:1: this is no certificate. Give a file written by select … --certificate.");
            return 2;
        }

        var claims = PbCertificateReplay.Run(certificate);
        foreach (var claim in claims)
            output.WriteLine($"{claim.Passed switch { true => "PASS", false => "FAIL", null => "OPEN" }} {claim.Claim}: {claim.Detail}");
        return claims.All(c => c.Passed != false) ? 0 : 1;
    }
}
