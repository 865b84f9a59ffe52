using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Fund.Calls;

[UseCase]
public sealed class AnswerQuestion(Writer writer)
{
    /// <param name="changes">What the answer changes in the rules, in words; the change itself is made in the rules before freeze 2.</param>
    public Task ExecuteAsync(QuestionId id, int version, string answer, string? changes, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("call.answer", actor, async work =>
        {
            var question = await work.Db.Questions.SingleOrDefaultAsync(q => q.Id == id, cancel) ?? throw new NotFound("question", id.Value);
            if (question.Version != version) throw new ChangedMeanwhile("question");
            var call = await work.Db.Calls.SingleAsync(c => c.Id == question.CallId, cancel);
            if (call.State != CallState.Published || question.Round != call.Round) throw new RuleBroken(FundRules.AnswerLate);
            question.Reply(answer, changes, work.Now);
            work.Happened(new QuestionAnswered(call.Id, question.Number));
        }, new ActNote("question", id.Value), cancel);
}
