using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Minka.Observatory.Tables;

/// <summary>Rows of delimited text (RFC 4180): quoted cells may hold line breaks and doubled quotes; a quote within an unquoted cell is itself.</summary>
/// <remarks>O(characters), with one row in memory at a time. Cells are read where they lie in the block; signs are looked for 64 at a time.</remarks>
public sealed class CsvRows : TableRows
{
    /// <summary>The most characters of a row; beyond it a quote was left open.</summary>
    public const int LongestRow = 64_000_000;

    private const int Window = 64;

    private readonly TextReader _reader;
    private readonly char _delimiter;
    private readonly bool _skipsBlanks;

    // A window that is looked at may reach beyond the end of what was read.
    private char[] _block = new char[65_536 + Window];
    private int _from;
    private int _at;
    private int _end;
    private long _line = 1;
    private int _windowAt = -Window;
    private ulong _stops;

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
        _from = _at;
        if (!More())
            return false;
        do
        {
            if (!_skipsBlanks)
                Plain(row);
        }
        while (Cell(row));

        row.LiesIn(_block, _from);
        return true;
    }

    /// <inheritdoc/>
    public override void Dispose() => _reader.Dispose();

    /// <summary>Reads cells as long as they are not quoted and end within what was read, as nearly all do; the last cell of a row is left.</summary>
    private void Plain(TableRow row)
    {
        var (block, from, at) = (_block, _from, _at);
        while (at < _end && block[at] != '"')
        {
            if (unchecked((uint)(at - _windowAt)) >= Window)
                Look(at);
            var stops = _stops >> (at - _windowAt);
            var stop = at;
            while (stops == 0 && _windowAt + Window < _end)
            {
                stop = _windowAt + Window;
                Look(stop);
                stops = _stops;
            }

            stop += BitOperations.TrailingZeroCount(stops);
            if (stops == 0 || stop >= _end || block[stop] != _delimiter)
                break;
            row.Cell(at - from, stop - from);
            at = stop + 1;
        }

        _at = at;
    }

    /// <summary>Reads a cell, with places counted from the beginning of the row; false if it was the row's last.</summary>
    private bool Cell(TableRow row)
    {
        while (_skipsBlanks && More() && _block[_at] == ' ')
            _at++;
        var start = _at - _from;
        var end = start;
        if (More() && _block[_at] == '"')
        {
            start++;
            _at++;
            end = start;
            if (!Quoted(row, ref end))
            {
                row.Cell(start, end);
                EndedWithinQuotes = true;
                return false;
            }
        }

        // Up to the sign that ends the cell; what follows a closing quote belongs to the cell.
        var rest = _at - _from;
        int stop;
        while ((stop = Stop()) < 0)
        {
            if (_end - _from > LongestRow)
                throw new TableFault("row-long", row.Line);
            _at = _end;
            if (!More())
            {
                row.Cell(start, Close(rest, end));
                return false;
            }
        }

        _at = stop;
        row.Cell(start, Close(rest, end));
        var sign = _block[_at++];
        if (sign == _delimiter)
            return true;
        if (sign == '\r' && More() && _block[_at] == '\n')
            _at++;
        _line++;
        return false;
    }

    /// <summary>Draws what was read since <paramref name="rest"/> to the end of the cell.</summary>
    private int Close(int rest, int end)
    {
        var length = _at - _from - rest;
        if (rest != end && length > 0)
            _block.AsSpan(_from + rest, length).CopyTo(_block.AsSpan(_from + end));
        return end + length;
    }

    /// <summary>Up to the closing quote; false if there is none. Doubled quotes are drawn together in place.</summary>
    private bool Quoted(TableRow row, ref int end)
    {
        while (More())
        {
            var span = _block.AsSpan(_at, _end - _at);
            var quote = span.IndexOf('"');
            var taken = quote < 0 ? span : span[..quote];
            _line += taken.Count('\n');
            if (_at - _from != end)
                taken.CopyTo(_block.AsSpan(_from + end));
            end += taken.Length;
            _at += taken.Length;
            if (end > LongestRow)
                throw new TableFault("quote-open", row.Line);
            if (quote < 0)
                continue;
            _at++;
            if (!More() || _block[_at] != '"')
                return true;
            _block[_from + end++] = '"';
            _at++;
        }

        return false;
    }

    /// <summary>Whether there is a character at the place that is read; the row so far moves to the beginning of the block when more is brought.</summary>
    private bool More() => _at < _end || Fill();

    private bool Fill()
    {
        if (_from > 0)
        {
            _block.AsSpan(_from, _end - _from).CopyTo(_block);
            (_at, _end, _from) = (_at - _from, _end - _from, 0);
        }

        if (_end + Window == _block.Length)
            Array.Resize(ref _block, ((_block.Length - Window) * 2) + Window);
        _windowAt = -Window;
        var read = _reader.Read(_block, _end, _block.Length - Window - _end);
        _end += read;
        return read > 0;
    }

    /// <summary>Where the next delimiter or end of line stands; −1 if what was read holds none.</summary>
    private int Stop()
    {
        for (var at = _at; at < _end; at = _windowAt + Window)
        {
            if (unchecked((uint)(at - _windowAt)) >= Window)
                Look(at);
            var stops = _stops >> (at - _windowAt);
            if (stops == 0)
                continue;
            var stop = at + BitOperations.TrailingZeroCount(stops);
            return stop < _end ? stop : -1;
        }

        return -1;
    }

    /// <summary>Marks the signs that end a cell among 64 characters.</summary>
    private void Look(int at)
    {
        var signs = MemoryMarshal.Cast<char, ushort>(_block.AsSpan(at, Window));
        var (delimiter, line, carriage) = (Vector256.Create((ushort)_delimiter), Vector256.Create((ushort)'\n'), Vector256.Create((ushort)'\r'));
        var low = Vector256.Narrow(Signs(signs), Signs(signs[16..])).ExtractMostSignificantBits();
        var high = Vector256.Narrow(Signs(signs[32..]), Signs(signs[48..])).ExtractMostSignificantBits();
        (_windowAt, _stops) = (at, low | ((ulong)high << 32));

        Vector256<ushort> Signs(ReadOnlySpan<ushort> from)
        {
            var v = Vector256.Create(from);
            return Vector256.Equals(v, delimiter) | Vector256.Equals(v, line) | Vector256.Equals(v, carriage);
        }
    }
}
