using System.Globalization;
using System.Text.Json;

namespace Minka.Selection.Optimal;

/// <summary>What a file asks to be solved: an award model, or a benchmark knapsack as a 0/1 program.</summary>
public sealed record AwardTask
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The award model; null for a benchmark knapsack.</summary>
    public AwardModel? Model { get; init; }

    /// <summary>The program of a benchmark knapsack; null for an award model.</summary>
    public ZeroOneProgram? Program { get; init; }

    /// <summary>How many decimals the objective has.</summary>
    public int ValueDecimals { get; init; }

    /// <summary>For a knapsack with groups the first column of each group, and one more at the end; empty without groups.</summary>
    public IReadOnlyList<int> GroupStarts { get; init; } = [];
}

/// <summary>
/// Reads award models and benchmark knapsacks from JSON: an object with <c>proposals</c>; an array of
/// <c>{name, values, weights, capacities}</c>; or an object <c>{name, resources, groups}</c> of which exactly one item a group is taken.
/// </summary>
/// <remarks>
/// Strict: an unknown key, a number that is not whole where money is meant, or a missing amount is an error that names its place.
/// Values may have up to nine decimals; they become whole numbers without rounding.
/// </remarks>
public static class AwardFile
{
    /// <summary>Reads a file.</summary>
    /// <param name="json">UTF-8 text.</param>
    /// <exception cref="InvalidAwardModelException">The text is no JSON, or not of these shapes, or a value is faulty.</exception>
    public static IReadOnlyList<AwardTask> Read(ReadOnlyMemory<byte> json)
    {
        JsonDocument document;
        try
        {
            var text = json.Span.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? json[3..] : json;
            document = JsonDocument.Parse(text, new JsonDocumentOptions { AllowTrailingCommas = false });
        }
        catch (JsonException e)
        {
            throw new InvalidAwardModelException("json", $"line {(e.LineNumber ?? 0) + 1}, byte {(e.BytePositionInLine ?? 0) + 1}", "this is not JSON (numbers such as NaN or Infinity do not exist in it).");
        }

        using (document)
        {
            var root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Array)
                return [.. root.EnumerateArray().Select((e, k) => Task(e, $"[{k}]"))];
            return [Task(root, "")];
        }
    }

    private static AwardTask Task(JsonElement e, string place)
    {
        if (e.ValueKind != JsonValueKind.Object)
            throw Fault("shape", place, "an object is expected.");
        if (e.TryGetProperty("proposals", out _))
        {
            var model = new ModelReader(e, place).Model();
            return new AwardTask { Name = model.Name, Model = model, ValueDecimals = model.ValueDecimals };
        }

        if (e.TryGetProperty("groups", out _))
            return Groups(e, place);
        if (e.TryGetProperty("values", out _))
            return Knapsack(e, place);
        throw Fault("shape", place, "this is no award: expected proposals, or values with weights and capacities, or resources with groups.");
    }

    private static AwardTask Knapsack(JsonElement e, string place)
    {
        var values = Numbers(Need(e, "values", place), place + ".values");
        var capacities = Numbers(Need(e, "capacities", place), place + ".capacities");
        var weights = Need(e, "weights", place);
        if (weights.ValueKind != JsonValueKind.Array || weights.GetArrayLength() != capacities.Length)
            throw Fault("shape", place + ".weights", $"{capacities.Length} rows of weights are expected, one a capacity.");
        var decimals = Decimals(values);
        var program = new ZeroOneProgram();
        Guard(place + ".values", () =>
        {
            foreach (var value in values)
                program.AddColumn(Scaled(value, decimals));
        });
        var i = 0;
        foreach (var row in weights.EnumerateArray())
        {
            var at = $"{place}.weights[{i}]";
            var numbers = Numbers(row, at);
            if (numbers.Length != values.Length)
                throw Fault("shape", at, $"{values.Length} weights are expected, one a value.");
            var k = i;
            Guard(at, () => AddResource(program, "capacity " + k.ToString(CultureInfo.InvariantCulture), numbers.Select((n, j) => (j, n)), capacities[k]));
            i++;
        }

        return new AwardTask { Name = NameOf(e), Program = program, ValueDecimals = decimals };
    }

    private static AwardTask Groups(JsonElement e, string place)
    {
        var capacities = Numbers(Need(e, "resources", place), place + ".resources");
        var items = new List<(decimal Value, decimal[] Use)>();
        var starts = new List<int> { 0 };
        var groups = Need(e, "groups", place);
        var g = 0;
        foreach (var group in Items(groups, place + ".groups"))
        {
            var k = 0;
            foreach (var item in Items(group, $"{place}.groups[{g}]"))
            {
                var at = $"{place}.groups[{g}][{k++}]";
                var use = Numbers(Need(item, "use", at), at + ".use");
                if (use.Length != capacities.Length)
                    throw Fault("shape", at + ".use", $"{capacities.Length} numbers are expected, one a resource.");
                items.Add((Number(Need(item, "value", at), at + ".value"), use));
            }

            starts.Add(items.Count);
            g++;
        }

        var decimals = Decimals(items.Select(i => i.Value));
        var program = new ZeroOneProgram();
        Guard(place + ".groups", () =>
        {
            foreach (var item in items)
                program.AddColumn(Scaled(item.Value, decimals));
            for (var r = 0; r < capacities.Length; r++)
                AddResource(program, "resource " + r.ToString(CultureInfo.InvariantCulture), items.Select((item, j) => (j, item.Use[r])), capacities[r]);
            for (var k = 0; k + 1 < starts.Count; k++)
                program.AddRow("group " + k.ToString(CultureInfo.InvariantCulture), Enumerable.Range(starts[k], starts[k + 1] - starts[k]).Select(j => (j, 1L)), 1, 1);
        });
        return new AwardTask { Name = NameOf(e), Program = program, ValueDecimals = decimals, GroupStarts = starts };
    }

    private static void AddResource(ZeroOneProgram program, string name, IEnumerable<(int Column, decimal Use)> use, decimal capacity)
    {
        var list = use.ToArray();
        var decimals = Decimals(list.Select(u => u.Use).Append(capacity));
        program.AddRow(name, list.Select(u => (u.Column, Scaled(u.Use, decimals))), null, Scaled(capacity, decimals));
    }

    private static void Guard(string place, Action action)
    {
        try
        {
            action();
        }
        catch (OverflowException e)
        {
            throw Fault("overflow", place, e.Message);
        }
    }

    internal static int Decimals(IEnumerable<decimal> numbers)
    {
        var most = 0;
        foreach (var number in numbers)
        {
            // Trailing zeros do not count.
            var normal = number / 1.000000000000000000000000000000000m;
            most = Math.Max(most, normal.Scale);
        }

        return most > 9 ? throw Fault("decimals", "", "more than nine decimals: round the values first.") : most;
    }

    internal static long Scaled(decimal number, int decimals)
    {
        for (var k = 0; k < decimals; k++)
            number *= 10;
        return decimal.ToInt64(number);
    }

    internal static decimal Number(JsonElement e, string place)
    {
        if (e.ValueKind != JsonValueKind.Number)
            throw Fault("number", place, $"a number is expected, not {Kind(e)}.");
        if (!decimal.TryParse(e.GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || Math.Abs(number) > 1e18m)
            throw Fault("overflow", place, $"{e.GetRawText()} is too great: use a coarser unit, all numbers of a rule together stay below 2^61.");
        return number;
    }

    internal static IEnumerable<JsonElement> Items(JsonElement e, string place) =>
        e.ValueKind == JsonValueKind.Array ? e.EnumerateArray() : throw Fault("shape", place, $"a list is expected, not {Kind(e)}.");

    internal static JsonElement Need(JsonElement e, string key, string place)
    {
        if (e.ValueKind != JsonValueKind.Object)
            throw Fault("shape", place, $"an object is expected, not {Kind(e)}.");
        return e.TryGetProperty(key, out var value) ? value : throw Fault("absent", place.Length > 0 ? place + "." + key : key, "is absent; it has to be given.");
    }

    internal static string Kind(JsonElement e) => e.ValueKind switch
    {
        JsonValueKind.String => "text",
        JsonValueKind.Null => "null",
        JsonValueKind.Array => "a list",
        JsonValueKind.Object => "an object",
        JsonValueKind.True or JsonValueKind.False => "yes or no",
        _ => "a number",
    };

    internal static InvalidAwardModelException Fault(string code, string place, string message) => new(code, place.TrimStart('.'), message);

    private static decimal[] Numbers(JsonElement e, string place) => [.. Items(e, place).Select((n, k) => Number(n, $"{place}[{k}]"))];

    private static string NameOf(JsonElement e) => e.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String ? name.GetString()! : "";

    /// <summary>Reads one award model.</summary>
    private sealed class ModelReader(JsonElement root, string place)
    {
        private int _decimals;

        public AwardModel Model()
        {
            Only(root, place, "$schema", "name", "description", "budget", "objectives", "proposals", "envelopes", "caps", "programmes", "prerequisites", "exclusions", "synergies", "penalties");
            var at = place.Length > 0 ? place + "." : "";
            var proposals = Items(root.GetProperty("proposals"), at + "proposals").Select((p, k) => (Element: p, Place: $"{at}proposals[{k}]")).ToArray();

            // All values share one scale: the most decimals that occur.
            var values = new List<decimal>();
            foreach (var (p, where) in proposals)
            {
                Only(p, where, "id", "title", "applicant", "planWriter", "groups", "drawNumber", "levels", "amount", "value", "equity");
                if (p.TryGetProperty("levels", out var levels))
                {
                    foreach (var (l, k) in Items(levels, where + ".levels").Select((l, k) => (l, k)))
                    {
                        Only(l, $"{where}.levels[{k}]", "id", "amount", "value", "equity");
                        values.Add(Number(Need(l, "value", $"{where}.levels[{k}]"), $"{where}.levels[{k}].value"));
                    }
                }
                else
                {
                    values.Add(Number(Need(p, "value", where), where + ".value"));
                }
            }

            foreach (var kind in new[] { "synergies", "penalties" })
            {
                foreach (var (e, where) in List(kind))
                    values.Add(Number(Need(e, "value", where), where + ".value"));
            }

            _decimals = Decimals(values);
            return new AwardModel
            {
                Name = NameOf(root),
                Budget = Whole(Need(root, "budget", place), at + "budget"),
                ValueDecimals = _decimals,
                Objectives = root.TryGetProperty("objectives", out var objectives)
                    ? [.. Items(objectives, at + "objectives").Select((o, k) => Objective(o, $"{at}objectives[{k}]"))]
                    : [AwardObjective.Merit],
                Proposals = [.. proposals.Select(p => Proposal(p.Element, p.Place))],
                Envelopes = [.. List("envelopes").Select(e =>
                {
                    Only(e.Element, e.Place, "dimension", "group", "floor", "ceiling");
                    return new Envelope(Text(e.Element, "dimension", e.Place), Text(e.Element, "group", e.Place), OptionalWhole(e.Element, "floor", e.Place) ?? 0, OptionalWhole(e.Element, "ceiling", e.Place));
                })],
                Caps = [.. List("caps").Select(e =>
                {
                    Only(e.Element, e.Place, "by", "maxCount", "maxAmount", "only");
                    var by = Text(e.Element, "by", e.Place) switch
                    {
                        "applicant" => CapBy.Applicant,
                        "planWriter" => CapBy.PlanWriter,
                        var other => throw Fault("cap-by", e.Place + ".by", $"{other} is not known: applicant or planWriter."),
                    };
                    var count = OptionalWhole(e.Element, "maxCount", e.Place);
                    return new AwardCap(by, count is { } c ? (int)Math.Clamp(c, -1, int.MaxValue) : null, OptionalWhole(e.Element, "maxAmount", e.Place), OptionalText(e.Element, "only", e.Place));
                })],
                Programmes = [.. List("programmes").Select(e =>
                {
                    Only(e.Element, e.Place, "id", "members");
                    return new AllOrNothing(Text(e.Element, "id", e.Place), Members(e.Element, e.Place));
                })],
                Prerequisites = [.. List("prerequisites").Select(e =>
                {
                    Only(e.Element, e.Place, "proposal", "requires");
                    return new Prerequisite(Text(e.Element, "proposal", e.Place), Text(e.Element, "requires", e.Place));
                })],
                Exclusions = [.. List("exclusions").Select(e =>
                {
                    Only(e.Element, e.Place, "id", "members", "atMost");
                    return new Exclusion(Text(e.Element, "id", e.Place), Members(e.Element, e.Place), (int)Math.Clamp(OptionalWhole(e.Element, "atMost", e.Place) ?? 1, -1, int.MaxValue));
                })],
                Synergies = [.. List("synergies").Select(Interaction)],
                Penalties = [.. List("penalties").Select(Interaction)],
            };
        }

        private IEnumerable<(JsonElement Element, string Place)> List(string key)
        {
            if (!root.TryGetProperty(key, out var list))
                return [];
            var at = (place.Length > 0 ? place + "." : "") + key;
            return Items(list, at).Select((e, k) => (e, $"{at}[{k}]"));
        }

        private AwardProposal Proposal(JsonElement e, string at)
        {
            var levels = e.TryGetProperty("levels", out var list)
                ? list.EnumerateArray().Select((l, k) => Level(l, $"{at}.levels[{k}]", Text(l, "id", $"{at}.levels[{k}]"))).ToArray()
                : [Level(e, at, "full")];
            if (e.TryGetProperty("levels", out _) && (e.TryGetProperty("amount", out _) || e.TryGetProperty("value", out _)))
                throw Fault("levels-and-amount", at, "give either levels, or one amount and value, not both.");
            var groups = new Dictionary<string, string>(StringComparer.Ordinal);
            if (e.TryGetProperty("groups", out var named))
            {
                if (named.ValueKind != JsonValueKind.Object)
                    throw Fault("shape", at + ".groups", $"an object of dimension and group is expected, not {Kind(named)}.");
                foreach (var group in named.EnumerateObject())
                {
                    if (group.Value.ValueKind != JsonValueKind.String)
                        throw Fault("text", $"{at}.groups.{group.Name}", $"text is expected, not {Kind(group.Value)}.");
                    if (!groups.TryAdd(group.Name, group.Value.GetString()!))
                        throw Fault("twice", $"{at}.groups.{group.Name}", "is there twice.");
                }
            }

            return new AwardProposal
            {
                Id = Text(e, "id", at),
                Applicant = OptionalText(e, "applicant", at),
                PlanWriter = OptionalText(e, "planWriter", at),
                Groups = groups,
                DrawNumber = OptionalWhole(e, "drawNumber", at) is { } draw ? (int)Math.Clamp(draw, int.MinValue, int.MaxValue) : null,
                Levels = levels,
            };
        }

        private FundingLevel Level(JsonElement e, string at, string id) => new()
        {
            Id = id,
            Amount = Whole(Need(e, "amount", at), at + ".amount"),
            Value = ScaledValue(Need(e, "value", at), at + ".value"),
            Equity = OptionalWhole(e, "equity", at) ?? 0,
        };

        private Interaction Interaction((JsonElement Element, string Place) e)
        {
            Only(e.Element, e.Place, "id", "members", "value");
            return new Interaction(Text(e.Element, "id", e.Place), Members(e.Element, e.Place), ScaledValue(Need(e.Element, "value", e.Place), e.Place + ".value"));
        }

        private long ScaledValue(JsonElement e, string at)
        {
            try
            {
                return Scaled(Number(e, at), _decimals);
            }
            catch (OverflowException)
            {
                throw Fault("overflow", at, $"{e.GetRawText()} with {_decimals} decimals is too great: use a coarser unit or fewer decimals.");
            }
        }

        private static string[] Members(JsonElement e, string at) => [.. Items(Need(e, "members", at), at + ".members").Select((m, k) =>
            m.ValueKind == JsonValueKind.String ? m.GetString()! : throw Fault("text", $"{at}.members[{k}]", $"an id is expected, not {Kind(m)}."))];

        private static AwardObjective Objective(JsonElement e, string at) => e.ValueKind != JsonValueKind.String ? throw Fault("text", at, $"text is expected, not {Kind(e)}.") : e.GetString() switch
        {
            "merit" => AwardObjective.Merit,
            "equity" => AwardObjective.Equity,
            "fewest-projects" => AwardObjective.FewestProjects,
            "least-cost" => AwardObjective.LeastCost,
            "draw" => AwardObjective.Draw,
            var other => throw Fault("objective", at, $"{other} is not known: merit, equity, fewest-projects, least-cost or draw."),
        };

        private static long Whole(JsonElement e, string at)
        {
            var number = Number(e, at);
            if (number != decimal.Truncate(number))
                throw Fault("not-whole", at, $"{e.GetRawText()} is not whole: amounts are in minor units (céntimos).");
            return decimal.ToInt64(number);
        }

        private static long? OptionalWhole(JsonElement e, string key, string at) =>
            e.TryGetProperty(key, out var value) && value.ValueKind != JsonValueKind.Null ? Whole(value, $"{at}.{key}") : null;

        private static string Text(JsonElement e, string key, string at)
        {
            var value = Need(e, key, at);
            return value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Fault("text", $"{at}.{key}", $"text is expected, not {Kind(value)}.");
        }

        private static string? OptionalText(JsonElement e, string key, string at) =>
            e.TryGetProperty(key, out var value) && value.ValueKind != JsonValueKind.Null
                ? value.ValueKind == JsonValueKind.String ? value.GetString() : throw Fault("text", $"{at}.{key}", $"text is expected, not {Kind(value)}.")
                : null;

        private static void Only(JsonElement e, string at, params string[] keys)
        {
            if (e.ValueKind != JsonValueKind.Object)
                throw Fault("shape", at, $"an object is expected, not {Kind(e)}.");
            var seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (var property in e.EnumerateObject())
            {
                var where = at.Length > 0 ? $"{at}.{property.Name}" : property.Name;
                if (!keys.Contains(property.Name))
                    throw Fault("unknown-key", where, $"this key is not known here; known are {string.Join(", ", keys.Where(k => k[0] != '$'))}.");
                if (!seen.Add(property.Name))
                    throw Fault("twice", where, "is there twice.");
            }
        }
    }
}
