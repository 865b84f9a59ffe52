using System.Text.Json;
using Minka.Cli.Selecting;
using Minka.Cli.Verbs;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Cli;

public sealed class SelectVerbTests
{
    const string Model = """
        {"name":"demo","budget":18000,
         "ranking":{"threshold":60,"maximumPoints":100,"skip":"skip-if-unaffordable","tieKeys":["cohesion"],"residualPool":true,"flatPoints":50,"greyZone":{"kind":"around-line","low":15,"high":15}},
         "groups":[{"code":"A","envelope":10000},{"code":"B","envelope":6000}],
         "proposals":[
          {"id":"a1","group":"A","request":7000,"points":90,"tieKeys":[8],"drawPosition":4},
          {"id":"a2","group":"A","request":9000,"points":80.5,"tieKeys":[5],"drawPosition":3},
          {"id":"b1","group":"B","request":6000,"points":75,"tieKeys":[6],"drawPosition":1},
          {"id":"b2","group":"B","request":100,"points":59.9,"tieKeys":[6],"drawPosition":2}]}
        """;

    [Theory]
    [InlineData("strict-rank", "a1 a2")]
    [InlineData("rank-by-group", "a1 b1")]
    [InlineData("threshold-then-rank", "a1 b1")]
    [InlineData("quality-gate", "a1 b1")]
    [InlineData("lottery-in-grey-zone", "b1 a2")]
    public async Task Award_EachMode_TellsWhoIsFunded(string mode, string expected)
    {
        var (code, text, errors) = await AwardAsync(Model, mode, explain: true);
        code.ShouldBe(0, errors);
        var report = JsonDocument.Parse(text).RootElement;
        report.GetProperty("status").GetString().ShouldBe("feasible");
        string.Join(' ', report.GetProperty("selected").EnumerateArray().Select(s => s.GetProperty("id").GetString()).Order(StringComparer.Ordinal))
            .ShouldBe(string.Join(' ', expected.Split(' ').Order(StringComparer.Ordinal)));
        report.GetProperty("selected")[0].GetProperty("level").GetString().ShouldBe("full");
        report.GetProperty("checked").GetBoolean().ShouldBeTrue();
        report.GetProperty("explanations").GetArrayLength().ShouldBe(4);
    }

    [Fact]
    public async Task Award_StrictRank_ExplainsScoreBudgetAndRequest()
    {
        var (_, text, _) = await AwardAsync(Model, "strict-rank", explain: true);
        var b1 = JsonDocument.Parse(text).RootElement.GetProperty("explanations").EnumerateArray().Single(e => e.GetProperty("id").GetString() == "b1");
        b1.GetProperty("funded").GetBoolean().ShouldBeFalse();
        b1.GetProperty("neededPoints").GetDecimal().ShouldBe(80.5m, "level with a2 it wins by cohesion");
        b1.GetProperty("displaced")[0].GetString().ShouldBe("a2");
        b1.GetProperty("extraBudget").GetInt64().ShouldBe(4_000, "2,000 were left and it asks 6,000");
        b1.GetProperty("largestRequest").GetInt64().ShouldBe(2_000);
    }

    [Theory]
    [InlineData("""{"budget":10,"proposals":[{"id":"a","request":-1,"points":3}]}""", 2, "more than zero (a)")]
    [InlineData("""{"budget":10,"proposals":[{"id":"a","points":3}]}""", 2, "proposals[0].request: is missing")]
    [InlineData("""{"budget":10,"proposals":[{"id":"a","request":1}]}""", 2, "proposals[0].points: is missing")]
    [InlineData("""{"budget":10,"proposals":[{"id":"a","request":1,"points":NaN}]}""", 2, "line 1")]
    [InlineData("""{"budget":10,"proposals":[{"id":"a","request":99999999999999999999,"points":1}]}""", 2, "exceeds 64 bits")]
    [InlineData("""{"budget":10,"proposals":[{"id":"a","request":1.5,"points":1}]}""", 2, "must be whole")]
    [InlineData("""{"budget":10,"proposals":[{"id":"a","request":1,"points":1},{"id":"a","request":1,"points":2}]}""", 2, "occurs twice (a)")]
    [InlineData("""{"budget":-10,"proposals":[]}""", 2, "negative")]
    [InlineData("""{"budget":10,"budget":20,"proposals":[]}""", 2, "not JSON")]
    [InlineData("""[{"name":"x","values":[1]}]""", 2, "an object with budget and proposals")]
    [InlineData("""{"budget":10,"proposals":[{"id":"a","request":5,"points":1},{"id":"b","request":6,"points":1}]}""", 1, "Hold the public draw")]
    public async Task Award_BadInput_NamesPlaceAndRemedy(string model, int code, string said)
    {
        var (actual, text, errors) = await AwardAsync(model, "strict-rank");
        actual.ShouldBe(code);
        errors.ShouldContain(said);
        JsonDocument.Parse(text).RootElement.GetProperty("selected").GetArrayLength().ShouldBe(0, "never a wrong list");
    }

    [Fact]
    public async Task Award_ContradictoryFloorOrEnvelopesAboveBudget_AreRefused()
    {
        var floors = """{"budget":10,"envelopes":[{"dimension":"region","group":"A","floor":9,"ceiling":5}],"proposals":[]}""";
        (await AwardAsync(floors, "rank-by-group")).Errors.ShouldContain("envelopes[0]: the floor 9 of A is negative or above its ceiling 5");
        var above = """{"budget":10,"groups":[{"code":"A","envelope":9},{"code":"B","envelope":2}],"proposals":[]}""";
        var (code, text, errors) = await AwardAsync(above, "rank-by-group");
        code.ShouldBe(1);
        errors.ShouldContain("more than the budget");
        text.ShouldContain("infeasible");
    }

    [Theory]
    [InlineData("""{"budget":0,"proposals":[{"id":"a","request":1,"points":1}]}""", "the budget is 0")]
    [InlineData("""{"budget":10,"proposals":[]}""", "there are no proposals")]
    [InlineData("""{"budget":10,"ranking":{"threshold":5},"proposals":[{"id":"a","request":1,"points":1}]}""", "no proposal qualifies")]
    [InlineData("""{"budget":10,"proposals":[{"id":"a","request":11,"points":1}]}""", "no request fits")]
    public async Task Award_NothingFunded_SaysWhy(string model, string why)
    {
        var (code, text, _) = await AwardAsync(model, "strict-rank");
        code.ShouldBe(0);
        JsonDocument.Parse(text).RootElement.GetProperty("nothingFunded").GetString()!.ShouldContain(why);
    }

    [Fact]
    public async Task Award_TiesWithSaltAndBeacon_AreDrawn()
    {
        var model = """{"budget":10,"proposals":[{"id":"a","request":6,"points":1},{"id":"b","request":6,"points":1}]}""";
        var salt = new string('0', 64);
        var (code, text, _) = await AwardAsync(model, "strict-rank", salt: salt, beacon: "abc");
        code.ShouldBe(0);
        var first = Minka.Selection.Draw.PublicDraw.Order(salt, "abc", ["a", "b"])[0].Id;
        JsonDocument.Parse(text).RootElement.GetProperty("selected")[0].GetProperty("id").GetString().ShouldBe(first);
    }

    [Fact]
    public async Task Award_ModelOfTheOptimiser_IsReadByItsDimension()
    {
        var model = """
            {"budget":100,"valueDecimals":0,"envelopes":[{"dimension":"region","group":"N","floor":10,"ceiling":60},{"dimension":"region","group":"S","ceiling":40},{"dimension":"axis","group":"x","ceiling":90}],
             "caps":[{"by":"applicant","maxCount":1}],
             "proposals":[
              {"id":"p1","applicant":"m","groups":{"region":"N","axis":"x"},"levels":[{"id":"full","amount":40,"value":9},{"id":"half","amount":20,"value":5}]},
              {"id":"p2","applicant":"m","groups":{"region":"N","axis":"x"},"levels":[{"id":"full","amount":20,"value":8}]},
              {"id":"p3","groups":{"region":"S"},"levels":[{"id":"full","amount":30,"value":7}]}]}
            """;
        (await AwardAsync(model, "rank-by-group")).Errors.ShouldContain("name one with --by");
        var (code, text, errors) = await AwardAsync(model, "rank-by-group", by: "region");
        code.ShouldBe(0, errors);
        var report = JsonDocument.Parse(text).RootElement;
        report.GetProperty("selected").EnumerateArray().Select(s => $"{s.GetProperty("id")} {s.GetProperty("amount")}").ShouldBe(["p1 40", "p3 30"]);
        report.GetProperty("notes")[0].GetString()!.ShouldContain("promises no floor");
    }

    [Theory]
    [InlineData("""{"total":1000,"claims":[{"code":"a","weight":50,"floor":100,"ceiling":400},{"code":"b","weight":30,"floor":100,"ceiling":400},{"code":"c","weight":15,"floor":100,"ceiling":400},{"code":"d","weight":5,"floor":100,"ceiling":400}]}""", 0, "100/9")]
    [InlineData("""{"total":7,"method":"sainte-lague","claims":[{"code":"a","weight":53000},{"code":"b","weight":24000},{"code":"c","weight":23000}]}""", 0, "sainte-lague")]
    [InlineData("""{"total":100,"claims":[{"code":"a","weight":50,"floor":80},{"code":"b","weight":1,"floor":30}]}""", 1, "the floors add up to 110")]
    [InlineData("""{"total":100,"claims":[{"code":"a","weight":50,"ceiling":8}]}""", 1, "the ceilings add up to 8")]
    [InlineData("""{"total":100,"claims":[]}""", 1, "ceilings add up to 0")]
    [InlineData("""{"total":100,"claims":[{"code":"a","weight":-1}]}""", 2, "negative")]
    [InlineData("""{"total":100,"claims":[{"code":"a","weight":1},{"code":"a","weight":1}]}""", 2, "occurs twice")]
    [InlineData("""{"schedule":{"knots":[[0,0.4],[1,0.9]]},"positions":[0.5]}""", 2, "against the declared direction")]
    [InlineData("""{"schedule":{"knots":[[0,0.9],[0,0.5]]},"positions":[0.5]}""", 2, "does not increase")]
    [InlineData("""{"schedule":{"knots":[[0,0.9],[0.3,0.8]]},"positions":[{"code":"x","at":0.15,"amount":1001}]}""", 0, "17/20")]
    public async Task Envelope_EachShape_AnswersOrNamesWhatFails(string file, int code, string said)
    {
        var path = await FileAsync(file);
        using var output = new StringWriter();
        using var errors = new StringWriter();
        (await SelectEnvelopeVerb.RunAsync(path, json: true, output, errors)).ShouldBe(code, errors.ToString());
        (output.ToString() + errors).ShouldContain(said);
    }

    static async Task<(int Code, string Text, string Errors)> AwardAsync(string model, string mode, bool explain = false, string? by = null, string? salt = null, string? beacon = null)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var code = await SelectAwardVerb.RunAsync(await FileAsync(model), new RankingOptions(mode, by, Salt: salt, Beacon: beacon, Explain: explain), json: true, output, errors);
        return (code, output.ToString(), errors.ToString());
    }

    static async Task<string> FileAsync(string text)
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("minka-select-").FullName, "model.json");
        await File.WriteAllTextAsync(path, text);
        return path;
    }
}
