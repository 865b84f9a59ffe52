namespace Minka.Core.Kernel;

/// <summary>A verb was asked that the rules do not allow. The text for people is found under <c>rule.CODE</c> in the language files.</summary>
public sealed class RuleBroken(string code, params object?[] args) : Exception(code)
{
    public string Code { get; } = code;

    public IReadOnlyList<object?> Args { get; } = args;
}

/// <summary>What was asked for does not exist (or not for this person).</summary>
public sealed class NotFound(string kind, object? key) : Exception($"{kind} {key}");

/// <summary>Somebody else changed the same thing meanwhile; the caller shows both versions.</summary>
public sealed class ChangedMeanwhile(string kind) : Exception(kind);

/// <summary>One reason of an outcome: a code whose text lies under <c>reason.CODE</c>, and the figures it used.</summary>
/// <param name="Met">True: a condition that holds; false: one that fails; null: a remark.</param>
public sealed record Reason(string Code, bool? Met, params IReadOnlyList<object?> Args)
{
    public static Reason Ok(string code, params IReadOnlyList<object?> args) => new(code, true, args);
    public static Reason Fails(string code, params IReadOnlyList<object?> args) => new(code, false, args);
    public static Reason Note(string code, params IReadOnlyList<object?> args) => new(code, null, args);
}

public static class Reasons
{
    /// <summary>Whether no reason fails.</summary>
    public static bool AllMet(this IEnumerable<Reason> reasons) => reasons.All(r => r.Met != false);
}
