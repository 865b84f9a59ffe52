using System.Numerics;
using Minka.Selection.Exact;

namespace Minka.Selection.Participatory.Audits;

/// <summary>How well a part of the people is served by an outcome.</summary>
/// <param name="Voters">How many voters it has.</param>
/// <param name="WithNothing">How many of them support no funded project.</param>
/// <param name="MeanProjects">Funded projects supported, mean by voter; 0 without voters.</param>
/// <param name="MeanMoney">Money spent on supported projects, mean by voter, in the currency of the election; 0 without voters.</param>
public sealed record Served(long Voters, long WithNothing, Fraction MeanProjects, Fraction MeanMoney)
{
    /// <summary>The share of voters with nothing, 0 to 1.</summary>
    public Fraction ShareWithNothing => Voters == 0 ? Fraction.Zero : new Fraction(WithNothing, Voters);
}

/// <summary>Who is represented by an outcome.</summary>
/// <param name="All">All voters.</param>
/// <param name="Gini">Gini coefficient of the money spent on what each voter supports: 0 if all are served alike, towards 1 if few get everything; 0 where nobody gets anything.</param>
/// <param name="ByProjects">Number of voters who support 0, 1, 2… funded projects.</param>
/// <param name="ByAttribute">The same by each value of each column of the voters.</param>
public sealed record Satisfaction(Served All, Fraction Gini, IReadOnlyList<long> ByProjects, IReadOnlyList<AttributeSatisfaction> ByAttribute)
{
    /// <summary>Measures an outcome. A voter supports what her ballot names.</summary>
    /// <param name="election">The election.</param>
    /// <param name="funded">The funded projects, as indices.</param>
    /// <remarks>O(named projects + g log g) for g groups. Exact.</remarks>
    public static Satisfaction Of(Election election, IReadOnlyCollection<int> funded)
    {
        ArgumentNullException.ThrowIfNull(election);
        ArgumentNullException.ThrowIfNull(funded);
        var field = election.Field;
        var ballots = election.Ballots;
        var money = new long[field.Groups];
        var projects = new int[field.Groups];
        foreach (var p in funded)
        {
            for (var i = field.Start[p]; i < field.Start[p + 1]; i++)
            {
                money[field.Group[i]] += field.Cost[p];
                projects[field.Group[i]]++;
            }
        }

        var histogram = new long[projects.Length == 0 ? 1 : projects.Max() + 1];
        for (var g = 0; g < field.Groups; g++)
            histogram[projects[g]] += field.Multiplicity[g];
        var all = Part(Enumerable.Range(0, field.Groups).Select(g => (g, (long)field.Multiplicity[g])));
        var attributes = ballots.Attributes.Select(a => new AttributeSatisfaction(a.Name,
            [.. a.Values.Select((value, v) => (value, Part(a.Counts.Where(c => c.Key.Value == v).Select(c => (c.Key.Group, (long)c.Value)))))])).ToList();
        return new Satisfaction(all, GiniOf(field, money), histogram, attributes);

        Served Part(IEnumerable<(int Group, long Voters)> part)
        {
            long voters = 0, nothing = 0, sum = 0;
            BigInteger spent = 0;
            foreach (var (g, m) in part)
            {
                voters += m;
                nothing += projects[g] == 0 ? m : 0;
                sum += projects[g] * m;
                spent += (BigInteger)money[g] * m;
            }

            return voters == 0 ? new Served(0, 0, Fraction.Zero, Fraction.Zero) : new Served(voters, nothing, new Fraction(sum, voters), new Fraction(spent, (BigInteger)voters * field.Unit));
        }
    }

    private static Fraction GiniOf(Field field, long[] money)
    {
        // Σ over voters in ascending order of (2·rank − n − 1)·x, over n·Σx; a group of m equal voters takes m ranks at once.
        var order = Enumerable.Range(0, field.Groups).ToArray();
        Array.Sort(order, (a, b) => money[a].CompareTo(money[b]));
        BigInteger n = field.Voters, before = 0, weighted = 0, total = 0;
        foreach (var g in order)
        {
            BigInteger m = field.Multiplicity[g];
            weighted += money[g] * ((m * ((2 * before) + m + 1)) - (m * (n + 1)));
            total += money[g] * m;
            before += m;
        }

        return total.IsZero ? Fraction.Zero : new Fraction(weighted, n * total);
    }
}

/// <summary>Who is represented, by the values of one column of the voters.</summary>
/// <param name="Attribute">The column.</param>
/// <param name="Values">Each value with its part; the empty text stands for voters without one.</param>
public sealed record AttributeSatisfaction(string Attribute, IReadOnlyList<(string Value, Served Part)> Values);
