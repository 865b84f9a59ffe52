using System.Numerics;
using Minka.Selection.Exact;

namespace Minka.Selection.Participatory;

/// <summary>An election as arrays of whole numbers: costs and budget in the finest unit that any of them needs.</summary>
internal sealed class Field
{
    private readonly Election _election;

    public Field(Election election)
    {
        _election = election;
        Projects = election.Projects.Count;
        Groups = election.Ballots.GroupCount;
        Voters = election.Ballots.Count;
        var denominator = election.Budget.Denominator;
        foreach (var p in election.Projects)
            denominator = denominator / BigInteger.GreatestCommonDivisor(denominator, p.Cost.Denominator) * p.Cost.Denominator;
        Cost = new long[Projects];
        var sum = Scaled(election.Budget, denominator);
        Budget = (long)Limited(sum, election);
        for (var p = 0; p < Projects; p++)
        {
            var cost = Scaled(election.Projects[p].Cost, denominator);
            sum += cost;
            Limited(sum, election);
            Cost[p] = (long)cost;
        }

        Unit = (long)Limited(denominator, election);
        FitsDouble = sum < (1L << 52);
        Multiplicity = new int[Groups];
        for (var g = 0; g < Groups; g++)
            Multiplicity[g] = election.Ballots.Multiplicity(g);
        Index();
    }

    /// <summary>A copy for what-if questions: another cost of one project, another budget.</summary>
    private Field(Field field, long[] cost, long budget, bool? fitsDouble = null)
    {
        _election = field._election;
        (Projects, Groups, Voters, Budget, Cost, Unit, FitsDouble, Multiplicity) = (field.Projects, field.Groups, field.Voters, budget, cost, field.Unit, fitsDouble ?? field.FitsDouble, field.Multiplicity);
        (Start, Group, Strength, Votes) = (field.Start, field.Group, field.Strength, field.Votes);
    }

    public int Projects { get; }

    public int Groups { get; }

    public int Voters { get; }

    public long Budget { get; }

    public long[] Cost { get; }

    /// <summary>One unit of the currency in the units of <see cref="Cost"/>.</summary>
    public long Unit { get; }

    /// <summary>Whether all sums of money are exact in a double.</summary>
    public bool FitsDouble { get; }

    public int[] Multiplicity { get; }

    /// <summary>Entries of project p: Start[p] up to Start[p + 1].</summary>
    public int[] Start { get; private set; } = [];

    public int[] Group { get; private set; } = [];

    /// <summary>Points of each entry, scaled; or the number of projects ranked at or below it (1 for the last); null for approvals.</summary>
    public long[]? Strength { get; private set; }

    /// <summary>Voters who name each project.</summary>
    public long[] Votes { get; private set; } = [];

    public Field WithCost(int project, long cost)
    {
        var costs = (long[])Cost.Clone();
        costs[project] = cost;
        return new Field(this, costs, Budget);
    }

    /// <summary>The field as if a project had been withdrawn: nobody names it and it fits in no budget.</summary>
    public Field WithoutSupport(int project)
    {
        var costs = (long[])Cost.Clone();
        costs[project] = long.MaxValue / 8;
        var removed = new Field(this, costs, Budget, fitsDouble: FitsDouble) { Start = new int[Projects + 1], Votes = (long[])Votes.Clone() };
        removed.Votes[project] = 0;
        var (from, length) = (Start[project], Start[project + 1] - Start[project]);
        removed.Group = [.. Group[..from], .. Group[(from + length)..]];
        removed.Strength = Strength is null ? null : [.. Strength[..from], .. Strength[(from + length)..]];
        for (var p = 0; p <= Projects; p++)
            removed.Start[p] = p <= project ? Start[p] : Start[p] - length;
        return removed;
    }

    public Fraction Money(BigInteger scaled) => new(scaled, Unit);

    /// <summary>What decides greedy orders: votes for approvals, total points, total Borda points.</summary>
    public long[] Scores(int bordaOffset)
    {
        if (Strength is null)
            return Votes;
        var ordinal = _election.Ballots.Kind == BallotKind.Ordinal;
        var scores = new long[Projects];
        for (var p = 0; p < Projects; p++)
        {
            for (var i = Start[p]; i < Start[p + 1]; i++)
                scores[p] += Multiplicity[Group[i]] * (ordinal ? Strength[i] - 1 + bordaOffset : Strength[i]);
        }

        return scores;
    }

    private static BigInteger Scaled(Fraction value, BigInteger denominator) => value.Numerator * (denominator / value.Denominator);

    private static BigInteger Limited(BigInteger value, Election election) => value <= long.MaxValue / 4
        ? value
        : throw new InvalidElectionException(ElectionFault.TooLarge, "The amounts are too large or have too many decimals to be added up exactly.", "Round them to the smallest unit of the currency.", null, election.Name);

    private void Index()
    {
        var ballots = _election.Ballots;
        Start = new int[Projects + 1];
        Votes = new long[Projects];
        for (var g = 0; g < Groups; g++)
        {
            foreach (var p in ballots.Projects(g))
            {
                Start[p + 1]++;
                Votes[p] += Multiplicity[g];
            }
        }

        for (var p = 0; p < Projects; p++)
            Start[p + 1] += Start[p];
        Group = new int[Start[Projects]];
        var ordinal = ballots.Kind == BallotKind.Ordinal;
        if (ordinal || ballots.HasPoints)
            Strength = new long[Group.Length];
        var next = Start[..Projects];
        for (var g = 0; g < Groups; g++)
        {
            var named = ballots.Projects(g);
            var points = ballots.RawPoints(g);
            for (var i = 0; i < named.Length; i++)
            {
                var at = next[named[i]]++;
                Group[at] = g;
                if (Strength is not null)
                    Strength[at] = ordinal ? named.Length - i : points[i];
            }
        }
    }
}
