using System.Text.Json;
using Minka.Cli.Verbs;
using Minka.Core.Rules;
using Minka.Core.Rules.Checking;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Cli;

public sealed class GovernVerbTests
{
    static string Example => Path.Combine(Docs.GlossaryTests.Root(), "docs", "examples", "govern-tally.json");

    [Fact]
    public async Task Example_OfTheDocs_IsDecidedInItsShape()
    {
        var (code, text, errors) = await RunAsync(Example, json: true);
        (code, errors).ShouldBe((0, ""));
        var report = JsonDocument.Parse(text).RootElement;
        report.EnumerateObject().Select(p => p.Name).ShouldBe(["quorum", "composition", "counted", "outcome", "reasons"]);
        var quorum = report.GetProperty("quorum");
        (quorum.GetProperty("met").GetBoolean(), quorum.GetProperty("present").GetInt32(), quorum.GetProperty("needed").GetInt32()).ShouldBe((true, 4, 3));
        report.GetProperty("outcome").GetString().ShouldBe("invalid");
        var failed = report.GetProperty("composition").GetProperty("failed")[0];
        (failed.GetProperty("rule").GetString(), failed.GetProperty("value").GetString(), failed.GetProperty("limit").GetString()).ShouldBe(("max votesCast sector=public", "1/2", "49/100"));
        var counted = report.GetProperty("counted");
        (counted.GetProperty("yes").GetInt64(), counted.GetProperty("no").GetInt64(), counted.GetProperty("abstain").GetInt64()).ShouldBe((3, 1, 0));
        counted.GetProperty("excluded").EnumerateArray().Select(e => $"{e.GetProperty("id").GetString()}:{e.GetProperty("reason").GetString()}").ShouldBe(["comunidad:conflicted", "mujeres:mandate-expired"]);
        report.GetProperty("reasons").EnumerateArray().ShouldAllBe(r => r.GetString()!.Contains(": ") && !r.GetString()!.Contains('{'));
    }

    [Fact]
    public void Example_KeepsTheSchema()
    {
        var schema = new SchemaCheck(BuiltInFiles.Read("schema/tally.schema.json"));
        var faults = new List<RuleFault>();
        schema.Run(PlacedJson.Read(File.ReadAllBytes(Example), faults)!, faults);
        faults.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("es", "SIN EFECTO", "El sector público tiene 2 de 4 votos (50.00 %); el límite es 49.00 %.")]
    [InlineData("en", "WITHOUT EFFECT", "The public sector")]
    public async Task Words_AreThoseOfTheScreens(string language, string outcome, string reason)
    {
        var (code, text, _) = await RunAsync(Example, json: false, language);
        code.ShouldBe(0);
        text.ShouldStartWith(outcome);
        text.ShouldContain(reason);
    }

    [Theory]
    [InlineData("{\"seats\":[", "línea", false)]
    [InlineData("{\"seats\":[],\"call\":9}", "call: 9", false)]
    [InlineData("", "línea", false)]
    [InlineData("", "no se puede leer", true)]
    public async Task FaultyFile_LeavesOnlyJsonOnTheOutput(string content, string told, bool missing)
    {
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(path, content);
            if (missing) File.Delete(path);
            var (code, text, errors) = await RunAsync(path, json: true);
            code.ShouldBe(2);
            errors.ShouldContain(told, Case.Insensitive);
            JsonDocument.Parse(text).RootElement.GetProperty("error").GetProperty("message").GetString().ShouldNotBeNullOrEmpty();
            (await RunAsync(path, json: false)).Output.ShouldBeEmpty();
        }
        finally
        {
            File.Delete(path);
        }
    }

    static async Task<(int Code, string Output, string Errors)> RunAsync(string path, bool json, string language = "es")
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var code = await GovernVerb.RunAsync(path, json, language, output, errors);
        return (code, output.ToString(), errors.ToString());
    }
}
