using System.Globalization;
using Minka.Core.Kernel;
using Minka.Core.Planning.ParticipatoryBudget;
using Minka.Core.Rules.Calendars;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Planning.ParticipatoryBudget;

/// <summary>What the pack says, the schedule and the clocks, from tables that a technical team can read.</summary>
public sealed class BudgetLawTests
{
    static readonly BudgetPack Pack = BudgetPack.Peru;

    [Fact]
    public void Pack_EachValue_TellsItsSourceAndHowSureItIs()
    {
        string[] known = ["S", "M", "N", "proposal"];
        Pack.Steps.Select(s => s.Step).ShouldBe(Enum.GetValues<BudgetStep>(), ignoreOrder: true);
        Pack.Gates.Select(g => g.Gate).ShouldBe(Enum.GetValues<Gate>(), ignoreOrder: true);
        Pack.Steps.ShouldAllBe(s => known.Contains(s.Confidence) && s.Source.Length > 5);
        Pack.Gates.ShouldAllBe(g => known.Contains(g.Confidence) && g.Source.Length > 5);
        Pack.Criteria.ShouldAllBe(c => known.Contains(c.Confidence) && c.Source.Length > 5);
        Pack.Duties.ShouldAllBe(d => d.Confidence == "S" && d.Source.Contains("142-2009-EF"));
        Pack.Criteria.Sum(c => c.Most).ShouldBe(100);
        // No norm that was read fixes a term in days: none may pass as stated.
        new[] { Pack.NoticeBusinessDays, Pack.RegisterBusinessDays, Pack.ReviewBusinessDays, Pack.CureBusinessDays, Pack.AnswerBusinessDays, Pack.ReplyBusinessDays }.ShouldAllBe(v => v.Confidence == "proposal");
        (Pack.CommitteeLeast.Value, Pack.CommitteeLeast.Confidence).ShouldBe((4, "M"));
        (Pack.ImpactOf(ImpactLevel.Regional).LeastCost.Value, Pack.ImpactOf(ImpactLevel.Regional).LeastCost.Confidence).ShouldBe((Money.Soles(3_000_000), "S"));
        (Pack.ImpactOf(ImpactLevel.Provincial).LeastCost.Value, Pack.ImpactOf(ImpactLevel.Provincial).LeastCost.Confidence).ShouldBe((Money.Soles(1_200_000), "M"));
        Pack.ImpactOf(ImpactLevel.District).LeastCost.Value.ShouldBeNull();
    }

    public static TheoryData<string, string, string, string> Schedules() => Table("schedule.csv");

    [Theory, MemberData(nameof(Schedules))]
    public void Schedule_IsJudged(string id, string what, string change, string faults)
    {
        var steps = Pack.ScheduleFor(2027).ToDictionary(s => s.Step);
        foreach (var one in change.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, days) = (one.Split('=')[0], one.Split('=')[1].Split('/'));
            var step = Enum.Parse<BudgetStep>(name, ignoreCase: true);
            steps[step] = new(step, Day(days[0]), Day(days[1]));
        }
        BudgetSchedule.Faults(Pack, 2027, [.. steps.Values], BusinessCalendar.Peru).Select(f => f.Code["budget.".Length..]).ShouldBe(faults.Split(';', StringSplitOptions.RemoveEmptyEntries), ignoreOrder: true, $"{id}: {what}");
    }

    [Fact]
    public void Schedule_AStepThatIsMissing_IsNamed() =>
        BudgetSchedule.Faults(Pack, 2027, [.. Pack.ScheduleFor(2027).Where(s => s.Step != BudgetStep.Acta)], BusinessCalendar.Peru).ShouldHaveSingleItem().Args.ShouldBe([BudgetStep.Acta]);

    [Fact]
    public void Clocks_AreThoseOfTheTable()
    {
        foreach (var row in Rows("clocks.csv"))
        {
            var state = Enum.Parse<BudgetState>(row[2], ignoreCase: true);
            var parts = row[3].Split(';', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split('=')).ToDictionary(p => p[0], p => p.Length > 1 ? p[1] : "");
            IReadOnlyList<DateOnly> Days(string name) => parts.TryGetValue(name, out var day) ? [Day(day)] : [];
            var facts = new BudgetFacts(state, 2027, Day("2026-01-05"), Pack.ScheduleFor(2027), Days("requested"), Days("cures"), Days("answers"), Days("replies"), Days("workshops"), parts.TryGetValue("quarter", out var quarter) ? int.Parse(quarter, CultureInfo.InvariantCulture) : 0, parts.ContainsKey("owed"));
            var clock = BudgetClocks.Of(facts, Pack, BusinessCalendar.Peru, Day(row[4])).FirstOrDefault(c => c.Code == row[5]);
            clock.ShouldNotBeNull($"{row[0]}: {row[1]}");
            (clock.Light.ToString().ToLowerInvariant(), clock.Left.ToString(CultureInfo.InvariantCulture)).ShouldBe((row[6].ToLowerInvariant(), row[7]), $"{row[0]}: {row[1]}");
        }
        Rows("clocks.csv").Count.ShouldBeGreaterThanOrEqualTo(15);
    }

    [Theory]
    [InlineData("2027-04-30", 0)]
    [InlineData("2027-05-01", 1)]
    [InlineData("2027-07-31", 1)]
    [InlineData("2027-08-01", 2)]
    [InlineData("2028-01-31", 3)]
    [InlineData("2028-02-01", 4)]
    public void DueQuarter_IsTheLastOneOverForAMonth(string today, int quarter) => FollowLight.DueQuarter(2027, Day(today)).ShouldBe(quarter);

    [Fact]
    public void Machines_RefuseEveryStepThatIsNotInTheirTable()
    {
        AllForbidden(BudgetProcess.Table, 16);
        AllForbidden(BudgetAgent.Table, 8);
        AllForbidden(BudgetWorkshop.Table, 3);
        AllForbidden(BudgetProposal.Table, 7);
    }

    static void AllForbidden<TState>(Transitions<TState> table, int allowed)
        where TState : struct, Enum
    {
        var passed = 0;
        foreach (var state in Enum.GetValues<TState>())
        {
            foreach (var verb in table.Rows.Select(r => r.Verb).Distinct())
            {
                if (table.May(state, verb)) passed++;
                else Should.Throw<RuleBroken>(() => table.Next(state, verb)).Code.ShouldBe("state.forbidden");
            }
        }
        passed.ShouldBe(allowed);
    }

    static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    static TheoryData<string, string, string, string> Table(string file)
    {
        var data = new TheoryData<string, string, string, string>();
        foreach (var row in Rows(file)) data.Add(row[0], row[1], row[2], row[3]);
        return data;
    }

    static IReadOnlyList<string[]> Rows(string file) =>
        [.. File.ReadLines(Path.Combine(Docs.GlossaryTests.Root(), "tests", "Core.Tests", "Planning", "ParticipatoryBudget", file)).Skip(1).Where(l => l.Length > 0).Select(l => l.Split(','))];
}
