using Minka.Selection.Exact;

namespace Minka.Selection.Participatory.Audits;

/// <summary>Why a project lost and what would have funded it, everything else being the same.</summary>
/// <param name="Project">The project.</param>
/// <param name="Votes">Voters who name it.</param>
/// <param name="SupportersLeft">What its supporters have left together at the end, where the rule keeps money; null elsewhere.</param>
/// <param name="Cost">A lower cost with which it is funded, while one smallest unit more fails; null if it is not even funded almost free.</param>
/// <param name="Optimistic">Approvals to add, from those who could help most; null if none suffice or the ballots are no approvals.</param>
/// <param name="Pessimistic">Approvals to add, from those who could help least.</param>
/// <param name="Rivals">Funded projects whose removal funds it; empty if none was found.</param>
/// <param name="RivalsLeast">Whether no smaller set of funded projects does: proved for one rival, and for two if each single one was tried.</param>
public sealed record LostProject(int Project, long Votes, Fraction? SupportersLeft, Fraction? Cost, int? Optimistic, int? Pessimistic, IReadOnlyList<int> Rivals, bool RivalsLeast);

/// <summary>Counterfactuals of losing projects, after Boehmer, Faliszewski, Janeczko, Peters, Pierczyński, Schierreich, Skowron, Szufa (IJCAI 2024, arXiv 2312.14723).</summary>
/// <remarks>
/// <para>Every figure was re-checked by running the rule with the stated change, and failing with one smallest unit of money more, one approval fewer. Funding need not be monotone in cost or approvals under rules that share money: the figure is
/// a point at which the answer changes, found by bisection, and for greedy rules the only one.</para>
/// <para>Approvals are added to voters who do not name the project: optimistic gives them first to those with most money left at the end (for greedy rules it makes no difference), pessimistic to those with least.</para>
/// <para>Cost: about 40 + 4·log₂ n runs of the rule a project, and one for each funded rival.</para>
/// </remarks>
public static class Counterfactuals
{
    /// <summary>All losing projects, in the election's order.</summary>
    /// <param name="election">The election.</param>
    /// <param name="settings">The rule.</param>
    /// <param name="cancel">Stops the work.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static IReadOnlyList<LostProject> Of(Election election, PbSettings settings, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(election);
        ArgumentNullException.ThrowIfNull(settings);
        var asking = Asking.Of(election, settings, cancel);
        return [.. Enumerable.Range(0, election.Projects.Count).Where(p => !asking.Funded.Contains(p)).Select(asking.Explain)];
    }

    /// <summary>One losing project.</summary>
    /// <param name="election">The election.</param>
    /// <param name="settings">The rule.</param>
    /// <param name="project">The project, as an index.</param>
    /// <param name="cancel">Stops the work.</param>
    /// <exception cref="ArgumentException">The project is funded.</exception>
    public static LostProject Of(Election election, PbSettings settings, int project, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(election);
        ArgumentNullException.ThrowIfNull(settings);
        var asking = Asking.Of(election, settings, cancel);
        return asking.Funded.Contains(project) ? throw new ArgumentException("The project is funded.", nameof(project)) : asking.Explain(project);
    }

    private sealed class Asking(Election election, PbSettings settings, PbOutcome outcome, CancellationToken cancel)
    {
        private readonly Field _field = election.Field;
        private readonly PbSettings _plain = settings with { Explain = false };
        private readonly Fraction[]? _left = Left(election, outcome);

        public HashSet<int> Funded { get; } = [.. outcome.Order];

        public static Asking Of(Election election, PbSettings settings, CancellationToken cancel) =>
            new(election, settings, ParticipatoryBudget.Run(election, settings with { Explain = settings.Rule is PbRule.EqualShares or PbRule.Phragmen or PbRule.BoundedOverspending }, cancel), cancel);

        public LostProject Explain(int p)
        {
            var approvals = election.Ballots.Kind is BallotKind.Approval or BallotKind.ChooseOne;
            var (rivals, least) = Rivals(p);
            Fraction? left = null;
            if (_left is not null)
            {
                left = Fraction.Zero;
                for (var i = _field.Start[p]; i < _field.Start[p + 1]; i++)
                    left += _left[_field.Group[i]] * _field.Multiplicity[_field.Group[i]];
            }

            return new LostProject(p, _field.Votes[p], left, LowerCost(p), approvals ? More(p, best: true) : null, approvals ? More(p, best: false) : null, rivals, least);
        }

        private static Fraction[]? Left(Election election, PbOutcome outcome)
        {
            if (outcome.Settings.Rule is not (PbRule.EqualShares or PbRule.BoundedOverspending) || outcome.Share is not { } share)
                return null;
            var left = new Fraction[election.Ballots.GroupCount];
            Array.Fill(left, share);
            foreach (var payment in outcome.Rounds.SelectMany(r => r.Payments))
                left[payment.Group] = payment.Left;
            return left;
        }

        private Fraction? LowerCost(int p)
        {
            bool FundedAt(long cost) => Runs(_field.WithCost(p, cost)).Contains(p);
            if (_field.Cost[p] <= 1 || !FundedAt(1))
                return _field.Cost[p] > 0 && FundedAt(0) ? Fraction.Zero : null;
            long low = 1, high = _field.Cost[p];
            while (high - low > 1)
            {
                var middle = low + ((high - low) / 2);
                if (FundedAt(middle))
                    low = middle;
                else
                    high = middle;
            }

            return _field.Money(low);
        }

        private IReadOnlyList<int> Runs(Field field)
        {
            cancel.ThrowIfCancellationRequested();
            return ParticipatoryBudget.Run(election, field, _plain, cancel).Order;
        }

        private int? More(int p, bool best)
        {
            var supports = new bool[_field.Groups];
            for (var i = _field.Start[p]; i < _field.Start[p + 1]; i++)
                supports[_field.Group[i]] = true;
            var others = Enumerable.Range(0, _field.Groups).Where(g => !supports[g]).ToList();
            if (_left is not null)
                others.Sort((a, b) => (best ? _left[b].CompareTo(_left[a]) : _left[a].CompareTo(_left[b])) is var by && by != 0 ? by : a.CompareTo(b));
            var most = others.Sum(g => _field.Multiplicity[g]);
            bool FundedWith(int added)
            {
                cancel.ThrowIfCancellationRequested();
                return ParticipatoryBudget.Run(election.With(Added(p, others, added)), _plain, cancel).Order.Contains(p);
            }

            if (most == 0 || !FundedWith(most))
                return null;
            int low = 0, high = most;
            while (high - low > 1)
            {
                var middle = low + ((high - low) / 2);
                if (FundedWith(middle))
                    high = middle;
                else
                    low = middle;
            }

            return high;
        }

        /// <summary>The ballots with p added to the first voters of the given groups.</summary>
        private Ballots Added(int p, List<int> others, int added)
        {
            var grouping = new BallotGrouping(election.Ballots.Kind);
            var more = new int[_field.Groups];
            foreach (var g in others)
            {
                more[g] = Math.Min(added, _field.Multiplicity[g]);
                added -= more[g];
            }

            var named = new List<int>();
            for (var g = 0; g < _field.Groups; g++)
            {
                if (more[g] < _field.Multiplicity[g])
                {
                    named.Clear();
                    named.AddRange(election.Ballots.Projects(g));
                    grouping.Add(named, [], _field.Multiplicity[g] - more[g]);
                }

                if (more[g] == 0)
                    continue;
                named.Clear();
                named.AddRange(election.Ballots.Projects(g));
                named.Add(p);
                grouping.Add(named, [], more[g]);
            }

            return grouping.Finish(_field.Projects, election.Name, []);
        }

        private (IReadOnlyList<int> Rivals, bool Least) Rivals(int p)
        {
            bool FundedWithout(IReadOnlyCollection<int> rivals)
            {
                // A project nobody can pay for is as good as removed, and the rest of the election is untouched.
                var field = _field;
                foreach (var r in rivals)
                    field = field.WithoutSupport(r);
                return Runs(field).Contains(p);
            }

            // Those that share most supporters first: they are the likeliest.
            var mine = new HashSet<int>();
            for (var i = _field.Start[p]; i < _field.Start[p + 1]; i++)
                mine.Add(_field.Group[i]);
            long Shared(int r)
            {
                long shared = 0;
                for (var i = _field.Start[r]; i < _field.Start[r + 1]; i++)
                    shared += mine.Contains(_field.Group[i]) ? _field.Multiplicity[_field.Group[i]] : 0;
                return shared;
            }

            var rivals = outcome.Order.Where(r => _field.Cost[r] > 0).OrderByDescending(r => Shared(r) * _field.Cost[r]).ThenByDescending(r => _field.Cost[r]).ToList();
            foreach (var r in rivals)
            {
                if (FundedWithout([r]))
                    return ([r], true);
            }

            var removed = new List<int>();
            foreach (var r in rivals)
            {
                removed.Add(r);
                if (removed.Count < 2 || !FundedWithout(removed))
                    continue;

                // Drop those that turn out not to be needed.
                foreach (var unneeded in removed.ToList())
                {
                    List<int> rest = [.. removed.Where(x => x != unneeded)];
                    if (rest.Count > 0 && FundedWithout(rest))
                        removed = rest;
                }

                return (removed, removed.Count == 2);
            }

            return ([], false);
        }
    }
}
