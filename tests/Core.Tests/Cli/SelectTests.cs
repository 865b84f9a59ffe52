using System.Text.Json;
using Minka.Cli.Verbs;
using Minka.Selection.Participatory;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Cli;

public sealed class SelectTests : IDisposable
{
    const string Good = "META\nkey;value\nbudget;100.5\nvote_type;approval\nnum_projects;3\nnum_votes;5\nrule;greedy\nPROJECTS\nproject_id;cost;selected\nb;50;1\na;40;1\nc;30;0\nVOTES\nvoter_id;vote\n1;a,b\n2;a\n3;b,c\n4;c\n5;a,b\n";

    readonly string folder = Directory.CreateTempSubdirectory("minka-select").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Pb_Folder_GivesALineForEachGoodFileAndTellsTheFaulty()
    {
        File.WriteAllText(Path.Combine(folder, "one.pb"), Good);
        Directory.CreateDirectory(Path.Combine(folder, "deeper"));
        File.WriteAllText(Path.Combine(folder, "deeper", "two.pb"), Good);
        File.WriteAllText(Path.Combine(folder, "wrong.pb"), Good.Replace("4;c", "4;z", StringComparison.Ordinal));
        File.WriteAllText(Path.Combine(folder, "wrong.pb.gz"), Good);
        var (code, output, errors) = Run(PbRule.EqualShares);

        code.ShouldBe(1);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement).ToList();
        lines.Select(l => l.GetProperty("file").GetString()).ShouldBe(["two.pb", "one.pb"]);
        var one = lines[1];
        one.GetProperty("rule").GetString().ShouldBe("mes");
        one.GetProperty("winners").EnumerateArray().Select(x => x.GetString()).ShouldBe(["a", "c"]);
        one.GetProperty("order").EnumerateArray().Select(x => x.GetString()).ShouldBe(["a", "c"]);
        one.GetProperty("spent").GetDecimal().ShouldBe(70);
        one.GetProperty("budget").GetDecimal().ShouldBe(100.5m);
        one.GetProperty("minRelGap").GetDouble().ShouldBeInRange(0, 1);
        one.GetProperty("exact").ValueKind.ShouldBeOneOf(JsonValueKind.True, JsonValueKind.False);
        one.GetProperty("ms").GetDouble().ShouldBeGreaterThanOrEqualTo(0);
        errors.ShouldContain("wrong.pb:18:3: A ballot names project z");
        errors.ShouldContain("wrong.pb.gz");
        errors.ShouldContain("2 of 4 files failed");
    }

    [Fact]
    public void Pb_MissingPath_IsTold()
    {
        using var errors = new StringWriter();
        SelectPbVerb.Run([Path.Combine(folder, "none.pb")], new PbSettings { Rule = PbRule.GreedyVotes }, true, null, TextWriter.Null, errors).ShouldBe(2);
        errors.ToString().ShouldContain("none.pb");
    }

    [Fact]
    public void Pb_Explain_AddsRoundsAuditsAndLosers()
    {
        File.WriteAllText(Path.Combine(folder, "one.pb"), Good);
        foreach (var rule in new[] { PbRule.EqualShares, PbRule.GreedyVotes, PbRule.Phragmen, PbRule.BoundedOverspending, PbRule.MaximinSupport })
        {
            var (code, output, _) = Run(rule, explain: true);
            code.ShouldBe(0);
            var line = JsonDocument.Parse(output).RootElement;
            line.GetProperty("rounds").GetArrayLength().ShouldBe(line.GetProperty("order").GetArrayLength());
            line.GetProperty("satisfaction").GetProperty("gini").GetDouble().ShouldBeInRange(0, 1);
            line.GetProperty("ejrPlusUpToAnyProject").GetProperty("claims").GetArrayLength().ShouldBeGreaterThan(0);
            string[] Ids(string list) => [.. line.GetProperty(list).EnumerateArray().Select(l => l.ValueKind == JsonValueKind.String ? l.GetString()! : l.GetProperty("project").GetString()!)];
            Ids("winners").Concat(Ids("lost")).Order().ShouldBe(["a", "b", "c"]);
        }
    }

    [Fact]
    public void Certificate_Replays_AndAChangedOneDoesNot()
    {
        File.WriteAllText(Path.Combine(folder, "one.pb"), Good);
        var certificate = Path.Combine(folder, "certificate.json");
        foreach (var completion in new[] { Completion.None, Completion.Add1, Completion.Add1U, Completion.AddOpt })
        {
            SelectPbVerb.Run([Path.Combine(folder, "one.pb")], new PbSettings { Rule = PbRule.EqualShares, Completion = completion }, true, certificate, TextWriter.Null, TextWriter.Null).ShouldBe(0);
            SelectVerifyVerb.Run(certificate, TextWriter.Null, TextWriter.Null).ShouldBe(0);
        }
        using var output = new StringWriter();
        File.WriteAllText(certificate, File.ReadAllText(certificate).Replace("\"cost\":\"40\"", "\"cost\":\"41\"", StringComparison.Ordinal));
        SelectVerifyVerb.Run(certificate, output, TextWriter.Null).ShouldBe(1);
        output.ToString().ShouldContain("FAIL election");
        File.WriteAllText(certificate, "{}");
        SelectVerifyVerb.Run(certificate, TextWriter.Null, TextWriter.Null).ShouldBe(2);
    }

    [Fact]
    public void Compare_OfficialResult_NamesItsRules()
    {
        File.WriteAllText(Path.Combine(folder, "one.pb"), Good);
        using var output = new StringWriter();
        SelectCompareVerb.Run([folder], false, output, TextWriter.Null).ShouldBe(0);
        output.ToString().ShouldContain("Official result (2 projects, rule greedy) is that of: greedy-votes");
    }

    (int Code, string Output, string Errors) Run(PbRule rule, bool explain = false)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var code = SelectPbVerb.Run([folder], new PbSettings { Rule = rule, Explain = explain }, true, null, output, errors);
        return (code, output.ToString(), errors.ToString());
    }
}
