using Minka.Core.Entities.Ballots;
using Minka.Core.Entities.Prioritisation;
using Minka.Core.Kernel;

namespace Minka.Core.Planning.ParticipatoryBudget;

public enum PriorityMethod
{
    /// <summary>Agents vote in a prioritisation session; its rule decides.</summary>
    Votes,

    /// <summary>The technical team scores by the criteria fixed beforehand; the workshop knows and agrees to the order.</summary>
    Criteria,
}

/// <summary>One criterion of the score, with the most points that it gives.</summary>
public sealed record ChosenCriterion(string Code, string Name, int Most);

/// <summary>How projects are prioritised: fixed and hashed when the process is called, before any workshop.</summary>
/// <param name="Votes">For <see cref="PriorityMethod.Votes"/>.</param>
/// <param name="Most">Marks, places or points of a ballot.</param>
/// <param name="SkipUnaffordable">By criteria: whoever no longer fits is passed over and the next one may fit; else the list ends there.</param>
/// <param name="Criteria">For <see cref="PriorityMethod.Criteria"/>.</param>
public sealed record BudgetRule(PriorityMethod Method, PriorityRule? Votes, BallotForm Form, int Most, bool SkipUnaffordable, IReadOnlyList<ChosenCriterion> Criteria)
{
    public int MostPoints => Criteria.Sum(c => c.Most);

    public void Check()
    {
        if (Method == PriorityMethod.Votes)
        {
            if (Votes is null || Most is < 1 or > 250) throw new RuleBroken(BudgetRules.RuleIncomplete);
            return;
        }
        if (Criteria.Count == 0) throw new RuleBroken(BudgetRules.CriteriaMissing);
        if (Criteria.FirstOrDefault(c => c.Most is < 1 or > 100 || string.IsNullOrWhiteSpace(c.Name)) is { } wrong) throw new RuleBroken(BudgetRules.CriterionWrong, wrong.Name);
        if (Criteria.GroupBy(c => c.Code, StringComparer.Ordinal).Any(g => g.Count() > 1)) throw new RuleBroken(BudgetRules.CriterionTwice);
    }
}
