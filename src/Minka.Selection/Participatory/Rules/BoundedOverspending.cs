using System.Numerics;
using Minka.Selection.Exact;

namespace Minka.Selection.Participatory;

/// <summary>
/// Bounded Overspending Equal Shares (arXiv 2409.15005). A project whose supporters can pay only a part α of its cost may still be funded: with λ the price at which they bring
/// that part together, ρ = λ/α is the price as if the rest were theirs too; the project and part with the least ρ/α is funded, while it fits in the budget, and each supporter pays min(left, ρ·u).
/// </summary>
/// <remarks>
/// The minimum over α lies where some supporter gives exactly all she has, or at α = 1. Money left is a quotient of quotients here and exact fractions would double in length each round, so it is kept
/// as fixed-point numbers with 384 binary places: far finer than any file's amounts. Candidates whose values agree to 2⁻²⁰⁰ count as tied, and less than 2⁻²⁰⁰ of a voter's first money counts as
/// none: it is what rounding left of exactly nothing, and a supporter with anything at all can fund a project.
/// </remarks>
internal sealed class BoundedOverspending(Support support, int[] ranks, bool explain)
{
    private const int Places = 384;
    private const int TiePlaces = 200;

    private readonly Field _field = support.Field;

    public List<int> Order { get; } = [];

    public List<PbRound> Rounds { get; } = [];

    public double Gap { get; private set; } = 1;

    public void Run(CancellationToken cancel)
    {
        foreach (var p in ExactShares.FreeProjects(support, ranks))
        {
            Order.Add(p);
            if (explain)
                Rounds.Add(new PbRound(p, Fraction.Zero, [p], [], 1));
        }

        if (_field.Voters == 0)
            return;
        var money = new List<BigInteger> { ((BigInteger)_field.Budget << Places) / _field.Voters };
        var nothing = money[0] >> TiePlaces;
        var of = new int[_field.Groups];
        var left = _field.Budget;
        var open = Enumerable.Range(0, _field.Projects).Where(p => support.Weight[p] > 0 && _field.Cost[p] > 0).ToList();
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            open.RemoveAll(p => _field.Cost[p] > left);
            var offers = new List<(int Project, BigInteger Value, BigInteger Price)>();
            foreach (var p in open)
            {
                if (Offer(p, money, of) is { } offer)
                    offers.Add((p, offer.Value, offer.Price));
            }

            if (offers.Count == 0)
                return;
            var least = offers.Min(o => o.Value);
            var slack = least >> TiePlaces;
            var tied = offers.Where(o => o.Value - least <= slack).OrderBy(o => ranks[o.Project]).ToList();
            var rest = offers.Where(o => o.Value - least > slack).ToList();
            var gap = rest.Count == 0 ? 1 : Quotient.ToDouble(rest.Min(o => o.Value) - least, rest.Min(o => o.Value));
            Gap = Math.Min(Gap, gap);
            var (chosen, value, price) = tied[0];
            var payments = Charge(chosen, price, nothing, money, of);
            Order.Add(chosen);
            open.Remove(chosen);
            left -= _field.Cost[chosen];
            if (explain)
            {
                // ρ/α carries the places of Value; the price is shown to nine digits' worth of the same fixed point.
                var shown = new Fraction(value, (BigInteger.One << (2 * Places)) * _field.Unit) * support.Scale;
                Rounds.Add(new PbRound(chosen, shown, [.. tied.Select(t => t.Project)], payments, gap));
            }
        }
    }

    /// <summary>The least ρ/α (with 2 · Places binary places) and its ρ (with 2 · Places too), or null if the supporters have nothing.</summary>
    private (BigInteger Value, BigInteger Price)? Offer(int p, List<BigInteger> money, int[] of)
    {
        var sums = new Dictionary<(int, long), long>();
        for (var i = support.Start[p]; i < support.Start[p + 1]; i++)
        {
            var key = (of[support.Group[i]], support.UtilityAt(p, i));
            sums[key] = sums.GetValueOrDefault(key) + _field.Multiplicity[support.Group[i]];
        }

        var parts = sums.Select(s => (Money: money[s.Key.Item1], Utility: s.Key.Item2, Voters: s.Value)).Where(s => s.Money.Sign > 0).ToList();
        if (parts.Count == 0)
            return null;
        parts.Sort((a, b) => (a.Money * b.Utility).CompareTo(b.Money * a.Utility));
        BigInteger poor = 0, rich = 0;
        foreach (var part in parts)
            rich += (BigInteger)part.Utility * part.Voters;
        var cost = (BigInteger)_field.Cost[p] << Places;
        BigInteger? best = null;
        var bestPrice = BigInteger.Zero;
        foreach (var part in parts)
        {
            // λ = money / utility; collected = poor + λ · rich.
            var collected = poor + (part.Money * rich / part.Utility);
            if (collected >= cost)
            {
                var full = (cost - poor) * (BigInteger.One << Places) / rich;
                if (IsLess(full, best))
                    (best, bestPrice) = (full, full);
                break;
            }

            // ρ = λ · cost / collected; ρ/α = λ · cost² / collected².
            var price = (part.Money << Places) * cost / (collected * part.Utility);
            var value = price * cost / collected;
            if (IsLess(value, best))
                (best, bestPrice) = (value, price);
            poor += part.Money * part.Voters;
            rich -= (BigInteger)part.Utility * part.Voters;
        }

        return (best!.Value, bestPrice);
    }

    // Of parts that are worth the same the first stays, the one that asks least of its supporters, whatever rounding says of them.
    private static bool IsLess(BigInteger value, BigInteger? best) => best is not { } least || least - value > least >> TiePlaces;

    private List<PbPayment> Charge(int p, BigInteger price, BigInteger nothing, List<BigInteger> money, int[] of)
    {
        var payments = new List<PbPayment>();
        var moved = new Dictionary<(int, long), int>();
        for (var i = support.Start[p]; i < support.Start[p + 1]; i++)
        {
            var g = support.Group[i];
            var key = (of[g], support.UtilityAt(p, i));
            if (!moved.TryGetValue(key, out var to))
            {
                moved[key] = to = money.Count;
                var rest = money[key.Item1] - ((price * key.Item2) >> Places);
                money.Add(rest > nothing ? rest : BigInteger.Zero);
            }

            if (explain)
            {
                var unit = (BigInteger.One << Places) * _field.Unit;
                payments.Add(new PbPayment(g, new Fraction(money[of[g]] - money[to], unit), new Fraction(money[to], unit)));
            }

            of[g] = to;
        }

        return payments;
    }
}
