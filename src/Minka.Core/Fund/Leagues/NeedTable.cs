using System.Globalization;
using Minka.Core.Kernel;
using Minka.Core.Territories;

namespace Minka.Core.Fund.Leagues;

/// <summary>A fault of an imported table: its line (from 1; 0 for the whole) and what is wrong, under <c>fault.CODE</c>.</summary>
public sealed record NeedFault(int Line, string Code, params IReadOnlyList<object?> Args);

/// <summary>Rows that were read, or every fault found.</summary>
public sealed record NeedReading(IReadOnlyList<NeedRow> Rows, IReadOnlyList<NeedFault> Faults);

/// <summary>
/// Reads the needs table of a call from CSV: <c>provincia, poblacion, necesidad, recursos</c> with a header line, comma or
/// semicolon. Need in percent with up to two decimals, own resources in soles a head; an empty cell is a figure that nobody knows.
/// All faults are told at once, each with its line; a table with faults is refused whole.
/// </summary>
public static class NeedTable
{
    public const int LargestText = 200_000;

    static readonly string[][] Names =
    [
        ["provincia", "codigo", "ubigeo", "province", "code"],
        ["poblacion", "population"],
        ["necesidad", "pobreza", "need", "poverty"],
        ["recursos", "recursos-propios", "resources", "own-resources"],
    ];

    /// <param name="provinces">All provinces of the country: names by code.</param>
    /// <param name="eligible">Those of the call, each of which must have its row.</param>
    public static NeedReading Read(string text, string source, IReadOnlyDictionary<string, string> provinces, IReadOnlyCollection<string> eligible)
    {
        var faults = new List<NeedFault>();
        var rows = new Dictionary<string, NeedRow>(StringComparer.Ordinal);
        if (string.IsNullOrWhiteSpace(source)) faults.Add(new(0, FundRules.NeedsSource));
        if (text.Length > LargestText) return new([], [new(0, "needs.too-large", LargestText)]);
        if (text.Contains('\ufffd', StringComparison.Ordinal)) faults.Add(new(0, "needs.not-utf8"));
        var lines = text.TrimStart('\ufeff').ReplaceLineEndings("\n").Split('\n');
        var header = Array.FindIndex(lines, l => !string.IsNullOrWhiteSpace(l));
        if (header < 0) return new([], [new(0, "needs.empty")]);
        var separator = lines[header].Contains(';', StringComparison.Ordinal) ? ';' : lines[header].Contains('\t', StringComparison.Ordinal) ? '\t' : ',';
        var titles = Cells(lines[header], separator).Select(c => Country.PlainText(c).Replace(' ', '-')).ToList();
        var columns = Names.Select(names => titles.FindIndex(t => names.Contains(t))).ToArray();
        for (var i = 0; i < Names.Length; i++)
        {
            if (columns[i] < 0) faults.Add(new(header + 1, "needs.column-missing", Names[i][0]));
        }
        if (columns.Any(c => c < 0)) return new([], faults);

        for (var i = header + 1; i < lines.Length; i++)
        {
            if (string.IsNullOrWhiteSpace(lines[i])) continue;
            var line = i + 1;
            var cells = Cells(lines[i], separator);
            if (cells.Count != titles.Count)
            {
                faults.Add(new(line, "needs.cells", cells.Count, titles.Count));
                continue;
            }
            var code = cells[columns[0]].Trim();
            if (code.Length == 3) code = "0" + code;
            if (!provinces.TryGetValue(code, out var name))
            {
                faults.Add(new(line, "needs.province-unknown", code));
                continue;
            }
            var population = Whole(cells[columns[1]], line, faults);
            var need = Percent(cells[columns[2]], line, faults);
            var resources = Amount(cells[columns[3]], line, faults);
            if (!rows.TryAdd(code, new(code, name, population, need, resources, source.Trim()))) faults.Add(new(line, "needs.province-double", code));
        }
        faults.AddRange(eligible.Where(c => !rows.ContainsKey(c)).Order(StringComparer.Ordinal)
            .Select(c => new NeedFault(0, "needs.province-missing", c, provinces.GetValueOrDefault(c, ""))));
        return faults.Count > 0 ? new([], faults) : new([.. rows.Values.OrderBy(r => r.ProvinceCode, StringComparer.Ordinal)], []);
    }

    static long? Whole(string text, int line, List<NeedFault> faults)
    {
        var digits = new string([.. text.Where(c => !char.IsWhiteSpace(c))]);
        if (digits.Length == 0) return null;
        if (digits.Length <= 10 && digits.All(char.IsAsciiDigit) && long.Parse(digits, CultureInfo.InvariantCulture) > 0) return long.Parse(digits, CultureInfo.InvariantCulture);
        faults.Add(new(line, "needs.population", text.Trim()));
        return null;
    }

    static BasisPoints? Percent(string text, int line, List<NeedFault> faults)
    {
        var plain = text.Trim().TrimEnd('%').Trim().Replace(',', '.');
        if (plain.Length == 0) return null;
        if (decimal.TryParse(plain, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) && percent <= 100 && decimal.Round(percent, 2) == percent)
            return new((int)(percent * 100));
        faults.Add(new(line, "needs.percent", text.Trim()));
        return null;
    }

    static Money? Amount(string text, int line, List<NeedFault> faults)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        if (MoneyText.TryParse(text, out var amount, out _)) return amount;
        faults.Add(new(line, "needs.amount", text.Trim()));
        return null;
    }

    static List<string> Cells(string line, char separator)
    {
        var cells = new List<string>();
        var cell = new System.Text.StringBuilder();
        var quoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (c == '"' && quoted && i + 1 < line.Length && line[i + 1] == '"')
            {
                cell.Append('"');
                i++;
            }
            else if (c == '"')
            {
                quoted = !quoted;
            }
            else if (c == separator && !quoted)
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else
            {
                cell.Append(c);
            }
        }
        cells.Add(cell.ToString());
        return cells;
    }
}
