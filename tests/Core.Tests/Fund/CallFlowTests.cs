using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Fund;
using Minka.Core.Fund.Calls;
using Minka.Core.Fund.Leagues;
using Minka.Core.Kernel;
using Minka.Core.Ledger;
using Minka.Core.Register;
using Minka.Core.Rules;
using Minka.Core.Rules.Calendars;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Fund;

public sealed class CallFlowTests
{
    static readonly Actor Anybody = new(new Guid(9, 9, 9, [9, 9, 9, 9, 9, 9, 9, 9]), "person");

    [Theory, BothDatabases]
    public async Task Call_FromDraftToClose_FreezesTwiceAndHoldsItsBudget(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = database.Given();
        var call = await given.CallAsync(c => c.WithBudget(Money.Soles(20_000_000)).Published());
        var question = await given.WithAsync<AskQuestion, int>(a => a.ExecuteAsync(call.Id, "¿Puede postular un distrito solo?", Anybody));
        question.ShouldBe(1);
        var first = await FileAsync(given, call.Id);
        first.Questions.ShouldBe(new QuestionCounts(1, 1, 1));
        var asked = await given.ReadAsync(db => db.Questions.SingleAsync(q => q.CallId == call.Id));
        await given.WithAsync<AnswerQuestion>(a => a.ExecuteAsync(asked.Id, asked.Version, "No. Se precisa el umbral.", "Umbral de 60 a 55.", call.Operator));
        await given.WithAsync<EditCall>(e => e.ExecuteAsync(call.Id, first.Call.Version, new CallChange(Budget: Money.Soles(15_000_000), Adjustments: [new("evaluation.threshold", "55")]), call.Operator));
        (await RefusedAsync(() => given.AdvanceCallAsync(call.Id, call.Fund, CallState.Integrated))).Code.ShouldBe(FundRules.EnvelopesDoNotAddUp);
        await given.WithAsync<DrawLeagues>(d => d.ExecuteAsync(call.Id, call.Operator));
        await given.AdvanceCallAsync(call.Id, call.Fund, CallState.Open);

        var file = await FileAsync(given, call.Id);
        var (one, two) = (CallRules.Of(file.Freeze(1)!), CallRules.Of(file.Freeze(2)!));
        one.Pack.Evaluation.Threshold.Value.ShouldBe(60);
        two.Pack.Evaluation.Threshold.Value.ShouldBe(55);
        (one.Budget, two.Budget).ShouldBe((Money.Soles(20_000_000), Money.Soles(15_000_000)));
        two.Leagues.SumMoney(l => l.Envelope).ShouldBe(two.Budget);
        two.LeagueOf(["0605", "1501"])!.ProvinceCodes.ShouldContain("0605");
        two.LeagueOf(["1501"]).ShouldBeNull();
        Digest.Of(file.Freeze(2)!.Rules).ShouldBe(file.Freeze(2)!.Digest);
        CanonicalJson.Bytes(System.Text.Json.Nodes.JsonNode.Parse(file.Freeze(2)!.Rules)).ShouldBe(System.Text.Encoding.UTF8.GetBytes(file.Freeze(2)!.Rules));
        (await given.ReadAsync(db => LedgerBook.OfCallAsync(db, call.Id.Value))).ShouldBe(new CallBalance(two.Budget, two.Budget, Money.Zero, Money.Zero));

        (await RefusedAsync(() => given.WithAsync<EditCall>(e => e.ExecuteAsync(call.Id, file.Call.Version, new CallChange(Budget: Money.Soles(1)), call.Operator)))).Code.ShouldBe(FundRules.RulesFrozen);
        (await RefusedAsync(() => given.WithAsync<DrawLeagues>(d => d.ExecuteAsync(call.Id, call.Operator)))).Code.ShouldBe(FundRules.RulesFrozen);
        (await RefusedAsync(() => given.WithAsync<SetNeeds>(d => d.ExecuteAsync(call.Id, [], call.Operator)))).Code.ShouldBe(FundRules.RulesFrozen);
        (await RefusedAsync(() => given.WithAsync<AskQuestion, int>(a => a.ExecuteAsync(call.Id, "¿Y ahora?", Anybody)))).Code.ShouldBe(FundRules.QuestionsShut);

        database.Clock.MoveTo(file.Call.Dates.Close.ClosesAt.AddSeconds(-1));
        (await RefusedAsync(() => given.WithAsync<CloseCall>(c => c.ExecuteAsync(call.Id, call.Operator)))).Code.ShouldBe(FundRules.CloseLater);
        database.Clock.Advance(TimeSpan.FromSeconds(1));
        await given.WithAsync<CloseCall>(c => c.ExecuteAsync(call.Id, call.Operator));
        (await FileAsync(given, call.Id)).Call.ClosedAt.ShouldBe(file.Call.Dates.Close.ClosesAt);
    }

    [Theory, BothDatabases]
    public async Task Question_AroundItsDeadline_IsTakenOnlyBeforeIt(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = database.Given();
        var call = await given.CallAsync(c => c.Published());
        var end = (await FileAsync(given, call.Id)).Call.Dates.QuestionsEnd.ClosesAt;
        database.Clock.MoveTo(end.AddSeconds(-1));
        await given.WithAsync<AskQuestion, int>(a => a.ExecuteAsync(call.Id, "¿A tiempo?", Anybody));
        (await RefusedAsync(() => given.WithAsync<IntegrateRules>(i => i.ExecuteAsync(call.Id, call.Operator)))).Code.ShouldBe(FundRules.QuestionsRunning);
        database.Clock.MoveTo(end);
        (await RefusedAsync(() => given.WithAsync<AskQuestion, int>(a => a.ExecuteAsync(call.Id, "¿Tarde?", Anybody)))).Code.ShouldBe(FundRules.QuestionsShut);
        (await RefusedAsync(() => given.WithAsync<IntegrateRules>(i => i.ExecuteAsync(call.Id, call.Operator)))).Code.ShouldBe(FundRules.QuestionsUnanswered);
    }

    [Fact]
    public async Task Publication_OfADraftWithGaps_IsRefusedWithEachReason()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var fund = await given.FundAsync(Money.Soles(10));
        var id = await given.WithAsync<DraftCall, CallId>(d => d.ExecuteAsync(new CallInput(fund.Id, "Nueva", "", "fdd", BuiltInPacks.Fdd.Version, Money.Soles(11), ["0605"]), fund.Operator));
        var reasons = await given.ReadAsync(async db => await CallReadiness.ForPublishAsync(db, await CallFile.LoadAsync(db, id), database.Clock.Now));
        reasons.Where(r => r.Met == false).Select(r => r.Code).ShouldBe([FundRules.NeedsMissing, FundRules.CalendarMissing, FundRules.FundShort]);
        (await RefusedAsync(() => given.WithAsync<PublishCall>(p => p.ExecuteAsync(id, fund.Operator)))).Code.ShouldBe(FundRules.NeedsMissing);
        (await given.ReadAsync(db => db.Freezes.CountAsync())).ShouldBe(0);
    }

    [Fact]
    public async Task Publication_AfterTerritoriesChanged_IsRefusedBecauseLeaguesLeaveOneOut()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var call = await given.CallAsync();
        var version = (await FileAsync(given, call.Id)).Call.Version;
        await given.WithAsync<EditCall>(e => e.ExecuteAsync(call.Id, version, new CallChange(ProvinceCodes: ["0602", "0605", "0901", "1501"]), call.Operator));
        await given.WithAsync<SetNeeds>(s => s.ExecuteAsync(call.Id,
            [.. new[] { "0602", "0605", "0901", "1501" }.Select(c => new NeedRow(c, c, 1_000, BasisPoints.Percent(30), null, "x"))], call.Operator));
        var refused = await RefusedAsync(() => given.WithAsync<PublishCall>(p => p.ExecuteAsync(call.Id, call.Operator)));
        (refused.Code, refused.Args[0]).ShouldBe((FundRules.LeagueLeavesOut, "1501"));
        await Should.ThrowAsync<ChangedMeanwhile>(() => given.WithAsync<EditCall>(e => e.ExecuteAsync(call.Id, version, new CallChange(Title: "Otra"), call.Operator)));
    }

    [Fact]
    public async Task Publications_ThatTogetherExceedTheFund_CannotBothPass()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var fund = await given.FundAsync(Money.Soles(30_000_000));
        await given.CallAsync(c => c.Of(fund).Published());
        (await RefusedAsync(() => given.CallAsync(c => c.Of(fund).Published()))).Code.ShouldBe(FundRules.FundShort);
    }

    [Theory, BothDatabases]
    public async Task Open_UnderPackWithStagesNotBuilt_NamesThem(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = database.Given();
        var call = await given.CallAsync(c => c.Under("pe-procompite-2021"));
        var refused = await RefusedAsync(() => given.WithAsync<OpenCall>(o => o.ExecuteAsync(call.Id, call.Operator)));
        refused.Code.ShouldBe(FundRules.StagesMissing);
        var missing = (IEnumerable<StageKind>)refused.Args[0]!;
        missing.ShouldContain(StageKind.SiteVisit);
        missing.ShouldAllBe(s => !s.IsBuilt());
    }

    [Fact]
    public async Task Open_BeforeFreezeTwo_IsRefused()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var call = await given.CallAsync(c => c.Published());
        var reasons = await given.ReadAsync(async db => await CallReadiness.ForOpenAsync(db, await CallFile.LoadAsync(db, call.Id), database.Clock.Now));
        reasons.Where(r => r.Met == false).Select(r => r.Code).ShouldBe([FundRules.FreezeMissing, FundRules.OpensLater]);
        (await RefusedAsync(() => given.WithAsync<OpenCall>(o => o.ExecuteAsync(call.Id, call.Operator)))).Code.ShouldBe("state.forbidden");
    }

    [Theory, BothDatabases]
    public async Task Calendar_ExtendedByTheBoard_KeepsWhatItWasAndWhy(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = database.Given();
        var call = await given.CallAsync(c => c.Open());
        var before = (await FileAsync(given, call.Id)).Call;
        var later = before.Calendar with
        {
            Stages = [.. before.Calendar.Stages.Select(s => s.Kind >= StageKind.SubmissionsClose ? s with { On = BusinessCalendar.Peru.AddBusinessDays(s.On, 5) } : s)],
        };
        (await RefusedAsync(() => given.WithAsync<ExtendCalendar>(e => e.ExecuteAsync(call.Id, later, " ", call.Board)))).Code.ShouldBe(FundRules.WhyMissing);
        await given.WithAsync<ExtendCalendar>(e => e.ExecuteAsync(call.Id, later, "Lluvias cortaron la vía", call.Board));
        var after = (await FileAsync(given, call.Id)).Call;
        after.CalendarDigest.ShouldBe(later.Digest);
        var change = await given.ReadAsync(db => db.CalendarChanges.SingleAsync());
        (change.BeforeDigest, change.AfterDigest, change.Why).ShouldBe((before.CalendarDigest, later.Digest, "Lluvias cortaron la vía"));
        change.Before.Digest.ShouldBe(before.CalendarDigest);
        database.Clock.MoveTo(before.Dates.Close.ClosesAt);
        after.TakesApplicationsAt(database.Clock.Now).ShouldBeTrue();
        (await RefusedAsync(() => given.WithAsync<ExtendCalendar>(e => e.ExecuteAsync(call.Id, before.Calendar, "atrás", call.Board)))).Code.ShouldBe(FundRules.CalendarShortened);
    }

    [Theory, BothDatabases]
    public async Task Annulment_BackToThePublication_KeepsWhatWasAndBeginsANewRound(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = database.Given();
        var call = await given.CallAsync(c => c.Closed());
        var before = await FileAsync(given, call.Id);
        var calendar = CallCalendar.Shortest(BuiltInPacks.Fdd.Calendar, LegalTime.DayIn(database.Clock.Now), BusinessCalendar.Peru, CallCalendar.UsualClose);
        await given.WithAsync<AnnulCall>(a => a.ExecuteAsync(call.Id, CallState.Published, "Vicio en las reglas", calendar, call.Board));
        var after = await FileAsync(given, call.Id);
        (after.Call.State, after.Call.Round).ShouldBe((CallState.Published, 2));
        after.Freezes.Select(f => (f.Round, f.Number)).ShouldBe([(1, 1), (1, 2), (2, 1)]);
        after.Freeze(2).ShouldBeNull();
        var annulment = await given.ReadAsync(db => db.Annulments.SingleAsync());
        (annulment.From, annulment.To, annulment.Why).ShouldBe((CallState.Closed, CallState.Published, "Vicio en las reglas"));
        Digest.Of(annulment.Snapshot).ShouldBe(annulment.SnapshotDigest);
        annulment.Snapshot.ShouldContain(before.Freeze(2)!.Digest.Hex);
        await given.AdvanceCallAsync(call.Id, call.Fund, CallState.Open);
        (await FileAsync(given, call.Id)).Freeze(2)!.Round.ShouldBe(2);
    }

    [Theory, BothDatabases]
    public async Task Annulment_OfTheWhole_GivesTheMoneyBack(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = database.Given();
        var call = await given.CallAsync(c => c.Open());
        await given.WithAsync<AnnulCall>(a => a.ExecuteAsync(call.Id, CallState.Annulled, "Norma derogada", null, call.Board));
        (await given.ReadAsync(db => LedgerBook.OfFundAsync(db, call.Fund.Id.Value))).Assigned.ShouldBe(Money.Zero);
        (await RefusedAsync(() => given.WithAsync<AnnulCall>(a => a.ExecuteAsync(call.Id, CallState.Opened, "otra", null, call.Board)))).Code.ShouldBe("state.forbidden");
    }

    [Fact]
    public async Task Adjustment_ThatThePackForbids_IsRefused()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var call = await given.CallAsync();
        var version = (await FileAsync(given, call.Id)).Call.Version;
        foreach (var (adjustment, rule) in new (RuleAdjustment, string)[]
        {
            (new("criteria.declaredTotal", "90"), FundRules.AdjustmentUnknown),
            (new("evaluation.threshold", "101"), FundRules.AdjustmentRefused),
            (new("windows.1.minAmount", "9000000.00"), FundRules.AdjustmentRefused),
            (new("envelopes.floorOfEqualShareBp", "12000"), FundRules.AdjustmentRefused),
        })
        {
            (await RefusedAsync(() => given.WithAsync<EditCall>(e => e.ExecuteAsync(call.Id, version, new CallChange(Adjustments: [adjustment]), call.Operator)))).Code.ShouldBe(rule, adjustment.ToString());
        }
        var pack = BuiltInPacks.All.First(r => r.Pack!.Id == "fdd");
        var offered = AdjustableRules.Of(pack.Canonical);
        offered.ShouldContain(r => r.Key == "windows.1.maxAmount" && r.Kind == AdjustableKind.Amount && r.Value == "8000000.00");
        AdjustableRules.Parse(offered.First(r => r.Key == "windows.1.maxAmount"), "7.500.000,00").ShouldBe("7500000.00");
        AdjustableRules.Parse(offered.First(r => r.Key == "cofinancing.privateMinBp"), "7,5 %").ShouldBe(750.ToString(CultureInfo.InvariantCulture));
        Should.Throw<RuleBroken>(() => AdjustableRules.Parse(offered.First(r => r.Key == "cure.rounds"), "1.5")).Code.ShouldBe(FundRules.AdjustmentForm);
    }

    static Task<CallFile> FileAsync(Given given, CallId id) => given.ReadAsync(db => CallFile.LoadAsync(db, id));

    static Task<RuleBroken> RefusedAsync(Func<Task> ask) => Should.ThrowAsync<RuleBroken>(ask);
}
