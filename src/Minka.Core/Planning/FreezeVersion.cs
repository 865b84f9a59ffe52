using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Planning;

/// <summary>Makes an immutable version of the programme as it stands. Editing goes on towards the next number.</summary>
[UseCase]
public sealed class FreezeVersion(Writer writer)
{
    public Task<ProgrammeVersionId> ExecuteAsync(ProgrammeId id, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("programme.freeze-version", actor, async work =>
        {
            var programme = await work.Db.ProgrammeAsync(id, cancel);
            var content = await work.Db.ProgrammeContentAsync(programme, cancel);
            if (FreezeCheck.Of(content, PlanningLimits.Reference.MinimumProjects).FirstOrDefault(r => r.Met == false) is { } lacking)
                throw new RuleBroken(lacking.Code, [.. lacking.Args]);
            var last = await work.Db.ProgrammeVersions.Where(v => v.ProgrammeId == id).OrderByDescending(v => v.Number).FirstOrDefaultAsync(cancel);
            var version = ProgrammeVersion.Freeze(work.NewId<ProgrammeVersionId>(), (last?.Number ?? 0) + 1, content, work.Now);
            if (last?.Digest == version.Digest) throw new RuleBroken(PlanningRules.Unchanged, last.Number);
            work.Db.ProgrammeVersions.Add(version);
            work.Happened(new ProgrammeVersionFrozen(version.Id, id, version.Number, version.Digest, version.Total));
            return version.Id;
        }, new ActNote("programme", id.Value), cancel);
}
