using Minka.Core.Entities;
using Minka.Core.Planning.ParticipatoryBudget;
using Minka.Web.Layout;
using Minka.Web.Screens.Entities;
using Choice = Minka.Web.Components.Choice;

namespace Minka.Web.Screens.Planning.ParticipatoryBudget.Agents;

/// <summary>A registration as it is typed.</summary>
public sealed class AgentForm
{
    public AgentKind Kind { get; set; }
    public string? Organisation { get; set; }
    public string? Ruc { get; set; }
    public string? Group { get; set; }
    public string? DistrictCode { get; set; }
    public string? Zone { get; set; }
    public string? Representative { get; set; }
    public string? Document { get; set; }

    /// <summary>"true", "false" or empty.</summary>
    public string? IsWoman { get; set; }
    public string? Accreditation { get; set; }
    public string? Alternate { get; set; }
    public string? AlternateDocument { get; set; }

    public static AgentForm Of(BudgetAgent a) => new()
    {
        Kind = a.Kind,
        Organisation = a.Organisation,
        Ruc = a.Ruc,
        Group = a.Group,
        DistrictCode = a.DistrictCode,
        Zone = a.Zone,
        Representative = a.Representative,
        IsWoman = a.IsWoman switch { true => "true", false => "false", _ => null },
        Accreditation = a.Accreditation,
        Alternate = a.Alternate,
    };

    public AgentInput Read() => new(Kind, Organisation ?? "", Ruc, Group, DistrictCode, Zone, Representative ?? "", Document ?? "", IsWoman switch { "true" => true, "false" => false, _ => null }, Accreditation ?? "", Alternate, AlternateDocument);

    public static IReadOnlyList<Choice> Groups(T t) => [.. InterestGroups.All.Select(g => new Choice(g.Code, g.Name(t)))];
}

/// <param name="Kinds">Of agents that may be chosen here.</param>
public sealed record AgentFields(AgentForm Form, IReadOnlyList<AgentKind> Kinds);
