using Minka.Core.Kernel;
using Minka.Core.Planning;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Planning;

public sealed class CohesionCheckTests
{
    static readonly PlanningLimits Limits = new(3, 2, BasisPoints.Percent(10), Money.Soles(100_000), BasisPoints.Percent(40));

    static ProjectContent Project(string code, long soles, string? axis = "E1", string? chain = null, string[]? places = null, string[]? after = null, string? conglomerate = null) => new()
    {
        Id = new(Guid.Empty),
        Code = code,
        Title = $"Proyecto {code}",
        Problem = "p",
        Objective = "o",
        Axis = axis,
        Chain = chain,
        Conglomerate = conglomerate,
        Places = places ?? ["060501"],
        BeneficiaryWomen = 1,
        BeneficiaryMen = 1,
        Organisations = [],
        After = after ?? [],
        PlannedCost = Money.Soles(soles),
        Lines = [],
    };

    static CohesionCheck Check(params ProjectContent[] projects) => CohesionCheck.Of(Programme(projects), Limits);

    static ProgrammeContent Programme(params ProjectContent[] projects) => new()
    {
        Id = new(Guid.Empty),
        EntityId = new(Guid.Empty),
        Title = "t",
        Objective = "o",
        Strategy = new StrategyContent
        {
            Id = new(Guid.Empty),
            Number = 1,
            Title = "t",
            Vision = "v",
            YearFrom = 2026,
            YearTo = 2030,
            Axes = [.. new[] { "E1", "E2" }.Select(c => new AxisContent(new(Guid.Empty), c, $"Eje {c}", "o", "i", "b", "t", 2030, "s"))],
        },
        Projects = projects,
    };

    static Reason Asked(CohesionCheck check, string code) => check.Asked.Single(r => r.Code == code);

    [Fact]
    public void Isolated_WithMoreThanTheLimit_IsNamedWithItsShare()
    {
        var check = Check(Project("P1", 300_000), Project("P2", 300_000, places: ["060502"]), Project("P3", 600_000, axis: "E2", places: ["080101"]));
        var reason = Asked(check, "cohesion.isolated-one");
        reason.Met.ShouldBe(false);
        reason.Args.ShouldBe(["P3 Proyecto P3", new BasisPoints(5_000), new BasisPoints(4_000)]);
        check.Isolated.ShouldBe(["P3"]);
        check.LargestGroup.ShouldBe(new BasisPoints(5_000));
    }

    [Fact]
    public void Isolated_AtTheLimit_IsKept() =>
        Asked(Check(Project("P1", 300_000), Project("P2", 300_000, places: ["060502"]), Project("P3", 400_000, axis: "E2", places: ["080101"])), "cohesion.isolated-one").Met.ShouldBe(true);

    [Fact]
    public void OffAxis_AndSmall_SayWho()
    {
        var check = Check(Project("P1", 300_000), Project("P2", 40_000), Project("P3", 60_000, axis: null));
        Asked(check, "cohesion.off-axis").ShouldSatisfyAllConditions(
            r => r.Met.ShouldBe(false),
            r => r.Args.ShouldBe([new BasisPoints(1_500), BasisPoints.Percent(10), "P3 Proyecto P3"]));
        Asked(check, "cohesion.small").Args.ShouldBe([2L, Money.Soles(100_000), "P2 Proyecto P2, P3 Proyecto P3"]);
        Asked(check, "cohesion.districts").Met.ShouldBe(false);
        check.Axes.Select(a => (a.Axis, a.Share)).ShouldBe([("E1", new BasisPoints(8_500)), ("E2", new BasisPoints(0)), (null, new BasisPoints(1_500))]);
    }

    [Fact]
    public void Conglomerate_ExcusesSmallProjects_OnlyWhenShared()
    {
        Asked(Check(Project("P1", 300_000), Project("P2", 40_000, conglomerate: "Reservorios"), Project("P3", 60_000, conglomerate: "reservorios")), "cohesion.sizes").Met.ShouldBe(true);
        Asked(Check(Project("P1", 300_000), Project("P2", 40_000, conglomerate: "Solo"), Project("P3", 160_000)), "cohesion.small-one").Met.ShouldBe(false);
    }

    [Fact]
    public void Ties_TellByWhat()
    {
        var programme = Programme(Project("P1", 300_000, chain: "Café"), Project("P2", 300_000, axis: "E2", chain: "cafe", places: ["060502"], after: ["P1"]), Project("P3", 200_000, axis: null, places: ["090101"]));
        var all = new HashSet<string> { "P1", "P2", "P3" };
        CohesionCheck.TiesAmong(programme, all).Single().By.ShouldBe([TieKind.Chain, TieKind.Precedence]);
        CohesionCheck.TiesAmong(programme, new HashSet<string> { "P1", "P3" }).ShouldBeEmpty();
        var check = CohesionCheck.Of(programme, Limits);
        check.TieCount.ShouldBe(1);
        check.TiedPairs.ShouldBe(new BasisPoints(3_333));
    }

    [Fact]
    public void Reference_IsWhatTheFundAsks() => PlanningLimits.Reference.ShouldBe(Limits);

    [Fact]
    public void Programme_WithoutProjects_IsMeasuredWithoutFailing()
    {
        var check = Check();
        check.TiedPairs.ShouldBeNull();
        check.AllMet.ShouldBeFalse();
    }
}
