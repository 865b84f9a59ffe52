using Minka.Selection.Exact;

namespace Minka.Selection.Participatory;

/// <summary>
/// All ballots of an election, identical ones merged into groups. A group is named by its index, 0 to <see cref="GroupCount"/> − 1;
/// a project by its index in <see cref="Election.Projects"/>.
/// </summary>
/// <remarks>Merging is exact: approvals are sets, so their order on paper is forgotten; points and ranks are kept. Memory: about 4 bytes a named project and group, 12 with points.</remarks>
public sealed class Ballots
{
    private readonly int[] _starts;
    private readonly int[] _projects;
    private readonly long[]? _points;
    private readonly int[] _multiplicities;

    internal Ballots(BallotKind kind, int[] starts, int[] projects, long[]? points, int pointDecimals, int[] multiplicities, IReadOnlyList<VoterAttribute> attributes)
    {
        Kind = kind;
        _starts = starts;
        _projects = projects;
        _points = points;
        PointDecimals = pointDecimals;
        _multiplicities = multiplicities;
        Attributes = attributes;
        foreach (var m in multiplicities)
            Count += m;
    }

    /// <summary>What the ballots say.</summary>
    public BallotKind Kind { get; }

    /// <summary>Number of voters, those with an empty ballot included.</summary>
    public int Count { get; }

    /// <summary>Number of groups of identical ballots.</summary>
    public int GroupCount => _multiplicities.Length;

    /// <summary>Columns of the voters that the source had.</summary>
    public IReadOnlyList<VoterAttribute> Attributes { get; }

    internal int PointDecimals { get; }

    internal bool HasPoints => _points is not null;

    /// <summary>How many voters cast this ballot; at least 1.</summary>
    /// <param name="group">The group.</param>
    public int Multiplicity(int group) => _multiplicities[group];

    /// <summary>The projects named: ascending for approvals and points, by rank for ordinal ballots.</summary>
    /// <param name="group">The group.</param>
    public ReadOnlySpan<int> Projects(int group) => _projects.AsSpan(_starts[group].._starts[group + 1]);

    /// <summary>The points of the projects named, in the order of <see cref="Projects"/>; empty for ballots without points.</summary>
    /// <param name="group">The group.</param>
    public IReadOnlyList<Fraction> Points(int group)
    {
        var scale = Amount.Power(PointDecimals);
        return [.. RawPoints(group).ToArray().Select(p => new Fraction(p, scale))];
    }

    internal ReadOnlySpan<long> RawPoints(int group) => _points is null ? [] : _points.AsSpan(_starts[group].._starts[group + 1]);
}
