using System.Globalization;
using System.Text.Json.Nodes;
using Minka.Core.Kernel;
using Minka.Core.Rules;

namespace Minka.Core.Fund;

public enum AdjustableKind
{
    Whole,
    Percent,
    Amount,
}

/// <summary>A value of a pack that a call may set.</summary>
/// <param name="Name">Last part of the key, under which its label lies.</param>
/// <param name="Window">Code of the window that it belongs to, if it does.</param>
/// <param name="Value">As the pack has it; null where the pack says that nobody knows, so that the call must set it.</param>
public sealed record AdjustableRule(string Key, string Name, string? Window, AdjustableKind Kind, string? Value);

/// <summary>Which values of a rule pack a call may set, and the pack with them set. What the mechanism is (its criteria, ranking and stages) a call cannot touch.</summary>
public static class AdjustableRules
{
    static readonly string[] Paths =
    [
        "evaluation.threshold", "evaluation.thirdReaderAbove", "cure.rounds", "cure.businessDays", "award.reserveDays", "award.signWithinBusinessDays",
        "leagues.mergeBelow", "envelopes.floorOfEqualShareBp", "envelopes.ceilingOfEqualShareBp", "cofinancing.privateMinBp", "cofinancing.inKindMaxOfMatchBp",
    ];

    static readonly string[] OfWindows = ["minAmount", "maxAmount", "maxMonths", "minProjects", "minDistricts", "minAxes", "maxOffAxisBp", "minProjectCost", "maxIsolatedBp"];

    public static IReadOnlyList<AdjustableRule> Of(string canonicalPack)
    {
        var pack = JsonNode.Parse(canonicalPack)!.AsObject();
        var found = new List<AdjustableRule>();
        foreach (var path in Paths)
        {
            if (Find(pack, path) is { } sourced) found.Add(Describe(path, null, sourced));
        }
        foreach (var window in pack["windows"]!.AsArray().OfType<JsonObject>())
        {
            var code = window["code"]!.GetValue<string>();
            found.AddRange(from name in OfWindows where window[name] is JsonObject select Describe($"windows.{code}.{name}", code, (JsonObject)window[name]!));
        }
        return found;
    }

    /// <summary>The value as people type it, in the form of the pack.</summary>
    /// <exception cref="RuleBroken">It is no value of that kind.</exception>
    public static string Parse(AdjustableRule rule, string typed)
    {
        var text = typed.Trim();
        switch (rule.Kind)
        {
            case AdjustableKind.Amount when MoneyText.TryParse(text, out var amount, out _):
                return amount.ToString();
            case AdjustableKind.Percent when decimal.TryParse(text.TrimEnd('%').Trim().Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent)
                && percent <= 1_000 && decimal.Round(percent, 2) == percent:
                return ((int)(percent * 100)).ToString(CultureInfo.InvariantCulture);
            case AdjustableKind.Whole when text.Length is > 0 and <= 6 && text.All(char.IsAsciiDigit):
                return int.Parse(text, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);
            default:
                throw new RuleBroken(FundRules.AdjustmentForm, rule.Key, text);
        }
    }

    /// <summary>The pack with the values set, checked again by schema and contradictions.</summary>
    public static RulePackReading Apply(RulePackReading pack, IReadOnlyList<RuleAdjustment> adjustments, string callSlug)
    {
        if (adjustments.Count == 0) return pack;
        var node = JsonNode.Parse(pack.Canonical)!.AsObject();
        var known = Of(pack.Canonical).ToDictionary(r => r.Key, StringComparer.Ordinal);
        foreach (var adjustment in adjustments)
        {
            if (!known.TryGetValue(adjustment.Key, out var rule) || Find(node, adjustment.Key) is not { } sourced) throw new RuleBroken(FundRules.AdjustmentUnknown, adjustment.Key);
            sourced["value"] = rule.Kind == AdjustableKind.Amount ? adjustment.Value : int.Parse(adjustment.Value, NumberStyles.None, CultureInfo.InvariantCulture);
            sourced["source"] = $"convocatoria {callSlug}";
            sourced["conf"] = "S";
            sourced.Remove("note");
        }
        return RulePackReader.Read(System.Text.Encoding.UTF8.GetBytes(node.ToJsonString()));
    }

    static JsonObject? Find(JsonObject pack, string path)
    {
        var parts = path.Split('.');
        var owner = parts[0] == "windows"
            ? pack["windows"]?.AsArray().OfType<JsonObject>().FirstOrDefault(w => w["code"]?.GetValue<string>() == parts[1])
            : pack[parts[0]] as JsonObject;
        return owner?[parts[^1]] as JsonObject;
    }

    static AdjustableRule Describe(string key, string? window, JsonObject sourced)
    {
        var name = key[(key.LastIndexOf('.') + 1)..];
        var kind = name.EndsWith("Bp", StringComparison.Ordinal) ? AdjustableKind.Percent : name is "minAmount" or "maxAmount" or "minProjectCost" ? AdjustableKind.Amount : AdjustableKind.Whole;
        return new(key, window is null ? key : name, window, kind, sourced["value"]?.ToString());
    }
}
