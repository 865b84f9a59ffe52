using Minka.Core.Kernel;

namespace Minka.Core.Planning.ParticipatoryBudget;

/// <summary>What one party binds itself to.</summary>
/// <param name="Party">An institution or organisation, never a person.</param>
public sealed record Commitment(string Party, string What, Money? Amount, DateOnly? By);

public sealed record ActaWorkshop(WorkshopKind Kind, string Title, string Place, DateTime StartsAt, int Agents, int Women);

public sealed record ActaProject(int Rank, string Code, string Title, string? Cui, IReadOnlyList<string> Places, Money Cost, Money FromBudget, IReadOnlyList<CoFunding> CoFunding);

/// <summary>The agreement of results and commitments (acta de acuerdos y compromisos), drafted from the data and fixed by its digest.</summary>
public sealed record ActaContent
{
    public required string EntityName { get; init; }
    public required string Title { get; init; }
    public required int FiscalYear { get; init; }
    public required string Place { get; init; }
    public required BudgetOrdinance? Ordinance { get; init; }
    public required Money Amount { get; init; }
    public required Money Spent { get; init; }
    public required PriorityMethod Method { get; init; }
    public required Digest RuleDigest { get; init; }
    public required int? Ballots { get; init; }
    public required int Agents { get; init; }
    public required int AgentsWomen { get; init; }
    public required IReadOnlyList<ActaWorkshop> Workshops { get; init; }
    public required IReadOnlyList<ActaProject> Projects { get; init; }
    public required IReadOnlyList<ActaProject> Reserve { get; init; }
    public required IReadOnlyList<Commitment> Commitments { get; init; }

    /// <summary>Organisations of the vigilance committee, where it was elected before the agreement was drafted.</summary>
    public required IReadOnlyList<string> Committee { get; init; }
    public required DateOnly DraftedOn { get; init; }

    public Money FromOthers => new(Projects.Sum(p => p.CoFunding.Sum(c => c.Amount.Minor)));

    public Digest Digest() => CanonicalJson.DigestOf(this);
}
