namespace Minka.Selection.Optimal;

/// <summary>How a solve ended.</summary>
public enum SolveStatus
{
    /// <summary>The solution is proved to be the best.</summary>
    Optimal,

    /// <summary>Stopped early: the solution is the best found, <see cref="ExactResult.Gap"/> says how far it may be from the best.</summary>
    Feasible,

    /// <summary>Proved that no solution satisfies all rows.</summary>
    Infeasible,

    /// <summary>Stopped early without any solution.</summary>
    Unknown,
}

/// <summary>What a running solve reports.</summary>
/// <param name="Objective">The best objective so far; null while there is none.</param>
/// <param name="Bound">A proved upper bound of the objective; null before the first.</param>
/// <param name="Nodes">Nodes visited.</param>
/// <param name="Elapsed">Time since the start.</param>
public readonly record struct SolveProgress(long? Objective, long? Bound, long Nodes, TimeSpan Elapsed);

/// <summary>How to solve.</summary>
public sealed record SolveOptions
{
    /// <summary>The longest time; null for no limit. A solve that reaches it never calls its result optimal.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>The clock that measures it.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The greatest number of nodes; null for no limit. Unlike a time limit it stops in the same place each time, with one thread.</summary>
    public long? NodeLimit { get; init; }

    /// <summary>Workers. A finished solve gives the same solution for any number.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Whether to keep the proof for a certificate.</summary>
    public bool RecordProof { get; init; }

    /// <summary>Whether to determine the canonical optimum; if not, any optimum may be returned.</summary>
    public bool Canonical { get; init; } = true;

    /// <summary>A solution to start from, checked before it is used; for each column whether it is 1.</summary>
    public IReadOnlyList<bool>? Start { get; init; }

    /// <summary>Told now and then how far the solve is, on the solving thread.</summary>
    public Action<SolveProgress>? Progress { get; init; }

    /// <summary>Stops the solve; the best solution so far is returned.</summary>
    public CancellationToken Cancel { get; init; }
}

/// <summary>What a solve found and proved.</summary>
public sealed record ExactResult
{
    /// <summary>How it ended.</summary>
    public required SolveStatus Status { get; init; }

    /// <summary>For each column whether it is 1; empty if there is no solution.</summary>
    public required IReadOnlyList<bool> Chosen { get; init; }

    /// <summary>The solution's objective; null if there is none.</summary>
    public long? Objective { get; init; }

    /// <summary>A proved upper bound of every solution's objective; null if none was proved or nothing is feasible.</summary>
    public long? Bound { get; init; }

    /// <summary>True if the solution is proved to be the canonical one among the best.</summary>
    public bool Canonical { get; init; }

    /// <summary>Nodes visited.</summary>
    public long Nodes { get; init; }

    /// <summary>Pivots of the first worker's simplex.</summary>
    public long Pivots { get; init; }

    /// <summary>Time used, by the clock of the options.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The relative gap (bound − objective)/max(1, |objective|); 0 if optimal, null without a solution.</summary>
    public double? Gap => Objective is { } o && Bound is { } b ? (b - (double)o) / Math.Max(1, Math.Abs((double)o)) : null;

    /// <summary>The rows that were added, which hold for every solution, and how each follows.</summary>
    internal IReadOnlyList<AddedRow> Added { get; init; } = [];

    /// <summary>The proof, if it was recorded.</summary>
    internal ProofNode? Proof { get; init; }

    /// <summary>Whether the proof also excludes the tied solutions that would come first in the published order.</summary>
    internal bool ProofIsCanonical { get; init; }
}

/// <summary>
/// Solves a <see cref="ZeroOneProgram"/> to proved optimality: dual simplex relaxations, exactly derived cuts, fixing by reduced costs, branch and
/// bound with reliability branching and branching on the number of chosen columns.
/// </summary>
/// <remarks>
/// <para>Every bound that prunes is proved in whole numbers; floating point only guides the search. A finished solve returns the canonical
/// optimum whatever the number of threads.</para>
/// <para>Worst case exponential in the number of columns; memory proportional to depth times rows, plus the proof if it is recorded.</para>
/// <para>Sources: reduced-cost fixing and restricted cores: J. Puchinger, G. Raidl, U. Pferschy, INFORMS Journal on Computing 22 (2010);
/// splitting by the number of chosen columns: Y. Vimont, S. Boussier, M. Vasquez, Journal of Combinatorial Optimization 15 (2008), and
/// R. Mansini, M. G. Speranza, INFORMS Journal on Computing 24 (2012); reliability branching: T. Achterberg, T. Koch, A. Martin,
/// Operations Research Letters 33 (2005).</para>
/// </remarks>
public static class ExactSolver
{
    /// <summary>Solves a program.</summary>
    /// <param name="program">What to solve.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <returns>The result; only <see cref="SolveStatus.Optimal"/> and <see cref="SolveStatus.Infeasible"/> are proofs.</returns>
    public static ExactResult Solve(ZeroOneProgram program, SolveOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(program);
        return new ExactRun(program, options ?? new SolveOptions()).Solve();
    }
}
