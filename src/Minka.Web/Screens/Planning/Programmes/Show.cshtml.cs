using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Planning;
using Minka.Core.Territories;
using Minka.Web.Access;

namespace Minka.Web.Screens.Planning.Programmes;

/// <summary>The version that the assembly adopted last. Until there is one, only the entity's people find the programme: they go to its builder.</summary>
[Public]
public sealed class ShowModel(AppDb db, Country country, Gazetteer gazetteer) : ProgrammeScreen(db)
{
    public ProgrammeVersion Version { get; private set; } = null!;

    public Resolution? Resolution { get; private set; }

    public ProgrammeView View { get; private set; } = null!;

    public bool MayRead { get; private set; }

    public long Women { get; private set; }

    public long Men { get; private set; }

    public override async Task<IActionResult> OnGetAsync()
    {
        await base.LoadAsync();
        MayRead = May(PlanningFinds.Readers);
        if (Programme.AdoptedVersionId is not { } adopted) return MayRead ? Redirect($"{Address}/constructor") : throw new NotFound("programme", Programme.Slug);
        Version = await Db.ProgrammeVersions.SingleAsync(v => v.Id == adopted);
        Resolution = await Db.Resolutions.SingleOrDefaultAsync(r => r.Id == Version.AdoptedByResolutionId);
        View = await ProgrammeView.MakeAsync(Version.ReadContent(), T, country, gazetteer, $"{Address}/version/{Version.Number}/proyectos/", $"{Address}/version/{Version.Number}/filas", PageAsked);
        (Women, Men) = (View.Content.Projects.Sum(p => (long)p.BeneficiaryWomen), View.Content.Projects.Sum(p => (long)p.BeneficiaryMen));
        return Page();
    }
}
