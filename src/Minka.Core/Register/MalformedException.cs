namespace Minka.Core.Register;

/// <summary>
/// Something that was handed in to be read or verified does not have its format. Not a bug and not a broken rule: the
/// bytes come from outside, so every parser of this folder says with a code what is wrong and where.
/// </summary>
/// <param name="code">Which fault, a key of the language files, such as <c>register.note.signature</c>.</param>
/// <param name="where">The place in the input or the offending piece, when that helps; never the whole input.</param>
public sealed class MalformedException(string code, string? where = null)
    : FormatException(where is null ? code : $"{code}: {where}")
{
    /// <summary>Which fault: a key of the language files.</summary>
    public string Code { get; } = code;

    /// <summary>The place in the input or the offending piece.</summary>
    public string? Where { get; } = where;
}
