namespace Minka.Measures.Choice;

/// <summary>A criterion of a rubric as scored.</summary>
/// <param name="Weight">Its weight; the weights of a rubric add up to 1.</param>
/// <param name="Level">The level given, 0 to <paramref name="Highest"/>.</param>
/// <param name="Highest">The highest level, above 0.</param>
/// <param name="Minimum">The least level that passes; below it the proposal fails whatever its sum.</param>
public sealed record ScoredCriterion(decimal Weight, decimal Level, decimal Highest, decimal Minimum = 0);

/// <summary>Σ w·level/highest·100, in decimals, gates before weights.</summary>
/// <param name="Points">0 to 100.</param>
/// <param name="Failed">Indexes of the criteria below their minimum.</param>
public sealed record RubricScore(decimal Points, IReadOnlyList<int> Failed)
{
    /// <summary>Whether every minimum is met.</summary>
    public bool Passes => Failed.Count == 0;

    /// <summary>Scores a rubric. O(criteria).</summary>
    /// <param name="criteria">The criteria.</param>
    /// <exception cref="ArgumentException">Weights do not add up to 1, or a level is outside its scale.</exception>
    public static RubricScore Of(IReadOnlyList<ScoredCriterion> criteria)
    {
        ArgumentNullException.ThrowIfNull(criteria);
        if (criteria.Any(c => c.Weight < 0 || c.Highest <= 0 || c.Level < 0 || c.Level > c.Highest) || criteria.Sum(c => c.Weight) != 1)
            throw new ArgumentException("Weights of zero or more add up to 1, and levels lie on their scale.", nameof(criteria));
        return new RubricScore(criteria.Sum(c => c.Weight * c.Level * 100 / c.Highest), [.. criteria.Select((c, i) => (c, i)).Where(p => p.c.Level < p.c.Minimum).Select(p => p.i)]);
    }
}
