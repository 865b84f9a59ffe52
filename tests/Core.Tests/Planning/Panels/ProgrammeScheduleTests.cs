using FsCheck;
using FsCheck.Fluent;
using Minka.Core.Planning.Panels;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Planning.Panels;

public sealed class ProgrammeScheduleTests
{
    static ScheduleInput Work(string code, int? months, string[]? after = null, DateOnly? start = null) => new(code, $"Obra {code}", start, months, after ?? []);

    static DateOnly Month(int year, int month) => new(year, month, 1);

    /// <summary>The textbook net: A 3, B 4 after A, C 2 after A, D 5 after B, E 1 after C, F 2 after D and E. A–B–D–F takes 14.</summary>
    [Fact]
    public void Schedule_OfTheTextbookNet_HasItsLongestWayAndSlack()
    {
        var schedule = ProgrammeSchedule.Of([Work("A", 3), Work("B", 4, ["A"]), Work("C", 2, ["A"]), Work("D", 5, ["B"]), Work("E", 1, ["C"]), Work("F", 2, ["D", "E"])]);
        schedule.Months.ShouldBe(14);
        schedule.Critical.ShouldBe(["A", "B", "D", "F"]);
        schedule.Rows.ToDictionary(r => r.Code, r => (r.First, r.Last, r.Slack)).ShouldBe(new Dictionary<string, (int, int, int)>
        {
            ["A"] = (1, 3, 0),
            ["B"] = (4, 7, 0),
            ["C"] = (4, 5, 6),
            ["D"] = (8, 12, 0),
            ["E"] = (6, 6, 6),
            ["F"] = (13, 14, 0),
        }, ignoreOrder: true);
        schedule.From.ShouldBeNull();
    }

    [Fact]
    public void Start_AskedBeforeWhatComesFirstIsDone_IsMoved()
    {
        var schedule = ProgrammeSchedule.Of([Work("P1", 6, start: Month(2027, 3)), Work("P2", 2, ["P1"], Month(2027, 5)), Work("P3", 1, start: Month(2028, 2))]);
        schedule.From.ShouldBe(Month(2027, 3));
        schedule.Rows.Single(r => r.Code == "P2").ShouldSatisfyAllConditions(r => r.Asked.ShouldBe(3), r => r.First.ShouldBe(7), r => r.IsMoved.ShouldBeTrue());
        schedule.Rows.Single(r => r.Code == "P3").ShouldSatisfyAllConditions(r => r.First.ShouldBe(12), r => r.IsMoved.ShouldBeFalse(), r => r.IsCritical.ShouldBeTrue());
        schedule.Critical.ShouldBe(["P3"]);
    }

    [Fact]
    public void Circle_IsReportedWithItsProjects_AndNothingIsDrawn()
    {
        var schedule = ProgrammeSchedule.Of([Work("P1", 1, ["P3"]), Work("P2", 1, ["P1"]), Work("P3", 1, ["P2"]), Work("P4", 1)]);
        schedule.Rows.ShouldBeEmpty();
        schedule.Cycle!.Distinct().Order().ShouldBe(["P1", "P2", "P3"]);
        schedule.Cycle![0].ShouldBe(schedule.Cycle![^1]);
        // Each is to be done before the next.
        schedule.Cycle!.Zip(schedule.Cycle!.Skip(1), (before, after) => $"{before}{after}").Order().ShouldBe(["P1P2", "P2P3", "P3P1"]);
    }

    [Fact]
    public void Untold_TakesNoTime_ButPassesItsOrderOn()
    {
        var schedule = ProgrammeSchedule.Of([Work("P1", 4), Work("P2", null, ["P1"]), Work("P3", 2, ["P2"])]);
        schedule.Untold.ShouldBe(["P2"]);
        schedule.Rows.Select(r => (r.Code, r.First, r.Last)).ShouldBe([("P1", 1, 4), ("P3", 5, 6)]);
        schedule.Critical.ShouldBe(["P1", "P3"]);
        ProgrammeSchedule.Of([Work("P1", null)]).Months.ShouldBe(0);
        ProgrammeSchedule.Of([]).Rows.ShouldBeEmpty();
    }

    /// <summary>No project begins before what it waits for ends; the critical ones fill the whole without a gap; a month later on any of them ends all a month later.</summary>
    [Fact]
    public void Schedule_KeepsItsOrder_AndItsCriticalWayIsCritical()
    {
        var net = from n in Gen.Choose(1, 9)
                  from months in Gen.Choose(1, 6).ListOf(n)
                  from links in Gen.Choose(0, 1).ListOf(n * n)
                  select (List<ScheduleInput>)[.. Enumerable.Range(0, n).Select(i => Work($"P{i}", months[i], [.. Enumerable.Range(0, i).Where(j => links[i * n + j] == 1).Select(j => $"P{j}")]))];
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(150), Prop.ForAll(net.ToArbitrary(), works =>
        {
            var schedule = ProgrammeSchedule.Of(works);
            var rows = schedule.Rows.ToDictionary(r => r.Code);
            var ordered = works.All(w => w.After.All(a => rows[a].Last < rows[w.Code].First));
            var filled = rows[schedule.Critical[0]].First == 1 && rows[schedule.Critical[^1]].Last == schedule.Months
                && schedule.Critical.Zip(schedule.Critical.Skip(1)).All(p => rows[p.First].Last + 1 == rows[p.Second].First);
            var late = works.All(w =>
            {
                var longer = ProgrammeSchedule.Of([.. works.Select(x => x.Code == w.Code ? x with { Months = x.Months + 1 } : x)]).Months;
                return longer == schedule.Months + (rows[w.Code].Slack == 0 ? 1 : 0);
            });
            return ordered && filled && late && schedule.Rows.Max(r => r.Last) == schedule.Months;
        }));
    }
}
