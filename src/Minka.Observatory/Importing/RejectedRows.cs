using System.Text;
using Minka.Observatory.Describing;
using Minka.Observatory.Tables;

namespace Minka.Observatory.Importing;

/// <summary>Refused rows in a CSV file: line, reason, then the cells as they stand; columns that name persons are left out.</summary>
internal sealed class RejectedRows(string path, IReadOnlyList<string> headings) : IDisposable
{
    private readonly bool[] _person = [.. headings.Select(h => FileKind.NamesPersons(FileKind.Plain(h)))];
    private StreamWriter? _file;

    public Dictionary<string, long> Reasons { get; } = new(StringComparer.Ordinal);

    public void Add(TableRow row, string reason)
    {
        if (_file is null)
        {
            _file = new StreamWriter(path, append: false, new UTF8Encoding(true));
            _file.Write("linea,motivo");
            Cells(headings.Count, i => headings[i].Trim());
        }

        var code = reason.Split(' ')[0];
        Reasons[code] = Reasons.GetValueOrDefault(code) + 1;
        _file.Write(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{row.Line},{Quoted(reason)}"));
        Cells(row.Count, i => row[i].ToString());
    }

    public void Dispose() => _file?.Dispose();

    private void Cells(int count, Func<int, string> cell)
    {
        for (var i = 0; i < count; i++)
        {
            if (i < _person.Length && _person[i])
                continue;
            _file!.Write(',');
            _file.Write(Quoted(cell(i)));
        }

        _file!.Write('\n');
    }

    private static string Quoted(string text)
    {
        // A spreadsheet must not take a cell for a formula.
        if (text is ['=' or '+' or '@', ..] || (text is ['-', _, ..] && !char.IsAsciiDigit(text[1])))
            text = "'" + text;
        return text.AsSpan().IndexOfAny(",\"\n\r") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
