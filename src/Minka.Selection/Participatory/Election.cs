using Minka.Selection.Exact;

namespace Minka.Selection.Participatory;

/// <summary>An election of participatory budgeting: projects with costs, a budget, ballots. Immutable; safe to share between threads.</summary>
/// <remarks>
/// Amounts are exact decimals. Internally costs and budget are whole numbers of the finest unit that any of them needs,
/// and must fit, added up, in 63 bits.
/// </remarks>
public sealed class Election
{
    private readonly Lazy<Field> _field;

    internal Election(string name, IReadOnlyDictionary<string, string> meta, IReadOnlyList<Project> projects, Fraction budget, Ballots ballots)
    {
        Name = name;
        Meta = meta;
        Projects = projects;
        Budget = budget;
        Ballots = ballots;
        var index = new Dictionary<string, int>(projects.Count, StringComparer.Ordinal);
        for (var p = 0; p < projects.Count; p++)
            index[projects[p].Id] = p;
        Index = index;
        _field = new Lazy<Field>(() => new Field(this));
    }

    /// <summary>The file's name, or what the caller calls it.</summary>
    public string Name { get; }

    /// <summary>The keys and values of the source's META section, as written; empty for an election made by hand.</summary>
    public IReadOnlyDictionary<string, string> Meta { get; }

    /// <summary>The projects, in the order of the source.</summary>
    public IReadOnlyList<Project> Projects { get; }

    /// <summary>The money to spend, in the currency of the election; not negative.</summary>
    public Fraction Budget { get; }

    /// <summary>The ballots.</summary>
    public Ballots Ballots { get; }

    internal IReadOnlyDictionary<string, int> Index { get; }

    internal Field Field => _field.Value;

    /// <summary>The index of a project in <see cref="Projects"/>, or −1.</summary>
    /// <param name="id">Its identifier.</param>
    public int IndexOf(string id) => Index.TryGetValue(id, out var p) ? p : -1;

    /// <summary>Makes an election from values.</summary>
    /// <param name="name">What to call it.</param>
    /// <param name="kind">What its ballots say.</param>
    /// <param name="budget">The money to spend; not negative.</param>
    /// <param name="projects">The projects; identifiers unique, costs not negative.</param>
    /// <param name="ballots">The ballots; identical ones are merged.</param>
    /// <param name="meta">Further facts in the manner of Pabulib's META, or null.</param>
    /// <exception cref="InvalidElectionException">Duplicate or unknown projects, negative amounts, a wrong number of points, amounts that do not fit.</exception>
    /// <remarks>O(named projects) time and memory.</remarks>
    public static Election Create(string name, BallotKind kind, Fraction budget, IEnumerable<Project> projects, IEnumerable<Ballot> ballots, IReadOnlyDictionary<string, string>? meta = null)
    {
        ArgumentNullException.ThrowIfNull(projects);
        ArgumentNullException.ThrowIfNull(ballots);
        var list = projects.ToArray();
        if (budget.Sign < 0)
            throw new InvalidElectionException(ElectionFault.Negative, "The budget is negative.", "Give a budget of zero or more.", budget.ToString(), name);
        var index = new Dictionary<string, int>(list.Length, StringComparer.Ordinal);
        for (var p = 0; p < list.Length; p++)
        {
            if (list[p].Cost.Sign < 0)
                throw new InvalidElectionException(ElectionFault.Negative, $"Project {list[p].Id} has a negative cost.", "Give a cost of zero or more.", list[p].Id, name);
            if (!index.TryAdd(list[p].Id, p))
                throw new InvalidElectionException(ElectionFault.DuplicateProject, $"Project {list[p].Id} comes twice.", "Give each project an identifier of its own.", list[p].Id, name);
        }

        var hasPoints = kind is BallotKind.Cumulative or BallotKind.Scoring;
        var grouping = new BallotGrouping(kind);
        var scratch = new List<int>();
        var points = new List<Amount>();
        foreach (var ballot in ballots)
        {
            scratch.Clear();
            points.Clear();
            if (hasPoints != ballot.Points is not null && ballot.Projects.Count > 0 || (hasPoints && ballot.Points is { } given && given.Count != ballot.Projects.Count))
                throw new InvalidElectionException(ElectionFault.PointsCount, "A ballot has not one number of points for each project.", "Give points exactly for cumulative and scoring ballots, one for each project named.", null, name);
            for (var i = 0; i < ballot.Projects.Count; i++)
            {
                if (!index.TryGetValue(ballot.Projects[i], out var p))
                    throw new InvalidElectionException(ElectionFault.UnknownProject, $"A ballot names project {ballot.Projects[i]}, which is not in the election.", "Correct the ballot or add the project.", ballot.Projects[i], name);
                scratch.Add(p);
                if (hasPoints)
                    points.Add(Decimal(ballot.Points![i], name));
            }

            if (ballot.Count < 1)
                throw new InvalidElectionException(ElectionFault.Negative, "A ballot is counted less than once.", "Give a count of at least 1.", null, name);
            grouping.Add(scratch, points, ballot.Count);
        }

        var election = new Election(name, meta ?? new Dictionary<string, string>(0), list, budget, grouping.Finish(list.Length, name, []));
        _ = election.Field;
        return election;
    }

    /// <summary>The same election with other projects' costs or budget; ballots are shared. For what-if questions.</summary>
    internal Election With(IReadOnlyList<Project> projects, Fraction budget) => new(Name, Meta, projects, budget, Ballots);

    internal Election With(Ballots ballots) => new(Name, Meta, Projects, Budget, ballots);

    private static Amount Decimal(Fraction value, string name)
    {
        for (var decimals = 0; decimals <= 30; decimals++)
        {
            var scaled = value * Amount.Power(decimals);
            if (scaled.IsWhole)
                return new Amount(scaled.Numerator, decimals);
        }

        throw new InvalidElectionException(ElectionFault.NotANumber, "Points must be decimal numbers.", "Round the points to at most 30 decimals.", value.ToString(), name);
    }
}
