using Minka.Core.Planning.Logframes;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Planning.Logframes;

public sealed class LogframeCheckTests
{
    static readonly LogframeIndicator Whole = new("Litros al día", "4 200", "9 000", 2029, "Registro de acopio");

    static LogframeRow Row(LogframeLevel level, string summary, LogframeIndicator? indicator = null) => new(level, summary, [indicator ?? Whole], "Registro", "No hay sequía");

    static readonly LogframeRow[] Frame = [Row(LogframeLevel.Goal, "Más ingreso"), Row(LogframeLevel.Purpose, "Venden juntos"), Row(LogframeLevel.Component, "Acopio"), Row(LogframeLevel.Activity, "Comprar tanques")];

    static string[] Faults(params LogframeRow[] rows) => [.. LogframeCheck.Of(rows).Where(r => r.Met == false).Select(r => r.Code)];

    [Fact]
    public void WholeFrame_LacksNothing() => Faults(Frame).ShouldBeEmpty();

    [Fact]
    public void EmptyFrame_LacksEachLevel() => Faults().ShouldBe(["logframe.goal", "logframe.purpose", "logframe.components", "logframe.activities"]);

    [Fact]
    public void TwoPurposes_AreOneTooMany() => Faults([.. Frame, Row(LogframeLevel.Purpose, "Otro")]).ShouldBe(["logframe.purpose"]);

    [Fact]
    public void ObjectiveWithoutIndicator_AndIndicatorWithoutBaseline_AreNamed()
    {
        var faults = LogframeCheck.Of([.. Frame[..3], Frame[3] with { Indicators = [] }, Row(LogframeLevel.Component, "Frío", Whole with { Baseline = null, Year = null })]).Where(r => r.Met == false).ToList();
        faults.Select(r => r.Code).ShouldBe(["logframe.without-indicator", "logframe.without-baseline", "logframe.without-year"]);
        faults[0].Args.ShouldBe([LogframeLevel.Activity, "Comprar tanques"]);
        faults[1].Args.ShouldBe([LogframeLevel.Component, "Frío", "Litros al día"]);
    }

    [Fact]
    public void EmptyCells_AreNamed_TheGoalNeedsNoAssumption() =>
        Faults([Frame[0] with { Assumptions = null, Means = null }, Frame[1] with { Assumptions = null }, .. Frame[2..]]).ShouldBe(["logframe.without-means", "logframe.without-assumptions"]);
}
