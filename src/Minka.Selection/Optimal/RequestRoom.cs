namespace Minka.Selection.Optimal;

/// <summary>
/// A request with which a proposal, at its first level, is certainly in an optimum: from a list at hand others are lowered or left out, those
/// that free the most money first, while the sum stays at least what is reached without the proposal. The list itself is the proof.
/// </summary>
internal sealed class RequestRoom(AwardProgram award)
{
    private const int MostMoves = 12;

    private readonly List<(int Row, long Coefficient)>[] _entries = Entries(award.Program);

    /// <summary>The greatest request found; null if none was.</summary>
    /// <param name="proposal">The proposal.</param>
    /// <param name="from">Levels to start from; −1 for not funded.</param>
    /// <param name="target">What is reached without the proposal.</param>
    public long? Find(int proposal, IReadOnlyList<int> from, long target)
    {
        var levels = from.ToArray();
        levels[proposal] = 0;
        var chosen = award.Chosen(levels);
        var value = (long)award.Program.Objective(chosen);
        var first = award.First[proposal];
        var money = award.MoneyRowsOf(first);
        var sums = new long[award.Program.Rows.Count];
        for (var j = 0; j < chosen.Length; j++)
        {
            if (chosen[j])
                Add(sums, j, 1);
        }

        // What the others use of each row of money.
        Add(sums, first, -1);
        var request = award.Model.Proposals[proposal].Levels[0].Amount;
        var reached = Room(request, money, sums);
        var best = value >= target && Keeps(chosen, money, request, reached) ? reached : (long?)null;
        for (var k = 0; k < MostMoves && value > target; k++)
        {
            (long Room, int Proposal, int Level, long Loss) move = (reached, -1, -1, 0);
            for (var q = 0; q < levels.Length; q++)
            {
                if (levels[q] < 0 || q == proposal)
                    continue;
                var now = award.First[q] + levels[q];
                for (var l = levels[q] + 1; l <= award.Model.Proposals[q].Levels.Count; l++)
                {
                    var after = l == award.Model.Proposals[q].Levels.Count ? -1 : award.First[q] + l;
                    var loss = award.Program.Values[now] - (after < 0 ? 0 : award.Program.Values[after]);
                    if (loss < 0 || loss > value - target)
                        continue;
                    Add(sums, now, -1);
                    if (after >= 0)
                        Add(sums, after, 1);
                    if (Room(request, money, sums) is var room && room > move.Room && KeepsFloors(money, sums, now))
                        move = (room, q, after < 0 ? -1 : l, loss);
                    Add(sums, now, 1);
                    if (after >= 0)
                        Add(sums, after, -1);
                }
            }

            if (move.Proposal < 0)
                break;
            Add(sums, award.First[move.Proposal] + levels[move.Proposal], -1);
            levels[move.Proposal] = move.Level;
            if (move.Level >= 0)
                Add(sums, award.First[move.Proposal] + move.Level, 1);
            chosen = award.Chosen(levels);
            value = (long)award.Program.Objective(chosen);
            reached = move.Room;
            if (value >= target && Keeps(chosen, money, request, reached))
                best = reached;
        }

        return best;
    }

    // Synergies and penalties follow from the levels only afterwards: every row is looked at again.
    private bool Keeps(bool[] chosen, MoneyRow[] money, long request, long smaller)
    {
        if (smaller < 0)
            return false;
        for (var i = 0; i < award.Program.Rows.Count; i++)
        {
            var row = award.Program.Rows[i];
            var sum = (long)row.Activity(chosen);
            if (Array.Find(money, m => m.Index == i) is { } m)
            {
                var paid = (sum * m.Unit) - request + smaller;
                if (m.Ceiling ? paid > m.Amount : paid < m.Amount)
                    return false;
            }
            else if (sum > row.Upper || sum < row.Lower)
            {
                return false;
            }
        }

        return true;
    }

    // The greatest request that the ceilings leave, up to the present one; below zero where more must be freed first.
    private static long Room(long most, MoneyRow[] money, long[] sums)
    {
        var room = most;
        foreach (var row in money)
        {
            if (row.Ceiling)
                room = Math.Min(room, row.Amount - (sums[row.Index] * row.Unit));
        }

        return room;
    }

    // What is left out or lowered can only break a lower bound.
    private bool KeepsFloors(MoneyRow[] money, long[] sums, int column)
    {
        foreach (var (i, _) in _entries[column])
        {
            if (award.Rules[i] is not null && sums[i] < award.Program.Rows[i].Lower && !Array.Exists(money, m => m.Index == i))
                return false;
        }

        return true;
    }

    private void Add(long[] sums, int column, int sign)
    {
        foreach (var (row, a) in _entries[column])
            sums[row] += sign * a;
    }

    private static List<(int, long)>[] Entries(ZeroOneProgram program)
    {
        var entries = Enumerable.Range(0, program.Columns).Select(_ => new List<(int, long)>()).ToArray();
        for (var i = 0; i < program.Rows.Count; i++)
        {
            for (var k = 0; k < program.Rows[i].Columns.Count; k++)
                entries[program.Rows[i].Columns[k]].Add((i, program.Rows[i].Coefficients[k]));
        }

        return entries;
    }
}
