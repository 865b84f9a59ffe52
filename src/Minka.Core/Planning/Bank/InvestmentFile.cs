using System.Globalization;
using Minka.Core.Territories;
using Minka.Observatory.Tables;

namespace Minka.Core.Planning.Bank;

/// <summary>What the ministry's file said of the codes asked for.</summary>
/// <param name="Table">A row for each code found, in the order asked, with the columns of the bank.</param>
/// <param name="Missing">Codes that the file does not hold.</param>
/// <param name="RowsRead">Rows of the whole file.</param>
/// <param name="Dropped">Columns that were not read at all, those with persons among them.</param>
public sealed record InvestmentExtract(BankTableFile Table, IReadOnlyList<string> Missing, long RowsRead, IReadOnlyList<string> Dropped);

/// <summary>
/// Takes projects by their unique codes out of the ministry's file of investments (CSV, .gz, .zip, .xlsx), read as a stream. One row there is a project
/// in one place: a project comes once, with all its districts; its amount is never added up by rows. Only the columns named here are read.
/// </summary>
public static class InvestmentFile
{
    public const int MostCodes = 200;

    /// <summary>The columns, by what they are called in one or another of the ministry's files.</summary>
    static readonly IReadOnlyDictionary<string, string[]> Known = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["code"] = ["codigounico", "codigounicodeinversion", "codunico", "cui"],
        ["title"] = ["nombreinversion", "nombredelainversion"],
        ["viable"] = ["montoviable"],
        ["cost"] = ["costoactualizado"],
        ["state"] = ["estado", "estadodelainversion"],
        ["situation"] = ["situacion"],
        ["kind"] = ["tipoinversion", "tipodeinversion"],
        ["viableOn"] = ["fechaviabilidad", "fechadeviabilidad"],
        ["place"] = ["ubigeo"],
        ["placeName"] = ["distrito"],
        ["beneficiaries"] = ["beneficiario", "beneficiarios"],
    };

    sealed record Found(string Title, string Cost, string State, string Situation, string Kind, string ViableOn, string Beneficiaries)
    {
        public List<long> Rows { get; } = [];

        public SortedSet<string> Places { get; } = new(StringComparer.Ordinal);

        public SortedSet<string> OtherPlaces { get; } = new(StringComparer.Ordinal);

        public SortedSet<string> Costs { get; } = new(StringComparer.Ordinal);
    }

    /// <param name="path">The file.</param>
    /// <param name="name">Its name, for the provenance of each project.</param>
    /// <param name="codes">Unique codes of seven digits, in any order, at most <see cref="MostCodes"/>.</param>
    /// <exception cref="TableFault">The file cannot be read, or <c>no-codes</c>: it has no column of unique codes.</exception>
    public static InvestmentExtract Read(string path, string name, IReadOnlyList<string> codes, CancellationToken cancel = default)
    {
        using var file = Observatory.Tables.TableFile.Open(path);
        var row = new TableRow();
        Dictionary<string, int>? columns = null;
        IReadOnlyList<string> headings = [];
        var wanted = codes.ToHashSet(StringComparer.Ordinal);
        var found = new Dictionary<string, Found>(StringComparer.Ordinal);
        var rows = 0L;
        while (file.Rows.Read(row))
        {
            if (columns is null)
            {
                (columns, headings) = ColumnsOf(row);
                if (columns is null && row.Line > 30) throw new TableFault("no-codes");
                continue;
            }
            if ((++rows & 0xFFF) == 0) cancel.ThrowIfCancellationRequested();
            var code = Code(row[columns["code"]]);
            if (code is null || !wanted.Contains(code)) continue;
            var cost = Amount(Cell("cost")) ?? Amount(Cell("viable")) ?? "";
            if (!found.TryGetValue(code, out var of))
                found[code] = of = new(Clean(Cell("title")), cost, Cell("state"), Cell("situation"), Cell("kind"), Cell("viableOn"), Cell("beneficiaries"));
            of.Rows.Add(row.Line);
            if (cost.Length > 0) of.Costs.Add(cost);
            if (Cell("place") is { Length: > 0 } place && Ubigeo.TryNormalize(place, out var district) && !district.EndsWith("00", StringComparison.Ordinal)) of.Places.Add(district);
            else if ((Cell("placeName") is { Length: > 0 } called ? called : Cell("place")) is { Length: > 0 } other) of.OtherPlaces.Add(other);

            string Cell(string column) => columns.TryGetValue(column, out var at) ? row[at].Trim().ToString() : "";
        }
        if (columns is null) throw new TableFault("no-codes");
        var order = codes.Distinct(StringComparer.Ordinal).ToList();
        List<BankLine> lines = [.. order.Where(found.ContainsKey).Select(c => LineOf(c, found[c], name))];
        return new(new(lines, [], (file.Rows as XlsxRows)?.Name, file.Encoding), [.. order.Where(c => !found.ContainsKey(c))], rows, [.. headings.Where((_, i) => !columns.ContainsValue(i))]);
    }

    /// <summary>The codes that a person typed, in their order; what is none is told.</summary>
    public static (IReadOnlyList<string> Codes, IReadOnlyList<string> Wrong) CodesOf(string? typed)
    {
        var parts = (typed ?? "").Split([' ', ',', ';', '\n', '\r', '\t', '|'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal).ToList();
        return ([.. parts.Select(p => Code(p)).OfType<string>().Distinct(StringComparer.Ordinal)], [.. parts.Where(p => Code(p) is null)]);
    }

    static (Dictionary<string, int>? Columns, IReadOnlyList<string> Headings) ColumnsOf(TableRow row)
    {
        var headings = new List<string>();
        var columns = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < row.Count; i++)
        {
            headings.Add(row[i].Trim().ToString());
            var plain = BankTable.Plain(headings[i]);
            if (Known.FirstOrDefault(k => k.Value.Contains(plain)).Key is { } column) columns.TryAdd(column, i);
        }
        return columns.ContainsKey("code") && columns.ContainsKey("title") ? (columns, headings) : (null, []);
    }

    /// <summary><c>2480997.0</c> is the code 2480997.</summary>
    static string? Code(ReadOnlySpan<char> cell)
    {
        cell = cell.Trim();
        if (cell.EndsWith(".0")) cell = cell[..^2];
        return cell.Length == 7 && cell.IndexOfAnyExceptInRange('0', '9') < 0 ? cell.ToString() : null;
    }

    /// <summary>Rounded to the céntimo: the file holds residues of floating point and exponents.</summary>
    static string? Amount(string cell) =>
        decimal.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var amount) && amount > 0 ? decimal.Round(amount, 2, MidpointRounding.AwayFromZero).ToString("0.00", CultureInfo.InvariantCulture) : null;

    static string Clean(string title)
    {
        var clean = string.Join(' ', title.Replace("_x0002_", " ", StringComparison.Ordinal).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return clean.Length <= PlanningRules.LongestName ? clean : clean[..(PlanningRules.LongestName - 1)] + "…";
    }

    static BankLine LineOf(string code, Found found, string name)
    {
        var cells = new string[BankTable.Columns.Count];
        Array.Fill(cells, "");
        void Set(string column, string text) => cells[BankTable.PlaceOf(column)] = text;
        Set("cui", code);
        Set("titulo", found.Title);
        Set("tipo", found.Kind.Contains("IOARR", StringComparison.OrdinalIgnoreCase) ? "ioarr" : found.Kind.Length == 0 || found.Kind.Contains("PROYECTO", StringComparison.OrdinalIgnoreCase) ? "proyecto" : "");
        Set("etapa", StageOf(found));
        Set("distritos", string.Join(' ', found.Places));
        Set("costo", found.Cost);
        var rows = string.Join(", ", found.Rows.Take(8).Select(r => r.ToString(CultureInfo.InvariantCulture)));
        Set("origen", $"Banco de inversiones: {(name.Length > 80 ? name[^80..] : name)}, filas {rows}{(found.Rows.Count > 8 ? " …" : "")}");
        var notes = new List<BankNote>();
        if (found.Costs.Count > 1) notes.Add(new("costo", "amounts-differ", [string.Join("; ", found.Costs)]));
        if (found.OtherPlaces.Count > 0) notes.Add(new("distritos", "place-wide", [string.Join("; ", found.OtherPlaces)]));
        if (found.Beneficiaries.Length > 0 && found.Beneficiaries != "0") notes.Add(new("mujeres", "beneficiaries-unsplit", [found.Beneficiaries]));
        return new((int)found.Rows[0], cells, notes);
    }

    static string StageOf(Found found)
    {
        var said = BankTable.Plain(found.State + " " + found.Situation);
        if (said.Contains("cerrado", StringComparison.Ordinal)) return "cerrado";
        if (said.Contains("desactivado", StringComparison.Ordinal)) return "desactivado";
        return said.Contains("viable", StringComparison.Ordinal) || said.Contains("aprobado", StringComparison.Ordinal) || found.ViableOn.Length > 0 ? "viable" : "perfil";
    }
}
