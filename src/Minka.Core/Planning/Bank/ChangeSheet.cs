using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Register;
using Minka.Core.Territories;

namespace Minka.Core.Planning.Bank;

/// <summary>Changes the sheet of a project, in the bank or in a programme. Frozen versions keep theirs.</summary>
[UseCase]
public sealed class ChangeSheet(Writer writer, Country? country = null)
{
    /// <param name="seen">Version of the sheet that the editor saw (0 where there was none); null to overwrite on purpose.</param>
    public Task ExecuteAsync(EntityId entity, ProjectId id, SheetInput input, int? seen, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("bank.change-sheet", actor, async work =>
        {
            var project = await work.Db.ProjectOfAsync(entity, id, cancel);
            var sheet = await work.Db.ProjectSheets.SingleOrDefaultAsync(s => s.ProjectId == id, cancel);
            if (seen is { } version && version != (sheet?.Version ?? 0)) throw new Kernel.ChangedMeanwhile("project");
            if (sheet is null) work.Db.ProjectSheets.Add(sheet = ProjectSheet.Of(project, input));
            else sheet.Change(input);
            BankChecks.MustLieInCountry(country, sheet.Shape);
        }, new ActNote("entity", entity.Value), cancel);
}
