using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Awards;
using Minka.Core.Database;
using Minka.Core.Fund;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.Web.Access;
using Minka.Web.Layout;
using Minka.Web.Screens.Agreements;

namespace Minka.Web.Screens.Awards.Runs;

/// <summary>The approved award as a sheet to be signed. Everybody reads it once it is published; the fund's people before.</summary>
[Public]
public sealed class SheetModel(AppDb db, AttachSignature attach) : Screen, ISignedPage
{
    public AwardReading Award { get; private set; } = null!;

    /// <summary>Whom the award funds.</summary>
    public IReadOnlyList<NamedLine> Funded { get; private set; } = [];

    public CallRules Rules { get; private set; } = null!;

    public Call Call { get; private set; } = null!;

    public IReadOnlyList<(Signature Signature, StoredFile File)> Signatures { get; private set; } = [];

    public long? Leaf { get; private set; }

    public bool MaySign => May(Role.Operator);

    public string Code => ShortCode.Of(Award.Run.ResultDigest.ToBytes()).ToString();

    [BindProperty]
    public IFormFile? Evidence { get; set; }

    [BindProperty]
    public IFormFile? Signed { get; set; }

    [BindProperty]
    public string? Signers { get; set; }

    public override async Task LoadAsync()
    {
        var id = RunId.From(RouteId("run"));
        var run = await db.SelectionRuns.SingleOrDefaultAsync(r => r.Id == id && r.State == RunState.Approved) ?? throw new NotFound("run", id.Value);
        var callId = run.CallId;
        Call = await db.Calls.SingleAsync(c => c.Id == callId);
        if (Call.State != CallState.Awarded && !May(Role.Operator, Role.Board, Role.Auditor)) throw new NotFound("run", id.Value);
        Award = await AwardReading.OfAsync(db, run);
        Funded = await Award.NamedAsync(db, Award.Lines.Where(l => l.Decision.IsFunded).ToList());
        var round = Call.Round;
        Rules = CallRules.Of(await db.Freezes.SingleAsync(f => f.CallId == callId && f.Round == round && f.Number == 2));
        Signatures = await SignedPages.OfAsync(db, SelectionRun.Subject, id.Value);
        Leaf = await SignedPages.LeafAsync(db, "award.approve", id.Value);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        if (!MaySign) return StatusCode(StatusCodes.Status403Forbidden);
        if (await SignedPages.AttachAsync(this, ModelState, T, attach, new(SelectionRun.Subject, Award.Run.Id.Value, Award.Run.ResultDigest), Actor) is false) return await AgainAsync();
        Say("agreement.sign.done");
        return Redirect($"/premiaciones/{Award.Run.Id.Value}");
    }
}
