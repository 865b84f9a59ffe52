using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.Core.Territories;

namespace Minka.Core.Planning;

/// <summary>
/// Makes a programme of an entity out of a whole one from a file, with its projects, costs and calendar. Its axes are those of a strategy of the
/// entity, by their codes: the file's own words on them are not taken over.
/// </summary>
[UseCase]
public sealed class ImportProgramme(Writer writer, Country? country = null)
{
    /// <param name="content">Of a file without faults. Cost lines of a file have no words of their own: they are named as their project.</param>
    /// <exception cref="RuleBroken">An axis is not of the strategy, a place is not known, or a project lacks its problem or objective.</exception>
    public Task<StartedProgramme> ExecuteAsync(EntityId entity, StrategyId strategy, ProgrammeContent content, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("programme.import", actor, async work =>
        {
            var db = work.Db;
            if (content.Projects.Count > PlanningRules.MostProjects) throw new RuleBroken(PlanningRules.TooManyProjects, PlanningRules.MostProjects);
            if (!await db.Strategies.AnyAsync(s => s.Id == strategy && s.EntityId == entity, cancel)) throw new RuleBroken(PlanningRules.StrategyOfAnother);
            var axes = await db.Axes.Where(a => a.StrategyId == strategy).ToDictionaryAsync(a => a.Code, a => a.Id, StringComparer.OrdinalIgnoreCase, cancel);
            if (content.Projects.Select(p => p.Axis).OfType<string>().FirstOrDefault(a => !axes.ContainsKey(a)) is { } unknown) throw new RuleBroken(PlanningRules.AxisMissing, unknown, string.Join(", ", axes.Keys.Order(CodeOrder.Natural)));
            if (content.Projects.FirstOrDefault(p => p.Problem.Length == 0 || p.Objective.Length == 0) is { } unwritten) throw new RuleBroken(PlanningRules.ProjectUnwritten, unwritten.Code, unwritten.Title);
            await Places.MustBeKnownAsync(db, country, content.PlaceCodes(), cancel);

            var stem = Slugs.From(content.Title);
            var near = await db.Programmes.Where(p => p.Slug.StartsWith(stem)).Select(p => p.Slug).ToListAsync(cancel);
            var programme = Programme.Start(work.NewId<ProgrammeId>(), entity, Slugs.Unique(content.Title, near.Contains), new ProgrammeInput { StrategyId = strategy, Title = content.Title, Objective = content.Objective });
            db.Programmes.Add(programme);
            work.Happened(new ProgrammeStarted(programme.Id, entity, strategy));
            var ids = content.Projects.ToDictionary(p => p.Code, _ => work.NewId<ProjectId>(), StringComparer.Ordinal);
            foreach (var p in content.Projects)
            {
                var project = Project.Add(ids[p.Code], programme, p.Code, new ProjectInput
                {
                    Title = p.Title,
                    Problem = p.Problem,
                    Objective = p.Objective,
                    AxisId = p.Axis is null ? null : axes[p.Axis],
                    Chain = p.Chain,
                    Conglomerate = p.Conglomerate,
                    Places = p.Places,
                    BeneficiaryWomen = p.BeneficiaryWomen,
                    BeneficiaryMen = p.BeneficiaryMen,
                    Organisations = p.Organisations,
                    After = [.. p.After.Select(a => ids[a])],
                    PlannedCost = p.PlannedCost,
                });
                db.Projects.Add(project);
                db.CostLines.AddRange(p.Lines.Select((l, i) => CostLine.Add(work.NewId<CostLineId>(), project.Id, i + 1, new(l.Concept.Length > 0 ? l.Concept : p.Title, l.Component, l.Source, l.Year, l.Amount, l.Valuation, l.Evidence))));
                if (p.More is { } more) db.ProjectSheets.Add(ProjectSheet.Of(project, more.Sheet));
            }
            return new StartedProgramme(programme.Id, programme.Slug);
        }, new ActNote("entity", entity.Value), cancel);
}
