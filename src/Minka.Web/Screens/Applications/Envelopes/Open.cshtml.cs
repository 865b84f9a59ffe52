using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Applications;
using Minka.Core.Awards;
using Minka.Core.Database;
using Minka.Core.Fund;
using Minka.Core.Fund.Calls;
using Minka.Core.Kernel;
using Minka.Web.Access;
using Minka.Web.Api;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Applications.Envelopes;

public sealed record OpenedRow(Guid Id, string Code, string Title, string Entity, string Holder, Money Requested, Money TotalCost, ApplicationState State, Digest Digest);

/// <summary>
/// Before the opening everybody sees counts only; the act opens all envelopes at once. Where the rules ask several officials, one
/// asks for it and another confirms.
/// </summary>
[May(Role.Operator, Role.Board, Role.Auditor)]
public sealed class OpenModel(AppDb db, OpenEnvelopes open, AskOpening ask) : Screen, IListed
{
    public const int Size = 50;

    [BindProperty(SupportsGet = true, Name = "pagina")]
    public int Number { get; set; } = 1;

    public int Total { get; private set; }

    public Call Call { get; private set; } = null!;

    public int Received { get; private set; }

    public int Withdrawn { get; private set; }

    public bool IsOpened => Call.State is not (CallState.Draft or CallState.Published or CallState.Integrated or CallState.Open or CallState.Closed);

    public bool IsClosed => Call.State is CallState.Closed || (Call.State is CallState.Open && Call.Dates.Close.HasPassedAt(Now));

    public IReadOnlyList<OpenedRow> Opened { get; private set; } = [];

    /// <summary>How many officials the rules ask.</summary>
    public int Officials { get; private set; } = 1;

    public IReadOnlyList<OpeningConsent> Consents { get; private set; } = [];

    public bool HasConsented => Consents.Any(c => c.PersonId == Person?.Id);

    public bool OpensNow => Consents.Count >= Officials - 1;

    public bool MayAct => May(Role.Operator, Role.Board);

    public bool IsDeserted { get; private set; }

    public override async Task LoadAsync()
    {
        var slug = Route("call");
        Call = await db.Calls.AsNoTracking().SingleOrDefaultAsync(c => c.Slug == slug) ?? throw new NotFound("call", slug);
        Received = await db.Applications.CountAsync(a => a.CallId == Call.Id && a.LastSubmissionId != null && a.State != ApplicationState.Withdrawn);
        Withdrawn = await db.Applications.CountAsync(a => a.CallId == Call.Id && a.State == ApplicationState.Withdrawn && a.LastSubmissionId != null);
        if (IsClosed)
        {
            if (await FrozenReads.RulesAsync(db, Call.Id, Call.Round) is { } rules) Officials = Openings.Officials(rules);
            Consents = await Openings.ConsentsAsync(db, Call);
            IsDeserted = await Deserted.MayBeDeclaredAsync(db, Call);
        }
        if (!IsOpened) return;
        Total = await db.OpenedApplications.CountAsync(o => o.CallId == Call.Id);
        Number = Math.Clamp(Number, 1, Math.Max(1, (Total + Size - 1) / Size));
        Opened = await SliceAsync((Number - 1) * Size, Size);
    }

    async Task<IReadOnlyList<OpenedRow>> SliceAsync(int from, int count) =>
        !IsOpened ? [] : await (
            from o in db.OpenedApplications.AsNoTracking()
            where o.CallId == Call.Id
            join a in db.Applications on o.ApplicationId equals a.Id
            orderby o.Code
            select new OpenedRow(o.ApplicationId.Value, o.Code, o.Title, o.Entity, o.Holder, o.Requested, o.TotalCost, a.State, o.ContentDigest)).Skip(from).Take(count).ToListAsync();

    public TableFile ToFile() => new($"{Call.Slug}-apertura",
        [T["applications.opening.code"], T["applications.review.programme"], T["applications.review.promoter"], T["applications.holder.name"], T["applications.requested"], T["applications.cost"], T["applications.opening.state"], T["applications.receipt.content"]],
        Listing.AllAsync(SliceAsync).Select(r => (IReadOnlyList<object?>)[r.Code, r.Title, r.Entity, r.Holder, r.Requested, r.TotalCost, T.Of(r.State), r.Digest.Hex]));

    public async Task<IActionResult> OnPostAsync()
    {
        if (!MayAct) return StatusCode(StatusCodes.Status403Forbidden);
        await LoadAsync();
        var count = await open.ExecuteAsync(Call.Id, Actor, HttpContext.RequestAborted);
        TempData["said"] = T.Count(count, "applications.opening.done.one", "applications.opening.done.many");
        return LocalRedirect($"/convocatorias/{Call.Slug}/apertura");
    }

    public async Task<IActionResult> OnPostAskAsync()
    {
        if (!MayAct) return StatusCode(StatusCodes.Status403Forbidden);
        await LoadAsync();
        await ask.ExecuteAsync(Call.Id, Actor, HttpContext.RequestAborted);
        Say("applications.opening.ask.done");
        return LocalRedirect($"/convocatorias/{Call.Slug}/apertura");
    }
}
