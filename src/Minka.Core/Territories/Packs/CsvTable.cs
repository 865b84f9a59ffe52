using System.Text;

namespace Minka.Core.Territories.Packs;

/// <summary>One cell and the place of its first character.</summary>
readonly record struct CsvCell(string Text, Place Place);

/// <summary>
/// A CSV file read strictly: comma, double quotes, LF or CRLF, a header row. A row with too many or too few cells is
/// a fault and left out. (CsvHelper does not tell the column of a cell.)
/// </summary>
sealed class CsvTable
{
    readonly string file;
    readonly FaultList faults;

    CsvTable(string file, FaultList faults)
    {
        this.file = file;
        this.faults = faults;
    }

    public IReadOnlyList<CsvCell> Header { get; private set; } = [];

    /// <summary>The rows with as many cells as the header.</summary>
    public IReadOnlyList<CsvCell[]> Rows { get; private set; } = [];

    /// <summary>All rows after the header, faulty ones too.</summary>
    public int RowCount { get; private set; }

    /// <param name="separators">The first of them that the first line has parts the cells; comma where it has none.</param>
    public static CsvTable Read(string file, string text, FaultList faults, params IReadOnlyList<char> separators)
    {
        var table = new CsvTable(file, faults);
        var rows = new List<CsvCell[]>();
        var firstLine = text.AsSpan(0, text.IndexOf('\n', StringComparison.Ordinal) is >= 0 and var end ? end : text.Length);
        var separator = ',';
        foreach (var candidate in separators)
        {
            if (!firstLine.Contains(candidate)) continue;
            separator = candidate;
            break;
        }
        var at = new Cursor(text, separator);
        while (!at.AtEnd)
        {
            var place = at.Place;
            var row = table.ReadRow(at);
            if (table.Header.Count == 0)
            {
                table.Header = row;
                continue;
            }
            table.RowCount++;
            if (row.Length == table.Header.Count) rows.Add(row);
            else faults.Add(file, place, PackFaults.CsvCells, $"{row.Length}", $"{table.Header.Count}");
        }
        table.Rows = rows;
        return table;
    }

    /// <summary>Index of a column; null (and a fault) where the header lacks it.</summary>
    public int? Column(string name)
    {
        if (Find(name) is { } found) return found;
        faults.Add(file, new(1, 1), PackFaults.ColumnMissing, name);
        return null;
    }

    public int? Find(string name)
    {
        for (var i = 0; i < Header.Count; i++)
            if (Header[i].Text == name) return i;
        return null;
    }

    CsvCell[] ReadRow(Cursor at)
    {
        var cells = new List<CsvCell>();
        while (true)
        {
            var place = at.Place;
            cells.Add(new(at.Peek == '"' ? Quoted(at, place) : Bare(at), place));
            if (at.Peek == at.Separator)
            {
                at.Next();
                continue;
            }
            if (at.Peek == '\r') at.Next();
            if (at.Peek == '\n') at.Next();
            return [.. cells];
        }
    }

    string Bare(Cursor at)
    {
        var start = at.Index;
        while (!at.AtCellEnd)
        {
            if (at.Peek == '"') faults.Add(file, at.Place, PackFaults.CsvQuote);
            at.Next();
        }
        return at.Since(start);
    }

    string Quoted(Cursor at, Place start)
    {
        var text = new StringBuilder();
        at.Next();
        while (true)
        {
            if (at.AtEnd)
            {
                faults.Add(file, start, PackFaults.CsvQuote);
                return text.ToString();
            }
            var c = at.Next();
            if (c != '"')
            {
                text.Append(c);
            }
            else if (at.Peek == '"')
            {
                text.Append(at.Next());
            }
            else
            {
                if (!at.AtCellEnd) faults.Add(file, at.Place, PackFaults.CsvQuote);
                while (!at.AtCellEnd) text.Append(at.Next());
                return text.ToString();
            }
        }
    }

    sealed class Cursor(string text, char separator)
    {
        public char Separator => separator;

        int line = 1;
        int lineStart;

        public int Index { get; private set; }

        public bool AtEnd => Index >= text.Length;

        public char Peek => Index < text.Length ? text[Index] : '\0';

        public bool AtCellEnd => AtEnd || text[Index] == separator || text[Index] == '\n' || (text[Index] == '\r' && (Index + 1 == text.Length || text[Index + 1] == '\n'));

        public Place Place => new(line, Index - lineStart + 1);

        public string Since(int start) => text[start..Index];

        public char Next()
        {
            var c = text[Index++];
            if (c == '\n') (line, lineStart) = (line + 1, Index);
            return c;
        }
    }
}
