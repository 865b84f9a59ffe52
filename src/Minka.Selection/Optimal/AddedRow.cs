namespace Minka.Selection.Optimal;

/// <summary>A row that the solver added: <c>Lower ≤ Σ weight·x ≤ Bound</c> holds for every solution.</summary>
/// <param name="Columns">The columns that occur, ascending.</param>
/// <param name="Weights">Their weights.</param>
/// <param name="Lower">The least sum; null for none.</param>
/// <param name="Bound">The greatest sum.</param>
/// <param name="Rounding">How it follows; null for a mere count of columns, bounded by their number.</param>
internal sealed record AddedRow(int[] Columns, long[] Weights, long? Lower, long Bound, Rounding? Rounding);

/// <summary>
/// How a rounded row follows: the rows named, times whole multipliers over <see cref="Scale"/> and each with its distance to one of its bounds as
/// a whole, non-negative slack, add up to an equation; its coefficients are rounded (mixed-integer rounding), the slacks written out again, and
/// the result divided by <see cref="Divisor"/>.
/// </summary>
/// <param name="Scale">The unit of the multipliers.</param>
/// <param name="Rows">Rows by their number: first those of the given program, then the added ones in their order.</param>
/// <param name="Multipliers">Whole multipliers, one a row.</param>
/// <param name="AtUpper">For each row whether its slack is the distance to the upper bound; else to the lower one.</param>
/// <param name="Turned">The columns that count as 1 − x.</param>
/// <param name="Divisor">The last divisor.</param>
internal sealed record Rounding(long Scale, int[] Rows, long[] Multipliers, bool[] AtUpper, int[] Turned, long Divisor);
