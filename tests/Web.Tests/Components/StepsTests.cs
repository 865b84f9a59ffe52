using Minka.Core.Kernel;
using Minka.Web.Components;
using Shouldly;
using Xunit;

namespace Minka.Web.Tests.Components;

public sealed class StepsTests
{
    enum Door { Planned, Open, Closed, Annulled }

    static readonly Transitions<Door> Table = new("door",
        new(Door.Planned, "open", Door.Open, "operator"),
        new(Door.Open, "close", Door.Closed, "board"),
        new(Door.Open, "annul", Door.Annulled, "admin"));

    static readonly Door[] Line = [Door.Planned, Door.Open, Door.Closed];

    [Fact]
    public void Along_InTheMiddle_SaysWhatIsDoneAndWhoActsNext() =>
        Steps.Along(Table, Door.Open, Line, d => d.ToString(), w => w).ShouldBe(
            [new("Planned", StepState.Done), new("Open", StepState.Now, "board"), new("Closed", StepState.Next)]);

    [Fact]
    public void Along_OffTheUsualWay_EndsThere() =>
        Steps.Along(Table, Door.Annulled, Line, d => d.ToString(), w => w)[^1].ShouldBe(new Step("Annulled", StepState.Stopped));
}
