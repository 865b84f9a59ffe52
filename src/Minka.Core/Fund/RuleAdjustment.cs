namespace Minka.Core.Fund;

/// <summary>A value of the rule pack that a call sets itself, within what the pack's schema allows.</summary>
/// <param name="Key">Path in the pack: <c>evaluation.threshold</c>.</param>
/// <param name="Value">As the pack writes it: a whole number, basis points, or an amount with two decimals.</param>
public sealed record RuleAdjustment(string Key, string Value);
