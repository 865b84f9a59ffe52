using System.Globalization;
using Minka.Core.Planning;
using Minka.Web.Components;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Planning.Projects;

public sealed class ProjectForm
{
    public string? Code { get; set; }
    public string? Title { get; set; }
    public string? Problem { get; set; }
    public string? Objective { get; set; }

    /// <summary>Id of the axis; empty off all axes.</summary>
    public string? Axis { get; set; }
    public string? Chain { get; set; }
    public string? Conglomerate { get; set; }
    public List<string> Places { get; set; } = [];
    public string? Women { get; set; }
    public string? Men { get; set; }

    /// <summary>One a line.</summary>
    public string? Organisations { get; set; }

    /// <summary>Ids of the projects that come before.</summary>
    public List<string> After { get; set; } = [];
    public string? Cost { get; set; }

    public static ProjectForm Of(Project project) => new()
    {
        Code = project.Code,
        Title = project.Title,
        Problem = project.Problem,
        Objective = project.Objective,
        Axis = project.AxisId?.Value.ToString(),
        Chain = project.Chain,
        Conglomerate = project.Conglomerate,
        Places = [.. project.Places],
        Women = project.BeneficiaryWomen.ToString(CultureInfo.InvariantCulture),
        Men = project.BeneficiaryMen.ToString(CultureInfo.InvariantCulture),
        Organisations = string.Join('\n', project.Organisations),
        After = [.. project.After.Select(a => a.Value.ToString())],
        Cost = project.PlannedCost.ToString(),
    };

    public ProjectInput Read(FormReader reader)
    {
        AxisId? axis = null;
        if (Guid.TryParse(Axis, out var id)) axis = new(id);
        return new()
        {
            Title = reader.Text(Title, nameof(Title)),
            Code = reader.Optional(Code, nameof(Code), 12),
            Problem = reader.Text(Problem, nameof(Problem), PlanningRules.LongestText),
            Objective = reader.Text(Objective, nameof(Objective), PlanningRules.LongestText),
            AxisId = axis,
            Chain = reader.Optional(Chain, nameof(Chain), 80),
            Conglomerate = reader.Optional(Conglomerate, nameof(Conglomerate), 80),
            Places = Places,
            BeneficiaryWomen = reader.Count(Women, nameof(Women)),
            BeneficiaryMen = reader.Count(Men, nameof(Men)),
            Organisations = [.. Split(Organisations).Select(o => reader.Optional(o, nameof(Organisations))).OfType<string>()],
            After = [.. After.Select(a => Guid.TryParse(a, out var g) ? new ProjectId(g) : (ProjectId?)null).OfType<ProjectId>()],
            PlannedCost = reader.Money(Cost, nameof(Cost)),
        };
    }

    /// <summary>What was typed beside what is stored.</summary>
    /// <param name="names">Of axes, projects and places, by id or code.</param>
    public IReadOnlyList<Difference> Against(ProjectForm stored, T t, IReadOnlyDictionary<string, string> names)
    {
        return
        [
            new(t["planning.project.field.title"], Title ?? "", stored.Title ?? ""),
            new(t["planning.code"], Code ?? "", stored.Code ?? ""),
            new(t["planning.project.field.problem"], Problem ?? "", stored.Problem ?? ""),
            new(t["planning.project.field.objective"], Objective ?? "", stored.Objective ?? ""),
            new(t["planning.axis"], Named([Axis ?? ""]), Named([stored.Axis ?? ""])),
            new(t["planning.project.field.chain"], Chain ?? "", stored.Chain ?? ""),
            new(t["planning.project.field.conglomerate"], Conglomerate ?? "", stored.Conglomerate ?? ""),
            new(t["planning.places"], Named(Places), Named(stored.Places)),
            new(t["planning.project.field.women"], Women ?? "", stored.Women ?? ""),
            new(t["planning.project.field.men"], Men ?? "", stored.Men ?? ""),
            new(t["planning.project.field.organisations"], string.Join(", ", Split(Organisations)), string.Join(", ", Split(stored.Organisations))),
            new(t["planning.project.field.after"], Named(After), Named(stored.After)),
            new(t["planning.cost"], Cost ?? "", stored.Cost ?? ""),
        ];

        string Named(IEnumerable<string> keys) => string.Join(", ", keys.Where(k => k.Length > 0).Order(StringComparer.Ordinal).Select(k => names.GetValueOrDefault(k, k)));
    }

    static string[] Split(string? lines) => (lines ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
