using System.Globalization;
using System.Text.Json;
using Minka.Core.Kernel;
using Minka.Selection.Exact;

namespace Minka.Core.Entities;

/// <summary>
/// Reads a decision from the file that <c>govern tally</c> takes (<c>rulepacks/schema/tally.schema.json</c>). A fault names its place
/// in the file and what to write there.
/// </summary>
public static class DecisionCaseFile
{
    const int MostVotes = 1_000_000_000;
    static readonly QuorumNeed HalfPlusOne = QuorumNeed.Of(QuorumKind.HalfPlusOne);
    static readonly QuorumNeed OneThird = QuorumNeed.Of(QuorumKind.OneThird);
    static readonly ProxyRule FreeProxies = new(true, null, false, false, "", "N");

    static readonly Dictionary<string, Sector> Sectors = Enum.GetValues<Sector>().ToDictionary(Composition.Word);
    static readonly Dictionary<string, Choice> Choices = new() { ["yes"] = Choice.Yes, ["no"] = Choice.No, ["abstain"] = Choice.Abstain };
    static readonly Dictionary<string, ShareBy> Bys = new() { ["sector"] = ShareBy.Sector, ["interest"] = ShareBy.Interest, ["woman"] = ShareBy.Woman };
    static readonly Dictionary<string, bool> Bases = new() { ["present"] = false, ["all"] = true };
    static readonly Dictionary<string, CompositionScope> Scopes = new()
    {
        ["votesCast"] = CompositionScope.Votes,
        ["votesPresent"] = CompositionScope.Present,
        ["votes"] = CompositionScope.Members,
        ["seats"] = CompositionScope.Seats,
    };

    public static readonly IReadOnlyDictionary<string, MajorityKind> Majorities = new Dictionary<string, MajorityKind>
    {
        ["simple"] = MajorityKind.Simple,
        ["absolute"] = MajorityKind.Absolute,
        ["two-thirds"] = MajorityKind.TwoThirds,
        ["double"] = MajorityKind.Double,
        ["consensus"] = MajorityKind.Consensus,
        ["of-present"] = MajorityKind.OfPresent,
    };

    static readonly string[] Known = ["rule", "seats", "date", "call", "present", "proxies", "conflicted", "ballots", "quorum", "majority"];
    static readonly string[] KnownOfSeat = ["id", "sector", "interest", "territory", "votes", "woman", "mandateFrom", "mandateTo"];
    static readonly string[] KnownOfRule = ["id", "maxShares", "minShares", "abstentionIsCast", "twoThirdsOf", "proxies"];
    static readonly string[] Free = ["$schema", "name", "note", "source", "confidence", "legalBasis"];

    /// <param name="Remarks">What was read otherwise than it may have been meant.</param>
    public sealed record Read(DecisionCase Case, IReadOnlyList<Reason> Remarks);

    /// <summary>Reads a case.</summary>
    /// <exception cref="RuleBroken">The file is faulty: a code under <c>tally.</c>, the place first.</exception>
    public static Read Parse(ReadOnlyMemory<byte> json)
    {
        using var document = Open(json);
        var root = new Value(document.RootElement, "");
        if (document.RootElement.ValueKind != JsonValueKind.Object) throw new RuleBroken(EntitiesRules.TallyObject, "$");
        var remarks = new List<Reason>();
        var seats = ReadSeats(root.Get("seats"), remarks);
        var day = root.Find("date")?.Day();
        if (day is null && seats.Any(s => s.MandateFrom is not null || s.MandateTo is not null)) throw new RuleBroken(EntitiesRules.TallyDateMissing, "date");
        var call = root.Find("call") is { } told ? told.Call() : AssemblyCall.First;
        var (rule, template) = root.Find("rule") is { } law ? ReadRule(law, remarks) : (NoRule("none"), null);
        var (quorum, majority) = Terms(root, call, template, remarks);
        remarks.AddRange(root.Names().Except([.. Known, .. Free]).Select(n => Reason.Note("case.field-unknown", n)));
        return new Read(
            new DecisionCase(rule, seats, day, call, quorum, majority,
                [.. root.Find("present")?.Items().Select(i => i.Id()) ?? []],
                [.. root.Find("proxies")?.Members().Select(m => (m.Name, m.Value.Id())) ?? []],
                [.. root.Find("conflicted")?.Items().Select(i => i.Id()) ?? []],
                [.. root.Find("ballots")?.Members().Select(m => (m.Name, m.Value.OneOf(Choices))) ?? []]),
            remarks);
    }

    static JsonDocument Open(ReadOnlyMemory<byte> json)
    {
        try
        {
            var bytes = json.Span.StartsWith("\uFEFF"u8) ? json[3..] : json;
            return JsonDocument.Parse(bytes, new JsonDocumentOptions { AllowDuplicateProperties = false });
        }
        catch (JsonException e)
        {
            throw new RuleBroken(EntitiesRules.TallyNotJson, e.LineNumber + 1, e.BytePositionInLine + 1, e.Message.Split(" LineNumber", 2)[0]);
        }
    }

    static List<DecisionSeat> ReadSeats(Value list, List<Reason> remarks)
    {
        var seats = new List<DecisionSeat>();
        var places = new Dictionary<string, string>(StringComparer.Ordinal);
        var odd = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var item in list.Items())
        {
            item.MustBeObject();
            var id = item.Get("id").Id();
            if (!places.TryAdd(id, item.Place)) throw new RuleBroken(EntitiesRules.TallyTwice, $"{item.Place}.id", id, places[id]);
            var seat = new DecisionSeat(id, item.Get("sector").OneOf(Sectors), item.Find("interest")?.Text(), item.Find("votes")?.Whole(0, MostVotes) ?? 1,
                item.Find("mandateFrom")?.Day(), item.Find("mandateTo")?.Day(), item.Find("woman")?.Flag());
            item.Find("territory")?.Text();
            if (seat is { MandateFrom: { } from, MandateTo: { } to } && to < from) throw new RuleBroken(EntitiesRules.TallyMandateReversed, item.Place, from, to);
            odd.UnionWith(item.Names().Except([.. KnownOfSeat, .. Free]));
            seats.Add(seat with { InterestGroup = seat.InterestGroup is "" ? null : seat.InterestGroup });
        }
        remarks.AddRange(odd.Select(n => Reason.Note("case.field-unknown", $"seats[].{n}")));
        return seats;
    }

    static (DecisionRule, CompositionTemplate?) ReadRule(Value value, List<Reason> remarks)
    {
        var isText = value.Element.ValueKind == JsonValueKind.String;
        if (!isText) value.MustBeObject();
        var at = isText ? value : value.Get("id");
        var id = at.Id();
        if (!isText)
        {
            if (value.Names().Except([.. KnownOfRule, .. Free]).FirstOrDefault() is { } odd)
                throw new RuleBroken(EntitiesRules.TallyRuleField, $"{value.Place}.{odd}", string.Join(", ", KnownOfRule));
            // A rule that brings its own limits stands for itself, whatever it is called.
            if (value.Names().Except([.. Free, "id"]).Any()) return (Inline(id, value), null);
        }
        if (id == "none") return (NoRule(id), null);
        if (CompositionTemplates.FindPack(id) is { } template)
        {
            if (template.Pack != id || template.Rules.Count == 0) remarks.Add(Reason.Note("rule.of", template.Id, template.LegalBasis.Value));
            return (template.DecisionRule with { Id = id }, template);
        }
        if (DecisionPacks.Find(id) is null) throw new RuleBroken(EntitiesRules.TallyRuleUnknown, at.Place, id, string.Join(", ", DecisionPacks.Ids));
        remarks.Add(Reason.Note("rule.silent", id));
        return (NoRule(id), null);
    }

    /// <summary>What holds where nothing is said: no limit of shares, proxies for votes and not for the quorum.</summary>
    static DecisionRule NoRule(string id) => new(id, [], true, false, FreeProxies);

    static DecisionRule Inline(string id, Value value)
    {
        var shares = new List<CompositionRule>();
        foreach (var (list, kind, word) in new[] { ("maxShares", CompositionRuleKind.ShareMax, "max"), ("minShares", CompositionRuleKind.ShareMin, "min") })
        {
            foreach (var item in value.Find(list)?.Items() ?? [])
            {
                item.MustBeObject();
                if (item.Names().Except(["of", "by", "value", "within", word, .. Free]).FirstOrDefault() is { } odd)
                    throw new RuleBroken(EntitiesRules.TallyRuleField, $"{item.Place}.{odd}", $"of, by, value, within, {word}");
                var by = item.Get("by").OneOf(Bys);
                var values = by == ShareBy.Woman ? null : item.Find("value") is { } told ? told.Element.ValueKind == JsonValueKind.Array ? told.Items().ToList() : [told] : null;
                if (values is null && kind == CompositionRuleKind.ShareMin && by != ShareBy.Woman) item.Get("value");
                if (by == ShareBy.Woman && item.Find("value") is { } woman && !(woman.Element.ValueKind == JsonValueKind.True)) throw new RuleBroken(EntitiesRules.TallyNoneOf, woman.Place, woman.Element.GetRawText(), "true");
                shares.Add(new CompositionRule(kind, [item.Find("of")?.OneOf(Scopes) ?? CompositionScope.Votes], id, "",
                    Limit: item.Get(word).Share().ToString(),
                    By: by,
                    Values: values is null ? null : [.. values.Select(v => by == ShareBy.Sector ? SectorValue(v) : v.Id())],
                    Within: item.Find("within")?.Items().Select(v => v.OneOf(Sectors)).ToList()));
            }
        }
        return new DecisionRule(id, shares, value.Find("abstentionIsCast")?.Flag() ?? true, value.Find("twoThirdsOf")?.OneOf(Bases) ?? false,
            value.Find("proxies") is { } proxies ? Proxies(proxies) : FreeProxies, IsWhole: true);
    }

    static string SectorValue(Value value) => value.Text() switch
    {
        Composition.NonPublic or "nonPublic" => Composition.NonPublic,
        var word when Sectors.ContainsKey(word) => word,
        var other => throw new RuleBroken(EntitiesRules.TallyNoneOf, value.Place, other, $"{string.Join(", ", Sectors.Keys)}, {Composition.NonPublic}"),
    };

    static ProxyRule Proxies(Value value)
    {
        string[] known = ["allowed", "maxPerHolder", "countForQuorum", "notDelegableSectors", "notDelegableInterests"];
        value.MustBeObject();
        if (value.Names().Except([.. known, .. Free]).FirstOrDefault() is { } odd) throw new RuleBroken(EntitiesRules.TallyRuleField, $"{value.Place}.{odd}", string.Join(", ", known));
        return new ProxyRule(value.Find("allowed")?.Flag() ?? true, value.Find("maxPerHolder")?.Whole(0, 1_000_000), value.Find("countForQuorum")?.Flag() ?? false, false, "", "",
            value.Find("notDelegableSectors")?.Items().Select(v => v.OneOf(Sectors)).ToList(), value.Find("notDelegableInterests")?.Items().Select(v => v.Id()).ToList());
    }

    /// <summary>Quorum and majority: what the case says, else what the rule says, else the usual ones.</summary>
    static (QuorumNeed, MajorityKind) Terms(Value root, AssemblyCall call, CompositionTemplate? template, List<Reason> remarks)
    {
        var first = root.Find("quorum")?.Find("first")?.Quorum();
        var second = root.Find("quorum")?.Find("second")?.Quorum();
        if (root.Find("quorum") is { } told && told.Names().Except(["first", "second", .. Free]).FirstOrDefault() is { } odd)
            throw new RuleBroken(EntitiesRules.TallyRuleField, $"quorum.{odd}", "first, second");
        var own = template?.QuorumOf(call) is { } law ? QuorumNeed.Of(law.Kind) : (QuorumNeed?)null;
        var asked = call == AssemblyCall.First ? first : second;
        if (asked is { } a && own is { } o && a != o) remarks.Add(Reason.Note("rule.quorum-differs", a.ToString(), o.ToString(), template!.QuorumOf(call).Source));
        var usual = template?.MajorityFor(null);
        var majority = root.Find("majority")?.OneOf(Majorities);
        if (majority is { } m && usual is { } u && m != u)
            remarks.Add(Reason.Note("rule.majority-differs", WordOf(m), WordOf(u), template!.Majorities.First(r => r.Subjects.Count == 0).Source));
        return (asked ?? own ?? (call == AssemblyCall.First ? HalfPlusOne : OneThird), majority ?? usual ?? MajorityKind.Simple);
    }

    public static string WordOf(MajorityKind majority) => Majorities.First(m => m.Value == majority).Key;

    /// <summary>A value in the file with its place.</summary>
    readonly record struct Value(JsonElement Element, string Place)
    {
        bool IsObject => Element.ValueKind == JsonValueKind.Object;

        public void MustBeObject()
        {
            if (!IsObject) throw new RuleBroken(EntitiesRules.TallyObject, Place);
        }

        public IEnumerable<string> Names() => IsObject ? Element.EnumerateObject().Select(p => p.Name) : throw new RuleBroken(EntitiesRules.TallyObject, Place);

        public Value? Find(string name)
        {
            MustBeObject();
            return Element.TryGetProperty(name, out var below) && below.ValueKind != JsonValueKind.Null ? new Value(below, PlaceOf(name)) : null;
        }

        public Value Get(string name) => Find(name) ?? throw new RuleBroken(EntitiesRules.TallyMissing, PlaceOf(name));

        string PlaceOf(string name) => Place.Length == 0 ? name : $"{Place}.{name}";

        public IEnumerable<Value> Items()
        {
            if (Element.ValueKind != JsonValueKind.Array) throw new RuleBroken(EntitiesRules.TallyList, Place);
            var place = Place;
            return Element.EnumerateArray().Select((e, i) => new Value(e, string.Create(CultureInfo.InvariantCulture, $"{place}[{i}]")));
        }

        public IEnumerable<(string Name, Value Value)> Members()
        {
            MustBeObject();
            var place = Place;
            return Element.EnumerateObject().Select(p => (p.Name, new Value(p.Value, $"{place}.{p.Name}")));
        }

        public string Text() => Element.ValueKind == JsonValueKind.String ? Element.GetString()! : throw new RuleBroken(EntitiesRules.TallyText, Place, Raw);

        public string Id() => Text() is { } text && !string.IsNullOrWhiteSpace(text) ? text : throw new RuleBroken(EntitiesRules.TallyText, Place, Raw);

        public bool Flag() => Element.ValueKind is JsonValueKind.True or JsonValueKind.False ? Element.GetBoolean() : throw new RuleBroken(EntitiesRules.TallyNoneOf, Place, Raw, "true, false");

        public int Whole(int from, int to) => Element.ValueKind == JsonValueKind.Number && Fraction.TryParse(Element.GetRawText(), out var number) && number.IsWhole && number >= from && number <= to
            ? (int)number.Numerator : throw new RuleBroken(EntitiesRules.TallyWhole, Place, Raw, from, to);

        public AssemblyCall Call() => Element.ValueKind == JsonValueKind.Number && Element.TryGetInt32(out var call) && call is 1 or 2
            ? call == 1 ? AssemblyCall.First : AssemblyCall.Second : throw new RuleBroken(EntitiesRules.TallyNoneOf, Place, Raw, "1, 2");

        public DateOnly Day() => Element.ValueKind == JsonValueKind.String && DateOnly.TryParseExact(Element.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day : throw new RuleBroken(EntitiesRules.TallyDate, Place, Raw);

        public Fraction Share() =>
            ((Element.ValueKind == JsonValueKind.String && Fraction.TryParse(Element.GetString(), out var share)) || (Element.ValueKind == JsonValueKind.Number && Fraction.TryParse(Element.GetRawText(), out share)))
            && share >= 0 && share <= 1 ? share : throw new RuleBroken(EntitiesRules.TallyShare, Place, Raw);

        public QuorumNeed Quorum() => Element.ValueKind == JsonValueKind.String && QuorumNeed.TryParse(Element.GetString()!, out var need) ? need : throw new RuleBroken(EntitiesRules.TallyQuorum, Place, Raw);

        public T OneOf<T>(IReadOnlyDictionary<string, T> choices) => Element.ValueKind == JsonValueKind.String && choices.TryGetValue(Element.GetString()!, out var chosen)
            ? chosen : throw new RuleBroken(EntitiesRules.TallyNoneOf, Place, Raw, string.Join(", ", choices.Keys));

        string Raw => Element.GetRawText() is { Length: > 60 } text ? text[..60] + "…" : Element.GetRawText();
    }
}

/// <summary>A public set of rules that says nothing of quorum, majority, proxies or composition.</summary>
public sealed record DecisionPack(string Id, Words Name, string Source, string Confidence);

/// <summary>The names of norms' rules that a decision may be judged by.</summary>
public static class DecisionPacks
{
    sealed record Pack(IReadOnlyList<DecisionPack> Packs);

    static readonly Lazy<IReadOnlyList<DecisionPack>> List = new(() => RulePackFiles.Read<Pack>("decisions").Packs);

    /// <summary>Those without a rule of decisions; the others are the templates'.</summary>
    public static IReadOnlyList<DecisionPack> Silent => List.Value;

    public static DecisionPack? Find(string id) => Silent.FirstOrDefault(p => p.Id == id);

    public static IReadOnlyList<string> Ids => [.. CompositionTemplates.All.SelectMany(t => t.Pack is { } pack ? new[] { pack, t.Id } : [t.Id]).Concat(Silent.Select(p => p.Id)).Append("none").Order(StringComparer.Ordinal)];
}
