using Minka.Observatory.Importing;
using Minka.Observatory.Tables;

namespace Minka.Observatory.Describing;

/// <summary>Something that would mislead a hasty reader of the file.</summary>
/// <param name="Code">A code for the language files.</param>
/// <param name="Count">How often; the code says of what.</param>
/// <param name="Line">Where it was met first, from 1; 0 for the file as a whole.</param>
/// <param name="Example">What was met there, or names of columns.</param>
/// <param name="Column">Heading of the column, where it is a matter of one amount among several.</param>
public sealed record FileTrap(string Code, long Count, long Line, string? Example, string? Column = null);

/// <summary>What a file of public spending holds, and every trap met in it.</summary>
/// <param name="Kind">Its kind by its headings; <c>unknown</c> if none fits.</param>
/// <param name="Container"><c>csv</c>, <c>xlsx</c>, <c>html</c>.</param>
/// <param name="Encoding">Of text.</param>
/// <param name="Delimiter">Of text.</param>
/// <param name="Columns">Headings as they stand.</param>
/// <param name="Rows">Data rows.</param>
/// <param name="Projects">Distinct codes that are not empty; <see langword="null"/> without such a column.</param>
/// <param name="UbigeoPadded">Rows whose code of a place had lost its leading zero.</param>
/// <param name="NonDistrict">Rows whose code of a place is that of a province or a department, or is cut off.</param>
/// <param name="AmountColumn">Heading of the amount.</param>
/// <param name="Rule">How amounts are added.</param>
/// <param name="AmountTotal">In céntimos: one amount a project, rows without code left out; of movements, all rows of projects (of all rows, where the file has no projects). <see langword="null"/> without amounts.</param>
/// <param name="AmountOverRows">In céntimos: all rows, which counts a project in several places several times.</param>
/// <param name="ByYear">Of a file with years: budget and accrued spending of each, in céntimos.</param>
/// <param name="Traps">Every trap met.</param>
public sealed record FileDescription(
    string Kind, string Container, string? Encoding, char? Delimiter, IReadOnlyList<string> Columns, long Rows, long? Projects, long UbigeoPadded, long NonDistrict,
    string? AmountColumn, AmountRule? Rule, decimal? AmountTotal, decimal? AmountOverRows, IReadOnlyDictionary<string, (decimal Budget, decimal Accrued)> ByYear, IReadOnlyList<FileTrap> Traps)
{
    private const long ToldEvery = 65_536;

    /// <summary>Of a workbook: the sheet that was read.</summary>
    public string? Sheet { get; init; }

    /// <summary>Describes a file.</summary>
    /// <param name="path">Text, workbook or page, also packed.</param>
    /// <param name="mapping">How a file that nobody published is read.</param>
    /// <param name="progress">Told now and then.</param>
    /// <param name="sheet">Name of the sheet of a workbook; <see langword="null"/> for the one that the mapping names, else the first that can be read.</param>
    /// <param name="cancel">Stops it.</param>
    /// <remarks>One pass; memory grows with the distinct codes and rows, sixteen bytes a row.</remarks>
    /// <exception cref="TableFault">It is no table, breaks off, or is refused.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static FileDescription Of(string path, ColumnMapping? mapping = null, IProgress<ImportProgress>? progress = null, string? sheet = null, CancellationToken cancel = default) => SourceFile.Sheets(path, mapping?.Form, sheet ?? mapping?.Sheet, (file, at) =>
    {
        var examiner = new FileExaminer(file, at, mapping, isNamed: (sheet ?? mapping?.Sheet) is not null);
        var row = new TableRow();
        var (bytes, characters) = (file is { Container: "csv", Packing: null } ? new FileInfo(path).Length : 0, 0L);
        examiner.FindHeadings(row);
        while (file.Rows.Read(row))
        {
            characters += row.Raw.Length + 1;
            if (!examiner.Take(row) || examiner.Rows % ToldEvery != 0)
                continue;
            cancel.ThrowIfCancellationRequested();
            progress?.Report(new ImportProgress(examiner.Rows, bytes > 0 ? Math.Min(1, (double)characters / bytes) : null));
        }

        return examiner.Finish(row.Line);
    });
}
