using Microsoft.EntityFrameworkCore;
using Minka.Core.Applications;
using Minka.Core.Evaluation;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Evaluation;

public sealed class EvaluatingTests
{
    static async Task<string> CodeAsync(Func<Task> act) => (await Should.ThrowAsync<RuleBroken>(act)).Code;

    [Theory, BothDatabases]
    public async Task Findings_are_told_cured_in_time_and_reviewed_again(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = database.Given();
        var file = (await given.FilesInScreeningAsync(1))[0];
        var curable = (await given.RulesAsync(file.Call)).Pack.Admissibility.First(r => r.Curable.Value).Id;

        (await CodeAsync(() => given.WithAsync<DecideReview>(d => d.AdmitAsync(file.Id, file.Call.Operator)))).ShouldBe(EvaluationCodes.ReviewIncomplete);
        await given.FindAsync(file, curable);
        (await CodeAsync(() => given.WithAsync<DecideReview>(d => d.AdmitAsync(file.Id, file.Call.Operator)))).ShouldBe(EvaluationCodes.ReviewStillFailing);
        (await CodeAsync(() => given.WithAsync<DecideReview>(d => d.RejectAsync(file.Id, file.Call.Operator)))).ShouldBe(EvaluationCodes.CureFirst);
        var until = await given.WithAsync<TellFindings, DateTime>(t => t.ExecuteAsync(file.Id, file.Call.Operator));
        (await CodeAsync(() => given.WithAsync<DecideReview>(d => d.RejectAsync(file.Id, file.Call.Operator)))).ShouldBe(EvaluationCodes.CureStillOpen);
        (await CodeAsync(() => given.WithAsync<CureFindings>(c => c.ExecuteAsync(file.Id, [], file.Manager)))).ShouldBe(EvaluationCodes.CureAnswerMissing);

        given.Clock.MoveTo(until.AddMilliseconds(-1));
        await given.WithAsync<CureFindings>(c => c.ExecuteAsync(file.Id, [new(curable, "Se adjunta la vigencia.")], file.Manager));
        await given.FindAsync(file);
        await given.WithAsync<DecideReview>(d => d.AdmitAsync(file.Id, file.Call.Operator));
        (await given.ReadAsync(db => db.Applications.Where(a => a.Id == file.Id).Select(a => a.State).SingleAsync())).ShouldBe(ApplicationState.Admitted);
    }

    [Theory, BothDatabases]
    public async Task At_the_very_deadline_a_cure_is_late_and_the_file_may_be_rejected(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = database.Given();
        var file = (await given.FilesInScreeningAsync(1))[0];
        var curable = (await given.RulesAsync(file.Call)).Pack.Admissibility.First(r => r.Curable.Value).Id;
        await given.FindAsync(file, curable);
        var until = await given.WithAsync<TellFindings, DateTime>(t => t.ExecuteAsync(file.Id, file.Call.Operator));
        given.Clock.MoveTo(until);
        (await CodeAsync(() => given.WithAsync<CureFindings>(c => c.ExecuteAsync(file.Id, [new(curable, "Tarde.")], file.Manager)))).ShouldBe(EvaluationCodes.CureLate);
        await given.WithAsync<DecideReview>(d => d.RejectAsync(file.Id, file.Call.Operator));
        (await given.ReadAsync(db => db.Reviews.Where(r => r.ApplicationId == file.Id).Select(r => r.State).SingleAsync())).ShouldBe(ReviewState.Rejected);
    }

    [Fact]
    public async Task What_cannot_be_cured_is_rejected_and_not_told()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var file = (await given.FilesInScreeningAsync(1))[0];
        var fatal = (await given.RulesAsync(file.Call)).Pack.Admissibility.First(r => !r.Curable.Value).Id;
        await given.FindAsync(file, fatal);
        (await CodeAsync(() => given.WithAsync<TellFindings>(t => t.ExecuteAsync(file.Id, file.Call.Operator)))).ShouldBe(EvaluationCodes.ReviewNotCurable);
        await given.WithAsync<DecideReview>(d => d.RejectAsync(file.Id, file.Call.Operator));
        (await CodeAsync(() => given.WithAsync<StartEvaluation>(s => s.ExecuteAsync(file.Call.Id, file.Call.Operator)))).ShouldBe(EvaluationCodes.NoneAdmitted);
    }

    [Theory, BothDatabases]
    public async Task Scores_are_blind_until_all_lock_and_a_divergence_calls_a_third(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = database.Given();
        var file = (await given.FilesInEvaluationAsync(1, 3))[0];
        var seats = await given.SeatsAsync(file);
        seats.Count.ShouldBe(2);
        await given.ScoreAsync(seats[0], file.Call, 80);
        (await given.ReadAsync(db => Scoring.AllLockedAsync(db, file.Id))).ShouldBeFalse();
        await given.ScoreAsync(seats[1], file.Call, 60);
        var three = await given.SeatsAsync(file);
        three.Count.ShouldBe(3);
        three[2].EvaluatorId.ShouldNotBeOneOf(seats[0].EvaluatorId, seats[1].EvaluatorId);
        (await given.ReadAsync(db => Scoring.AllLockedAsync(db, file.Id))).ShouldBeFalse();
        await given.ScoreAsync(three[2], file.Call, 70);
        var sheets = await given.ReadAsync(db => Scoring.SheetsAsync(db, file.Id));
        FinalScores.Compute(sheets, (await given.RulesAsync(file.Call)).Pack.Evaluation).TotalHundredths.ShouldBe(70_00);
    }

    [Fact]
    public async Task A_locked_sheet_and_a_strangers_sheet_stay_as_they_are()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var file = (await given.FilesInEvaluationAsync(1, 2))[0];
        var seats = await given.SeatsAsync(file);
        var me = new Actor(seats[0].EvaluatorId, "evaluator");
        var criterion = (await given.RulesAsync(file.Call)).Pack.Criteria.Items[0];
        (await CodeAsync(() => given.WithAsync<EvaluateFile>(e => e.ScoreAsync(seats[0].Id, criterion.Id, 1, "Antes de declarar.", null, me)))).ShouldBe(EvaluationCodes.ConflictOpen);
        (await CodeAsync(() => given.WithAsync<EvaluateFile>(e => e.AcceptAsync(seats[1].Id, me)))).ShouldBe(EvaluationCodes.NotYourFile);
        await given.WithAsync<EvaluateFile>(e => e.AcceptAsync(seats[0].Id, me));
        (await CodeAsync(() => given.WithAsync<EvaluateFile>(e => e.LockAsync(seats[0].Id, me)))).ShouldBe(EvaluationCodes.ScoresIncomplete);
        (await CodeAsync(() => given.WithAsync<EvaluateFile>(e => e.ScoreAsync(seats[0].Id, criterion.Id, criterion.MaxPoints.Value + 1, "Demasiado alto.", null, me)))).ShouldBe(EvaluationCodes.PointsOutside);
    }

    [Fact]
    public async Task A_part_of_a_score_that_comes_late_does_not_take_the_whole_scores_place()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var file = (await given.FilesInEvaluationAsync(1, 2))[0];
        var seat = (await given.SeatsAsync(file))[0];
        var me = new Actor(seat.EvaluatorId, "evaluator");
        var criterion = (await given.RulesAsync(file.Call)).Pack.Criteria.Items[0].Id;
        await given.WithAsync<EvaluateFile>(e => e.AcceptAsync(seat.Id, me));
        await given.WithAsync<EvaluateFile>(e => e.ScoreAsync(seat.Id, criterion, 5, "Lo sustenta el expediente.", null, me));
        await Should.ThrowAsync<ChangedMeanwhile>(() => given.WithAsync<EvaluateFile>(e => e.ScoreAsync(seat.Id, criterion, 5, "", null, me)));
        await given.WithAsync<EvaluateFile>(e => e.ScoreAsync(seat.Id, criterion, 5, "Lo sustenta el expediente.", null, me));
        (await given.ReadAsync(db => db.Scores.SingleAsync(s => s.AssignmentId == seat.Id))).Reason.ShouldBe("Lo sustenta el expediente.");
    }

    [Fact]
    public async Task Whoever_leaves_is_replaced_and_a_declared_conflict_takes_the_file_away()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var file = (await given.FilesInEvaluationAsync(1, 4))[0];
        var seats = await given.SeatsAsync(file);
        await given.WithAsync<EvaluateFile>(e => e.RecuseAsync(seats[0].Id, "Trabajé allí.", new(seats[0].EvaluatorId, "evaluator")));
        await given.WithAsync<DeclareConflict>(d => d.ExecuteAsync(file.Call.Id, seats[1].EvaluatorId, file.Entity.Id, "Parentesco.", new(seats[1].EvaluatorId, "evaluator")));
        var now = await given.SeatsAsync(file);
        now.Select(s => s.Seat).ShouldBe([1, 2]);
        now.Select(s => s.EvaluatorId).ShouldNotContain(seats[0].EvaluatorId);
        now.Select(s => s.EvaluatorId).ShouldNotContain(seats[1].EvaluatorId);
        now.Select(s => s.EvaluatorId).Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public async Task A_file_that_was_withdrawn_takes_no_more_scores()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var file = (await given.FilesInEvaluationAsync(2, 2))[0];
        var seat = (await given.SeatsAsync(file))[0];
        await given.WithAsync<WithdrawApplication>(w => w.ExecuteAsync(file.Id, null, file.Manager));
        (await CodeAsync(() => given.WithAsync<EvaluateFile>(e => e.AcceptAsync(seat.Id, new(seat.EvaluatorId, "evaluator"))))).ShouldBe(EvaluationCodes.NotUnderWay);
    }

    [Fact]
    public void Every_transition_that_no_table_names_is_refused()
    {
        foreach (var state in Enum.GetValues<AssignmentState>())
        {
            foreach (var verb in new[] { "accept", "recuse", "lock" })
                if (!Assignment.Table.May(state, verb)) Should.Throw<RuleBroken>(() => Assignment.Table.Next(state, verb)).Code.ShouldBe("state.forbidden");
        }
        foreach (var verb in new[] { "observe", "cure", "admit", "reject" })
        {
            Review.Table.May(ReviewState.Admitted, verb).ShouldBeFalse();
            Review.Table.May(ReviewState.Rejected, verb).ShouldBeFalse();
        }
    }
}
