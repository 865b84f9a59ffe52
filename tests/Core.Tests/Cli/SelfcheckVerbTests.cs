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
    [InlineData("fragmentation.json", 8)]
    [InlineData("regional.json", 4)]
    [InlineData("finance.json", 9)]
    [InlineData("mcdm.json", 5)]
    [InlineData("reliability.json", 5)]
    [InlineData("calibration.json", 2)]
    [InlineData("assignment.json", 2)]
    [InlineData("seed.json", 1)]
    public async Task Selfcheck_Goldens_PassAndEveryTamperedValueFails(string file, int count)
    {
        var text = await File.ReadAllTextAsync(Shared.At("goldens", "methods", file));
        var (code, lines) = await RunAsync(file, text);
        code.ShouldBe(0);
        lines.Count.ShouldBe(count);
        lines.ShouldAllBe(l => l.StartsWith($"PASS {file} ", StringComparison.Ordinal));

        var tampered = Tampered(JsonNode.Parse(text)!.AsArray());
        tampered.Count.ShouldBeGreaterThan(9);
        (code, lines) = await RunAsync(file, new JsonArray([.. tampered]).ToJsonString());
        code.ShouldBe(1);
        lines.Count.ShouldBe(tampered.Count);
        lines.ShouldAllBe(l => l.StartsWith($"FAIL {file} ", StringComparison.Ordinal));
    }

    /// <summary>Results of R without their input: each value changed beyond its own tolerance fails its case and no other.</summary>
    [SharedFact("goldens/methods")]
    public async Task Selfcheck_ReferenceValues_PassAndEveryTamperedValueFails()
    {
        const string File = "r_reference.json";
        var text = await System.IO.File.ReadAllTextAsync(Shared.At("goldens", "methods", File));
        var (code, lines) = await RunAsync(File, text);
        code.ShouldBe(0);
        lines.Count.ShouldBe(10);
        lines.ShouldAllBe(l => l.StartsWith($"PASS {File} ", StringComparison.Ordinal));

        foreach (var name in JsonNode.Parse(text)!.AsObject().Select(p => p.Key))
        {
            var leaves = Leaves(JsonNode.Parse(text)![name]!).Count();
            // Of long lists (values and neighbours of places, local figures) every fifth.
            for (var i = 0; i < leaves; i += leaves > 60 ? 5 : 1)
            {
                var copy = JsonNode.Parse(text)!.AsObject();
                var leaf = Leaves(copy[name]!).ElementAt(i)!;
                if (leaf.GetPath().EndsWith("z0_note", StringComparison.Ordinal)) continue;
                // Resampled figures have 0.02, a permutation's p 0.01.
                leaf.ReplaceWith(leaf.GetValueKind() == System.Text.Json.JsonValueKind.String ? JsonValue.Create(leaf.GetValue<string>() + "x")
                    : JsonValue.Create(leaf.GetValue<double>() + (name == "boot_gini" || leaf.GetPath().EndsWith("mc_p_999", StringComparison.Ordinal) ? 0.1 : leaf.GetPath().Contains("bound", StringComparison.Ordinal) ? 1e-5
                        : leaf.GetPath().Contains("neighbours", StringComparison.Ordinal) ? 100 : 1e-7 * Math.Max(1, Math.Abs(leaf.GetValue<double>())))));
                (code, lines) = await RunAsync(File, new JsonObject { [name] = copy[name]!.DeepClone() }.ToJsonString());
                code.ShouldBe(1, $"{name}[{i}]");
                lines.ShouldHaveSingleItem().ShouldBe($"FAIL {File} {name}");
            }
        }
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
    [InlineData("fragmentation.json", """[{"id":"x","input":[1,-1],"expected":{"n":2}}]""")]
    [InlineData("fragmentation.json", """[{"id":"x","input":[1,1],"expected":{"gini_population":0,"unheard_of":1}}]""")]
    [InlineData("fragmentation.json", """[{"id":"x","input":["1"],"expected":{"n":1}}]""")]
    [InlineData("regional.json", """[{"id":"x","input":[[["a","b"],1],[["a"],1]],"expected":{"plurality":{"a":2,"b":0}}}]""")]
    [InlineData("mcdm.json", """[{"id":"x","input":[[1,2],[2,1]],"expected":{"CR":0.0}}]""")]
    [InlineData("mcdm.json", """[{"id":"x","input":{"scores":[[1,0,0,0],[0,1,1,1]]},"expected":{"rank1_acceptability":[0.5,0.5]}}]""")]
    [InlineData("r_reference.json", """{"unheard_of":{"a":1}}""")]
    [InlineData("seed.json", """[{"id":"x","input":["20\uFFFD0"],"expected":[2000]}]""")]
    [InlineData("finance.json", """{"a":{"input":[1],"expected":{"payback":0}}}""")]
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
    [InlineData("fragmentation.json", """[{"id":"x","input":[],"expected":{"n":0,"total":0.0,"mean":null,"hhi":null,"gini_population":null,"cr4":null}}]""")]
    [InlineData("fragmentation.json", """[{"id":"x","input":[0,0],"expected":{"n":2,"n_positive":0,"mean":0.0,"hhi":null,"theil_T":null,"share_lt_100k":1.0,"amount_share_lt_1M":null}}]""")]
    [InlineData("fragmentation-2.json", """[{"id":"x","input":[1000000,10000000,10000000.5,99999.99],"expected":{"atomisation_count_share_lt_1M":0.25,"share_lt_100k":0.25,"medium_1M_10M":0.5,"large_gt_10M":0.25}}]""")]
    [InlineData("fragmentation.json", """[{"id":"x","input":{"A":[1,1],"B":[],"C":[0]},"expected":{"T":0.4054651081081644,"per_group":{"A":0.0,"B":null,"C":null}}}]""")]
    [InlineData("finance.json", """[{"id":"x","input":[100,-200,100],"expected":{"npv10_t0_undiscounted":0.8264462809917355,"irr_all":[0.0]}}]""")]
    [InlineData("finance.json", """[{"id":"x","input":[-10,1],"expected":{"payback":null,"irr_all":[-0.9]}}]""")]
    [InlineData("finance.json", """[{"id":"x","input":{"benefits":[0,108],"costs":[50],"beneficiaries":0,"grant":0,"private":1,"public_local":1,"jobs":0},"expected":{"pv_b":100.0,"bc":2.0,"van":50.0,"cost_per_beneficiary":null,"match_ratio":null,"grant_share":0.0}}]""")]
    [InlineData("regional.json", """[{"id":"x","input":[[["a","b","c"],1],[["b","c","a"],1],[["c","a","b"],1]],"expected":{"condorcet":null,"borda":{"a":3,"b":3,"c":3}}}]""")]
    [InlineData("regional.json", """[{"id":"x","input":{"t0":{"a":[100,10]},"t1":{"a":[110,20]},"columns":["nation","region"]},"expected":{"G":0.1,"sum":{"national":1.0,"industry_mix":0.0,"regional":9.0,"total":10}}}]""")]
    [InlineData("mcdm.json", """[{"id":"x","input":[[1,5,0.2],[0.2,1,5],[5,0.2,1]],"expected":{"weights_eigen":[0.3333333333333333,0.3333333333333333,0.3333333333333333],"lambda_max":6.2,"CI":1.6}}]""")]
    [InlineData("mcdm.json", """[{"id":"x","input":{"scores":[[1,0,0],[0,1,0],[0,0,1]]},"expected":{"rank1_acceptability":[0.3333333333333333,0.3333333333333333,0.3333333333333333],"central_weight_alt1":[0.6111111111111112,0.19444444444444445,0.19444444444444445]},"tolerance":1e-12}]""")]
    [InlineData("reliability.json", """[{"id":"x","input":[[1,1],[1,1]],"expected":{"nominal":null,"ordinal":null}}]""")]
    [InlineData("calibration.json", """[{"id":"x","input":[["P","E",7],["Q","F",8]],"expected":{"raw_mean":{"P":7.0,"Q":8.0},"theta":null,"connected":false}}]""")]
    [InlineData("assignment.json", """[{"id":"x","input":{"similarity":[[0.5]],"coi":[[0,0]],"per_proposal":1,"max_load":1},"expected":{"feasible":0,"max_sum":null,"assignment_sum":null}}]""")]
    [InlineData("seed.json", """[{"id":"x","input":["2.097.6","81.3","0.4"],"expected":[2097.6,81.3,0.4]}]""")]
    [InlineData("seed.json", """[{"id":"x","input":{"columns":["Zona Rural","Lima Metropolitana"],"agua":["32.3","81.3"],"gasto_q1":["754.1","2.097.6"],"gasto_q5":[1508.2,2097.6]},"expected":{"ratio_q5_q1_gasto":[2.0,1.0],"gap_rural_vs_lima_pp":{"agua":49.0}}}]""")]
    [InlineData("r_reference.json", """[{"id":"x","input":[10,20,30,40,100],"expected":{"gini":0.4,"sh":1.33307429347678,"inv":3.07692307692308}}]""")]
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
                // Just beyond the case's own tolerance; whole numbers by one.
                var more = Math.Max(10 * (known["tolerance"]?.GetValue<double>() ?? 1e-9), 1e-12);
                JsonNode changed = leaf is null ? JsonValue.Create(0) : leaf.GetValueKind() == System.Text.Json.JsonValueKind.String
                    ? leaf.GetValue<string>() is var s && s.EndsWith('0') ? s[..^1] + "1" : leaf.GetValue<string>()[..^1] + "0"
                    : leaf.GetValue<decimal>() is var n && n == Math.Floor(n) && !leaf.ToJsonString().Contains('.') ? n + 1 : leaf.GetValue<double>() + Math.Max(1, Math.Abs(leaf.GetValue<double>())) * more;
                if (leaf is null) SetNull(copy["expected"]!, i, changed);
                else leaf.ReplaceWith(changed);
                all.Add(copy);
            }
        }
        return all;
    }

    /// <summary>An undefined figure is never 0: a null has no node that could be replaced, so it is found by its place among the leaves.</summary>
    static void SetNull(JsonNode node, int at, JsonNode value)
    {
        var seen = 0;
        Visit(node);

        bool Visit(JsonNode? current)
        {
            switch (current)
            {
                case JsonObject o:
                    foreach (var (name, below) in o.ToList())
                    {
                        if (below is null && seen == at)
                        {
                            o[name] = value;
                            return true;
                        }
                        if (Visit(below)) return true;
                    }
                    return false;
                case JsonArray a:
                    for (var i = 0; i < a.Count; i++)
                    {
                        if (a[i] is null && seen == at)
                        {
                            a[i] = value;
                            return true;
                        }
                        if (Visit(a[i])) return true;
                    }
                    return false;
                default:
                    seen++;
                    return false;
            }
        }
    }

    static IEnumerable<JsonNode?> Leaves(JsonNode? node) => node switch
    {
        JsonObject o => o.SelectMany(p => Leaves(p.Value)),
        JsonArray a => a.SelectMany(v => Leaves(v)),
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
