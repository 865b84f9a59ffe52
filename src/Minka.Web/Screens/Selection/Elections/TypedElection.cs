using System.Globalization;
using Minka.Selection.Exact;
using Minka.Selection.Participatory;

namespace Minka.Web.Screens.Selection.Elections;

/// <summary>
/// An election typed by hand: a budget, one project a line (<c>id; cost; name</c>), one ballot a line (<c>A, B</c>, or <c>12 x A, B</c> for twelve
/// alike; a lone dash is an empty ballot). Each fault names its field and line.
/// </summary>
static class TypedElection
{
    public const int MostLines = 5_000;

    public static Election? Read(string name, string budget, string projects, string ballots, Action<string, string, object?[]> fault)
    {
        var good = true;
        void Wrong(string field, string key, params object?[] args)
        {
            // One fault a field is what a form can show.
            if (good || field != "Budget") fault(field, key, args);
            good = false;
        }

        if (Amount(budget) is not { } money || money.Sign <= 0)
        {
            Wrong("Budget", "selection.typed.budget-wrong");
            money = Fraction.One;
        }
        var listed = new List<Project>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (line, number) in Lines(projects))
        {
            var cells = line.Split(';', 3, StringSplitOptions.TrimEntries);
            if (cells.Length < 2 || cells[0].Length == 0) Wrong("Projects", "selection.typed.project-wrong", number);
            else if (cells[0].Contains(',', StringComparison.Ordinal)) Wrong("Projects", "selection.typed.id-comma", number, cells[0]);
            else if (Amount(cells[1]) is not { } cost) Wrong("Projects", "selection.typed.cost-wrong", number, cells[1]);
            else if (!ids.Add(cells[0])) Wrong("Projects", "selection.typed.twice", number, cells[0]);
            else listed.Add(new Project(cells[0], cost) { Name = cells.Length > 2 && cells[2].Length > 0 ? cells[2] : cells[0] });
            if (!good) return null;
        }
        if (listed.Count == 0) Wrong("Projects", "selection.typed.no-projects");
        var cast = new List<Ballot>();
        foreach (var (line, number) in Lines(ballots))
        {
            var (count, named) = Counted(line);
            var chosen = named == "-" ? [] : named.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            if (count is < 1 or > 1_000_000) Wrong("Votes", "selection.typed.count-wrong", number);
            else if (Array.Find(chosen, c => !ids.Contains(c)) is { } unknown) Wrong("Votes", "selection.typed.unknown", number, unknown);
            else cast.Add(new Ballot(chosen, Count: count));
            if (!good) return null;
        }
        if (cast.Count == 0) Wrong("Votes", "selection.typed.no-ballots");
        return good ? Election.Create(name, BallotKind.Approval, money, listed, cast) : null;
    }

    static IEnumerable<(string Line, int Number)> Lines(string text) =>
        text.Split('\n').Select((line, i) => (line.Trim(), i + 1)).Where(l => l.Item1.Length > 0).Take(MostLines);

    static (int Count, string Named) Counted(string line)
    {
        var cross = line.IndexOfAny(['x', 'X', '×']);
        return cross > 0 && int.TryParse(line.AsSpan(0, cross).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? (count, line[(cross + 1)..].Trim())
            : (1, line);
    }

    // "150 000", "150000.50"; a comma may be decimal or of thousands, so only one with two digits after it is decimal.
    static Fraction? Amount(string text)
    {
        text = string.Concat(text.Where(c => !char.IsWhiteSpace(c) && c != '\u202F'));
        if (text.StartsWith("S/", StringComparison.OrdinalIgnoreCase)) text = text[2..];
        var comma = text.LastIndexOf(',');
        text = comma >= 0 && comma == text.Length - 3 && !text.Contains('.', StringComparison.Ordinal) ? text.Replace(',', '.') : text.Replace(",", "", StringComparison.Ordinal);
        return decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value is >= 0 and < 1_000_000_000_000m && decimal.Round(value, 2) == value
            ? new Fraction(new System.Numerics.BigInteger(value * 100), 100)
            : null;
    }
}
