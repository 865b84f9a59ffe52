namespace Minka.Selection.Optimal;

/// <summary>Multipliers that close a node, or that fix columns because the other value would close it.</summary>
internal sealed record ProofStep(long Scale, int[] Rows, long[] Multipliers, int[] Columns, bool[] Values)
{
    public static ProofStep OfRow(int row, bool upper, int[] columns, bool[] values) => new(0, [row], [upper ? 1 : -1], columns, values);
}

/// <summary>
/// A node of the branching tree as the certificate keeps it: fixings with their reasons, then either the reason for closing, a branching on
/// a column or on a row's sum, or nothing where every column is fixed and the point itself is the answer.
/// </summary>
internal sealed class ProofNode
{
    public List<ProofStep>? Steps;
    public ProofStep? Closing;

    /// <summary>The column branched on; −1 for none, −2 − row for a branching on a row's sum.</summary>
    public int Branch = -1;

    /// <summary>For a branching on a row: the first child keeps the sum at most here, the second above.</summary>
    public long Split;

    public ProofNode? Zero;
    public ProofNode? One;

    public void Add(ProofStep step) => (Steps ??= []).Add(step);
}
