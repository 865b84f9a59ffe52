using System.Text;
using System.Text.Json.Nodes;
using Minka.Core.Rules;
using Minka.Core.Rules.Checking;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Rules;

public sealed class PackContradictionsTests
{
    /// <summary>Name of the case, the change, the code that must be told, the path that it must name.</summary>
    public static TheoryData<string, Action<JsonObject>, string, string> Cases => new()
    {
        { "criteria short of the declared total", p => Set(p, 20, "criteria", "items", 0, "maxPoints", "value"), "points-short", "/criteria/items" },
        { "criteria above the declared total", p => Set(p, 90, "criteria", "declaredTotal", "value"), "points-over", "/criteria/items" },
        { "level above the criterion", p => Set(p, 31, "criteria", "items", 0, "levels", 4, "points"), "level-above-max", "/criteria/items/0/levels/4/points" },
        { "levels that do not rise", p => Set(p, 8, "criteria", "items", 0, "levels", 2, "points"), "levels-order", "/criteria/items/0/levels/2/points" },
        { "levels that do not reach the maximum", p => Set(p, 29, "criteria", "items", 0, "levels", 4, "points"), "levels-short", "/criteria/items/0/levels" },
        { "formula that gives more than the maximum", p => Set(p, 16, "criteria", "items", 2, "formula", "value", "steps", 1, "points"), "level-above-max", "/criteria/items/2/formula/value/steps/1/points" },
        { "formula that does not advance", p => Set(p, 0, "criteria", "items", 2, "formula", "value", "steps", 1, "from"), "formula-order", "/criteria/items/2/formula/value/steps/1" },
        { "least amount above the greatest", p => Set(p, "9000000.00", "windows", 1, "minAmount", "value"), "min-above-max", "/windows/1/minAmount" },
        { "knots that do not advance", p => Set(p, 1667, "cofinancing", "matchSchedule", "value", 1, "at"), "knots-order", "/cofinancing/matchSchedule/value/1" },
        { "match that rises with need", p => Set(p, 3500, "cofinancing", "matchSchedule", "value", 2, "rateBp"), "knots-slope", "/cofinancing/matchSchedule/value/2" },
        { "tranches that leave money over", p => Set(p, 2000, "money", "tranches", 2, "shareBp", "value"), "tranches-sum", "/money/tranches" },
        { "league cell left out", p => Array(p, "leagues", "cells", "value").RemoveAt(4), "league-missing", "/leagues/cells/value" },
        { "league cell twice", p => Array(p, "leagues", "cells", "value", 4, "need").Add("A"), "league-double", "/leagues/cells/value/4" },
        { "league of an unknown band", p => Set(p, "Z", "leagues", "cells", "value", 4, "need", 0), "band-unknown", "/leagues/cells/value/4/need/0" },
        { "gap between bands", p => Set(p, 3400, "leagues", "needBands", "value", 1, "from"), "band-gap", "/leagues/needBands/value/1" },
        { "bands that overlap", p => Set(p, 3300, "leagues", "needBands", "value", 1, "from"), "band-overlap", "/leagues/needBands/value/1" },
        { "bands that end early", p => Set(p, 9999, "leagues", "needBands", "value", 0, "to"), "band-gap", "/leagues/needBands/value" },
        { "empty band", p => Set(p, 3333, "leagues", "needBands", "value", 1, "to"), "min-above-max", "/leagues/needBands/value/1" },
        { "stages out of order", p => Swap(Array(p, "calendar", "stages"), 7, 8), "stage-order", "/calendar/stages/8/kind" },
        { "stage that is not listed", p => Array(p, "stagesNeeded").RemoveAt(7), "stage-not-listed", "/stagesNeeded" },
        { "id that is an address of its own", p => Set(p, "nueva", "id"), "id-reserved", "/id" },
        { "criterion twice", p => Set(p, "cohesion", "criteria", "items", 1, "id"), "id-double", "/criteria/items/1/id" },
        { "window twice", p => Set(p, "0", "windows", 1, "code"), "id-double", "/windows/1/code" },
        { "requirement twice", p => Set(p, "ruc", "admissibility", 0, "id"), "id-double", "/admissibility/7/id" },
        { "threshold above the total", p => Set(p, 101, "evaluation", "threshold", "value"), "threshold-above-total", "/evaluation/threshold" },
        { "third reader that is never called", p => Set(p, 100, "evaluation", "thirdReaderAbove", "value"), "third-reader-never", "/evaluation/thirdReaderAbove" },
        { "unknown tie-break", p => Set(p, "arrival", "award", "tieBreaks", "value", 1), "tie-unknown", "/award/tieBreaks/value/1" },
        { "tie-break by a criterion that is not there", p => Set(p, "criterion:beauty", "award", "tieBreaks", "value", 0), "tie-unknown", "/award/tieBreaks/value/0" },
        { "tie-break after the draw", p => Swap(Array(p, "award", "tieBreaks", "value"), 1, 2), "tie-after-draw", "/award/tieBreaks/value/1" },
        { "ties that nothing ends", p => Array(p, "award", "tieBreaks", "value").RemoveAt(2), "tie-without-draw", "/award/tieBreaks" },
        { "English text blank", p => Set(p, "  ", "criteria", "items", 0, "levels", 0, "text", "en"), "text-missing", "/criteria/items/0/levels/0/text/en" },
        { "English text missing", p => At(p, "criteria", "items", 0, "levels", 0, "text").AsObject().Remove("en"), "required", "/criteria/items/0/levels/0/text" },
        { "evaluation by nobody", p => Set(p, 0, "evaluation", "evaluators", "value"), "nobody-asked", "/evaluation/evaluators" },
        { "opening by nobody", p => Set(p, 0, "opening", "officials", "value"), "nobody-asked", "/opening/officials" },
        { "cure without days", p => Set(p, 0, "cure", "businessDays", "value"), "cure-without-days", "/cure/businessDays" },
        { "cure without a stage", p => Array(p, "calendar", "stages").RemoveAt(7), "cure-without-stage", "/calendar/stages" },
        { "holder without a money mode", p => Array(p, "money", "modes", 0, "holders").RemoveAt(0), "mode-missing", "/money/modes" },
        { "holder with two money modes", p => Array(p, "money", "modes", 1, "holders").Add("municipality"), "mode-double", "/money/modes/1/holders/1" },
        { "money mode of a holder that is not admitted", p => Array(p, "money", "modes", 1, "holders").Add("company"), "mode-holder-unknown", "/money/modes/1/holders/1" },
        { "envelope floor above an equal share", p => Set(p, 10001, "envelopes", "floorOfEqualShareBp", "value"), "envelope-infeasible", "/envelopes/floorOfEqualShareBp" },
        { "ranking by group without leagues", p => { p.Remove("leagues"); p.Remove("envelopes"); }, "group-without-leagues", "/award/ranking" },
        { "envelopes without leagues", p => p.Remove("leagues"), "envelopes-without-leagues", "/envelopes" },
        { "fund is no source", p => Array(p, "fundingSources", "value").RemoveAt(8), "source-fund-missing", "/fundingSources" },
        { "own value that cites a norm", p => Set(p, "Ley 1", "evaluation", "threshold", "source"), "source-confidence", "/evaluation/threshold" },
        { "unknown value that claims a source", p => Set(p, null, "evaluation", "threshold", "value"), "value-missing", "/evaluation/threshold/value" },
        { "day that does not exist", p => Set(p, "2026-02-30", "validFrom"), "date", "/validFrom" },
        { "member that the schema does not know", p => p["colour"] = "red", "unknown-member", "/colour" },
        { "section missing", p => p.Remove("award"), "required", "" },
        { "amount as a number", p => Set(p, 500000, "windows", 1, "minAmount", "value"), "type", "/windows/1/minAmount/value" },
        { "fraction of a point", p => Set(p, 60.5, "evaluation", "threshold", "value"), "type", "/evaluation/threshold/value" },
        { "word that is not in the list", p => Set(p, "sideways", "award", "ranking", "value"), "enum", "/award/ranking/value" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Read_ContradictoryPack_NamesFaultAndPlace(string name, Action<JsonObject> change, string code, string path)
    {
        var pack = Fdd();
        change(pack);
        var text = pack.ToJsonString(new() { WriteIndented = true });
        var reading = RulePackReader.Read(Encoding.UTF8.GetBytes(text));
        reading.Pack.ShouldBeNull(name);
        var fault = reading.Faults.FirstOrDefault(f => f.Code == code && f.Path == path);
        fault.ShouldNotBeNull($"{name}: {string.Join("; ", reading.Faults)}");
        fault.Line.ShouldBeInRange(1, text.Split('\n').Length);
        fault.Column.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Read_SeveralFaults_TellsAllAtOnceInTheOrderOfTheFile()
    {
        var pack = Fdd();
        Set(pack, 20, "criteria", "items", 0, "maxPoints", "value");
        Set(pack, "sideways", "award", "ranking", "value");
        Set(pack, 2000, "money", "tranches", 2, "shareBp", "value");
        pack.Remove("decision");
        var faults = RulePackReader.Read(Encoding.UTF8.GetBytes(pack.ToJsonString(new() { WriteIndented = true }))).Faults;
        faults.Select(f => f.Code).ShouldBe(["required", "points-short", "level-above-max", "level-above-max", "enum", "tranches-sum"], ignoreOrder: true);
        faults.Select(f => f.Line).ShouldBeInOrder();
    }

    [Fact]
    public void Read_Fault_NamesLineAndColumnOfTheFile()
    {
        var lines = Encoding.UTF8.GetString(BuiltInFiles.Read("fdd-2026.json")).Split('\n');
        var line = System.Array.FindIndex(lines, l => l.Contains("\"threshold\"", StringComparison.Ordinal));
        lines[line] = lines[line].Replace("\"threshold\": {\"value\": 60", "\"threshold\": {\"value\": \"ñandú\"", StringComparison.Ordinal);
        var fault = RulePackReader.Read(Encoding.UTF8.GetBytes(string.Join('\n', lines))).Faults.ShouldHaveSingleItem();
        fault.Code.ShouldBe("type");
        fault.Line.ShouldBe(line + 1);
        lines[line][(fault.Column - 1)..].ShouldStartWith("\"ñandú\"");
    }

    [Theory]
    [InlineData("", "json", 1, 1)]
    [InlineData("{\n  \"id\": ,", "json", 2, 9)]
    [InlineData("{\"ñ\":1 \"b\":2}", "json", 1, 8)]
    [InlineData("{} x", "json", 1, 4)]
    [InlineData("{\"a\": \"\\ud800\"}", "json", 1, 7)]
    public void Read_BrokenJson_NamesThePlace(string text, string code, int line, int column)
    {
        var fault = RulePackReader.Read(Encoding.UTF8.GetBytes(text)).Faults.ShouldHaveSingleItem();
        (fault.Code, fault.Line, fault.Column).ShouldBe((code, line, column));
    }

    [Fact]
    public void Read_BrokenUtf8_NamesThePlace()
    {
        var fault = RulePackReader.Read(new byte[] { (byte)'{', (byte)'\n', (byte)'"', 0xc3, 0x28 }).Faults.ShouldHaveSingleItem();
        (fault.Code, fault.Line, fault.Column).ShouldBe(("utf8", 2, 2));
    }

    [Fact]
    public void Read_DoubleMember_IsRefused()
    {
        var text = Encoding.UTF8.GetString(BuiltInFiles.Read("fdd-2026.json")).Replace("\"format\": 1,", "\"format\": 1, \"format\": 1,", StringComparison.Ordinal);
        RulePackReader.Read(Encoding.UTF8.GetBytes(text)).Faults.ShouldHaveSingleItem().Code.ShouldBe("member-double");
    }

    [Fact]
    public void Read_TooLargeOrTooDeep_IsRefused()
    {
        RulePackReader.Read(new byte[RulePackReader.LargestBytes + 1]).Faults.ShouldHaveSingleItem().Code.ShouldBe("too-large");
        RulePackReader.Read(Encoding.UTF8.GetBytes(new string('[', 5000))).Faults.ShouldHaveSingleItem().Code.ShouldBe("json");
    }

    [Fact]
    public void Schema_WithAKeywordThatIsNotChecked_IsRefused() =>
        Should.Throw<NotSupportedException>(() => new SchemaCheck("""{"type": "object", "oneOf": []}"""u8.ToArray()));

    internal static JsonObject Fdd() => JsonNode.Parse(BuiltInFiles.Read("fdd-2026.json"))!.AsObject();

    static JsonNode At(JsonNode node, params ReadOnlySpan<object> steps)
    {
        foreach (var step in steps) node = (step is int index ? node[index] : node[(string)step])!;
        return node;
    }

    static JsonArray Array(JsonNode node, params ReadOnlySpan<object> steps) => At(node, steps).AsArray();

    static void Set(JsonNode node, JsonNode? value, params ReadOnlySpan<object> steps)
    {
        var owner = At(node, steps[..^1]);
        if (steps[^1] is int index) owner[index] = value;
        else owner[(string)steps[^1]] = value;
    }

    static void Swap(JsonArray list, int first, int second)
    {
        var (a, b) = (list[first]!.DeepClone(), list[second]!.DeepClone());
        (list[first], list[second]) = (b, a);
    }
}
