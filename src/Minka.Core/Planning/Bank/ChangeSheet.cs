using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.Core.Territories;

namespace Minka.Core.Planning.Bank;

/// <summary>Changes the sheet of a project, in the bank or in a programme. Frozen versions keep theirs.</summary>
[UseCase]
public sealed class ChangeSheet(Writer writer, Country? country = null)
{
    /// <summary>The version of what is not there yet: a first row has version 0.</summary>
    public const int None = -1;

    /// <param name="seen">Version of the sheet that the editor saw (<see cref="None"/> where there was none); null to overwrite on purpose.</param>
    /// <param name="files">Put in the file store before; the sheet names them by their digests.</param>
    public Task ExecuteAsync(EntityId entity, ProjectId id, SheetInput input, int? seen, Actor actor, IReadOnlyList<IncomingFile>? files = null, CancellationToken cancel = default) =>
        writer.ActAsync("bank.change-sheet", actor, async work =>
        {
            await SetAsync(work, country, await work.Db.ProjectOfAsync(entity, id, cancel), input, seen, cancel);
            foreach (var file in files ?? []) file.AddTo(work);
        }, new ActNote("entity", entity.Value), cancel);

    internal static async Task SetAsync(Work work, Country? country, Project project, SheetInput input, int? seen, CancellationToken cancel)
    {
        var sheet = await work.Db.ProjectSheets.SingleOrDefaultAsync(s => s.ProjectId == project.Id, cancel);
        if (seen is { } version && version != (sheet?.Version ?? None)) throw new ChangedMeanwhile("project");
        if (sheet is null) work.Db.ProjectSheets.Add(sheet = ProjectSheet.Of(project, input));
        else sheet.Change(input);
        BankChecks.MustLieInCountry(country, sheet.Shape);
    }
}
