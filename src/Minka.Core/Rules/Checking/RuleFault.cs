namespace Minka.Core.Rules.Checking;

/// <summary>One thing that is wrong in a rule file. The text for people is found under <c>rulefault.CODE</c>.</summary>
/// <param name="Path">Where in the document, as a JSON pointer ("/criteria/items/0/maxPoints").</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1, in characters.</param>
public sealed record RuleFault(string Path, int Line, int Column, string Code, params IReadOnlyList<string> Args);
