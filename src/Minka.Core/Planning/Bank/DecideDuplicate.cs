using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Planning.Bank;

/// <summary>
/// Says of two projects that they are not the same; or that they are: then one goes on with what only the other knew, and the other stays
/// as it was, discarded, so that both histories can be read.
/// </summary>
[UseCase]
public sealed class DecideDuplicate(Writer writer)
{
    /// <param name="kept">The one that goes on; null: they are two.</param>
    public Task ExecuteAsync(EntityId entity, ProjectId a, ProjectId b, ProjectId? kept, string? why, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("bank.decide-duplicate", actor, async work =>
        {
            if (a == b || (kept is { } k && k != a && k != b)) throw new NotFound("project", b.Value);
            var (first, second) = (await work.Db.ProjectOfAsync(entity, a, cancel), await work.Db.ProjectOfAsync(entity, b, cancel));
            var (x, y) = DuplicateDecision.InOrder(a, b);
            var decision = await work.Db.DuplicateDecisions.SingleOrDefaultAsync(d => d.FirstId == x && d.SecondId == y, cancel);
            if (decision is { IsSame: true }) throw new RuleBroken(PlanningRules.MergedAlready, first.Code, second.Code);
            if (decision is null) work.Db.DuplicateDecisions.Add(decision = DuplicateDecision.Of(entity, a, b));
            decision.Decide(kept, why, work.Now);
            if (kept is null) return;
            var (goes, stays) = kept == a ? (first, second) : (second, first);
            if (stays.ProgrammeId is not null) throw new RuleBroken(PlanningRules.MergedInProgramme, stays.Code);
            var sheets = await work.Db.ProjectSheets.Where(s => s.ProjectId == a || s.ProjectId == b).ToListAsync(cancel);
            var (own, other) = (sheets.Find(s => s.ProjectId == goes.Id), sheets.Find(s => s.ProjectId == stays.Id));
            var union = Union(own?.ToInput() ?? new(), other?.ToInput() ?? new(), stays);
            if (own is null) work.Db.ProjectSheets.Add(ProjectSheet.Of(goes, union));
            else own.Change(union);
            goes.TakeIn(stays);
            stays.Move("discard");
            if (!await work.Db.CostLines.AnyAsync(l => l.ProjectId == goes.Id, cancel))
            {
                var lines = await work.Db.CostLines.Where(l => l.ProjectId == stays.Id).OrderBy(l => l.Order).ToListAsync(cancel);
                work.Db.CostLines.AddRange(lines.Select(l => CostLine.Add(work.NewId<CostLineId>(), goes.Id, l.Order, l.ToInput())));
                if (lines.Count > 0) goes.LinesChanged();
            }
            work.Happened(new ProjectsMerged(goes.Id, stays.Id));
        }, new ActNote("entity", entity.Value), cancel);

    static SheetInput Union(SheetInput own, SheetInput other, Project absorbed)
    {
        if (own.InvestmentCode is { } code && other.InvestmentCode is { } second && code != second) throw new RuleBroken(PlanningRules.TwoInvestmentCodes, code, second);
        return own with
        {
            Kind = own.Kind ?? other.Kind,
            InvestmentCode = own.InvestmentCode ?? other.InvestmentCode,
            StartMonth = own.StartMonth ?? other.StartMonth,
            Months = own.Months ?? other.Months,
            Upkeep = own.Upkeep ?? other.Upkeep,
            Shape = own.Shape ?? other.Shape,
            Components = Joined(own.Components, other.Components, c => c.Name),
            Risks = Joined(own.Risks, other.Risks, r => r.What),
            Preconditions = Joined(own.Preconditions, other.Preconditions, p => p.Code),
            Groups = Joined(own.Groups, other.Groups, g => g.Code),
            Documents = Joined(own.Documents, [.. other.Documents, new($"{absorbed.Code} {absorbed.Title}"[..Math.Min(PlanningRules.LongestName, absorbed.Code.Length + 1 + absorbed.Title.Length)], null, null)], d => d.Name + d.Reference),
        };
    }

    static IReadOnlyList<T> Joined<T>(IReadOnlyList<T> own, IReadOnlyList<T> other, Func<T, string> key) =>
        [.. own.Concat(other).DistinctBy(key, StringComparer.OrdinalIgnoreCase).Take(SheetChecks.MostItems)];
}
