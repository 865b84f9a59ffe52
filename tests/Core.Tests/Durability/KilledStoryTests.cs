using System.Diagnostics;
using Minka.Cli.Verbs;
using Minka.Core.Database;
using Minka.Core.Register;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Durability;

/// <summary>The built <c>story</c>, killed in the middle.</summary>
public sealed class KilledStoryTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(9)]
    public async Task What_it_had_written_is_clean_and_the_next_run_says_what_to_do(int step)
    {
        var folder = Directory.CreateTempSubdirectory("minka-killed-").FullName;
        try
        {
            var data = Path.Combine(folder, "data");
            var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "minka-cli.dll"), "story", "--data", data, "--out", Path.Combine(folder, "out")]) { RedirectStandardOutput = true, RedirectStandardError = true };
            using (var story = Process.Start(start)!)
            {
                while (await story.StandardOutput.ReadLineAsync() is { } line)
                    if (line.TrimStart().StartsWith($"{step}.", StringComparison.Ordinal)) break;
                // Into the next step, where it is writing.
                await Task.Delay(150);
                story.HasExited.ShouldBeFalse(await (story.HasExited ? story.StandardError.ReadToEndAsync() : Task.FromResult("")));
                story.Kill(entireProcessTree: true);
                await story.WaitForExitAsync();
                story.ExitCode.ShouldNotBe(0);
            }

            await using var text = new StringWriter();
            (await AuditVerb.RunAsync(new DbSettings(data), null, text, text)).ShouldBe(0, text.ToString());
            text.ToString().ShouldContain("audit: clean");
            (await Audit.RunAsync(new DbSettings(data))).Leaves.ShouldBeGreaterThan(20);

            await using var told = new StringWriter();
            (await StoryVerb.RunAsync(data, null, Path.Combine(folder, "out"), 1, null, told, told)).ShouldBe(2);
            told.ToString().ShouldContain("cut short");
            told.ToString().ShouldContain("./minka audit --data");
            Directory.Exists(Path.Combine(folder, "out")).ShouldBeFalse();
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }
}
