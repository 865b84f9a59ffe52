using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Applications;
using Minka.Core.Database;
using Minka.Core.Evaluation;
using Minka.Core.Fund;
using Minka.Web.Access;
using Minka.Web.Api;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Evaluation.Screening;

public sealed record ScreeningLine(Guid Id, string Code, string Entity, string Title, ApplicationState State, ReviewState? Review, DateTime? CureUntil);

[May(Role.Operator, Role.Board, Role.Auditor)]
public sealed class ListModel(AppDb db, StartScreening start) : CallDesk(db), IListed
{
    public IReadOnlyList<ScreeningLine> Lines { get; private set; } = [];

    public bool MayStart => IsOperator && Call.State == CallState.Opened;

    public const int Size = 50;

    [BindProperty(SupportsGet = true, Name = "pagina")]
    public int Number { get; set; } = 1;

    public int Total { get; private set; }

    IReadOnlyDictionary<ReviewState, int> counts = new Dictionary<ReviewState, int>();

    public int Count(params ReviewState[] states) => states.Sum(s => counts.GetValueOrDefault(s));

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        var id = Call.Id;
        Total = await Files.CountAsync();
        Number = Math.Clamp(Number, 1, Math.Max(1, (Total + Size - 1) / Size));
        counts = await (from r in Db.Reviews join a in Db.Applications on r.ApplicationId equals a.Id where r.CallId == id && a.State != ApplicationState.Withdrawn group r by r.State into g select new { g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Key, g => g.Count);
        Lines = await SliceAsync((Number - 1) * Size, Size);
    }

    IQueryable<Application> Files
    {
        get
        {
            var (id, opened) = (Call.Id, Db.OpenedApplications);
            return Db.Applications.Where(a => a.CallId == id && a.Code != null && opened.Any(o => o.ApplicationId == a.Id));
        }
    }

    async Task<IReadOnlyList<ScreeningLine>> SliceAsync(int from, int count)
    {
        var files = await Files.OrderBy(a => a.Code).Skip(from).Take(count).ToListAsync();
        var ids = files.ConvertAll(f => f.Id);
        var opened = await Db.OpenedApplications.Where(o => ids.Contains(o.ApplicationId)).Select(o => new { o.ApplicationId, o.Entity, o.Title }).ToDictionaryAsync(o => o.ApplicationId);
        var reviews = await Db.Reviews.Where(r => ids.Contains(r.ApplicationId)).ToDictionaryAsync(r => r.ApplicationId);
        return [.. files.Select(f => new ScreeningLine(f.Id.Value, f.Code!, opened[f.Id].Entity, opened[f.Id].Title, f.State,
            reviews.GetValueOrDefault(f.Id)?.State, reviews.GetValueOrDefault(f.Id)?.CureUntil))];
    }

    /// <summary>What the list says of a file: what became of the application, or how its review stands.</summary>
    public string StateOf(ScreeningLine line) => line.State is ApplicationState.Withdrawn or ApplicationState.Disqualified || line.Review is null
        ? T["evaluation.application-state." + line.State.ToString().ToLowerInvariant()] : T.Of(line.Review.Value);

    public TableFile ToFile() => new($"{Call.Slug}-admisibilidad",
        [T["evaluation.file.code"], T["evaluation.file.entity"], T["evaluation.file.programme"], T["evaluation.state"], T["evaluation.screening.until"]],
        Listing.AllAsync(SliceAsync).Select(l => (IReadOnlyList<object?>)[l.Code, l.Entity, l.Title, StateOf(l), l.Review == ReviewState.Observed ? l.CureUntil : null]));

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        if (!IsOperator) return StatusCode(StatusCodes.Status403Forbidden);
        await start.ExecuteAsync(Call.Id, Actor);
        Say("evaluation.screening.started");
        return Redirect($"/convocatorias/{Call.Slug}/admisibilidad");
    }
}
