using Minka.Selection.Exact;

namespace Minka.Selection.Participatory;

/// <summary>One ballot, or several identical ones.</summary>
/// <param name="Projects">Identifiers of the projects named; for ordinal ballots in order, the best first. Empty is a ballot that counts and supports nothing. A repeated identifier counts once (its first place; its last points).</param>
/// <param name="Points">Points of each project named, in the same order; null unless the kind is cumulative or scoring.</param>
/// <param name="Count">How many voters cast exactly this ballot; at least 1.</param>
public sealed record Ballot(IReadOnlyList<string> Projects, IReadOnlyList<Fraction>? Points = null, int Count = 1);
