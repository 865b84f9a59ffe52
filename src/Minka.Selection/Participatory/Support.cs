using System.Numerics;

namespace Minka.Selection.Participatory;

/// <summary>
/// Who supports what and how much: the utilities of one election under one measure. Where every supporter of a project has the same
/// utility, only that is kept. Utilities are whole; multiplying all of them by a constant changes no outcome.
/// </summary>
internal sealed class Support
{
    public Support(Field field, Utility utility, int bordaOffset, Ballots ballots)
    {
        var kind = ballots.Kind;
        Field = field;
        IsCost = utility == Utility.Cost;
        Scale = utility switch
        {
            Utility.Cost => field.Unit,
            Utility.Points => Amount.Power(ballots.PointDecimals),
            _ => BigInteger.One,
        };
        Each = new long[field.Projects];
        Total = new long[field.Projects];
        Weight = new long[field.Projects];
        if (utility is Utility.Cost or Utility.Cardinality)
        {
            Start = field.Start;
            Group = field.Group;
            for (var p = 0; p < field.Projects; p++)
            {
                Each[p] = utility == Utility.Cost ? field.Cost[p] : 1;
                Weight[p] = Each[p] > 0 ? field.Votes[p] : 0;
            }

            return;
        }

        var points = utility == Utility.Points;
        if (points ? kind is not (BallotKind.Cumulative or BallotKind.Scoring) : kind != BallotKind.Ordinal)
        {
            throw new InvalidElectionException(ElectionFault.RuleDoesNotApply, points ? "Utility points needs a cumulative or scoring election." : "Utility borda needs an ordinal election.",
                "Use utility cost or cardinality.", utility.ToString());
        }

        Start = new int[field.Projects + 1];
        var groups = new List<int>(field.Group.Length);
        var each = new List<long>(field.Group.Length);
        for (var p = 0; p < field.Projects; p++)
        {
            for (var i = field.Start[p]; i < field.Start[p + 1]; i++)
            {
                var u = points ? field.Strength![i] : field.Strength![i] - 1 + bordaOffset;
                if (u <= 0)
                    continue;
                groups.Add(field.Group[i]);
                each.Add(u);
                Weight[p] += field.Multiplicity[field.Group[i]];
                Total[p] += field.Multiplicity[field.Group[i]] * u;
            }

            Start[p + 1] = groups.Count;
        }

        Group = [.. groups];
        Entry = [.. each];
    }

    public Field Field { get; }

    public bool IsCost { get; }

    /// <summary>Whole units of utility in one unit as people write it.</summary>
    public BigInteger Scale { get; }

    public int[] Start { get; }

    public int[] Group { get; }

    /// <summary>The utility of every supporter of a project, where it is one; else <see cref="Entry"/> counts.</summary>
    public long[] Each { get; }

    /// <summary>The utility of each entry, or null where <see cref="Each"/> holds.</summary>
    public long[]? Entry { get; }

    /// <summary>Voters who support a project, by project.</summary>
    public long[] Weight { get; }

    /// <summary>Sum of the utilities of all voters; only where <see cref="Entry"/> is there.</summary>
    public long[] Total { get; }

    public long UtilityAt(int project, int entry) => Entry is null ? Each[project] : Entry[entry];
}
