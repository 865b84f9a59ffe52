using Minka.Core.Kernel;
using Minka.Core.Rules.Calendars;

namespace Minka.Core.Planning.ParticipatoryBudget;

/// <summary>Whether the steps of a year stand in an order that can be kept. Pure.</summary>
public static class BudgetSchedule
{
    /// <summary>Pairs of steps: the first must have ended before the second begins.</summary>
    static readonly (BudgetStep Before, BudgetStep After)[] Sequence =
    [
        (BudgetStep.Register, BudgetStep.Evaluation), (BudgetStep.Register, BudgetStep.Priorities), (BudgetStep.Diagnosis, BudgetStep.Evaluation), (BudgetStep.Proposals, BudgetStep.Evaluation),
        (BudgetStep.Evaluation, BudgetStep.Priorities), (BudgetStep.Accounts, BudgetStep.Priorities), (BudgetStep.Priorities, BudgetStep.Acta), (BudgetStep.Acta, BudgetStep.Pia),
    ];

    /// <summary>All faults; none where the schedule can be kept.</summary>
    public static IReadOnlyList<Reason> Faults(BudgetPack pack, int fiscalYear, IReadOnlyList<ScheduledStep> steps, BusinessCalendar calendar)
    {
        var faults = new List<Reason>();
        var by = steps.DistinctBy(s => s.Step).ToDictionary(s => s.Step);
        foreach (var missing in Enum.GetValues<BudgetStep>().Where(s => !by.ContainsKey(s))) faults.Add(Reason.Fails(BudgetReasons.StepMissing, missing));
        foreach (var step in by.Values.Where(s => s.To < s.From)) faults.Add(Reason.Fails(BudgetReasons.StepReversed, step.Step, step.From, step.To));
        if (faults.Count > 0) return faults;
        if (by[BudgetStep.Register].From < by[BudgetStep.Notice].From) faults.Add(Reason.Fails(BudgetReasons.StepBefore, BudgetStep.Register, by[BudgetStep.Register].From, BudgetStep.Notice, by[BudgetStep.Notice].From));
        foreach (var (before, after) in Sequence.Where(p => by[p.After].From <= by[p.Before].To))
            faults.Add(Reason.Fails(BudgetReasons.StepOverlaps, after, by[after].From, before, by[before].To));
        var register = by[BudgetStep.Register];
        // A term counts from the day after the one that starts it; here the first day counts too.
        var days = calendar.BusinessDaysBetween(register.From.AddDays(-1), register.To);
        if (days < pack.RegisterBusinessDays.Value) faults.Add(Reason.Fails(BudgetReasons.RegisterShort, days, pack.RegisterBusinessDays.Value));
        if (by[BudgetStep.Pia].To > new DateOnly(fiscalYear - 1, 12, 31)) faults.Add(Reason.Fails(BudgetReasons.PiaAfterYear, by[BudgetStep.Pia].To, new DateOnly(fiscalYear - 1, 12, 31)));
        return faults;
    }

    public static void MustHold(BudgetPack pack, int fiscalYear, IReadOnlyList<ScheduledStep> steps, BusinessCalendar calendar)
    {
        if (Faults(pack, fiscalYear, steps, calendar) is [var fault, ..]) throw new RuleBroken(fault.Code, [.. fault.Args]);
    }
}
