using System.CommandLine;
using System.Globalization;
using Minka.Core.Database;
using Minka.Core.Register;

namespace Minka.Cli.Verbs;

/// <summary>
/// <c>audit [--data DIR] [--db CONNECTION] [--head FILE]</c>: compares the database with its register and names each difference.
/// Exit code 0 clean, 1 differences, 2 could not be run.
/// </summary>
static class AuditVerb
{
    const int Shown = 200;

    public static Command Create()
    {
        var database = new DatabaseOptions();
        var head = new Option<string?>("--head", "--cabeza") { Description = "A signed checkpoint that was kept elsewhere; the register must contain it." };
        var command = new Command("audit", "Compares the database with its register, row by row, and names each difference.");
        database.AddTo(command);
        command.Options.Add(head);
        command.SetAction((parsed, cancel) => RunAsync(database.Read(parsed), parsed.GetValue(head), Console.Out, Console.Error, cancel));
        return command;
    }

    public static async Task<int> RunAsync(DbSettings settings, string? headFile, TextWriter output, TextWriter errors, CancellationToken cancel = default)
    {
        string? head = null;
        if (headFile is not null)
        {
            if (!File.Exists(headFile))
            {
                await errors.WriteLineAsync($"audit: there is no file {headFile}");
                return 2;
            }
            head = await File.ReadAllTextAsync(headFile, cancel);
        }
        AuditReport report;
        try
        {
            report = await Audit.RunAsync(settings, head, cancel);
        }
        catch (FileNotFoundException missing)
        {
            await errors.WriteLineAsync($"audit: there is no database {missing.FileName}");
            return 2;
        }
        catch (System.Data.Common.DbException failure)
        {
            await errors.WriteLineAsync($"audit: the database cannot be read: {failure.Message}");
            return 2;
        }
        await WriteAsync(report, head is not null, output);
        return report.Clean ? 0 : 1;
    }

    static async Task WriteAsync(AuditReport report, bool hasHead, TextWriter output)
    {
        await output.WriteLineAsync($"register: {Number(report.Leaves)} leaves, root {report.Root.Hex}");
        foreach (var key in report.Keys)
            await output.WriteLineAsync($"key:      {key.Fingerprint} from leaf {key.From}{(key.To is { } to ? $" to {to}" : "")}");
        await LineAsync(output, report, "leaf.", $"{Number(report.Leaves)} leaves: complete, in order, each with its own hash");
        await LineAsync(output, report, "checkpoint.", $"{Number(report.Checkpoints)} signed heads: signatures and roots");
        await LineAsync(output, report, "row.", $"{Number(report.Rows)} rows of {Number(report.Tables)} tables: every column as the register has it");
        await LineAsync(output, report, "seal.", "salts and digests of the rows");
        if (hasHead)
            await LineAsync(output, report, "head.", report.Head is { } head ? $"the head that was given (size {head.Size}) is contained" : "the head that was given");
        foreach (var group in report.Findings.Where(f => f.Code.StartsWith("table.", StringComparison.Ordinal)))
            await output.WriteLineAsync($"FAIL {group}");
        foreach (var (table, why) in report.Uncovered.OrderBy(u => u.Key, StringComparer.Ordinal))
            await output.WriteLineAsync($"note: {table} has no row digests: {why}");
        foreach (var finding in report.Findings.Take(Shown))
            await output.WriteLineAsync($"  - {finding}");
        if (report.Findings.Count > Shown)
            await output.WriteLineAsync($"  … and {Number(report.Findings.Count - Shown)} more");
        if (!hasHead)
            await output.WriteLineAsync("trust: no head from elsewhere was given (--head FILE): an operator with the signing key could have rewritten everything consistently");
        await output.WriteLineAsync(report.Clean ? "audit: clean" : $"audit: {Number(report.Findings.Count)} differences");
    }

    static Task LineAsync(TextWriter output, AuditReport report, string prefix, string claim)
    {
        var count = report.Findings.Count(f => f.Code.StartsWith(prefix, StringComparison.Ordinal));
        return output.WriteLineAsync(count == 0 ? $"PASS {claim}" : $"FAIL {claim} ({Number(count)} differences)");
    }

    static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
