using System.Text;
using System.Text.Json.Nodes;
using Minka.Cli.Verbs;
using Minka.Core.Planning;
using Minka.Core.Territories.Packs;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Cli;

public sealed class ProgrammeVerbTests
{
    static readonly string Example = File.ReadAllText(Path.Combine(Docs.GlossaryTests.Root(), "docs", "examples", "programme.json"));

    [Fact]
    public async Task Check_Example_AddsUpToTheCentimoAndMeetsTheRules()
    {
        var (code, report) = await JsonAsync(Example);
        code.ShouldBe(0);
        report["valid"]!.GetValue<bool>().ShouldBeTrue();
        var funding = report["funding"]!;
        // By hand: the fund pays 410,000.50 + 150,000 + 190,000 in 2026.
        funding["bySource"]!.AsArray().Single(r => r!["source"]!.GetValue<string>() == "fund")!["amounts"]!.AsArray().Select(a => a!.GetValue<decimal>()).ShouldBe([750_000.50m, 700_000, 350_000]);
        funding["byYear"]!.AsArray().Select(y => y!["total"]!.GetValue<decimal>()).ShouldBe([1_120_000.50m, 1_400_000, 790_000]);
        funding["total"]!.GetValue<decimal>().ShouldBe(3_310_000.50m);
        funding["gaps"]!.AsArray().ShouldBeEmpty();
        report["bundleRules"]!["met"]!.GetValue<bool>().ShouldBeTrue();
        report["historicalTests"]!.AsArray().Select(t => (t!["test"]!.GetValue<string>(), t["met"]!.GetValue<bool>(), t["historical"]!.GetValue<bool>())).ShouldBe([("programa-de-inversion", true, true), ("conglomerado", true, true)]);
        report["cohesion"]!["linkedPairShare"]!.GetValue<double>().ShouldBe(0.5);
        report["cohesion"]!["pairSimilarity"]!.AsArray().Count.ShouldBe(5);
    }

    [Theory]
    [InlineData("$.projects[1].funding[0].amount", "699999.99", "$.projects[1].funding", "sources-short")]
    [InlineData("$.projects[1].funding[0].amount", "700000.01", "$.projects[1].funding", "sources-over")]
    [InlineData("$.projects[1].funding", "[]", "$.projects[1].funding", "no-sources")]
    [InlineData("$.declared.byYear.2026", "1120000.51", "$.declared.byYear.2026", "declared-differs")]
    [InlineData("$.declared.byYear.2031", "5", "$.declared.byYear.2031", "declared-differs")]
    [InlineData("$.declared.bySource.bank", "5", "$.declared.bySource.bank", "source-unknown")]
    [InlineData("$.projects[0].funding[1].year", "-2026", "$.projects[0].funding[1].year", "year")]
    [InlineData("$.projects[0].funding[1].year", "2026.5", "$.projects[0].funding[1].year", "year")]
    [InlineData("$.projects[0].funding[1].year", "\"\"", "$.projects[0].funding[1].year", "year-empty")]
    [InlineData("$.projects[0].funding[1].year", "null", "$.projects[0].funding[1].year", "year-empty")]
    [InlineData("$.projects[0].funding[1].currency", "\"USD\"", "$.projects[0].funding[1].currency", "currency-other")]
    [InlineData("$.projects[2].currency", "\"USD\"", "$.projects[2].currency", "currency-other")]
    [InlineData("$.currency", "\"USD\"", "$.currency", "currency-unknown")]
    [InlineData("$.projects[0].after", "[\"P2\"]", "$.projects[0].after", "cycle")]
    [InlineData("$.projects[0].after", "[\"P1\"]", "$.projects[0].after[0]", "after-itself")]
    [InlineData("$.projects[0].after", "[\"P9\"]", "$.projects[0].after[0]", "after-unknown")]
    [InlineData("$.projects[3].places", "[\"130101\"]", "$.projects[3].places[0]", "place-outside")]
    [InlineData("$.projects[3].places", "[\"999901\"]", "$.projects[3].places[0]", "place-unknown")]
    [InlineData("$.projects[3].places", "[\"60508\"]", "$.projects[3].places[0]", "place-form")]
    [InlineData("$.strategy.axes[0].objectives[0].indicators", "[]", "$.strategy.axes[0].objectives[0].indicators", "objective-without-indicator")]
    [InlineData("$.strategy.axes[1].objectives", "[]", "$.strategy.axes[1].objectives", "axis-without-objective")]
    [InlineData("$.strategy.axes[0].objectives[0].indicators[0].baseline", "null", "$.strategy.axes[0].objectives[0].indicators[0].baseline", "indicator-without-baseline")]
    [InlineData("$.strategy.axes[0].objectives[0].indicators[0].baseline", "\" \"", "$.strategy.axes[0].objectives[0].indicators[0].baseline", "indicator-without-baseline")]
    [InlineData("$.strategy.axes[1].code", "\"e1\"", "$.strategy.axes[1].code", "code-twice")]
    [InlineData("$.strategy.yearTo", "2020", "$.strategy.yearTo", "years-reversed")]
    [InlineData("$.projects[2].cost", "\"1 240,000.50\"", "$.projects[2].cost", "amount-form")]
    [InlineData("$.projects[2].cost", "\"240 000,50\"", "$.projects[2].cost", "amount-written")]
    [InlineData("$.projects[2].places[0]", "5", "$.projects[2].places[0]", "kind-text")]
    [InlineData("$.projects[2].cost", "\"1.240.000,50\"", "$.projects[2].cost", "amount-written")]
    [InlineData("$.projects[2].cost", "\"1,240.000,50\"", "$.projects[2].cost", "amount-form")]
    [InlineData("$.projects[2].cost", "\"NaN\"", "$.projects[2].cost", "not-finite")]
    [InlineData("$.projects[2].cost", "-5", "$.projects[2].cost", "amount-negative")]
    [InlineData("$.projects[2].cost", "5.005", "$.projects[2].cost", "amount-decimals")]
    [InlineData("$.projects[2].cost", "1e30", "$.projects[2].cost", "amount-large")]
    [InlineData("$.projects[2].cost", "1e400", "$.projects[2].cost", "amount-large")]
    [InlineData("$.projects[2].cost", "true", "$.projects[2].cost", "kind-amount")]
    [InlineData("$.projects[2].code", "\"p1\"", "$.projects[2].code", "project-twice")]
    [InlineData("$.projects[2].axis", "\"E9\"", "$.projects[2].axis", "axis-unknown")]
    [InlineData("$.projects[2].funding[0].source", "\"bank\"", "$.projects[2].funding[0].source", "source-unknown")]
    [InlineData("$.projects[2].color", "\"red\"", "$.projects[2].color", "field-unknown")]
    [InlineData("$.projects[2].title", "\"\"", "$.projects[2].title", "empty")]
    [InlineData("$.projects[2].women", "-1", "$.projects[2].women", "whole")]
    [InlineData("$.projects", "[]", "$.projects", "no-projects")]
    [InlineData("$.projects", "5", "$.projects", "kind-list")]
    [InlineData("$.projects[0]", "5", "$.projects[0]", "kind-object")]
    [InlineData("$.strategy", "null", "$.strategy", "missing")]
    [InlineData("$.territory.needPosition", "72", "$.territory.needPosition", "share")]
    public async Task Check_BadInput_NamesPlaceAndRemedyInBothLanguages(string at, string value, string path, string fault)
    {
        var text = Changed(at, value);
        foreach (var language in new[] { "es", "en" })
        {
            var (code, report) = await JsonAsync(text, language);
            code.ShouldBe(2);
            report["valid"]!.GetValue<bool>().ShouldBeFalse();
            var problem = report["problems"]!.AsArray().First(p => p!["code"]!.GetValue<string>() == fault)!;
            problem["path"]!.GetValue<string>().ShouldBe(path);
            problem["message"]!.GetValue<string>().ShouldNotContain("[[");
            problem["message"]!.GetValue<string>().ShouldNotContain("{0}");
        }
        using var output = new StringWriter();
        (await RunAsync(text, output, json: false)).ShouldBe(2);
        output.ToString().ShouldContain(path);
    }

    [Fact]
    public async Task Check_SourcesShort_StillTellsSumsAndNamesTheGap()
    {
        var (_, report) = await JsonAsync(Changed("$.projects[1].funding[0].amount", "699999.99"));
        var gap = report["funding"]!["gaps"]!.AsArray().ShouldHaveSingleItem()!;
        (gap["project"]!.GetValue<string>(), gap["gap"]!.GetValue<decimal>()).ShouldBe(("P2", 0.01m));
        report["funding"]!["missing"]!.GetValue<decimal>().ShouldBe(0.01m);
        report["problems"]![0]!["message"]!.GetValue<string>().ShouldContain("faltan S/ 0.01");
        // The totals that the file declares no longer hold either.
        report["problems"]!.AsArray().Count(p => p!["code"]!.GetValue<string>() == "declared-differs").ShouldBe(2);
    }

    [Theory]
    [InlineData("1250000,", "NaN,", "$.projects[1].cost", "not-finite")]
    [InlineData("1250000,", "-Infinity,", "$.projects[1].cost", "not-finite")]
    [InlineData("1250000,", "1.250.000,", "$.projects[1].cost", "not-json")]
    [InlineData("[\"060506\"]", "[\"060506\", NaN]", "$.projects[2].places[1]", "not-finite")]
    public async Task Check_NotJson_NamesThePlace(string written, string broken, string path, string fault)
    {
        var (code, report) = await JsonAsync(Example.Replace(written, broken, StringComparison.Ordinal));
        code.ShouldBe(2);
        var problem = report["problems"]!.AsArray().ShouldHaveSingleItem()!;
        (problem["path"]!.GetValue<string>(), problem["code"]!.GetValue<string>()).ShouldBe((path, fault));
    }

    [Fact]
    public async Task Check_FieldTwice_EmptyOrMissingFile_AreTold()
    {
        var (code, report) = await JsonAsync(Example.Replace("\"currency\": \"PEN\",", "\"currency\": \"PEN\", \"currency\": \"PEN\",", StringComparison.Ordinal));
        (code, report["problems"]!.AsArray().Single()!["code"]!.GetValue<string>()).ShouldBe((2, "field-twice"));
        (await JsonAsync("")).Code.ShouldBe(2);
        (await JsonAsync("[]")).Code.ShouldBe(2);
        using var output = new StringWriter();
        (await ProgrammeVerb.RunAsync("no-such-file.json", true, false, false, "es", null, output, TextWriter.Null)).ShouldBe(2);
        JsonNode.Parse(output.ToString())!["problems"]!.AsArray().Count.ShouldBe(1);
    }

    /// <summary>The same projects without axis, chain, organisations, order or a neighbour: the panel turns and says what to do.</summary>
    [Fact]
    public async Task Check_AtomisedList_GetsAnotherPanelAndAdvice()
    {
        var node = JsonNode.Parse(Example)!;
        var model = node["projects"]![2]!;
        var loose = new JsonArray();
        for (var i = 0; i < 40; i++)
        {
            var copy = model.DeepClone();
            foreach (var field in new[] { "axis", "conglomerate", "organisations", "after" }) copy.AsObject().Remove(field);
            copy["code"] = $"P{i + 1}";
            copy["chain"] = i < 4 ? "fruta" : $"cadena {i}";
            copy["places"] = new JsonArray($"0605{i + 1:00}");
            copy["cost"] = 90_000;
            copy["funding"] = JsonNode.Parse("""[{"source":"fund","year":2026,"amount":90000}]""");
            loose.Add(copy);
        }
        node["projects"] = loose;
        node.AsObject().Remove("declared");
        var (code, report) = await JsonAsync(node.ToJsonString());
        code.ShouldBe(0);
        report["cohesion"]!["isolatedShare"]!.GetValue<double>().ShouldBe(0.9);
        report["cohesion"]!["offAxisShare"]!.GetValue<double>().ShouldBe(1);
        report["bundleRules"]!["met"]!.GetValue<bool>().ShouldBeFalse();
        report["historicalTests"]![0]!["met"]!.GetValue<bool>().ShouldBeFalse();
        var advice = report["improvements"]!.AsArray();
        advice[0]!["code"]!.GetValue<string>().ShouldBe("bundle");
        advice[0]!["projects"]!.AsArray().Select(p => p!.GetValue<string>()).ShouldBe(["P1", "P2", "P3", "P4"]);
        advice.Count(a => a!["code"]!.GetValue<string>() == "alone").ShouldBe(36);
        foreach (var language in new[] { "es", "en" })
        {
            using var output = new StringWriter();
            (await RunAsync(node.ToJsonString(), output, json: false, language: language, strict: true)).ShouldBe(1);
            output.ToString().ShouldNotContain("[[");
            output.ToString().ShouldContain(language == "es" ? "P5 Riego parcelario de San Benito está solo" : "P5 Riego parcelario de San Benito stands alone");
        }
    }

    [Fact]
    public void Conglomerate_WhatTheFileDoesNotSay_IsNotKnownRatherThanMet()
    {
        var node = JsonNode.Parse(Example)!;
        node["projects"]![2]!.AsObject().Remove("standardised");
        node["projects"]![2]!["cost"] = 1_300_000;
        var file = ProgrammeFile.Read(Encoding.UTF8.GetBytes(node.ToJsonString()), PackReader.BuiltIn);
        var tests = HistoricalTests.Of(file.Content!, CohesionCheck.Of(file.Content!, PlanningLimits.Reference), file.Traits);
        var conditions = tests[1].Conditions.ToDictionary(c => c.Code, c => c.Met);
        (conditions["snip.small-not"], conditions["snip.standard-untold"], conditions["snip.similar-design"]).ShouldBe((false, null, true));
        tests[1].Met.ShouldBe(false);
    }

    /// <summary>A schema that the reader does not follow would mislead whoever writes a file by it.</summary>
    [Fact]
    public void Schema_NamesTheFieldsThatTheReaderTakes()
    {
        var schema = JsonNode.Parse(File.ReadAllText(Path.Combine(Docs.GlossaryTests.Root(), "rulepacks", "schema", "programme.schema.json")))!;
        foreach (var (at, properties) in new[] { ("$", schema["properties"]!), ("$.projects[0]", schema["$defs"]!["project"]!["properties"]!), ("$.projects[0].funding[0]", schema["$defs"]!["project"]!["properties"]!["funding"]!["items"]!["properties"]!) })
        {
            var file = ProgrammeFile.Read(Encoding.UTF8.GetBytes(Changed(at + ".xyz", "1")), PackReader.BuiltIn);
            var known = (string)file.Faults.Single(f => f.Code == "field-unknown").Args[1]!;
            known.Split(", ").Order().ShouldBe(properties.AsObject().Select(p => p.Key).Order());
        }
    }

    static string Changed(string path, string value)
    {
        var node = JsonNode.Parse(Example)!;
        var steps = path[1..].Replace("[", ".[", StringComparison.Ordinal).Split('.', StringSplitOptions.RemoveEmptyEntries);
        var owner = node;
        foreach (var step in steps[..^1]) owner = step[0] == '[' ? owner![int.Parse(step.Trim('[', ']'))] : owner![step];
        var last = steps[^1];
        if (last[0] == '[') owner![int.Parse(last.Trim('[', ']'))] = JsonNode.Parse(value);
        else owner![last] = JsonNode.Parse(value);
        return node.ToJsonString();
    }

    static async Task<(int Code, JsonNode Report)> JsonAsync(string text, string language = "es")
    {
        using var output = new StringWriter();
        var code = await RunAsync(text, output, language: language);
        return (code, JsonNode.Parse(output.ToString())!);
    }

    static async Task<int> RunAsync(string text, TextWriter output, bool json = true, string language = "es", bool strict = false)
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("minka-programme-").FullName, "programme.json");
        await File.WriteAllTextAsync(path, text);
        return await ProgrammeVerb.RunAsync(path, json, false, strict, language, null, output, TextWriter.Null);
    }
}
