using Minka.Core.Kernel;
using static Minka.Core.Planning.PlanningRules;

namespace Minka.Core.Planning.Writing;

/// <summary>The lists of a strategy, by their keys.</summary>
public static class StrategyLists
{
    public static readonly ItemList<Finding> Findings = new("findings", "H",
        f => f with { Text = Required(f.Text, "text", 1_000), Evidence = Optional(f.Evidence, "evidence", 400) });

    public static readonly ItemList<TerritorialAsset> Assets = new("assets", "A",
        a => a with { Name = Required(a.Name, "name"), Distinct = Required(a.Distinct, "distinct", 1_000), Place = Optional(a.Place, "place"), Use = Optional(a.Use, "use", 1_000) });

    public static readonly ItemList<CityLink> Cities = new("cities", "C", c => c with
    {
        City = Required(c.City, "city", 120),
        Minutes = NotNegative(c.Minutes),
        Offers = Required(c.Offers, "offers", 600),
        Sends = Required(c.Sends, "sends", 600),
        Obstacle = Optional(c.Obstacle, "obstacle", 600),
    });

    public static readonly ItemList<SwotFactor> Swot = new("swot", "F", f => f with
    {
        Text = Required(f.Text, "text", 600),
        Weight = f.Weight is >= WritingRules.LeastWeight and <= WritingRules.MostWeight ? f.Weight : throw new RuleBroken(WritingRules.WeightOutOfRange, WritingRules.LeastWeight, WritingRules.MostWeight),
        Objectives = [.. f.Objectives.Distinct(StringComparer.Ordinal).Order(CodeOrder.Natural)],
    });

    public static readonly ItemList<TreeNode> Tree = new("tree", "P", n => n with
    {
        Problem = Required(n.Problem, "problem", 400),
        Objective = Required(n.Objective, "objective", 400),
        Under = n.Role == TreeRole.Core ? null : Optional(n.Under, "under", 12),
        Axis = Optional(n.Axis, "axis", 12),
    }, ProblemTree.MustHold);

    public static readonly ItemList<SpecificObjective> Objectives = new("objectives", "O",
        o => o with { Axis = Required(o.Axis, "axis", 12), Text = Required(o.Text, "text", 600), Node = Optional(o.Node, "node", 12) });

    public static readonly ItemList<StrategyIndicator> Indicators = new("indicators", "I", i => i with
    {
        Of = Required(i.Of, "of", 12),
        Name = Required(i.Name, "name"),
        Unit = Required(i.Unit, "unit", 40),
        Source = Required(i.Source, "source"),
        TargetOn = i.TargetOn > i.BaselineOn ? i.TargetOn : throw new RuleBroken(WritingRules.TargetBeforeBaseline, i.BaselineOn, i.TargetOn),
        Target = i.Target != i.Baseline ? i.Target : throw new RuleBroken(WritingRules.TargetIsBaseline),
    });

    public static readonly ItemList<Alignment> Alignments = new("alignments", "L",
        a => a with { Axis = Required(a.Axis, "axis", 12), Plan = Required(a.Plan, "plan"), Element = Required(a.Element, "element", 600), Entry = Optional(a.Entry, "entry", 60) });

    public static readonly ItemList<PlannedAction> Actions = new("actions", "AC", a => a with
    {
        Axis = Required(a.Axis, "axis", 12),
        Objective = Optional(a.Objective, "objective", 12),
        Text = Required(a.Text, "text", 600),
        Responsible = Required(a.Responsible, "responsible"),
        YearFrom = Year(a.YearFrom),
        YearTo = Year(a.YearTo) >= a.YearFrom ? a.YearTo : throw new RuleBroken(YearsReversed, a.YearFrom, a.YearTo),
    });

    public static readonly ItemList<Consultation> Consultations = new("consultations", "R", c =>
    {
        foreach (var count in new[] { c.Women, c.Men, c.PublicSector, c.PrivateSector, c.SocialSector }) NotNegative(count);
        var (people, sectors) = (c.Women + c.Men, c.PublicSector + c.PrivateSector + c.SocialSector);
        if (people == 0) throw new RuleBroken(WritingRules.NobodyCame);
        if (sectors != people) throw new RuleBroken(WritingRules.ParticipantsDiffer, people, sectors);
        return c with
        {
            Place = Required(c.Place, "place"),
            Subject = Required(c.Subject, "subject", 400),
            Changed = Required(c.Changed, "changed", 1_000),
            Evidence = Optional(c.Evidence, "evidence", 400),
        };
    });

    public static readonly ItemList<FinanceLine> Finance = new("finance", "M", f => f with
    {
        Axis = Required(f.Axis, "axis", 12),
        Year = Year(f.Year),
        Amount = f.Amount.IsPositive ? f.Amount : throw new RuleBroken(WritingRules.AmountNotPositive),
        Note = Optional(f.Note, "note", 400),
    });

    public static readonly IReadOnlyList<ItemList> All =
        [Findings, Assets, Cities, Swot, Tree, Objectives, Indicators, Alignments, Actions, Consultations, Finance];

    public static ItemList Get(string key) => All.FirstOrDefault(l => l.Key == key) ?? throw new NotFound("list", key);

    static int NotNegative(int number) => number >= 0 ? number : throw new RuleBroken(WritingRules.NegativeNumber);
}
