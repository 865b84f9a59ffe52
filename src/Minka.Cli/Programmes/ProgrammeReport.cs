using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Minka.Core.Applications;
using Minka.Core.Kernel;
using Minka.Core.Planning;
using Minka.Core.Planning.Panels;
using Minka.Core.Rules;
using Minka.Measures.Cohesion;
using Minka.Measures.Dispersion;

namespace Minka.Cli.Programmes;

/// <summary>All that can be said of a programme's file, by the same checks as the screens: sums, cohesion, the fund's rules, history, advice.</summary>
sealed class ProgrammeReport
{
    /// <summary>Above it the pairs of a programme are only told when asked: their number grows with the square.</summary>
    const int MostPairsUnasked = 2_000;

    /// <summary>Projects that stand alone, those with most money first; the report names so many of them again.</summary>
    const int MostAlone = 5;

    readonly ProgrammeFile file;
    readonly Words words;
    readonly ProgrammePanels? panels;
    readonly FundingTable? funding;
    readonly CohesionCheck? cohesion;
    readonly IReadOnlyList<Reason> rules = [];

    public ProgrammeReport(ProgrammeFile file, RulePack pack, Words words)
    {
        (this.file, this.words, Pack) = (file, words, pack);
        if (file.Content is not { } content) return;
        panels = ProgrammePanels.Of(content, PlanningLimits.Of(pack), file.Traits);
        (funding, cohesion) = (panels.Funding, panels.Cohesion);
        rules = [.. FormalChecks.OfProgramme(content, pack, file.NeedPosition).Select(c => c.Reason), .. Untold(pack)];
    }

    RulePack Pack { get; }

    public bool IsSound => file.Faults.Count == 0 && file.Content is not null;

    public bool RulesMet => IsSound && rules.AllMet();

    IEnumerable<Reason> Untold(RulePack pack)
    {
        if (file.NeedPosition is null) yield return Reason.Note("need-untold");
        if (pack.ProgrammeWindow?.MaxMonths is not { IsKnown: true } most) yield break;
        yield return file.Months is { } months ? new("months", months <= most.Value, months, most.Value) : Reason.Note("months-untold", most.Value);
    }

    string Say(Reason reason) => reason.Code is "need-untold" or "months" or "months-untold" ? words.Of("programme-check." + reason.Code, reason.Args) : words.Of(reason);

    public JsonObject ToJson(bool allPairs)
    {
        var json = new JsonObject
        {
            ["valid"] = IsSound,
            ["problems"] = List(file.Faults, f => new JsonObject { ["path"] = f.Path, ["code"] = f.Code, ["message"] = words.Of("programme-file." + f.Code, f.Args) }),
        };
        if (file.Content is not { } content || funding is null || cohesion is null) return json;
        var measured = cohesion.Measured;
        json["programme"] = new JsonObject
        {
            ["title"] = content.Title,
            ["demo"] = file.IsDemo,
            ["projects"] = content.Projects.Count,
            ["districts"] = measured.Places,
            ["axes"] = content.Strategy.Axes.Count,
            ["digest"] = content.Digest().Hex,
        };
        json["funding"] = FundingJson();
        json["cohesion"] = CohesionJson(measured, allPairs);
        json["sizes"] = SizesJson(content, measured);
        json["bundleRules"] = new JsonObject
        {
            ["pack"] = Pack.Id,
            ["label"] = words.Of("programme-check.fdd-label", Pack.Id, Pack.Version),
            ["met"] = rules.AllMet(),
            ["tests"] = List(rules, r => Told(r.Code, r.Met, Say(r))),
        };
        json["historicalTests"] = List(panels!.History, h => new JsonObject
        {
            ["test"] = h.Code == "programme" ? "programa-de-inversion" : "conglomerado",
            ["name"] = h.Name,
            ["norm"] = "Directiva 001-2011-EF/68.01 (RD 003-2011-EF/68.01)",
            ["articles"] = h.Articles,
            ["historical"] = true,
            ["label"] = words.Of("programme-check.snip-label"),
            ["projects"] = Texts(h.Projects),
            ["met"] = h.Met,
            ["conditions"] = List(h.Conditions, c => Told(c.Code, c.Met, words.Of(c))),
        });
        json["remarks"] = List(cohesion.Remarks, r => Told(r.Code, r.Met, words.Of(r)));
        json["chains"] = List(panels.Chains, c => new JsonObject { ["chain"] = c.Chain, ["projects"] = Texts(c.Projects), ["axes"] = Texts(c.Axes), ["districts"] = c.Districts, ["organisations"] = c.Organisations, ["women"] = c.Women, ["men"] = c.Men, ["amount"] = Amount(c.Amount), ["share"] = c.Share is { } s ? s.Value / 10_000m : null });
        json["schedule"] = ScheduleJson(panels.Schedule);
        json["figures"] = List(panels.Figures, f => new JsonObject { ["code"] = f.Code, ["value"] = f.Value, ["part"] = f.Part, ["whole"] = f.Whole, ["n"] = f.N });
        json["improvements"] = List(panels.Advice, a => new JsonObject { ["code"] = CodeOf(a), ["text"] = words.Of(a.Words), ["projects"] = Texts(a.Projects), ["before"] = FiguresJson(a.Before), ["after"] = a.After is { } after ? FiguresJson(after) : null });
        return json;
    }

    static string CodeOf(ProgrammeAdvice advice) => advice.Words.Code[(advice.Words.Code.IndexOf('.', StringComparison.Ordinal) + 1)..];

    static JsonObject FiguresJson(PanelFigures f) => new()
    {
        ["projects"] = f.Projects,
        ["linkedPairShare"] = f.LinkedPairs,
        ["amountWeighted"] = f.Strength,
        ["largestShare"] = f.Largest,
        ["isolated"] = f.Isolated,
        ["isolatedShare"] = f.IsolatedShare,
        ["offAxisShare"] = f.OffAxisShare,
        ["small"] = f.Small,
    };

    static JsonObject ScheduleJson(ProgrammeSchedule s) => new()
    {
        ["from"] = s.From?.ToString("yyyy-MM", CultureInfo.InvariantCulture),
        ["months"] = s.Months,
        ["critical"] = Texts(s.Critical),
        ["untold"] = Texts(s.Untold),
        ["rows"] = List(s.Rows, r => new JsonObject { ["project"] = r.Code, ["first"] = r.First, ["last"] = r.Last, ["slack"] = r.Slack, ["after"] = Texts(r.After) }),
    };

    JsonObject FundingJson() => new()
    {
        ["currency"] = "PEN",
        ["years"] = List(funding!.Years, y => JsonValue.Create(y)),
        ["bySource"] = List(funding.Rows, r => new JsonObject { ["source"] = Kebab(r.Source), ["amounts"] = List(r.Amounts, Amount), ["total"] = Amount(r.Total), ["share"] = r.Share is { } s ? s.Value / 10_000m : null }),
        ["byYear"] = List(funding.Years.Zip(funding.YearTotals), y => new JsonObject { ["year"] = y.First, ["total"] = Amount(y.Second) }),
        ["total"] = Amount(funding.Total),
        ["plannedCost"] = Amount(funding.PlannedCost),
        ["missing"] = Amount(funding.Missing),
        ["gaps"] = List(funding.Gaps, g => new JsonObject { ["project"] = g.Code, ["title"] = g.Title, ["cost"] = Amount(g.PlannedCost), ["funded"] = Amount(g.Funded), ["gap"] = Amount(g.Gap) }),
    };

    JsonObject CohesionJson(CohesionResult m, bool allPairs)
    {
        var linked = m.Pairs.Where(p => p.Linked).ToList();
        var titles = file.Content!.Projects.ToDictionary(p => p.Code);
        var shown = allPairs || m.Pairs.Count <= MostPairsUnasked;
        return new()
        {
            ["linkedPairShare"] = m.LinkedPairShare,
            ["linkedPairs"] = linked.Count,
            ["pairs"] = m.Pairs.Count,
            ["meanSimilarity"] = m.MeanSimilarity,
            ["amountWeighted"] = m.AmountWeighted,
            ["largestComponent"] = m.Largest is { } l ? new JsonObject { ["projects"] = Texts(l.Projects), ["amount"] = Amount(new(l.Amount)), ["share"] = l.Share } : null,
            ["components"] = m.Components.Count,
            ["modularity"] = m.Modularity,
            ["isolated"] = List(cohesion!.Isolated, c => new JsonObject { ["code"] = c, ["title"] = titles[c].Title, ["amount"] = Amount(titles[c].PlannedCost), ["share"] = Share(titles[c].PlannedCost.Minor, m.Amount) }),
            ["isolatedShare"] = m.IsolatedShare,
            ["effectiveProjects"] = m.Effective?.All,
            ["effectiveAxes"] = m.Effective?.Groups,
            ["effectiveProjectsPerAxis"] = m.Effective?.PerGroup,
            ["axisHhi"] = m.AxisHhi,
            ["axes"] = List(m.Axes, a => new JsonObject { ["axis"] = a.Axis, ["declared"] = a.Declared, ["projects"] = a.Projects, ["amount"] = Amount(new(a.Amount)), ["share"] = a.Share }),
            ["offAxisAmount"] = Amount(new(m.OffAxisAmount)),
            ["offAxisShare"] = m.OffAxisShare,
            ["untaggedAmount"] = Amount(new(m.UntaggedAmount)),
            ["weights"] = new JsonObject { ["axis"] = 0.2, ["chain"] = 0.2, ["places"] = 0.2, ["organisations"] = 0.2, ["precedence"] = 0.2 },
            // Pairs without any tie have similarity 0 and are left out.
            ["pairSimilarity"] = shown ? List(linked, p => new JsonObject
            {
                ["first"] = p.First,
                ["second"] = p.Second,
                ["similarity"] = p.Similarity,
                ["axis"] = p.Axis,
                ["chain"] = p.Chain,
                ["places"] = p.Places,
                ["organisations"] = p.Beneficiaries,
                ["precedence"] = p.Precedence,
            }) : null,
        };
    }

    static JsonObject SizesJson(ProgrammeContent content, CohesionResult m)
    {
        var d = AmountDispersion.Of([.. content.Projects.Select(p => p.PlannedCost.Minor / 100m)]);
        return new()
        {
            ["bands"] = List(m.SizeBands, b => new JsonObject { ["from"] = Amount(new(b.From)), ["to"] = b.To is { } to ? Amount(new(to)) : null, ["count"] = b.Count, ["amount"] = Amount(new(b.Amount)), ["countShare"] = b.CountShare, ["amountShare"] = b.AmountShare }),
            ["mean"] = d.Mean,
            ["median"] = d.Median,
            ["sizeWeightedMean"] = d.SizeWeightedMean,
            ["hhi"] = d.Hhi,
            ["gini"] = d.Gini,
        };
    }

    public async Task TellAsync(TextWriter output)
    {
        if (file.IsDemo) await output.WriteLineAsync(words.Of("programme-check.demo") + "\n");
        if (file.Content is { } named) await output.WriteLineAsync(named.Title + "\n");
        if (file.Faults.Count == 0) await output.WriteLineAsync(words.Of("programme-check.no-faults"));
        else
        {
            await output.WriteLineAsync($"{words.Of("programme-check.faults")} ({file.Faults.Count})");
            foreach (var fault in file.Faults) await output.WriteLineAsync($"  {fault.Path}: {words.Of("programme-file." + fault.Code, fault.Args)}");
        }
        if (file.Content is null || funding is null || cohesion is null)
        {
            await output.WriteLineAsync(words.Of("programme-check.not-computed"));
            return;
        }
        await TellFundingAsync(output);
        await TellCohesionAsync(output);
        await output.WriteLineAsync($"\n{words.Of("programme-check.rules")}. {words.Of("programme-check.fdd-label", Pack.Id, Pack.Version)}");
        foreach (var rule in rules) await output.WriteLineAsync($"  {Mark(rule.Met)} {Say(rule)}");
        await output.WriteLineAsync($"\n{words.Of("programme-check.history")}. {words.Of("programme-check.snip-label")}");
        foreach (var test in panels!.History)
        {
            await output.WriteLineAsync($"  {words.Of("programme-check." + test.Code, test.Articles, test.Name)}: {Met(test.Met)}");
            foreach (var condition in test.Conditions) await output.WriteLineAsync($"    {Mark(condition.Met)} {words.Of(condition)}");
        }
        if (panels.Schedule.Rows.Count > 0) await output.WriteLineAsync($"\n{words.Of("programme-check.schedule", panels.Schedule.Months, string.Join(" → ", panels.Schedule.Critical))}");
        if (panels.Advice.Count == 0) return;
        await output.WriteLineAsync($"\n{words.Of("programme-check.better")}");
        foreach (var advice in panels.Advice.Where(a => a.Kind != AdviceKind.Alone).Concat(panels.Advice.Where(a => a.Kind == AdviceKind.Alone).Take(MostAlone))) await output.WriteLineAsync($"  – {words.Of(advice.Words)}");
        if (panels.Advice.Count(a => a.Kind == AdviceKind.Alone) - MostAlone is > 0 and var more) await output.WriteLineAsync($"  – {words.Of("programme-check.alone-more", more)}");
    }

    async Task TellFundingAsync(TextWriter output)
    {
        string[] head = [words.Of("programme-check.source"), .. funding!.Years.Select(y => y.ToString(CultureInfo.InvariantCulture)), words.Of("programme-check.total")];
        List<string[]> rows = [head, .. funding.Rows.Select(r => (string[])[words.Of(r.Source), .. r.Amounts.Select(Words.Plain), Words.Plain(r.Total)]),
            [words.Of("programme-check.total"), .. funding.YearTotals.Select(Words.Plain), Words.Plain(funding.Total)]];
        int[] widths = [.. head.Select((_, c) => rows.Max(r => r[c].Length))];
        await output.WriteLineAsync($"\n{words.Of("programme-check.funding")}");
        foreach (var row in rows) await output.WriteLineAsync("  " + string.Join("  ", row.Select((cell, c) => c == 0 ? cell.PadRight(widths[c]) : cell.PadLeft(widths[c]))));
        await output.WriteLineAsync($"  {words.Of("programme-check.cost")}: {Words.Money(funding.PlannedCost)}. {words.Of("programme-check.missing")}: {Words.Money(funding.Missing)}.");
        foreach (var gap in funding.Gaps) await output.WriteLineAsync($"  {words.Of("programme-check.gap", gap.Code, gap.Title, gap.PlannedCost, gap.Funded, gap.Gap)}");
    }

    async Task TellCohesionAsync(TextWriter output)
    {
        var m = cohesion!.Measured;
        await output.WriteLineAsync($"\n{words.Of("programme-check.cohesion")}");
        await LineAsync("linked-pairs", Words.Percent(m.LinkedPairShare));
        await LineAsync("weighted", Number(m.AmountWeighted));
        await LineAsync("largest", Words.Percent(m.Largest?.Share));
        await LineAsync("components", m.Components.Count.ToString(CultureInfo.InvariantCulture));
        await LineAsync("modularity", Number(m.Modularity));
        await LineAsync("isolated", cohesion.Isolated.Count == 0 ? "0" : $"{cohesion.Isolated.Count} ({Words.Percent(m.IsolatedShare)}): {string.Join(", ", cohesion.Isolated)}");
        await LineAsync("effective", m.Effective is { } e ? $"{Number(e.All)} = {Number(e.Groups)} × {Number(e.PerGroup)}" : Number(null));
        await LineAsync("off-axis", Words.Percent(m.OffAxisShare));
        await output.WriteLineAsync($"\n{words.Of("programme-check.bands")}");
        foreach (var (i, band) in m.SizeBands.Index())
        {
            await output.WriteLineAsync("  " + words.Of(i == 0 ? "programme-check.band-first" : band.To is null ? "programme-check.band-last" : "programme-check.band",
                new Money(band.From), band.To is { } to ? new Money(to) : null, band.Count, Words.Percent(band.CountShare), Words.Percent(band.AmountShare)));
        }

        Task LineAsync(string key, string value) => output.WriteLineAsync($"  {words.Of("programme-check." + key)}: {value}");
    }

    string Number(double? value) => value is { } v ? v.ToString("0.####", CultureInfo.InvariantCulture) : words.Of("programme-check.undefined");

    string Met(bool? met) => words.Of(met switch { true => "programme-check.yes", false => "programme-check.no", null => "programme-check.unknown" });

    static string Mark(bool? met) => met switch { true => "[x]", false => "[!]", null => "[?]" };

    static JsonObject Told(string code, bool? met, string text) => new() { ["code"] = code, ["met"] = met, ["text"] = text };

    static JsonArray List<T>(IEnumerable<T> items, Func<T, JsonNode?> node) => [.. items.Select(node)];

    static JsonArray Texts(IEnumerable<string> items) => List(items, t => JsonValue.Create(t));

    /// <summary>Soles with their céntimos, exact.</summary>
    static JsonValue Amount(Money amount) => JsonValue.Create(amount.Minor / 100m + 0.00m);

    static double? Share(long part, long whole) => whole == 0 ? null : (double)part / whole;

    static string Kebab(FundingSource source) => JsonNamingPolicy.KebabCaseLower.ConvertName(source.ToString());
}
