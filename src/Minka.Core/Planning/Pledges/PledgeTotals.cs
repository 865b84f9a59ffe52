using Minka.Core.Kernel;
using Minka.Core.Rules;

namespace Minka.Core.Planning.Pledges;

/// <summary>What the programme plans from one source, and what partners have promised, shown and had valued of it. Each step counts what is at least so far.</summary>
public sealed record PledgeRow(FundingSource Source, Money Planned, Money Pledged, Money Documented, Money Valued)
{
    /// <summary>Planned and not even promised; zero where more is promised.</summary>
    public Money Open => Planned > Pledged ? Planned - Pledged : Money.Zero;

    /// <summary>Promised beyond what the costs say that the source pays.</summary>
    public Money Unplanned => Pledged > Planned ? Pledged - Planned : Money.Zero;
}

/// <summary>The pledges of a programme against its funding table, in soles. What was withdrawn does not count.</summary>
public sealed record PledgeTotals(IReadOnlyList<PledgeRow> Rows)
{
    public Money Planned => Rows.SumMoney(r => r.Planned);

    public Money Pledged => Rows.SumMoney(r => r.Pledged);

    public Money Documented => Rows.SumMoney(r => r.Documented);

    public Money Valued => Rows.SumMoney(r => r.Valued);

    public static PledgeTotals Of(FundingTable funding, IReadOnlyList<Pledge> pledges)
    {
        var standing = pledges.Where(p => p.State != PledgeState.Withdrawn).ToList();
        return new([.. FundingSources.All.Where(s => s.IsMatch())
            .Select(s => new PledgeRow(s, funding.OfSource(s), Sum(s, PledgeState.Pledged), Sum(s, PledgeState.Documented), Sum(s, PledgeState.Valued)))
            .Where(r => !r.Planned.IsZero || !r.Pledged.IsZero)]);

        Money Sum(FundingSource source, PledgeState least) => standing.Where(p => p.Source == source && p.State >= least).SumMoney(p => p.InSoles());
    }

    /// <summary>What a least match still lacks at each step.</summary>
    public MatchNeed Against(Money least)
    {
        return new(least, Short(Planned), Short(Pledged), Short(Documented), Short(Valued));

        Money Short(Money have) => have < least ? least - have : Money.Zero;
    }
}

/// <summary>The least match that rules ask, and what is missing of it as planned, promised, shown and valued.</summary>
public sealed record MatchNeed(Money Least, Money Planned, Money Pledged, Money Documented, Money Valued);
