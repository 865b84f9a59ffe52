namespace Minka.Selection.Participatory;

/// <summary>The rules that turn ballots into funded projects.</summary>
public enum PbRule
{
    /// <summary>
    /// The utilitarian greedy of the common Python reference under its usual utility: approvals by votes; points and Borda points by total score <i>per cost</i>. What does not fit in what is
    /// left is skipped. Projects without support come last and are funded if they fit.
    /// </summary>
    GreedyVotes,

    /// <summary>By total score (votes, points, Borda points) whatever the cost, with skipping: what most cities do. The same as <see cref="GreedyVotes"/> for approvals.</summary>
    GreedyScore,

    /// <summary>By score per cost, with skipping.</summary>
    GreedyDensity,

    /// <summary>By score; stops at the first project that does not fit.</summary>
    GreedyNoSkip,

    /// <summary>By score with skipping, among the projects that reach a least score.</summary>
    GreedyThreshold,

    /// <summary>By score with skipping; a project excluded by one already funded is skipped.</summary>
    GreedyExclusive,

    /// <summary>Method of Equal Shares (Peters, Pierczyński, Skowron).</summary>
    EqualShares,

    /// <summary>Sequential Phragmén.</summary>
    Phragmen,

    /// <summary>Maximin support: the project with which the heaviest load, shared out as evenly as can be, is least.</summary>
    MaximinSupport,

    /// <summary>Bounded Overspending Equal Shares (Papasotiropoulos, Pishbin, Skibski, Skowron, Wąs, arXiv 2409.15005).</summary>
    BoundedOverspending,
}

/// <summary>What a funded project is worth to a voter who supports it, for the rules that share money out among voters.</summary>
public enum Utility
{
    /// <summary>Its cost: a voter is served by the money spent on what she supports.</summary>
    Cost,

    /// <summary>1: a voter is served by the number of projects.</summary>
    Cardinality,

    /// <summary>The points that the voter gave it. Cumulative and scoring ballots.</summary>
    Points,

    /// <summary>The number of projects ranked below it, plus an offset. Ordinal ballots.</summary>
    Borda,
}

/// <summary>How the Method of Equal Shares goes on when money is left that no group of supporters can bring together.</summary>
public enum Completion
{
    /// <summary>It does not.</summary>
    None,

    /// <summary>Every share is raised by one currency unit and all is run again, until an outcome leaves no room for a further supported project (that one is returned) or overruns the budget (the previous one is).</summary>
    Add1,

    /// <summary><see cref="Add1"/>, then <see cref="PbRule.GreedyVotes"/> with what is left.</summary>
    Add1U,

    /// <summary>As <see cref="Add1"/>, but the budget of all voters together grows by the smallest unit of the amounts in the file, so that no critical budget is stepped over; those without effect are jumped.</summary>
    AddOpt,

    /// <summary>Voters who do not support a project get a vanishing utility from it and so help to pay when its supporters have given all.</summary>
    Epsilon,
}

/// <summary>How ties are broken. Every order ends with the identifier, so that it is total.</summary>
public enum TieOrder
{
    /// <summary>The lowest identifier in ordinal order of text.</summary>
    Id,

    /// <summary>The lowest cost.</summary>
    Cost,

    /// <summary>The most voters.</summary>
    Votes,

    /// <summary>The order of a published draw (<see cref="PbSettings.Drawn"/>).</summary>
    Drawn,
}
