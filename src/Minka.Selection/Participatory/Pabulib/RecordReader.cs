using System.Text;
using System.Text.Unicode;

namespace Minka.Selection.Participatory.Pabulib;

/// <summary>
/// Splits a stream of bytes into records of cells separated by semicolons. A cell that begins with a quotation mark ends at the next
/// single one ("" stands for one inside) and may hold line breaks; elsewhere a quotation mark is an ordinary character. Cells lie in one
/// reused buffer: no text is made until it is asked for.
/// </summary>
internal sealed class RecordReader(Stream stream, string file, int longest, long longestFile)
{
    private byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _end;
    private bool _ended;
    private bool _first = true;
    private long _total;
    private long _nextLine = 1;
    private int[] _from = new int[32];
    private int[] _length = new int[32];
    private int[] _raw = new int[32];
    private bool[] _quoted = new bool[32];

    /// <summary>The line on which the present record begins, from 1.</summary>
    public long Line { get; private set; }

    public int Count { get; private set; }

    public ReadOnlySpan<byte> this[int cell] => _buffer.AsSpan(_from[cell], _length[cell]);

    public string Text(int cell) => Encoding.UTF8.GetString(this[cell]).Trim();

    public bool IsBlank => Count == 1 && this[0].Trim(" \t"u8).IsEmpty;

    /// <summary>The column in characters, from 1, at which a byte of the present record stands.</summary>
    public int Column(int cell, int offset = 0)
    {
        var bytes = _buffer.AsSpan(_start, _raw[cell] - _start);
        var lastBreak = bytes.LastIndexOf((byte)'\n');
        return Encoding.UTF8.GetCharCount(bytes[(lastBreak + 1)..]) + 1 + (_quoted[cell] ? 1 : 0) + (offset > 0 ? Encoding.UTF8.GetCharCount(this[cell][..Math.Min(offset, _length[cell])]) : 0);
    }

    public InvalidElectionException Fault(ElectionFault fault, string detail, string remedy, int cell = 0, int offset = 0, string? value = null) =>
        new(fault, detail, remedy, value, file, Line, cell < Count ? Column(cell, offset) : Count > 0 ? Column(Count - 1, int.MaxValue) : 1);

    private int _recordEnd;

    /// <summary>Moves to the next record; false at the end of the stream.</summary>
    public bool Read()
    {
        _start = _recordEnd;
        if (_first)
        {
            _first = false;
            Fill();
            if (_end >= 3 && _buffer[0] == 0xEF && _buffer[1] == 0xBB && _buffer[2] == 0xBF)
                _start = 3;
        }

        Line = _nextLine;
        while (true)
        {
            if (Scan())
                break;
            if (_ended)
                return false;
            Fill();
        }

        var record = _buffer.AsSpan(_start, _recordEnd - _start);
        if (!Utf8.IsValid(record))
            throw NotUtf8(record);
        for (var c = 0; c < Count; c++)
        {
            if (_quoted[c])
                Unquote(c);
        }

        return true;
    }

    /// <summary>Finds the cells of the record that begins at _start; false if the buffer ends first (and the stream has not) or nothing is left.</summary>
    private bool Scan()
    {
        Count = 0;
        _nextLine = Line;
        var at = _start;
        if (at == _end)
            return false;
        while (true)
        {
            if (Count == _from.Length)
                Grow();
            _raw[Count] = at;
            _from[Count] = at;
            _quoted[Count] = false;
            if (at < _end && _buffer[at] == '"')
            {
                _quoted[Count] = true;
                at++;
                while (true)
                {
                    var quote = _buffer.AsSpan(at, _end - at).IndexOf((byte)'"');
                    if (quote < 0 || (at + quote + 1 == _end && !_ended))
                    {
                        if (_ended)
                            throw new InvalidElectionException(ElectionFault.UnclosedQuote, "A quoted cell begins here and the file ends before it closes.", "Close the quotation mark, or remove it.", null, file, LineAt(_raw[Count]), ColumnAt(_raw[Count]));
                        return false;
                    }

                    _nextLine += _buffer.AsSpan(at, quote).Count((byte)'\n');
                    at += quote + 1;
                    if (at < _end && _buffer[at] == '"')
                        at++;
                    else
                        break;
                }
            }

            var stop = _buffer.AsSpan(at, _end - at).IndexOfAny((byte)';', (byte)'\n', (byte)'\r');
            if (stop < 0)
            {
                if (!_ended)
                    return false;
                _length[Count] = _end - _from[Count];
                Count++;
                _recordEnd = _end;
                return true;
            }

            at += stop;
            _length[Count] = at - _from[Count];
            Count++;
            var c = _buffer[at++];
            if (c == ';')
                continue;
            if (c == '\r')
            {
                if (at == _end && !_ended)
                    return false;
                if (at < _end && _buffer[at] == '\n')
                    at++;
            }

            _nextLine++;
            _recordEnd = at;
            return true;
        }
    }

    private void Unquote(int cell)
    {
        // In place: the text of a quoted cell is never longer than its bytes in the file.
        int read = _from[cell] + 1, write = read, stop = _from[cell] + _length[cell];
        var inside = true;
        while (read < stop)
        {
            var b = _buffer[read++];
            if (inside && b == '"')
            {
                if (read < stop && _buffer[read] == '"')
                    read++;
                else
                {
                    inside = false;
                    continue;
                }
            }

            _buffer[write++] = b;
        }

        _from[cell]++;
        _length[cell] = write - _from[cell];
    }

    private void Fill()
    {
        if (_start > 0)
        {
            Buffer.BlockCopy(_buffer, _start, _buffer, 0, _end - _start);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
        {
            if (_end >= longest)
                throw new InvalidElectionException(ElectionFault.LineTooLong, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"A line is longer than {longest} bytes."), "Check that the file is a .pb file and that every quotation mark closes.", null, file, Line, 1);
            Array.Resize(ref _buffer, Math.Min(_buffer.Length * 4, Math.Max(longest, _buffer.Length + 1)));
        }

        while (_end < _buffer.Length)
        {
            int read;
            try
            {
                read = stream.Read(_buffer, _end, _buffer.Length - _end);
            }
            catch (InvalidDataException)
            {
                throw new InvalidElectionException(ElectionFault.NotGzip, "The compressed data are damaged.", "Compress the file again, or give it uncompressed as .pb.", null, file, Line, 1);
            }

            if (read == 0)
            {
                _ended = true;
                return;
            }

            _end += read;
            _total += read;
            if (_total > longestFile)
                throw new InvalidElectionException(ElectionFault.FileTooLong, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"The file is longer than {longestFile} bytes."), "Use the command line for large elections.", null, file, Line, 1);
        }
    }

    private void Grow()
    {
        var size = Count * 2;
        Array.Resize(ref _from, size);
        Array.Resize(ref _length, size);
        Array.Resize(ref _raw, size);
        Array.Resize(ref _quoted, size);
    }

    private long LineAt(int at) => Line + _buffer.AsSpan(_start, at - _start).Count((byte)'\n');

    private int ColumnAt(int at) => Encoding.UTF8.GetCharCount(_buffer.AsSpan(_start, at - _start)[(_buffer.AsSpan(_start, at - _start).LastIndexOf((byte)'\n') + 1)..]) + 1;

    private InvalidElectionException NotUtf8(ReadOnlySpan<byte> record)
    {
        var good = 0;
        while (good < record.Length && Rune.DecodeFromUtf8(record[good..], out _, out var used) == System.Buffers.OperationStatus.Done)
            good += used;
        return new InvalidElectionException(ElectionFault.NotUtf8, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"The byte 0x{record[good]:X2} is not UTF-8."), "Save the file as UTF-8.", null, file, LineAt(_start + good), ColumnAt(_start + good));
    }
}
