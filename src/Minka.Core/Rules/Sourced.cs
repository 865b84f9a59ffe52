using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Minka.Core.Kernel;

namespace Minka.Core.Rules;

/// <summary>How sure we are of a value.</summary>
public enum Confidence
{
    /// <summary>The cited text states it.</summary>
    [JsonStringEnumMemberName("S")]
    Seen,

    /// <summary>Not confirmed: verify before use, never present as fact.</summary>
    [JsonStringEnumMemberName("M")]
    Unverified,

    /// <summary>Looked for and not found ("sin fuente").</summary>
    [JsonStringEnumMemberName("N")]
    NotFound,

    /// <summary>The platform's own proposal.</summary>
    [JsonStringEnumMemberName("own")]
    Own,
}

/// <summary>A value of a rule pack with where it comes from. A value that was looked for and not found may be unknown.</summary>
public sealed class Sourced<T>(T? value, bool isKnown, string source, Confidence confidence, string? leansOn = null, LocalText? note = null)
{
    public bool IsKnown { get; } = isKnown;

    /// <exception cref="RuleBroken"><c>rules.value-unknown</c>: the pack says that nobody knows this value; the call must fix it.</exception>
    public T Value => IsKnown ? value! : throw new RuleBroken(RulesRules.ValueUnknown, Source);

    public string Source { get; } = source;

    public Confidence Confidence { get; } = confidence;

    /// <summary>The precedent that an own proposal leans on.</summary>
    public string? LeansOn { get; } = leansOn;

    public LocalText? Note { get; } = note;

    [return: MaybeNull]
    public T Or(T? other) => IsKnown ? value : other;

    public override string ToString() => IsKnown ? $"{value}" : "?";
}
