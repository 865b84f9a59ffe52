using System.Globalization;

namespace Minka.Core.Territories.Packs;

/// <summary>The territories and indicators read so far, and where each territory's row stands.</summary>
sealed class TerritoryTables(FaultList faults)
{
    readonly Dictionary<string, Row> rows = [];
    readonly List<Indicator> indicators = [];

    sealed record Row(Territory Territory, string File, Place Place, IReadOnlyDictionary<int, CsvCell> DrawnAs);

    public IReadOnlyList<Indicator> Indicators => indicators;

    public bool Has(string code) => rows.ContainsKey(code);

    public IEnumerable<string> CodesOf(Level level) => rows.Values.Where(r => r.Territory.Level == level).Select(r => r.Territory.Code);

    public long? PopulationOf(string code) => rows.TryGetValue(code, out var row) ? row.Territory.Population : null;

    public void Add(Indicator indicator) => indicators.Add(indicator);

    /// <summary>A file of the kind "territories": one row a department, province or district.</summary>
    public void Read(ManifestFile file, byte[] content)
    {
        if (Open(file, content) is not { } table || file.Levels.Count == 0) return;
        var level = file.Levels[0];
        var (codeName, nameName) = level switch
        {
            Level.Department => ("departamento_id", "departamento"),
            Level.Province => ("provincia_id", "provincia"),
            _ => ("ubigeo", "distrito"),
        };
        if (table.Column(codeName) is not { } codeColumn || table.Column(nameName) is not { } nameColumn) return;

        var values = ValueColumns(table, file, IndicatorColumn.Known);
        int? latitude = table.Find("latitud"), longitude = table.Find("longitud"), capital = table.Find("capital"), parent = table.Find("departamento_id");
        var drawnAs = table.Header.Select((cell, index) => (cell.Text, index)).Where(c => c.Text.StartsWith("ubigeo_mapa_", StringComparison.Ordinal))
            .Where(c => int.TryParse(c.Text.AsSpan("ubigeo_mapa_".Length), NumberStyles.None, CultureInfo.InvariantCulture, out _))
            .Select(c => (Year: int.Parse(c.Text.AsSpan("ubigeo_mapa_".Length), NumberStyles.None, CultureInfo.InvariantCulture), c.index)).ToArray();

        foreach (var row in table.Rows)
        {
            if (Code(row[codeColumn], level, file) is not { } code) continue;
            var name = row[nameColumn].Text.Trim();
            if (name.Length == 0) faults.Add(file.Path, row[nameColumn].Place, PackFaults.NameEmpty, code);
            if (level == Level.Province && parent is { } p && row[p].Text != code[..2]) faults.Add(file.Path, row[p].Place, PackFaults.CodeOrphan, code, row[p].Text);
            long? population = null;
            foreach (var (column, index, read) in values)
            {
                if (Number(row[index], column, file) is not { } value) continue;
                read[code] = value;
                if (column.Key.StartsWith("population", StringComparison.Ordinal)) population = (long)value;
            }
            GeoPoint? point = null;
            if (latitude is { } la && longitude is { } lo && Degrees(row[la], 90, file) is { } north && Degrees(row[lo], 180, file) is { } east) point = new(east, north);
            var territory = new Territory(code, level, name, Levels.ParentCode(code), point, population)
            {
                Capital = capital is { } c && row[c].Text.Trim() is { Length: > 0 } seat ? seat : null,
            };
            if (!rows.TryAdd(code, new(territory, file.Path, row[codeColumn].Place, drawnAs.ToDictionary(d => d.Year, d => row[d.index]))))
                faults.Add(file.Path, row[codeColumn].Place, PackFaults.CodeDuplicate, code);
        }
        foreach (var (column, _, read) in values)
            if (read.Count > 0) Add(Described(column, file, level, column.Year, read));
    }

    /// <summary>Every province needs its department and every district its province.</summary>
    public void CheckFamilies(IReadOnlyList<ManifestFile> files)
    {
        foreach (var level in (Level[])[Level.Department, Level.Province])
            if (!files.Any(f => f.Kind == "territories" && f.Levels.Contains(level)))
                faults.Add(PackReader.ManifestName, null, PackFaults.LevelMissing, level == Level.Department ? "department" : "province");
        foreach (var row in rows.Values.Where(r => r.Territory.ParentCode is not null && !rows.ContainsKey(r.Territory.ParentCode)))
            faults.Add(row.File, row.Place, PackFaults.CodeOrphan, row.Territory.Code, row.Territory.ParentCode!);
    }

    /// <summary>
    /// A file of the kind "indicator": one row a territory and year. Its districts may be of an older year, so that
    /// a district only needs a province that exists.
    /// </summary>
    public void ReadByYear(ManifestFile file, byte[] content)
    {
        if (Open(file, content) is not { } table || file.Levels.Count == 0) return;
        var level = file.Levels[0];
        if (table.Column(level switch { Level.Department => "departamento_id", Level.Province => "provincia_id", _ => "ubigeo" }) is not { } codeColumn
            || table.Column("anio") is not { } yearColumn) return;
        var values = new Dictionary<(IndicatorColumn Column, int Year), Dictionary<string, decimal>>();
        var columns = ValueColumns(table, file, IndicatorColumn.KnownByYear);
        var seen = new HashSet<(string, int)>();
        foreach (var row in table.Rows)
        {
            if (Year(row[yearColumn], file) is not { } year || Code(row[codeColumn], level, file) is not { } code) continue;
            if (!seen.Add((code, year))) faults.Add(file.Path, row[codeColumn].Place, PackFaults.CodeDuplicate, $"{code} {year}");
            if (!Has(code) && !(level == Level.District && Has(code[..4]))) faults.Add(file.Path, row[codeColumn].Place, PackFaults.CodeOrphan, code, Levels.ParentCode(code) ?? code);
            foreach (var (column, index, _) in columns)
            {
                if (Number(row[index], column, file) is not { } value) continue;
                if (!values.TryGetValue((column, year), out var read)) values[(column, year)] = read = [];
                read[code] = value;
            }
        }
        foreach (var ((column, year), read) in values.OrderBy(v => v.Key.Column.Key, StringComparer.Ordinal).ThenBy(v => v.Key.Year))
            Add(Described(column, file, level, year, read) with
            {
                Key = $"{column.Key}-{year}",
                Name = $"{column.Name} {year}",
                NameEn = $"{column.NameEn ?? column.Name} {year}",
            });
    }

    /// <summary>
    /// The territories with the outline that stands for each. Where outlines exist for a level, a territory must have
    /// one or name another by its column <c>ubigeo_mapa_YEAR</c>.
    /// </summary>
    public IEnumerable<Territory> Finished(IReadOnlyList<OutlineSet> outlines) =>
        rows.Values.Select(row => row.Territory with
        {
            DrawnAs = outlines.FirstOrDefault(o => o.Level == row.Territory.Level) is { } set ? DrawnAs(row, set.Year, set.Has).Code : null,
        });

    public void CheckDrawn(Level level, int? year, Func<string, bool> drawn)
    {
        foreach (var row in rows.Values.Where(r => r.Territory.Level == level))
        {
            var (code, cell) = DrawnAs(row, year, drawn);
            if (code is not null) continue;
            if (cell is { } other) faults.Add(row.File, other.Place, PackFaults.DrawnAsUnknown, row.Territory.Code, other.Text);
            else faults.Add(row.File, row.Place, PackFaults.RowWithoutPolygon, row.Territory.Code);
        }
    }

    static (string? Code, CsvCell? Cell) DrawnAs(Row row, int? year, Func<string, bool> drawn)
    {
        if (year is { } y && row.DrawnAs.TryGetValue(y, out var cell) && cell.Text.Length > 0)
            return Ubigeo.TryNormalize(cell.Text, out var other) && drawn(other) ? (other, cell) : (null, cell);
        return (drawn(row.Territory.Code) ? row.Territory.Code : null, null);
    }

    /// <summary>The table, after the checks that every CSV file gets; null where its header is wrong.</summary>
    public CsvTable? Open(ManifestFile file, byte[] content)
    {
        var table = CsvTable.Read(file.Path, StrictText.Decode(file.Path, content, faults), faults);
        var right = true;
        for (var i = 0; i < Math.Max(file.Columns.Count, table.Header.Count); i++)
        {
            var expected = i < file.Columns.Count ? file.Columns[i] : null;
            CsvCell? found = i < table.Header.Count ? table.Header[i] : null;
            if (expected == found?.Text) continue;
            right = false;
            if (found is { } cell) faults.Add(file.Path, cell.Place, PackFaults.ColumnWrong, cell.Text, expected ?? "–");
            else faults.Add(file.Path, new(1, 1), PackFaults.ColumnMissing, expected!);
        }
        if (file.Rows is { } rowsExpected && table.RowCount != rowsExpected) faults.Add(file.Path, null, PackFaults.RowCount, $"{table.RowCount}", $"{rowsExpected}");
        return right ? table : null;
    }

    public string? Code(CsvCell cell, Level level, ManifestFile file)
    {
        if (level == Level.District ? Ubigeo.TryNormalize(cell.Text, out var code) : Levels.OfCode(code = cell.Text) == level) return code;
        faults.Add(file.Path, cell.Place, PackFaults.CodeLength, cell.Text, $"{level.CodeLength()}");
        return null;
    }

    public int? Year(CsvCell cell, ManifestFile file)
    {
        if (int.TryParse(cell.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is >= 1900 and <= 2200) return year;
        faults.Add(file.Path, cell.Place, PackFaults.NotANumber, "anio", cell.Text);
        return null;
    }

    /// <summary>The number in a cell; null where it is missing (empty, or the <c>NaN</c> that statistics programs write), or faulty.</summary>
    public decimal? Number(CsvCell cell, IndicatorColumn column, ManifestFile file)
    {
        if (cell.Text is "" or "NaN") return null;
        if (!PackReader.TryNumber(cell.Text, out var value))
        {
            faults.Add(file.Path, cell.Place, PackFaults.NotANumber, column.Column, cell.Text);
            return null;
        }
        var right = column.Kind switch
        {
            IndicatorKind.Count => value is >= 0 and <= 1_000_000_000_000_000m && value == Math.Floor(value),
            IndicatorKind.Percent => value is >= 0 and <= 100,
            _ => Math.Abs(value) <= 1_000_000_000_000_000m,
        };
        if (right) return value;
        faults.Add(file.Path, cell.Place, PackFaults.OutOfRange, column.Column, cell.Text);
        return null;
    }

    double? Degrees(CsvCell cell, int most, ManifestFile file)
    {
        if (cell.Text.Length == 0) return null;
        if (!PackReader.TryNumber(cell.Text, out var value))
        {
            faults.Add(file.Path, cell.Place, PackFaults.NotANumber, most == 90 ? "latitud" : "longitud", cell.Text);
            return null;
        }
        if (Math.Abs(value) <= most) return (double)value;
        faults.Add(file.Path, cell.Place, PackFaults.OutOfRange, most == 90 ? "latitud" : "longitud", cell.Text);
        return null;
    }

    static List<(IndicatorColumn Column, int Index, Dictionary<string, decimal> Read)> ValueColumns(CsvTable table, ManifestFile file, IReadOnlyList<IndicatorColumn> known)
    {
        var found = new List<(IndicatorColumn, int, Dictionary<string, decimal>)>();
        foreach (var column in file.Indicators.Concat(known.Where(k => file.Indicators.All(i => i.Column != k.Column))))
            if (table.Find(column.Column) is { } index) found.Add((column, index, []));
        return found;
    }

    static Indicator Described(IndicatorColumn column, ManifestFile file, Level level, int? year, IReadOnlyDictionary<string, decimal> values) =>
        new(column.Key, column.Name, column.Unit, year, column.Kind, level)
        {
            NameEn = column.NameEn,
            UnitEn = column.UnitEn,
            Source = file.Source,
            Attribution = file.Attribution,
            Licence = file.Licence,
            Values = values,
        };
}
