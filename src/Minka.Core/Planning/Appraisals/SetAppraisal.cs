using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Planning.Appraisals;

/// <summary>Writes or replaces the ex-ante evaluation of a project of a programme.</summary>
[UseCase]
public sealed class SetAppraisal(Writer writer)
{
    /// <summary>The version of what is not there yet: a first row has version 0.</summary>
    public const int None = -1;

    /// <param name="seen">Version that the editor saw (<see cref="None"/> where there was none); null to overwrite on purpose.</param>
    public Task ExecuteAsync(ProgrammeId programme, ProjectId id, AppraisalInput input, int? seen, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("programme.set-appraisal", actor, async work =>
        {
            var project = await work.Db.ProjectAsync(programme, id, cancel);
            var appraisal = await work.Db.Appraisals.SingleOrDefaultAsync(a => a.ProjectId == id, cancel);
            if (seen is { } version && version != (appraisal?.Version ?? None)) throw new ChangedMeanwhile("appraisal");
            if (appraisal is null) work.Db.Appraisals.Add(Appraisal.Of(project, input));
            else appraisal.Change(input);
        }, new ActNote("programme", programme.Value), cancel);
}
