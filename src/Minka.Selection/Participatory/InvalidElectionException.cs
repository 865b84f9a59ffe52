namespace Minka.Selection.Participatory;

/// <summary>
/// An election that cannot be decided as given. Thrown before anything is decided; nothing half-read is returned.
/// </summary>
public sealed class InvalidElectionException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="fault">What is wrong.</param>
    /// <param name="detail">What was found, in English.</param>
    /// <param name="remedy">What to do about it, in English.</param>
    /// <param name="value">The offending text, or null.</param>
    /// <param name="file">The file's name, or null.</param>
    /// <param name="line">Line, from 1; 0 where there is none.</param>
    /// <param name="column">Column in characters, from 1; 0 where there is none.</param>
    public InvalidElectionException(ElectionFault fault, string detail, string remedy, string? value = null, string? file = null, long line = 0, int column = 0)
        : base(Text(detail, remedy, file, line, column))
    {
        Fault = fault;
        Detail = detail;
        Remedy = remedy;
        Value = value;
        File = file;
        Line = line;
        Column = column;
    }

    /// <summary>What is wrong.</summary>
    public ElectionFault Fault { get; }

    /// <summary>What was found.</summary>
    public string Detail { get; }

    /// <summary>What to do about it.</summary>
    public string Remedy { get; }

    /// <summary>The offending text, key or section, or null.</summary>
    public string? Value { get; }

    /// <summary>The file's name, or null.</summary>
    public string? File { get; }

    /// <summary>Line, from 1; 0 where there is none.</summary>
    public long Line { get; }

    /// <summary>Column in characters, from 1; 0 where there is none.</summary>
    public int Column { get; }

    private static string Text(string detail, string remedy, string? file, long line, int column)
    {
        var place = file ?? "";
        if (line > 0)
            place = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{place}:{line}:{column}");
        return place.Length == 0 ? $"{detail} {remedy}" : $"{place}: {detail} {remedy}";
    }
}
