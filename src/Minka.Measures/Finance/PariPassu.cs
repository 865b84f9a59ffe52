namespace Minka.Measures.Finance;

/// <summary>What a report claims since the one before; amounts of zero or more.</summary>
/// <param name="GrantFunded">Spent from the grant.</param>
/// <param name="MatchCash">Verified match in cash.</param>
/// <param name="MatchInKind">Verified match in kind.</param>
/// <param name="Ineligible">Found ineligible.</param>
/// <param name="Final">True for the claim that closes: the retention falls.</param>
public sealed record ExpenditureClaim(decimal GrantFunded, decimal MatchCash, decimal MatchInKind, decimal Ineligible, bool Final);

/// <summary>What a claim gives right to.</summary>
/// <param name="Eligible">Eligible expenditure since the beginning.</param>
/// <param name="Entitled">Grant earned by it: min(g·E, ceiling).</param>
/// <param name="Pay">To be paid now.</param>
/// <param name="Recover">Paid beyond what is earned, to be recovered.</param>
/// <param name="Paid">Paid since the beginning, recoveries taken off.</param>
public sealed record ClaimSettlement(decimal Eligible, decimal Entitled, decimal Pay, decimal Recover, decimal Paid);

/// <summary>A grant paid pari passu with a verified match: g = G/(G + M) of the eligible expenditure, a part kept back until the final claim.</summary>
/// <remarks>O(claims). Amounts are not rounded; who pays céntimos rounds an entitlement down. Source: methods of EU co-financing, EC 1974/2006 for in kind.</remarks>
public static class PariPassu
{
    /// <summary>Settles claims in order.</summary>
    /// <param name="grant">G, zero or more.</param>
    /// <param name="match">M, zero or more; not both zero.</param>
    /// <param name="retention">Share of the grant kept back until the final claim, 0 to 1.</param>
    /// <param name="claims">In order.</param>
    /// <param name="inKindCap">The most match in kind that counts over all claims; <see langword="null"/> for no cap.</param>
    /// <exception cref="ArgumentOutOfRangeException">A figure is outside its range.</exception>
    /// <exception cref="ArgumentException">A claim follows the final one.</exception>
    public static IReadOnlyList<ClaimSettlement> Settle(decimal grant, decimal match, decimal retention, IReadOnlyList<ExpenditureClaim> claims, decimal? inKindCap = null)
    {
        ArgumentNullException.ThrowIfNull(claims);
        foreach (var figure in (decimal[])[grant, match, retention, inKindCap ?? 0, .. claims.SelectMany(c => new[] { c.GrantFunded, c.MatchCash, c.MatchInKind, c.Ineligible })])
            ArgumentOutOfRangeException.ThrowIfNegative(figure);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(retention, 1);
        ArgumentOutOfRangeException.ThrowIfZero(grant + match);
        if (claims.SkipLast(1).Any(c => c.Final))
            throw new ArgumentException("No claim follows the final one.", nameof(claims));

        decimal money = 0, inKind = 0, paid = 0;
        var settlements = new List<ClaimSettlement>();
        foreach (var claim in claims)
        {
            money += claim.GrantFunded + claim.MatchCash - claim.Ineligible;
            inKind += claim.MatchInKind;
            var eligible = Math.Max(0, money + Math.Min(inKind, inKindCap ?? inKind));
            var ceiling = claim.Final ? grant : (1 - retention) * grant;
            var entitled = Math.Min(grant * eligible / (grant + match), ceiling);
            var (pay, recover) = (Math.Max(0, entitled - paid), Math.Max(0, paid - entitled));
            paid += pay - recover;
            settlements.Add(new ClaimSettlement(eligible, entitled, pay, recover, paid));
        }

        return settlements;
    }
}
