using Minka.Core.Kernel;
using Minka.Core.Planning.Chains;

namespace Minka.Core.Planning.Writing;

/// <summary>A chapter with what it has and what it lacks.</summary>
/// <param name="Reasons">Conditions (met or not) and remarks.</param>
public sealed record ChapterState(GuidePart Part, IReadOnlyList<Reason> Reasons)
{
    public int Asked => Reasons.Count(r => r.Met is not null);

    public int Met => Reasons.Count(r => r.Met == true);

    public bool IsComplete => Met == Asked;
}

/// <summary>What a strategy still lacks by its guide: everything at once, each with its place. It never hinders an assembly: the assembly decides what is enough.</summary>
public static class StrategyCheck
{
    static readonly Dictionary<string, Func<StrategyContent, IEnumerable<Reason>>> ByKind = new(StringComparer.Ordinal)
    {
        ["figures"] = c => [new("writing.figures", c.Written.Figures is not null, c.Written.Figures?.Figures.Count ?? 0)],
        ["findings"] = Findings,
        ["swot"] = Swot,
        ["swotLinks"] = SwotLinks,
        ["tree"] = Tree,
        ["economy"] = c => c.Written.Economy is { } e ? [Reason.Note("writing.economy", e.Sectors.Count, e.Sectors.Count(s => s.IsProposed))] : [Reason.Note("writing.economy-none")],
        ["assets"] = c => [AtLeast("writing.assets", c.Written.Assets, 1)],
        ["cities"] = c => [AtLeast("writing.cities", c.Written.Cities, 1)],
        ["allies"] = Allies,
        ["chains"] = Chains,
        ["vision"] = c => [new("writing.vision", c.Vision.Length >= 40, c.Vision.Length)],
        ["axes"] = c => [new("writing.axes", c.Axes.Count is > 0 and <= 5, c.Axes.Count)],
        ["objectives"] = Objectives,
        ["indicators"] = Indicators,
        ["alignments"] = Alignments,
        ["consultations"] = Consultations,
        ["actions"] = Actions,
        ["finance"] = Finance,
    };

    /// <summary>What a guide may ask for beside answers.</summary>
    public static IReadOnlyCollection<string> Kinds => ByKind.Keys;

    public static IReadOnlyList<ChapterState> Of(StrategyContent content, StrategyGuide guide) => [.. guide.Parts.Select(p => Of(content, p))];

    public static ChapterState Of(StrategyContent content, GuidePart part) =>
        new(part, [.. part.Questions.Select(q => AnswerOf(content, q)), .. part.Needs.SelectMany(n => ByKind[n](content))]);

    /// <summary>Codes that others may name: axes and specific objectives.</summary>
    public static IReadOnlySet<string> Targets(StrategyContent content) =>
        content.Axes.Select(a => a.Code).Concat((content.Written.Objectives ?? []).Select(o => o.Code)).ToHashSet(StringComparer.Ordinal);

    static Reason AnswerOf(StrategyContent content, GuideQuestion question)
    {
        var length = content.Written.Answers?.FirstOrDefault(a => a.Question == question.Id)?.Text.Length ?? 0;
        if (length == 0) return new("writing.answer-missing", question.Optional ? null : false, question.Name);
        return length < question.Least ? Reason.Fails("writing.answer-short", question.Name, length, question.Least) : Reason.Ok("writing.answer", question.Name);
    }

    static Reason AtLeast<T>(string code, IReadOnlyList<T>? items, int least) => new(code, (items?.Count ?? 0) >= least, items?.Count ?? 0, least);

    static IEnumerable<Reason> Findings(StrategyContent c)
    {
        var (needs, potentials) = ((c.Written.Findings ?? []).Count(f => f.Kind == FindingKind.Need), (c.Written.Findings ?? []).Count(f => f.Kind == FindingKind.Potential));
        yield return new("writing.findings", needs > 0 && potentials > 0, needs, potentials);
        foreach (var f in (c.Written.Findings ?? []).Where(f => f.Evidence is null)) yield return Reason.Note("writing.finding-without-evidence", f.Code);
    }

    static IEnumerable<Reason> Swot(StrategyContent c)
    {
        foreach (var quadrant in Enum.GetValues<SwotQuadrant>())
        {
            var count = (c.Written.Swot ?? []).Count(f => f.Quadrant == quadrant);
            yield return new("writing.swot", count > 0, quadrant, count);
        }
    }

    static IEnumerable<Reason> SwotLinks(StrategyContent c)
    {
        var targets = Targets(c);
        foreach (var f in c.Written.Swot ?? [])
        {
            if (f.Objectives.Count == 0) yield return Reason.Fails("writing.swot-unlinked", f.Code, f.Text);
            foreach (var gone in f.Objectives.Where(o => !targets.Contains(o))) yield return Reason.Fails("writing.target-unknown", f.Code, gone);
        }
    }

    static IEnumerable<Reason> Tree(StrategyContent c)
    {
        var tree = ProblemTree.Of(c.Written.Tree ?? []);
        yield return new("writing.tree-core", tree.Core is not null, tree.Core?.Problem);
        yield return new("writing.tree-causes", tree.Causes.Count >= 2, tree.Causes.Count);
        yield return new("writing.tree-effects", tree.Effects.Count >= 1, tree.Effects.Count);
        foreach (var orphan in tree.Orphans) yield return Reason.Fails("writing.tree-orphan", orphan.Code, orphan.Problem);
        var axes = c.Axes.Select(a => a.Code).ToHashSet(StringComparer.Ordinal);
        foreach (var leaf in tree.Leaves.Where(n => n.Axis is null || !axes.Contains(n.Axis))) yield return Reason.Fails("writing.tree-leaf", leaf.Code, leaf.Problem);
    }

    static IEnumerable<Reason> Allies(StrategyContent c)
    {
        var (buyers, all) = ((c.Written.Allies ?? []).Count(a => a.Kind == AllyKind.AnchorBuyer), (c.Written.Allies ?? []).Count);
        yield return new("writing.providers", all - buyers > 0, all - buyers);
        yield return new("writing.buyers", buyers > 0, buyers);
    }

    static IEnumerable<Reason> Chains(StrategyContent c)
    {
        yield return AtLeast("writing.chains", c.Written.Chains, 1);
        foreach (var chain in c.Written.Chains ?? [])
        {
            if (chain.Actors.Count == 0) yield return Reason.Fails("writing.chain-without-actors", chain.Name);
            if (chain.Demands.Count == 0) yield return Reason.Fails("writing.chain-without-demand", chain.Name);
        }
    }

    static IEnumerable<Reason> Objectives(StrategyContent c)
    {
        var objectives = c.Written.Objectives ?? [];
        foreach (var axis in c.Axes) yield return new("writing.axis-objectives", objectives.Any(o => o.Axis == axis.Code), axis.Code, axis.Name, objectives.Count(o => o.Axis == axis.Code));
        foreach (var o in objectives.Where(o => c.Axes.All(a => a.Code != o.Axis))) yield return Reason.Fails("writing.target-unknown", o.Code, o.Axis);
    }

    static IEnumerable<Reason> Indicators(StrategyContent c)
    {
        var indicators = c.Written.Indicators ?? [];
        var targets = Targets(c);
        foreach (var o in c.Written.Objectives ?? [])
            yield return new("writing.objective-indicator", indicators.Any(i => i.Of == o.Code), o.Code, o.Text);
        foreach (var i in indicators)
        {
            if (!targets.Contains(i.Of)) yield return Reason.Fails("writing.target-unknown", i.Code, i.Of);
            if (i.TargetOn.Year > c.YearTo) yield return Reason.Fails("writing.target-late", i.Code, i.TargetOn, Written(c.YearTo));
        }
        foreach (var a in c.Axes.Where(a => a.TargetYear > c.YearTo)) yield return Reason.Fails("writing.axis-target-late", a.Code, Written(a.TargetYear), Written(c.YearTo));
    }

    static IEnumerable<Reason> Alignments(StrategyContent c)
    {
        var alignments = c.Written.Alignments ?? [];
        foreach (var axis in c.Axes) yield return new("writing.axis-aligned", alignments.Any(a => a.Axis == axis.Code), axis.Code, axis.Name);
        yield return new("writing.aligned-national", alignments.Any(a => a.Level == PlanLevel.National));
        yield return new("writing.aligned-concerted", alignments.Any(a => a.Level is PlanLevel.Regional or PlanLevel.Provincial or PlanLevel.District));
    }

    static IEnumerable<Reason> Consultations(StrategyContent c)
    {
        var meetings = c.Written.Consultations ?? [];
        var (women, men) = (meetings.Sum(m => m.Women), meetings.Sum(m => m.Men));
        yield return new("writing.consultations", meetings.Count > 0, meetings.Count, women, men);
        if (meetings.Count == 0) yield break;
        foreach (var (sector, count) in new[] { ("public", meetings.Sum(m => m.PublicSector)), ("private", meetings.Sum(m => m.PrivateSector)), ("social", meetings.Sum(m => m.SocialSector)) })
            if (count == 0) yield return Reason.Note($"writing.nobody-{sector}");
        if (women == 0 || men == 0) yield return Reason.Note(women == 0 ? "writing.no-women" : "writing.no-men");
    }

    static IEnumerable<Reason> Actions(StrategyContent c)
    {
        var actions = c.Written.Actions ?? [];
        foreach (var axis in c.Axes) yield return new("writing.axis-actions", actions.Any(a => a.Axis == axis.Code), axis.Code, axis.Name, actions.Count(a => a.Axis == axis.Code));
        if (c.Axes.Count == 0) yield return new("writing.axes", false, 0);
        foreach (var a in actions.Where(a => a.YearFrom < c.YearFrom || a.YearTo > c.YearTo))
            yield return Reason.Fails("writing.action-outside", a.Code, Written(a.YearFrom), Written(a.YearTo), Written(c.YearFrom), Written(c.YearTo));
    }

    static IEnumerable<Reason> Finance(StrategyContent c)
    {
        var lines = c.Written.Finance ?? [];
        yield return new("writing.finance", lines.Count > 0, lines.SumMoney(l => l.Amount));
        foreach (var axis in c.Axes) yield return new("writing.axis-money", lines.Any(l => l.Axis == axis.Code), axis.Code, axis.Name, lines.Where(l => l.Axis == axis.Code).SumMoney(l => l.Amount));
        foreach (var l in lines.Where(l => l.Year < c.YearFrom || l.Year > c.YearTo)) yield return Reason.Fails("writing.money-outside", l.Code, Written(l.Year), Written(c.YearFrom), Written(c.YearTo));
        foreach (var l in lines.Where(l => c.Axes.All(a => a.Code != l.Axis))) yield return Reason.Fails("writing.target-unknown", l.Code, l.Axis);
    }

    static string Written(int year) => year.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
