using Minka.Core.Kernel;

namespace Minka.Core.Entities;

/// <summary>A text in each language of the interface.</summary>
public sealed record Words(string Es, string En)
{
    public string In(string language) => language == "en" ? En : Es;
}

/// <summary>A value with the text that it leans on.</summary>
/// <param name="Confidence">S: stated by the source; M: not checked against it; proposal: our own.</param>
public sealed record Sourced<T>(T Value, string Source, string Confidence);

public enum CompositionRuleKind
{
    /// <summary>No listed sector holds more than the limit.</summary>
    SectorShareMax,

    /// <summary>No interest group holds more than the limit.</summary>
    InterestShareMax,

    /// <summary>Private and social together hold at least the limit.</summary>
    NonPublicShareMin,

    /// <summary>At least so many interest groups take part.</summary>
    InterestGroupsMin,

    /// <summary>Seats of civil society are the given share of the number of public seats (not of the whole).</summary>
    CivilSeatsPerPublic,
}

public enum CompositionScope
{
    Members,
    Votes,
}

public sealed record CompositionRule(
    CompositionRuleKind Kind,
    IReadOnlyList<CompositionScope> AppliesTo,
    string Source,
    string Confidence,
    IReadOnlyList<Sector>? Sectors = null,
    BasisPoints? LimitBp = null,
    int? Count = null);

public enum QuorumKind
{
    /// <summary>More than half: ⌊n/2⌋ + 1.</summary>
    HalfPlusOne,

    /// <summary>⌈n/3⌉.</summary>
    OneThird,

    /// <summary>Whoever is there, but somebody.</summary>
    AnyNumber,
}

public sealed record QuorumRule(QuorumKind Kind, string Source, string Confidence);

public sealed record QuorumRules(QuorumRule First, QuorumRule Second);

public enum MajorityKind
{
    /// <summary>More votes for than against.</summary>
    Simple,

    /// <summary>More than half of the votes of those who may decide: present without conflict.</summary>
    Absolute,

    /// <summary>At least two thirds of the same base.</summary>
    TwoThirds,

    /// <summary>Somebody for, nobody against.</summary>
    Consensus,
}

/// <param name="Subjects">Kinds of subject that ask for it; the one without any is the usual majority.</param>
public sealed record MajorityRule(MajorityKind Kind, IReadOnlyList<string> Subjects, string Source, string Confidence);

/// <param name="NotDelegableGroups">Interest groups whose representative attends in person.</param>
public sealed record AttendanceRule(bool Delegable, IReadOnlyList<string> NotDelegableGroups, string Source, string Confidence)
{
    public bool MayDelegate(string interestGroup) => Delegable && !NotDelegableGroups.Contains(interestGroup);
}

/// <summary>The longest mandate of the members of some sectors.</summary>
public sealed record TermRule(int Years, IReadOnlyList<Sector> Sectors, string Source, string Confidence);

/// <summary>How a kind of coordination entity is made and decides: data of <c>rulepacks/compositions</c>.</summary>
public sealed record CompositionTemplate(
    string Id,
    string Version,
    Words Name,
    Words About,
    Sourced<string> LegalBasis,
    Sourced<bool> HasLegalPersonality,
    IReadOnlyList<CompositionRule> Rules,
    Sourced<bool> AbstentionIsCast,
    QuorumRules Quorum,
    IReadOnlyList<MajorityRule> Majorities,
    AttendanceRule Attendance,
    Sourced<int> NoticeDays,
    Sourced<int> SecondCallMinutes,
    TermRule? Term)
{
    /// <summary>The majority that a subject of this kind needs.</summary>
    public MajorityKind MajorityFor(string? subjectKind) =>
        (Majorities.FirstOrDefault(m => subjectKind is not null && m.Subjects.Contains(subjectKind))
            ?? Majorities.First(m => m.Subjects.Count == 0)).Kind;

    public QuorumRule QuorumOf(AssemblyCall call) => call == AssemblyCall.First ? Quorum.First : Quorum.Second;
}

/// <summary>The templates that ship with this version.</summary>
public static class CompositionTemplates
{
    static readonly Lazy<IReadOnlyList<CompositionTemplate>> List = new(() =>
        [.. RulePackFiles.NamesUnder("compositions").Select(RulePackFiles.Read<CompositionTemplate>)]);

    public static IReadOnlyList<CompositionTemplate> All => List.Value;

    public static CompositionTemplate? Find(string? id) => All.FirstOrDefault(t => t.Id == id);

    public static CompositionTemplate Get(string id) => Find(id) ?? throw new NotFound("composition", id);
}
