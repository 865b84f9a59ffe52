namespace Minka.Selection.Optimal;

/// <summary>
/// Solves with the basis of the simplex method. After <see cref="Factor"/> the positions of the basis are the rows in which its columns
/// were pivoted, so that one index serves rows and positions.
/// </summary>
internal abstract class BasisInverse
{
    /// <summary>Up to so many rows the inverse is held as a full matrix.</summary>
    public const int GreatestDense = 64;

    /// <summary>The pivots since the last factoring.</summary>
    public int Updates { get; protected set; }

    /// <summary>So many pivots call for a new factoring.</summary>
    public abstract int UpdateLimit { get; }

    /// <summary>
    /// Factors the basis and reorders <paramref name="head"/> by pivot rows. Columns that depend on others, and places given as −1, are replaced by
    /// the logical columns of the rows that are left.
    /// </summary>
    /// <returns>False if any was replaced.</returns>
    public abstract bool Factor(LinearData data, int[] head);

    /// <summary>Replaces <paramref name="x"/> by the solution of B·s = x.</summary>
    public abstract void Forward(double[] x);

    /// <summary>Replaces <paramref name="y"/> by the solution of Bᵀ·s = y.</summary>
    public abstract void Backward(double[] y);

    /// <summary>Row <paramref name="position"/> of the inverse.</summary>
    public abstract void Row(int position, double[] rho);

    /// <summary>Replaces the column at <paramref name="position"/> by the one whose forward solution is <paramref name="column"/>.</summary>
    public abstract void Update(int position, double[] column);

    /// <summary>Notes where it stands.</summary>
    public abstract void Keep();

    /// <summary>Goes back to where it stood.</summary>
    /// <returns>False if that is gone because the basis was factored since.</returns>
    public abstract bool Return();

    public static BasisInverse For(LinearData data) => data.Rows <= GreatestDense ? new DenseInverse(data.Rows) : new SparseFactors(data.Rows);
}
