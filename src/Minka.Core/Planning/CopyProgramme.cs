using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Planning.Appraisals;
using Minka.Core.Planning.Logframes;
using Minka.Core.Register;

namespace Minka.Core.Planning;

/// <summary>
/// Makes another programme of the same entity out of one: its projects with their sheets, costs and evaluations, and its logical framework.
/// Each copy keeps the root of its project, so that one project in two programmes of a call is found. Pledges stay with the first.
/// </summary>
[UseCase]
public sealed class CopyProgramme(Writer writer)
{
    /// <param name="title">Of the copy.</param>
    public Task<StartedProgramme> ExecuteAsync(ProgrammeId id, string title, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("programme.copy", actor, async work =>
        {
            var db = work.Db;
            var from = await db.ProgrammeAsync(id, cancel);
            var name = PlanningRules.Required(title, "title");
            var stem = Slugs.From(name);
            var near = await db.Programmes.Where(p => p.Slug.StartsWith(stem)).Select(p => p.Slug).ToListAsync(cancel);
            var copy = Programme.Start(work.NewId<ProgrammeId>(), from.EntityId, Slugs.Unique(name, near.Contains), new ProgrammeInput { StrategyId = from.StrategyId, Title = name, Objective = from.Objective });
            db.Programmes.Add(copy);

            var projects = await db.Projects.Where(p => p.ProgrammeId == id && p.Stage != ProjectStage.Discarded && p.Stage != ProjectStage.Closed).ToListAsync(cancel);
            var copies = projects.ToDictionary(p => p.Id, p => p.CopyInto(work.NewId<ProjectId>(), copy.Id, p.Code, p.AxisId));
            foreach (var (_, project) in copies) project.ComeAfter([.. project.After.Select(a => copies.TryGetValue(a, out var same) ? same.Id : a)]);
            db.Projects.AddRange(copies.Values);
            db.ProjectSheets.AddRange((await OfProjects(db.ProjectSheets, s => s.ProjectId)).Select(s => ProjectSheet.Of(copies[s.ProjectId], s.ToInput())));
            db.CostLines.AddRange((await OfProjects(db.CostLines, l => l.ProjectId)).Select(l => CostLine.Add(work.NewId<CostLineId>(), copies[l.ProjectId].Id, l.Order, l.ToInput())));
            db.Appraisals.AddRange((await OfProjects(db.Appraisals, a => a.ProjectId)).Select(a => Appraisal.Of(copies[a.ProjectId], a.ToInput())));
            if (await db.Logframes.SingleOrDefaultAsync(l => l.ProgrammeId == id, cancel) is { } frame) db.Logframes.Add(Logframe.Of(copy, frame.Rows));
            work.Happened(new ProgrammeCopied(copy.Id, id, copies.Count));
            return new StartedProgramme(copy.Id, copy.Slug);

            async Task<List<T>> OfProjects<T>(IQueryable<T> rows, System.Linq.Expressions.Expression<Func<T, ProjectId>> of) =>
                [.. (await rows.Join(db.Projects.Where(p => p.ProgrammeId == id), of, p => p.Id, (row, _) => row).ToListAsync(cancel)).Where(r => copies.ContainsKey(of.Compile()(r)))];
        }, new ActNote("programme", id.Value), cancel);
}
