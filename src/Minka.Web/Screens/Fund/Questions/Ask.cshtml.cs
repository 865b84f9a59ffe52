using Microsoft.AspNetCore.Mvc;
using Minka.Core.Database;
using Minka.Core.Fund;
using Minka.Core.Fund.Calls;
using Minka.Web.Access;

namespace Minka.Web.Screens.Fund.Questions;

[SignedIn]
public sealed class AskModel(AppDb db, AskQuestion ask) : CallScreen(db)
{
    [BindProperty]
    public string? Text { get; set; }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        if (string.IsNullOrWhiteSpace(Text))
        {
            Fault(nameof(Text), "rule.call.question-empty", Question.LongestText);
            return await AgainAsync();
        }
        var number = await ask.ExecuteAsync(Call.Id, Text, Actor, HttpContext.RequestAborted);
        Say("call.ask.done", number);
        return LocalRedirect($"{Base}/preguntas#p{number}");
    }
}
