using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Planning;

namespace Minka.Web.Screens.Planning.Versions;

/// <summary>A page about one frozen version. All may see it once it is adopted; before, only the entity's people.</summary>
public abstract class VersionScreen(AppDb db) : ProgrammeScreen(db)
{
    public ProgrammeVersion Version { get; private set; } = null!;

    public Resolution? Resolution { get; private set; }

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        var number = int.TryParse(Route("number"), out var n) ? n : 0;
        Version = await Db.VersionAsync(Programme.Id, number);
        if (!Version.IsAdopted && !May(PlanningFinds.Readers)) throw new NotFound("programme-version", number);
        Resolution = await Db.Resolutions.SingleOrDefaultAsync(r => r.Id == Version.AdoptedByResolutionId);
    }
}
