using Minka.Selection.Exact;
using Minka.Selection.Participatory;

namespace Minka.Selection.Tests.Participatory;

/// <summary>The rules straight from their definitions, in fractions, voter by voter. Slow on purpose; shares nothing with the engine.</summary>
internal sealed class Naive
{
    private readonly List<Dictionary<int, Fraction>> _voters = [];

    public Naive(Election election, Utility utility, int offset = 0)
    {
        Costs = [.. election.Projects.Select(p => p.Cost)];
        Ids = [.. election.Projects.Select(p => p.Id)];
        Budget = election.Budget;
        for (var g = 0; g < election.Ballots.GroupCount; g++)
        {
            var projects = election.Ballots.Projects(g).ToArray();
            var points = election.Ballots.Points(g);
            for (var m = 0; m < election.Ballots.Multiplicity(g); m++)
            {
                var voter = new Dictionary<int, Fraction>();
                for (var i = 0; i < projects.Length; i++)
                {
                    voter[projects[i]] = utility switch
                    {
                        Utility.Cost => Costs[projects[i]],
                        Utility.Cardinality => Fraction.One,
                        Utility.Points => points[i],
                        _ => projects.Length - i - 1 + offset,
                    };
                }

                _voters.Add(voter);
            }
        }
    }

    public Fraction[] Costs { get; }

    public string[] Ids { get; }

    public Fraction Budget { get; }

    public int Voters => _voters.Count;

    public Fraction Cost(IEnumerable<int> projects) => projects.Aggregate(Fraction.Zero, (sum, p) => sum + Costs[p]);

    public Fraction Utility_(int voter, int project) => _voters[voter].GetValueOrDefault(project);

    public List<int> EqualShares(Fraction share)
    {
        var money = Enumerable.Repeat(share, Voters).ToArray();
        var chosen = Enumerable.Range(0, Costs.Length).Where(p => Costs[p].Sign == 0 && Supporters(p).Any()).OrderBy(p => Ids[p], StringComparer.Ordinal).ToList();
        while (true)
        {
            var best = -1;
            var price = Fraction.Zero;
            foreach (var p in Enumerable.Range(0, Costs.Length).Where(p => !chosen.Contains(p) && Costs[p].Sign > 0).OrderBy(p => Ids[p], StringComparer.Ordinal))
            {
                if (Price(p, money) is { } rho && (best < 0 || rho < price))
                    (best, price) = (p, rho);
            }

            if (best < 0)
                return chosen;
            chosen.Add(best);
            foreach (var i in Supporters(best))
                money[i] -= Fraction.Min(money[i], price * _voters[i][best]);
        }
    }

    /// <summary>Every part α that some supporter's last money brings together, and α = 1, tried for every project that still fits.</summary>
    public List<int> BoundedOverspending()
    {
        var money = Enumerable.Repeat(Voters == 0 ? Fraction.Zero : Budget / Voters, Voters).ToArray();
        var chosen = Enumerable.Range(0, Costs.Length).Where(p => Costs[p].Sign == 0 && Supporters(p).Any()).OrderBy(p => Ids[p], StringComparer.Ordinal).ToList();
        while (true)
        {
            (int Project, Fraction Value, Fraction Price)? best = null;
            foreach (var p in Enumerable.Range(0, Costs.Length).Where(p => !chosen.Contains(p) && Costs[p].Sign > 0 && Cost(chosen) + Costs[p] <= Budget).OrderBy(p => Ids[p], StringComparer.Ordinal))
            {
                var paying = Supporters(p).Where(i => money[i].Sign > 0).ToList();
                foreach (var lambda in paying.Select(i => money[i] / _voters[i][p]).Distinct().Order())
                {
                    var collected = paying.Aggregate(Fraction.Zero, (sum, i) => sum + Fraction.Min(money[i], lambda * _voters[i][p]));
                    var whole = collected >= Costs[p];
                    var price = whole ? Price(p, money)!.Value : lambda * Costs[p] / collected;
                    var value = whole ? price : price * Costs[p] / collected;
                    if (best is null || value < best.Value.Value)
                        best = (p, value, price);
                    if (whole)
                        break;
                }
            }

            if (best is not { } found)
                return chosen;
            chosen.Add(found.Project);
            foreach (var i in Supporters(found.Project))
                money[i] -= Fraction.Min(money[i], found.Price * _voters[i][found.Project]);
        }
    }

    /// <summary>add1 by running every step.</summary>
    public List<int> Add1(Fraction step, int most)
    {
        var previous = new List<int>();
        for (var k = 0; k < most; k++)
        {
            var outcome = EqualShares((Budget / Voters) + (step * k));
            if (Cost(outcome) > Budget)
                return previous;
            if (!Enumerable.Range(0, Costs.Length).Any(p => Costs[p].Sign > 0 && Supporters(p).Any() && !outcome.Contains(p) && Cost(outcome) + Costs[p] <= Budget))
                return outcome;
            previous = outcome;
        }

        throw new InvalidOperationException("Too many steps for this test.");
    }

    public List<int> Phragmen()
    {
        var load = new Fraction[Voters];
        var chosen = new List<int>();
        while (true)
        {
            var open = Enumerable.Range(0, Costs.Length).Where(p => !chosen.Contains(p) && Costs[p] <= Budget).ToList();
            if (open.Count == 0)
                return chosen;
            Fraction? Load(int p)
            {
                var who = Voters_(p).ToList();
                return who.Count == 0 ? null : who.Aggregate(Costs[p], (sum, i) => sum + load[i]) / who.Count;
            }

            var loads = open.ToDictionary(p => p, Load);
            var least = loads.Values.Where(l => l is not null).Aggregate((Fraction?)null, (a, b) => a is null || b < a ? b : a);
            var tied = open.Where(p => loads[p] == least).OrderBy(p => Ids[p], StringComparer.Ordinal).ToList();
            if (tied.Exists(p => Cost(chosen) + Costs[p] > Budget))
                return chosen;
            chosen.Add(tied[0]);
            foreach (var i in Voters_(tied[0]))
                load[i] = least!.Value;
        }
    }

    public List<int> Greedy(bool perCost)
    {
        var left = Budget;
        var chosen = new List<int>();
        Fraction Score(int p) => Enumerable.Range(0, Voters).Aggregate(Fraction.Zero, (sum, i) => sum + Utility_(i, p));
        Fraction Key(int p) => !perCost ? Score(p) : Score(p).Sign == 0 ? 0 : Costs[p].Sign == 0 ? new Fraction(1_000_000_000, 1) : Score(p) / Costs[p];
        foreach (var p in Enumerable.Range(0, Costs.Length).OrderByDescending(Key).ThenBy(p => Ids[p], StringComparer.Ordinal))
        {
            if (Costs[p] > left)
                continue;
            left -= Costs[p];
            chosen.Add(p);
        }

        return chosen;
    }

    /// <summary>The heaviest load of a set: the greatest cost over voters of all its parts.</summary>
    public List<int> MaximinSupport()
    {
        var chosen = new List<int>();
        while (true)
        {
            var open = Enumerable.Range(0, Costs.Length).Where(p => !chosen.Contains(p) && Voters_(p).Any() && Cost(chosen) + Costs[p] <= Budget).OrderBy(p => Ids[p], StringComparer.Ordinal).ToList();
            if (open.Count == 0)
                return chosen;
            var loads = open.ToDictionary(p => p, p => Heaviest([.. chosen, p]));
            var least = loads.Values.Aggregate(Fraction.Min);
            chosen.Add(open.First(p => loads[p] == least));
        }
    }

    public IEnumerable<int> Supporters(int p) => Enumerable.Range(0, Voters).Where(i => Utility_(i, p).Sign > 0);

    private IEnumerable<int> Voters_(int p) => Enumerable.Range(0, Voters).Where(i => _voters[i].ContainsKey(p));

    private Fraction Heaviest(int[] set)
    {
        var heaviest = Fraction.Zero;
        for (var part = 1; part < 1 << set.Length; part++)
        {
            var members = set.Where((_, i) => (part >> i & 1) == 1).ToList();
            var voters = members.SelectMany(Voters_).Distinct().Count();
            heaviest = Fraction.Max(heaviest, Cost(members) / voters);
        }

        return heaviest;
    }

    private Fraction? Price(int p, Fraction[] money)
    {
        var who = Supporters(p).ToList();
        if (who.Count == 0 || who.Aggregate(Fraction.Zero, (sum, i) => sum + money[i]) < Costs[p])
            return null;

        // ρ is where Σ min(money, ρ·u) = cost: tried for every number of voters too poor, poorest first.
        who.Sort((a, b) => (money[a] / _voters[a][p]).CompareTo(money[b] / _voters[b][p]));
        for (var poor = 0; poor < who.Count; poor++)
        {
            var rest = Costs[p] - who.Take(poor).Aggregate(Fraction.Zero, (sum, i) => sum + money[i]);
            var price = rest / who.Skip(poor).Aggregate(Fraction.Zero, (sum, i) => sum + _voters[i][p]);
            if (who.Skip(poor).All(i => money[i] >= price * _voters[i][p]))
                return price;
        }

        return null;
    }
}
