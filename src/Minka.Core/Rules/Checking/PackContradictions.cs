using System.Globalization;
using System.Text.Json;
using Minka.Core.Kernel;

namespace Minka.Core.Rules.Checking;

/// <summary>
/// What a schema cannot see: values that are each well formed and cannot all hold. Works on the placed document and
/// passes over what is missing, so that it also runs beside schema faults and every fault is told at once.
/// </summary>
internal sealed class PackContradictions(PlacedJson pack, List<RuleFault> faults)
{
    public const string OwnSource = "propuesta propia";
    public const string NoSource = "sin fuente";
    public const string PublicDraw = "publicDraw";
    public const string CriterionPrefix = "criterion:";
    // Words that stand in the place of an id in the addresses of the pages.
    static readonly HashSet<string> Reserved = ["nueva", "dias-habiles"];
    static readonly HashSet<string> TieKeys = ["need", "match", PublicDraw];

    public void Run()
    {
        Date();
        Provenance();
        Texts();
        Ids();
        Budget();
        Windows();
        Leagues();
        Envelopes();
        Cofinancing();
        Criteria();
        Evaluation();
        Cure();
        Award();
        Calendar();
        MoneyModes();
        Tranches();
    }

    void Date()
    {
        if (pack["validFrom"] is { Text: { Length: 10 } text } place && !DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            faults.Add(place.Fault("date", text));
    }

    void Provenance()
    {
        foreach (var sourced in pack.Everything().Where(IsSourced))
        {
            var conf = sourced["conf"]?.Text;
            var source = sourced["source"]?.Text;
            if (source is null || conf is null) continue;
            if (conf == "own" != (source == OwnSource) || conf == "N" != (source == NoSource)) faults.Add(sourced.Fault("source-confidence", source, conf));
            if (sourced["value"]!.Kind == JsonValueKind.Null && conf != "N") faults.Add(sourced["value"]!.Fault("value-missing"));
        }
    }

    void Texts()
    {
        foreach (var text in pack.Everything())
        {
            if (text.Kind != JsonValueKind.Object || (text["es"] ?? text["en"]) is null) continue;
            foreach (var language in (ReadOnlySpan<string>)["es", "en"])
            {
                if (text[language] is { Text: { } words } below && string.IsNullOrWhiteSpace(words)) faults.Add(below.Fault("text-missing", language));
            }
        }
    }

    void Ids()
    {
        if (pack["id"] is { Text: { } id } place && Reserved.Contains(id)) faults.Add(place.Fault("id-reserved", id));
        Doubles(pack["windows"], "code");
        Doubles(pack.At("leagues", "needBands", "value"), "code");
        Doubles(pack.At("leagues", "resourcesBands", "value"), "code");
        Doubles(pack.At("leagues", "cells", "value"), "code");
        Doubles(pack.At("criteria", "items"), "id");
        Doubles(pack["admissibility"], "id");
        Doubles(pack["callGates"], "id");
        Doubles(pack["clocks"], "id");
    }

    void Doubles(PlacedJson? list, string name)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var id in Each(list).Select(item => item[name]))
        {
            if (id?.Text is { } text && !seen.Add(text)) faults.Add(id.Fault("id-double", text));
        }
    }

    void Budget()
    {
        MinMax(pack["budget"], "minShareBp", "maxShareBp");
    }

    void Windows()
    {
        foreach (var window in Each(pack["windows"]))
        {
            if (Amount(window["minAmount"]) is { } min && Amount(window["maxAmount"]) is { } max && min > max)
                faults.Add(window["minAmount"]!.Fault("min-above-max", Value(window["minAmount"])!.Text!, Value(window["maxAmount"])!.Text!));
            MinMax(window, "annualSalesMinUit", "annualSalesMaxUit");
            if (Whole(window["matchMinBp"]) is { } match && Whole(window["cashMatchMinBp"]) is { } cash && cash > match)
                faults.Add(window["cashMatchMinBp"]!.Fault("min-above-max", Number(cash), Number(match)));
        }
    }

    void MinMax(PlacedJson? owner, string low, string high)
    {
        if (Whole(owner?[low]) is { } min && Whole(owner?[high]) is { } max && min > max)
            faults.Add(owner![low]!.Fault("min-above-max", Number(min), Number(max)));
    }

    void Leagues()
    {
        if (pack["leagues"] is not { Kind: JsonValueKind.Object } leagues) return;
        var need = Bands(Value(leagues["needBands"]));
        var resources = Bands(Value(leagues["resourcesBands"]));
        if (Value(leagues["cells"]) is not { Kind: JsonValueKind.Array } cells) return;
        var covered = new HashSet<(string, string)>();
        foreach (var cell in cells.Items)
        {
            var rows = Codes(cell["need"], need);
            var columns = Codes(cell["resources"], resources);
            foreach (var pair in from row in rows from column in columns select (row, column))
            {
                if (!covered.Add(pair)) faults.Add(cell.Fault("league-double", pair.row, pair.column));
            }
        }
        foreach (var (row, column) in from row in need from column in resources select (row, column))
        {
            if (!covered.Contains((row, column))) faults.Add(cells.Fault("league-missing", row, column));
        }
    }

    List<string> Codes(PlacedJson? list, IReadOnlyList<string> known)
    {
        var codes = new List<string>();
        foreach (var code in Each(list))
        {
            if (code.Text is not { } text) continue;
            if (known.Contains(text)) codes.Add(text);
            else faults.Add(code.Fault("band-unknown", text));
        }
        return codes;
    }

    List<string> Bands(PlacedJson? list)
    {
        var bands = Each(list)
            .Where(b => b["code"]?.Text is not null && b["from"]?.Whole is not null && b["to"]?.Whole is not null)
            .Select(b => (Band: b, Code: b["code"]!.Text!, From: b["from"]!.Whole!.Value, To: b["to"]!.Whole!.Value))
            .ToList();
        foreach (var band in bands.Where(b => b.From >= b.To)) faults.Add(band.Band.Fault("min-above-max", Number(band.From), Number(band.To)));
        var reached = 0L;
        foreach (var band in bands.Where(b => b.From < b.To).OrderBy(b => b.From).ThenBy(b => b.To))
        {
            if (band.From > reached) faults.Add(band.Band.Fault("band-gap", Number(reached), Number(band.From)));
            if (band.From < reached) faults.Add(band.Band.Fault("band-overlap", Number(band.From), Number(Math.Min(reached, band.To))));
            reached = Math.Max(reached, band.To);
        }
        if (bands.Count > 0 && reached != BasisPoints.Whole.Value) faults.Add(list!.Fault("band-gap", Number(reached), Number(BasisPoints.Whole.Value)));
        return [.. bands.Select(b => b.Code).Distinct(StringComparer.Ordinal)];
    }

    void Envelopes()
    {
        if (pack["envelopes"] is not { Kind: JsonValueKind.Object } envelopes) return;
        if (pack["leagues"] is null) faults.Add(envelopes.Fault("envelopes-without-leagues"));
        if (Whole(envelopes["floorOfEqualShareBp"]) is { } floor && floor > 10_000) faults.Add(envelopes["floorOfEqualShareBp"]!.Fault("envelope-infeasible", Number(floor)));
        if (Whole(envelopes["ceilingOfEqualShareBp"]) is { } ceiling && ceiling < 10_000) faults.Add(envelopes["ceilingOfEqualShareBp"]!.Fault("envelope-infeasible", Number(ceiling)));
    }

    void Cofinancing()
    {
        var sources = Each(Value(pack["fundingSources"])).Select(s => s.Text).ToList();
        if (sources.Count > 0 && !sources.Contains("fund")) faults.Add(pack["fundingSources"]!.Fault("source-fund-missing"));
        if (pack["cofinancing"] is not { Kind: JsonValueKind.Object } cofinancing) return;
        if (sources.Count > 0 && Whole(cofinancing["privateMinBp"]) > 0 && !sources.Contains("privateCash") && !sources.Contains("privateInKind"))
            faults.Add(cofinancing["privateMinBp"]!.Fault("source-private-missing"));
        PlacedJson? before = null;
        foreach (var knot in Each(Value(cofinancing["matchSchedule"])))
        {
            if (before?["at"]?.Whole >= knot["at"]?.Whole) faults.Add(knot.Fault("knots-order", Number(before!["at"]!.Whole!.Value), Number(knot["at"]!.Whole!.Value)));
            if (before?["rateBp"]?.Whole < knot["rateBp"]?.Whole) faults.Add(knot.Fault("knots-slope", Number(before!["rateBp"]!.Whole!.Value), Number(knot["rateBp"]!.Whole!.Value)));
            before = knot;
        }
    }

    void Criteria()
    {
        if (pack["criteria"] is not { Kind: JsonValueKind.Object } criteria) return;
        var items = Each(criteria["items"]).ToList();
        var sum = items.Sum(c => Whole(c["maxPoints"]) is { } points and >= 0 and <= 1_000_000 ? points : 0);
        if (Whole(criteria["declaredTotal"]) is { } total && sum != total)
            faults.Add((criteria["items"] ?? criteria).Fault(sum < total ? "points-short" : "points-over", Number(sum), Number(total)));
        foreach (var criterion in items)
        {
            if (Whole(criterion["maxPoints"]) is not { } max) continue;
            long? before = null;
            foreach (var points in Each(criterion["levels"]).Select(l => l["points"]))
            {
                if (points?.Whole is not { } here) continue;
                if (here > max) faults.Add(points.Fault("level-above-max", Number(here), Number(max)));
                if (before >= here) faults.Add(points.Fault("levels-order", Number(before.Value), Number(here)));
                before = here;
            }
            if (before < max) faults.Add(criterion["levels"]!.Fault("levels-short", Number(before.Value), Number(max)));
            Formula(Value(criterion["formula"]), max);
        }
    }

    void Formula(PlacedJson? formula, long max)
    {
        PlacedJson? before = null;
        foreach (var step in Each(formula?["steps"]))
        {
            if (before?["from"]?.Whole >= step["from"]?.Whole) faults.Add(step.Fault("formula-order", Number(before!["from"]!.Whole!.Value), Number(step["from"]!.Whole!.Value)));
            if (step["points"]?.Whole > max) faults.Add(step["points"]!.Fault("level-above-max", Number(step["points"]!.Whole!.Value), Number(max)));
            before = step;
        }
    }

    void Evaluation()
    {
        if (Whole(pack.At("evaluation", "evaluators")) is 0) faults.Add(pack.At("evaluation", "evaluators")!.Fault("nobody-asked"));
        if (Whole(pack.At("opening", "officials")) is 0) faults.Add(pack.At("opening", "officials")!.Fault("nobody-asked"));
        if (pack["evaluation"] is not { Kind: JsonValueKind.Object } evaluation || Whole(pack.At("criteria", "declaredTotal")) is not { } total) return;
        if (Whole(evaluation["threshold"]) is { } threshold && threshold > total) faults.Add(evaluation["threshold"]!.Fault("threshold-above-total", Number(threshold), Number(total)));
        if (Whole(evaluation["thirdReaderAbove"]) is { } third && third >= total) faults.Add(evaluation["thirdReaderAbove"]!.Fault("third-reader-never", Number(third), Number(total)));
    }

    void Cure()
    {
        if (pack["cure"] is not { Kind: JsonValueKind.Object } cure || Whole(cure["rounds"]) is not > 0) return;
        if (Whole(cure["businessDays"]) is 0) faults.Add(cure["businessDays"]!.Fault("cure-without-days"));
        if (pack.At("calendar", "stages") is { Kind: JsonValueKind.Array } stages && stages.Items.All(s => s["kind"]?.Text != "cure")) faults.Add(stages.Fault("cure-without-stage"));
    }

    void Award()
    {
        if (pack["award"] is not { Kind: JsonValueKind.Object } award) return;
        if (Value(award["ranking"])?.Text == "strictRankByGroup" && pack["leagues"] is null) faults.Add(award["ranking"]!.Fault("group-without-leagues"));
        var criteria = Each(pack.At("criteria", "items")).Select(c => c["id"]?.Text).ToHashSet(StringComparer.Ordinal);
        AwardMode(award, criteria);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var keys = Each(Value(award["tieBreaks"])).ToList();
        foreach (var (index, key) in keys.Index())
        {
            if (key.Text is not { } text) continue;
            var known = text.StartsWith(CriterionPrefix, StringComparison.Ordinal) ? criteria.Contains(text[CriterionPrefix.Length..]) : TieKeys.Contains(text);
            if (!known) faults.Add(key.Fault("tie-unknown", text));
            if (!seen.Add(text)) faults.Add(key.Fault("id-double", text));
            if (text == PublicDraw && index != keys.Count - 1) faults.Add(key.Fault("tie-after-draw"));
        }
        if (keys.Count > 0 && keys.All(k => k.Text != PublicDraw)) faults.Add(award["tieBreaks"]!.Fault("tie-without-draw"));
    }

    // What a mode needs, what it cannot use, and criteria that exist.
    void AwardMode(PlacedJson award, HashSet<string?> criteria)
    {
        var ranking = Value(award["ranking"])?.Text;
        if (ranking is "strictRank" or "lotteryInGreyZone")
        {
            if (pack["leagues"] is not null) faults.Add(award["ranking"]!.Fault("single-with-leagues"));
            if (Value(award["residual"])?.Text == "overallRanking") faults.Add(award["residual"]!.Fault("single-with-pool"));
        }
        if (ranking == "qualityGate" && award["flat"] is null) faults.Add(award["ranking"]!.Fault("mode-needs", "flat"));
        if (ranking == "lotteryInGreyZone" && award["greyZone"] is null) faults.Add(award["ranking"]!.Fault("mode-needs", "greyZone"));
        if (ranking is not null and not "qualityGate" && award["flat"] is { } flat) faults.Add(flat.Fault("mode-cannot", "flat"));
        if (ranking is not null and not "lotteryInGreyZone" && award["greyZone"] is { } zone) faults.Add(zone.Fault("mode-cannot", "greyZone"));
        if (ranking == "lotteryInGreyZone" && award["setAsides"] is { } sets) faults.Add(sets.Fault("mode-cannot", "setAsides"));
        var minima = Each(Value(award["minima"])).Select(m => m["criterion"]).ToList();
        foreach (var named in minima.Append(Value(award["flat"])?["criterion"]).Concat(Each(Value(award["bonusCriteria"]))))
        {
            if (named?.Text is { } id && !criteria.Contains(id)) faults.Add(named.Fault("criterion-unknown", id));
        }
        if (Value(award["flat"])?["criterion"] is { Text: { } bar } place && minima.All(m => m?.Text != bar)) faults.Add(place.Fault("flat-without-minimum", bar));
        if (Value(award["greyZone"]) is { } bounds && bounds["zone"]?.Text == "fixed" && bounds["low"]?.Whole > bounds["high"]?.Whole)
            faults.Add(bounds.Fault("min-above-max", Number(bounds["low"]!.Whole!.Value), Number(bounds["high"]!.Whole!.Value)));
        foreach (var cap in (PlacedJson?[])[award["maxPerApplicant"], award["maxPerPlanWriter"]])
        {
            if (Whole(cap) is 0) faults.Add(cap!.Fault("cap-zero"));
        }
        Doubles(award["setAsides"], "code");
        if (Value(award["ownPriority"]) is { Kind: JsonValueKind.True } && Whole(pack.At("promoter", "maxApplications")) is null or < 2) faults.Add(award["ownPriority"]!.Fault("own-order-of-one"));
        if (Whole(pack.At("promoter", "maxApplications")) is 0) faults.Add(pack.At("promoter", "maxApplications")!.Fault("cap-zero"));
    }

    void Calendar()
    {
        var needed = Each(pack["stagesNeeded"]).Select(s => s.Text).ToHashSet(StringComparer.Ordinal);
        StageKind? before = null;
        foreach (var stage in Each(pack.At("calendar", "stages")))
        {
            if (stage["kind"] is not { Text: { } word } place || !Enum.TryParse<StageKind>(word, ignoreCase: true, out var kind) || char.IsUpper(word, 0)) continue;
            if (before == kind) faults.Add(place.Fault("id-double", word));
            else if (before > kind) faults.Add(place.Fault("stage-order", Word(before.Value), word));
            if (!needed.Contains(word) && pack["stagesNeeded"] is { } list) faults.Add(list.Fault("stage-not-listed", word));
            before = kind;
        }
    }

    void MoneyModes()
    {
        var allowed = Each(Value(pack.At("holder", "legalKinds"))).Select(k => k.Text).ToHashSet(StringComparer.Ordinal);
        if (allowed.Count == 0 || pack.At("money", "modes") is not { Kind: JsonValueKind.Array } modes) return;
        var covered = new HashSet<string?>(StringComparer.Ordinal);
        foreach (var holder in modes.Items.SelectMany(m => Each(m["holders"])))
        {
            if (!allowed.Contains(holder.Text)) faults.Add(holder.Fault("mode-holder-unknown", holder.Text ?? "?"));
            if (!covered.Add(holder.Text)) faults.Add(holder.Fault("mode-double", holder.Text ?? "?"));
        }
        foreach (var holder in allowed.Where(a => a is not null && !covered.Contains(a))) faults.Add(modes.Fault("mode-missing", holder!));
    }

    void Tranches()
    {
        if (pack.At("money", "tranches") is not { Kind: JsonValueKind.Array, Items.Count: > 0 } tranches) return;
        var shares = tranches.Items.Select(t => Whole(t["shareBp"])).ToList();
        if (shares.Any(s => s is null or < 0 or > 1_000_000)) return;
        var sum = shares.Sum(s => s!.Value);
        if (sum != BasisPoints.Whole.Value) faults.Add(tranches.Fault("tranches-sum", Number(sum)));
    }

    static bool IsSourced(PlacedJson value) => value.Kind == JsonValueKind.Object && value["value"] is not null && value["source"] is not null;

    static IEnumerable<PlacedJson> Each(PlacedJson? list) => list?.Items ?? [];

    static PlacedJson? Value(PlacedJson? sourced) => sourced?["value"];

    static long? Whole(PlacedJson? sourced) => Value(sourced)?.Whole;

    static Money? Amount(PlacedJson? sourced)
    {
        try
        {
            return Value(sourced)?.Text is { } text ? RuleForms.Amount(text) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    static string Word(StageKind kind) => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());
}
