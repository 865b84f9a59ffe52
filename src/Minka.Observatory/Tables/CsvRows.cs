namespace Minka.Observatory.Tables;

/// <summary>Rows of delimited text (RFC 4180): quoted cells may hold line breaks and doubled quotes; a quote within an unquoted cell is itself.</summary>
/// <remarks>O(characters), with one row in memory at a time.</remarks>
public sealed class CsvRows : TableRows
{
    /// <summary>The most characters of a row; beyond it a quote was left open.</summary>
    public const int LongestRow = 64_000_000;

    private readonly TextReader _reader;
    private readonly char _delimiter;
    private readonly bool _skipsBlanks;
    private readonly char[] _block = new char[65_536];
    private int _at;
    private int _end;
    private long _line = 1;

    /// <summary>Begins reading.</summary>
    /// <param name="reader">The text; disposed with the rows.</param>
    /// <param name="delimiter">What parts cells.</param>
    /// <param name="skipsBlanks">Whether blanks before a cell are no part of it, as people type them: a quote after them opens it.</param>
    public CsvRows(TextReader reader, char delimiter, bool skipsBlanks = false) => (_reader, _delimiter, _skipsBlanks) = (reader, delimiter, skipsBlanks);

    /// <summary>True if the file ended within quotes: it is cut off.</summary>
    public bool EndedWithinQuotes { get; private set; }

    /// <inheritdoc/>
    public override bool Read(TableRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        row.Clear();
        row.Line = _line;
        if (!More())
            return false;

        while (true)
        {
            // At the beginning of a cell.
            while (_skipsBlanks && More() && _block[_at] == ' ')
                _at++;
            if (More() && _block[_at] == '"')
            {
                _at++;
                if (!Quoted(row))
                {
                    row.EndCell();
                    EndedWithinQuotes = true;
                    return true;
                }
            }

            switch (Plain(row))
            {
                case End.Cell:
                    row.EndCell();
                    continue;
                default:
                    row.EndCell();
                    return true;
            }
        }
    }

    /// <inheritdoc/>
    public override void Dispose() => _reader.Dispose();

    private enum End
    {
        Cell,
        Row,
    }

    private bool More()
    {
        if (_at < _end)
            return true;
        _end = _reader.Read(_block, 0, _block.Length);
        _at = 0;
        return _end > 0;
    }

    /// <summary>Up to the closing quote; false if there is none.</summary>
    private bool Quoted(TableRow row)
    {
        while (More())
        {
            var span = _block.AsSpan(_at, _end - _at);
            var quote = span.IndexOf('"');
            var taken = quote < 0 ? span : span[..quote];
            _line += taken.Count('\n');
            row.Append(taken);
            if (row.Length > LongestRow)
                throw new TableFault("quote-open", row.Line);
            _at += taken.Length;
            if (quote < 0)
                continue;
            _at++;
            if (!More() || _block[_at] != '"')
                return true;
            row.Append("\"");
            _at++;
        }

        return false;
    }

    private End Plain(TableRow row)
    {
        while (More())
        {
            var span = _block.AsSpan(_at, _end - _at);
            var stop = span.IndexOfAny(_delimiter, '\n', '\r');
            var taken = stop < 0 ? span : span[..stop];
            row.Append(taken);
            _at += taken.Length;
            if (stop < 0)
            {
                if (row.Length > LongestRow)
                    throw new TableFault("row-long", row.Line);
                continue;
            }

            var sign = _block[_at++];
            if (sign == _delimiter)
                return End.Cell;
            if (sign == '\r' && More() && _block[_at] == '\n')
                _at++;
            _line++;
            return End.Row;
        }

        return End.Row;
    }
}
