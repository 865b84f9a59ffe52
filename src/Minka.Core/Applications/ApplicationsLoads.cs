using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Fund;
using Minka.Core.Kernel;
using Minka.Core.Planning;

namespace Minka.Core.Applications;

static class ApplicationsLoads
{
    public static async Task<Application> ApplicationAsync(this Work work, ApplicationId id, CancellationToken cancel) =>
        await work.Db.Applications.SingleOrDefaultAsync(a => a.Id == id, cancel) ?? throw new NotFound("application", id.Value);

    /// <summary>Each application of a promoter to a call is for another programme.</summary>
    public static async Task MustBeAnotherProgrammeAsync(this Work work, CallId call, Entities.EntityId entity, ApplicationId? but, ProgrammeVersionId version, CancellationToken cancel)
    {
        var versions = work.Db.ProgrammeVersions;
        if (await work.Db.Applications.AnyAsync(a => a.CallId == call && a.EntityId == entity && a.Id != but && a.State != ApplicationState.Withdrawn
            && versions.Any(v => v.Id == a.ProgrammeVersionId && versions.Any(w => w.Id == version && w.ProgrammeId == v.ProgrammeId)), cancel))
            throw new RuleBroken(ApplicationsRules.ProgrammeTaken);
        await work.MustShareNoProjectAsync(call, entity, but, version, cancel);
    }

    /// <summary>
    /// One project is paid once: no two applications of a promoter to a call hold copies of it, or the same unique code. Those of other promoters are
    /// sealed and are not looked at here.
    /// </summary>
    static async Task MustShareNoProjectAsync(this Work work, CallId call, Entities.EntityId entity, ApplicationId? but, ProgrammeVersionId version, CancellationToken cancel)
    {
        var others = await work.Db.Applications.Where(a => a.CallId == call && a.EntityId == entity && a.Id != but && a.State != ApplicationState.Withdrawn)
            .Join(work.Db.ProgrammeVersions, a => a.ProgrammeVersionId, v => v.Id, (_, v) => new { v.Id, v.Digest, v.Title }).ToListAsync(cancel);
        if (others.Count == 0) return;
        var own = await work.Db.ProgrammeVersions.Where(v => v.Id == version).Select(v => new { v.Id, v.Digest }).SingleAsync(cancel);
        var projects = (await FrozenReads.ProgrammeAsync(work.Db, own.Id, own.Digest, cancel)).Projects;
        foreach (var other in others)
        {
            var there = (await FrozenReads.ProgrammeAsync(work.Db, other.Id, other.Digest, cancel)).Projects;
            foreach (var project in projects)
            {
                var code = project.More?.Sheet.InvestmentCode;
                if (there.FirstOrDefault(t => t.Root() == project.Root() || (code is not null && t.More?.Sheet.InvestmentCode == code)) is { } same)
                    throw new RuleBroken(ApplicationsRules.ProjectTwice, project.Code, project.Title, other.Title, same.Code);
            }
        }
    }

    /// <summary>Refuses before the opening of the call and from the very instant of its deadline on.</summary>
    public static async Task<Call> MustTakeApplicationsAsync(this Work work, CallId id, CancellationToken cancel)
    {
        var call = await work.Db.Calls.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, cancel) ?? throw new NotFound("call", id.Value);
        if (call.TakesApplicationsAt(work.Now)) return call;
        throw call.State is CallState.Draft or CallState.Published or CallState.Integrated || work.Now < call.Dates.OpensAt
            ? new RuleBroken(ApplicationsRules.CallNotOpen, call.Title)
            : new RuleBroken(ApplicationsRules.Late, call.Dates.Close.ClosesAt);
    }
}
