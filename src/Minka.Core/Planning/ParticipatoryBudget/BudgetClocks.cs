using System.Globalization;
using Minka.Core.Entities;
using Minka.Core.Rules.Calendars;

namespace Minka.Core.Planning.ParticipatoryBudget;

/// <summary>One thing that is due. Its text lies under <c>budget.clock.CODE</c>.</summary>
/// <param name="Page">Below the process's address.</param>
/// <param name="Left">Business days until it is late; negative once it is.</param>
public sealed record BudgetClock(string Code, ClockLight Light, DateOnly Since, DateOnly Due, int Left, string Page, params IReadOnlyList<object?> Args);

/// <summary>What the clocks are computed from; none of it names a person.</summary>
/// <param name="Requested">Days on which registrations that wait were sent.</param>
/// <param name="Cures">Last days to cure.</param>
/// <param name="Answers">Last days to answer an observed proposal.</param>
/// <param name="Replies">Last days to reply to the committee or a complaint.</param>
/// <param name="Workshops">Days of workshops that are convened.</param>
/// <param name="MissingQuarter">Quarter that some project lacks; 0: none.</param>
public sealed record BudgetFacts(
    BudgetState State, int FiscalYear, DateOnly CreatedOn, IReadOnlyList<ScheduledStep> Schedule, IReadOnlyList<DateOnly> Requested, IReadOnlyList<DateOnly> Cures, IReadOnlyList<DateOnly> Answers, IReadOnlyList<DateOnly> Replies,
    IReadOnlyList<DateOnly> Workshops, int MissingQuarter, bool AccountsOwed);

/// <summary>What a process owes by which day, with a light each. Pure; terms in business days.</summary>
public static class BudgetClocks
{
    /// <summary>The step that a state works at, and where.</summary>
    static readonly Dictionary<BudgetState, (BudgetStep Step, string Page)> StepOf = new()
    {
        [BudgetState.Preparing] = (BudgetStep.Notice, "preparacion"),
        [BudgetState.Convened] = (BudgetStep.Register, "agentes"),
        [BudgetState.Concerting] = (BudgetStep.Proposals, "propuestas"),
        [BudgetState.Evaluating] = (BudgetStep.Evaluation, "propuestas"),
        [BudgetState.Prioritising] = (BudgetStep.Priorities, "priorizacion"),
        [BudgetState.Prioritised] = (BudgetStep.Acta, "acta"),
        [BudgetState.Agreed] = (BudgetStep.Pia, "apertura"),
    };

    public static IReadOnlyList<BudgetClock> Of(BudgetFacts facts, BudgetPack pack, BusinessCalendar calendar, DateOnly today)
    {
        var clocks = new List<BudgetClock>();
        void Add(string code, DateOnly since, DateOnly due, string page, params IReadOnlyList<object?> args)
        {
            var left = today <= due ? calendar.BusinessDaysBetween(today, due) : -Math.Max(1, calendar.BusinessDaysBetween(due, today));
            clocks.Add(new(code, today > due ? ClockLight.Late : left <= pack.NearBusinessDays.Value ? ClockLight.Near : ClockLight.OnTime, since, due, left, page, [.. args]));
        }
        if (StepOf.TryGetValue(facts.State, out var at) && facts.Schedule.FirstOrDefault(s => s.Step == at.Step) is { } step) Add("step", step.From, step.To, at.Page, at.Step, step.To);
        if (facts.Requested.Count > 0)
        {
            var oldest = facts.Requested.Min();
            Add("registrations", oldest, calendar.AddBusinessDays(oldest, pack.ReviewBusinessDays.Value), "agentes", facts.Requested.Count, calendar.AddBusinessDays(oldest, pack.ReviewBusinessDays.Value));
        }
        if (facts.Cures.Count > 0) Add("cures", today, facts.Cures.Min(), "agentes", facts.Cures.Count, facts.Cures.Min());
        if (facts.Answers.Count > 0) Add("answers", today, facts.Answers.Min(), "propuestas", facts.Answers.Count, facts.Answers.Min());
        if (facts.Replies.Count > 0) Add("replies", today, facts.Replies.Min(), "vigilancia", facts.Replies.Count, facts.Replies.Min());
        foreach (var day in facts.Workshops.Order().Take(1)) Add(day < today ? "workshop-open" : "workshop", today, day, "talleres", day);
        if (facts.MissingQuarter > 0)
        {
            var due = new DateOnly(facts.FiscalYear, 1, 1).AddMonths((3 * facts.MissingQuarter) + 1).AddDays(-1);
            Add("quarter", due, due, "seguimiento", facts.MissingQuarter, due);
        }
        if (facts.State == BudgetState.Formalised)
        {
            var accounts = pack.ScheduleFor(facts.FiscalYear + 2).First(s => s.Step == BudgetStep.Accounts);
            Add("accounts", accounts.From, accounts.To, "rendicion", facts.FiscalYear.ToString(CultureInfo.InvariantCulture), accounts.To);
        }
        if (facts.AccountsOwed && facts.Schedule.FirstOrDefault(s => s.Step == BudgetStep.Accounts) is { } owed) Add("accounts-owed", owed.From, owed.To, "rendicion", facts.FiscalYear.ToString(CultureInfo.InvariantCulture), owed.To);
        return [.. clocks.OrderBy(c => c.Due).ThenBy(c => c.Code, StringComparer.Ordinal)];
    }
}
