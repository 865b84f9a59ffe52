using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Planning;
using Minka.Core.Territories;
using Minka.Web.Access;
using Minka.Web.Components;

namespace Minka.Web.Screens.Planning.Programmes;

/// <summary>The programme as it stands: what each save changed in money, cohesion and what is lacking.</summary>
[May(Role.Manager, Role.Secretary, Role.Representative, Role.Auditor, Role.Admin)]
public sealed class BuildModel(AppDb db, Country country, Gazetteer gazetteer) : ProgrammeScreen(db)
{
    public ProgrammeView View { get; private set; } = null!;

    public IReadOnlyList<Reason> Lacking { get; private set; } = [];

    public IReadOnlyList<Step> Steps { get; private set; } = [];

    public bool MayEdit { get; private set; }

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        MayEdit = May(PlanningFinds.Editors);
        var content = await Db.ProgrammeContentAsync(Programme);
        View = await ProgrammeView.MakeAsync(content, T, country, gazetteer, MayEdit ? $"{Address}/proyectos/" : null, $"{Address}/constructor/filas", PageAsked, MayEdit);
        Lacking = [.. FreezeCheck.Of(content, PlanningLimits.Reference.MinimumProjects).Where(r => r.Met == false)];
        var last = await Db.ProgrammeVersions.Where(v => v.ProgrammeId == Programme.Id).OrderByDescending(v => v.Number).FirstOrDefaultAsync();
        var frozen = last?.Digest == content.Digest();
        Steps =
        [
            new(T["planning.step.write"], frozen ? StepState.Done : StepState.Now, T["planning.who.manager"]),
            new(T["planning.step.freeze"], frozen ? StepState.Done : StepState.Next, T["planning.who.manager"], frozen ? T["planning.version.number", last!.Number] : null),
            new(T["planning.step.vote"], !frozen ? StepState.Next : last!.IsAdopted ? StepState.Done : StepState.Now, T["planning.who.assembly"]),
            new(T["planning.step.apply"], frozen && last!.IsAdopted ? StepState.Now : StepState.Next, T["planning.who.manager"]),
        ];
    }
}
