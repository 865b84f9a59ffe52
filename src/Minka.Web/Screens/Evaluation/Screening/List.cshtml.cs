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
        // Every opened envelope is a file of this list, with the application's call and code.
        Total = await Db.OpenedApplications.CountAsync(o => o.CallId == id);
        Number = Math.Clamp(Number, 1, Math.Max(1, (Total + Size - 1) / Size));
        var all = await Db.Reviews.Where(r => r.CallId == id).GroupBy(r => r.State).Select(g => new { g.Key, Count = g.Count() }).ToListAsync();
        var withdrawn = await (from a in Db.Applications join r in Db.Reviews on a.Id equals r.ApplicationId where a.CallId == id && a.State == ApplicationState.Withdrawn group r by r.State into g select new { g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Key, g => g.Count);
        counts = all.ToDictionary(g => g.Key, g => g.Count - withdrawn.GetValueOrDefault(g.Key));
        Lines = await SliceAsync((Number - 1) * Size, Size);
    }

    async Task<IReadOnlyList<ScreeningLine>> SliceAsync(int from, int count)
    {
        var id = Call.Id;
        var opened = await Db.OpenedApplications.Where(o => o.CallId == id).OrderBy(o => o.Code).Skip(from).Take(count).Select(o => new { o.ApplicationId, o.Code, o.Entity, o.Title }).ToListAsync();
        var ids = opened.ConvertAll(o => o.ApplicationId);
        var states = await Db.Applications.Where(a => ids.Contains(a.Id)).Select(a => new { a.Id, a.State }).ToDictionaryAsync(a => a.Id, a => a.State);
        var reviews = await Db.Reviews.Where(r => ids.Contains(r.ApplicationId)).ToDictionaryAsync(r => r.ApplicationId);
        return [.. opened.Select(o => new ScreeningLine(o.ApplicationId.Value, o.Code, o.Entity, o.Title, states[o.ApplicationId],
            reviews.GetValueOrDefault(o.ApplicationId)?.State, reviews.GetValueOrDefault(o.ApplicationId)?.CureUntil))];
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
