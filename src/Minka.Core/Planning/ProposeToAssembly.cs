using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Planning;

/// <summary>Takes a frozen version to an assembly of the programme's entity.</summary>
[UseCase]
public sealed class ProposeToAssembly(Writer writer)
{
    public Task<MotionId> ExecuteAsync(ProgrammeId id, ProgrammeVersionId versionId, AssemblyId assembly, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("programme.propose", actor, async work =>
        {
            var version = await work.Db.ProgrammeVersions.SingleOrDefaultAsync(v => v.Id == versionId && v.ProgrammeId == id, cancel) ?? throw new NotFound("programme-version", versionId.Value);
            if (version.IsAdopted) throw new RuleBroken(PlanningRules.AlreadyAdopted, version.Number);
            work.Happened(new ProgrammeVersionProposed(versionId, version.Digest));
            return await PlanningMotions.ProposeAsync(work, version.EntityId, assembly, PlanningMotions.Of(version), cancel);
        }, new ActNote("programme", id.Value), cancel);
}
