using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Planning.Logframes;
using Minka.Web.Access;
using Minka.Web.Api;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Planning.Logframes;

/// <summary>The logical framework of a programme with what it lacks.</summary>
[May(Role.Manager, Role.Secretary, Role.Representative, Role.Auditor, Role.Admin)]
public sealed class ShowModel(AppDb db) : ProgrammeScreen(db), IListed
{
    public IReadOnlyList<LogframeRow> Rows { get; private set; } = [];

    public IReadOnlyList<Reason> Checks { get; private set; } = [];

    public bool MayEdit { get; private set; }

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        MayEdit = May(PlanningFinds.Editors);
        Rows = (await Db.Logframes.SingleOrDefaultAsync(l => l.ProgrammeId == Programme.Id))?.Rows ?? [];
        Checks = LogframeCheck.Of(Rows);
    }

    public TableFile ToFile() => new($"{Programme.Slug}-marco-logico",
        [T["logframe.level"], T["logframe.summary"], T["planning.axis.indicator"], T["planning.axis.baseline"], T["planning.axis.target"], T["planning.axis.target-year"], T["planning.axis.source"], T["logframe.means"], T["logframe.assumptions"]],
        Rows.SelectMany(r => r.Indicators.Count == 0
            ? [(IReadOnlyList<object?>)[T.Of(r.Level), r.Summary, null, null, null, null, null, r.Means, r.Assumptions]]
            : r.Indicators.Select(i => (IReadOnlyList<object?>)[T.Of(r.Level), r.Summary, i.Name, i.Baseline, i.Target, i.Year, i.Source, r.Means, r.Assumptions])));
}
