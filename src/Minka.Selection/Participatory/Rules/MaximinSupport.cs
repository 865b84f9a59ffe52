using Minka.Selection.Exact;

namespace Minka.Selection.Participatory;

/// <summary>
/// Maximin support: each round funds the project with which the heaviest load, when all funded costs are shared out among supporters as evenly as can be,
/// is least; projects that do not fit in what is left are passed over. The heaviest load of a set W is the greatest cost(S) / voters(S) over its parts S, found by
/// maximum flows with rising trial loads (Dinkelbach); whole numbers throughout, no linear programme.
/// </summary>
/// <remarks>A load never falls when a project is added, so old loads are lower bounds and few projects are computed anew each round.
/// Source: Aziz, Lee, Talmon 2018; Sánchez-Fernández et al. 2021.</remarks>
internal sealed class MaximinSupport(Field field, int[] ranks, bool explain)
{
    public List<int> Order { get; } = [];

    public List<PbRound> Rounds { get; } = [];

    public double Gap { get; private set; } = 1;

    public void Run(CancellationToken cancel)
    {
        var bound = new (Int128 Cost, Int128 Voters)[field.Projects];
        var open = new List<int>();
        for (var p = 0; p < field.Projects; p++)
        {
            bound[p] = (field.Cost[p], field.Votes[p]);
            if (field.Votes[p] > 0)
                open.Add(p);
        }

        var left = field.Budget;
        (Int128 Cost, Int128 Voters) present = (0, 1);
        while (true)
        {
            open.RemoveAll(p => field.Cost[p] > left);
            if (open.Count == 0)
                return;
            open.Sort((a, b) => Compare(bound[a], bound[b]) is var by && by != 0 ? by : ranks[a].CompareTo(ranks[b]));
            var tied = new List<int>();
            (Int128 Cost, Int128 Voters) best = default;
            var next = double.PositiveInfinity;
            foreach (var p in open)
            {
                cancel.ThrowIfCancellationRequested();
                if (tied.Count > 0 && Compare(bound[p], best) > 0)
                {
                    next = Math.Min(next, Value(bound[p]));
                    break;
                }

                bound[p] = Heaviest([.. Order, p], Compare(bound[p], present) > 0 ? bound[p] : present);
                var order = tied.Count == 0 ? -1 : Compare(bound[p], best);
                if (order < 0)
                {
                    if (tied.Count > 0)
                        next = Math.Min(next, Value(best));
                    tied.Clear();
                    best = bound[p];
                }
                else if (order > 0)
                {
                    next = Math.Min(next, Value(bound[p]));
                }

                if (order <= 0)
                    tied.Add(p);
            }

            var chosen = tied.MinBy(p => ranks[p]);
            var gap = double.IsPositiveInfinity(next) || next <= 0 ? 1 : Math.Max(0, (next - Value(best)) / next);
            Gap = Math.Min(Gap, gap);
            present = best;
            left -= field.Cost[chosen];
            open.Remove(chosen);
            Order.Add(chosen);
            if (explain)
                Rounds.Add(new PbRound(chosen, new Fraction((System.Numerics.BigInteger)best.Cost, (System.Numerics.BigInteger)best.Voters * field.Unit), [.. tied.OrderBy(p => ranks[p])], [], gap));
        }
    }

    private static double Value((Int128 Cost, Int128 Voters) load) => (double)load.Cost / (double)load.Voters;

    private static int Compare((Int128 Cost, Int128 Voters) a, (Int128 Cost, Int128 Voters) b) => (a.Cost * b.Voters).CompareTo(b.Cost * a.Voters);

    /// <summary>The heaviest load of a set of projects; <paramref name="trial"/> is at most that.</summary>
    private (Int128 Cost, Int128 Voters) Heaviest(int[] projects, (Int128 Cost, Int128 Voters) trial)
    {
        var flow = new Flow(field, projects);
        while (true)
        {
            if (flow.Carries(trial.Cost, trial.Voters, out var heavier))
                return trial;
            trial = heavier;
        }
    }

    /// <summary>Projects on one side, groups of ballots on the other: can every voter carry at most the trial load?</summary>
    private sealed class Flow
    {
        private readonly Field _field;
        private readonly int[] _projects;
        private readonly int[] _start;
        private readonly int[] _group;
        private readonly int[] _groupIds;
        private readonly List<(int Project, int Edge)>[] _back;
        private readonly Int128[] _carried;
        private readonly Int128[] _supply;
        private readonly Int128[] _room;

        public Flow(Field field, int[] projects)
        {
            _field = field;
            _projects = projects;
            _start = new int[projects.Length + 1];
            var index = new Dictionary<int, int>();
            var groups = new List<int>();
            for (var i = 0; i < projects.Length; i++)
            {
                foreach (var g in field.Group.AsSpan(field.Start[projects[i]]..field.Start[projects[i] + 1]))
                {
                    if (!index.TryGetValue(g, out var local))
                        index[g] = local = index.Count;
                    groups.Add(local);
                }

                _start[i + 1] = groups.Count;
            }

            _group = [.. groups];
            _groupIds = new int[index.Count];
            foreach (var (g, local) in index)
                _groupIds[local] = g;
            _back = new List<(int, int)>[index.Count];
            for (var g = 0; g < _back.Length; g++)
                _back[g] = [];
            for (var i = 0; i < projects.Length; i++)
            {
                for (var e = _start[i]; e < _start[i + 1]; e++)
                    _back[_group[e]].Add((i, e));
            }

            _carried = new Int128[_group.Length];
            _supply = new Int128[projects.Length];
            _room = new Int128[index.Count];
        }

        public bool Carries(Int128 load, Int128 voters, out (Int128 Cost, Int128 Voters) heavier)
        {
            // Load = load / voters: costs times voters must flow into rooms of load times multiplicity.
            Array.Clear(_carried);
            for (var i = 0; i < _projects.Length; i++)
                _supply[i] = _field.Cost[_projects[i]] * voters;
            for (var g = 0; g < _room.Length; g++)
                _room[g] = load * _field.Multiplicity[_groupIds[g]];
            var projectLevel = new int[_projects.Length];
            var groupLevel = new int[_room.Length];
            var at = new int[_projects.Length];
            var backAt = new int[_room.Length];
            while (Levels(projectLevel, groupLevel))
            {
                _start.AsSpan(0, _projects.Length).CopyTo(at);
                Array.Clear(backAt);
                for (var i = 0; i < _projects.Length; i++)
                {
                    while (_supply[i] > 0)
                    {
                        var sent = Push(i, _supply[i], projectLevel, groupLevel, at, backAt);
                        if (sent == 0)
                            break;
                        _supply[i] -= sent;
                    }
                }
            }

            heavier = (0, 0);
            var all = true;
            var reached = new bool[_room.Length];
            for (var i = 0; i < _projects.Length; i++)
            {
                all &= _supply[i] == 0;
                if (projectLevel[i] < 0)
                    continue;
                heavier.Cost += _field.Cost[_projects[i]];
                for (var e = _start[i]; e < _start[i + 1]; e++)
                {
                    if (reached[_group[e]])
                        continue;
                    reached[_group[e]] = true;
                    heavier.Voters += _field.Multiplicity[_groupIds[_group[e]]];
                }
            }

            return all;
        }

        /// <summary>Distances from unmet costs; true if some group with room is reached.</summary>
        private bool Levels(int[] projectLevel, int[] groupLevel)
        {
            Array.Fill(projectLevel, -1);
            Array.Fill(groupLevel, -1);
            var queue = new Queue<int>();
            for (var i = 0; i < _projects.Length; i++)
            {
                if (_supply[i] == 0)
                    continue;
                projectLevel[i] = 0;
                queue.Enqueue(i);
            }

            var found = false;
            while (queue.TryDequeue(out var i))
            {
                for (var e = _start[i]; e < _start[i + 1]; e++)
                {
                    var g = _group[e];
                    if (groupLevel[g] >= 0)
                        continue;
                    groupLevel[g] = projectLevel[i] + 1;
                    if (_room[g] > 0)
                        found = true;
                    foreach (var (project, edge) in _back[g])
                    {
                        if (projectLevel[project] >= 0 || _carried[edge] == 0)
                            continue;
                        projectLevel[project] = groupLevel[g] + 1;
                        queue.Enqueue(project);
                    }
                }
            }

            return found;
        }

        private Int128 Push(int i, Int128 amount, int[] projectLevel, int[] groupLevel, int[] at, int[] backAt)
        {
            for (; at[i] < _start[i + 1]; at[i]++)
            {
                var e = at[i];
                var g = _group[e];
                if (groupLevel[g] != projectLevel[i] + 1)
                    continue;
                if (_room[g] > 0)
                {
                    var sent = Int128.Min(amount, _room[g]);
                    _room[g] -= sent;
                    _carried[e] += sent;
                    return sent;
                }

                for (; backAt[g] < _back[g].Count; backAt[g]++)
                {
                    var (project, edge) = _back[g][backAt[g]];
                    if (projectLevel[project] != groupLevel[g] + 1 || _carried[edge] == 0)
                        continue;
                    var sent = Push(project, Int128.Min(amount, _carried[edge]), projectLevel, groupLevel, at, backAt);
                    if (sent == 0)
                        continue;
                    _carried[edge] -= sent;
                    _carried[e] += sent;
                    return sent;
                }
            }

            return 0;
        }
    }
}
