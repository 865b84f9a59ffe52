using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Minka.Selection.Exact;

namespace Minka.Selection.Participatory.Certificates;

/// <summary>
/// Everything that a stranger needs to replay an outcome: the election with its merged ballots, the rule, each round with its price and payments, and the
/// ties met. Plain values; numbers are texts “p” or “p/q”, so that no reader rounds them. Projects and groups are named by their place in the lists.
/// </summary>
public sealed record PbCertificate
{
    /// <summary>The format and its version.</summary>
    public const string CurrentFormat = "minka-pb-certificate/1";

    /// <summary><see cref="CurrentFormat"/>.</summary>
    public required string Format { get; init; }

    /// <summary>The election's name.</summary>
    public required string Name { get; init; }

    /// <summary>SHA-256 of the file that was read, in lower-case hexadecimal; null if there was none.</summary>
    public string? FileSha256 { get; init; }

    /// <summary>SHA-256 of the canonical text of the election (<see cref="Canonical"/>).</summary>
    public required string ElectionSha256 { get; init; }

    /// <summary>The budget.</summary>
    public required string Budget { get; init; }

    /// <summary>One unit of the currency in the smallest unit that the amounts use.</summary>
    public required string UnitsPerCurrency { get; init; }

    /// <summary>The projects.</summary>
    public required IReadOnlyList<CertifiedProject> Projects { get; init; }

    /// <summary>The groups of identical ballots.</summary>
    public required IReadOnlyList<CertifiedBallots> Ballots { get; init; }

    /// <summary>What the ballots say: <c>approval</c>, <c>choose-1</c>, <c>cumulative</c>, <c>ordinal</c>, <c>scoring</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The rule.</summary>
    public required PbRule Rule { get; init; }

    /// <summary>The utility; null for rules without one.</summary>
    public Utility? Utility { get; init; }

    /// <summary>The completion.</summary>
    public Completion Completion { get; init; }

    /// <summary>Added to Borda points.</summary>
    public int BordaOffset { get; init; }

    /// <summary>Least score for greedy by threshold.</summary>
    public string? Threshold { get; init; }

    /// <summary>Pairs of projects that exclude each other.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Exclusions { get; init; } = [];

    /// <summary>The projects in tie order, the first preferred.</summary>
    public required IReadOnlyList<int> TieOrder { get; init; }

    /// <summary>What each voter had at the start; null for rules without shares.</summary>
    public string? Share { get; init; }

    /// <summary>Where a completion started.</summary>
    public string? StartShare { get; init; }

    /// <summary>Steps of a completion.</summary>
    public string? Steps { get; init; }

    /// <summary>The rounds in order.</summary>
    public required IReadOnlyList<CertifiedRound> Rounds { get; init; }

    /// <summary>The funded projects in order.</summary>
    public required IReadOnlyList<int> Funded { get; init; }

    /// <summary>Runs a rule with explanations and writes down its certificate.</summary>
    /// <param name="election">The election.</param>
    /// <param name="settings">The rule: greedy rules, equal shares without completion or with a raising one, Phragmén.</param>
    /// <param name="fileSha256">SHA-256 of the source file, or null.</param>
    /// <exception cref="InvalidElectionException">The rule has no certificate.</exception>
    public static PbCertificate Of(Election election, PbSettings settings, string? fileSha256 = null)
    {
        ArgumentNullException.ThrowIfNull(election);
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.Rule is PbRule.MaximinSupport or PbRule.BoundedOverspending || settings.Completion == Completion.Epsilon)
            throw new InvalidElectionException(ElectionFault.RuleDoesNotApply, "This rule has no certificate.", "Certificates exist for the greedy rules, mes (none, add1, add1u, add-opt) and phragmen.", settings.Rule.ToString());
        var outcome = ParticipatoryBudget.Run(election, settings with { Explain = true });
        var field = election.Field;
        var ranks = TieRanks.Of(election, settings);
        var shares = settings.Rule == PbRule.EqualShares;
        Fraction? start = null;
        if (shares && field.Voters > 0)
        {
            start = election.Budget / field.Voters;
            if (settings.FloorStart)
                start = start.Value.Floor();
        }

        var certificate = new PbCertificate
        {
            Format = CurrentFormat,
            Name = election.Name,
            FileSha256 = fileSha256,
            ElectionSha256 = "",
            Budget = election.Budget.ToString(),
            UnitsPerCurrency = field.Unit.ToString(CultureInfo.InvariantCulture),
            Projects = [.. election.Projects.Select(p => new CertifiedProject(p.Id, p.Cost.ToString()))],
            Ballots = [.. Enumerable.Range(0, field.Groups).Select(g => new CertifiedBallots(field.Multiplicity[g], election.Ballots.Projects(g).ToArray(), election.Ballots.HasPoints ? [.. election.Ballots.Points(g).Select(x => x.ToString())] : null))],
            Kind = election.Ballots.Kind switch
            {
                BallotKind.ChooseOne => "choose-1",
                BallotKind.Cumulative => "cumulative",
                BallotKind.Ordinal => "ordinal",
                BallotKind.Scoring => "scoring",
                _ => "approval",
            },
            Rule = settings.Rule,
            Utility = shares ? settings.UtilityFor(election.Ballots.Kind) : null,
            Completion = settings.Completion,
            BordaOffset = settings.BordaOffset,
            Threshold = settings.Rule == PbRule.GreedyThreshold ? Greedy.Threshold(election, settings).ToString() : null,
            Exclusions = settings.Rule == PbRule.GreedyExclusive ? [.. settings.Exclusions.Select(e => (IReadOnlyList<int>)[election.IndexOf(e.Item1), election.IndexOf(e.Item2)])] : [],
            TieOrder = [.. Enumerable.Range(0, field.Projects).OrderBy(p => ranks[p])],
            Share = outcome.Share?.ToString(),
            StartShare = start?.ToString(),
            Steps = shares && settings.Completion != Completion.None ? outcome.Steps.ToString(CultureInfo.InvariantCulture) : null,
            Rounds = [.. outcome.Rounds.Select(r => new CertifiedRound(r.Project, r.Price.ToString(), r.Tied, [.. r.Payments.Where(p => p.Each.Sign != 0).Select(p => new CertifiedPayment(p.Group, p.Each.ToString()))], r.Completion))],
            Funded = outcome.Order,
        };
        return certificate with { ElectionSha256 = Hash(certificate.Canonical()) };
    }

    /// <summary>
    /// The election in one text that does not depend on the order of projects or ballots in the source: budget, projects by identifier with costs, ballots with their counts sorted as text. Fields are separated by tabs and end with line feeds.
    /// </summary>
    public string Canonical()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Kind}\t{Budget}\n");
        foreach (var p in Projects.OrderBy(p => p.Id, StringComparer.Ordinal))
            text.Append(CultureInfo.InvariantCulture, $"{p.Id}\t{p.Cost}\n");
        var ballots = new List<string>();
        foreach (var b in Ballots)
        {
            var named = b.Projects.Select((p, i) => b.Points is null ? Projects[p].Id : $"{Projects[p].Id}={b.Points[i]}");
            ballots.Add(string.Create(CultureInfo.InvariantCulture, $"{string.Join(',', Kind == "ordinal" ? named : named.Order(StringComparer.Ordinal))}\t{b.Voters}\n"));
        }

        ballots.Sort(StringComparer.Ordinal);
        ballots.ForEach(b => text.Append(b));
        return text.ToString();
    }

    internal static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}

/// <summary>A project of a certificate.</summary>
/// <param name="Id">Its identifier.</param>
/// <param name="Cost">Its cost.</param>
public sealed record CertifiedProject(string Id, string Cost);

/// <summary>Identical ballots of a certificate.</summary>
/// <param name="Voters">How many voters cast it.</param>
/// <param name="Projects">The projects named; by rank for ordinal ballots.</param>
/// <param name="Points">Their points, or null.</param>
public sealed record CertifiedBallots(int Voters, IReadOnlyList<int> Projects, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Points);

/// <summary>A round of a certificate.</summary>
/// <param name="Project">The project funded.</param>
/// <param name="Price">What decided.</param>
/// <param name="Tied">The projects tied with it, itself included.</param>
/// <param name="Payments">Who paid.</param>
/// <param name="Added">True for what a greedy completion added.</param>
public sealed record CertifiedRound(int Project, string Price, IReadOnlyList<int> Tied, IReadOnlyList<CertifiedPayment> Payments, bool Added = false);

/// <summary>What each voter of a group paid.</summary>
/// <param name="Group">The group.</param>
/// <param name="Each">What each paid.</param>
public sealed record CertifiedPayment(int Group, string Each);
