using Minka.Core.Planning;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Planning;

public sealed class PlanningMotionTests
{
    [Fact]
    public void Programme_BarsThoseWhoseBusinessPlansItHolds_AndNotAllWhomItsWorksServe()
    {
        var version = Version(
            Project("P1", ProjectKind.Investment, "Comunidad alta", "Cooperativa lechera"),
            Project("P2", ProjectKind.BusinessPlan, "Cooperativa lechera"),
            Project("P3", ProjectKind.BusinessPlan, "COOPERATIVA LECHERA", "Asociación de queseras"),
            Project("P4", null, "Junta de regantes"));
        PlanningMotions.Of(version).Parties.Select(p => p.Name).ShouldBe(["Cooperativa lechera", "Asociación de queseras"]);
        PlanningMotions.Of(Version(Project("P1", ProjectKind.Service, "Comunidad alta"))).Parties.ShouldBeEmpty();
    }

    static ProgrammeVersion Version(params IReadOnlyList<ProjectContent> projects) => ProgrammeVersion.Freeze(new(Guid.Empty), 1, new()
    {
        Id = new(Guid.Empty),
        EntityId = new(Guid.Empty),
        Title = "Leche con marca",
        Objective = "Vender juntas",
        Strategy = new() { Id = new(Guid.Empty), Number = 1, Title = "Estrategia", Vision = "Visión", YearFrom = 2026, YearTo = 2030, Axes = [] },
        Projects = projects,
    }, new(2026, 3, 20, 15, 0, 0, DateTimeKind.Utc));

    static ProjectContent Project(string code, ProjectKind? kind, params IReadOnlyList<string> organisations) => new()
    {
        Id = new(Guid.Empty),
        Code = code,
        Title = $"Proyecto {code}",
        Problem = "p",
        Objective = "o",
        Axis = null,
        Chain = null,
        Conglomerate = null,
        Places = [],
        BeneficiaryWomen = 1,
        BeneficiaryMen = 1,
        Organisations = organisations,
        After = [],
        PlannedCost = new(100),
        Lines = [],
        More = kind is null ? null : new(null, ProjectStage.Profile, new() { Kind = kind }),
    };
}
