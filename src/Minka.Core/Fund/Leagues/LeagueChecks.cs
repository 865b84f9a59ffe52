using Minka.Core.Kernel;

namespace Minka.Core.Fund.Leagues;

/// <summary>Whether leagues hold every eligible territory, and so every eligible applicant, exactly once, and envelopes add up.</summary>
public static class LeagueChecks
{
    public static IReadOnlyList<Reason> Run(IReadOnlyList<string> eligible, IReadOnlyList<(string Code, Money Envelope, IReadOnlyList<string> Provinces)> leagues, Money budget)
    {
        if (leagues.Count == 0) return [Reason.Fails(FundRules.LeaguesMissing)];
        var reasons = new List<Reason>();
        var held = leagues.SelectMany(l => l.Provinces.Select(p => (Province: p, League: l.Code))).ToLookup(x => x.Province, x => x.League, StringComparer.Ordinal);
        foreach (var code in eligible.Where(c => !held.Contains(c))) reasons.Add(Reason.Fails(FundRules.LeagueLeavesOut, code));
        foreach (var twice in held.Where(h => h.Count() > 1)) reasons.Add(Reason.Fails(FundRules.LeagueDoubles, twice.Key, string.Join(", ", twice)));
        foreach (var foreign in held.Where(h => !eligible.Contains(h.Key))) reasons.Add(Reason.Fails(FundRules.LeagueForeign, foreign.Key, foreign.First()));
        foreach (var empty in leagues.Where(l => l.Provinces.Count == 0)) reasons.Add(Reason.Fails(FundRules.LeagueEmpty, empty.Code));
        if (reasons.Count == 0) reasons.Add(Reason.Ok(FundRules.LeaguesSound, leagues.Count, eligible.Count));
        var sum = leagues.SumMoney(l => l.Envelope);
        reasons.Add(sum == budget && leagues.All(l => !l.Envelope.IsNegative) ? Reason.Ok(FundRules.EnvelopesSound, budget) : Reason.Fails(FundRules.EnvelopesDoNotAddUp, sum, budget));
        return reasons;
    }
}
