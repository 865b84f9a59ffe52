using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.Core.Rules.Calendars;

namespace Minka.Core.Planning.ParticipatoryBudget;

public sealed record WorkshopInput(WorkshopKind Kind, string Title, string Place, DateTime StartsAt, string Agenda);

/// <summary>Convenes workshops, takes attendance, writes down the problems that were found.</summary>
[UseCase]
public sealed class RunWorkshops(Writer writer, AppDb db)
{
    static readonly Dictionary<WorkshopKind, BudgetState[]> When = new()
    {
        [WorkshopKind.Training] = [BudgetState.Convened, BudgetState.Concerting],
        [WorkshopKind.Diagnosis] = [BudgetState.Convened, BudgetState.Concerting],
        [WorkshopKind.Accounts] = [BudgetState.Convened, BudgetState.Concerting, BudgetState.Evaluating, BudgetState.Formalised],
        [WorkshopKind.Priorities] = [BudgetState.Concerting, BudgetState.Evaluating, BudgetState.Prioritising],
        [WorkshopKind.Coordination] = [BudgetState.Concerting, BudgetState.Evaluating, BudgetState.Prioritising, BudgetState.Prioritised, BudgetState.Agreed],
    };

    public Task<BudgetWorkshopId> ConveneAsync(BudgetProcessId id, WorkshopInput input, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("budget.workshop-convene", actor, async work =>
        {
            var process = await work.BudgetAsync(id, cancel);
            if (!When[input.Kind].Contains(process.State)) throw new RuleBroken(BudgetRules.WorkshopPhase, input.Kind, process.State);
            MustHaveNotice(process, input.StartsAt, work);
            var workshop = new BudgetWorkshop { Id = work.NewId<BudgetWorkshopId>(), ProcessId = id, Kind = input.Kind, ConvenedAt = work.Now };
            workshop.Set(input.Title, input.Place, input.StartsAt, input.Agenda);
            work.Db.BudgetWorkshops.Add(workshop);
            work.Happened(new WorkshopConvened(id, workshop.Id, workshop.Kind, workshop.StartsAt));
            return workshop.Id;
        }, new ActNote("budget", id.Value), cancel);

    public Task MoveAsync(BudgetProcessId id, BudgetWorkshopId workshopId, string place, DateTime startsAt, string why, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("budget.workshop-move", actor, async work =>
        {
            var process = await work.BudgetAsync(id, cancel);
            var workshop = await work.WorkshopAsync(id, workshopId, cancel);
            if (startsAt != workshop.StartsAt) MustHaveNotice(process, startsAt, work);
            workshop.Move(place, startsAt, why);
            work.Happened(new WorkshopChanged(id, workshopId, workshop.State));
        }, new ActNote("budget", id.Value), cancel);

    public Task CancelAsync(BudgetProcessId id, BudgetWorkshopId workshopId, string why, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("budget.workshop-cancel", actor, async work =>
        {
            var workshop = await work.WorkshopAsync(id, workshopId, cancel);
            workshop.Cancel(why);
            work.Happened(new WorkshopChanged(id, workshopId, workshop.State));
        }, new ActNote("budget", id.Value), cancel);

    /// <summary>An agent writes itself down with the code of its slip. Sent again it changes nothing.</summary>
    /// <returns>The agent's number and whether it was there already.</returns>
    public async Task<(int Number, string Organisation, bool Already)> ArriveByCodeAsync(BudgetProcessId id, BudgetWorkshopId workshopId, string code, Actor actor, CancellationToken cancel = default)
    {
        await db.AgentByCodeAsync(id, code, cancel);
        return await writer.ActAsync("budget.workshop-arrive", actor, async work => await ArriveAsync(work, id, workshopId, await work.Db.AgentByCodeAsync(id, code, cancel), ArrivalWay.Code, cancel), new ActNote("budget", id.Value), cancel);
    }

    /// <summary>The person who speaks for an agent writes it down from an own account.</summary>
    public Task<(int Number, string Organisation, bool Already)> ArriveBySignInAsync(BudgetProcessId id, BudgetWorkshopId workshopId, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("budget.workshop-arrive", actor, async work =>
        {
            var agent = actor.PersonId is { } person ? await work.Db.BudgetAgents.Where(a => a.ProcessId == id && a.PersonId == person && a.State == AgentState.Accredited).OrderBy(a => a.Number).FirstOrDefaultAsync(cancel) : null;
            return await ArriveAsync(work, id, workshopId, agent ?? throw new RuleBroken(BudgetRules.AgentNotAccredited), ArrivalWay.Account, cancel);
        }, new ActNote("budget", id.Value), cancel);

    /// <summary>The paper roll: the signatures counted and the numbers of the agents who signed, "1-4, 7, 12". What does not agree is told and nothing is written.</summary>
    public Task<int> TypeRollAsync(BudgetProcessId id, BudgetWorkshopId workshopId, int signatures, string numbers, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("budget.workshop-roll", actor, async work =>
        {
            var workshop = await work.WorkshopAsync(id, workshopId, cancel);
            if (workshop.State != WorkshopState.Convened) throw new RuleBroken(BudgetRules.ArrivalsShut);
            if (work.Now < workshop.StartsAt.AddHours(-2)) throw new RuleBroken(BudgetRules.WorkshopNotYet, workshop.StartsAt);
            var agents = await work.Db.BudgetAgents.Where(a => a.ProcessId == id && a.State == AgentState.Accredited).ToDictionaryAsync(a => a.Number, cancel);
            if (signatures > agents.Count) throw new RuleBroken(BudgetRules.RollExceeds, signatures, agents.Count);
            var typed = Numbers(numbers);
            if (typed.GroupBy(n => n).FirstOrDefault(g => g.Count() > 1) is { } twice) throw new RuleBroken(BudgetRules.RollTwice, twice.Key);
            if (typed.FirstOrDefault(n => !agents.ContainsKey(n)) is > 0 and var unknown) throw new RuleBroken(BudgetRules.RollUnknown, unknown);
            if (typed.Count != signatures) throw new RuleBroken(BudgetRules.RollDiffers, signatures, typed.Count);
            var there = await work.Db.BudgetAttendances.Where(a => a.WorkshopId == workshopId).Select(a => a.AgentId).ToListAsync(cancel);
            var added = typed.Select(n => agents[n]).Where(a => !there.Contains(a.Id)).ToList();
            foreach (var agent in added) work.Db.BudgetAttendances.Add(new BudgetAttendance { WorkshopId = workshopId, AgentId = agent.Id, Way = ArrivalWay.PaperRoll, At = work.Now });
            workshop.Signed(signatures);
            work.Happened(new AgentsArrived(workshopId, ArrivalWay.PaperRoll, added.Count));
            return added.Count;
        }, new ActNote("budget", id.Value), cancel);

    /// <summary>What the workshop found, with the agents who put each problem first.</summary>
    public Task NoteProblemsAsync(BudgetProcessId id, BudgetWorkshopId workshopId, IReadOnlyList<WorkshopProblem> problems, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("budget.workshop-problems", actor, async work =>
        {
            var workshop = await work.WorkshopAsync(id, workshopId, cancel);
            if (workshop.State == WorkshopState.Cancelled || work.Now < workshop.StartsAt.AddHours(-2)) throw new RuleBroken(BudgetRules.WorkshopNotYet, workshop.StartsAt);
            var present = await work.Db.BudgetAttendances.CountAsync(a => a.WorkshopId == workshopId, cancel);
            foreach (var problem in problems)
            {
                PlanningRules.Required(problem.Problem, "problem", PlanningRules.LongestText);
                PlanningRules.Optional(problem.Result, "result", PlanningRules.LongestText);
                if (problem.Votes < 0 || problem.Votes > present) throw new RuleBroken(BudgetRules.ProblemVotes, problem.Problem, problem.Votes, present);
            }
            workshop.Note([.. problems.OrderByDescending(p => p.Votes).ThenBy(p => p.Number).Select((p, i) => p with { Number = i + 1 })]);
            work.Happened(new WorkshopChanged(id, workshopId, workshop.State));
        }, new ActNote("budget", id.Value), cancel);

    public Task HoldAsync(BudgetProcessId id, BudgetWorkshopId workshopId, string? summary, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("budget.workshop-hold", actor, async work =>
        {
            var workshop = await work.WorkshopAsync(id, workshopId, cancel);
            if (work.Now < workshop.StartsAt) throw new RuleBroken(BudgetRules.WorkshopNotYet, workshop.StartsAt);
            if (!await work.Db.BudgetAttendances.AnyAsync(a => a.WorkshopId == workshopId, cancel)) throw new RuleBroken(BudgetRules.NobodyCame);
            workshop.Hold(summary);
            work.Happened(new WorkshopChanged(id, workshopId, workshop.State));
        }, new ActNote("budget", id.Value), cancel);

    /// <summary>Reads "1-4, 7 12".</summary>
    public static IReadOnlyList<int> Numbers(string text)
    {
        var numbers = new List<int>();
        foreach (var part in text.Split([',', ';', ' ', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var ends = part.Split('-');
            if (ends.Length > 2 || !int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out var from) || !int.TryParse(ends[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var to) || to < from || to - from > BudgetProcess.MostAgents)
                throw new RuleBroken(BudgetRules.RollUnreadable, part);
            numbers.AddRange(Enumerable.Range(from, to - from + 1));
        }
        return numbers;
    }

    static async Task<(int, string, bool)> ArriveAsync(Work work, BudgetProcessId id, BudgetWorkshopId workshopId, BudgetAgent agent, ArrivalWay way, CancellationToken cancel)
    {
        var workshop = await work.WorkshopAsync(id, workshopId, cancel);
        if (agent.State != AgentState.Accredited) throw new RuleBroken(BudgetRules.AgentNotAccredited);
        if (await work.Db.BudgetAttendances.AnyAsync(a => a.WorkshopId == workshopId && a.AgentId == agent.Id, cancel)) return (agent.Number, agent.Organisation, true);
        if (!workshop.TakesArrivalsAt(work.Now)) throw new RuleBroken(BudgetRules.ArrivalsShut, workshop.StartsAt);
        work.Db.BudgetAttendances.Add(new BudgetAttendance { WorkshopId = workshopId, AgentId = agent.Id, Way = way, At = work.Now });
        work.Happened(new AgentsArrived(workshopId, way, 1));
        return (agent.Number, agent.Organisation, false);
    }

    static void MustHaveNotice(BudgetProcess process, DateTime startsAt, Work work)
    {
        if (startsAt <= work.Now) throw new RuleBroken(BudgetRules.WorkshopPast);
        var days = BusinessCalendar.Peru.BusinessDaysBetween(work.Today, LegalTime.DayIn(startsAt));
        if (days < process.Pack.NoticeBusinessDays.Value) throw new RuleBroken(BudgetRules.NoticeShort, days, process.Pack.NoticeBusinessDays.Value);
    }
}
