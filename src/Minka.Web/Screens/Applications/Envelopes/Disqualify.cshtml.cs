using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Agreements;
using Minka.Core.Applications;
using Minka.Core.Database;
using Minka.Core.Fund;
using Minka.Core.Kernel;
using Minka.Web.Access;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Applications.Envelopes;

/// <summary>The office takes an opened application out for falsity; what it had won falls with it.</summary>
[May(Role.Operator)]
public sealed class DisqualifyModel(AppDb db, DisqualifyApplication disqualify) : Screen
{
    public OpenedApplication Opened { get; private set; } = null!;

    public Call Call { get; private set; } = null!;

    public ApplicationState State { get; private set; }

    /// <summary>The agreement that would fall, if there is one.</summary>
    public Agreement? Agreement { get; private set; }

    public bool MayDisqualify => Application.Table.May(State, "disqualify") && DisqualifyApplication.MayIn(Call.State);

    [BindProperty]
    public string? Why { get; set; }

    [BindProperty]
    public bool Sure { get; set; }

    public override async Task LoadAsync()
    {
        var id = new ApplicationId(RouteId("application"));
        var application = await db.Applications.AsNoTracking().SingleAsync(a => a.Id == id);
        Opened = await db.OpenedApplications.AsNoTracking().SingleOrDefaultAsync(o => o.ApplicationId == id) ?? throw new NotFound("application", id.Value);
        Call = await db.Calls.AsNoTracking().SingleAsync(c => c.Id == application.CallId);
        State = application.State;
        Agreement = await db.Agreements.AsNoTracking().SingleOrDefaultAsync(a => a.ApplicationId == id && a.State != AgreementState.Lapsed);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        if (!May(Role.Operator)) return StatusCode(StatusCodes.Status403Forbidden);
        if (string.IsNullOrWhiteSpace(Why)) Fault(nameof(Why), "rule.application.why-missing");
        if (!Sure) Fault(nameof(Sure), "applications.disqualify.sure.missing");
        if (!ModelState.IsValid) return await AgainAsync();
        await disqualify.ExecuteAsync(Opened.ApplicationId, Why!, Actor, HttpContext.RequestAborted);
        Say("applications.disqualify.done", Opened.Code);
        return LocalRedirect($"/postulaciones/{Opened.ApplicationId.Value}/expediente");
    }
}
