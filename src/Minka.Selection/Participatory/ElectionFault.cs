namespace Minka.Selection.Participatory;

/// <summary>What is wrong with an election or its file. Texts for people are made from it and from the exception's figures.</summary>
public enum ElectionFault
{
    /// <summary>The file's name ends in <c>.gz</c> but its content is not gzip, or the gzip data are damaged.</summary>
    NotGzip,

    /// <summary>Bytes that are not UTF-8.</summary>
    NotUtf8,

    /// <summary>A record longer than the reader's limit.</summary>
    LineTooLong,

    /// <summary>A file longer than the reader's limit.</summary>
    FileTooLong,

    /// <summary>A quoted cell that the file never closes.</summary>
    UnclosedQuote,

    /// <summary>The file is empty or has text before its first section.</summary>
    NoSection,

    /// <summary>A section that comes twice or before the one that it needs (META, PROJECTS, VOTES).</summary>
    SectionOrder,

    /// <summary>The file ends before a section that must be there.</summary>
    MissingSection,

    /// <summary>A section whose header row is missing or lacks a column that is needed.</summary>
    MissingColumn,

    /// <summary>A row with more cells than its header.</summary>
    TooManyCells,

    /// <summary>A row without a cell that is needed.</summary>
    MissingCell,

    /// <summary>META lacks a key that is needed.</summary>
    MissingMeta,

    /// <summary>A vote type that no rule knows.</summary>
    UnknownVoteType,

    /// <summary>A cell that should hold a number and does not.</summary>
    NotANumber,

    /// <summary>A number that may not be negative.</summary>
    Negative,

    /// <summary>An amount beyond what can be computed exactly in 64 bits of the smallest unit.</summary>
    TooLarge,

    /// <summary>The budget is zero.</summary>
    NoBudget,

    /// <summary>A project without a cost.</summary>
    NoCost,

    /// <summary>Two projects with one identifier.</summary>
    DuplicateProject,

    /// <summary>A ballot that names a project which is not in the election.</summary>
    UnknownProject,

    /// <summary>As many points as projects are needed on a ballot.</summary>
    PointsCount,

    /// <summary>A ballot with more points than the rules of the election allow.</summary>
    PointsOverLimit,

    /// <summary>META announces another number of projects than PROJECTS holds.</summary>
    ProjectCount,

    /// <summary>META announces more ballots than VOTES holds: the file is probably cut.</summary>
    VoteCount,

    /// <summary>An election without a project.</summary>
    NoProject,

    /// <summary>A rule that cannot be applied to this kind of ballot or with these settings.</summary>
    RuleDoesNotApply,
}
