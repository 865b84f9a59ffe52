using Minka.Core.Rules;
using Minka.Core.Territories;
using Minka.Observatory.Tables;

namespace Minka.Core.Planning.Bank;

/// <summary>A fault or a remark of a table of projects; its text lies under <c>bank.import.CODE</c>, or under its own name for amounts.</summary>
/// <param name="Column">Name of the column; null where it is of the whole row or file.</param>
public sealed record BankFault(string? Column, string Code, params IReadOnlyList<object?> Args);

/// <summary>What the file makes doubtful about one cell.</summary>
public sealed record BankNote(string Column, string Code, IReadOnlyList<string> Args);

/// <summary>One row as sent: its cells in the order of <see cref="BankTable.Columns"/>.</summary>
public sealed record BankLine(int Line, IReadOnlyList<string> Cells, IReadOnlyList<BankNote> Notes)
{
    public string this[string column] => BankTable.PlaceOf(column) is >= 0 and var at && at < Cells.Count ? Cells[at] : "";
}

/// <summary>A table of projects, or why it cannot be read.</summary>
/// <param name="Dropped">Headings of the file that no column takes.</param>
public sealed record BankTableFile(IReadOnlyList<BankLine> Lines, IReadOnlyList<BankFault> Faults, string? Sheet = null, string? Encoding = null, IReadOnlyList<string>? Dropped = null);

/// <summary>Reads a table of projects for the bank (.xlsx, CSV): columns by their names and aliases, in any order.</summary>
public static class BankTable
{
    public const int MostRows = 20_000;
    public const int MostBytes = 24 * 1024 * 1024;

    /// <summary>A fault that a name can mend: a code of six digits that no list of districts has.</summary>
    public const string PlaceNotListed = "place-not-listed";

    /// <summary>The columns with a source of funding in them.</summary>
    public static readonly IReadOnlyList<(string Column, FundingSource Source)> Sources =
    [
        ("aporte_fondo", FundingSource.Fund), ("aporte_distrito", FundingSource.District), ("aporte_provincia", FundingSource.Province), ("aporte_region", FundingSource.Region),
        ("aporte_nacion", FundingSource.Nation), ("aporte_cooperacion", FundingSource.Cooperation), ("aporte_entidad", FundingSource.Entity),
        ("aporte_privado", FundingSource.PrivateCash), ("aporte_especie", FundingSource.PrivateInKind),
    ];

    /// <summary>By the name that the page shows, and what else they may be called, without accents, case and punctuation.</summary>
    static readonly IReadOnlyList<string[]> Known =
    [
        ["codigo", "code", "cod"],
        ["cui", "codigounico", "codigounicodeinversion", "codigounicodeinversiones", "codigosnip"],
        ["titulo", "title", "proyecto", "nombre", "nombredelproyecto", "nombredelainversion", "nombreinversion", "idea"],
        ["tipo", "kind", "tipodeinversion", "tipoinversion"],
        ["etapa", "stage", "estado", "situacion"],
        ["problema", "problem"],
        ["objetivo", "objective"],
        ["eje", "axis", "ejeestrategico"],
        ["cadena", "cadenaproductiva", "chain"],
        ["conglomerado", "conglomerate"],
        ["distritos", "lugares", "ubigeo", "ubigeos", "distrito", "districts"],
        ["mujeres", "women", "beneficiarias"],
        ["varones", "hombres", "men", "beneficiarios"],
        ["organizaciones", "organisations", "organizations"],
        ["inicio", "start", "mesdeinicio", "fechadeinicio"],
        ["meses", "months", "plazo", "plazomeses"],
        ["costo", "cost", "costototal", "monto", "montototal", "presupuesto", "inversion"],
        ["moneda", "currency"],
        ["anio", "ano", "year", "ejercicio"],
        .. Sources.Select(s => (string[])[s.Column, s.Column.Replace("_", "", StringComparison.Ordinal), s.Column["aporte_".Length..]]),
        ["valorizacion", "valuation", "metododevalorizacion"],
        ["sustento", "evidence"],
        ["mantenimiento", "operador", "quienmantiene"],
        ["origen", "source", "fuente"],
        ["despues_de", "despuesde", "after", "vadespuesde", "precede"],
    ];

    public static readonly IReadOnlyList<string> Columns = [.. Known.Select(k => k[0])];

    public static readonly IReadOnlyList<string> Required = ["titulo"];

    static readonly OfficeLimits Limits = new(MostBytes, MostRows);

    static readonly Dictionary<string, int> PlaceByName = Columns.Index().ToDictionary(c => c.Item, c => c.Index, StringComparer.Ordinal);

    static readonly Dictionary<string, int> PlaceByAlias = Known.Index().SelectMany(k => k.Item.Select(a => (Alias: Plain(a), k.Index))).DistinctBy(a => a.Alias).ToDictionary(a => a.Alias, a => a.Index, StringComparer.Ordinal);

    public static int PlaceOf(string column) => PlaceByName.GetValueOrDefault(column, -1);

    public static BankTableFile Read(byte[] bytes)
    {
        OfficeTable table;
        try
        {
            table = OfficeTable.Read(bytes, cells => cells.Count(c => PlaceByAlias.ContainsKey(Plain(c))) >= 2 && cells.Any(c => PlaceByAlias.GetValueOrDefault(Plain(c), -1) == PlaceOf("titulo")), Limits);
        }
        catch (TableFault fault)
        {
            return new([], [new(null, fault.Code, [.. fault.Args])]);
        }
        var places = new int[table.Headings.Cells.Count];
        var taken = new HashSet<int>();
        var dropped = new List<string>();
        var faults = new List<BankFault>();
        foreach (var (at, heading) in table.Headings.Cells.Index())
        {
            places[at] = -1;
            if (heading.Length == 0) continue;
            if (!PlaceByAlias.TryGetValue(Plain(heading), out var column)) dropped.Add(heading);
            else if (taken.Add(column)) places[at] = column;
            else faults.Add(new(heading, "column-twice", Columns[column]));
        }
        faults.AddRange(Required.Where(c => !taken.Contains(PlaceOf(c))).Select(c => new BankFault(c, "column-missing", c)));
        if (faults.Count == 0 && table.Lines.Count == 0) faults.Add(new(null, "empty"));
        if (faults.Count > 0) return new([], faults, table.Sheet, table.Encoding);
        return new([.. table.Lines.Select(l => Ordered(l, places))], [], table.Sheet, table.Encoding, dropped);
    }

    static BankLine Ordered(OfficeLine line, int[] places)
    {
        var cells = new string[Columns.Count];
        Array.Fill(cells, "");
        for (var i = 0; i < Math.Min(line.Cells.Count, places.Length); i++)
        {
            if (places[i] >= 0) cells[places[i]] = line.Cells[i];
        }
        return new(line.Line, cells, [.. line.Notes.Where(n => n.Column < places.Length && places[n.Column] >= 0).Select(n => new BankNote(Columns[places[n.Column]], n.Code, n.Args))]);
    }

    internal static string Plain(string text) => new([.. Country.PlainText(text).Where(char.IsAsciiLetterOrDigit)]);
}
