using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Entities;

/// <summary>Notes that a resolution was fulfilled, or that its term ran out. Revoking one needs a resolution.</summary>
[UseCase]
public sealed class EndResolution(Writer writer)
{
    public Task FulfilAsync(ResolutionId id, string why, Actor actor, CancellationToken cancel = default) =>
        ActAsync("resolution.fulfil", id, actor, (r, now) => r.Fulfil(why, now), cancel);

    public Task ExpireAsync(ResolutionId id, string why, Actor actor, CancellationToken cancel = default) =>
        ActAsync("resolution.expire", id, actor, (r, now) => r.Expire(why, now), cancel);

    Task ActAsync(string kind, ResolutionId id, Actor actor, Action<Resolution, DateTime> end, CancellationToken cancel) =>
        writer.ActAsync(kind, actor, async work =>
        {
            var resolution = await work.Db.Resolutions.SingleOrDefaultAsync(r => r.Id == id, cancel) ?? throw new NotFound("resolution", id.Value);
            if (kind == "resolution.fulfil" && await work.Db.ResolutionTasks.CountAsync(t => t.ResolutionId == id && t.DoneAt == null, cancel) is > 0 and var open)
                throw new RuleBroken(EntitiesRules.TasksOpen, resolution.Code, open);
            end(resolution, work.Now);
            work.Happened(new ResolutionEnded(id, resolution.State));
        }, new ActNote("resolution", id.Value), cancel);
}
