using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Minka.Cli.Verbs;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Cli;

/// <summary>
/// Random files against the verb, decided a second time from the words of the definition alone: from the text of the file, by counting
/// seat after seat, with none of the product's types. The limits of named rules are written here again, from the norms.
/// </summary>
public sealed class GovernTallyOracleTests
{
    static readonly string[] Names = ["a", "b", "c", "d", "e", "f", "g", "h", "i"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Tally_OfRandomFiles_IsWhatTheDefinitionSays(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 100; i++) await CheckAsync(Case(random));
    }

    [SharedFact("rulepacks")]
    public async Task Tally_ByEachPackOfTheReference_IsWhatTheDefinitionSays()
    {
        var random = new Random(5);
        foreach (var id in Directory.GetFiles(Shared.At("rulepacks"), "*.json").Select(Path.GetFileNameWithoutExtension))
        {
            for (var i = 0; i < 15; i++)
            {
                var c = Case(random);
                c["rule"] = i % 2 == 0 ? id : new JsonObject { ["id"] = id };
                await CheckAsync(c);
            }
        }
    }

    static async Task CheckAsync(JsonObject c)
    {
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(path, c.ToJsonString());
            using var output = new StringWriter();
            using var errors = new StringWriter();
            (await GovernVerb.RunAsync(path, json: true, "es", output, errors)).ShouldBe(0, errors + c.ToJsonString());
            var said = JsonDocument.Parse(output.ToString()).RootElement;
            var (outcome, present, needed, yes, no, abstain, excluded, failed) = Decide(JsonNode.Parse(c.ToJsonString())!.AsObject());
            var text = c.ToJsonString() + "\n" + output;
            said.GetProperty("quorum").GetProperty("present").GetInt32().ShouldBe(present, text);
            said.GetProperty("quorum").GetProperty("needed").GetInt32().ShouldBe(needed, text);
            said.GetProperty("quorum").GetProperty("met").GetBoolean().ShouldBe(present >= needed, text);
            var counted = said.GetProperty("counted");
            (counted.GetProperty("yes").GetInt64(), counted.GetProperty("no").GetInt64(), counted.GetProperty("abstain").GetInt64()).ShouldBe((yes, no, abstain), text);
            counted.GetProperty("excluded").EnumerateArray().Select(e => e.GetProperty("id").GetString()!).ShouldBe(excluded, ignoreOrder: true, text);
            counted.GetProperty("excluded").EnumerateArray().ShouldAllBe(e => e.GetProperty("reason").GetString()!.Length > 0);
            said.GetProperty("composition").GetProperty("failed").GetArrayLength().ShouldBe(failed, text);
            said.GetProperty("composition").GetProperty("met").GetBoolean().ShouldBe(failed == 0, text);
            said.GetProperty("outcome").GetString().ShouldBe(outcome, text);
        }
        finally
        {
            File.Delete(path);
        }
    }

    static JsonObject Case(Random random)
    {
        string Any() => random.Next(12) == 0 ? "nobody" : Names[random.Next(Names.Length)];
        JsonArray List(int most) => [.. Enumerable.Range(0, random.Next(most + 1)).Select(_ => (JsonNode)Any())];
        string[] days = ["2026-03-08", "2026-03-09", "2026-03-10"];
        var seats = new JsonArray();
        foreach (var name in Names.Take(random.Next(1, Names.Length + 1)))
        {
            var seat = new JsonObject { ["id"] = name, ["sector"] = new[] { "public", "private", "social" }[random.Next(3)] };
            if (random.Next(5) > 0) seat["interest"] = new[] { "x", "y", "district-government" }[random.Next(3)];
            if (random.Next(3) > 0) seat["votes"] = random.Next(5) == 0 ? 0 : random.Next(1, 4);
            if (random.Next(2) == 0) seat["woman"] = random.Next(2) == 0;
            if (random.Next(4) == 0) seat["mandateTo"] = days[random.Next(3)];
            else if (random.Next(5) == 0) seat["mandateFrom"] = days[random.Next(3)];
            seats.Add(seat);
        }
        var proxies = new JsonObject();
        for (var i = random.Next(5); i > 0; i--) proxies[Any()] = Any();
        var ballots = new JsonObject();
        var unanimous = random.Next(6) == 0;
        if (random.Next(8) > 0) foreach (var name in Names.Append("nobody").Where(_ => random.Next(5) > 0)) ballots[name] = unanimous ? "abstain" : new[] { "yes", "yes", "no", "abstain" }[random.Next(4)];
        var c = new JsonObject { ["rule"] = Rule(random), ["seats"] = seats, ["date"] = "2026-03-09", ["call"] = random.Next(1, 3), ["present"] = List(10), ["proxies"] = proxies, ["conflicted"] = List(2), ["ballots"] = ballots };
        c["quorum"] = new JsonObject { ["first"] = new[] { "1/2+1", "1/3", "2/3" }[random.Next(3)], ["second"] = "1/3" };
        c["majority"] = new[] { "simple", "absolute", "two-thirds", "double", "consensus" }[random.Next(5)];
        return c;
    }

    static JsonNode Rule(Random random)
    {
        if (random.Next(4) == 0) return random.Next(2) == 0 ? JsonValue.Create("none") : new JsonObject { ["id"] = "none" };
        var rule = new JsonObject { ["id"] = "own" };
        JsonObject Share(string bound, string limit)
        {
            var by = new[] { "sector", "interest" }[random.Next(2)];
            var share = new JsonObject { ["of"] = "votesCast", ["by"] = by, ["value"] = by == "sector" ? new[] { "public", "private", "social" }[random.Next(3)] : new[] { "x", "y" }[random.Next(2)], [bound] = limit };
            return share;
        }
        if (random.Next(2) == 0) rule["maxShares"] = new JsonArray(Share("max", new[] { "49/100", "1/2", "0.49", "1", "0" }[random.Next(5)]));
        if (random.Next(3) == 0) rule["minShares"] = new JsonArray(Share("min", new[] { "1/3", "1/2", "0", "333/1000" }[random.Next(4)]));
        if (random.Next(2) == 0)
        {
            rule["proxies"] = new JsonObject { ["allowed"] = random.Next(5) > 0, ["countForQuorum"] = random.Next(2) == 0 };
            if (random.Next(2) == 0) rule["proxies"]!["maxPerHolder"] = random.Next(3);
        }
        if (random.Next(4) == 0) rule["twoThirdsOf"] = "all";
        // A name alone asks for a rule that is known.
        if (rule.Count == 1) rule["maxShares"] = new JsonArray();
        return rule;
    }

    static (string Outcome, int Present, int Needed, long Yes, long No, long Abstain, List<string> Excluded, int Failed) Decide(JsonObject c)
    {
        var rule = c["rule"] is JsonValue ? (string)c["rule"]! : (string)c["rule"]!["id"]!;
        var inline = c["rule"] as JsonObject;
        var day = (string)c["date"]!;
        var force = c["seats"]!.AsArray().Where(s => string.CompareOrdinal((string?)s!["mandateFrom"] ?? "", day) <= 0 && string.CompareOrdinal((string?)s["mandateTo"] ?? "9999", day) >= 0).ToDictionary(s => (string)s!["id"]!, s => s!);
        long Votes(string id) => (long?)force[id]["votes"] ?? 1;
        string Sector(string id) => (string)force[id]["sector"]!;
        string? Interest(string id) => (string?)force[id]["interest"];
        var room = c["present"]!.AsArray().Select(p => (string)p!).Where(force.ContainsKey).Distinct().ToList();

        // Proxies: allowed, limited, counted for the quorum; who may not give one.
        var (allowed, most, counts, mayors) = rule switch
        {
            "pe-ccl-provincial" => (true, int.MaxValue, false, true),
            "pe-ccr" or "pe-clar" or "pe-nucleo-ejecutor" or "eu-leader-2014" or "eu-leader-2021" => OfTemplate(rule),
            _ => ((bool?)inline?["proxies"]?["allowed"] ?? true, (int?)inline?["proxies"]?["maxPerHolder"] ?? int.MaxValue, (bool?)inline?["proxies"]?["countForQuorum"] ?? false, false),
        };
        var gave = new List<string>();
        foreach (var (giver, node) in c["proxies"]!.AsObject())
        {
            var holder = (string)node!;
            if (!allowed || !force.ContainsKey(giver) || room.Contains(giver) || giver == holder || !room.Contains(holder)) continue;
            if (mayors && (Sector(giver) == "public" || Interest(giver) == "district-government")) continue;
            if (gave.Count(g => (string)c["proxies"]![g]! == holder) < most) gave.Add(giver);
        }
        var heads = room.Count + (counts ? gave.Count : 0);
        var quorum = (string)c["quorum"]![(int)c["call"]! == 1 ? "first" : "second"]!;
        var needed = Math.Max(1, quorum == "1/2+1" ? (force.Count / 2) + 1 : Enumerable.Range(0, force.Count + 1).First(n => quorum == "1/3" ? 3 * n >= force.Count : 3 * n >= 2 * force.Count));

        var conflicted = c["conflicted"]!.AsArray().Select(p => (string)p!).ToHashSet();
        var voters = force.Keys.Where(id => (room.Contains(id) || gave.Contains(id)) && !conflicted.Contains(id)).ToList();
        var cast = c["ballots"]!.AsObject().Where(b => voters.Contains(b.Key)).ToDictionary(b => b.Key, b => (string)b.Value!);
        var excluded = c["ballots"]!.AsObject().Select(b => b.Key).Where(b => !voters.Contains(b)).ToList();
        long Sum(string choice, string? sector = null) => cast.Where(b => b.Value == choice && (sector is null || Sector(b.Key) == sector)).Sum(b => Votes(b.Key));
        var (yes, no, abstain) = (Sum("yes"), Sum("no"), Sum("abstain"));
        var all = force.Keys.Where(id => !conflicted.Contains(id)).Sum(Votes);
        var there = voters.Sum(Votes);
        var carries = (string)c["majority"]! switch
        {
            "simple" => yes > no,
            "absolute" => 2 * yes > all,
            "two-thirds" => yes > 0 && 3 * yes >= 2 * ((string?)inline?["twoThirdsOf"] == "all" ? all : there),
            "double" => there > 0 && voters.Where(v => Votes(v) > 0).Select(Sector).Distinct().All(s => Sum("yes", s) > Sum("no", s)),
            _ => no == 0 && there > 0,
        };

        // A share of nothing is nought.
        long total = cast.Keys.Sum(Votes);
        long Part(Func<string, bool> of) => cast.Keys.Where(of).Sum(Votes);
        var failed = 0;
        foreach (var (list, bound) in new[] { ("maxShares", "max"), ("minShares", "min") })
        {
            foreach (var share in inline?[list]?.AsArray() ?? [])
            {
                var part = Part(id => (string)share!["by"]! == "sector" ? Sector(id) == (string)share["value"]! : Interest(id) == (string)share["value"]!);
                var (up, down) = Ratio((string)share![bound]!);
                var (left, right) = total == 0 ? (0, up) : (part * down, up * total);
                if (bound == "max" ? left > right : left < right) failed++;
            }
        }
        if (rule == "eu-leader-2014")
        {
            if (100 * Part(id => Sector(id) == "public") > 49 * total) failed++;
            failed += cast.Keys.Select(Interest).OfType<string>().Distinct().Count(g => 100 * Part(id => Interest(id) == g) > 49 * total);
            if (total == 0 || 2 * Part(id => Sector(id) != "public") < total) failed++;
        }
        if (rule == "eu-leader-2021") failed += cast.Keys.Select(Interest).OfType<string>().Distinct().Count(g => 2 * Part(id => Interest(id) == g) > total);
        var outcome = heads < needed || failed > 0 ? "invalid" : carries ? "adopted" : "rejected";
        return (outcome, heads, needed, yes, no, abstain, excluded, failed);
    }

    // What no norm gives is data of the product; the table of rules in docs/govern.md tells it, and this reads that data and no code.
    static (bool Allowed, int Most, bool Counts, bool Mayors) OfTemplate(string pack)
    {
        foreach (var file in Directory.GetFiles(Path.Combine(Docs.GlossaryTests.Root(), "rulepacks", "compositions"), "*.json"))
        {
            var template = JsonNode.Parse(File.ReadAllText(file))!;
            if ((string?)template["pack"] != pack) continue;
            var proxies = template["proxies"];
            return proxies is null ? (false, 0, false, false) : ((bool)proxies["allowed"]!, (int?)proxies["maxPerHolder"] ?? int.MaxValue, (bool)proxies["countForQuorum"]!, proxies["notDelegableSectors"]?.AsArray().Any(s => (string?)s == "public") == true);
        }
        throw new InvalidOperationException(pack);
    }

    static (long Up, long Down) Ratio(string text)
    {
        if (text.Split('/') is [var up, var down]) return (long.Parse(up, CultureInfo.InvariantCulture), long.Parse(down, CultureInfo.InvariantCulture));
        var digits = text.Split('.') is [var whole, var decimals] ? (long.Parse(whole + decimals, CultureInfo.InvariantCulture), (long)BigInteger.Pow(10, decimals.Length)) : (long.Parse(text, CultureInfo.InvariantCulture), 1L);
        return digits;
    }
}
