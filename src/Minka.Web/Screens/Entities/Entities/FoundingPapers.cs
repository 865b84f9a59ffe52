using Minka.Core.Entities;
using Minka.Core.Kernel.Office;
using Minka.Core.Territories;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Entities.Entities;

/// <summary>What the founding papers are made from.</summary>
public sealed record FoundingFacts(CoordinationEntity Entity, CompositionTemplate Template, EntityStatute? Statute, IReadOnlyList<Member> Members, IReadOnlyList<BoardSeat> Board, Country Country)
{
    public EntityDuty Duty => EntityDuties.Of(Entity.TemplateId);

    public int BoardYears => Statute?.BoardYears ?? Duty.BoardYears.Value;
}

/// <summary>Founding minutes, statutes and first board, drafted from data alone: the page shows what the file says.</summary>
public static class FoundingPapers
{
    const string Gap = "______________";

    /// <summary>The papers that there are facts for, each a sheet of its own.</summary>
    public static IReadOnlyList<IReadOnlyList<OfficeBlock>> Of(T t, FoundingFacts facts) =>
        facts.Board.Count > 0 ? [[.. Act(t, facts)], [.. Statute(t, facts)], [.. Board(t, facts)]] : [[.. Act(t, facts)], [.. Statute(t, facts)]];

    public static OfficeDocument Document(T t, FoundingFacts facts, string foot) =>
        new(t["entities.papers.title"], t.Language == Texts.Spanish ? "es-PE" : "en", [.. Of(t, facts).SelectMany(p => p)])
        {
            Head = facts.Entity.Name,
            Foot = foot,
            Stamp = t["entities.papers.pending"],
        };

    static IEnumerable<OfficeBlock> Act(T t, FoundingFacts f)
    {
        yield return new OfficeHeading(2, t["entities.papers.act", f.Entity.Name]);
        yield return new OfficeParagraph(t["entities.papers.act-text", f.Statute?.Domicile ?? Gap, f.Entity.Name]);
        yield return new OfficeParagraph(t["entities.papers.act-agree"]);
        yield return new OfficeList([t["entities.papers.act-1", f.Entity.Name, f.Statute?.Purpose.TrimEnd('.') ?? Gap], t["entities.papers.act-2"], t["entities.papers.act-3"]]);
        yield return new OfficeTable(t["entities.papers.act-members"], [t["entities.organisation"], t["entities.sector"], t["entities.representative"], t["entities.papers.sign"]],
            [.. f.Members.Select(m => (IReadOnlyList<string>)[m.Organisation, t.Of(m.Sector), m.RepresentativeName, ""])]);
    }

    static IEnumerable<OfficeBlock> Statute(T t, FoundingFacts f)
    {
        var (entity, template, statute) = (f.Entity, f.Template, f.Statute);
        var number = 0;
        OfficeHeading Article(string name) => new(3, t["entities.papers.article", ++number, t["entities.papers." + name]]);
        yield return new OfficeHeading(2, t["entities.papers.statute", entity.Name]);
        yield return Article("name");
        yield return new OfficeParagraph($"{t["entities.papers.name-text", entity.Name, template.Name.In(t.Language), entity.LegalBasis]} {t[entity.HasLegalPersonality ? "entities.papers.person-yes" : "entities.papers.person-no"]}");
        yield return Article("purpose");
        yield return new OfficeParagraph(statute is { Purpose: { } purpose } ? purpose.TrimEnd('.') + "." : Gap);
        yield return Article("seat");
        yield return new OfficeParagraph(t["entities.papers.seat-text", statute?.Domicile ?? Gap, EntityWords.Provinces(f.Country, entity.ProvinceCodes)]);
        yield return Article("members");
        yield return new OfficeParagraph(string.Join(' ', Members(t, f)));
        yield return Article("composition");
        var rules = Rules(t, template);
        if (rules.Count == 0) yield return new OfficeParagraph(t["entities.papers.composition-none"]);
        else
        {
            yield return new OfficeParagraph(t["entities.papers.composition-text"]);
            yield return new OfficeList(rules);
        }
        yield return Article("assembly");
        yield return new OfficeParagraph(t[(statute?.SessionsPerYear ?? f.Duty.SessionsPerYear.Value) == 1 ? "entities.papers.assembly-text-one" : "entities.papers.assembly-text", statute?.SessionsPerYear ?? f.Duty.SessionsPerYear.Value, template.NoticeDays.Value, template.SecondCallMinutes.Value]);
        yield return Article("quorum");
        yield return new OfficeParagraph(t["entities.papers.quorum-text", t.Of(template.Quorum.First.Kind), t.Of(template.Quorum.Second.Kind)]);
        yield return new OfficeList([.. template.Majorities.Select(m => $"{(m.Subjects.Count == 0 ? t["entities.majority.usual"] : t["entities.majority.for", [m.Subjects.Select(s => t["entities.subject." + s]).ToList()]])}: {t.Of(m.Kind)}.")]);
        yield return Article("delegation");
        yield return new OfficeParagraph(t[template.Attendance.Delegable ? "entities.papers.delegation-yes" : "entities.papers.delegation-no"]
            + (template.Attendance.NotDelegableGroups.Count > 0 ? " " + t["entities.papers.delegation-groups", template.Attendance.NotDelegableGroups.Select(g => EntityWords.Group(t, g)).ToList(), template.Attendance.Source] : "")
            + " " + (template.ProxyRule is { Allowed: true } proxies ? proxies.MaxPerHolder is { } carried ? t["entities.papers.proxies", carried] : t["entities.papers.proxies-any"] : t["entities.papers.proxies-none"]));
        yield return Article("board");
        yield return new OfficeParagraph(f.Board.Count > 0 ? t["entities.papers.board-text", f.BoardYears, f.Board.Select(b => b.Office).ToList()] : t["entities.papers.board-text-none", f.BoardYears]);
        foreach (var article in new[] { "conflicts", "publicity", "end" })
        {
            yield return Article(article);
            yield return new OfficeParagraph(t[$"entities.papers.{article}-text"]);
        }
    }

    static IEnumerable<string> Members(T t, FoundingFacts f)
    {
        yield return t["entities.papers.members-text"];
        if (f.Statute?.MostMembers is { } most) yield return t["entities.papers.members-cap", most];
        if (f.Template.Term is { } term) yield return t["entities.papers.members-term", term.Years, term.Source];
    }

    /// <summary>The rules of composition in words, each with its source. A kind of rule without words is left to the entity's page.</summary>
    static List<string> Rules(T t, CompositionTemplate template) =>
        [.. template.Rules.Select(r => (Key: "entities.papers.rule." + (r.By == ShareBy.Woman ? "women-min" : Kebab(r.Kind.ToString())), Rule: r)).Where(r => Texts.Has(r.Key))
            .Select(r => t["entities.papers.rule", t[r.Key, r.Rule.LimitBp, (r.Rule.Sectors ?? []).Select(s => t.Of(s)).ToList(), r.Rule.Count], EntityWords.Source(t, r.Rule.Source)])];

    static IEnumerable<OfficeBlock> Board(T t, FoundingFacts f)
    {
        yield return new OfficeHeading(2, t["entities.papers.first-board", f.Entity.Name]);
        yield return new OfficeParagraph(t["entities.papers.first-board-text", f.Board[0].From, f.Board[0].To]);
        yield return new OfficeTable(t["entities.founding.board"], [t["entities.papers.office"], t["entities.organisation"], t["entities.representative"], t["entities.papers.sign"]],
            [.. f.Board.Select(b => (IReadOnlyList<string>)[b.Office, b.Organisation, b.Person, ""])]);
    }

    static string Kebab(string name) => string.Concat(name.Select((c, i) => char.IsUpper(c) ? (i == 0 ? "" : "-") + char.ToLowerInvariant(c) : c.ToString()));
}
