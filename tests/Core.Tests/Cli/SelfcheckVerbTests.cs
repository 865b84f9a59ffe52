using System.Text.Json.Nodes;
using Minka.Cli.Verbs;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Cli;

public sealed class SelfcheckVerbTests
{
    [SharedTheory("goldens/methods")]
    [InlineData("envelope.json", 4)]
    [InlineData("apportionment.json", 3)]
    [InlineData("lottery.json", 2)]
    [InlineData("cohesion.json", 2)]
    public async Task Selfcheck_Goldens_PassAndEveryTamperedValueFails(string file, int count)
    {
        var text = await File.ReadAllTextAsync(Shared.At("goldens", "methods", file));
        var (code, lines) = await RunAsync(file, text);
        code.ShouldBe(0);
        lines.Count.ShouldBe(count);
        lines.ShouldAllBe(l => l.StartsWith($"PASS {file} ", StringComparison.Ordinal));

        var tampered = Tampered(JsonNode.Parse(text)!.AsArray());
        tampered.Count.ShouldBeGreaterThan(10);
        (code, lines) = await RunAsync(file, new JsonArray([.. tampered]).ToJsonString());
        code.ShouldBe(1);
        lines.Count.ShouldBe(tampered.Count);
        lines.ShouldAllBe(l => l.StartsWith($"FAIL {file} ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("envelope.json", """[{"id":"x","input":{"weights":[1],"budget":10,"surprise":1},"expected":{"lam":"10"}}]""")]
    [InlineData("envelope.json", """[{"id":"x","input":{"weights":[1],"budget":10},"expected":{"lam":"10","more":1}}]""")]
    [InlineData("envelope.json", """[{"id":"x","input":{"weights":[1],"budget":10},"expected":{}}]""")]
    [InlineData("envelope.json", """[{"id":"x","input":{"weights":[1],"budget":10},"expected":{"lam":"11"},"tolerance":1000}]""")]
    [InlineData("envelope.json", """[{"id":"x","input":{"weights":[1],"budget":10},"expected":{"x_float":[11]},"tolerance":1000}]""")]
    [InlineData("envelope.json", """[{"id":"x","input":{"weights":[1],"budget":10},"expected":{"lam":null}}]""")]
    [InlineData("apportionment.json", """[{"id":"x","input":{"weights":[1,1],"seats":-1},"expected":{"dhondt":[0,0]}}]""")]
    [InlineData("unheard-of.json", """[{"id":"x","input":{"weights":[1],"budget":10},"expected":{"lam":"10"}}]""")]
    [InlineData("envelopes.json", """[{"id":"x","input":{"weights":[1],"budget":10},"expected":{"lam":"10"}}]""")]
    [InlineData("envelope.json", "[]")]
    [InlineData("envelope.json", "{}")]
    [InlineData("envelope.json", "no json")]
    [InlineData("lottery.json", """[{"id":"x","input":{"ids":["a"],"beacon":"b","salt":"00","commitment":"00"},"expected":{"order":["a"]}}]""")]
    public async Task Selfcheck_UnknownKindOrWrongAnswer_Fails(string file, string text)
    {
        var (code, lines) = await RunAsync(file, text);
        code.ShouldBe(1);
        lines.ShouldHaveSingleItem().ShouldStartWith($"FAIL {file} ");
    }

    /// <summary>Definitions, not samples: answers worked out by hand.</summary>
    [Theory]
    [InlineData("envelope.json", """[{"id":"x","input":{"weights":[1,1],"budget":10,"floor":[7,0],"cap":[null,2.5]},"expected":{"lam":"15/2","x":["15/2","5/2"]}}]""")]
    [InlineData("envelope.json", """[{"id":"x","input":{"weights":[1,2],"budget":10},"expected":{"lam":"10/3","x_float":[3.3333333333333335,6.666666666666667]}}]""")]
    [InlineData("envelope.json", """[{"id":"x","input":{"weights":[1,2],"budget":10,"floor":6},"expected":{"feasible":false,"lam":null}}]""")]
    [InlineData("envelope.json", """[{"id":"x","input":{"knots":[[0,1],[10,0]]},"expected":{"2.5":0.75,"-1":1,"1e2":0}}]""")]
    [InlineData("envelope.json", """[{"id":"x","input":{"ref_gdppc":100,"coef":0.1,"premium":5,"regions":[{"pop":10,"gdppc":120,"unemp":1,"avg_rate":0.5,"lf":10}]},"expected":[{"gap":0,"excess_unemployed":0,"total":0}]}]""")]
    [InlineData("apportionment.json", """[{"id":"x","input":{"weights":[1,1,1],"seats":2},"expected":{"largest_remainder_hare":[1,1,0],"sainte_lague":[1,1,0],"dhondt":[1,1,0]}}]""")]
    [InlineData("apportionment.json", """[{"id":"x","input":{"weights":[6,6,2]},"expected":{"seats10":[4,4,2],"seats11":[5,5,1],"seats0":[0,0,0]}}]""")]
    [InlineData("lottery-2.json", """[{"id":"x","input":{"key":"9319./2.5.8.10.12./9.18.26.34.41.45./","pool":25,"n":1},"expected":{"selected":[17],"md5":["990DD0A5692A029A98B5E01AA28F3459"]}}]""")]
    public async Task Selfcheck_OtherCases_FollowTheDefinitions(string file, string text)
    {
        var (code, lines) = await RunAsync(file, text);
        lines.ShouldHaveSingleItem().ShouldBe($"PASS {file} x");
        code.ShouldBe(0);
    }

    static List<JsonNode> Tampered(JsonArray cases)
    {
        var all = new List<JsonNode>();
        foreach (var known in cases)
        {
            var leaves = Leaves(known!["expected"]!).Count();
            for (var i = 0; i < leaves; i++)
            {
                var copy = known.DeepClone();
                var leaf = Leaves(copy["expected"]!).ElementAt(i);
                JsonNode changed = leaf.GetValueKind() == System.Text.Json.JsonValueKind.String
                    ? leaf.GetValue<string>() is var s && s.EndsWith('0') ? s[..^1] + "1" : leaf.GetValue<string>()[..^1] + "0"
                    : leaf.GetValue<decimal>() is var n && n == Math.Floor(n) && !leaf.ToJsonString().Contains('.') ? n + 1 : leaf.GetValue<decimal>() + Math.Max(1, Math.Abs(leaf.GetValue<decimal>())) * 0.0000001m;
                leaf.ReplaceWith(changed);
                all.Add(copy);
            }
        }
        return all;
    }

    static IEnumerable<JsonNode> Leaves(JsonNode node) => node switch
    {
        JsonObject o => o.SelectMany(p => Leaves(p.Value!)),
        JsonArray a => a.SelectMany(v => Leaves(v!)),
        _ => [node],
    };

    static async Task<(int Code, List<string> Lines)> RunAsync(string file, string text)
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("minka-selfcheck-").FullName, file);
        await File.WriteAllTextAsync(path, text);
        using var output = new StringWriter();
        var code = await SelfcheckVerb.RunAsync([path], output, TextWriter.Null);
        return (code, [.. output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)]);
    }
}
