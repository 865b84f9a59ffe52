namespace Minka.Selection.Participatory;

/// <summary>A column of the voters (sex, age, neighbourhood…), kept so that the satisfaction of each part of the people can be told. Never an identity.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="Values">The different values, in order of appearance; the empty text stands for voters without one.</param>
/// <param name="Counts">For each group of ballots and value with at least one voter: how many.</param>
public sealed record VoterAttribute(string Name, IReadOnlyList<string> Values, IReadOnlyDictionary<(int Group, int Value), int> Counts);
