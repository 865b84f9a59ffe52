using Minka.Selection.Award;
using Minka.Selection.Draw;
using Minka.Selection.Exact;

namespace Minka.Cli.Selecting;

/// <summary>What the command line says beside the model.</summary>
sealed record RankingOptions(string Mode, string? By = null, string? Threshold = null, string? Skip = null, string? Margin = null, string? Salt = null, string? Beacon = null, bool Explain = false);

/// <summary>A model as a ranking rule reads it; the same file may hold more for the optimiser.</summary>
/// <param name="Decimals">Points are whole multiples of 10^−decimals.</param>
/// <param name="Notes">What the file holds and a ranking rule does not use.</param>
sealed record RankingModel(string Name, AwardInput Input, int Decimals, IReadOnlyList<string> Notes)
{
    const int MostDecimals = 6;
    const string Single = "*";

    static readonly Dictionary<string, SkipRule> Skips = new(StringComparer.Ordinal) { ["none"] = SkipRule.None, ["skip-if-unaffordable"] = SkipRule.SkipIfUnaffordable };
    static readonly Dictionary<string, GreyZoneKind> Zones = new(StringComparer.Ordinal) { ["fixed"] = GreyZoneKind.Fixed, ["around-line"] = GreyZoneKind.AroundLine };
    static readonly string[] Unused = ["programmes", "prerequisites", "exclusions", "synergies", "penalties"];

    /// <exception cref="ModelFault">The file says something that cannot be, or lacks something.</exception>
    public static RankingModel Read(byte[] bytes, RankingOptions options)
    {
        var file = ModelValue.Parse(bytes);
        if (!file.IsObject) throw new ModelFault("", "an object with budget and proposals is expected; a ranking rule does not read benchmark instances");
        var mode = RankedAward.Modes[options.Mode];
        var rules = file.Find("ranking") ?? new ModelValue(System.Text.Json.JsonDocument.Parse("{}").RootElement, "ranking");
        var proposals = file.Get("proposals", "candidates").Items().ToList();
        var notes = Unused.Where(u => file.Find(u) is { } list && list.Items().Any()).Select(u => $"a ranking rule does not use {u}").ToList();
        var single = mode is AwardMode.StrictRank or AwardMode.LotteryInGreyZone;
        var budget = file.Get("budget").Whole("money (minor units)");
        var groups = single ? [] : GroupsOf(file, options, notes);
        if (groups.Count == 0) (single, groups) = (true, [new AwardGroup(Single, budget - SetAsides(rules).Sum(s => s.Amount))]);

        var points = new PointsReader();
        var gates = rules.Find("gates")?.Items().Select(g => (Name: g.Get("name").Text(), Minimum: points.Read(g.Get("minimum")), Exclusive: g.Find("exclusive")?.Flag() ?? false)).ToList();
        var bonuses = rules.Find("bonuses")?.Items().Select(b => (Name: b.Get("name").Text(), Points: points.Read(b.Get("points")))).ToList();
        var threshold = options.Threshold is { } given ? points.Read(given, "--threshold") : rules.Find("threshold") is { } told ? points.Read(told) : (Fraction)0;
        var maximum = rules.Find("maximumPoints") is { } most ? points.Read(most) : (Fraction?)null;
        var flat = mode == AwardMode.QualityGate ? rules.Find("flatPoints") is { } f ? points.Read(f) : threshold : (Fraction?)null;
        var maximumBonus = rules.Find("maximumBonus") is { } mb ? points.Read(mb) : (Fraction?)null;
        (GreyZoneKind Kind, Fraction Low, Fraction High)? zone = mode == AwardMode.LotteryInGreyZone ? ZoneOf(rules, options, points) : null;
        var keys = rules.Find("tieKeys")?.Items().Select(k => k.Text()).ToList() ?? [];
        var lines = proposals.ConvertAll(p => Line.Of(p, points, options.By));
        var scale = points.Scale(out var decimals);
        long Units(Fraction value, string place) => ModelValue.Whole(value * scale, place, "points");

        var input = new AwardInput
        {
            Budget = budget,
            Groups = groups,
            Rules = new AwardRules
            {
                Mode = mode,
                Threshold = Units(threshold, "threshold"),
                ThresholdExclusive = rules.Find("thresholdExclusive")?.Flag() ?? false,
                MaximumPoints = Units(maximum ?? lines.Select(l => l.Points ?? 0).Append(threshold).Aggregate(Fraction.Max), "maximumPoints"),
                Skip = options.Skip is { } skip ? (Skips.TryGetValue(skip, out var chosen) ? chosen : throw new ModelFault("--skip", $"'{skip}' is none of {string.Join(", ", Skips.Keys)}")) : rules.Find("skip")?.OneOf(Skips) ?? SkipRule.None,
                PartialFunding = rules.Find("partialFunding")?.Flag() ?? false,
                ResidualPool = !single && (rules.Find("residualPool")?.Flag() ?? false),
                ReserveList = rules.Find("reserveList")?.Flag() ?? true,
                TieKeys = keys,
                Gates = gates?.ConvertAll(g => new PointsGate(g.Name, Units(g.Minimum, $"gate {g.Name}"), g.Exclusive)),
                FlatPoints = flat is { } level ? Units(level, "flatPoints") : null,
                FlatGate = mode == AwardMode.QualityGate ? rules.Find("flatGate")?.Text() : null,
                Bonuses = bonuses?.ConvertAll(b => new BonusRule(b.Name, Units(b.Points, $"bonus {b.Name}"))),
                MaximumBonus = maximumBonus is { } cap ? Units(cap, "maximumBonus") : null,
                SetAsides = rules.Find("setAsides") is null ? null : SetAsides(rules),
                MaximumPerApplicant = CapOf(file, rules, "maximumPerApplicant", "applicant"),
                MaximumPerPlanWriter = CapOf(file, rules, "maximumPerPlanWriter", "planWriter"),
                OwnPriority = rules.Find("ownPriority")?.Flag() ?? false,
                GreyZone = zone is { } z ? new GreyZoneRule(z.Kind, Units(z.Low, "greyZone"), Units(z.High, "greyZone")) : null,
            },
            Candidates = [.. lines.Select(l => l.Candidate with
            {
                Group = single ? groups[0].Code : l.Group ?? (groups.Count == 1 ? groups[0].Code : throw new ModelFault(l.Place, "its group is missing")),
                Points = l.Points is { } p ? Units(p, l.Place) : null,
                GateValues = gates is null ? null : [.. l.GateValues.Select(v => Units(v, l.Place))],
                TieKeys = l.Candidate.TieKeys.Count == 0 && !l.Candidate.Eligible ? [.. keys.Select(_ => 0L)] : l.Candidate.TieKeys,
            })],
        };
        return new RankingModel(file.Find("name")?.Text() ?? "", options.Salt is null ? input : Drawn(input, options), decimals, notes);
    }

    /// <summary>Draws all that nothing else tells apart, by the salt and the public value that were given.</summary>
    static AwardInput Drawn(AwardInput input, RankingOptions options)
    {
        if (options.Beacon is null) throw new ModelFault("--beacon", "a draw needs the salt and the public value");
        var ids = AwardRanking.OpenTies(input).SelectMany(t => t.Ids).Distinct(StringComparer.Ordinal).ToList();
        try
        {
            var places = PublicDraw.Order(options.Salt!, options.Beacon, ids).ToDictionary(t => t.Id, t => t.Position, StringComparer.Ordinal);
            return input with { Candidates = [.. input.Candidates.Select(c => places.TryGetValue(c.Id, out var place) ? c with { DrawPosition = place } : c)] };
        }
        catch (ArgumentException e)
        {
            throw new ModelFault("--salt, --beacon", e.Message);
        }
    }

    static List<AwardGroup> GroupsOf(ModelValue file, RankingOptions options, List<string> notes)
    {
        if (file.Find("groups") is { } listed) return [.. listed.Items().Select(g => new AwardGroup(g.Get("code").Text(), g.Get("envelope").Whole("money (minor units)")))];
        if (file.Find("envelopes") is not { } envelopes) return [];
        var lines = envelopes.Items().ToList();
        var dimensions = lines.Select(e => e.Get("dimension").Text()).Distinct(StringComparer.Ordinal).ToList();
        var by = options.By ?? (dimensions.Count <= 1 ? dimensions.FirstOrDefault() : throw new ModelFault("envelopes", $"they lie in {dimensions.Count} dimensions ({string.Join(", ", dimensions)}); name one with --by"));
        var floors = 0L;
        var groups = new List<AwardGroup>();
        foreach (var envelope in lines.Where(e => e.Get("dimension").Text() == by))
        {
            var (code, floor) = (envelope.Get("group").Text(), envelope.Find("floor")?.Whole("money (minor units)") ?? 0);
            var ceiling = envelope.Get("ceiling").Whole("money (minor units)");
            if (floor < 0 || ceiling < floor) throw new ModelFault(envelope.Place, $"the floor {floor} of {code} is negative or above its ceiling {ceiling}");
            floors += floor;
            groups.Add(new AwardGroup(code, ceiling));
        }
        if (floors > 0) notes.Add("a ranking rule promises no floor: a group in which too few qualify stays below it");
        return groups;
    }

    static List<SetAside> SetAsides(ModelValue rules) =>
        [.. (rules.Find("setAsides")?.Items() ?? []).Select(s => new SetAside(s.Get("code").Text(), s.Get("amount").Whole("money (minor units)"), s.Find("release")?.Flag() ?? false))];

    static int? CapOf(ModelValue file, ModelValue rules, string name, string by) =>
        rules.Find(name)?.Small() ?? (file.Find("caps")?.Items() ?? []).Where(c => c.Find("by")?.Text() == by && c.Find("only") is null).Select(c => c.Find("maxCount")?.Small()).OfType<int>().Select(m => (int?)m).Min();

    static (GreyZoneKind Kind, Fraction Low, Fraction High) ZoneOf(ModelValue rules, RankingOptions options, PointsReader points)
    {
        if (options.Margin is { } margin) return (GreyZoneKind.AroundLine, points.Read(margin, "--margin"), points.Read(margin, "--margin"));
        if (rules.Find("greyZone") is not { } zone) throw new ModelFault("ranking.greyZone", "is missing; give it or --margin");
        return (zone.Get("kind").OneOf(Zones), points.Read(zone.Get("low")), points.Read(zone.Get("high")));
    }

    /// <summary>Points as they are written, and the fewest decimals that hold them all.</summary>
    sealed class PointsReader
    {
        int decimals;

        public Fraction Read(ModelValue value) => Seen(value.Number(), value.Place);

        public Fraction Read(string text, string place) => Fraction.TryParse(text, out var value) ? Seen(value, place) : throw new ModelFault(place, $"'{text}' is no number");

        public Fraction Scale(out int used) => ((Fraction)10).Power(used = decimals);

        Fraction Seen(Fraction value, string place)
        {
            while (!(value * ((Fraction)10).Power(decimals)).IsWhole)
            {
                if (++decimals > MostDecimals) throw new ModelFault(place, $"points have at most {MostDecimals} decimals");
            }
            return value;
        }
    }

    sealed record Line(string Place, AwardCandidate Candidate, string? Group, Fraction? Points, IReadOnlyList<Fraction> GateValues)
    {
        public static Line Of(ModelValue p, PointsReader points, string? by)
        {
            // With funding levels, a ranking rule grants the greatest; parts need the applicant's own consent (leastPart).
            var full = p.Find("levels")?.Items().MaxBy(l => l.Get("amount", "cost").Number());
            var eligible = p.Find("eligible")?.Flag() ?? true;
            var value = p.Find("points", "score", "value") ?? full?.Find("points", "value");
            if (value is null && eligible) throw new ModelFault($"{p.Place}.points", "is missing");
            var groups = p.Find("groups");
            var group = p.Find("group")?.Text() ?? (by is not null ? groups?.Find(by)?.Text()
                : groups?.Element.EnumerateObject().Count() == 1 ? new ModelValue(groups.Element.EnumerateObject().First().Value, $"{groups.Place}").Text() : null);
            return new Line(p.Place, new AwardCandidate
            {
                Id = p.Get("id").Text(),
                Group = "",
                Request = (full?.Get("amount", "cost") ?? p.Get("request", "amount", "cost")).Whole("money (minor units)"),
                Eligible = eligible,
                Points = null,
                TieKeys = p.Find("tieKeys")?.Items().Select(k => k.Whole("a tie value")).ToList() ?? [],
                DrawPosition = p.Find("drawPosition", "drawNumber")?.Small(),
                Bonuses = Texts(p, "bonuses"),
                SetAsides = Texts(p, "setAsides"),
                Applicant = p.Find("applicant")?.Text(),
                PlanWriter = p.Find("planWriter")?.Text(),
                OwnPriority = p.Find("ownPriority")?.Small(),
                LeastPart = p.Find("leastPart")?.Whole("money (minor units)"),
            }, group, value is null ? null : points.Read(value), p.Find("gateValues")?.Items().Select(points.Read).ToList() ?? []);
        }

        static List<string>? Texts(ModelValue owner, string name) => owner.Find(name)?.Items().Select(t => t.Text()).ToList();
    }
}
