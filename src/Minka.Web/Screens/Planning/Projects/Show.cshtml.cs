using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Planning;
using Minka.Core.Territories;
using Minka.Web.Access;
using Minka.Web.Screens.Planning.Versions;

namespace Minka.Web.Screens.Planning.Projects;

/// <summary>A project as a frozen version holds it.</summary>
[Public]
public sealed class ShowModel(AppDb db, Gazetteer gazetteer) : VersionScreen(db)
{
    public ProjectContent Project { get; private set; } = null!;

    public AxisContent? Axis { get; private set; }

    public IReadOnlyDictionary<string, string> Places { get; private set; } = new Dictionary<string, string>();

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        var content = Version.ReadContent();
        var id = new ProjectId(RouteId("project"));
        Project = content.Projects.FirstOrDefault(p => p.Id == id) ?? throw new NotFound("project", id.Value);
        Axis = content.Strategy.Axes.FirstOrDefault(a => a.Code == Project.Axis);
        Places = await ProgrammeView.NamesAsync(Project.Places, gazetteer);
    }
}
