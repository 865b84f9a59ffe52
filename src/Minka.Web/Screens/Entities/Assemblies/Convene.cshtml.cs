using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Web.Access;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Entities.Assemblies;

[May(Role.Secretary)]
public sealed class ConveneModel(AppDb db, ConveneAssembly convene) : Screen
{
    [BindProperty]
    public string? Subject { get; set; }

    [BindProperty]
    public string? Place { get; set; }

    [BindProperty]
    public string? First { get; set; }

    [BindProperty]
    public string? Second { get; set; }

    [BindProperty]
    public string? Until { get; set; }

    public CoordinationEntity Entity { get; private set; } = null!;

    public int Members { get; private set; }

    public DateOnly Earliest => Today.AddDays(Entity.Template.NoticeDays.Value);

    public override async Task LoadAsync()
    {
        var slug = Route("entity");
        Entity = await db.CoordinationEntities.SingleOrDefaultAsync(e => e.Slug == slug) ?? throw new NotFound("entity", slug);
        var today = Today;
        Members = await db.Members.CountAsync(m => m.EntityId == Entity.Id && m.MandateFrom <= today && today <= m.MandateTo);
        var day = Earliest.AddDays(1);
        First ??= TypedTime.OfInstant(LegalTime.ToUtc(day, new TimeOnly(9, 0)));
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (string.IsNullOrWhiteSpace(Subject)) Fault(nameof(Subject), "rule." + EntitiesRules.TitleMissing);
        if (string.IsNullOrWhiteSpace(Place)) Fault(nameof(Place), "rule." + EntitiesRules.PlaceMissing);
        if (!TypedTime.TryInstant(First, out var first)) Fault(nameof(First), "entities.time-invalid", First);
        DateTime? second = null;
        if (!string.IsNullOrWhiteSpace(Second))
        {
            if (TypedTime.TryInstant(Second, out var read)) second = read;
            else Fault(nameof(Second), "entities.time-invalid", Second);
        }
        DateTime? until = null;
        if (!string.IsNullOrWhiteSpace(Until))
        {
            if (TypedTime.TryInstant(Until, out var end)) until = end;
            else Fault(nameof(Until), "entities.time-invalid", Until);
        }
        First ??= "";
        Second ??= "";
        if (!ModelState.IsValid) return await AgainAsync();
        await LoadAsync();
        var id = await convene.ExecuteAsync(Entity.Id, new ConvocationInput(Subject!, Place!, first, second, until), Actor);
        Say("entities.convene.done");
        return Redirect($"/asambleas/{id.Value}");
    }
}
