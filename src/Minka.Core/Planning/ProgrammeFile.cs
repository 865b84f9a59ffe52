using System.Globalization;
using System.Text.Json;
using Minka.Core.Kernel;
using Minka.Core.Rules;
using Minka.Core.Territories;

namespace Minka.Core.Planning;

/// <summary>One fault of a programme's file.</summary>
/// <param name="Path">Where: <c>$.projects[2].funding[0].year</c>.</param>
/// <param name="Code">Its text lies under <c>programme-file.CODE</c>.</param>
public sealed record ProgrammeFileFault(string Path, string Code, params IReadOnlyList<object?> Args);

/// <summary>What the tests of conglomerates ask of a project beyond its sheet; null where the file does not say.</summary>
/// <param name="Function">Function of the functional classifier.</param>
/// <param name="BudgetProgramme">Programme (división funcional) of the functional classifier.</param>
/// <param name="Design">Name of a design that several share.</param>
/// <param name="UnitCost">Cost of a unit of the same kind (a hectare, a kilometre).</param>
/// <param name="Standardised">Whether identification and approval follow criteria common to the conglomerate.</param>
public sealed record ProjectTraits(string? Function, string? BudgetProgramme, string? Design, Money? UnitCost, bool? Standardised);

/// <summary>
/// A programme as a file (rulepacks/schema/programme.schema.json). All faults are found at once, each with its place. Where nothing hinders the
/// sums, the content is there too: a missing céntimo is a fault and a figure.
/// </summary>
public sealed partial record ProgrammeFile
{
    public const int MostProjects = 2_000;
    const int MostBytes = 50_000_000;

    /// <summary>Null where the faults leave nothing to compute.</summary>
    public required ProgrammeContent? Content { get; init; }
    public required IReadOnlyList<ProgrammeFileFault> Faults { get; init; }

    /// <summary>By the project's code.</summary>
    public required IReadOnlyDictionary<string, ProjectTraits> Traits { get; init; }
    public required bool IsDemo { get; init; }

    /// <summary>Position of the territory among its peers by need, in basis points; null where the file does not say.</summary>
    public required int? NeedPosition { get; init; }
    public required int? Months { get; init; }

    /// <param name="country">For the places: districts that the pack lists, else provinces.</param>
    public static ProgrammeFile Read(byte[] bytes, Country country) => new Reader(country).Read(bytes);

    sealed partial class Reader(Country country)
    {
        readonly List<ProgrammeFileFault> faults = [];
        readonly Dictionary<string, ProjectTraits> traits = new(StringComparer.Ordinal);

        /// <summary>A fault that leaves a figure or a name open: nothing is computed.</summary>
        bool hindered;

        public ProgrammeFile Read(byte[] bytes)
        {
            if (bytes.Length > MostBytes) return Nothing("$", "too-large", MostBytes / 1_000_000);
            var text = bytes.AsSpan();
            if (text.StartsWith("\uFEFF"u8)) text = text[3..];
            JsonElement root;
            try
            {
                using var document = JsonDocument.Parse(text.ToArray());
                root = document.RootElement.Clone();
            }
            catch (JsonException e)
            {
                var (path, isNumberless) = PlaceOfBreak(text);
                return Nothing(path, isNumberless ? "not-finite" : "not-json", (e.LineNumber ?? 0) + 1, (e.BytePositionInLine ?? 0) + 1);
            }
            if (root.ValueKind != JsonValueKind.Object) return Nothing("$", "kind-object");
            NoFieldTwice(root, "$");
            if (hindered) return Made(null, null, null, false);

            var file = new Node(this, root, "$");
            file.Only("$schema", "title", "objective", "currency", "demo", "months", "territory", "strategy", "projects", "declared");
            var currency = file.Text("currency", required: true, 3);
            if (currency is not (null or "PEN")) Hinder("$.currency", "currency-unknown", currency);
            var territory = file.Below("territory");
            territory?.Only("places", "needPosition");
            var within = Territory(territory);
            var strategy = Strategy(file);
            var projects = Projects(file, strategy, within);
            var content = hindered || strategy is null ? null : new ProgrammeContent
            {
                Id = new(Guid.Empty),
                EntityId = new(Guid.Empty),
                Title = file.Text("title", required: true) ?? "",
                Objective = file.Text("objective", required: true, PlanningRules.LongestText) ?? "",
                Strategy = strategy,
                Projects = [.. projects.OrderBy(p => p.Code, CodeOrder.Natural)],
            };
            if (content is not null) Sums(content, file, projects);
            var months = file.Whole("months", 1, 600);
            var need = NeedOf(territory);
            return Made(hindered ? null : content, need, months, file.Flag("demo") == true);
        }

        ProgrammeFile Made(ProgrammeContent? content, int? need, int? months, bool demo) =>
            new() { Content = content, Faults = faults, Traits = traits, IsDemo = demo, NeedPosition = need, Months = months };

        ProgrammeFile Nothing(string path, string code, params IReadOnlyList<object?> args)
        {
            Hinder(path, code, args);
            return Made(null, null, null, false);
        }

        void Fault(string path, string code, params IReadOnlyList<object?> args) => faults.Add(new(path, code, args));

        void Hinder(string path, string code, params IReadOnlyList<object?> args)
        {
            hindered = true;
            Fault(path, code, args);
        }

        int? NeedOf(Node? territory)
        {
            if (territory?.Below("needPosition") is not { } node) return null;
            if (node.Element.ValueKind == JsonValueKind.Number && node.Element.TryGetDecimal(out var share) && share is >= 0 and <= 1) return (int)decimal.Round(share * 10_000);
            Fault(node.Path, "share");
            return null;
        }

        List<string> Territory(Node? territory)
        {
            var codes = new List<string>();
            foreach (var node in territory?.Items("places") ?? [])
            {
                if (node.OwnText() is not { } code) continue;
                if (code.Length is not (2 or 4 or 6) || !code.All(char.IsAsciiDigit)) Fault(node.Path, "territory-form", code);
                else codes.Add(code);
            }
            return codes;
        }

        StrategyContent? Strategy(Node file)
        {
            if (file.Below("strategy") is not { } node)
            {
                Hinder("$.strategy", "missing");
                return null;
            }
            node.Only("title", "vision", "yearFrom", "yearTo", "axes");
            var axes = new List<AxisContent>();
            foreach (var axis in node.Items("axes", required: true))
            {
                axis.Only("code", "name", "objectives");
                var code = axis.Text("code", required: true, 12);
                var name = axis.Text("name", required: true);
                if (code is not null && axes.Any(a => string.Equals(a.Code, code, StringComparison.OrdinalIgnoreCase))) Hinder(axis.Path + ".code", "code-twice", code);
                var objectives = axis.Items("objectives").ToList();
                if (objectives.Count == 0) Fault(axis.Path + ".objectives", "axis-without-objective", code);
                (string Objective, string Indicator, string Baseline, string Target, int Year, string Source)? first = null;
                foreach (var objective in objectives)
                {
                    objective.Only("text", "indicators");
                    var text = objective.Text("text", required: true, PlanningRules.LongestText) ?? "";
                    var indicators = objective.Items("indicators").ToList();
                    if (indicators.Count == 0) Fault(objective.Path + ".indicators", "objective-without-indicator", text);
                    first ??= (text, "", "", "", PlanningRules.FirstYear, "");
                    foreach (var indicator in indicators)
                    {
                        indicator.Only("name", "baseline", "target", "targetYear", "source");
                        var named = indicator.Text("name", required: true) ?? "";
                        string Part(string field)
                        {
                            if (indicator.Scalar(field) is { Length: > 0 } value) return value;
                            Fault($"{indicator.Path}.{field}", $"indicator-without-{field}", named);
                            return "";
                        }
                        var (baseline, target, source) = (Part("baseline"), Part("target"), Part("source"));
                        var year = indicator.Year("targetYear");
                        if (first is { Indicator: "" }) first = (text, named, baseline, target, year ?? PlanningRules.FirstYear, source);
                    }
                }
                if (code is not null) axes.Add(new(new(Guid.Empty), code, name ?? "", first?.Objective ?? "", first?.Indicator ?? "", first?.Baseline ?? "", first?.Target ?? "", first?.Year ?? PlanningRules.FirstYear, first?.Source ?? ""));
            }
            if (axes.Count == 0) Fault("$.strategy.axes", "no-axes");
            var (from, to) = (node.Year("yearFrom"), node.Year("yearTo"));
            if (from > to) Fault("$.strategy.yearTo", "years-reversed", from, to);
            return new()
            {
                Id = new(Guid.Empty),
                Number = 1,
                Title = node.Text("title", required: true) ?? "",
                Vision = node.Text("vision", required: false, PlanningRules.LongestText) ?? "",
                YearFrom = from ?? PlanningRules.FirstYear,
                YearTo = to ?? PlanningRules.FirstYear,
                Axes = axes,
            };
        }

        List<ProjectContent> Projects(Node file, StrategyContent? strategy, List<string> within)
        {
            var projects = new List<(ProjectContent Content, Node Node)>();
            var places = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            var nodes = file.Items("projects", required: true).ToList();
            if (nodes.Count > MostProjects) Hinder("$.projects", "too-many", nodes.Count, MostProjects);
            if (nodes.Count == 0) Fault("$.projects", "no-projects");
            foreach (var node in nodes)
            {
                node.Only("code", "title", "problem", "objective", "axis", "chain", "conglomerate", "places", "women", "men", "organisations", "after", "cost", "currency", "funding", "start", "months",
                    "function", "budgetProgramme", "design", "unitCost", "standardised");
                var code = node.Text("code", required: true, 12);
                if (code is not null && !places.TryAdd(code, node.Path)) Hinder(node.Path + ".code", "project-twice", code, places[code]);
                var axis = node.Text("axis");
                var known = strategy?.Axes.FirstOrDefault(a => string.Equals(a.Code, axis, StringComparison.OrdinalIgnoreCase))?.Code;
                if (axis is not null && known is null) Hinder(node.Path + ".axis", "axis-unknown", axis, string.Join(", ", strategy?.Axes.Select(a => a.Code) ?? []));
                SameCurrency(node);
                var cost = node.Money("cost", required: true);
                var content = new ProjectContent
                {
                    Id = new(Guid.Empty),
                    Code = code ?? "",
                    Title = node.Text("title", required: true) ?? "",
                    Problem = node.Text("problem", required: false, PlanningRules.LongestText) ?? "",
                    Objective = node.Text("objective", required: false, PlanningRules.LongestText) ?? "",
                    Axis = known,
                    Chain = node.Text("chain", required: false, 80),
                    Conglomerate = node.Text("conglomerate", required: false, 80),
                    Places = [.. PlacesOf(node, within).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
                    BeneficiaryWomen = node.Whole("women", 0, 50_000_000) ?? 0,
                    BeneficiaryMen = node.Whole("men", 0, 50_000_000) ?? 0,
                    Organisations = [.. node.Items("organisations").Select(o => o.OwnText()).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)],
                    After = [.. node.Items("after").Select(a => a.OwnText()).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)],
                    PlannedCost = cost ?? Money.Zero,
                    Lines = [.. Lines(node)],
                    More = ScheduleOf(node),
                };
                projects.Add((content, node));
                if (code is not null)
                    traits[code] = new(node.Scalar("function"), node.Scalar("budgetProgramme"), node.Text("design"), node.Money("unitCost", required: false), node.Flag("standardised"));
            }
            return Ordered(projects);
        }

        /// <summary>When the project begins and how long it lasts; null where the file tells neither.</summary>
        SheetContent? ScheduleOf(Node node)
        {
            var months = node.Whole("months", 1, 240);
            DateOnly? start = null;
            if (node.Scalar("start") is { } text)
            {
                if (DateOnly.TryParseExact(text + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var first) && first.Year is >= PlanningRules.FirstYear and <= PlanningRules.LastYear) start = first;
                else Fault(node.Path + ".start", "month", text);
            }
            return months is null && start is null ? null : new(null, ProjectStage.Profile, new SheetInput { StartMonth = start, Months = months });
        }

        /// <summary>With the precedences in the spelling of the codes.</summary>
        List<ProjectContent> Ordered(List<(ProjectContent Content, Node Node)> projects)
        {
            var codes = projects.Select(p => p.Content.Code).Distinct(StringComparer.OrdinalIgnoreCase).ToDictionary(c => c, c => c, StringComparer.OrdinalIgnoreCase);
            var result = new List<ProjectContent>();
            foreach (var (content, node) in projects)
            {
                var after = new List<string>();
                foreach (var (i, before) in content.After.Index())
                {
                    if (!codes.TryGetValue(before, out var code)) Hinder($"{node.Path}.after[{i}]", "after-unknown", before);
                    else if (string.Equals(code, content.Code, StringComparison.OrdinalIgnoreCase)) Hinder($"{node.Path}.after[{i}]", "after-itself", code);
                    else after.Add(code);
                }
                result.Add(content with { After = [.. after.Order(CodeOrder.Natural)] });
            }
            if (!hindered && Precedence.FindCycle(result.ToDictionary(p => p.Code, p => p.After)) is { } cycle)
                Hinder(projects.First(p => p.Content.Code == cycle[0]).Node.Path + ".after", "cycle", string.Join(" → ", cycle.Reverse()));
            return result;
        }

        IEnumerable<string> PlacesOf(Node project, List<string> within)
        {
            foreach (var node in project.Items("places"))
            {
                if (node.OwnText() is not { } text) continue;
                if (!Ubigeo.TryNormalize(text, out var code) || code != text) Hinder(node.Path, "place-form", text);
                else if (country.Find(code) is null && (country.Districts.Count > 0 || country.Find(code[..4]) is null)) Hinder(node.Path, "place-unknown", code);
                else if (within.Count > 0 && !within.Any(w => code.StartsWith(w, StringComparison.Ordinal))) Fault(node.Path, "place-outside", code, string.Join(", ", within));
                else yield return code;
            }
        }

        IEnumerable<CostLineContent> Lines(Node project)
        {
            foreach (var node in project.Items("funding"))
            {
                node.Only("source", "year", "amount", "concept", "component", "currency");
                SameCurrency(node);
                var source = node.Text("source", required: true);
                var known = FundingSources.All.Cast<FundingSource?>().FirstOrDefault(s => string.Equals(Name(s!.Value), source, StringComparison.Ordinal));
                if (source is not null && known is null) Hinder(node.Path + ".source", "source-unknown", source, string.Join(", ", FundingSources.All.Select(Name)));
                var (year, amount) = (node.Year("year"), node.Money("amount", required: true));
                if (amount is { IsZero: true }) Fault(node.Path + ".amount", "amount-zero");
                if (known is { } s2 && year is { } y && amount is { } a)
                    yield return new(node.Text("concept") ?? "", node.Text("component"), s2, y, a);
            }
        }

        void SameCurrency(Node node)
        {
            if (node.Text("currency") is { } other && other != "PEN") Hinder(node.Path + ".currency", "currency-other", other, "PEN");
        }

        /// <summary>What is told twice must be told alike: cost and sources of a project, and the totals that the file declares.</summary>
        void Sums(ProgrammeContent content, Node file, List<ProjectContent> inFile)
        {
            foreach (var (i, project) in inFile.Index())
            {
                var path = $"$.projects[{i}].funding";
                if (project.Lines.Count == 0) Fault(path, "no-sources", project.Code, project.PlannedCost);
                else if (project.Gap().IsPositive) Fault(path, "sources-short", project.Code, project.PlannedCost, project.Funded(), project.Gap());
                else if (project.Gap().IsNegative) Fault(path, "sources-over", project.Code, project.PlannedCost, project.Funded(), -project.Gap());
            }
            if (file.Below("declared") is not { } declared) return;
            declared.Only("total", "bySource", "byYear");
            var table = FundingTable.Of(content);
            Same(declared.Money("total", required: false), table.Total, "$.declared.total");
            foreach (var node in declared.Fields("bySource"))
            {
                if (FundingSources.All.Any(s => Name(s) == node.Name)) Same(node.OwnMoney(), table.OfSource(FundingSources.All.First(s => Name(s) == node.Name)), node.Path);
                else Fault(node.Path, "source-unknown", node.Name, string.Join(", ", FundingSources.All.Select(Name)));
            }
            foreach (var node in declared.Fields("byYear"))
            {
                var at = int.TryParse(node.Name, NumberStyles.None, CultureInfo.InvariantCulture, out var year) ? table.Years.ToList().IndexOf(year) : -1;
                Same(node.OwnMoney(), at < 0 ? Money.Zero : table.YearTotals[at], node.Path);
            }

            void Same(Money? told, Money summed, string path)
            {
                if (told is { } t && t != summed) Fault(path, "declared-differs", t, summed, t - summed);
            }
        }

        void NoFieldTwice(JsonElement value, string path)
        {
            if (value.ValueKind == JsonValueKind.Array)
            {
                foreach (var (i, item) in value.EnumerateArray().Index()) NoFieldTwice(item, $"{path}[{i}]");
            }
            else if (value.ValueKind == JsonValueKind.Object)
            {
                var seen = new HashSet<string>(StringComparer.Ordinal);
                foreach (var field in value.EnumerateObject())
                {
                    if (!seen.Add(field.Name)) Hinder($"{path}.{field.Name}", "field-twice", field.Name);
                    NoFieldTwice(field.Value, $"{path}.{field.Name}");
                }
            }
        }

        static string Name(FundingSource source) => JsonNamingPolicy.KebabCaseLower.ConvertName(source.ToString());
    }
}
