using Minka.Cli.Verbs;
using Minka.Core.Database;
using Minka.Core.Register;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Cli;

public sealed class AuditVerbTests
{
    [Fact]
    public async Task Audit_CleanThenTampered_AnswersZeroThenOneAndNamesTheColumn()
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.WithAsync<OpenRegister>(o => o.ExecuteAsync());
        var head = await database.WithAsync<Checkpoints, StoredCheckpoint>(c => c.SignAsync());
        var file = Path.Combine(database.Settings.DataFolder, "head.txt");
        await File.WriteAllTextAsync(file, head.Note);

        var (code, text) = await RunAsync(database.Settings, file);
        code.ShouldBe(0, text);
        text.ShouldContain("audit: clean");
        text.ShouldContain("PASS the head that was given (size 2) is contained");
        text.ShouldNotContain("FAIL");

        await Tampering.RunAsync(database.Settings, """UPDATE "Acts" SET "Role" = 'otro' WHERE "Index" = 1""");
        (code, text) = await RunAsync(database.Settings, null);
        code.ShouldBe(1);
        text.ShouldContain("row.column table=Acts");
        text.ShouldContain("column=Role");
        text.ShouldContain("trust: no head from elsewhere");
    }

    [Fact]
    public async Task Audit_NoDatabaseOrNoHeadFile_AnswersTwoAndSaysWhich()
    {
        var settings = new DbSettings(Path.Combine(Path.GetTempPath(), "minka-no-such-folder"));
        (await RunAsync(settings, null)).ShouldBe((2, $"audit: there is no database {settings.SqlitePath}{Environment.NewLine}"));
        (await RunAsync(settings, "/no/such/file")).Code.ShouldBe(2);
    }

    static async Task<(int Code, string Text)> RunAsync(DbSettings settings, string? head)
    {
        await using var text = new StringWriter();
        return (await AuditVerb.RunAsync(settings, head, text, text), text.ToString());
    }
}
