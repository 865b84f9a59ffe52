using Minka.Core.Kernel;
using Minka.Core.Planning;
using Minka.Core.Planning.Chains;
using static Minka.Web.Screens.Planning.Items.FieldKind;

namespace Minka.Web.Screens.Planning.Items;

/// <summary>The lists of a value chain, and the register of an entity, as forms.</summary>
public static class ChainSchemas
{
    static readonly ItemSchema<ChainActor> Actors = new("actores", ChainLists.Actors,
        s => [new("Name"), new("Link", Select, s.Of<ChainLink>()), .. Volumes(s), new("Meets", Checks, s.Standards, Optional: true)],
        (r, s) => new(r.Choice<ChainLink>("Link"), r.Text("Name"), VolumesOf(r, s), r.Many("Meets")),
        a => [("Name", a.Name), ("Link", a.Link), .. Told(a.Volumes), ("Meets", a.Meets)]);

    static readonly ItemSchema<ChainStandard> Standards = new("normas", ChainLists.Standards,
        s => [new("Name"), new("Kind", Select, s.Of<StandardKind>()), new("Requirement", Area, Longest: 600), new("Source", Optional: true)],
        (r, _) => new(r.Choice<StandardKind>("Kind"), r.Text("Name"), r.Text("Requirement", 600), r.Optional("Source")),
        s => [("Name", s.Name), ("Kind", s.Kind), ("Requirement", s.Requirement), ("Source", s.Source)]);

    static readonly ItemSchema<ChainDemand> Demands = new("compradores", ChainLists.Demands,
        s => [new("Buyer"), new("Season", Select, [.. s.Seasons.Select(x => new Components.Choice(x, x))]), new("MinimumLot", FieldKind.Quantity, Width: 12), new("Requires", Checks, s.Standards, Optional: true), new("Note", Optional: true, Longest: 400)],
        (r, _) => new(r.Text("Buyer"), r.Text("Season", 60), r.Quantity("MinimumLot"), r.Many("Requires"), r.Optional("Note", 400)),
        d => [("Buyer", d.Buyer), ("Season", d.Season), ("MinimumLot", d.MinimumLot), ("Requires", d.Requires), ("Note", d.Note)]);

    static readonly ItemSchema<Bottleneck> Bottlenecks = new("cuellos", ChainLists.Bottlenecks,
        s => [new("Link", Select, s.Of<ChainLink>()), new("Text", Area, Longest: 600)],
        (r, _) => new(r.Choice<ChainLink>("Link"), r.Text("Text", 600)),
        b => [("Link", b.Link), ("Text", b.Text)]);

    static readonly ItemSchema<ChainEffect> Effects = new("proyectos", ChainLists.Effects,
        s => [new("Project", Select, s.Projects, Optional: true), new("Idea", Optional: true), new("Actor", Select, s.Actors), new("Relieves", Checks, s.Bottlenecks, Optional: true), .. Volumes(s), new("Brings", Checks, s.Standards, Optional: true)],
        (r, s) =>
        {
            var project = Guid.TryParse(r.Raw("Project"), out var id) ? ProjectId.From(id) : (ProjectId?)null;
            var title = project is null ? r.Text("Idea") : s.Projects.FirstOrDefault(p => p.Value == r.Raw("Project"))?.Text ?? r.Text("Idea");
            return new(project, title, r.Text("Actor"), r.Many("Relieves"), VolumesOf(r, s), r.Many("Brings"));
        },
        e => [("Project", e.Project?.Value), ("Idea", e.Title), ("Actor", e.Actor), ("Relieves", e.Relieves), .. Told(e.Adds), ("Brings", e.Brings)]);

    public static readonly ItemSchema<AllyInput> Allies = new("aliados", Core.Planning.Chains.Allies.List,
        s => [new("Name"), new("Kind", Select, s.Of<AllyKind>()), new("Offers", Area, Longest: 600), new("Where"), new("Chains", Checks, s.Chains, Optional: true), new("Contact", Optional: true)],
        (r, _) => new(r.Choice<AllyKind>("Kind"), r.Text("Name"), r.Text("Offers", 600), r.Text("Where"), r.Many("Chains"), r.Optional("Contact")),
        a => [("Name", a.Name), ("Kind", a.Kind), ("Offers", a.Offers), ("Where", a.Where), ("Chains", a.Chains), ("Contact", a.Contact)]);

    public static readonly IReadOnlyList<ItemSchema> All = [Actors, Standards, Demands, Bottlenecks, Effects];

    public static ItemSchema Get(string slug) => All.FirstOrDefault(s => s.Slug == slug) ?? throw new NotFound("list", slug);

    static IEnumerable<ItemField> Volumes(ItemScene scene) =>
        scene.Seasons.Select(season => new ItemField(VolumeField(season), FieldKind.Quantity, Optional: true, Width: 12, Label: scene.T["items.actors.volume", season]));

    static IReadOnlyList<SeasonVolume> VolumesOf(ItemReader r, ItemScene scene) => [.. scene.Seasons.Select(season => new SeasonVolume(season, r.Quantity(VolumeField(season), optional: true)))];

    static IEnumerable<(string, object?)> Told(IEnumerable<SeasonVolume> volumes) => volumes.Select(v => (VolumeField(v.Season), (object?)v.Volume));

    static string VolumeField(string season) => "Volume-" + Slugs.From(season);
}
