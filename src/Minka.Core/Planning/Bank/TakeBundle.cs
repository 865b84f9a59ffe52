using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.Core.Territories;

namespace Minka.Core.Planning.Bank;

/// <summary>A registered investment as its public file tells it.</summary>
/// <param name="Code">Its unique code, seven digits.</param>
/// <param name="Origin">File and day: where it was read.</param>
/// <param name="FileDigest">SHA-256 of that file.</param>
public sealed record RegisteredInvestment(string Code, string Title, Money Cost, IReadOnlyList<string> Places, bool IsViable, string Origin, Digest? FileDigest);

/// <summary>Which registered investments are taken, and where to.</summary>
/// <param name="Together">Name that they share as small works carried out as one.</param>
/// <param name="Problem">What the public file does not tell and a project of a programme must; said of those that say nothing yet.</param>
/// <param name="Into">A programme of the entity; null with <paramref name="Start"/> null: they stay in the bank.</param>
/// <param name="Start">A new programme, begun in the same act.</param>
public sealed record BundleInput(IReadOnlyList<RegisteredInvestment> Investments, string Together, string Problem, string Objective, ProgrammeId? Into = null, ProgrammeInput? Start = null);

/// <summary>What became of an investment that was taken.</summary>
public enum BundleOutcome
{
    Added,

    /// <summary>It had been in the entity's bank or in one of its programmes.</summary>
    Reused,

    /// <summary>It was in that programme already.</summary>
    AlreadyThere,

    /// <summary>The entity had discarded or closed it: it stays so.</summary>
    NotAlive,
}

/// <param name="Project">Its project; where it was copied into the programme, the copy.</param>
public sealed record TakenInvestment(string Code, ProjectId Project, BundleOutcome Outcome);

/// <param name="Slug">Of the programme; null where they stay in the bank.</param>
public sealed record TakenBundle(IReadOnlyList<TakenInvestment> Investments, string? Slug)
{
    public int Count(BundleOutcome outcome) => Investments.Count(i => i.Outcome == outcome);
}

/// <summary>
/// Takes registered investments into the bank as project sheets, or on into a programme, all in one act. One that the entity has already, by its
/// unique code, is used and not written twice.
/// </summary>
[UseCase]
public sealed class TakeBundle(Writer writer, AddToBank add, TakeIntoProgramme take, StartProgramme start, Country? country = null)
{
    public Task<TakenBundle> ExecuteAsync(EntityId entity, BundleInput input, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("bank.take-bundle", actor, work => TakeAsync(work, entity, input, cancel), new ActNote("entity", entity.Value), cancel);

    async Task<TakenBundle> TakeAsync(Work work, EntityId entity, BundleInput input, CancellationToken cancel)
    {
        var chosen = input.Investments.DistinctBy(i => i.Code).ToList();
        if (chosen.Count == 0) throw new RuleBroken(PlanningRules.NothingChosen);
        if (chosen.Count > InvestmentFile.MostCodes) throw new RuleBroken(PlanningRules.TooManyCodes, InvestmentFile.MostCodes);
        Programme? programme = null;
        if (input.Start is { } begin)
        {
            var started = await start.StartAsync(work, entity, begin, cancel);
            // The programme is sought among rows that the database has.
            await work.FlushAsync(cancel);
            programme = await work.Db.ProgrammeAsync(started.Id, cancel);
        }
        else if (input.Into is { } id)
        {
            programme = await work.Db.ProgrammeAsync(id, cancel);
            if (programme.EntityId != entity) throw new RuleBroken(PlanningRules.ProgrammeOfAnother);
        }
        var known = await Places.KnownAsync(work.Db, country, [.. chosen.SelectMany(i => i.Places).Distinct(StringComparer.Ordinal)], cancel);
        var taken = new List<TakenInvestment>();
        foreach (var investment in chosen)
        {
            taken.Add(await TakeOneAsync(work, entity, investment, input, programme, known, cancel));
            await work.FlushAsync(cancel);
        }
        return new(taken, programme?.Slug);
    }

    async Task<TakenInvestment> TakeOneAsync(Work work, EntityId entity, RegisteredInvestment investment, BundleInput input, Programme? programme, IReadOnlySet<string> known, CancellationToken cancel)
    {
        var there = await work.Db.ProjectSheets.Where(s => s.EntityId == entity && s.InvestmentCode == investment.Code)
            .Join(work.Db.Projects, s => s.ProjectId, p => p.Id, (_, p) => p).OrderBy(p => p.Id).ToListAsync(cancel);
        if (programme is not null && there.Find(p => p.ProgrammeId == programme.Id) is { } inside) return new(investment.Code, inside.Id, BundleOutcome.AlreadyThere);
        var alive = there.Where(p => p.Stage is not (ProjectStage.Discarded or ProjectStage.Closed)).ToList();
        if (there.Count > 0 && alive.Count == 0) return new(investment.Code, there[0].Id, BundleOutcome.NotAlive);
        // What lies in the bank moves before a copy is made of what lies in another programme.
        var project = alive.Find(p => p.ProgrammeId is null) ?? alive.FirstOrDefault();
        var outcome = project is null ? BundleOutcome.Added : BundleOutcome.Reused;
        var id = project?.Id ?? await add.AddAsync(work, entity, Sheet(investment, input, known), cancel);
        if (programme is null) return new(investment.Code, id, outcome);
        project?.FillIn(input.Problem, input.Objective);
        await work.FlushAsync(cancel);
        return new(investment.Code, await take.TakeAsync(work, id, programme.Id, null, cancel), outcome);
    }

    static BankProjectInput Sheet(RegisteredInvestment investment, BundleInput input, IReadOnlySet<string> known) => new(
        new()
        {
            Title = investment.Title.Length <= PlanningRules.LongestName ? investment.Title : investment.Title[..(PlanningRules.LongestName - 1)] + "…",
            Problem = input.Problem,
            Objective = input.Objective,
            Conglomerate = input.Together,
            Places = [.. investment.Places.Where(known.Contains)],
            PlannedCost = investment.Cost,
        },
        investment.IsViable ? ProjectStage.Viable : ProjectStage.Profile,
        new() { InvestmentCode = investment.Code, Documents = [new ProjectDocument("Banco de inversiones", investment.Origin, investment.FileDigest)] });
}
