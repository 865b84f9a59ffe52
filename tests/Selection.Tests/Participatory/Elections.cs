using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Minka.Selection.Exact;
using Minka.Selection.Participatory;

namespace Minka.Selection.Tests.Participatory;

/// <summary>Small random elections, dense in exact ties, free projects, empty ballots, decimals and unsupported projects.</summary>
internal static class Elections
{
    private static readonly string[] Names = ["1", "10", "2", "A", "a", "B", "é", "9"];

    public static Arbitrary<Election> Any { get; } = Of(BallotKind.Approval, BallotKind.ChooseOne, BallotKind.Cumulative, BallotKind.Ordinal, BallotKind.Scoring).ToArbitrary();

    public static Arbitrary<Election> Approvals { get; } = Of(BallotKind.Approval).ToArbitrary();

    public static Gen<Election> Of(params BallotKind[] kinds) =>
        from kind in Gen.Elements(kinds)
        from projects in Gen.Choose(1, 6)
        from step in Gen.Elements(1, 1, 5, 60)
        from decimals in Gen.Elements(1, 1, 1, 4, 100)
        from costs in Gen.Choose(0, 12).ListOf(projects)
        from shuffled in Gen.Shuffle(Names)
        from voters in Gen.Choose(1, 9)
        from ballots in (from length in Gen.Choose(0, kind == BallotKind.ChooseOne ? 1 : projects)
                         from order in Gen.Shuffle(Enumerable.Range(0, projects).ToArray())
                         from points in Gen.Choose(kind == BallotKind.Scoring ? -1 : 0, 4).ListOf(length)
                         from tenths in Gen.Elements(1, 1, 10)
                         select (order[..length], points.Select(p => new Fraction(p, tenths)).ToArray())).ListOf(voters)
        from budget in Gen.Choose(1, 40)
        select Election.Create("random", kind, new Fraction(budget * step, decimals),
            costs.Select((c, p) => new Project(shuffled[p], new Fraction(c * step, decimals))),
            ballots.Select(b => new Ballot([.. b.Item1.Select(p => shuffled[p])], kind is BallotKind.Cumulative or BallotKind.Scoring ? b.Item2 : null)));

    public static string[] Ids(this Election election, IEnumerable<int> projects) => [.. projects.Select(p => election.Projects[p].Id)];

    public static IEnumerable<Utility> Utilities(this Election election) =>
        election.Ballots.Kind switch
        {
            BallotKind.Cumulative or BallotKind.Scoring => [Utility.Cost, Utility.Cardinality, Utility.Points],
            BallotKind.Ordinal => [Utility.Cost, Utility.Cardinality, Utility.Borda],
            _ => [Utility.Cost, Utility.Cardinality],
        };

    public static IEnumerable<Ballot> AsBallots(this Election election)
    {
        for (var g = 0; g < election.Ballots.GroupCount; g++)
        {
            yield return new Ballot([.. election.Ids(election.Ballots.Projects(g).ToArray())],
                election.Ballots.Kind is BallotKind.Cumulative or BallotKind.Scoring ? election.Ballots.Points(g) : null, election.Ballots.Multiplicity(g));
        }
    }

    public static Election Approval(string name, Fraction budget, (string Id, Fraction Cost)[] projects, params string[] ballots) =>
        Election.Create(name, BallotKind.Approval, budget, projects.Select(p => new Project(p.Id, p.Cost)), ballots.Select(b => new Ballot(b.Split(' ', StringSplitOptions.RemoveEmptyEntries))));

    public static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
