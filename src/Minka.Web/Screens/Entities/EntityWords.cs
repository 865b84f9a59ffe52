using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Territories;
using Minka.Web.Charts;
using Minka.Web.Components;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Entities;

/// <summary>Words and pictures that the pages of entities share.</summary>
public static class EntityWords
{
    public static string Name(this Core.Entities.InterestGroup group, T t) => t.Language == Texts.English ? group.En : group.Es;

    public static string Name(this OrganisationKind kind, T t) => t.Language == Texts.English ? kind.En : kind.Es;

    public static string Group(T t, string code) => InterestGroups.Find(code)?.Name(t) ?? code;

    public static string Template(T t, string id) => CompositionTemplates.Find(id)?.Name.In(t.Language) ?? id;

    /// <summary>Where a value of a template comes from: laws keep their name, our own words are told in the reader's language.</summary>
    public static string Source(T t, string source)
    {
        var own = Texts.Find(Texts.Spanish, "entities.source.own");
        if (!source.StartsWith(own, StringComparison.Ordinal)) return source;
        var rest = source[own.Length..];
        foreach (var key in new[] { "entities.source.after", "entities.source.silent" })
        {
            var words = Texts.Find(Texts.Spanish, key);
            if (rest.StartsWith(words, StringComparison.Ordinal)) return t["entities.source.own"] + t[key] + rest[words.Length..];
        }
        return t["entities.source.own"] + rest;
    }

    /// <summary>"Contumazá (Cajamarca), Cajamarca (Cajamarca)".</summary>
    public static string Provinces(Country country, IEnumerable<string> codes) => Format.List([.. codes.Select(c => Province(country, c))]);

    public static string Province(Country country, string code) =>
        country.Find(code) is { } province ? $"{province.Name} ({country.Find(province.ParentCode)?.Name ?? code[..2]})" : code;

    public static IReadOnlyList<Components.Choice> ProvinceChoices(Country country) =>
        [.. country.Departments.SelectMany(d => country.ChildrenOf(d.Code).Select(p => new Components.Choice(p.Code, $"{d.Name}: {p.Name}")))];

    public static string Word(T t, Reason reason) => t[reason.Met switch { true => "entities.met", false => "entities.not-met", _ => "entities.remark" }];

    public static Tone ToneOf(this Reason reason) => reason.Met switch { true => Tone.Met, false => Tone.Broken, _ => Tone.Info };

    public static Tone ToneOf(ClockLight light) => light switch { ClockLight.OnTime => Tone.Met, ClockLight.Near => Tone.Attention, _ => Tone.Broken };

    public static Tone ToneOf(AssemblyState state) => state switch
    {
        AssemblyState.Convened => Tone.Info,
        AssemblyState.InSession or AssemblyState.Suspended => Tone.Attention,
        AssemblyState.Closed => Tone.Met,
        _ => Tone.Neutral,
    };

    public static Tone ToneOf(MotionState state) => state switch
    {
        MotionState.Voting => Tone.Attention,
        MotionState.Adopted => Tone.Met,
        MotionState.Rejected or MotionState.Invalid => Tone.Broken,
        _ => Tone.Neutral,
    };

    public static Tone ToneOf(ResolutionState state) => state switch
    {
        ResolutionState.InForce or ResolutionState.Fulfilled => Tone.Met,
        _ => Tone.Neutral,
    };

    /// <summary>The stacked bar of sectors, with the strictest limit of the template.</summary>
    public static CompositionGauge Gauge(T t, CompositionReport report, CompositionTemplate template)
    {
        var parts = Enum.GetValues<Sector>().Select(s => (Sector: s, Share: report.ShareOf(s)))
            .Where(s => report.VotesOf(s.Sector) > 0)
            .Select(s => new Part(t.Of(s.Sector), s.Share.Value, Format.Percent(s.Share))).ToList();
        var limit = template.Rules.FirstOrDefault(r => r.Kind == CompositionRuleKind.SectorShareMax && r.AppliesTo.Contains(report.Scope))?.LimitBp;
        return new CompositionGauge(
            t[report.Scope == CompositionScope.Members ? "entities.gauge.members" : "entities.gauge.votes"],
            t["entities.gauge.text", report.Seats, report.Votes],
            parts,
            limit is { } l ? new Mark(t["entities.gauge.limit", l], l.Value) : null,
            template.Rules.Any(r => r.AppliesTo.Contains(report.Scope)) ? report.IsMet ? Tone.Met : Tone.Broken : null);
    }
}

/// <summary>What the partial of a composition shows.</summary>
public sealed record CompositionPanel(CompositionReport Report, CompositionTemplate Template, bool WithGroups = true);
