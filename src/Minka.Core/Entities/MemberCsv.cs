using System.Globalization;
using System.Text;

namespace Minka.Core.Entities;

/// <summary>One fault of a file, with its place.</summary>
public sealed record LineProblem(int Line, string? Column, string Code, IReadOnlyList<object?> Args);

/// <summary>Reads a table of members: all its faults at once, each with line and column.</summary>
public static class MemberCsv
{
    public const int MostLines = 2_000;

    public static readonly IReadOnlyList<string> Columns = ["organizacion", "ruc", "sector", "grupo", "votos", "distrito", "representante", "desde", "hasta"];

    static readonly string[] Required = ["organizacion", "sector", "grupo", "representante", "desde", "hasta"];
    static readonly string[] DateForms = ["yyyy-MM-dd", "d/M/yyyy", "dd/MM/yyyy", "d-M-yyyy"];

    static readonly Dictionary<string, Sector> Sectors = new(StringComparer.Ordinal)
    {
        ["PUBLICO"] = Sector.Public,
        ["PUBLIC"] = Sector.Public,
        ["PRIVADO"] = Sector.Private,
        ["PRIVATE"] = Sector.Private,
        ["SOCIAL"] = Sector.Social,
    };

    /// <summary>An example that reads without fault.</summary>
    public static string Example =>
        "organizacion;ruc;sector;grupo;votos;distrito;representante;desde;hasta\n"
        + "Municipalidad Distrital de Ejemplo;;publico;district-government;1;;Nombre del alcalde;2026-01-01;2026-12-31\n"
        + "Asociación de Productores de Ejemplo;;privado;producers;1;;Nombre de la presidenta;2026-01-01;2027-12-31\n";

    public static (IReadOnlyList<(int Line, MemberInput Input)> Rows, IReadOnlyList<LineProblem> Problems) Read(string text)
    {
        var rows = new List<(int, MemberInput)>();
        var problems = new List<LineProblem>();
        void Fault(int line, string? column, string code, params IReadOnlyList<object?> args) => problems.Add(new(line, column, code, args));

        text = text.TrimStart('\ufeff');
        var firstLine = text.AsSpan();
        if (firstLine.IndexOfAny('\r', '\n') is >= 0 and var end) firstLine = firstLine[..end];
        var delimiter = firstLine.Contains(';') ? ';' : firstLine.Contains('\t') ? '\t' : ',';
        var lines = Split(text, delimiter, line => Fault(line, null, EntitiesRules.CsvUnreadable));
        if (lines.Count == 0)
        {
            Fault(1, null, EntitiesRules.CsvEmpty);
            return (rows, problems);
        }
        var places = lines[0].Cells.Select((name, i) => (Name: MemberChecks.Plain(name), Index: i)).DistinctBy(c => c.Name).ToDictionary(c => c.Name, c => c.Index);
        foreach (var column in Required.Where(c => !places.ContainsKey(MemberChecks.Plain(c)))) Fault(1, column, EntitiesRules.CsvColumnMissing, column);
        if (problems.Any(p => p.Code == EntitiesRules.CsvColumnMissing)) return (rows, problems);

        foreach (var (line, cells) in lines.Skip(1))
        {
            if (rows.Count >= MostLines)
            {
                Fault(line, null, EntitiesRules.CsvTooLong, MostLines);
                break;
            }
            string Field(string column) => places.TryGetValue(MemberChecks.Plain(column), out var i) && i < cells.Count ? cells[i] : "";
            var sound = true;
            var sector = default(Sector);
            if (!Sectors.TryGetValue(MemberChecks.Plain(Field("sector")), out sector))
            {
                Fault(line, "sector", EntitiesRules.CsvSectorUnknown, Field("sector"));
                sound = false;
            }
            var votes = 1;
            if (Field("votos") is { Length: > 0 } votesText && !int.TryParse(votesText, NumberStyles.None, CultureInfo.InvariantCulture, out votes))
            {
                Fault(line, "votos", EntitiesRules.CsvNumberInvalid, votesText);
                sound = false;
            }
            var from = Day("desde");
            var to = Day("hasta");
            if (!sound || from is null || to is null) continue;
            rows.Add((line, new MemberInput(Field("organizacion"), Field("ruc"), sector, Field("grupo"), votes, Field("distrito"), Field("representante"), from.Value, to.Value)));

            DateOnly? Day(string column)
            {
                if (DateOnly.TryParseExact(Field(column), DateForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return day;
                Fault(line, column, EntitiesRules.CsvDateInvalid, Field(column));
                return null;
            }
        }
        if (rows.Count == 0 && problems.Count == 0) Fault(1, null, EntitiesRules.CsvEmpty);
        return (rows, problems);
    }

    /// <summary>Cells by line, trimmed; empty lines are left out. Quotes double within quotes.</summary>
    static List<(int Line, IReadOnlyList<string> Cells)> Split(string text, char delimiter, Action<int> unreadable)
    {
        var lines = new List<(int, IReadOnlyList<string>)>();
        var cells = new List<string>();
        var cell = new StringBuilder();
        var (line, start, quoted) = (1, 1, false);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\n') line++;
            if (quoted)
            {
                if (c != '"') cell.Append(c);
                else if (i + 1 < text.Length && text[i + 1] == '"') cell.Append(text[++i]);
                else quoted = false;
            }
            else if (c == '"' && cell.ToString().Trim().Length == 0)
            {
                quoted = true;
            }
            else if (c == delimiter)
            {
                EndCell();
            }
            else if (c == '\n')
            {
                EndLine();
            }
            else
            {
                cell.Append(c);
            }
        }
        if (quoted) unreadable(start);
        EndLine();
        return lines;

        void EndCell()
        {
            cells.Add(cell.ToString().Trim());
            cell.Clear();
        }

        void EndLine()
        {
            EndCell();
            if (cells.Any(x => x.Length > 0)) lines.Add((start, [.. cells]));
            cells.Clear();
            start = line;
        }
    }
}
