using Minka.Core.Entities.Prioritisation;
using Minka.Core.Kernel;
using Minka.Selection.Participatory.Audits;

namespace Minka.Core.Planning.ParticipatoryBudget;

public enum ResultFate
{
    Funded,

    /// <summary>First in line should money come free.</summary>
    Reserve,
}

/// <summary>One project in the result.</summary>
/// <param name="Rank">From 1.</param>
/// <param name="Supporters">Ballots that mark it; null by criteria.</param>
/// <param name="Asked">Of the participatory budget; the rest of its cost comes from others.</param>
public sealed record ResultLine(BudgetProposalId ProposalId, string Code, string Title, int Rank, int? Points, long? Supporters, Money Cost, Money Others, Money Asked, ResultFate Fate, IReadOnlyList<Reason> Reasons);

/// <param name="FileDigest">Of the ballots as a <c>.pb</c> file; null by criteria.</param>
public sealed record BudgetResult(PriorityMethod Method, Money Amount, Money Spent, IReadOnlyList<ResultLine> Lines, int? Ballots, int? OnPaper, Digest? FileDigest)
{
    public IEnumerable<ResultLine> Funded => Lines.Where(l => l.Fate == ResultFate.Funded);
}

/// <summary>What goes to the workshop: a proposal that passed its gates.</summary>
public sealed record Contender(BudgetProposalId Id, string Code, string Title, int Points, int Beneficiaries, Money Cost, Money Others)
{
    public Money Asked => Cost - Others;
}

/// <summary>Turns points or ballots into funded projects, each with its reasons. Pure.</summary>
public static class BudgetPriorities
{
    /// <summary>
    /// By points; equal ones by people who benefit, then by the lesser amount asked, then by a draw that nobody can steer: the hash of the
    /// rule's digest, in the register since the call, with the project's code. O(n log n).
    /// </summary>
    public static BudgetResult ByCriteria(IReadOnlyList<Contender> contenders, Money amount, bool skip, Digest ruleDigest)
    {
        var order = contenders.OrderByDescending(c => c.Points).ThenByDescending(c => c.Beneficiaries).ThenBy(c => c.Asked).ThenBy(c => Ticket(ruleDigest, c), StringComparer.Ordinal).ToList();
        var lines = new List<ResultLine>(order.Count);
        var spent = Money.Zero;
        var ended = false;
        foreach (var (at, c) in order.Index())
        {
            var reasons = new List<Reason> { Reason.Note("budget.points", c.Points, at + 1) };
            if (order.Where(o => o.Points == c.Points).ToList() is { Count: > 1 } equals) reasons.Add(Tie(equals, c));
            var left = amount - spent;
            var fits = c.Asked <= left;
            if (ended) reasons.Add(Reason.Fails("budget.list-ended"));
            else if (fits) reasons.Add(Reason.Ok("budget.fits", c.Asked, left));
            else reasons.Add(Reason.Fails("budget.does-not-fit", c.Asked, left));
            var funded = fits && !ended;
            if (funded) spent += c.Asked;
            else if (!skip) ended = true;
            lines.Add(new(c.Id, c.Code, c.Title, at + 1, c.Points, null, c.Cost, c.Others, c.Asked, funded ? ResultFate.Funded : ResultFate.Reserve, reasons));
        }
        return new(PriorityMethod.Criteria, amount, spent, lines, null, null, null);
    }

    /// <summary>The outcome of a prioritisation session, in the order of its rule; those left out by their support.</summary>
    /// <param name="supporters">Ballots that mark each option.</param>
    /// <param name="lost">What would have funded those left out, as far as it was computed.</param>
    public static BudgetResult ByVotes(IReadOnlyList<Contender> contenders, Money amount, PriorityResult result, IReadOnlyDictionary<string, long> supporters, IReadOnlyDictionary<string, LostProject> lost)
    {
        long Support(Contender c) => supporters.GetValueOrDefault(c.Code);
        var place = result.Chosen.Order.Index().ToDictionary(o => o.Item, o => o.Index, StringComparer.Ordinal);
        var order = contenders.OrderBy(c => place.GetValueOrDefault(c.Code, int.MaxValue)).ThenByDescending(Support).ThenBy(c => c.Code, StringComparer.Ordinal).ToList();
        var spent = new Money(order.Where(c => place.ContainsKey(c.Code)).Sum(c => c.Asked.Minor));
        var left = amount - spent;
        return new(PriorityMethod.Votes, amount, spent, [.. order.Index().Select(o =>
        {
            var (at, c) = o;
            var funded = place.ContainsKey(c.Code);
            Reason[] why = funded ? [Reason.Ok("budget.chosen-by-votes", Support(c), result.Ballots)]
                : c.Asked > left ? [Reason.Note("budget.supported", Support(c), result.Ballots), Reason.Fails("budget.does-not-fit", c.Asked, left)]
                : [Reason.Note("budget.supported", Support(c), result.Ballots), Reason.Fails("budget.not-chosen")];
            return new ResultLine(c.Id, c.Code, c.Title, at + 1, null, Support(c), c.Cost, c.Others, c.Asked, funded ? ResultFate.Funded : ResultFate.Reserve, funded ? why : [.. why, .. Lacked(lost.GetValueOrDefault(c.Code))]);
        })], result.Ballots, result.OnPaper, result.FileDigest);
    }

    static IEnumerable<Reason> Lacked(LostProject? lost)
    {
        if (lost?.Cost is { } cost) yield return Reason.Note("budget.with-cost", new Money((long)(cost * 100).RoundHalfUp()));
        if (lost is { Optimistic: { } few, Pessimistic: { } many }) yield return few == many ? Reason.Note("budget.with-votes", few) : Reason.Note("budget.with-votes-between", few, many);
    }

    static Reason Tie(IReadOnlyList<Contender> equals, Contender c)
    {
        var others = equals.Where(e => e != c).ToList();
        if (others.TrueForAll(o => o.Beneficiaries != c.Beneficiaries)) return Reason.Note("budget.tie-people", c.Points, c.Beneficiaries);
        return others.Where(o => o.Beneficiaries == c.Beneficiaries).All(o => o.Asked != c.Asked) ? Reason.Note("budget.tie-cost", c.Points, c.Asked) : Reason.Note("budget.tie-draw", c.Points);
    }

    static string Ticket(Digest rule, Contender c) => Digest.Of($"{rule.Hex}/{c.Code}").Hex;
}
