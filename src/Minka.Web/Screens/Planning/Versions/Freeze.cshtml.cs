using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Planning;
using Minka.Web.Access;

namespace Minka.Web.Screens.Planning.Versions;

[May(Role.Manager, Role.Secretary)]
public sealed class FreezeModel(AppDb db, FreezeVersion freeze) : ProgrammeScreen(db)
{
    [BindProperty]
    public bool Sure { get; set; }

    public ProgrammeContent Draft { get; private set; } = null!;

    public FundingTable Funding { get; private set; } = null!;

    public IReadOnlyList<Reason> Lacking { get; private set; } = [];

    /// <summary>What a call would not accept; it may be frozen all the same.</summary>
    public IReadOnlyList<Reason> Weak { get; private set; } = [];

    public int Next { get; private set; }

    /// <summary>Number of the last version, where nothing changed since.</summary>
    public int? Same { get; private set; }

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        Draft = await Db.ProgrammeContentAsync(Programme);
        Funding = FundingTable.Of(Draft);
        Lacking = [.. FreezeCheck.Of(Draft, PlanningLimits.Reference.MinimumProjects).Where(r => r.Met == false)];
        Weak = [.. CohesionCheck.Of(Draft, PlanningLimits.Reference).Asked.Where(r => r.Met == false)];
        var last = await Db.ProgrammeVersions.Where(v => v.ProgrammeId == Programme.Id).OrderByDescending(v => v.Number).FirstOrDefaultAsync();
        Next = (last?.Number ?? 0) + 1;
        Same = last?.Digest == Draft.Digest() ? last.Number : null;
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        if (!Sure)
        {
            Fault(nameof(Sure), "planning.freeze.not-sure");
            return await AgainAsync();
        }
        await freeze.ExecuteAsync(Programme.Id, Actor);
        Say("planning.freeze.done", Next);
        return Redirect($"{Address}/version/{Next}");
    }
}
