using System.Text.Json;
using System.Text.Json.Nodes;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Rules;
using Minka.Web.Components;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Rules;

/// <summary>A pack's values in words: what a person reads in the tables of rules.</summary>
public sealed class PackWords(T t, RulePack pack)
{
    /// <summary>Elements whose words are those of an enumeration.</summary>
    static readonly Dictionary<string, string> Lists = new(StringComparer.Ordinal)
    {
        ["kind"] = "promoter-kind",
        ["legalKinds"] = "legal-kind",
        ["mergeBy"] = "merge-rule",
        ["whenUnknown"] = "unknown-position",
        ["grantLimit"] = "grant-limit",
        ["fundingSources"] = "funding-source",
        ["combination"] = "score-combination",
        ["evidence"] = "evidence-kind",
        ["ranking"] = "ranking-kind",
        ["skip"] = "skip-rule",
        ["residual"] = "residual-pool",
        ["change"] = "calendar-change-rule",
        ["mode"] = "money-mode",
        ["gates"] = "tranche-gate",
        ["proposedBy"] = "proposer",
        ["decidedBy"] = "decider",
        ["tieBreaks"] = "tie-key",
        ["needIndicator"] = "rules.indicator",
        ["resourcesIndicator"] = "rules.indicator",
    };

    public string Text(LocalText text) => text.In(t.Language);

    /// <summary>One line a part; a simple value has one.</summary>
    public IReadOnlyList<string> Value(PackValue value) => value.Value switch
    {
        null => [t["rules.value.unknown"]],
        JsonArray list => [.. list.Select(item => Item(value.Element, item!))],
        JsonObject o when o.ContainsKey("es") => [Text(o.Deserialize<LocalText>(RuleForms.Options)!)],
        JsonObject o when o.ContainsKey("unit") => [t[$"clock-unit.{Kebab(o["unit"]!.GetValue<string>())}", o["amount"]!.GetValue<int>()]],
        JsonObject o when value.Element == "flat" => [t["rules.value.flat", Text(pack.Criterion(o["criterion"]!.GetValue<string>()).Name), o["points"]!.GetValue<int>()]],
        JsonObject o when value.Element == "greyZone" => [t[$"rules.value.zone-{Kebab(o["zone"]!.GetValue<string>())}", o["low"]!.GetValue<int>(), o["high"]!.GetValue<int>()]],
        JsonObject o => [$"{Word("formula-kind", o["kind"]!)}: {Word("formula-input", o["input"]!)}", .. o["steps"]!.AsArray().Select(s => t["rules.value.step", new BasisPoints(s!["from"]!.GetValue<int>()), s["points"]!.GetValue<int>()])],
        JsonValue simple => [Simple(value.Element, simple)],
        _ => [],
    };

    /// <summary>Where the value comes from; an own proposal also names the precedent that it leans on.</summary>
    public string Source(PackValue value)
    {
        var source = value.Confidence switch
        {
            Confidence.Own => t["rules.value.own-source"],
            Confidence.NotFound => t["rules.value.no-source"],
            _ => value.Source,
        };
        return value.LeansOn is null ? source : $"{source}; {t["rules.value.leans-on", value.LeansOn]}";
    }

    public static Tone ToneOf(PackValue value) => value.Confidence switch
    {
        Confidence.Seen => Tone.Met,
        Confidence.Own => Tone.Info,
        Confidence.Unverified => Tone.Attention,
        _ => Tone.Neutral,
    };

    /// <summary>Name of the list item that a value belongs to, or null.</summary>
    public string? Owner(PackValue value) => value.Path.Split('.') switch
    {
        ["money", "tranches", var number, ..] => t["rules.value.tranche", number],
        ["money", "modes", var number, ..] => Format.List([.. pack.Money.Modes[int.Parse(number, System.Globalization.CultureInfo.InvariantCulture) - 1].Holders.Select(h => t.Of(h))]),
        _ => value.Owner is null ? null : Text(value.Owner),
    };

    string Item(string element, JsonNode item) => (element, item) switch
    {
        ("needBands" or "resourcesBands", _) => t["rules.value.band", Text(item["name"].Deserialize<LocalText>(RuleForms.Options)!), item["code"]!.GetValue<string>(), At(item["from"]!), At(item["to"]!)],
        ("cells", _) => t["rules.value.cell", item["code"]!.GetValue<string>(), Text(item["name"].Deserialize<LocalText>(RuleForms.Options)!)],
        ("weights", _) => t["rules.value.weight", Word("rules.indicator", item["indicator"]!), item["exponent"]!.GetValue<int>()],
        ("matchSchedule", _) => t["rules.value.knot", At(item["at"]!), new BasisPoints(item["rateBp"]!.GetValue<int>())],
        ("tieBreaks", JsonValue key) when key.GetValue<string>().StartsWith("criterion:", StringComparison.Ordinal) =>
            t["rules.value.criterion", Text(pack.Criterion(key.GetValue<string>()["criterion:".Length..]).Name)],
        ("minima", _) => t[item["exclusive"]!.GetValue<bool>() ? "rules.value.more-than" : "rules.value.at-least", Text(pack.Criterion(item["criterion"]!.GetValue<string>()).Name), item["points"]!.GetValue<int>()],
        ("bonusCriteria", JsonValue id) => Text(pack.Criterion(id.GetValue<string>()).Name),
        _ => Simple(element, item.AsValue()),
    };

    string Simple(string element, JsonValue value) => value.GetValueKind() switch
    {
        JsonValueKind.True => t["rules.value.yes"],
        JsonValueKind.False => t["rules.value.no"],
        JsonValueKind.Number when element.EndsWith("Bp", StringComparison.Ordinal) => Format.Percent(value.GetValue<long>()),
        JsonValueKind.Number => Format.Number(value.GetValue<long>()),
        JsonValueKind.String when element == "compositionRule" && CompositionTemplates.Find(value.GetValue<string>()) is { } template => t.Language == Texts.English ? template.Name.En : template.Name.Es,
        JsonValueKind.String when Lists.TryGetValue(element, out var list) => Word(list, value),
        JsonValueKind.String when element is "amount" || element.EndsWith("Amount", StringComparison.Ordinal) || element.EndsWith("Cost", StringComparison.Ordinal) => Format.Money(RuleForms.Amount(value.GetValue<string>())),
        _ => value.ToString(),
    };

    /// <summary>The word of a list, or the code itself where a fund wrote one of its own.</summary>
    string Word(string list, JsonNode value)
    {
        var key = $"{list}.{Kebab(value.GetValue<string>())}";
        return Texts.Has(key) ? t[key] : value.GetValue<string>();
    }

    static string At(JsonNode position) => Format.Percent(position.GetValue<long>());

    static string Kebab(string word) => string.Concat(word.Select(c => char.IsUpper(c) ? "-" + char.ToLowerInvariant(c) : c.ToString()));
}
