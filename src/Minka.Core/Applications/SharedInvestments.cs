using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Planning;

namespace Minka.Core.Applications;

/// <summary>A project that another promoter's application to the same call holds too, by its unique code.</summary>
/// <param name="Project">Code and title here.</param>
/// <param name="Application">Code of the other application.</param>
/// <param name="There">Code of the project there.</param>
public sealed record SharedInvestment(string InvestmentCode, string Project, string Application, string Entity, string There);

/// <summary>
/// What two opened applications of one call both ask for. While they were sealed nobody could compare them; the office is told when it reviews,
/// and decides: one investment is paid once.
/// </summary>
public static class SharedInvestments
{
    public static async Task<IReadOnlyList<SharedInvestment>> OfAsync(AppDb db, ApplicationId id, CancellationToken cancel = default)
    {
        var call = await db.Applications.Where(a => a.Id == id).Select(a => a.CallId).SingleAsync(cancel);
        var all = await db.OpenedApplications.Where(o => o.CallId == call)
            .Join(db.Applications.Where(a => a.State != ApplicationState.Withdrawn && a.State != ApplicationState.Disqualified), o => o.ApplicationId, a => a.Id, (o, _) => o).OrderBy(o => o.Code).ToListAsync(cancel);
        if (all.Find(o => o.ApplicationId == id) is not { } own) return [];
        var coded = (await InvestmentsAsync(own)).DistinctBy(p => p.Sheet).ToDictionary(p => p.Sheet, p => p.Project, StringComparer.Ordinal);
        var shared = new List<SharedInvestment>();
        if (coded.Count == 0) return shared;
        foreach (var other in all.Where(o => o.EntityId != own.EntityId))
        {
            foreach (var (code, there) in await InvestmentsAsync(other))
            {
                if (coded.TryGetValue(code, out var here)) shared.Add(new(code, $"{here.Code} {here.Title}", other.Code, other.Entity, there.Code));
            }
        }
        return shared;

        async Task<IReadOnlyList<(string Sheet, ProjectContent Project)>> InvestmentsAsync(OpenedApplication opened)
        {
            var part = opened.ReadPublic();
            return [.. (await FrozenReads.ProgrammeAsync(db, part.ProgrammeVersionId, part.Programme, cancel)).Projects
                .Where(p => p.More?.Sheet.InvestmentCode is not null).Select(p => (p.More!.Sheet.InvestmentCode!, p))];
        }
    }
}
