using System.Globalization;
using Minka.Observatory.Duck;

namespace Minka.Observatory.Importing;

/// <summary>What a name belongs to.</summary>
internal enum NameOf
{
    Department,
    Province,
    District,
    Entity,
    Project,
    Function,
    Level,
}

/// <summary>Keeps the first name of each code of a file.</summary>
internal sealed class NameSink(DuckCells to)
{
    private static readonly string[] Kinds = [.. Enum.GetNames<NameOf>().Select(n => n.ToLowerInvariant())];

    private readonly HashSet<long>[] _numbers = [.. Kinds.Select(_ => new HashSet<long>())];
    private readonly HashSet<string>[] _texts = [.. Kinds.Select(_ => new HashSet<string>(StringComparer.Ordinal))];
    private readonly char[][] _last = [.. Kinds.Select(_ => new char[32])];
    private readonly int[] _lastLength = new int[Kinds.Length];

    public void Add(NameOf kind, ReadOnlySpan<char> code, ReadOnlySpan<char> name)
    {
        var k = (int)kind;
        // Rows of one project or office mostly follow each other.
        if (code.IsEmpty || code.SequenceEqual(_last[k].AsSpan(0, _lastLength[k])))
            return;
        if (code.Length <= 32)
        {
            code.CopyTo(_last[k]);
            _lastLength[k] = code.Length;
        }

        if (name.IsWhiteSpace())
            return;
        // Most codes are numbers, which take eight bytes each; one with a leading zero stays a text.
        var numbered = code.Length <= 18 && code[0] != '0' && !code.ContainsAnyExceptInRange('0', '9');
        var isNew = numbered ? _numbers[k].Add(long.Parse(code, CultureInfo.InvariantCulture)) : _texts[k].GetAlternateLookup<ReadOnlySpan<char>>().Add(code);
        if (!isNew)
            return;
        to.Text(Kinds[k]);
        to.Text(code);
        to.Text(name.Trim());
        to.EndRow();
    }
}
