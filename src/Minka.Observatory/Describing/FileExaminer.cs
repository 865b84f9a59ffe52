using System.Buffers;
using System.Runtime.InteropServices;
using Minka.Observatory.Importing;
using Minka.Observatory.Tables;

namespace Minka.Observatory.Describing;

/// <summary>Describes a file row by row, so that whoever reads it for another purpose need not read it twice.</summary>
/// <param name="file">The file, at its beginning.</param>
/// <param name="sheet">Which sheet of a workbook it is, from 0.</param>
/// <param name="mapping">How a file that nobody published is read.</param>
/// <param name="isNamed">Whether somebody named the sheet, so that those before it were not looked at.</param>
internal sealed class FileExaminer(TableFile file, int sheet, ColumnMapping? mapping = null, bool isNamed = false)
{
    /// <summary>Rows looked at before the headings are given up.</summary>
    private const int HeadingsWithin = 30;

    private static readonly SearchValues<char> Hexadecimal = SearchValues.Create("0123456789abcdefABCDEF");

    private static readonly SearchValues<char> Suspects = SearchValues.Create("\n\r\t\uFFFD_ÃÂ*");

    private static readonly (NumberTraits Trait, string Code)[] Traits =
    [
        (NumberTraits.Exponent, "amount-exponent"), (NumberTraits.ExcessDecimals, "amount-decimals"), (NumberTraits.CommaThousands, "amount-thousands"),
        (NumberTraits.DecimalComma, "amount-comma"), (NumberTraits.Dash, "amount-dash"), (NumberTraits.ByHand, "amount-by-hand"),
    ];

    private readonly Dictionary<string, (long Count, long Line, string? Example)> _traps = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ProjectSeen> _projects = new(StringComparer.Ordinal);
    private readonly HashSet<long> _numbered = [];
    private readonly HashSet<UInt128> _rows = [];
    private readonly SortedDictionary<string, (decimal Budget, decimal Accrued)> _byYear = new(StringComparer.Ordinal);
    private readonly List<string> _above = [];
    private FileKind? _kind;
    private string[] _columns = [];
    private string[] _plain = [];
    private int[] _amounts = [];
    private (bool Has, long Minor)[] _read = [];
    private (int Code, int Amount, int Ubigeo, int Type, int Place, int Department, int Name, int Registered, int Viable) _at;
    private (int Beneficiaries, int Alternative, int Progress, int Transfer, int Counterpart, int Year, int Accrued) _also;
    private string _yearText = "";
    private Int128 _yearBudget;
    private Int128 _yearAccrued;
    private long _rowCount;
    private long _distinct;
    private long _padded;
    private long _nonDistrict;
    private Int128 _total;
    private Int128 _overRows;
    private Int128 _ofProjects;

    /// <summary>The kind, after <see cref="FindHeadings"/>.</summary>
    public FileKind Kind => _kind!;

    /// <summary>Headings as they stand.</summary>
    public IReadOnlyList<string> Columns => _columns;

    /// <summary>Plain headings, as kinds and aliases know them.</summary>
    public IReadOnlyList<string> Plain => _plain;

    /// <summary>What stood above the headings, row by row.</summary>
    public IReadOnlyList<string> Above => _above;

    /// <summary>Data rows so far.</summary>
    public long Rows => _rowCount;

    /// <summary>Looks at a row.</summary>
    /// <param name="row">The row.</param>
    /// <returns>False if it holds no data: an empty line, or a row of a page's layout.</returns>
    public bool Take(TableRow row)
    {
        if (row.Count <= 1 && row.Whole.IsWhiteSpace())
            return false;
        var width = _columns.Length;
        if (file.Container == "html" && row.Count < width)
            return false;
        _rowCount++;
        if (row.Count != width && file.Container == "csv")
            Trap("row-width", row.Line, $"{row.Count}/{width}");
        Cells(row);

        for (var i = 0; i < _amounts.Length; i++)
            _read[i] = AmountTraps(row, _amounts[i]);
        var (hasAmount, minor) = Amount(row, _at.Amount);
        if (hasAmount)
            _overRows += minor;
        else if (_at.Amount >= 0 && !row[_at.Amount].IsWhiteSpace())
            Trap("amount-unreadable", row.Line, row[_at.Amount].ToString());
        if (_also.Year >= 0 && _kind!.Rule == AmountRule.EveryRow)
            Year(row, hasAmount ? minor : 0);
        var key = _at.Code < 0 ? default : CodeOf(row, _at.Code);
        if (_at.Code >= 0 && (_at.Type < 0 || row[_at.Type].Trim() is "2"))
            Project(row, key, hasAmount, minor);
        if (_at.Ubigeo >= 0)
            Place(row, _at.Ubigeo);
        if (_at.Place >= 0 && row[_at.Place].Trim() is "- TODOS -" or "-MUL.DEP-" or "-MUL.PROV-" or "-MUL.DIS-")
            Trap("place-several", row.Line, row[_at.Place].ToString());
        if (_at.Department >= 0 && row[_at.Department].Trim() is "-MUL.DEP-")
            Trap("department-several", row.Line, null);
        if (_at.Name >= 0 && row[_at.Name] is { Length: > 0 } text && (char.IsWhiteSpace(text[0]) || char.IsWhiteSpace(text[^1])))
            Trap("name-spaces", row.Line, null);
        if (_at.Viable >= 0)
            Dates(row, _at.Registered, _at.Viable);
        if (_also.Beneficiaries >= 0 && row[_also.Beneficiaries].Trim() is "" or "0" or "0.0")
            Trap(row[_also.Beneficiaries].IsWhiteSpace() ? "beneficiaries-empty" : "beneficiaries-zero", row.Line, null);
        if (_also.Alternative >= 0 && row[_also.Alternative].Length is 4_000)
            Trap("text-cut", row.Line, null);
        if (_also.Progress >= 0 && SpendNumber.TryParse(row[_also.Progress], out var percent, out _) && percent > 100_00)
            Trap("progress-over-100", row.Line, row[_also.Progress].ToString());
        if (_also.Transfer >= 0 && _also.Counterpart >= 0 && hasAmount
            && Amount(row, _also.Transfer) is (true, var given) && Amount(row, _also.Counterpart) is (true, var own) && minor != given + own)
            Trap("parts-differ", row.Line, key.ToString());
        // Movements may be alike; a project in a place is told once.
        if (_kind!.Rule == AmountRule.OncePerProject && !_rows.Add(Fingerprint(row)))
            Trap("row-twice", row.Line, null);
        return true;
    }

    /// <summary>What was found.</summary>
    /// <param name="lastLine">Line of the last row.</param>
    public FileDescription Finish(long lastLine)
    {
        KeepYear();
        if (file.Rows is CsvRows { EndedWithinQuotes: true })
            Trap("cut-off", lastLine, null);
        if (file.Rows is XlsxRows { Formulas: > 0 and var formulas })
            _traps["formulas"] = (formulas, 0, null);
        if (_kind?.Rule == AmountRule.OncePerProject)
        {
            var several = _projects.Values.Where(p => p.Rows > 1).ToList();
            if (several.Count > 0)
                _traps["project-several-rows"] = (several.Count, 0, several.Sum(p => p.Rows - 1L).ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        var money = _at.Amount >= 0 && _kind is not null;
        var total = _kind?.Rule == AmountRule.OncePerProject ? _total : _at.Code >= 0 ? _ofProjects : _overRows;
        return new FileDescription(
            _kind?.Name ?? "unknown", file.Container, file.Encoding, file.Delimiter, _columns, _rowCount, _at.Code >= 0 ? _distinct : null, _padded, _nonDistrict,
            money ? _columns[_at.Amount] : null, money ? _kind!.Rule : null, money ? (decimal)total : null, money ? (decimal)_overRows : null, _byYear,
            [.. _traps.Select(t => (Key: t.Key.Split('\n', 2), t.Value)).Select(t => new FileTrap(t.Key[0], t.Value.Count, t.Value.Line, t.Value.Example, t.Key.ElementAtOrDefault(1)))])
        {
            Sheet = (file.Rows as XlsxRows)?.Name,
        };
    }

    private void Resolve()
    {
        _at = (Column(_kind!.Code), AmountColumn(_kind), Column(["ubigeo"]), Column(["tipoactproy"]), Column(["distrito"]), Column(["departamento"]),
            Column(["nombredelainversion", "nombreinversion", "productoproyectonombre", "objeto"]), Column(["fechaderegistro", "fecharegistro"]), Column(["fechadeviabilidad", "fechaviabilidad"]));
        _also = (Column(["beneficiarios", "numhabitantesbenef"]), Column(["descripciondelaalternativa", "alternativa"]), Column(["avanceejecucion"]), Column(["vlrepasseconv"]), Column(["vlcontrapartidaconv"]),
            Column(["anoeje", "anio", "ano"]), Column(["montodevengadoanual", "montodevengado", "devengado"]));
        _amounts = [.. _plain.Select((p, i) => (p, i)).Where(c => c.p.StartsWith("monto", StringComparison.Ordinal) || c.p.StartsWith("costo", StringComparison.Ordinal) || c.p.StartsWith("vl", StringComparison.Ordinal) || c.p is "pia" or "pim" or "devengado" or "girado").Select(c => c.i)];
        _read = new (bool, long)[_amounts.Length];
    }

    private void Year(TableRow row, long budget)
    {
        var year = row[_also.Year].Trim();
        if (!year.SequenceEqual(_yearText))
        {
            KeepYear();
            _yearText = year.ToString();
        }

        _yearBudget += budget;
        _yearAccrued += Amount(row, _also.Accrued) is (true, var spent) ? spent : 0;
    }

    private void KeepYear()
    {
        if (_also.Year < 0 || _kind!.Rule != AmountRule.EveryRow || (_yearText.Length == 0 && _yearBudget == 0 && _yearAccrued == 0))
            return;
        var sums = _byYear.GetValueOrDefault(_yearText);
        _byYear[_yearText] = (sums.Budget + (decimal)_yearBudget, sums.Accrued + (decimal)_yearAccrued);
        (_yearBudget, _yearAccrued) = (0, 0);
    }

    private void Project(TableRow row, ReadOnlySpan<char> key, bool hasAmount, long minor)
    {
        if (key.IsEmpty)
        {
            Trap("code-empty", row.Line, null);
            return;
        }

        _ofProjects += hasAmount ? minor : 0;
        // Movements need only the number of codes; most are numbers, which take eight bytes each.
        if (_kind!.Rule == AmountRule.EveryRow && key.Length <= 18 && key[0] != '0' && !key.ContainsAnyExceptInRange('0', '9'))
        {
            if (_numbered.Add(long.Parse(key, System.Globalization.CultureInfo.InvariantCulture)))
                _distinct++;
            return;
        }

        ref var seen = ref CollectionsMarshal.GetValueRefOrAddDefault(_projects.GetAlternateLookup<ReadOnlySpan<char>>(), key, out var known);
        if (!known)
        {
            _distinct++;
            seen = new ProjectSeen { Rows = 1, HasAmount = hasAmount, Amount = minor };
            _total += hasAmount ? minor : 0;
            return;
        }

        seen.Rows++;
        if (!hasAmount)
            return;
        if (!seen.HasAmount)
        {
            (seen.HasAmount, seen.Amount) = (true, minor);
            _total += minor;
        }
        else if (_kind.Rule == AmountRule.OncePerProject && seen.Amount != minor && !seen.Disagrees)
        {
            seen.Disagrees = true;
            Trap("amount-disagrees", row.Line, key.ToString());
        }
    }

    /// <summary>128 bits of all cells; good against chance, not against intent, which a count of equal rows does not need.</summary>
    private static UInt128 Fingerprint(TableRow row)
    {
        var bytes = MemoryMarshal.AsBytes(row.Whole);
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        ulong a = 0x9E3779B97F4A7C15, b = 0xC2B2AE3D27D4EB4F ^ (ulong)bytes.Length;
        unchecked
        {
            foreach (var word in words)
                Mix(word);
            foreach (var rest in bytes[(words.Length * 8)..])
                Mix(rest);
        }

        return new UInt128(a, b);

        void Mix(ulong word)
        {
            unchecked
            {
                var high = Math.BigMul(a ^ word, 0xA0761D6478BD642F, out var low);
                a = high ^ low;
                b = (ulong.RotateLeft(b, 29) + word) * 0xE7037ED1A0B428DB;
            }
        }
    }

    /// <summary>Reads up to the row of headings.</summary>
    /// <param name="row">A row to fill.</param>
    /// <exception cref="TableFault">No kind fits, or no row has all columns of the mapping.</exception>
    public void FindHeadings(TableRow row)
    {
        string[]? first = null;
        string[] widest = [];
        for (var i = 0; i < HeadingsWithin && file.Rows.Read(row); i++)
        {
            string[] cells = [.. Enumerable.Range(0, row.Count).Select(c => row[c].ToString())];
            if (cells.All(string.IsNullOrWhiteSpace))
                continue;
            first ??= cells;
            if (FilePreview.Words(cells) > FilePreview.Words(widest))
                widest = cells;
            if (Recognise(cells) is not { } found)
            {
                _above.Add(string.Join(' ', cells.Where(c => !string.IsNullOrWhiteSpace(c))));
                continue;
            }

            (_kind, _columns, _plain) = (found.Kind, cells, found.Plain);
            if (first != cells)
                Trap("rows-above-headings", row.Line, null);
            break;
        }

        if (_kind is null)
        {
            // The rows looked at are not described again: a file that nobody knows gets what are probably its headings and a plain word.
            (_columns, _plain) = (widest, [.. widest.Select(FileKind.Plain)]);
            throw mapping is null
                ? new TableFault("kind-unknown", string.Join(", ", _columns.Take(12)))
                : new TableFault("mapping-columns", string.Join(", ", mapping.Columns.Keys.Except(_plain)), string.Join(", ", _columns.Take(12)));
        }

        // Sheets before one that was looked for hold no such table; the others nobody has looked at.
        if (file.Rows is XlsxRows book && book.Names.Index().Where(n => isNamed ? n.Index != sheet : n.Index > sheet).Select(n => n.Item).ToList() is { Count: > 0 } unread)
            _traps["sheets-unread"] = (unread.Count, 0, string.Join(", ", unread));
        if (sheet > 0)
            _traps["sheet-other"] = (1, 0, ((XlsxRows)file.Rows).Name);
        if (file.HasByteOrderMark)
            _traps["byte-order-mark"] = (1, 1, null);
        if (file.Encoding == "latin-1")
            _traps["latin-1"] = (1, 0, null);
        if (file.Delimiter is { } delimiter and not ',')
            _traps["delimiter"] = (1, 1, delimiter == '\t' ? "tab" : delimiter.ToString());
        if (file.Container == "html")
            _traps["html-as-spreadsheet"] = (1, 0, null);
        if (file.Packing is { } packing)
            _traps["packed"] = (1, 0, packing);
        if (_columns.Where(c => c.Length > 0 && (char.IsWhiteSpace(c[0]) || char.IsWhiteSpace(c[^1]))).ToList() is { Count: > 0 } spaced)
            _traps["heading-spaces"] = (spaced.Count, 1, string.Join(",", spaced.Take(5)));
        if (_plain.GroupBy(p => p).Where(g => g.Key.Length > 0 && g.Count() > 1).Select(g => g.Key).ToList() is { Count: > 0 } twice)
            _traps["heading-twice"] = (twice.Count, 1, string.Join(", ", twice));
        if (_kind.Expected is { } expected && expected != _columns.Length)
            _traps["columns-other"] = (_columns.Length, 1, $"{_columns.Length}/{expected}");
        // Columns that name persons never go further than their heading.
        if (_plain.Where(FileKind.NamesPersons).ToList() is { Count: > 0 } persons)
            _traps["persons-dropped"] = (persons.Count, 1, string.Join(", ", persons));
        if (_kind.Rule == AmountRule.OncePerProject && Column(["ubigeo"]) < 0 && _kind.Name != "convenios-brasil")
            _traps["column-missing"] = (1, 1, "UBIGEO");
        Resolve();
    }

    private (FileKind Kind, string[] Plain)? Recognise(IReadOnlyList<string> cells)
    {
        if (mapping is not null)
            return mapping.Headings(cells) is { } mapped ? (mapping.Kind, mapped) : null;
        string[] plain = [.. cells.Select(FileKind.Plain)];
        return FileKind.Of(plain) is { } kind ? (kind, plain) : null;
    }

    // A list of investments without the cost of viability is added up by the updated one.
    private int AmountColumn(FileKind kind) => Column(kind.Amount) is >= 0 and var at ? at : kind.Rule == AmountRule.OncePerProject && kind.Amount.Contains("montoviable") ? Column(["costoactualizado"]) : -1;

    private int Column(IReadOnlyList<string> aliases) => Array.FindIndex(_plain, aliases.Contains);

    /// <summary>Without the point and zero that spreadsheets add to whole numbers.</summary>
    private ReadOnlySpan<char> CodeOf(TableRow row, int column)
    {
        var code = row[column].Trim();
        if (!code.EndsWith(".0", StringComparison.Ordinal))
            return code;
        Trap("code-with-decimals", row.Line, code.ToString());
        return code[..^2];
    }

    private void Cells(TableRow row)
    {
        // Most rows hold none of the signs of which a trap is made, not even among what parts their cells.
        if (!row.Raw.ContainsAny(Suspects))
            return;
        var whole = row.Whole;
        if (!whole.ContainsAny(Suspects))
            return;
        if (whole.IndexOfAny('\n', '\r') >= 0)
            Trap("line-break", row.Line, null);
        if (whole.Contains('\t'))
            Trap("tab", row.Line, null);
        if (whole.Contains('\uFFFD'))
            Trap("bytes-lost", row.Line, null);
        var escape = whole.IndexOf("_x", StringComparison.Ordinal);
        if (escape >= 0 && whole.Length >= escape + 7 && whole[escape + 6] == '_' && !whole.Slice(escape + 2, 4).ContainsAnyExcept(Hexadecimal))
            Trap("escaped-sign", row.Line, whole.Slice(escape, 7).ToString());
        // UTF-8 that was read as Latin-1: Ã or Â before a sign that seldom follows them.
        var at = whole.IndexOfAny('Ã', 'Â');
        while (at >= 0 && at + 1 < whole.Length)
        {
            if (whole[at + 1] is (>= '\u0080' and <= '\u00BF') or '‘' or '’' or '“' or '”' or '±' or '–' or '—' or '‰' or 'œ' or 'š')
            {
                Trap("mojibake", row.Line, whole.Slice(at, 2).ToString());
                break;
            }

            var next = whole[(at + 1)..].IndexOfAny('Ã', 'Â');
            at = next < 0 ? -1 : at + 1 + next;
        }

        if (whole.Contains("***", StringComparison.Ordinal))
            Trap("unknown-stars", row.Line, null);
    }

    /// <summary>An amount of the row that was taken last, in céntimos; false for a cell without one.</summary>
    public (bool Has, long Minor) Amount(TableRow row, int column)
    {
        var known = _amounts.AsSpan().IndexOf(column);
        return known >= 0 ? _read[known] : Read(row[column]);
    }

    private (bool Has, long Minor) Read(ReadOnlySpan<char> cell) =>
        (mapping is null ? SpendNumber.TryParse(cell, out var minor, out _) : mapping.TryAmount(cell, out minor), minor);

    private (bool Has, long Minor) AmountTraps(TableRow row, int column)
    {
        var has = SpendNumber.TryParse(row[column], out var minor, out var traits);
        if (mapping is not null)
            (has, minor) = Read(row[column]);
        if (has && traits != NumberTraits.None)
        {
            foreach (var (trait, code) in Traits)
            {
                // Spreadsheets write great and broken numbers so by their format.
                if (traits.HasFlag(trait) && !(trait == NumberTraits.Exponent && file.Container == "xlsx"))
                    Trap($"{code}\n{_columns[column].Trim()}", row.Line, row[column].Trim().ToString());
            }
        }

        if (minor < 0)
            Trap($"amount-negative\n{_columns[column].Trim()}", row.Line, row[column].ToString());
        return (has, minor);
    }

    private void Place(TableRow row, int column)
    {
        var code = row[column].Trim();
        if (code.EndsWith(".0", StringComparison.Ordinal))
        {
            Trap("ubigeo-with-decimals", row.Line, code.ToString());
            code = code[..^2];
        }

        if (code.IsEmpty)
        {
            Trap("ubigeo-empty", row.Line, null);
            return;
        }

        if (code.Length is < 5 or > 6 || code.ContainsAnyExceptInRange('0', '9'))
        {
            _nonDistrict++;
            Trap("ubigeo-cut", row.Line, code.ToString());
            return;
        }

        if (code.Length == 5)
        {
            _padded++;
            Trap("ubigeo-padded", row.Line, code.ToString());
        }

        if (!code.EndsWith("00", StringComparison.Ordinal))
            return;
        _nonDistrict++;
        Trap(code.EndsWith("0000", StringComparison.Ordinal) ? "ubigeo-department" : "ubigeo-province", row.Line, code.ToString());
    }

    private void Dates(TableRow row, int registered, int viable)
    {
        if (row[viable].IsWhiteSpace())
        {
            Trap("viability-empty", row.Line, null);
            return;
        }

        var (one, two) = (DateOf(row[registered]), DateOf(row[viable]));
        if (two is { Text: true })
            Trap("date-text", row.Line, row[viable].ToString());
        if (one is { } a && two is { } b && b.Day < a.Day)
            Trap("viability-before", row.Line, $"{row[viable]} < {row[registered]}");
    }

    private static (int Day, bool Text)? DateOf(ReadOnlySpan<char> text)
    {
        var t = text.Trim();
        if (t.Length >= 10 && t[4] == '-' && DateOnly.TryParseExact(t[..10], "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out var iso))
            return (iso.DayNumber, false);
        return DateOnly.TryParseExact(t, "d/M/yyyy", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out var day) ? (day.DayNumber, true) : null;
    }

    private void Trap(string code, long line, string? example)
    {
        ref var trap = ref CollectionsMarshal.GetValueRefOrAddDefault(_traps, code, out var known);
        trap = known ? trap with { Count = trap.Count + 1 } : (1, line, example is { Length: > 80 } ? example[..80] : example);
    }

    private struct ProjectSeen
    {
        public long Amount;
        public int Rows;
        public bool HasAmount;
        public bool Disagrees;
    }
}
