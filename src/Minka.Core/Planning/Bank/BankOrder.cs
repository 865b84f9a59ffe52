namespace Minka.Core.Planning.Bank;

/// <summary>
/// What must come before what in a table of projects: the column <c>despues_de</c> names codes of the bank or of other rows. A row that waits for
/// one that stays out stays out too, and says so.
/// </summary>
static class BankOrder
{
    public const string Column = "despues_de";

    static readonly char[] Between = [' ', '|', ',', ';', '\n'];

    public static IReadOnlyList<string> CodesOf(BankLine line) => [.. line[Column].Split(Between, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <param name="inBank">Codes of the bank as it is.</param>
    /// <returns>The same rows, those without fault in an order in which each comes after what it waits for.</returns>
    public static IReadOnlyList<JudgedProject> Judge(IReadOnlyList<JudgedProject> rows, IReadOnlySet<string> inBank)
    {
        if (rows.All(r => r.Line[Column].Length == 0)) return rows;
        var coded = rows.Where(r => r.Line["codigo"].Length > 0).GroupBy(r => r.Line["codigo"].Trim(), StringComparer.OrdinalIgnoreCase).ToDictionary(g => g.Key, g => g.First().Line.Line, StringComparer.OrdinalIgnoreCase);
        var waits = rows.ToDictionary(r => r.Line.Line, r => CodesOf(r.Line).Where(c => !inBank.Contains(c)).ToList());
        var judged = rows.Select(r => waits[r.Line.Line].Where(c => !coded.ContainsKey(c)).ToList() is { Count: > 0 } unknown ? Out(r, "after-unknown", string.Join(", ", unknown)) : r).ToDictionary(r => r.Line.Line);

        var placed = new HashSet<int>();
        var ordered = new List<JudgedProject>();
        for (var moved = true; moved;)
        {
            moved = false;
            foreach (var row in rows.Select(r => judged[r.Line.Line]).Where(r => r.Input is not null && !placed.Contains(r.Line.Line)))
            {
                if (!waits[row.Line.Line].TrueForAll(c => placed.Contains(coded[c]))) continue;
                placed.Add(row.Line.Line);
                ordered.Add(row);
                moved = true;
            }
        }
        // What is left waits, itself or through others, for a row with a fault; or it stands in a circle.
        List<JudgedProject> Left() => [.. rows.Select(r => judged[r.Line.Line]).Where(r => r.Input is not null && !placed.Contains(r.Line.Line))];
        for (var more = true; more;)
        {
            more = false;
            foreach (var row in Left())
            {
                if (waits[row.Line.Line].Where(c => judged[coded[c]].Faults.Count > 0).ToList() is not { Count: > 0 } faulty) continue;
                judged[row.Line.Line] = Out(row, "after-waits", string.Join(", ", faulty));
                more = true;
            }
        }
        foreach (var row in Left()) judged[row.Line.Line] = Out(row, "after-circle", string.Join(", ", waits[row.Line.Line].Where(c => !placed.Contains(coded[c]))));
        return [.. ordered, .. rows.Select(r => judged[r.Line.Line]).Where(r => r.Input is null)];
    }

    static JudgedProject Out(JudgedProject row, string code, string codes) => row with { Input = null, Faults = [.. row.Faults, new(Column, code, codes)] };
}
