using Minka.Core.Kernel;

namespace Minka.Core.Ledger;

public readonly record struct LedgerAccountId(Guid Value) : ITypedId<LedgerAccountId>
{
    public static LedgerAccountId From(Guid value) => new(value);
}

/// <summary>What an account of a book stands for. The debit balance of all but the two origins is never below zero.</summary>
public enum AccountKind
{
    /// <summary>Origin of a fund's resources (credit).</summary>
    Endowment,

    /// <summary>Resources of a fund that no call has taken.</summary>
    Unassigned,

    /// <summary>Resources of a fund that its calls hold.</summary>
    Assigned,

    /// <summary>Origin of a call's budget (credit).</summary>
    Appropriation,

    /// <summary>Budget of a call that no agreement has taken.</summary>
    Available,

    /// <summary>Promised by signed agreements, not paid yet.</summary>
    Committed,

    Paid,
}

/// <summary>Whose accounts: a fund's or a call's. The ledger knows no more of either than this.</summary>
public enum BookKind
{
    Fund,
    Call,
}

/// <summary>One account. Its balance is the sum of its postings and is kept nowhere.</summary>
public sealed class LedgerAccount
{
    public required LedgerAccountId Id { get; init; }

    public required BookKind Book { get; init; }

    /// <summary>Id of the fund or of the call.</summary>
    public required Guid BookId { get; init; }

    public required AccountKind Kind { get; init; }
}
