using Minka.Core.Entities;
using Minka.Core.Planning.ParticipatoryBudget;
using Minka.Core.Territories;
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

    /// <summary>Who speaks for whom is told to the team alone: else anybody could ask it of a document's number.</summary>
    public static string Told(string code, bool toTeam) => code == BudgetRules.PersonTwice && !toTeam ? "budget.document-there" : code;

    public static async Task<IReadOnlyList<Choice>> DistrictsAsync(Gazetteer gazetteer, BudgetProcess process) =>
        [.. (await gazetteer.DistrictsAsync()).Where(d => process.Covers(d.Code)).OrderBy(d => d.Name, StringComparer.Ordinal).Select(d => new Choice(d.Code, d.Name))];

    public static IReadOnlyList<Choice> Groups(T t) => [.. InterestGroups.All.Select(g => new Choice(g.Code, g.Name(t)))];
}

/// <param name="Kinds">Of agents that may be chosen here.</param>
/// <param name="Districts">Of the process's territory; none: they are typed by code.</param>
public sealed record AgentFields(AgentForm Form, IReadOnlyList<AgentKind> Kinds, IReadOnlyList<Choice> Districts);
