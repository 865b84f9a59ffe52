using Minka.Core.Fund;
using Minka.Core.Kernel;
using Minka.Core.Rules;
using Minka.Core.Rules.Calendars;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Fund;

public sealed class CallTests
{
    static readonly CalendarRules Rules = BuiltInPacks.Fdd.Calendar;
    static readonly CallCalendar Calendar = CallCalendar.Shortest(Rules, new DateOnly(2026, 3, 2), BusinessCalendar.Peru, new TimeOnly(17, 0));

    [Fact]
    public void Table_HasEachStep_Once() =>
        Call.Table.Rows.GroupBy(r => (r.From, r.Verb)).ShouldAllBe(g => g.Count() == 1);

    /// <summary>Every pair of state and verb that the table lacks is refused by the call's own verb.</summary>
    [Fact]
    public void Verb_InEveryStateWhereTheTableHasItNot_IsRefused()
    {
        var verbs = new Dictionary<string, Action<Call>>
        {
            ["publish"] = c => c.Publish(Now),
            ["integrate"] = c => c.Integrate(),
            ["open"] = c => c.Open(Now),
            ["close"] = c => c.CloseSubmissions(Now),
            ["open-envelopes"] = c => c.MarkOpened(),
            ["screen"] = c => c.StartScreening(),
            ["evaluate"] = c => c.StartEvaluation(),
            ["rank"] = c => c.MarkRanked(),
            ["approve"] = c => c.MarkApproved(),
            ["return"] = c => c.MarkReturned(),
            ["award"] = c => c.MarkAwarded(Now),
            ["declare-deserted"] = c => c.DeclareDeserted(0, Now),
            ["annul"] = c => c.Annul(Now),
        };
        foreach (var stage in Call.RollbackStages) verbs[Call.RollbackVerb(stage)] = c => c.AnnulTo(stage, Calendar, Now);
        Call.Table.Rows.Select(r => r.Verb).Distinct().ShouldBe(verbs.Keys, ignoreOrder: true);
        var refused = 0;
        foreach (var state in Enum.GetValues<CallState>())
        {
            foreach (var (verb, ask) in verbs)
            {
                if (Call.Table.May(state, verb)) continue;
                var broken = Should.Throw<RuleBroken>(() => ask(In(state)), $"{verb} in {state}");
                broken.Code.ShouldBe("state.forbidden");
                refused++;
            }
        }
        refused.ShouldBeGreaterThan(150);
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    [InlineData(1, false)]
    public void Application_AroundTheDeadline_IsInTimeOnlyBeforeIt(int seconds, bool inTime)
    {
        var call = In(CallState.Open);
        var deadline = LegalTime.ToUtc(Calendar.On(StageKind.SubmissionsClose), new TimeOnly(17, 0));
        call.Dates.Close.ClosesAt.ShouldBe(deadline);
        call.TakesApplicationsAt(deadline.AddSeconds(seconds)).ShouldBe(inTime);
        call.TakesApplicationsAt(deadline.AddMilliseconds(-1)).ShouldBeTrue();
        if (inTime) Should.Throw<RuleBroken>(() => call.CloseSubmissions(deadline.AddSeconds(seconds))).Code.ShouldBe(FundRules.CloseLater);
        else call.CloseSubmissions(deadline.AddSeconds(seconds));
    }

    [Fact]
    public void Calendar_ShortestOfThePack_HasKnownDays()
    {
        // 2 March 2026 is a Monday; Holy Thursday and Friday are 2 and 3 April.
        Calendar.On(StageKind.Publication).ShouldBe(new DateOnly(2026, 3, 2));
        Calendar.On(StageKind.Questions).ShouldBe(new DateOnly(2026, 3, 3));
        Calendar.On(StageKind.IntegratedRules).ShouldBe(new DateOnly(2026, 3, 10));
        Calendar.On(StageKind.SubmissionsOpen).ShouldBe(new DateOnly(2026, 3, 11));
        Calendar.On(StageKind.SubmissionsClose).ShouldBe(new DateOnly(2026, 4, 10));
        Calendar.Check(Rules, BusinessCalendar.Peru).AllMet().ShouldBeTrue();
    }

    [Fact]
    public void Calendar_OneDayTooShortOrOnADayOff_SaysWhere()
    {
        Moved(StageKind.SubmissionsClose, -1).Check(Rules, BusinessCalendar.Peru).ShouldContain(r => r.Code == FundRules.CalendarShort && Equals(r.Args[0], StageKind.SubmissionsOpen));
        Moved(StageKind.AgreementSigning, 100).Check(Rules, BusinessCalendar.Peru).AllMet().ShouldBeTrue();
        var sunday = new CallCalendar([.. Calendar.Stages.Select((s, i) => i == Calendar.Stages.Count - 1 ? s with { On = new DateOnly(2026, 8, 30) } : s)], Calendar.ClosesAt);
        sunday.Check(Rules, BusinessCalendar.Peru).ShouldContain(r => r.Code == FundRules.CalendarDayOff);
        CallCalendar.None.Check(Rules, BusinessCalendar.Peru).Single().Code.ShouldBe(FundRules.CalendarMissing);
    }

    [Fact]
    public void Calendar_OfAPublishedCall_IsExtendedOnly()
    {
        var call = In(CallState.Open);
        var inTime = Calendar.Dates.OpensAt.AddDays(3);
        Code(() => call.ExtendCalendar(Moved(StageKind.SubmissionsClose, -1), inTime)).ShouldBe(FundRules.CalendarShortened);
        Code(() => call.ExtendCalendar(Calendar with { ClosesAt = new TimeOnly(16, 59) }, inTime)).ShouldBe(FundRules.CalendarShortened);
        Code(() => call.ExtendCalendar(Calendar, inTime)).ShouldBe(FundRules.CalendarNothingLater);
        Code(() => call.ExtendCalendar(Moved(StageKind.Questions, 1), inTime)).ShouldBe(FundRules.CalendarPassedStage);
        Code(() => call.ExtendCalendar(AllMoved(1), call.Dates.Close.ClosesAt)).ShouldBe(FundRules.CalendarAfterClose);
        Code(() => call.SetCalendar(AllMoved(1))).ShouldBe(FundRules.CalendarFrozen);
        var (before, digest) = (call.Dates.Close.ClosesAt, call.CalendarDigest);
        call.ExtendCalendar(Moved(StageKind.SubmissionsClose, 1, andLater: true), call.Dates.Close.ClosesAt.AddSeconds(-1));
        call.Dates.Close.ClosesAt.ShouldBeGreaterThan(before);
        call.CalendarDigest.ShouldNotBe(digest);
    }

    [Fact]
    public void Deserted_WithEligibleApplications_IsRefused()
    {
        Code(() => In(CallState.Screening).DeclareDeserted(1, Now)).ShouldBe(FundRules.NotDeserted);
        var call = In(CallState.Screening);
        call.DeclareDeserted(0, Now);
        call.State.ShouldBe(CallState.Deserted);
    }

    [Fact]
    public void Rollback_ToThePublication_NeedsANewCalendarAndBeginsARound()
    {
        var call = In(CallState.Evaluating);
        var now = new DateTime(2026, 6, 1, 15, 0, 0, DateTimeKind.Utc);
        Code(() => call.AnnulTo(CallState.Published, null, now)).ShouldBe(FundRules.RollbackCalendar);
        Code(() => call.AnnulTo(CallState.Published, Calendar, now)).ShouldBe(FundRules.CalendarPast);
        Code(() => call.AnnulTo(CallState.Draft, null, now)).ShouldBe(FundRules.RollbackStage);
        call.AnnulTo(CallState.Published, CallCalendar.Shortest(Rules, new DateOnly(2026, 6, 1), BusinessCalendar.Peru, new TimeOnly(17, 0)), now);
        (call.State, call.Round, call.OpenedAt).ShouldBe((CallState.Published, 2, null));
    }

    static readonly DateTime Now = Calendar.Dates.Close.ClosesAt;

    static string Code(Action ask) => Should.Throw<RuleBroken>(ask).Code;

    static CallCalendar AllMoved(int businessDays) =>
        Calendar with { Stages = [.. Calendar.Stages.Select(s => s with { On = BusinessCalendar.Peru.AddBusinessDays(s.On, businessDays) })] };

    static CallCalendar Moved(StageKind kind, int businessDays, bool andLater = false) =>
        Calendar with { Stages = [.. Calendar.Stages.Select(s => s.Kind == kind || (andLater && s.Kind > kind) ? s with { On = BusinessCalendar.Peru.AddBusinessDays(s.On, businessDays) } : s)] };

    /// <summary>A call brought to a state by its own verbs.</summary>
    static Call In(CallState state)
    {
        var call = new Call { Id = new CallId(Guid.Empty), FundId = new FundId(Guid.Empty), Slug = "c", PackId = "fdd", PackVersion = "1", CreatedAt = Calendar.Dates.OpensAt };
        call.SetCalendar(Calendar);
        if (state == CallState.Draft) return call;
        call.Publish(Calendar.Dates.OpensAt);
        if (state == CallState.Annulled) call.Annul(Now);
        Action[] steps = [call.Integrate, () => call.Open(Calendar.Dates.OpensAt), () => call.CloseSubmissions(Now), call.MarkOpened, call.StartScreening, call.StartEvaluation, call.MarkRanked, call.MarkApproved, () => call.MarkAwarded(Now)];
        foreach (var step in steps)
        {
            if (call.State == state || state == CallState.Annulled) break;
            if (state == CallState.Deserted && call.State == CallState.Closed) call.DeclareDeserted(0, Now);
            else step();
        }
        call.State.ShouldBe(state);
        return call;
    }
}
