using Minka.Selection.Exact;

namespace Minka.Selection.Allocation;

/// <summary>One party to a distribution: a territory, a league, a list.</summary>
/// <param name="Code">Name of the party, unique in the distribution; the last resort of every tie, in ordinal order.</param>
/// <param name="Weight">Its weight, zero or more, in any unit common to all; only ratios matter.</param>
/// <param name="Floor">The least that it must receive, in the units that are distributed (for money: minor units). Zero or more.</param>
/// <param name="Ceiling">The most that it may receive, in the same units; <see langword="null"/> for no limit.</param>
public sealed record Claim(string Code, Fraction Weight, long Floor = 0, long? Ceiling = null);
