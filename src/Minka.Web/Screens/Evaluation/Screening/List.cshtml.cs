using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Applications;
using Minka.Core.Database;
using Minka.Core.Evaluation;
using Minka.Core.Fund;
using Minka.Web.Access;

namespace Minka.Web.Screens.Evaluation.Screening;

public sealed record ScreeningLine(Guid Id, string Code, string Entity, string Title, ApplicationState State, ReviewState? Review, DateTime? CureUntil);

[May(Role.Operator, Role.Board, Role.Auditor)]
public sealed class ListModel(AppDb db, StartScreening start) : CallDesk(db)
{
    public IReadOnlyList<ScreeningLine> Lines { get; private set; } = [];

    public bool MayStart => IsOperator && Call.State == CallState.Opened;

    public int Count(params ReviewState[] states) => Lines.Count(l => l.Review is { } r && states.Contains(r) && l.State != ApplicationState.Withdrawn);

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        var id = Call.Id;
        var files = await Db.Applications.Where(a => a.CallId == id && a.Code != null).OrderBy(a => a.Code).ToListAsync();
        var opened = await Db.OpenedApplications.Where(o => o.CallId == id).Select(o => new { o.ApplicationId, o.Entity, o.Title }).ToDictionaryAsync(o => o.ApplicationId);
        var reviews = await Db.Reviews.Where(r => r.CallId == id).ToDictionaryAsync(r => r.ApplicationId);
        Lines = [.. files.Where(f => opened.ContainsKey(f.Id)).Select(f => new ScreeningLine(f.Id.Value, f.Code!, opened[f.Id].Entity, opened[f.Id].Title, f.State,
            reviews.GetValueOrDefault(f.Id)?.State, reviews.GetValueOrDefault(f.Id)?.CureUntil))];
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        if (!IsOperator) return StatusCode(StatusCodes.Status403Forbidden);
        await start.ExecuteAsync(Call.Id, Actor);
        Say("evaluation.screening.started");
        return Redirect($"/convocatorias/{Call.Slug}/admisibilidad");
    }
}
