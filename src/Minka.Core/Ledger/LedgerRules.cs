namespace Minka.Core.Ledger;

public static class LedgerRules
{
    /// <summary>Debits and credits of an entry differ (args: debits, credits).</summary>
    public const string Unbalanced = "ledger.unbalanced";

    /// <summary>An amount is not above zero (args: amount).</summary>
    public const string NotPositive = "ledger.not-positive";

    /// <summary>An account would fall below zero (args: what it would lack, what it had).</summary>
    public const string Unassigned = "ledger.unassigned-exceeded";
    public const string Available = "ledger.budget-exceeded";
    public const string Committed = "ledger.commitment-exceeded";
    public const string BelowZero = "ledger.below-zero";

    /// <summary>The movement was posted already (args: key).</summary>
    public const string Repeated = "ledger.repeated";
}
