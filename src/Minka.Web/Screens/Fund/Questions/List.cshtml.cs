using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Fund;
using Minka.Web.Access;
using Minka.Web.Api;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Fund.Questions;

[Public]
public sealed class ListModel(AppDb db) : CallScreen(db), IListed
{
    public const int Size = 50;

    [BindProperty(SupportsGet = true, Name = "pagina")]
    public int Number { get; set; } = 1;

    public int Total { get; private set; }

    public IReadOnlyList<Question> Questions { get; private set; } = [];

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        Total = await Db.Questions.CountAsync(q => q.CallId == Call.Id, HttpContext.RequestAborted);
        Number = Math.Clamp(Number, 1, Math.Max(1, (Total + Size - 1) / Size));
        Questions = await SliceAsync((Number - 1) * Size, Size);
    }

    async Task<IReadOnlyList<Question>> SliceAsync(int from, int count) =>
        await Db.Questions.Where(q => q.CallId == Call.Id).OrderBy(q => q.Number).Skip(from).Take(count).ToListAsync(HttpContext.RequestAborted);

    public TableFile ToFile() => new($"{Call.Slug}-preguntas",
        [T["call.questions.column.number"], T["call.questions.column.question"], T["call.questions.column.asked"], T["call.questions.answer"], T["call.questions.column.changes"], T["call.questions.column.answered"]],
        Listing.AllAsync(SliceAsync).Select(q => (IReadOnlyList<object?>)[q.Number, q.Text, q.AskedAt, q.Answer, q.Changes, q.AnsweredAt]));

    public bool MayAnswer(Question question) => IsOperator && Call.State == CallState.Published && question.Round == Call.Round;
}
