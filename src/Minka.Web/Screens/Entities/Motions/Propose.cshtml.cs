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

    public CoordinationEntity Entity { get; private set; } = null!;

    public Assembly Assembly { get; private set; } = null!;

    public IReadOnlyList<Components.Choice> InForce { get; private set; } = [];

    public IReadOnlyList<Components.Choice> Majorities => [.. Entity.Template.Majorities.Select(m => new Components.Choice(m.Kind.ToString(), T.Of(m.Kind)))];

    public override async Task LoadAsync()
    {
        var id = AssemblyId.From(RouteId("assembly"));
        Assembly = await db.Assemblies.SingleOrDefaultAsync(a => a.Id == id) ?? throw new NotFound("assembly", id.Value);
        Entity = await db.CoordinationEntities.SingleAsync(e => e.Id == Assembly.EntityId);
        var inForce = await db.Resolutions.Where(r => r.EntityId == Entity.Id && r.State == ResolutionState.InForce).OrderByDescending(r => r.Number).Take(100).ToListAsync();
        InForce = [.. inForce.Select(r => new Components.Choice(r.Id.Value.ToString(), $"{r.Code} · {r.Title}"))];
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
        await propose.ExecuteAsync(Assembly.Id, new MotionInput(Heading!, Resolved!, subject, majority), Actor);
        Say("entities.motion.propose.done");
        return Redirect($"/asambleas/{Assembly.Id.Value}#agenda");
    }
}
