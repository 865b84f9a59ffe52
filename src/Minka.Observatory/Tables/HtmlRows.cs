using System.Net;
using System.Text.RegularExpressions;

namespace Minka.Observatory.Tables;

/// <summary>Rows of the tables of an HTML page, as offices save them under the name of a spreadsheet.</summary>
/// <remarks>The whole page is held in memory, at most <see cref="MostCharacters"/>.</remarks>
public sealed partial class HtmlRows : TableRows
{
    /// <summary>The most characters of a page.</summary>
    public const int MostCharacters = 100_000_000;

    private readonly IEnumerator<Match> _rows;
    private long _line;

    /// <summary>Takes a page.</summary>
    /// <param name="page">Its text.</param>
    public HtmlRows(string page) => _rows = Rows().Matches(page).AsEnumerable().GetEnumerator();

    /// <inheritdoc/>
    public override bool Read(TableRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        row.Clear();
        if (!_rows.MoveNext())
            return false;
        row.Line = ++_line;
        foreach (Match cell in Cells().Matches(_rows.Current.Value))
        {
            row.Append(WebUtility.HtmlDecode(Tags().Replace(cell.Groups["text"].Value, "")).Trim());
            row.EndCell();
        }

        return true;
    }

    /// <inheritdoc/>
    public override void Dispose() => _rows.Dispose();

    [GeneratedRegex(@"<tr\b.*?(?=<tr\b|</table|\z)", RegexOptions.IgnoreCase | RegexOptions.Singleline, 60_000)]
    private static partial Regex Rows();

    [GeneratedRegex(@"<t[dh]\b[^>]*>(?<text>.*?)(?=<t[dh]\b|</t[dh]>|</tr|\z)", RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Cells();

    [GeneratedRegex("<[^>]*>", RegexOptions.None, 10_000)]
    private static partial Regex Tags();
}
