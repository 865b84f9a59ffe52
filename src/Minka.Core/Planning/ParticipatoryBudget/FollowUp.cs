using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;

namespace Minka.Core.Planning.ParticipatoryBudget;

/// <param name="Acta">What the agreement gives the project.</param>
/// <param name="Why">Asked where the two differ.</param>
public sealed record PiaLine(BudgetProposalId ProposalId, string Code, string Title, Money Acta, Money Pia, string? Why);

/// <summary>A copy of the agreement and of the process's document, sent with the opening budget.</summary>
public sealed record CopySent(string To, DateOnly On, string Document);

/// <summary>The projects as the council approved them in the opening budget (PIA).</summary>
public sealed record OpeningBudget(string Agreement, DateOnly On, IReadOnlyList<PiaLine> Lines, IReadOnlyList<CopySent> Copies)
{
    public Money Total => new(Lines.Sum(l => l.Pia.Minor));

    public IEnumerable<PiaLine> Differences => Lines.Where(l => l.Acta != l.Pia);

    /// <summary>Every project of the agreement with its amount; a difference needs its reason.</summary>
    public static OpeningBudget Of(BudgetResult result, string agreement, DateOnly on, IReadOnlyDictionary<BudgetProposalId, (Money Pia, string? Why)> typed)
    {
        var lines = result.Funded.Select(l =>
        {
            var (pia, why) = typed.GetValueOrDefault(l.ProposalId);
            if (pia.IsNegative) throw new RuleBroken(BudgetRules.PiaNegative, l.Code);
            var reason = PlanningRules.Optional(why, "why", PlanningRules.LongestText);
            if (pia != l.Asked && reason is null) throw new RuleBroken(BudgetRules.PiaDiffers, $"{l.Code} {l.Title}", l.Asked, pia);
            return new PiaLine(l.ProposalId, l.Code, l.Title, l.Asked, pia, pia == l.Asked ? null : reason);
        }).ToList();
        return new(PlanningRules.Optional(agreement, "agreement") ?? throw new RuleBroken(BudgetRules.AgreementMissing), on, lines, []);
    }
}

public enum ExecutionState
{
    NotStarted,
    InProcurement,
    InExecution,
    Finished,
    Stopped,

    /// <summary>Taken out of the budget.</summary>
    Dropped,
}

/// <summary>What a project came to by the end of one quarter. Written once; a correction is a later entry with its reason.</summary>
public sealed class BudgetReport : IAppendOnly
{
    public required BudgetReportId Id { get; init; }

    public required BudgetProcessId ProcessId { get; init; }

    public required BudgetProposalId ProposalId { get; init; }

    /// <summary>1 to 4.</summary>
    public required int Quarter { get; init; }

    /// <summary>Modified budget.</summary>
    public required Money Pim { get; init; }

    /// <summary>Accrued since January.</summary>
    public required Money Accrued { get; init; }

    public required ExecutionState State { get; init; }

    /// <summary>Why the modified budget differs from the opening one, or why it stopped, was dropped or is corrected.</summary>
    public string? Why { get; init; }

    public required DateTime At { get; init; }
}

/// <summary>A light and the reason for it.</summary>
public sealed record FollowLight(ClockLight Light, Reason Why)
{
    /// <summary>
    /// Accrued against what the quarter would bring if money were spent evenly: our own measure. A work that is finished is on time, one that
    /// stopped or was dropped is late.
    /// </summary>
    public static FollowLight Of(BudgetReport? last, int dueQuarter, BudgetPack pack)
    {
        if (last is null) return dueQuarter == 0 ? new(ClockLight.OnTime, Reason.Note("budget.follow.not-due")) : new(ClockLight.Late, Reason.Fails("budget.follow.missing", dueQuarter));
        if (last.State == ExecutionState.Finished) return new(ClockLight.OnTime, Reason.Ok("budget.follow.finished", last.Accrued));
        if (last.State is ExecutionState.Stopped or ExecutionState.Dropped) return new(ClockLight.Late, Reason.Fails("budget.follow.stopped", last.State));
        if (last.Quarter < dueQuarter) return new(ClockLight.Late, Reason.Fails("budget.follow.missing", dueQuarter));
        var expected = new Money(last.Pim.Minor * last.Quarter / 4);
        var late = expected.Percent(new BasisPoints(pack.FollowUp.LateShareBp.Value));
        return last.Accrued >= expected ? new(ClockLight.OnTime, Reason.Ok("budget.follow.on-pace", last.Accrued, expected))
            : last.Accrued >= late ? new(ClockLight.Near, Reason.Note("budget.follow.behind", last.Accrued, expected))
            : new(ClockLight.Late, Reason.Fails("budget.follow.far-behind", last.Accrued, expected));
    }

    /// <summary>The last quarter of the fiscal year that is over, with a month to write it down; 0 before April's end.</summary>
    public static int DueQuarter(int fiscalYear, DateOnly today) =>
        Enumerable.Range(1, 4).LastOrDefault(q => today > new DateOnly(fiscalYear, 1, 1).AddMonths((3 * q) + 1).AddDays(-1));
}

public sealed record AccountsLine(string Code, string Title, Money Acta, Money Pia, Money Pim, Money Accrued, ExecutionState State, string? Why);

/// <param name="Kept">Null: not known.</param>
public sealed record CommitmentKept(Commitment Commitment, bool? Kept, string? Note);

/// <summary>The accounts of one year's agreement, as the head of the entity renders them to the agents (DS 142-2009-EF, art. 10.2).</summary>
public sealed record AccountsContent(int FiscalYear, string EntityName, DateOnly RenderedOn, IReadOnlyList<AccountsLine> Lines, IReadOnlyList<CommitmentKept> Commitments, string? Remarks)
{
    public Money Acta => new(Lines.Sum(l => l.Acta.Minor));

    public Money Pia => new(Lines.Sum(l => l.Pia.Minor));

    public Money Accrued => new(Lines.Sum(l => l.Accrued.Minor));
}

public sealed record EarlierLine(string Title, Money Acta, Money Pia, Money Accrued, ExecutionState State, string? Why);

/// <summary>Accounts of a year that was run on paper, typed from its document.</summary>
public sealed record EarlierAccounts(int FiscalYear, string Document, IReadOnlyList<EarlierLine> Lines);
