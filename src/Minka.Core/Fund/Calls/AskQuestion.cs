using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Fund.Calls;

/// <summary>Anybody who signed in may ask while the rules are not integrated.</summary>
[UseCase]
public sealed class AskQuestion(Writer writer)
{
    public Task<int> ExecuteAsync(CallId id, string text, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("call.ask", actor, async work =>
        {
            var call = await work.Db.Calls.SingleOrDefaultAsync(c => c.Id == id, cancel) ?? throw new NotFound("call", id.Value);
            if (!call.TakesQuestionsAt(work.Now)) throw new RuleBroken(FundRules.QuestionsShut, call.Dates.QuestionsEnd.ClosesAt);
            if (string.IsNullOrWhiteSpace(text) || text.Length > Question.LongestText) throw new RuleBroken(FundRules.QuestionEmpty, Question.LongestText);
            var number = await work.Db.Questions.CountAsync(q => q.CallId == id, cancel) + 1;
            work.Db.Questions.Add(new Question
            {
                Id = work.NewId<QuestionId>(),
                CallId = id,
                Round = call.Round,
                Number = number,
                Text = text.Trim(),
                AskedAt = work.Now,
                AskedBy = actor.PersonId ?? throw new RuleBroken(FundRules.QuestionEmpty, Question.LongestText),
            });
            work.Happened(new QuestionAsked(id, number));
            return number;
        }, new ActNote("call", id.Value), cancel);
}
