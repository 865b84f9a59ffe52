using Minka.Core.Kernel;
using Minka.Core.Rules;

namespace Minka.Core.Applications;

/// <summary>A file of an application as its form names it. The bytes lie sealed until the opening.</summary>
public sealed record AttachedFile(SealedFileId Id, string Name, string MediaType, long Size, Digest Sha256);

/// <summary>Who signs for the holder: personal, always withheld.</summary>
public sealed record Representative
{
    public string Name { get; init; } = "";
    public string Document { get; init; } = "";
    public string Position { get; init; } = "";
    public string Email { get; init; } = "";
}

/// <summary>The legal person that would hold the money.</summary>
public sealed record Holder
{
    public string Name { get; init; } = "";
    public string Ruc { get; init; } = "";
    public LegalKind? Kind { get; init; }
    public Representative Representative { get; init; } = new();
}

/// <summary>Who carries out one project.</summary>
/// <param name="Project">Its code in the programme.</param>
public sealed record Executor(string Project, string Name, string Ruc);

/// <summary>What stands behind one source of the programme. The amount is the programme's, never typed.</summary>
public sealed record Commitment
{
    public required FundingSource Source { get; init; }

    /// <summary>Who contributes.</summary>
    public string Contributor { get; init; } = "";

    /// <summary>How a contribution in kind was valued.</summary>
    public string Valuation { get; init; } = "";

    public AttachedFile? Letter { get; init; }
}

public sealed record Narrative(string Criterion, string Text);

public sealed record AttachedDocument(string Requirement, AttachedFile File);

/// <summary>Titular y ejecutores.</summary>
public sealed record HolderSection
{
    public Holder Holder { get; init; } = new();
    public IReadOnlyList<Executor> Executors { get; init; } = [];

    /// <summary>How long the programme is carried out.</summary>
    public int? Months { get; init; }
}

/// <summary>Aportes y cartas.</summary>
public sealed record CommitmentsSection
{
    public IReadOnlyList<Commitment> Commitments { get; init; } = [];
}

/// <summary>Propuesta por criterio.</summary>
public sealed record NarrativesSection
{
    public IReadOnlyList<Narrative> Narratives { get; init; } = [];
}

/// <summary>Documentos y declaración jurada.</summary>
public sealed record DocumentsSection
{
    public IReadOnlyList<AttachedDocument> Documents { get; init; } = [];
    public bool SwornStatement { get; init; }
}

/// <summary>Whoever wrote the plan (<i>formulador</i>): a person or a firm, always withheld; in public a code stands for it.</summary>
public sealed record PlanWriter
{
    public string Name { get; init; } = "";

    /// <summary>DNI or RUC.</summary>
    public string Document { get; init; } = "";

    /// <summary>
    /// The number that stands for the same writer however it is written: digits alone, and the DNI of a natural person's RUC;
    /// null if it is neither a DNI nor a RUC.
    /// </summary>
    public static string? Number(string document)
    {
        var digits = document.Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);
        if (digits.Length == 8 && digits.All(char.IsAsciiDigit)) return digits;
        if (!Entities.Ruc.IsValid(digits)) return null;
        return digits.StartsWith("10", StringComparison.Ordinal) ? digits[2..10] : digits;
    }
}

/// <summary>Condiciones: on what terms it competes, as far as the rules ask.</summary>
public sealed record TermsSection
{
    /// <summary>The written consent to a lesser part of the money.</summary>
    public bool AcceptsPart { get; init; }

    /// <summary>The least that it accepts.</summary>
    public Money? LeastPart { get; init; }

    public PlanWriter PlanWriter { get; init; } = new();

    /// <summary>Its place among the promoter's own applications, 1 first.</summary>
    public int? OwnPriority { get; init; }
}

/// <summary>The parts in which an application is written, each saved apart.</summary>
public enum FormSection
{
    Holder,
    Commitments,
    Narratives,
    Documents,
    Terms,
}

/// <summary>All that an applicant writes. What the programme and the rules say is not repeated here.</summary>
public sealed record ApplicationForm
{
    public const int LongestName = 200;
    public const int LongestText = 6_000;

    public HolderSection Holder { get; init; } = new();
    public CommitmentsSection Commitments { get; init; } = new();
    public NarrativesSection Narratives { get; init; } = new();
    public DocumentsSection Documents { get; init; } = new();
    public TermsSection Terms { get; init; } = new();

    /// <summary>Every file, in the order of the form.</summary>
    public IEnumerable<AttachedFile> Files() => Commitments.Commitments.Select(c => c.Letter).OfType<AttachedFile>().Concat(Documents.Documents.Select(d => d.File));
}
