namespace Minka.Core.Kernel.Office;

/// <summary>
/// A document that an office edits: minutes, an agreement, a letter. It holds words and their order only; <see cref="Docx"/> gives it
/// styles, so that the headings are real headings and a screen reader finds its way.
/// </summary>
/// <param name="Language">BCP 47, such as "es-PE": the voice that reads it aloud.</param>
public sealed record OfficeDocument(string Title, string Language, IReadOnlyList<OfficeBlock> Blocks)
{
    /// <summary>Above each page: the institution.</summary>
    public string? Head { get; init; }

    /// <summary>Below each page, before "n / m": code and place in the register.</summary>
    public string? Foot { get; init; }

    /// <summary>Slanted and large at the beginning, such as "pendiente de firma".</summary>
    public string? Stamp { get; init; }
}

/// <summary>One part of a document, in the order of reading.</summary>
public abstract record OfficeBlock;

/// <param name="Level">1 to 3.</param>
public sealed record OfficeHeading(int Level, string Text) : OfficeBlock;

public sealed record OfficeParagraph(IReadOnlyList<OfficeRun> Runs) : OfficeBlock
{
    public OfficeParagraph(string text) : this([new OfficeRun(text)])
    {
    }
}

/// <summary>A stretch of text.</summary>
public sealed record OfficeRun(string Text, bool Bold = false);

public sealed record OfficeList(IReadOnlyList<string> Items) : OfficeBlock;

/// <param name="Caption">What the table tells; a screen reader says it first.</param>
public sealed record OfficeTable(string Caption, IReadOnlyList<string> Head, IReadOnlyList<IReadOnlyList<string>> Rows) : OfficeBlock;

/// <summary>Places to sign, two beside each other.</summary>
public sealed record OfficeSignatures(IReadOnlyList<string> Names) : OfficeBlock;
