using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Applications;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Rules.Calendars;
using Minka.Web.Access;

namespace Minka.Web.Screens.Applications.Drafts;

/// <summary>Check your answers, and send. The key is made with the page: whatever happens on the way, a repetition counts once.</summary>
[May(Role.Manager)]
public sealed class ReviewModel(ApplicationCases cases, SubmitApplication submit, IEntropy entropy, TimeProvider time, AppDb db) : ApplicationScreen(cases)
{
    [BindProperty]
    public Guid Key { get; set; }

    /// <summary>Digest of the content that the page shows.</summary>
    [BindProperty]
    public string? Seen { get; set; }

    /// <summary>Whether exactly this was received already: sending it again would only make a second receipt of the same.</summary>
    public bool IsSent { get; private set; }

    public int BusinessDaysLeft => BusinessCalendar.Peru.BusinessDaysBetween(Today, Case.Call.Dates.Close.Day);

    public IReadOnlyList<FormalCheck> Blocking { get; private set; } = [];

    public IReadOnlyList<FormalCheck> Lacking { get; private set; } = [];

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        var failing = Case.Checks().Where(c => c.Fails).ToList();
        (Blocking, Lacking) = ([.. failing.Where(c => c.Blocks)], [.. failing.Where(c => !c.Blocks)]);
        // Shown again after a refusal it shows another content, or the same one anew: either way a new attempt.
        (Key, Seen) = (entropy.NewId(time), Case.Content.Digest().Hex);
        var content = Case.Content.Digest();
        IsSent = Application is { State: ApplicationState.Submitted, LastSubmissionId: { } last } && await db.Submissions.AnyAsync(s => s.Id == last && s.ContentDigest == content);
        ModelState.Remove(nameof(Key));
        ModelState.Remove(nameof(Seen));
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!Digest.TryParse(Seen, out var seen) || Key == Guid.Empty) return BadRequest();
        var receipt = await submit.ExecuteAsync(Id, new(Key), seen, Actor, HttpContext.RequestAborted);
        return LocalRedirect($"{Home}/constancia?envio={receipt.SubmissionId.Value}&recibida=true");
    }

    public string Or(string text) => text.Length > 0 ? text : T["applications.review.none"];
}
