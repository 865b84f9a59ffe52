using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Entities.Prioritisation;
using Minka.Core.Kernel;
using Minka.Web.Access;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Entities.Prioritisation;

/// <summary>A recording beside each option, for who reads little: uploaded one by one, heard before the session is fixed.</summary>
[May(Role.Secretary)]
public sealed class SoundsModel(AppDb db, SetOptionSound set) : Screen
{
    [BindProperty]
    public string? Option { get; set; }

    [BindProperty]
    public IFormFile? Sound { get; set; }

    public CoordinationEntity Entity { get; private set; } = null!;

    public PrioritisationSession Session { get; private set; } = null!;

    public IReadOnlySet<string> There { get; private set; } = new HashSet<string>();

    public override async Task LoadAsync()
    {
        var (slug, id) = (Route("entity"), PrioritisationId.From(RouteId("session")));
        Entity = await db.CoordinationEntities.SingleOrDefaultAsync(e => e.Slug == slug) ?? throw new NotFound("entity", slug);
        Session = await db.PrioritisationSessions.SingleOrDefaultAsync(s => s.Id == id && s.EntityId == Entity.Id) ?? throw new NotFound("prioritisation", id.Value);
        There = (await db.OptionSounds.Where(s => s.SessionId == id).Select(s => s.OptionId).ToListAsync()).ToHashSet(StringComparer.Ordinal);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        if (Sound is not { Length: > 0 } file) throw new RuleBroken("file.empty");
        // More is not read into memory: it would be refused anyway.
        var bytes = new byte[Math.Min(file.Length, (SetOptionSound.LargestKilobytes * 1_000) + 1)];
        await using (var stream = file.OpenReadStream()) await stream.ReadExactlyAsync(bytes, HttpContext.RequestAborted);
        await set.ExecuteAsync(Session.Id, Option ?? "", bytes, file.FileName, Actor, HttpContext.RequestAborted);
        Say("priority.sounds.done");
        return Redirect($"/entidades/{Entity.Slug}/priorizaciones/{Session.Id.Value}/sonidos");
    }
}
