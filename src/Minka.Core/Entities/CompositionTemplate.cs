using Minka.Core.Kernel;
using Minka.Selection.Exact;

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

    /// <summary>At least so many of the three sectors take part.</summary>
    SectorsMin,

    /// <summary>At least so many seats of the listed sectors.</summary>
    SeatsMin,

    /// <summary>The values together (or each value, where none is told) hold at most the limit.</summary>
    ShareMax,

    /// <summary>The values together (or each value, where none is told) hold at least the limit.</summary>
    ShareMin,
}

/// <summary>Of what a share is taken.</summary>
public enum CompositionScope
{
    /// <summary>All votes of the members.</summary>
    Members,

    /// <summary>The votes cast in one decision.</summary>
    Votes,

    /// <summary>The votes present, in person or by proxy, without those in conflict.</summary>
    Present,

    /// <summary>Heads.</summary>
    Seats,
}

/// <summary>By what the seats of a share are told apart.</summary>
public enum ShareBy
{
    Sector,
    Interest,
    Woman,
}

/// <param name="Limit">An exact share, "1/3", where basis points cannot say it.</param>
/// <param name="Values">Sectors ("non-public": all but the public one) or interest groups, counted together; null: each apart.</param>
/// <param name="Within">Only seats of these sectors are the whole; null: all.</param>
/// <param name="ExceptGroups">Interest groups that stand apart from the count.</param>
/// <param name="Code">What the reason is called by: <c>composition.CODE-min</c>.</param>
public sealed record CompositionRule(
    CompositionRuleKind Kind,
    IReadOnlyList<CompositionScope> AppliesTo,
    string Source,
    string Confidence,
    IReadOnlyList<Sector>? Sectors = null,
    BasisPoints? LimitBp = null,
    int? Count = null,
    string? Limit = null,
    ShareBy By = ShareBy.Sector,
    IReadOnlyList<string>? Values = null,
    IReadOnlyList<Sector>? Within = null,
    IReadOnlyList<string>? ExceptGroups = null,
    string? Code = null)
{
    /// <summary>The limit as it is compared.</summary>
    public Fraction LimitShare => Limit is not null && Fraction.TryParse(Limit, out var share) ? share : new Fraction(LimitBp?.Value ?? 0, 10_000);
}

public enum QuorumKind
{
    /// <summary>More than half: ⌊n/2⌋ + 1.</summary>
    HalfPlusOne,

    /// <summary>At least a third: ⌈n/3⌉.</summary>
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

    /// <summary>More than half of the votes of all seats in force, present or not, without those in conflict.</summary>
    Absolute,

    /// <summary>At least two thirds of the votes present without conflict; of all seats where the rule says so.</summary>
    TwoThirds,

    /// <summary>Nobody against. Abstention and silence do not stop it.</summary>
    Consensus,

    /// <summary>More votes for than against in each sector that is present.</summary>
    Double,

    /// <summary>More than half of the votes present without conflict.</summary>
    OfPresent,
}

/// <param name="Subjects">Kinds of subject that ask for it; the one without any is the usual majority.</param>
/// <param name="OfAll">Two thirds of all seats in force instead of those present.</param>
public sealed record MajorityRule(MajorityKind Kind, IReadOnlyList<string> Subjects, string Source, string Confidence, bool OfAll = false);

/// <param name="NotDelegableGroups">Interest groups whose representative attends in person.</param>
public sealed record AttendanceRule(bool Delegable, IReadOnlyList<string> NotDelegableGroups, string Source, string Confidence)
{
    public bool MayDelegate(string interestGroup) => Delegable && !NotDelegableGroups.Contains(interestGroup);
}

/// <summary>Whether a member may have another one vote for it, and within what limits. A sector or group that does not delegate attends itself.</summary>
/// <param name="MaxPerHolder">How many one member may carry; null: no source gives a limit.</param>
/// <param name="CountForQuorum">Whether who gave one counts as present.</param>
/// <param name="InWriting">Whether its document must be told when it is written down.</param>
public sealed record ProxyRule(
    bool Allowed,
    int? MaxPerHolder,
    bool CountForQuorum,
    bool InWriting,
    string Source,
    string Confidence,
    IReadOnlyList<Sector>? NotDelegableSectors = null,
    IReadOnlyList<string>? NotDelegableGroups = null)
{
    public bool MayGive(Sector sector, string? interestGroup) => Allowed
        && NotDelegableSectors?.Contains(sector) != true && (interestGroup is null || NotDelegableGroups?.Contains(interestGroup) != true);
}

/// <summary>Whether votes may be given in writing until a deadline, without a meeting.</summary>
public sealed record WrittenRule(bool Allowed, int LeastDays, string Source, string Confidence);

/// <summary>The longest mandate of the members of some sectors.</summary>
public sealed record TermRule(int Years, IReadOnlyList<Sector> Sectors, string Source, string Confidence);

/// <summary>How a kind of coordination entity is made and decides: data of <c>rulepacks/compositions</c>.</summary>
/// <param name="Pack">The public name of the norm's rules, as <c>govern tally</c> takes it: "eu-leader-2014".</param>
/// <param name="Country">Whose clock binds it, of <c>rulepacks/countries.json</c>; null: Peru.</param>
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
    TermRule? Term,
    ProxyRule? Proxies = null,
    WrittenRule? Written = null,
    Sourced<bool>? Binding = null,
    string? Pack = null,
    string? Country = null)
{
    /// <summary>What holds where a template says nothing of proxies: none.</summary>
    static readonly ProxyRule NoProxies = new(false, 0, false, true, "", "N");

    public ProxyRule ProxyRule => Proxies ?? NoProxies;

    /// <summary>Whether its decisions bind; else they are recommendations.</summary>
    public bool IsBinding => Binding?.Value != false;

    /// <summary>Its law for one decision.</summary>
    public DecisionRule DecisionRule => new(Id, Rules, AbstentionIsCast.Value, Majorities.Any(m => m is { Kind: MajorityKind.TwoThirds, OfAll: true }), ProxyRule, IsBinding);

    /// <summary>Whether a rule counts women: only then does anybody ask who is one.</summary>
    public bool CountsWomen => Rules.Any(r => r.By == ShareBy.Woman);

    /// <summary>The template with what an entity's own statutes ask beyond it.</summary>
    public CompositionTemplate With(BasisPoints? leastWomen) => leastWomen is not { Value: > 0 } least ? this : this with
    {
        Rules = [.. Rules, new CompositionRule(CompositionRuleKind.ShareMin, [CompositionScope.Seats, CompositionScope.Votes], "estatutos", "S", LimitBp: least, By: ShareBy.Woman, Code: "women")],
    };

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

    /// <summary>By its own id or by the name of its norm's rules.</summary>
    public static CompositionTemplate? FindPack(string id) => Find(id) ?? All.FirstOrDefault(t => t.Pack == id);

    public static CompositionTemplate Get(string id) => Find(id) ?? throw new NotFound("composition", id);
}
