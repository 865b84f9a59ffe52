using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Minka.Core.Entities;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Entities;

/// <summary>The law of decisions as a table that a secretary can read: <c>decisions.csv</c> beside this file.</summary>
public sealed class DecisionTableTests
{
    static readonly List<Dictionary<string, string>> Table = ReadTable();

    public static TheoryData<string> Rows => [.. Table.Select(r => r["id"])];

    [Theory, MemberData(nameof(Rows))]
    public void Decision_OfARow_IsTheOneOfTheTable(string id)
    {
        var row = Table.Single(r => r["id"] == id);
        var report = Decision.Of(DecisionCaseFile.Parse(DecisionShorthand.Json(row)).Case);
        var text = row["what"];
        $"{report.Present}/{report.Needed}".ShouldBe(row["heads"], text);
        $"{report.Tally.Yes}-{report.Tally.No}-{report.Tally.Abstain}".ShouldBe(row["votes"], text);
        string.Join(' ', report.Excluded.Select(e => $"{e.SeatId}:{e.Reason}")).ShouldBe(row["excluded"], text);
        string.Join(' ', report.Composition.Failures.Select(f => $"{Composition.Text(f.Value)}{(f.Rule.StartsWith("max", StringComparison.Ordinal) ? '>' : '<')}{Composition.Text(f.Limit)}")).ShouldBe(row["failed"], text);
        report.Outcome.ToString().ToLowerInvariant().ShouldBe(row["outcome"], text);
        report.Tally.Holds.ShouldBeTrue(text);
    }

    [Fact]
    public void Table_CoversEachMajorityQuorumAndPack()
    {
        Table.Count.ShouldBeGreaterThanOrEqualTo(60);
        Table.Select(r => r["id"]).ShouldBeUnique();
        DecisionCaseFile.Majorities.Keys.ShouldAllBe(m => Table.Any(r => r["majority"] == m || (m == "consensus" && r["rule"] == "pe-ccr")));
        foreach (var outcome in Enum.GetValues<DecisionOutcome>()) Table.ShouldContain(r => r["outcome"] == outcome.ToString().ToLowerInvariant());
        // Each reason of exclusion that the engine knows stands in the table.
        string[] reasons = ["unknown", "absent", "conflicted", "mandate-expired", "mandate-not-begun", "proxy-not-allowed", "proxy-not-delegable", "proxy-to-itself", "proxy-holder-unknown",
            "proxy-holder-not-in-force", "proxy-holder-absent", "proxy-chain", "proxy-over-limit"];
        reasons.ShouldAllBe(e => Table.Any(r => r["excluded"].Contains(':' + e)));
    }

    static List<Dictionary<string, string>> ReadTable()
    {
        var lines = File.ReadAllLines(Path.Combine(Docs.GlossaryTests.Root(), "tests", "Core.Tests", "Entities", "decisions.csv")).Where(l => l.Length > 0 && l[0] != '#').Select(l => l.Split(',')).ToList();
        lines.ShouldAllBe(l => l.Length == lines[0].Length);
        return [.. lines.Skip(1).Select(l => lines[0].Zip(l).ToDictionary(p => p.First, p => p.Second))];
    }
}

/// <summary>The short notation of the table: <c>P1-P4:mun*2@2024-01-01..2026-12-31</c>; P public, V private, S social.</summary>
static class DecisionShorthand
{
    public static byte[] Json(Dictionary<string, string> row)
    {
        var seats = new JsonArray();
        foreach (var token in row["seats"].Split(' ')) foreach (var seat in Seats(token)) seats.Add(seat);
        var ballots = new JsonObject();
        foreach (var part in row["ballots"].Split(" / ", StringSplitOptions.RemoveEmptyEntries))
        {
            var words = part.Split(' ');
            foreach (var id in words.Skip(1).SelectMany(Ids)) ballots[id] = words[0];
        }
        var proxies = new JsonObject();
        foreach (var pair in row["proxies"].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split('>'))) proxies[pair[0]] = pair[1];
        var json = new JsonObject
        {
            ["rule"] = Rule(row["rule"]),
            ["seats"] = seats,
            ["call"] = int.Parse(row["call"], CultureInfo.InvariantCulture),
            ["present"] = List(row["present"]),
            ["proxies"] = proxies,
            ["conflicted"] = List(row["conflicted"]),
            ["ballots"] = ballots,
        };
        if (row["date"].Length > 0) json["date"] = row["date"];
        if (row["majority"].Length > 0) json["majority"] = row["majority"];
        if (row["quorum"].Length > 0) json["quorum"] = new JsonObject { ["first"] = row["quorum"].Split(' ')[0], ["second"] = row["quorum"].Split(' ')[1] };
        return JsonSerializer.SerializeToUtf8Bytes(json);
    }

    static JsonArray List(string ids) => [.. ids.Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(Ids).Select(i => JsonValue.Create(i))];

    static JsonNode Rule(string told) => told.Split(':') switch
    {
        ["proxies", "quorum"] => JsonNode.Parse("""{"id":"own","proxies":{"countForQuorum":true}}""")!,
        ["proxies", "limit1"] => JsonNode.Parse("""{"id":"own","proxies":{"maxPerHolder":1}}""")!,
        ["proxies", "none"] => JsonNode.Parse("""{"id":"own","proxies":{"allowed":false}}""")!,
        ["twothirds", "all"] => JsonNode.Parse("""{"id":"own","twoThirdsOf":"all"}""")!,
        ["women", var share] => JsonNode.Parse($$"""{"id":"own","minShares":[{"of":"votesPresent","by":"woman","min":"{{share}}"}]}""")!,
        _ => JsonValue.Create(told),
    };

    static IEnumerable<JsonObject> Seats(string token)
    {
        var (body, mandate) = token.Split('@') is [var b, var m] ? (b, m.Split("..")) : (token, ["", ""]);
        var (named, votes) = body.Split('*') is [var n, var v] ? (n, int.Parse(v, CultureInfo.InvariantCulture)) : (body, 1);
        var (range, interest) = named.Split(':') is [var r, var i] ? (r, i) : (named, "");
        foreach (var id in Ids(range))
        {
            var seat = new JsonObject { ["id"] = id, ["sector"] = id[0] switch { 'P' => "public", 'V' => "private", _ => "social" }, ["votes"] = votes };
            if (interest == "w") seat["woman"] = true;
            else if (interest.Length > 0) seat["interest"] = interest;
            if (mandate[0].Length > 0) seat["mandateFrom"] = mandate[0];
            if (mandate[1].Length > 0) seat["mandateTo"] = mandate[1];
            yield return seat;
        }
    }

    static IEnumerable<string> Ids(string range) => range.Split('-') is [var from, var to]
        ? Enumerable.Range(Number(from), Number(to) - Number(from) + 1).Select(n => string.Create(CultureInfo.InvariantCulture, $"{from[0]}{n}")) : [range];

    static int Number(string id) => int.Parse(id.AsSpan(1), CultureInfo.InvariantCulture);
}
