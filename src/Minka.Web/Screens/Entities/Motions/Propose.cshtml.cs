using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Web.Access;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Entities.Motions;

[May(Role.Secretary, Role.Manager)]
public sealed class ProposeModel(AppDb db, ProposeMotion propose) : Screen
{
    [BindProperty]
    public string? Heading { get; set; }

    [BindProperty]
    public string? Resolved { get; set; }

    [BindProperty]
    public string? Revokes { get; set; }

    [BindProperty]
    public string? Majority { get; set; }

    /// <summary>Organisations that the motion touches, one a line, each with its number after a semicolon where it is known.</summary>
    [BindProperty]
    public string? Touches { get; set; }

    /// <summary>Members that it touches.</summary>
    [BindProperty]
    public Guid[] Concerned { get; set; } = [];

    public IReadOnlyList<(MemberId Id, string Organisation)> Members { get; private set; } = [];

    public CoordinationEntity Entity { get; private set; } = null!;

    public Assembly Assembly { get; private set; } = null!;

    public IReadOnlyList<Components.Choice> InForce { get; private set; } = [];

    public IReadOnlyList<Components.Choice> Majorities => [.. Entity.Template.Majorities.Select(m => new Components.Choice(m.Kind.ToString(), T.Of(m.Kind)))];

    public override async Task LoadAsync()
    {
        var id = AssemblyId.From(RouteId("assembly"));
        Assembly = await db.Assemblies.SingleOrDefaultAsync(a => a.Id == id) ?? throw new NotFound("assembly", id.Value);
        Entity = await db.CoordinationEntities.SingleAsync(e => e.Id == Assembly.EntityId);
        Members = [.. (await db.RollSeats.Where(s => s.AssemblyId == id).OrderBy(s => s.Organisation).Take(300).Select(s => new { s.MemberId, s.Organisation }).ToListAsync()).Select(s => (s.MemberId, s.Organisation))];
        var inForce = await db.Resolutions.Where(r => r.EntityId == Entity.Id && r.State == ResolutionState.InForce).OrderByDescending(r => r.Number).Take(100).ToListAsync();
        InForce = [.. inForce.Select(r => new Components.Choice(r.Id.Value.ToString(), $"{r.Code} · {r.Title}"))];
    }

    /// <summary>The form of a point that the convocation told, or of one that was voted without effect.</summary>
    public override async Task<IActionResult> OnGetAsync()
    {
        await LoadAsync();
        var id = Assembly.Id;
        if (int.TryParse(Request.Query["punto"], out var point)) Heading = await db.AgendaItems.Where(i => i.AssemblyId == id && i.Order == point).Select(i => i.Title).FirstOrDefaultAsync();
        if (int.TryParse(Request.Query["otra-vez"], out var before) && await db.Motions.FirstOrDefaultAsync(m => m.AssemblyId == id && m.Order == before && m.SubjectKind == null) is { } motion)
        {
            (Heading, Resolved, Majority) = (motion.Title, motion.Text, motion.Majority.ToString());
            Touches = string.Join('\n', (await db.MotionParties.Where(p => p.MotionId == motion.Id).OrderBy(p => p.Order).ToListAsync()).Select(p => p.Number is { } number ? $"{p.Name}; {number}" : p.Name));
        }
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (string.IsNullOrWhiteSpace(Heading)) Fault(nameof(Heading), "rule." + EntitiesRules.MotionTitleMissing);
        if (string.IsNullOrWhiteSpace(Resolved)) Fault(nameof(Resolved), "rule." + EntitiesRules.MotionTextMissing);
        if (!ModelState.IsValid) return await AgainAsync();
        await LoadAsync();
        MotionSubject? subject = null;
        if (Guid.TryParse(Revokes, out var revoked))
        {
            var id = ResolutionId.From(revoked);
            var resolution = await db.Resolutions.SingleOrDefaultAsync(r => r.Id == id && r.EntityId == Entity.Id) ?? throw new RuleBroken(EntitiesRules.RevokedUnknown);
            subject = new MotionSubject(Resolution.RevokeSubject, revoked, Digest.Of(resolution.Text), $"{resolution.Code} · {resolution.Title}");
        }
        MajorityKind? majority = subject is null && Enum.TryParse<MajorityKind>(Majority, out var kind) ? kind : null;
        await propose.ExecuteAsync(Assembly.Id, new MotionInput(Heading!, Resolved!, subject, majority) { Parties = await PartiesAsync() }, Actor);
        Say("entities.motion.propose.done");
        return Redirect($"/asambleas/{Assembly.Id.Value}#agenda");
    }

    async Task<IReadOnlyList<Party>> PartiesAsync()
    {
        var ids = Concerned.Select(MemberId.From).ToList();
        var members = await (from m in db.Members
                             where m.EntityId == Entity.Id && ids.Contains(m.Id)
                             join p in db.MemberProfiles on m.Id equals p.MemberId into ps
                             from p in ps.DefaultIfEmpty()
                             select new Party(m.Organisation, m.Ruc ?? (p == null ? null : p.RegistryNumber))).ToListAsync();
        return [.. PartyLines.Read(Touches), .. members];
    }
}
