using System.Text.Json;
using System.Text.Json.Nodes;
using Minka.Core.Kernel;
using Minka.Core.Rules;
using Minka.Selection.Allocation;

namespace Minka.Core.Fund;

/// <summary>A province in the frozen rules.</summary>
public sealed record FrozenTerritory(
    string Code, string Name, long? Population, BasisPoints? NeedBp, Money? OwnResourcesPerHead, int NeedPosition, int ResourcesPosition, string Source);

/// <summary>A league in the frozen rules.</summary>
public sealed record FrozenLeague(string Code, LocalText Name, int Order, Money Envelope, IReadOnlyList<string> ProvinceCodes, int Applicants);

/// <summary>The rules of a call as a freeze holds them: what every later step reads, and nothing else.</summary>
public sealed record CallRules
{
    const int Format = 1;

    public required CallId CallId { get; init; }
    public required string Slug { get; init; }
    public required string Title { get; init; }
    public required string Purpose { get; init; }
    public required FundId FundId { get; init; }
    public required string FundName { get; init; }
    public required string Institution { get; init; }
    public required int Round { get; init; }

    /// <summary>The pack with the call's own values in place.</summary>
    public required RulePack Pack { get; init; }

    /// <summary>Digest of the pack before the call's own values.</summary>
    public required Digest PackDigest { get; init; }
    public required IReadOnlyList<RuleAdjustment> Adjustments { get; init; }
    public required Money Budget { get; init; }
    public required IReadOnlyList<string> ProvinceCodes { get; init; }
    public required IReadOnlyList<FrozenTerritory> Territories { get; init; }
    public required IReadOnlyList<FrozenLeague> Leagues { get; init; }

    /// <summary>Digest of the freeze: what an application binds to.</summary>
    public required Digest Digest { get; init; }

    public static CallRules Of(Freeze freeze) => Of(freeze.Rules);

    /// <exception cref="FormatException">Not the frozen rules of a call.</exception>
    public static CallRules Of(string canonical)
    {
        try
        {
            var node = JsonNode.Parse(canonical)!.AsObject();
            if (node["format"]!.GetValue<int>() != Format) throw new FormatException("rules of another format");
            return new()
            {
                CallId = Read<CallId>("callId"),
                Slug = Read<string>("slug"),
                Title = Read<string>("title"),
                Purpose = Read<string>("purpose"),
                FundId = Read<FundId>("fundId"),
                FundName = Read<string>("fundName"),
                Institution = Read<string>("institution"),
                Round = Read<int>("round"),
                Pack = RulePackReader.FromCanonical(node["pack"]!.ToJsonString()),
                PackDigest = Read<Digest>("packDigest"),
                Adjustments = Read<IReadOnlyList<RuleAdjustment>>("adjustments"),
                Budget = Read<Money>("budget"),
                ProvinceCodes = Read<IReadOnlyList<string>>("provinceCodes"),
                Territories = Read<IReadOnlyList<FrozenTerritory>>("territories"),
                Leagues = Read<IReadOnlyList<FrozenLeague>>("leagues"),
                Digest = Digest.Of(canonical),
            };

            T Read<T>(string name) => node[name].Deserialize<T>(CanonicalJson.Options) ?? throw new FormatException($"{name} is missing");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or NullReferenceException)
        {
            throw new FormatException("not the frozen rules of a call", e);
        }
    }

    /// <summary>The canonical text of rules to be frozen.</summary>
    public static string Write(Call call, CoFinancingFund fund, RulePackReading pack, Digest packDigest, IReadOnlyList<TerritoryNeed> needs, IReadOnlyList<League> leagues)
    {
        var node = new JsonObject
        {
            ["format"] = Format,
            ["callId"] = Node(call.Id),
            ["slug"] = call.Slug,
            ["title"] = call.Title,
            ["purpose"] = call.Purpose,
            ["fundId"] = Node(fund.Id),
            ["fundName"] = fund.Name,
            ["institution"] = fund.Institution,
            ["round"] = call.Round,
            ["pack"] = JsonNode.Parse(pack.Canonical),
            ["packDigest"] = packDigest.Hex,
            ["adjustments"] = Node(call.Adjustments),
            ["budget"] = call.Budget.Minor,
            ["provinceCodes"] = Node(call.ProvinceCodes),
            ["territories"] = Node(needs.OrderBy(n => n.ProvinceCode, StringComparer.Ordinal).Select(n => new FrozenTerritory(
                n.ProvinceCode, n.ProvinceName, n.Population, n.NeedBp, n.OwnResourcesPerHead, n.NeedPosition, n.ResourcesPosition, n.Source)).ToList()),
            ["leagues"] = Node(leagues.OrderBy(l => l.Order).Select(l => new FrozenLeague(l.Code, l.Name, l.Order, l.Envelope, l.ProvinceCodes, l.Applicants)).ToList()),
        };
        return System.Text.Encoding.UTF8.GetString(CanonicalJson.Bytes(node));
    }

    /// <summary>How many applications one promoter may make, each for another programme.</summary>
    public int MostApplications => Math.Max(1, Pack.Promoter.MaxApplications?.Or(1) ?? 1);

    /// <summary>The territory that stands for an applicant: the neediest of its eligible provinces; null if it has none.</summary>
    public FrozenTerritory? TerritoryOf(IEnumerable<string> provinces)
    {
        var mine = provinces.ToHashSet(StringComparer.Ordinal);
        return Territories.Where(t => mine.Contains(t.Code)).OrderByDescending(t => t.NeedPosition).ThenBy(t => t.Code, StringComparer.Ordinal).FirstOrDefault();
    }

    /// <summary>The one league in which an applicant of these provinces competes; null if none of them is eligible.</summary>
    public FrozenLeague? LeagueOf(IEnumerable<string> provinces) =>
        TerritoryOf(provinces) is { } territory ? Leagues.Single(l => l.ProvinceCodes.Contains(territory.Code)) : null;

    /// <summary>The least match at a position of need, as a share of the cost; null where the pack has no schedule.</summary>
    public BasisPoints? LeastMatchRate(int needPosition) => LeastMatchRate(Pack, needPosition);

    public static BasisPoints? LeastMatchRate(RulePack pack, int needPosition) =>
        pack.Cofinancing.MatchSchedule is { IsKnown: true } knots
            ? new BasisPoints(new PiecewiseSchedule([.. knots.Value.Select(k => new Knot(k.At, k.RateBp))], Slope.NonIncreasing).RateAt(needPosition))
            : pack.ProgrammeWindow?.MatchMinBp is { IsKnown: true } fixedRate ? fixedRate.Value : null;

    static JsonNode? Node<T>(T value) => JsonSerializer.SerializeToNode(value, CanonicalJson.Options);
}
