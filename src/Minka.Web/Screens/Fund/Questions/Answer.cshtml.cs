using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Fund;
using Minka.Core.Fund.Calls;
using Minka.Core.Kernel;
using Minka.Web.Access;

namespace Minka.Web.Screens.Fund.Questions;

[May(Role.Operator)]
public sealed class AnswerModel(AppDb db, AnswerQuestion answer) : CallScreen(db)
{
    [BindProperty]
    public string? Answer { get; set; }

    [BindProperty]
    public string? Changes { get; set; }

    [BindProperty]
    public int? Version { get; set; }

    public Question Question { get; private set; } = null!;

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        var number = int.Parse(Route("number"), System.Globalization.CultureInfo.InvariantCulture);
        Question = await Db.Questions.FirstOrDefaultAsync(q => q.CallId == Call.Id && q.Number == number) ?? throw new NotFound("question", Route("number"));
        Version ??= Question.Version;
        if (HttpMethods.IsGet(Request.Method)) (Answer, Changes) = (Question.Answer, Question.Changes);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        if (string.IsNullOrWhiteSpace(Answer))
        {
            Fault(nameof(Answer), "rule.call.answer-empty");
            return await AgainAsync();
        }
        await answer.ExecuteAsync(Question.Id, Version ?? 0, Answer, Changes, Actor, HttpContext.RequestAborted);
        Say("call.answer.done", Question.Number);
        return LocalRedirect($"{Base}/preguntas#p{Question.Number}");
    }
}
