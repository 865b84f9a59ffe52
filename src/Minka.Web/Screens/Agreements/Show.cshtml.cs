using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Agreements;
using Minka.Core.Awards;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Fund;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.Core.Rules.Calendars;
using Minka.Web.Access;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Agreements;

/// <summary>The agreement as everybody reads it; its parties act on it here.</summary>
[Public]
public sealed class ShowModel(AppDb db, ConcludeAgreement conclude, LapseAgreement lapse, AttachSignature attach) : Screen, ISignedPage
{
    public Agreement Agreement { get; private set; } = null!;

    public AgreementContent Text { get; private set; } = null!;

    public string CallSlug { get; private set; } = "";

    /// <summary>The resolution that adopted the programme, by the number under which the entity shows it.</summary>
    public string ResolutionCode { get; private set; } = "–";

    public IReadOnlyList<(Signature Signature, StoredFile File)> Signatures { get; private set; } = [];

    public long? Leaf { get; private set; }

    /// <summary>Who moved up when this agreement lapsed; null where it did not.</summary>
    public ReserveRound? Reserve { get; private set; }

    public bool IsFund => May(Role.Operator);

    public bool IsEntity => May(Role.Manager);

    public bool InTime => new Deadline(Agreement.SignUntil).IsOpenAt(Now);

    public bool MaySign => IsFund && Agreement.State == AgreementState.Concluded;

    public int BusinessDays => Math.Max(0, BusinessCalendar.Peru.BusinessDaysBetween(Today, Text.SignBy));

    public string Code => ShortCode.Of(Agreement.ContentDigest.ToBytes()).ToString();

    [BindProperty]
    public string? Why { get; set; }

    [BindProperty]
    public IFormFile? Evidence { get; set; }

    [BindProperty]
    public IFormFile? Signed { get; set; }

    [BindProperty]
    public string? Signers { get; set; }

    public override async Task LoadAsync()
    {
        var id = AgreementId.From(RouteId("agreement"));
        Agreement = await db.Agreements.SingleOrDefaultAsync(a => a.Id == id) ?? throw new NotFound("agreement", id.Value);
        Text = Agreement.Read();
        var call = Agreement.CallId;
        CallSlug = await db.Calls.Where(c => c.Id == call).Select(c => c.Slug).SingleAsync();
        var (entity, number) = (Agreement.EntityId, Text.ResolutionNumber);
        ResolutionCode = (await db.Resolutions.SingleOrDefaultAsync(r => r.EntityId == entity && r.Number == number))?.Code ?? "–";
        Signatures = await SignedPages.OfAsync(db, Agreement.Subject, id.Value);
        Leaf = Agreement.State == AgreementState.Concluded
            ? new[] { await SignedPages.LeafAsync(db, "agreement.approve-fund", id.Value), await SignedPages.LeafAsync(db, "agreement.approve-entity", id.Value) }.Max()
            : null;
        if (Agreement.State != AgreementState.Lapsed) return;
        var run = Agreement.RunId;
        Reserve = (await db.ReserveRounds.Where(r => r.RunId == run).OrderBy(r => r.Number).ToListAsync()).FirstOrDefault(r => r.Withdrawn.Contains(Text.Application));
    }

    public async Task<IActionResult> OnPostApproveFundAsync()
    {
        await LoadAsync();
        if (!IsFund) return StatusCode(StatusCodes.Status403Forbidden);
        await conclude.ApproveByFundAsync(Agreement.Id, new Actor(Person!.Id, Role.Operator.Word()));
        return Done("agreement.approved-fund");
    }

    public async Task<IActionResult> OnPostApproveEntityAsync()
    {
        await LoadAsync();
        if (!IsEntity) return StatusCode(StatusCodes.Status403Forbidden);
        await conclude.ApproveByEntityAsync(Agreement.Id, new Actor(Person!.Id, Role.Manager.Word()));
        return Done("agreement.approved-entity");
    }

    /// <summary>The entity declines.</summary>
    public async Task<IActionResult> OnPostDeclineAsync()
    {
        await LoadAsync();
        if (!IsEntity) return StatusCode(StatusCodes.Status403Forbidden);
        await lapse.ExecuteAsync(Agreement.Id, Why ?? "", declined: true, new Actor(Person!.Id, Role.Manager.Word()));
        return Done("agreement.lapsed");
    }

    /// <summary>The office notes that the term is over.</summary>
    public async Task<IActionResult> OnPostLapseAsync()
    {
        await LoadAsync();
        if (!IsFund) return StatusCode(StatusCodes.Status403Forbidden);
        await lapse.ExecuteAsync(Agreement.Id, Why ?? "", declined: false, new Actor(Person!.Id, Role.Operator.Word()));
        return Done("agreement.lapsed");
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        if (!IsFund) return StatusCode(StatusCodes.Status403Forbidden);
        if (!MaySign) throw new RuleBroken("state.forbidden", Agreement.Table.Machine, Agreement.State, "sign");
        if (await SignedPages.AttachAsync(this, ModelState, T, attach, new(Agreement.Subject, Agreement.Id.Value, Agreement.ContentDigest), new Actor(Person!.Id, Role.Operator.Word())) is false) return await AgainAsync();
        return Done("agreement.sign.done");
    }

    RedirectResult Done(string said)
    {
        Say(said, Agreement.Number);
        return Redirect($"/convenios/{Agreement.Id.Value}");
    }
}
