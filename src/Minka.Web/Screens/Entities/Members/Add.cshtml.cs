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
public sealed class AddModel(AppDb db, AddMember add, Country country) : Screen, IMemberPage
{
    [BindProperty]
    public MemberForm Input { get; set; } = new();

    public CoordinationEntity Entity { get; private set; } = null!;

    public override async Task LoadAsync()
    {
        var slug = Route("entity");
        Entity = await db.CoordinationEntities.SingleOrDefaultAsync(e => e.Slug == slug) ?? throw new NotFound("entity", slug);
        Input.From ??= TypedTime.OfDay(Today);
        Input.To ??= TypedTime.OfDay(Today.AddYears(Entity.Template.Term?.Years ?? 2).AddDays(-1));
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (await Input.ReadAsync(db, country, (field, key, args) => Fault(field, key, args)) is not { } input) return await AgainAsync();
        await LoadAsync();
        await add.ExecuteAsync(Entity.Id, input, Actor);
        Say("entities.member.add.done", input.Organisation);
        return Redirect($"/entidades/{Entity.Slug}/miembros");
    }
}
