namespace Minka.Cli.Selfcheck;

/// <summary>One kind of case: in which file it stands, how it is known, and what the product answers.</summary>
/// <param name="File">What the file's name begins with.</param>
/// <param name="Knows">True for the cases that this kind answers, by the keys of input and expected; never by their id.</param>
/// <param name="Answer">The product's own answer.</param>
sealed record CaseKind(string File, Func<KnownCase, bool> Knows, Func<KnownCase, object?> Answer);

/// <summary>All kinds. A later method adds its own file of kinds here.</summary>
static class CaseKinds
{
    public static readonly IReadOnlyList<CaseKind> All =
    [
        .. EnvelopeKinds.All, .. ApportionmentKinds.All, .. LotteryKinds.All, .. CohesionKinds.All, .. FragmentationKinds.All, .. RegionalKinds.All, .. FinanceKinds.All,
        .. ChoiceKinds.All, .. ReliabilityKinds.All, .. CalibrationKinds.All, .. AssignmentKinds.All, .. SeedKinds.All, .. ReferenceKinds.All,
    ];

    /// <exception cref="CaseFails">Nobody here knows the kind, or the answer is another.</exception>
    public static void Check(string file, KnownCase known, Action<string>? tell = null)
    {
        var kind = All.FirstOrDefault(k => IsOf(k.File, file) && k.Knows(known)) ?? throw new CaseFails("a kind of case that this version does not know");
        if (!(known.Tolerance is >= 0 and <= KnownCase.WidestTolerance)) throw new CaseFails($"a tolerance of {known.Tolerance} proves nothing");
        CaseComparison.Compare(known.Expected, kind.Answer(known), known.Tolerance, tell: tell);
    }

    /// <summary><c>envelope</c>, <c>envelope-2026</c>, but not <c>envelopes</c>.</summary>
    static bool IsOf(string kind, string file) => file.StartsWith(kind, StringComparison.Ordinal) && (file.Length == kind.Length || !char.IsLetter(file[kind.Length]));
}
