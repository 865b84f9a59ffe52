using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Applications;
using Minka.Core.Database;
using Minka.Core.Fund;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.Core.Rules;
using Minka.Web.Access;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Applications.Envelopes;

public sealed record RecordFile(Guid Id, string Name, long Size, Digest Sha256, FilePurpose Purpose, string Subject);

/// <summary>An application after the opening, with what is withheld from the public.</summary>
[May(Role.Operator, Role.Board, Role.Auditor, Role.Evaluator, Role.Manager, Role.Secretary)]
public sealed class RecordModel(AppDb db) : Screen
{
    RulePack pack = null!;

    public OpenedApplication Opened { get; private set; } = null!;

    public PublicPart Public { get; private set; } = null!;

    public WithheldPart Withheld { get; private set; } = null!;

    public ApplicationState State { get; private set; }

    public string CallTitle { get; private set; } = "";

    public string CallSlug { get; private set; } = "";

    public IReadOnlyList<RecordFile> Files { get; private set; } = [];

    public bool MayDisqualify { get; private set; }

    /// <summary>How many of the call's applications the same plan writer wrote.</summary>
    public int OfWriter { get; private set; }

    public string CriterionName(string id) => pack.Criteria.Items.FirstOrDefault(c => c.Id == id)?.Name.In(T.Language) ?? id;

    public string Say(RecordFile file) => file.Purpose == FilePurpose.Letter
        ? T["applications.record.letter", Enum.TryParse<FundingSource>(file.Subject, ignoreCase: true, out var source) ? T.Of(source) : file.Subject]
        : pack.Admissibility.FirstOrDefault(r => r.Id == file.Subject)?.Text.In(T.Language) ?? file.Subject;

    public override async Task<IActionResult> OnGetAsync()
    {
        var id = new ApplicationId(RouteId("application"));
        var application = await db.Applications.AsNoTracking().SingleAsync(a => a.Id == id);
        // Roles over the platform pass every scope: before the opening nobody but the entity reads, not even they.
        if (application.IsSealed || await db.OpenedApplications.AsNoTracking().SingleOrDefaultAsync(o => o.ApplicationId == id) is not { } opened)
            return StatusCode(StatusCodes.Status403Forbidden);
        if (!await HttpContext.MayReadFileAsync(db, id)) return StatusCode(StatusCodes.Status403Forbidden);
        (Opened, Public, Withheld, State) = (opened, opened.ReadPublic(), opened.ReadWithheld(), application.State);
        var call = await db.Calls.AsNoTracking().SingleAsync(c => c.Id == application.CallId);
        (CallTitle, CallSlug) = (call.Title, call.Slug);
        MayDisqualify = May(Role.Operator) && Application.Table.May(State, "disqualify") && DisqualifyApplication.MayIn(call.State);
        pack = (await FrozenReads.RulesAsync(db, call.Id, call.Round))!.Pack;
        // Where the rules hide who applies, an evaluator reads the file beside the criteria, without its names.
        if (!May(Role.Operator, Role.Board, Role.Auditor, Role.Manager, Role.Secretary) && !pack.Evaluation.IdentityShown.Value) return StatusCode(StatusCodes.Status403Forbidden);
        if (Public.Terms?.PlanWriter is { } writer)
        {
            var callId = application.CallId;
            OfWriter = (await db.OpenedApplications.AsNoTracking().Where(o => o.CallId == callId).ToListAsync()).Count(o => o.ReadPublic().Terms?.PlanWriter == writer);
        }
        Files = await (
            from f in db.ApplicationFiles.AsNoTracking()
            where f.ApplicationId == id
            join s in db.StoredFiles on f.StoredFileId equals s.Id
            orderby f.Order
            select new RecordFile(s.Id.Value, s.Name, s.Size, s.Sha256, f.Purpose, f.Subject)).ToListAsync();
        return Page();
    }
}
