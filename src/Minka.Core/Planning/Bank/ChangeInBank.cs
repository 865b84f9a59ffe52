using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Register;
using Minka.Core.Territories;

namespace Minka.Core.Planning.Bank;

/// <summary>Changes the first part of a project's sheet, in the bank or in a programme.</summary>
[UseCase]
public sealed class ChangeInBank(Writer writer, Country? country = null)
{
    /// <param name="sheet">The rest of the sheet, where the same form changes it; null leaves it.</param>
    /// <param name="seen">Version of the project that the editor saw; null to overwrite on purpose.</param>
    /// <param name="seenSheet">Version of the sheet that the editor saw.</param>
    public Task ExecuteAsync(EntityId entity, ProjectId id, ProjectInput input, SheetInput? sheet, int? seen, int? seenSheet, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("bank.change-project", actor, async work =>
        {
            var project = await work.Db.ProjectOfAsync(entity, id, cancel);
            project.MustBe(seen, "project");
            if (sheet is not null) await ChangeSheet.SetAsync(work, country, project, sheet, seenSheet, cancel);
            project.Change(string.IsNullOrWhiteSpace(input.Code) ? project.Code : input.Code, input);
            if (project.ProgrammeId is not { } programmeId)
            {
                await BankChecks.MustFitAsync(work.Db, country, project, cancel);
                return;
            }
            var programme = await work.Db.ProgrammeAsync(programmeId, cancel);
            var others = await work.Db.Projects.Where(p => p.ProgrammeId == programmeId && p.Id != id).ToListAsync(cancel);
            await BankChecks.PlacesAsync(work.Db, country, project, cancel);
            await ProjectChecks.PrecedenceAsync(work.Db, project, cancel);
            ProjectChecks.Check(programme, project, others, await ProjectChecks.AxesAsync(work.Db, programme, cancel));
        }, new ActNote("entity", entity.Value), cancel);
}
