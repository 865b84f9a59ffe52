using System.Globalization;
using Minka.Observatory.Tables;

namespace Minka.Core.Entities;

/// <summary>Something that the file itself makes doubtful about one cell: a formula, a merged cell.</summary>
/// <param name="Column">Name of the column.</param>
public sealed record CellNote(string Column, string Code, IReadOnlyList<string> Args);

/// <summary>One row of a table of members: its line in the file and its cells in the order of <see cref="MemberTable.Columns"/>.</summary>
public sealed record TableLine(int Line, IReadOnlyList<string> Cells, IReadOnlyList<CellNote> Notes)
{
    public string this[string column] => MemberTable.PlaceOf(column) is >= 0 and var at && at < Cells.Count ? Cells[at] : "";
}

/// <param name="Problems">Of the file as a whole: it has no rows then.</param>
/// <param name="Sheet">The sheet that was read, of a workbook.</param>
/// <param name="Encoding">How its letters were read, of a text: utf-8, utf-16, windows-1252 or mixed.</param>
public sealed record ReadTable(IReadOnlyList<TableLine> Lines, IReadOnlyList<LineProblem> Problems, string? Sheet = null, string? Encoding = null);

/// <summary>
/// Reads a table of members from a spreadsheet (.xlsx) or a text (CSV): UTF-8 with or without mark, UTF-16, Windows-1252, or a mixture
/// line by line; semicolon, comma or tab. Nothing is guessed about a value: what is doubtful carries a note.
/// </summary>
public static class MemberTable
{
    public const int MostLines = 20_000;
    public const int MostBytes = 8 * 1024 * 1024;

    public static readonly IReadOnlyList<string> Columns =
        ["organizacion", "ruc", "registro", "numero_registro", "clase", "sector", "grupo", "votos", "distrito", "representante", "mujer", "poder", "alterno", "desde", "hasta"];

    public static readonly IReadOnlyList<string> Required = ["organizacion", "grupo", "representante", "desde", "hasta"];

    static readonly string[] DateForms = ["yyyy-MM-dd", "d/M/yyyy", "dd/MM/yyyy", "d-M-yyyy", "d.M.yyyy"];

    static readonly Dictionary<string, Sector> Sectors = new(StringComparer.Ordinal)
    {
        ["PUBLICO"] = Sector.Public,
        ["PUBLIC"] = Sector.Public,
        ["PRIVADO"] = Sector.Private,
        ["PRIVATE"] = Sector.Private,
        ["SOCIAL"] = Sector.Social,
    };

    static readonly Dictionary<string, int> PlaceByName = Columns.Index().ToDictionary(c => c.Item, c => c.Index, StringComparer.Ordinal);

    public static int PlaceOf(string column) => PlaceByName.GetValueOrDefault(column, -1);

    static readonly OfficeLimits Limits = new(MostBytes, MostLines);

    public static ReadTable Read(byte[] bytes) => Read(bytes, Columns, Required);

    /// <summary>The same for a table of other columns, such as the agents of a participatory budget; cells come in their order.</summary>
    public static ReadTable Read(byte[] bytes, IReadOnlyList<string> columns, IReadOnlyList<string> required) =>
        Read(() => OfficeTable.Read(bytes, cells => AreHeadings(cells, columns, required), Limits), columns, required);

    public static ReadTable ReadText(string text) => Read(() => OfficeTable.OfText(text, cells => AreHeadings(cells, Columns, Required), Limits), Columns, Required);

    static ReadTable Read(Func<OfficeTable> read, IReadOnlyList<string> columns, IReadOnlyList<string> required)
    {
        OfficeTable table;
        try
        {
            table = read();
        }
        catch (TableFault fault)
        {
            return new([], [ProblemOf(fault, required)]);
        }
        var places = Places(table.Headings.Cells, columns);
        var missing = required.Where(c => !places.ContainsKey(c)).ToList();
        if (missing.Count > 0) return new([], [.. missing.Select(c => new LineProblem(table.Headings.Line, c, EntitiesRules.CsvColumnMissing, [c]))]);
        if (table.Lines.Count == 0) return new([], [new(1, null, EntitiesRules.CsvEmpty, [])]);
        return new([.. table.Lines.Select(r => new TableLine(r.Line, [.. columns.Select(c => places.TryGetValue(c, out var at) && at < r.Cells.Count ? r.Cells[at] : "")],
            [.. r.Notes.Select(n => (Name: places.FirstOrDefault(p => p.Value == n.Column).Key, n.Code, n.Args)).Where(n => n.Name is not null)
                .Select(n => new CellNote(n.Name, n.Code == "merged" ? EntitiesRules.CellMerged : EntitiesRules.CellFormula, n.Args))]))], [], table.Sheet, table.Encoding);
    }

    static LineProblem ProblemOf(TableFault fault, IReadOnlyList<string> required) => fault.Code switch
    {
        "empty" => new(1, null, EntitiesRules.CsvEmpty, []),
        "file-large" => new(1, null, EntitiesRules.TableTooLarge, [.. fault.Args]),
        "old-excel" => new(1, null, EntitiesRules.TableOldFormat, []),
        "xlsx-macros" => new(1, null, EntitiesRules.TableHasMacros, []),
        "wrong-sheet" => new(1, null, EntitiesRules.TableWrongSheet, [.. fault.Args, string.Join(", ", required)]),
        "quote-open" => new(Convert.ToInt32(fault.Args[0], CultureInfo.InvariantCulture), null, EntitiesRules.CsvUnreadable, []),
        "rows" => new((int)fault.Args[0], null, EntitiesRules.CsvTooLong, [fault.Args[1]]),
        "bomb" => new(1, null, EntitiesRules.TableTooLarge, [MostBytes / 1024 / 1024]),
        _ => new(1, null, EntitiesRules.TableNotATable, []),
    };

    static bool AreHeadings(IReadOnlyList<string> cells, IReadOnlyList<string> columns, IReadOnlyList<string> required) =>
        Places(cells, columns) is var places && required.All(places.ContainsKey);

    static Dictionary<string, int> Places(IReadOnlyList<string> headings, IReadOnlyList<string> columns)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (at, heading) in headings.Index())
        {
            var plain = MemberChecks.Plain(heading);
            if (columns.FirstOrDefault(c => MemberChecks.Plain(c) == plain) is { } column) places.TryAdd(column, at);
        }
        return places;
    }

    /// <summary>What a row says, or the faults that keep it from saying it.</summary>
    public static (MemberInput? Input, IReadOnlyList<MemberFault> Faults) Understand(TableLine row) =>
        AsFarAsRead(row, default) is var (input, faults) && faults.Count == 0 ? (input, faults) : (null, faults);

    /// <summary>What a row says, with something harmless for what cannot be read, so that its other cells are judged too.</summary>
    /// <param name="today">Stands for a day that cannot be read.</param>
    internal static (MemberInput Input, IReadOnlyList<MemberFault> Faults) AsFarAsRead(TableLine row, DateOnly today)
    {
        List<MemberFault> faults = [.. row.Notes.Select(n => new MemberFault(n.Column, n.Code, [.. n.Args]))];
        var groupText = row["grupo"];
        var group = InterestGroups.Find(groupText) ?? InterestGroups.All.FirstOrDefault(g => MemberChecks.Plain(groupText) is { Length: > 0 } plain && (MemberChecks.Plain(g.Es) == plain || MemberChecks.Plain(g.En) == plain));
        var sector = default(Sector);
        if (row["sector"].Length == 0 && group is not null) sector = group.Sector;
        else if (row["sector"].Length == 0) faults.Add(new("grupo", EntitiesRules.GroupUnknown, groupText));
        else if (!Sectors.TryGetValue(MemberChecks.Plain(row["sector"]), out sector)) faults.Add(new("sector", EntitiesRules.CsvSectorUnknown, row["sector"]));
        var votes = 1;
        if (row["votos"] is { Length: > 0 } votesText && !int.TryParse(votesText, NumberStyles.None, CultureInfo.InvariantCulture, out votes))
        {
            votes = 1;
            faults.Add(new("votos", EntitiesRules.CsvNumberInvalid, votesText));
        }
        bool? woman = null;
        if (MemberChecks.Plain(row["mujer"]) is { Length: > 0 } answer)
        {
            if (answer is "SI" or "S" or "YES" or "Y" or "X" or "1" or "MUJER" or "F") woman = true;
            else if (answer is "NO" or "N" or "0" or "VARON" or "M" or "H") woman = false;
            else faults.Add(new("mujer", EntitiesRules.CsvYesNoInvalid, row["mujer"]));
        }
        string? kind = null;
        if (row["clase"] is { Length: > 0 } kindText)
        {
            if (OrganisationKinds.Read(kindText) is { } known) kind = known.Code;
            else faults.Add(new("clase", EntitiesRules.KindUnknown, kindText));
        }
        var from = Day("desde");
        var to = Day("hasta");
        return (new MemberInput(row["organizacion"], row["ruc"], sector, group?.Code ?? groupText, votes, row["distrito"], row["representante"], from ?? today, to ?? today)
        {
            Kind = kind,
            RegistryKind = row["registro"],
            RegistryNumber = row["numero_registro"],
            RepresentativeIsWoman = woman,
            Power = row["poder"],
            Alternate = row["alterno"] is { Length: > 0 } alternate ? new AlternateInput(alternate) : null,
        }, faults);

        DateOnly? Day(string column)
        {
            if (DateOnly.TryParseExact(row[column], DateForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return day;
            faults.Add(new(column, EntitiesRules.CsvDateInvalid, row[column]));
            return null;
        }
    }
}
