using System.Globalization;
using System.Numerics;
using Minka.Selection.Exact;

namespace Minka.Selection.Participatory.Certificates;

/// <summary>
/// Replays a certificate claim by claim. Reads nothing but the certificate and shares no code with the search: it does not look for the next
/// project, it proves for each round that the one named was right, by evaluating every other one at its price.
/// </summary>
/// <remarks>
/// Equal shares: at price ρ the supporters of the funded project bring together exactly its cost, and those of any other at most theirs; exactly theirs only if it is listed as tied and later in the tie order. At the end nobody's supporters
/// can pay. Raising completions: the stop is proved at the step returned, and the earlier steps are run again one by one from the definition if that is at most <see cref="MostWork"/>; else the claim stays open.
/// O(rounds · named projects) operations on fractions.
/// </remarks>
public sealed class PbCertificateReplay
{
    /// <summary>The most work spent on earlier steps of a completion: steps · rounds · named projects.</summary>
    public const long MostWork = 20_000_000;

    private readonly PbCertificate _certificate;
    private readonly List<ReplayedClaim> _claims = [];
    private readonly Fraction[] _cost;
    private readonly Fraction _budget;
    private readonly List<(int Group, Fraction Utility)>[] _supporters;
    private readonly Fraction[] _scores;
    private readonly int[] _rank;

    private PbCertificateReplay(PbCertificate certificate)
    {
        _certificate = certificate;
        _budget = Parse(certificate.Budget);
        _cost = [.. certificate.Projects.Select(p => Parse(p.Cost))];
        _rank = new int[_cost.Length];
        for (var r = 0; r < certificate.TieOrder.Count; r++)
            _rank[certificate.TieOrder[r]] = r;
        _supporters = [.. _cost.Select(_ => new List<(int, Fraction)>())];
        _scores = new Fraction[_cost.Length];
        for (var g = 0; g < certificate.Ballots.Count; g++)
        {
            var ballot = certificate.Ballots[g];
            for (var i = 0; i < ballot.Projects.Count; i++)
            {
                var p = ballot.Projects[i];
                var points = ballot.Points is not null ? Parse(ballot.Points[i]) : certificate.Kind == "ordinal" ? ballot.Projects.Count - 1 - i + certificate.BordaOffset : Fraction.One;
                _scores[p] += points * ballot.Voters;
                var utility = certificate.Utility switch
                {
                    Utility.Cost => _cost[p],
                    Utility.Points or Utility.Borda => points,
                    _ => Fraction.One,
                };
                if (utility.Sign > 0)
                    _supporters[p].Add((g, utility));
            }
        }
    }

    /// <summary>Replays a certificate.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <returns>The claims, each with its verdict; faulty certificates fail their first claim.</returns>
    public static IReadOnlyList<ReplayedClaim> Run(PbCertificate certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        try
        {
            if (certificate.Format != PbCertificate.CurrentFormat)
                return [new ReplayedClaim("format", false, $"unknown format {certificate.Format}")];
            var replay = new PbCertificateReplay(certificate);
            replay.All();
            return replay._claims;
        }
        catch (Exception fault) when (fault is FormatException or ArgumentOutOfRangeException or IndexOutOfRangeException or DivideByZeroException or OverflowException or NullReferenceException)
        {
            return [new ReplayedClaim("format", false, "the certificate contradicts itself: " + fault.Message)];
        }
    }

    private void All()
    {
        Claim("election", PbCertificate.Hash(_certificate.Canonical()) == _certificate.ElectionSha256, $"SHA-256 {_certificate.ElectionSha256}");
        Claim("tie order", _certificate.TieOrder.Order().SequenceEqual(Enumerable.Range(0, _cost.Length)), "a total order of all projects");
        var spent = _certificate.Funded.Aggregate(Fraction.Zero, (sum, p) => sum + _cost[p]);
        Claim("budget", spent <= _budget && _certificate.Funded.Distinct().Count() == _certificate.Funded.Count, $"spent {spent} of {_budget}");
        Claim("rounds", _certificate.Rounds.Select(r => r.Project).SequenceEqual(_certificate.Funded), "the rounds fund what the certificate says, in its order");
        switch (_certificate.Rule)
        {
            case PbRule.EqualShares:
                Shares();
                break;
            case PbRule.Phragmen:
                Loads();
                break;
            case PbRule.MaximinSupport or PbRule.BoundedOverspending:
                Claim("rule", false, "no replay for this rule");
                break;
            default:
                GreedyFrom(_certificate.Rule, 0, _budget);
                break;
        }
    }

    private void Claim(string name, bool passed, string detail) => _claims.Add(new ReplayedClaim(name, passed, detail));

    private void Shares()
    {
        var voters = _certificate.Ballots.Sum(b => b.Voters);
        if (voters == 0)
        {
            Claim("share", _certificate.Funded.Count == 0, "no voters, nothing funded");
            return;
        }

        var share = Parse(_certificate.Share!);
        var raising = _certificate.Completion != Completion.None;
        var steps = raising ? BigInteger.Parse(_certificate.Steps!, CultureInfo.InvariantCulture) : 0;
        var step = _certificate.Completion == Completion.AddOpt ? new Fraction(1, BigInteger.Parse(_certificate.UnitsPerCurrency, CultureInfo.InvariantCulture) * voters) : Fraction.One;
        var start = Parse(_certificate.StartShare!);
        var exactStart = _budget / voters;
        Claim("share", (start == exactStart || (raising && start == exactStart.Floor())) && share == start + (step * steps), $"{start} and {steps} steps of {step}");

        // Add1U ends with rounds that nobody paid; the greedy replay checks those.
        var rounds = _certificate.Rounds.TakeWhile(r => !r.Added).ToList();
        var left = Enumerable.Repeat(share, _certificate.Ballots.Count).ToArray();
        var funded = new HashSet<int>();
        for (var r = 0; r < rounds.Count; r++)
        {
            var detail = ShareRound(rounds[r], left, funded);
            Claim(string.Create(CultureInfo.InvariantCulture, $"round {r + 1}"), detail is null, detail ?? $"{_certificate.Projects[rounds[r].Project].Id} at {rounds[r].Price}");
            funded.Add(rounds[r].Project);
        }

        var payable = Enumerable.Range(0, _cost.Length).Where(p => !funded.Contains(p) && _supporters[p].Count > 0 && Funds(p, left) >= _cost[p]).ToList();
        Claim("end", payable.Count == 0, payable.Count == 0 ? "no group of supporters can pay for anything more" : $"{_certificate.Projects[payable[0]].Id} could still be paid");
        if (raising)
            Stop(start, step, steps, funded);
        if (_certificate.Completion == Completion.Add1U)
            GreedyFrom(PbRule.GreedyVotes, rounds.Count, _budget - funded.Aggregate(Fraction.Zero, (sum, p) => sum + _cost[p]));
        else
            Claim("complete", rounds.Count == _certificate.Rounds.Count, "every round was paid");
    }

    private string? ShareRound(CertifiedRound round, Fraction[] left, HashSet<int> funded)
    {
        var p = round.Project;
        if (funded.Contains(p))
            return "funded twice";
        if (_cost[p].Sign == 0)
            return _supporters[p].Count > 0 ? null : "free but unsupported";
        var price = Parse(round.Price);
        foreach (var q in Enumerable.Range(0, _cost.Length).Where(q => !funded.Contains(q) && _supporters[q].Count > 0 && _cost[q].Sign > 0))
        {
            var funds = Fraction.Zero;
            var rich = false;
            foreach (var (g, u) in _supporters[q])
            {
                funds += Fraction.Min(left[g], price * u) * _certificate.Ballots[g].Voters;
                rich |= left[g] >= price * u;
            }

            if (q == p ? funds != _cost[q] || !rich : funds > _cost[q])
                return $"at {price} the supporters of {_certificate.Projects[q].Id} bring together {funds} for its {_cost[q]}";
            if (q != p && funds == _cost[q] && rich && (!round.Tied.Contains(q) || _rank[q] < _rank[p]))
                return $"{_certificate.Projects[q].Id} was tied and goes first";
        }

        var payments = round.Payments.ToDictionary(x => x.Group, x => Parse(x.Each));
        foreach (var (g, u) in _supporters[p])
        {
            var due = Fraction.Min(left[g], price * u);
            if (payments.GetValueOrDefault(g) != due)
                return string.Create(CultureInfo.InvariantCulture, $"group {g} pays {payments.GetValueOrDefault(g)} instead of {due}");
            left[g] -= due;
        }

        return payments.Keys.All(g => _supporters[p].Exists(s => s.Group == g)) ? null : "somebody paid who does not support it";
    }

    private Fraction Funds(int p, Fraction[] left) => _supporters[p].Aggregate(Fraction.Zero, (sum, s) => sum + (left[s.Group] * _certificate.Ballots[s.Group].Voters));

    private void Stop(Fraction start, Fraction step, BigInteger steps, HashSet<int> funded)
    {
        if (Exhaustive(funded))
        {
            Claim("stop", true, "no supported project fits in what is left");
        }
        else
        {
            var next = Naive(start + (step * (steps + 1)));
            Claim("stop", Cost(next) > _budget, $"one step more would spend {Cost(next)}");
        }

        if (steps * (funded.Count + 1) * _supporters.Sum(s => s.Count) > MostWork)
        {
            _claims.Add(new ReplayedClaim("earlier steps", null, $"{steps} earlier steps were not run again; that none of them stops rests on the search"));
            return;
        }

        var early = -1;
        for (var k = 0; k < steps && early < 0; k++)
        {
            var outcome = Naive(start + (step * k));
            if (Cost(outcome) > _budget || Exhaustive(outcome))
                early = k;
        }

        Claim("earlier steps", early < 0, early < 0 ? $"none of {steps} stops" : string.Create(CultureInfo.InvariantCulture, $"step {early} stops already"));
    }

    private Fraction Cost(IEnumerable<int> projects) => projects.Aggregate(Fraction.Zero, (sum, p) => sum + _cost[p]);

    private bool Exhaustive(HashSet<int> funded)
    {
        var rest = _budget - Cost(funded);
        return !Enumerable.Range(0, _cost.Length).Any(p => !funded.Contains(p) && _supporters[p].Count > 0 && _cost[p].Sign > 0 && _cost[p] <= rest);
    }

    /// <summary>Equal shares straight from its definition.</summary>
    private HashSet<int> Naive(Fraction share)
    {
        var left = Enumerable.Repeat(share, _certificate.Ballots.Count).ToArray();
        var funded = Enumerable.Range(0, _cost.Length).Where(p => _cost[p].Sign == 0 && _supporters[p].Count > 0).ToHashSet();
        while (true)
        {
            var best = -1;
            var bestPrice = Fraction.Zero;
            for (var p = 0; p < _cost.Length; p++)
            {
                if (funded.Contains(p) || _supporters[p].Count == 0 || Price(p, left) is not { } price)
                    continue;
                if (best < 0 || price < bestPrice || (price == bestPrice && _rank[p] < _rank[best]))
                    (best, bestPrice) = (p, price);
            }

            if (best < 0)
                return funded;
            funded.Add(best);
            foreach (var (g, u) in _supporters[best])
                left[g] -= Fraction.Min(left[g], bestPrice * u);
        }
    }

    private Fraction? Price(int p, Fraction[] left)
    {
        var rest = _cost[p];
        var weight = _supporters[p].Aggregate(Fraction.Zero, (sum, s) => sum + (s.Utility * _certificate.Ballots[s.Group].Voters));
        foreach (var (g, u) in _supporters[p].OrderBy(s => left[s.Group] / s.Utility))
        {
            if (left[g] * weight >= rest * u)
                return rest / weight;
            rest -= left[g] * _certificate.Ballots[g].Voters;
            weight -= u * _certificate.Ballots[g].Voters;
        }

        return null;
    }

    private void Loads()
    {
        var load = new Fraction[_certificate.Ballots.Count];
        var funded = new HashSet<int>();
        var spent = Fraction.Zero;
        for (var r = 0; r <= _certificate.Rounds.Count; r++)
        {
            // The loads after each candidate; null is infinite.
            var open = Enumerable.Range(0, _cost.Length).Where(p => !funded.Contains(p) && _cost[p] <= _budget).ToList();
            var after = open.ToDictionary(p => p, p => _supporters[p].Count == 0 ? (Fraction?)null
                : (_supporters[p].Aggregate(_cost[p], (sum, s) => sum + (load[s.Group] * _certificate.Ballots[s.Group].Voters))) / _supporters[p].Sum(s => _certificate.Ballots[s.Group].Voters));
            var least = after.Values.Any(a => a is not null) ? after.Values.Where(a => a is not null).Aggregate((a, b) => a < b ? a : b) : null;
            var tied = open.Where(p => after[p] == least).ToList();
            var stops = tied.Count == 0 || tied.Exists(p => spent + _cost[p] > _budget);
            if (r == _certificate.Rounds.Count)
            {
                Claim("end", stops, stops ? "nothing is left, or a least loaded project would overrun the budget" : "the rule would go on");
                return;
            }

            var round = _certificate.Rounds[r];
            var right = !stops && tied.MinBy(p => _rank[p]) == round.Project && Parse(round.Price) == (least ?? Fraction.Zero);
            Claim(string.Create(CultureInfo.InvariantCulture, $"round {r + 1}"), right, right ? $"{_certificate.Projects[round.Project].Id} with load {round.Price}" : $"{_certificate.Projects[round.Project].Id} is not the least loaded");
            funded.Add(round.Project);
            spent += _cost[round.Project];
            foreach (var (g, _) in _supporters[round.Project])
                load[g] = least ?? load[g];
        }
    }

    private void GreedyFrom(PbRule rule, int round, Fraction left)
    {
        var perCost = rule == PbRule.GreedyDensity || (rule == PbRule.GreedyVotes && _certificate.Kind is not ("approval" or "choose-1"));
        var threshold = _certificate.Threshold is null ? Fraction.Zero : Parse(_certificate.Threshold);
        var taken = _certificate.Funded.Take(round).ToHashSet();
        var order = Enumerable.Range(0, _cost.Length).Where(p => !taken.Contains(p)).ToList();
        order.Sort((a, b) => Before(a, b, perCost) is var by && by != 0 ? by : _rank[a].CompareTo(_rank[b]));
        var funded = new List<int>();
        foreach (var p in order)
        {
            if (rule == PbRule.GreedyThreshold && _scores[p] < threshold)
                continue;
            if (rule == PbRule.GreedyExclusive && _certificate.Exclusions.Any(e => (e[0] == p && funded.Contains(e[1])) || (e[1] == p && funded.Contains(e[0]))))
                continue;
            if (_cost[p] <= left)
            {
                funded.Add(p);
                left -= _cost[p];
            }
            else if (rule == PbRule.GreedyNoSkip)
            {
                break;
            }
        }

        Claim("greedy", funded.SequenceEqual(_certificate.Funded.Skip(round)), $"{funded.Count} projects in order of {(perCost ? "score per cost" : "score")}");
    }

    private int Before(int a, int b, bool perCost)
    {
        if (!perCost)
            return _scores[b].CompareTo(_scores[a]);
        var (sa, sb) = (Fraction.Max(_scores[a], Fraction.Zero), Fraction.Max(_scores[b], Fraction.Zero));
        return sa.Sign == 0 || sb.Sign == 0 ? sb.CompareTo(sa) : (sb * _cost[a]).CompareTo(sa * _cost[b]);
    }

    private static Fraction Parse(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? BigInteger.Parse(text, CultureInfo.InvariantCulture) : new Fraction(BigInteger.Parse(text.AsSpan(0, slash), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture), BigInteger.Parse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture));
    }
}

/// <summary>A claim of a certificate and whether the replay confirms it.</summary>
/// <param name="Claim">What is claimed.</param>
/// <param name="Passed">Whether it holds; null if it was left open because replaying it would take too long.</param>
/// <param name="Detail">What was found.</param>
public sealed record ReplayedClaim(string Claim, bool? Passed, string Detail);
