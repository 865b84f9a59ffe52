namespace Minka.Core.Fund;

/// <summary>A fund that pays programmes won in competition. Its money is in the ledger.</summary>
public sealed class CoFinancingFund
{
    public required FundId Id { get; init; }

    public required string Slug { get; init; }

    public required string Name { get; init; }

    /// <summary>The public body that answers for it.</summary>
    public required string Institution { get; init; }

    /// <summary>The norm that creates it; empty where there is none yet.</summary>
    public required string LegalBasis { get; init; }

    public required DateTime CreatedAt { get; init; }
}
