using System.Globalization;
using Minka.Core.Kernel;
using Minka.Core.Kernel.Office;
using Minka.Core.Planning.ParticipatoryBudget;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Planning.ParticipatoryBudget.Outcome;

/// <summary>The agreement as whole sentences in the order in which somebody reads them aloud; page and office file say the same.</summary>
public static class ActaDocument
{
    public static OfficeDocument Of(T t, BudgetProcess process, ActaContent acta, string foot)
    {
        var blocks = new List<OfficeBlock>
        {
            new OfficeParagraph([new(acta.Title, Bold: true)]),
            new OfficeParagraph(Opening(t, acta)),
            new OfficeParagraph(t["budget.acta.rule", t.Of(acta.Method), acta.RuleDigest.Hex]),
            new OfficeHeading(2, t["budget.workshops"]),
            new OfficeList([.. acta.Workshops.Select(w => Workshop(t, w))]),
            new OfficeHeading(2, t["budget.acta.projects"]),
            new OfficeParagraph(t["budget.acta.projects-text", acta.Projects.Count, acta.Spent, acta.Amount, acta.FromOthers]),
            new OfficeTable(t["budget.acta.projects"], [t["budget.rank"], t["budget.proposal"], t["planning.cost"], t["budget.acta.from-budget"], t["budget.others"]],
                [.. acta.Projects.Select(p => (IReadOnlyList<string>)[p.Rank.ToString(CultureInfo.InvariantCulture), $"{p.Code} {p.Title}{(p.Cui is null ? "" : $" (CUI {p.Cui})")}", Format.Money(p.Cost), Format.Money(p.FromBudget), Format.Money(new Money(p.CoFunding.Sum(c => c.Amount.Minor)))])]),
        };
        if (acta.Reserve.Count > 0)
        {
            blocks.Add(new OfficeParagraph(t["budget.acta.reserve"]));
            blocks.Add(new OfficeList([.. acta.Reserve.Select(p => $"{p.Rank}. {p.Code} {p.Title}, {Format.Money(p.FromBudget)}")]));
        }
        blocks.Add(new OfficeHeading(2, t["budget.acta.commitments"]));
        blocks.Add(new OfficeParagraph(t["budget.acta.include", acta.EntityName, acta.FiscalYear.ToString(CultureInfo.InvariantCulture)]));
        blocks.Add(new OfficeList([.. CoFunding(t, acta), .. acta.Commitments.Select(c => Commitment(t, c))]));
        if (acta.Committee.Count > 0) blocks.Add(new OfficeParagraph(t["budget.acta.committee", acta.Committee]));
        blocks.Add(new OfficeParagraph(t["budget.acta.closing", acta.DraftedOn]));
        blocks.Add(new OfficeSignatures([t["budget.acta.sign.head"], t["budget.acta.sign.council"], t["budget.acta.sign.team"], t["budget.acta.sign.agents"], t["budget.acta.sign.committee"]]));
        return new OfficeDocument(t["budget.acta.title"], t.Language == Texts.Spanish ? "es-PE" : "en", blocks) { Head = acta.EntityName, Foot = foot, Stamp = process.SignedAt is null ? t["entities.minutes.unsigned"] : null };
    }

    public static string Opening(T t, ActaContent acta) =>
        t[acta.Ordinance is null ? "budget.acta.opening" : "budget.acta.opening-ordinance", acta.EntityName, acta.FiscalYear.ToString(CultureInfo.InvariantCulture), acta.Agents, acta.AgentsWomen, acta.Amount, acta.Ordinance?.Number, acta.Ordinance?.Date];

    public static string Workshop(T t, ActaWorkshop w) => t["budget.acta.workshop", w.Title, w.Place, w.StartsAt, w.Agents, w.Women];

    public static IEnumerable<string> CoFunding(T t, ActaContent acta) =>
        acta.Projects.SelectMany(p => p.CoFunding.Select(c => t[c.InKind ? "budget.acta.gives-in-kind" : "budget.acta.gives", c.Who, c.Amount, c.What, p.Code]));

    public static string Commitment(T t, Commitment c)
    {
        var amount = c.Amount is { } money ? t["budget.acta.worth", money] : "";
        var by = c.By is { } day ? t["budget.acta.by", day] : "";
        return $"{t["budget.acta.commits", c.Party, c.What]}{amount}{by}.";
    }

    public static string Foot(T t, BudgetProcess process) => t["budget.acta.foot", process.ActaDigest!.Value.Hex];
}
