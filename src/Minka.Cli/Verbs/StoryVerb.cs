using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Minka.Core.Database;
using Minka.Core.Publication;
using Minka.Core.Story;
using Minka.Core.Territories.Packs;

namespace Minka.Cli.Verbs;

/// <summary>
/// <c>story [--data DIR] [--pack DIR] [--out DIR] [--seed N] [--db CONNECTION]</c>: a whole fund's life through the same use
/// cases, then the verifier on its bundle. The same seed gives the same digest.
/// </summary>
static class StoryVerb
{
    public static Command Create()
    {
        var data = new Option<string?>("--data") { Description = "Folder of the story's installation; must be empty. Default: a temporary one." };
        var pack = new Option<string?>("--pack") { Description = "Country pack (folder or zip); default: the built-in one." };
        var output = new Option<string>("--out") { Description = "Where the bundle and the head are written.", DefaultValueFactory = _ => "out" };
        var seed = new Option<long>("--seed") { Description = "Seed of ids and salts.", DefaultValueFactory = _ => 1 };
        var db = new Option<string?>("--db") { Description = "Connection string of an empty PostgreSQL database." };
        var command = new Command("story", "Lives a whole fund's life and verifies its public bundle.");
        foreach (var option in new Option[] { data, pack, output, seed, db }) command.Options.Add(option);
        command.SetAction((parsed, cancel) => RunAsync(parsed.GetValue(data), parsed.GetValue(pack), parsed.GetValue(output)!, parsed.GetValue(seed), parsed.GetValue(db), Console.Out, Console.Error, cancel));
        return command;
    }

    public static async Task<int> RunAsync(string? data, string? pack, string output, long seed, string? db, TextWriter told, TextWriter errors, CancellationToken cancel = default)
    {
        var temporary = data is null ? Directory.CreateTempSubdirectory("minka-story-").FullName : null;
        var settings = new DbSettings(Path.GetFullPath(data ?? temporary!), db);
        if (settings.IsSqlite && File.Exists(settings.SqlitePath))
        {
            await errors.WriteLineAsync($"story: {settings.DataFolder} holds an installation already, perhaps of a story that was cut short; a story is not taken up again. "
                + $"Look at it with ./minka audit --data {settings.DataFolder}, and begin anew with an empty folder (or remove this one)");
            return 2;
        }
        Directory.CreateDirectory(settings.DataFolder);
        var clock = Stopwatch.StartNew();
        try
        {
            var outcome = await StoryHost.RunAsync(settings, pack, seed, told.WriteLine, cancel);
            Directory.CreateDirectory(output);
            var bundle = Path.Combine(output, $"{outcome.CallSlug}.zip");
            var head = Path.Combine(output, $"{outcome.CallSlug}.head.txt");
            await File.WriteAllBytesAsync(bundle, outcome.Bundle, cancel);
            await File.WriteAllTextAsync(head, outcome.Head, cancel);
            await told.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{bundle}   {head}   {clock.Elapsed.TotalSeconds:0.0} s"));
            var report = BundleVerifier.Verify(outcome.Bundle, head: outcome.Head);
            await VerifyVerb.WriteAsync(report, told);
            return report.Passed ? 0 : 1;
        }
        catch (PackRefused broken)
        {
            await errors.WriteLineAsync(PackText.Refused);
            foreach (var fault in broken.Faults) await errors.WriteLineAsync("  " + PackText.LineOf(fault));
            return 2;
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            if (temporary is not null) Directory.Delete(temporary, recursive: true);
        }
    }
}
