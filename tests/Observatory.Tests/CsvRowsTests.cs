using System.Text;
using Minka.Measures.Numerics;
using Minka.Observatory.Tables;

namespace Minka.Observatory.Tests;

/// <summary>The reader of delimited text against one that takes a character at a time, on drawn texts that come in pieces of any size.</summary>
public sealed class CsvRowsTests
{
    [Theory]
    [InlineData(1, ',', false)]
    [InlineData(2, ';', false)]
    [InlineData(3, '\t', false)]
    [InlineData(4, ',', true)]
    public void Read_DrawnText_EqualsTheSlowReader(long seed, char delimiter, bool skipsBlanks)
    {
        var draws = new SeededDraws(seed);
        string[] pieces = [delimiter.ToString(), delimiter.ToString(), "\"", "\"\"", "\n", "\r\n", "\r", " ", "a", "ñ", "abcdefghijklmnopqrstuvwxyz0123456789", "\"" + delimiter + "\"", "_x000D_", "Ã", new string('z', 70)];
        for (var run = 0; run < 400; run++)
        {
            var text = new StringBuilder();
            var length = run % 40 == 0 ? 40_000 : draws.Below(60);
            for (var i = 0; i < length; i++)
                text.Append(pieces[draws.Below(pieces.Length)]);
            var whole = text.ToString();
            using var rows = new CsvRows(new Drip(whole, draws), delimiter, skipsBlanks);
            var row = new TableRow();
            var expected = Slow(whole, delimiter, skipsBlanks, out var cut);
            for (var r = 0; r < expected.Count; r++)
            {
                rows.Read(row).ShouldBeTrue();
                string[] cells = [.. Enumerable.Range(0, row.Count).Select(c => row[c].ToString())];
                cells.ShouldBe([.. expected[r].Cells], $"seed {seed}, run {run}, row {r}");
                row.Line.ShouldBe(expected[r].Line);
                row.Whole.ToString().ShouldBe(string.Concat(expected[r].Cells));
                // What the raw row lacks no cell may hold: traps are looked for there first.
                foreach (var sign in "\n\r\tÃ_")
                    (row.Raw.Contains(sign) || !row.Whole.Contains(sign)).ShouldBeTrue();
            }

            rows.Read(row).ShouldBeFalse();
            rows.EndedWithinQuotes.ShouldBe(cut);
        }
    }

    private static List<(List<string> Cells, long Line)> Slow(string text, char delimiter, bool skipsBlanks, out bool cut)
    {
        var all = new List<(List<string>, long)>();
        cut = false;
        var (at, line) = (0, 1L);
        while (at < text.Length)
        {
            var (cells, began) = (new List<string>(), line);
            for (var more = true; more;)
            {
                var cell = new StringBuilder();
                while (skipsBlanks && at < text.Length && text[at] == ' ')
                    at++;
                if (at < text.Length && text[at] == '"')
                {
                    at++;
                    while (true)
                    {
                        if (at == text.Length)
                        {
                            cells.Add(cell.ToString());
                            all.Add((cells, began));
                            cut = true;
                            return all;
                        }

                        if (text[at] == '"')
                        {
                            if (at + 1 == text.Length || text[at + 1] != '"')
                            {
                                at++;
                                break;
                            }

                            at++;
                        }

                        line += text[at] == '\n' ? 1 : 0;
                        cell.Append(text[at++]);
                    }
                }

                while (at < text.Length && text[at] != delimiter && text[at] is not ('\n' or '\r'))
                    cell.Append(text[at++]);
                cells.Add(cell.ToString());
                more = at < text.Length && text[at] == delimiter;
                if (at < text.Length && !more)
                {
                    at += text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n' ? 1 : 0;
                    line++;
                }

                at++;
            }

            all.Add((cells, began));
        }

        return all;
    }

    /// <summary>Gives a text in pieces of drawn sizes.</summary>
    private sealed class Drip(string text, SeededDraws draws) : TextReader
    {
        private int _at;

        public override int Read(char[] buffer, int index, int count)
        {
            var taken = Math.Min(Math.Min(count, 1 + draws.Below(text.Length > 10_000 ? 50_000 : 9)), text.Length - _at);
            text.CopyTo(_at, buffer, index, taken);
            _at += taken;
            return taken;
        }
    }
}
