using Minka.Core.Database;
using Minka.Core.Kernel;

namespace Minka.Core.Ledger;

public readonly record struct LedgerEntryId(Guid Value) : ITypedId<LedgerEntryId>
{
    public static LedgerEntryId From(Guid value) => new(value);
}

/// <summary>One movement of money between accounts, whole or not at all. Never changed: a correction is an entry of its own.</summary>
public sealed class LedgerEntry : IAppendOnly
{
    public required LedgerEntryId Id { get; init; }

    /// <summary>Context and verb: <c>call.appropriate</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Names the movement, so that the same one is never posted twice.</summary>
    public required string Key { get; init; }

    public required DateTime At { get; init; }

    /// <summary>Id of what it was posted for (a call, an agreement).</summary>
    public required Guid SubjectId { get; init; }

    /// <summary>Norm or document that supports it; empty where the act itself does.</summary>
    public required string Basis { get; init; }
}

/// <summary>One line of an entry: a debit or a credit of one account.</summary>
public sealed class Posting : IAppendOnly
{
    public required LedgerEntryId EntryId { get; init; }

    /// <summary>From 1.</summary>
    public required int Line { get; init; }

    public required LedgerAccountId AccountId { get; init; }

    public required Money Debit { get; init; }

    public required Money Credit { get; init; }
}

/// <summary>A line to be posted.</summary>
public sealed record LedgerLine(BookKind Book, Guid BookId, AccountKind Account, Money Debit, Money Credit)
{
    public static LedgerLine DebitOf(BookKind book, Guid bookId, AccountKind account, Money amount) => new(book, bookId, account, amount, Money.Zero);
    public static LedgerLine CreditOf(BookKind book, Guid bookId, AccountKind account, Money amount) => new(book, bookId, account, Money.Zero, amount);
}
