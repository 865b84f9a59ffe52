namespace Minka.Selection.Award;

/// <summary>How a call turns points into an order and a list of winners. Each mode is one that a norm or a fund's rules know.</summary>
public enum AwardMode
{
    /// <summary>Strict rank within each group, each with its own envelope (FIDT, DS 001-2019-EF art. 12.3).</summary>
    RankByGroup,

    /// <summary>One list for the whole call; exactly one group.</summary>
    StrictRank,

    /// <summary>First the minima, of the total or of single criteria, then the rank of those who meet them all.</summary>
    ThresholdThenRank,

    /// <summary>Whoever passes the bar has the same points for it; the rest of the points, the tie keys and the draw order them (FONIPREL, later version).</summary>
    QualityGate,

    /// <summary>Rank outside a zone around the line where the money ends, a public draw within it; exactly one group.</summary>
    LotteryInGreyZone,
}

/// <summary>A minimum of one criterion.</summary>
/// <param name="Name">Name of the criterion, unique.</param>
/// <param name="Minimum">What must be reached, in the unit of the criterion; zero or more.</param>
/// <param name="Exclusive">True if the minimum itself is not enough (“more than 50”).</param>
public sealed record PointsGate(string Name, long Minimum, bool Exclusive = false)
{
    internal bool Admits(long value) => Exclusive ? value > Minimum : value >= Minimum;
}

/// <summary>Points that a declared circumstance adds to the rank. They never help over a threshold or a gate.</summary>
/// <param name="Name">Name of the circumstance, unique.</param>
/// <param name="Points">What it adds, in the unit of all points; zero or more.</param>
public sealed record BonusRule(string Name, long Points);

/// <summary>Money kept for those who carry a mark, such as the 2022 reserve of FIDT for border municipalities. It is walked before all else.</summary>
/// <param name="Code">Name of the set-aside, unique.</param>
/// <param name="Amount">Its money, in minor units, apart from the envelopes.</param>
/// <param name="Release">
/// True if what its list leaves joins the money that is walked next: the envelope where there is a single group, else
/// the residual pool, which must then exist. False if it stays unspent.
/// </param>
public sealed record SetAside(string Code, long Amount, bool Release);

/// <summary>Where the grey zone lies.</summary>
public enum GreyZoneKind
{
    /// <summary>Between two declared scores.</summary>
    Fixed,

    /// <summary>A declared margin on both sides of the line.</summary>
    AroundLine,
}

/// <summary>The zone within which a public draw, not the points, decides who comes first.</summary>
/// <remarks>
/// The line is the lowest score such that all qualified with at least that score fit into the money together; where not
/// even the best do, it is their score. Where everybody fits there is no line and no zone. It depends on no tie.
/// Source of the shape: the Swiss National Science Foundation's draw among proposals that evaluators cannot tell apart
/// (Heyard, Ott, Salanti, Egger 2022, arXiv 2102.09958); the margin is the call's own.
/// </remarks>
/// <param name="Kind">Fixed bounds or a margin around the line.</param>
/// <param name="Low">Fixed: the lowest score of the zone. Around the line: how far it reaches below the line.</param>
/// <param name="High">Fixed: the highest score of the zone. Around the line: how far it reaches above the line.</param>
public sealed record GreyZoneRule(GreyZoneKind Kind, long Low, long High);

/// <summary>The grey zone of a finished award.</summary>
/// <param name="Line">The line where the money ends.</param>
/// <param name="Low">The lowest score of the zone.</param>
/// <param name="High">The highest score of the zone.</param>
/// <param name="Ids">Who is in it, in the order of the draw.</param>
public sealed record GreyZone(long Line, long Low, long High, IReadOnlyList<string> Ids);

/// <summary>The account of one set-aside; minor units.</summary>
/// <param name="Code">The set-aside.</param>
/// <param name="Amount">Its money.</param>
/// <param name="Used">What was awarded from it.</param>
/// <param name="Left">Amount − used.</param>
/// <param name="Released">True if what was left joined the money that was walked next.</param>
/// <param name="CutOff">The lowest ranking points funded from it; <see langword="null"/> if none was.</param>
public sealed record SetAsideAccount(string Code, long Amount, long Used, long Left, bool Released, long? CutOff);
