using System.Numerics;
using System.Runtime.InteropServices;

namespace Minka.Selection.Participatory;

/// <summary>Merges identical ballots while they are read. Approvals are sorted; points go with their project; ranks keep their order.</summary>
internal sealed class BallotGrouping(BallotKind kind)
{
    private readonly bool _ordered = kind == BallotKind.Ordinal;
    private readonly bool _scored = kind is BallotKind.Cumulative or BallotKind.Scoring;
    private readonly List<int> _starts = [0];
    private readonly List<int> _projects = [];
    private readonly List<Amount> _points = [];
    private readonly List<int> _multiplicities = [];
    private int[] _slots = new int[256];
    private ulong[] _hashes = new ulong[64];

    public int GroupCount => _multiplicities.Count;

    /// <summary>Adds a ballot and returns its group. The lists are reordered and lose their repeated projects.</summary>
    public int Add(List<int> projects, List<Amount> points, int count)
    {
        Canonicalise(projects, points);
        var group = Find(projects, points);
        _multiplicities[group] = checked(_multiplicities[group] + count);
        return group;
    }

    public void CountAgain(int group) => CollectionsMarshal.AsSpan(_multiplicities)[group]++;

    public Ballots Finish(int projectCount, string? name, IReadOnlyList<VoterAttribute> attributes)
    {
        long[]? points = null;
        var decimals = 0;
        if (_scored)
        {
            foreach (var p in _points)
                decimals = Math.Max(decimals, p.Decimals);
            points = new long[_points.Count];
            for (var i = 0; i < points.Length; i++)
            {
                var scaled = _points[i].Digits * Amount.Power(decimals - _points[i].Decimals);
                if (BigInteger.Abs(scaled) > 1_000_000_000_000)
                    throw new InvalidElectionException(ElectionFault.TooLarge, "Points are too large or have too many decimals.", "Give points of at most a million with six decimals.", _points[i].Value.ToString(), name);
                points[i] = (long)scaled;
            }
        }

        return new Ballots(kind, [.. _starts], [.. _projects], points, decimals, [.. _multiplicities], attributes);
    }

    private void Canonicalise(List<int> projects, List<Amount> points)
    {
        if (_ordered)
        {
            // The first place counts.
            for (var i = 1; i < projects.Count; i++)
            {
                if (projects.IndexOf(projects[i], 0, i) >= 0)
                    projects.RemoveAt(i--);
            }
        }
        else if (!_scored)
        {
            projects.Sort();
            for (var i = projects.Count - 1; i > 0; i--)
            {
                if (projects[i] == projects[i - 1])
                    projects.RemoveAt(i);
            }
        }
        else
        {
            // The last points given to a project count; insertion sort keeps equal ones in their order.
            for (var i = 1; i < projects.Count; i++)
            {
                for (var j = i; j > 0 && projects[j - 1] > projects[j]; j--)
                {
                    (projects[j - 1], projects[j]) = (projects[j], projects[j - 1]);
                    (points[j - 1], points[j]) = (points[j], points[j - 1]);
                }
            }

            for (var i = projects.Count - 1; i > 0; i--)
            {
                if (projects[i] != projects[i - 1])
                    continue;
                projects.RemoveAt(i - 1);
                points.RemoveAt(i - 1);
            }
        }
    }

    private int Find(List<int> projects, List<Amount> points)
    {
        var hash = 14_695_981_039_346_656_037UL;
        unchecked
        {
            foreach (var p in projects)
                hash = (hash ^ (uint)p) * 1_099_511_628_211UL;
            foreach (var p in points)
                hash = (hash ^ (ulong)p.GetHashCode()) * 1_099_511_628_211UL;
            hash ^= hash >> 29;
        }

        var mask = (uint)_slots.Length - 1;
        var slot = unchecked((uint)hash) & mask;
        while (_slots[slot] != 0)
        {
            var group = _slots[slot] - 1;
            if (_hashes[group] == hash && Same(group, projects, points))
                return group;
            slot = (slot + 1) & mask;
        }

        var added = _multiplicities.Count;
        _multiplicities.Add(0);
        _projects.AddRange(projects);
        _points.AddRange(points);
        _starts.Add(_projects.Count);
        _slots[slot] = added + 1;
        if (added == _hashes.Length)
            Array.Resize(ref _hashes, added * 2);
        _hashes[added] = hash;
        if ((added + 1) * 2 > _slots.Length)
            Grow();
        return added;
    }

    private bool Same(int group, List<int> projects, List<Amount> points)
    {
        var start = _starts[group];
        var length = _starts[group + 1] - start;
        if (length != projects.Count || !CollectionsMarshal.AsSpan(_projects).Slice(start, length).SequenceEqual(CollectionsMarshal.AsSpan(projects)))
            return false;
        if (!_scored)
            return true;
        for (var i = 0; i < length; i++)
        {
            if (_points[start + i] != points[i])
                return false;
        }

        return true;
    }

    private void Grow()
    {
        _slots = new int[_slots.Length * 4];
        var mask = (uint)_slots.Length - 1;
        for (var g = 0; g < _multiplicities.Count; g++)
        {
            var slot = unchecked((uint)_hashes[g]) & mask;
            while (_slots[slot] != 0)
                slot = (slot + 1) & mask;
            _slots[slot] = g + 1;
        }
    }
}
