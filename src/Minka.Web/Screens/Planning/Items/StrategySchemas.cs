using Minka.Core.Kernel;
using Minka.Core.Planning.Writing;
using Minka.Core.Rules;
using static Minka.Web.Screens.Planning.Items.FieldKind;

namespace Minka.Web.Screens.Planning.Items;

/// <summary>The lists of a strategy as forms.</summary>
public static class StrategySchemas
{
    static readonly ItemSchema<Finding> Findings = new("hallazgos", StrategyLists.Findings,
        s => [new("Kind", Select, s.Of<FindingKind>()), new("Topic", Select, s.Of<FindingTopic>()), new("Text", Area, Longest: 1_000), new("Evidence", Optional: true, Longest: 400)],
        (r, _) => new(r.Choice<FindingTopic>("Topic"), r.Choice<FindingKind>("Kind"), r.Text("Text", 1_000), r.Optional("Evidence", 400)),
        f => [("Kind", f.Kind), ("Topic", f.Topic), ("Text", f.Text), ("Evidence", f.Evidence)]);

    static readonly ItemSchema<TerritorialAsset> Assets = new("activos", StrategyLists.Assets,
        s => [new("Name"), new("Kind", Select, s.Of<AssetKind>()), new("Distinct", Area, Longest: 1_000), new("Place", Optional: true), new("Use", Area, Optional: true, Longest: 1_000)],
        (r, _) => new(r.Choice<AssetKind>("Kind"), r.Text("Name"), r.Text("Distinct", 1_000), r.Optional("Place"), r.Optional("Use", 1_000)),
        a => [("Name", a.Name), ("Kind", a.Kind), ("Distinct", a.Distinct), ("Place", a.Place), ("Use", a.Use)]);

    static readonly ItemSchema<CityLink> Cities = new("ciudades", StrategyLists.Cities,
        _ => [new("City", Longest: 120, Width: 20), new("Minutes", Count, Width: 4), new("Offers", Area, Longest: 600), new("Sends", Area, Longest: 600), new("Obstacle", Area, Optional: true, Longest: 600)],
        (r, _) => new(r.Text("City", 120), r.Count("Minutes"), r.Text("Offers", 600), r.Text("Sends", 600), r.Optional("Obstacle", 600)),
        c => [("City", c.City), ("Minutes", c.Minutes), ("Offers", c.Offers), ("Sends", c.Sends), ("Obstacle", c.Obstacle)]);

    static readonly ItemSchema<SwotFactor> Swot = new("foda", StrategyLists.Swot,
        s => [new("Quadrant", Select, s.Of<SwotQuadrant>()), new("Text", Area, Longest: 600), new("Weight", Count, Width: 4), new("Objectives", Checks, s.Targets, Optional: true)],
        (r, _) => new(r.Choice<SwotQuadrant>("Quadrant"), r.Text("Text", 600), r.Count("Weight"), r.Many("Objectives")),
        f => [("Quadrant", f.Quadrant), ("Text", f.Text), ("Weight", f.Weight), ("Objectives", f.Objectives)]);

    static readonly ItemSchema<TreeNode> Tree = new("arbol", StrategyLists.Tree,
        s => [new("Role", Select, s.Of<TreeRole>()), new("Problem", Area, Longest: 400), new("Under", Select, s.Nodes, Optional: true), new("Objective", Area, Optional: true, Longest: 400), new("Axis", Select, s.Axes, Optional: true)],
        (r, _) =>
        {
            var problem = r.Text("Problem", 400);
            return new(r.Choice<TreeRole>("Role"), problem, r.Optional("Under"), r.Optional("Objective", 400) ?? ObjectiveDraft.From(problem), r.Optional("Axis"));
        },
        n => [("Role", n.Role), ("Problem", n.Problem), ("Under", n.Under), ("Objective", n.Objective), ("Axis", n.Axis)]);

    static readonly ItemSchema<SpecificObjective> Objectives = new("objetivos", StrategyLists.Objectives,
        s => [new("Axis", Select, s.Axes), new("Text", Area, Longest: 600), new("Node", Select, s.Nodes, Optional: true)],
        (r, _) => new(r.Text("Axis"), r.Text("Text", 600), r.Optional("Node")),
        o => [("Axis", o.Axis), ("Text", o.Text), ("Node", o.Node)]);

    static readonly ItemSchema<StrategyIndicator> Indicators = new("indicadores", StrategyLists.Indicators,
        s => [new("Of", Select, s.Targets), new("Name"), new("Unit", Longest: 40, Width: 12), new("Baseline", Quantity, Width: 12), new("BaselineOn", Day), new("Target", Quantity, Width: 12), new("TargetOn", Day), new("Source")],
        (r, _) => new(r.Text("Of"), r.Text("Name"), r.Text("Unit", 40), r.Quantity("Baseline", signed: true), r.Day("BaselineOn"), r.Quantity("Target", signed: true), r.Day("TargetOn"), r.Text("Source")),
        i => [("Of", i.Of), ("Name", i.Name), ("Unit", i.Unit), ("Baseline", i.Baseline), ("BaselineOn", i.BaselineOn), ("Target", i.Target), ("TargetOn", i.TargetOn), ("Source", i.Source)]);

    static readonly ItemSchema<Alignment> Alignments = new("alineamientos", StrategyLists.Alignments,
        s => [new("Axis", Select, s.Axes), new("Entry", Select, s.Catalogue, Optional: true), new("Level", Select, s.Of<PlanLevel>(), Optional: true), new("Plan", Optional: true), new("Element", Area, Optional: true, Longest: 600)],
        (r, s) =>
        {
            // An entry of a catalogue says by itself of which plan and level it is.
            if (PlanCatalogues.All.SelectMany(c => c.Entries.Select(e => (Catalogue: c, Entry: e))).FirstOrDefault(e => $"{e.Catalogue.Id}.{e.Entry.Code}" == r.Raw("Entry")) is { Catalogue: { } catalogue } found)
                return new(r.Text("Axis"), catalogue.Level, catalogue.Name.Es, $"{found.Entry.Code} {found.Entry.Name.Es}", r.Raw("Entry"));
            return new(r.Text("Axis"), r.Choice<PlanLevel>("Level"), r.Text("Plan"), r.Text("Element", 600), null);
        },
        a => [("Axis", a.Axis), ("Entry", a.Entry), ("Level", a.Level), ("Plan", a.Plan), ("Element", a.Element)]);

    static readonly ItemSchema<PlannedAction> Actions = new("acciones", StrategyLists.Actions,
        s => [new("Axis", Select, s.Axes), new("Objective", Select, s.Objectives, Optional: true), new("Text", Area, Longest: 600), new("Responsible"), new("YearFrom", Year, Width: 4), new("YearTo", Year, Width: 4)],
        (r, _) => new(r.Text("Axis"), r.Optional("Objective"), r.Text("Text", 600), r.Text("Responsible"), r.Year("YearFrom"), r.Year("YearTo")),
        a => [("Axis", a.Axis), ("Objective", a.Objective), ("Text", a.Text), ("Responsible", a.Responsible), ("YearFrom", a.YearFrom), ("YearTo", a.YearTo)]);

    static readonly ItemSchema<Consultation> Consultations = new("consultas", StrategyLists.Consultations,
        s =>
        [
            new("On", Day), new("Kind", Select, s.Of<ConsultationKind>()), new("Place"), new("Subject", Area, Longest: 400), new("Women", Count, Width: 4), new("Men", Count, Width: 4),
            new("PublicSector", Count, Width: 4), new("PrivateSector", Count, Width: 4), new("SocialSector", Count, Width: 4), new("Changed", Area, Longest: 1_000), new("Evidence", Optional: true, Longest: 400),
        ],
        (r, _) => new(r.Choice<ConsultationKind>("Kind"), r.Day("On"), r.Text("Place"), r.Text("Subject", 400), r.Count("Women"), r.Count("Men"), r.Count("PublicSector"), r.Count("PrivateSector"), r.Count("SocialSector"), r.Text("Changed", 1_000), r.Optional("Evidence", 400)),
        c => [("On", c.On), ("Kind", c.Kind), ("Place", c.Place), ("Subject", c.Subject), ("Women", c.Women), ("Men", c.Men), ("PublicSector", c.PublicSector), ("PrivateSector", c.PrivateSector), ("SocialSector", c.SocialSector), ("Changed", c.Changed), ("Evidence", c.Evidence)]);

    static readonly ItemSchema<FinanceLine> Finance = new("financiamiento", StrategyLists.Finance,
        s => [new("Axis", Select, s.Axes), new("Source", Select, s.Of<FundingSource>()), new("Year", Year, Width: 4), new("Amount", FieldKind.Money), new("Note", Optional: true, Longest: 400)],
        (r, _) => new(r.Text("Axis"), r.Choice<FundingSource>("Source"), r.Year("Year"), r.Money("Amount"), r.Optional("Note", 400)),
        f => [("Axis", f.Axis), ("Source", f.Source), ("Year", f.Year), ("Amount", f.Amount), ("Note", f.Note)]);

    public static readonly IReadOnlyList<ItemSchema> All = [Findings, Assets, Cities, Swot, Tree, Objectives, Indicators, Alignments, Actions, Consultations, Finance];

    public static ItemSchema Get(string slug) => All.FirstOrDefault(s => s.Slug == slug) ?? throw new NotFound("list", slug);

    /// <summary>Which lists and pages belong to what a guide needs.</summary>
    public static IReadOnlyList<(string Address, string Text)> PlacesOf(string need, Layout.T t) => need switch
    {
        "figures" => [("indicadores-del-territorio", t["writing.figures.title"])],
        "economy" => [("economia", t["writing.economy.title"])],
        "swotLinks" or "axes" or "vision" => [],
        "tree" or "findings" or "assets" or "cities" or "swot" or "objectives" or "indicators" or "alignments" or "actions" or "consultations" or "finance" =>
            [($"listas/{All.First(s => s.Key == need).Slug}", t[$"items.{need}.title"])],
        _ => [],
    };
}
