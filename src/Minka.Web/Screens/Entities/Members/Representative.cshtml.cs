using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.Web.Access;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Entities.Members;

[May(Role.Secretary)]
public sealed class RepresentativeModel(AppDb db, ReplaceRepresentative replace) : Screen
{
    const string Titular = "titular", Alternate = "alterno";

    [BindProperty]
    public string As { get; set; } = Titular;

    [BindProperty]
    public string? FullName { get; set; }

    [BindProperty]
    public string? Woman { get; set; }

    [BindProperty]
    public string? Account { get; set; }

    [BindProperty]
    public string? Power { get; set; }

    [BindProperty]
    public IFormFile? Paper { get; set; }

    [BindProperty]
    public string? Until { get; set; }

    [BindProperty]
    public string? Why { get; set; }

    [BindProperty]
    public int Version { get; set; }

    public CoordinationEntity Entity { get; private set; } = null!;

    public Member Member { get; private set; } = null!;

    public bool MayDelegate => Entity.Template.Attendance.MayDelegate(Member.InterestGroup);

    public IReadOnlyList<Components.Choice> Ways => MayDelegate
        ? [new(Titular, T["entities.member.as-representative"]), new(Alternate, T["entities.member.as-alternate"], T["entities.replace.alternate-hint"])]
        : [new(Titular, T["entities.member.as-representative"])];

    public override async Task LoadAsync()
    {
        var slug = Route("entity");
        var id = MemberId.From(RouteId("member"));
        Entity = await db.CoordinationEntities.SingleOrDefaultAsync(e => e.Slug == slug) ?? throw new NotFound("entity", slug);
        Member = await db.Members.SingleOrDefaultAsync(m => m.Id == id && m.EntityId == Entity.Id) ?? throw new NotFound("member", id.Value);
        if (HttpMethods.IsGet(Request.Method)) Version = Member.Version;
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        var isAlternate = As == Alternate;
        if (!isAlternate && string.IsNullOrWhiteSpace(FullName)) Fault(nameof(FullName), "rule." + EntitiesRules.RepresentativeMissing);
        if (string.IsNullOrWhiteSpace(Why)) Fault(nameof(Why), "rule." + EntitiesRules.WhyMissing);
        DateOnly? until = null;
        if (!string.IsNullOrWhiteSpace(Until))
        {
            if (TypedTime.TryDay(Until, out var day)) until = day;
            else Fault(nameof(Until), "rule." + EntitiesRules.CsvDateInvalid, Until);
        }
        var person = await MemberForm.PersonAsync(db, Account);
        if (!string.IsNullOrWhiteSpace(Account) && person is null) Fault(nameof(Account), "entities.member.person-unknown", Account.Trim());
        if (Paper is { Length: > FileStore.Largest }) Fault(nameof(Paper), "rule.file.too-large", FileStore.LargestMegabytes);
        if (!ModelState.IsValid) return await AgainAsync();
        byte[]? bytes = null;
        if (Paper is { Length: > 0 })
        {
            using var memory = new MemoryStream();
            await Paper.CopyToAsync(memory);
            bytes = memory.ToArray();
        }
        await replace.ExecuteAsync(Member.Id, Version, new(FullName, isAlternate, person, MemberForm.IsWoman(Woman), Power, until, Why!, bytes, Paper?.FileName ?? ""), Actor);
        Say("entities.replace.done", Member.Organisation);
        return Redirect($"/entidades/{Entity.Slug}/miembros/{Member.Id.Value}");
    }
}
