using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Territories;
using Minka.Web.Access;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Entities.Members;

[May(Role.Secretary)]
public sealed class ChangeModel(AppDb db, ChangeMember change, EndMandate end, Country country) : Screen, IMemberPage
{
    [BindProperty]
    public MemberForm Input { get; set; } = new();

    [BindProperty]
    public int Version { get; set; }

    [BindProperty]
    public string? Why { get; set; }

    public CoordinationEntity Entity { get; private set; } = null!;

    public Member Member { get; private set; } = null!;

    /// <summary>Who speaks and spoke for it, the newest first.</summary>
    public IReadOnlyList<Representation> History { get; private set; } = [];

    public override async Task LoadAsync()
    {
        var slug = Route("entity");
        var id = MemberId.From(RouteId("member"));
        Entity = await db.CoordinationEntities.SingleOrDefaultAsync(e => e.Slug == slug) ?? throw new NotFound("entity", slug);
        // The role counts in this entity only: a member of another one is not found here.
        Member = await db.Members.SingleOrDefaultAsync(m => m.Id == id && m.EntityId == Entity.Id) ?? throw new NotFound("member", id.Value);
        History = await db.Representations.Where(r => r.MemberId == id).OrderByDescending(r => r.From).ThenBy(r => r.IsAlternate).ThenByDescending(r => r.EndedAt).Take(50).ToListAsync();
        if (Input.Organisation is not null) return;
        Version = Member.Version;
        var person = Member.RepresentativePersonId is { } known ? await db.People.Where(p => p.Id == known).Select(p => p.UserName).SingleOrDefaultAsync() : null;
        var profile = await db.MemberProfiles.SingleOrDefaultAsync(p => p.MemberId == id);
        Input = MemberForm.Of(Member, profile, History.FirstOrDefault(r => !r.IsAlternate && r.EndedAt is null), History.FirstOrDefault(r => r.IsAlternate && r.EndedAt is null), person);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var input = await Input.ReadAsync(db, country, (field, key, args) => Fault(field, key, args));
        if (input is null) return await AgainAsync();
        await LoadAsync();
        await change.ExecuteAsync(Member.Id, Version, input, Actor);
        Say("entities.member.change.done", input.Organisation);
        return Redirect($"/entidades/{Entity.Slug}/miembros");
    }

    public async Task<IActionResult> OnPostEndAsync()
    {
        await LoadAsync();
        await end.ExecuteAsync(Member.Id, Why ?? "", Actor);
        Say("entities.member.end.done", Member.Organisation);
        return Redirect($"/entidades/{Entity.Slug}/miembros");
    }
}
