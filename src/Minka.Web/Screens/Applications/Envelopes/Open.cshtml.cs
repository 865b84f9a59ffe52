using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Applications;
using Minka.Core.Database;
using Minka.Core.Fund;
using Minka.Core.Kernel;
using Minka.Web.Access;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Applications.Envelopes;

public sealed record OpenedRow(Guid Id, string Code, string Title, string Entity, string Holder, Money Requested, Money TotalCost, ApplicationState State, Digest Digest);

/// <summary>Before the opening everybody sees counts only; the act opens all envelopes at once.</summary>
[May(Role.Operator, Role.Board, Role.Auditor)]
public sealed class OpenModel(AppDb db, OpenEnvelopes open) : Screen
{
    public Call Call { get; private set; } = null!;

    public int Received { get; private set; }

    public int Withdrawn { get; private set; }

    public bool IsOpened => Call.State is not (CallState.Draft or CallState.Published or CallState.Integrated or CallState.Open or CallState.Closed);

    public bool IsClosed => Call.State is CallState.Closed || (Call.State is CallState.Open && Call.Dates.Close.HasPassedAt(Now));

    public IReadOnlyList<OpenedRow> Opened { get; private set; } = [];

    public override async Task LoadAsync()
    {
        var slug = Route("call");
        Call = await db.Calls.AsNoTracking().SingleOrDefaultAsync(c => c.Slug == slug) ?? throw new NotFound("call", slug);
        Received = await db.Applications.CountAsync(a => a.CallId == Call.Id && a.LastSubmissionId != null && a.State != ApplicationState.Withdrawn);
        Withdrawn = await db.Applications.CountAsync(a => a.CallId == Call.Id && a.State == ApplicationState.Withdrawn && a.LastSubmissionId != null);
        if (!IsOpened) return;
        Opened = await (
            from o in db.OpenedApplications.AsNoTracking()
            where o.CallId == Call.Id
            join a in db.Applications on o.ApplicationId equals a.Id
            orderby o.Code
            select new OpenedRow(o.ApplicationId.Value, o.Code, o.Title, o.Entity, o.Holder, o.Requested, o.TotalCost, a.State, o.ContentDigest)).ToListAsync();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!May(Role.Operator)) return StatusCode(StatusCodes.Status403Forbidden);
        await LoadAsync();
        var count = await open.ExecuteAsync(Call.Id, Actor, HttpContext.RequestAborted);
        TempData["said"] = T.Count(count, "applications.opening.done.one", "applications.opening.done.many");
        return LocalRedirect($"/convocatorias/{Call.Slug}/apertura");
    }
}
