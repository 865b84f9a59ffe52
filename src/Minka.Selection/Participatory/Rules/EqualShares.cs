using System.Numerics;
using Minka.Selection.Exact;

namespace Minka.Selection.Participatory;

/// <summary>The Method of Equal Shares with its completions: doubles where they decide, whole numbers where they do not.</summary>
internal static class EqualShares
{
    public static PbOutcome Run(Election election, Field field, PbSettings settings, int[] ranks, CancellationToken cancel)
    {
        var support = new Support(field, settings.UtilityFor(election.Ballots.Kind), settings.BordaOffset, election.Ballots);
        var run = new Runs(support, ranks, settings, cancel);
        return settings.Completion switch
        {
            Completion.Add1 or Completion.Add1U or Completion.AddOpt => run.Raising(election),
            Completion.Epsilon => run.Epsilon(),
            _ => run.Once(),
        };
    }

    private sealed class Runs(Support support, int[] ranks, PbSettings settings, CancellationToken cancel)
    {
        private readonly Field _field = support.Field;
        private readonly FastShares? _fast = !settings.Exact && FastShares.Applies(support) ? new FastShares(support, ranks) : null;
        private readonly FastShares? _probe = settings.Exact && FastShares.Applies(support) ? new FastShares(support, ranks) : null;
        private readonly int[] _free = [.. ExactShares.FreeProjects(support, ranks)];
        private ExactShares? _exact;
        private double _gap = 1;
        private int _restarts;
        private int _runs;

        public PbOutcome Once()
        {
            var order = Decide(_field.Budget, _field.Voters, probe: false, out var exact, out _);
            return Outcome(order, _field.Budget, _field.Voters, exact, BigInteger.Zero);
        }

        public PbOutcome Epsilon()
        {
            _exact = new ExactShares(support, ranks);
            _exact.Run(_field.Budget, _field.Voters, settings.Explain, epsilon: true);
            _gap = _exact.Gap;
            _runs = 1;
            return new PbOutcome
            {
                Settings = settings,
                Order = [.. _exact.Order],
                Spent = Spent(_exact.Order),
                MinRelGap = _gap,
                Exact = true,
                Runs = 1,
                Share = Share(_field.Budget, _field.Voters),
                Rounds = [.. _exact.Rounds],
            };
        }

        /// <summary>add1 and its kin: the first exhaustive outcome, or the one before the first that overruns the budget.</summary>
        public PbOutcome Raising(Election election)
        {
            BigInteger voters = _field.Voters;
            BigInteger total = _field.Budget;
            if (settings.FloorStart && !voters.IsZero)
                total = total / (voters * _field.Unit) * (voters * _field.Unit);
            var step = settings.Completion == Completion.AddOpt ? BigInteger.One : voters * _field.Unit;
            var stepSize = voters.IsZero ? 1 : Quotient.ToDouble(step, voters);
            var kept = _free;
            BigInteger keptTotal = total, steps = 0, keptSteps = 0;
            var keptExact = false;
            var patience = 0;
            while (true)
            {
                cancel.ThrowIfCancellationRequested();

                // Probing costs several times a plain run; where jumps turn out short it is tried only now and then.
                var probe = patience <= 0;
                patience--;
                var order = Decide(total, voters, probe, out var exact, out var rise);
                if (!Fits(order))
                {
                    // Everything up to one step before decides as the last run did.
                    if (steps > 0)
                        (keptTotal, keptSteps) = (total - step, steps - 1);
                    break;
                }

                (kept, keptTotal, keptSteps, keptExact) = (order, total, steps, exact);
                if (Exhaustive(order))
                    break;
                var jump = BigInteger.One;
                if (probe)
                {
                    var count = rise / stepSize;
                    if (count > 1 && !double.IsInfinity(count))
                        jump = count < 9e15 ? new BigInteger(Math.Ceiling(count)) : new BigInteger(count * (1 - 1e-9));
                    patience = jump > 3 ? 0 : 6;
                }

                steps += jump;
                total += step * jump;
            }

            var result = Outcome(kept, keptTotal, voters, keptExact, keptSteps);
            if (settings.Completion != Completion.Add1U)
                return result;
            var (more, rounds, gap) = Greedy.Run(election, _field, settings with { Rule = PbRule.GreedyVotes }, ranks, [.. result.Order]);
            List<int> all = [.. result.Order, .. more];
            return result with { Order = all, Spent = Spent(all), MinRelGap = Math.Min(result.MinRelGap, gap), Rounds = [.. result.Rounds, .. rounds] };
        }

        private int[] Decide(BigInteger total, BigInteger voters, bool probe, out bool exact, out double rise)
        {
            _runs++;
            rise = 0;
            if (_fast is not null)
            {
                _fast.Run(total, voters, probe);
                if (!_fast.InDoubt)
                {
                    exact = false;
                    rise = probe ? _fast.SafeRise : 0;
                    _gap = Math.Min(_gap, _fast.Gap);
                    return _free.Length == 0 ? _fast.Order.ToArray() : [.. _free, .. _fast.Order];
                }

                _restarts++;
            }

            exact = true;
            _exact ??= new ExactShares(support, ranks);
            _exact.Run(total, voters, explain: false, epsilon: false);
            _gap = Math.Min(_gap, _exact.Gap);
            if (probe && _probe is not null)
            {
                // Rationals decide; doubles with their error bounds only say how far nothing changes.
                _probe.Run(total, voters, probe: true);
                rise = _probe.InDoubt ? 0 : _probe.SafeRise;
            }

            return [.. _exact.Order];
        }

        private PbOutcome Outcome(int[] order, BigInteger total, BigInteger voters, bool exact, BigInteger steps)
        {
            IReadOnlyList<PbRound> rounds = [];
            if (settings.Explain)
            {
                var explained = new ExactShares(support, ranks);
                explained.Run(total, voters, explain: true, epsilon: false);
                if (!explained.Order.SequenceEqual(order))
                    throw new InvalidOperationException("The rational run and the double run disagree: a defect of this library.");
                rounds = [.. explained.Rounds];
                exact = true;
            }

            return new PbOutcome
            {
                Settings = settings,
                Order = order,
                Spent = Spent(order),
                MinRelGap = _gap,
                Exact = exact,
                Restarts = _restarts,
                Runs = _runs,
                Steps = steps,
                Share = Share(total, voters),
                Rounds = rounds,
            };
        }

        private Fraction? Share(BigInteger total, BigInteger voters) => voters.IsZero ? null : new Fraction(total, voters * _field.Unit);

        private Fraction Spent(IEnumerable<int> order) => _field.Money(order.Aggregate(BigInteger.Zero, (sum, p) => sum + _field.Cost[p]));

        private bool Fits(int[] order)
        {
            Int128 sum = 0;
            foreach (var p in order)
                sum += _field.Cost[p];
            return sum <= _field.Budget;
        }

        /// <summary>Whether no supported project with a cost fits in what is left.</summary>
        private bool Exhaustive(int[] order)
        {
            var left = _field.Budget;
            foreach (var p in order)
                left -= _field.Cost[p];
            for (var p = 0; p < _field.Projects; p++)
            {
                if (support.Weight[p] > 0 && _field.Cost[p] > 0 && _field.Cost[p] <= left && Array.IndexOf(order, p) < 0)
                    return false;
            }

            return true;
        }
    }
}
