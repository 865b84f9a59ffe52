using System.Buffers;
using System.Runtime.InteropServices;
using Minka.Observatory.Tables;

namespace Minka.Observatory.Describing;

/// <summary>Something that would mislead a hasty reader of the file.</summary>
/// <param name="Code">A code for the language files.</param>
/// <param name="Count">How often; the code says of what.</param>
/// <param name="Line">Where it was met first, from 1; 0 for the file as a whole.</param>
/// <param name="Example">What was met there, or names of columns.</param>
/// <param name="Column">Heading of the column, where it is a matter of one amount among several.</param>
public sealed record FileTrap(string Code, long Count, long Line, string? Example, string? Column = null);

/// <summary>What a file of public spending holds, and every trap met in it.</summary>
/// <param name="Kind">Its kind by its headings; <c>unknown</c> if none fits.</param>
/// <param name="Container"><c>csv</c>, <c>xlsx</c>, <c>html</c>.</param>
/// <param name="Encoding">Of text.</param>
/// <param name="Delimiter">Of text.</param>
/// <param name="Columns">Headings as they stand.</param>
/// <param name="Rows">Data rows.</param>
/// <param name="Projects">Distinct codes that are not empty; <see langword="null"/> without such a column.</param>
/// <param name="UbigeoPadded">Rows whose code of a place had lost its leading zero.</param>
/// <param name="NonDistrict">Rows whose code of a place is that of a province or a department, or is cut off.</param>
/// <param name="AmountColumn">Heading of the amount.</param>
/// <param name="Rule">How amounts are added.</param>
/// <param name="AmountTotal">In céntimos: one amount a project, rows without code left out; of movements, all rows of projects (of all rows, where the file has no projects). <see langword="null"/> without amounts.</param>
/// <param name="AmountOverRows">In céntimos: all rows, which counts a project in several places several times.</param>
/// <param name="ByYear">Of a file with years: budget and accrued spending of each, in céntimos.</param>
/// <param name="Traps">Every trap met.</param>
public sealed record FileDescription(
    string Kind, string Container, string? Encoding, char? Delimiter, IReadOnlyList<string> Columns, long Rows, long? Projects, long UbigeoPadded, long NonDistrict,
    string? AmountColumn, AmountRule? Rule, decimal? AmountTotal, decimal? AmountOverRows, IReadOnlyDictionary<string, (decimal Budget, decimal Accrued)> ByYear, IReadOnlyList<FileTrap> Traps)
{
    /// <summary>Rows looked at before the headings are given up.</summary>
    private const int HeadingsWithin = 30;

    /// <summary>Describes a file.</summary>
    /// <param name="path">Text, workbook or page, also packed.</param>
    /// <remarks>One pass; memory grows with the distinct codes and rows, sixteen bytes a row.</remarks>
    /// <exception cref="TableFault">It is no table, breaks off, or is refused.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static FileDescription Of(string path)
    {
        for (var sheet = 0; ; sheet++)
        {
            using var file = TableFile.Open(path, sheet);
            try
            {
                return new Describer(file, sheet).Describe();
            }
            catch (TableFault fault) when (fault.Code == "kind-unknown" && file.Rows is XlsxRows rows && sheet + 1 < rows.Sheets)
            {
                // The data may stand behind a cover sheet.
            }
        }
    }

    private sealed class Describer(TableFile file, int sheet)
    {
        private static readonly SearchValues<char> Hexadecimal = SearchValues.Create("0123456789abcdefABCDEF");

        private readonly Dictionary<string, (long Count, long Line, string? Example)> _traps = new(StringComparer.Ordinal);
        private readonly Dictionary<string, ProjectSeen> _projects = new(StringComparer.Ordinal);
        private readonly HashSet<UInt128> _rows = [];
        private FileKind? _kind;
        private string[] _columns = [];
        private string[] _plain = [];

        public FileDescription Describe()
        {
            var row = new TableRow();
            FindHeadings(row);
            var (code, amount, ubigeo) = (Column(_kind?.Code ?? []), Column(_kind?.Amount ?? []), Column(["ubigeo"]));
            var (type, place, department) = (Column(["tipoactproy"]), Column(["distrito"]), Column(["departamento"]));
            var name = Column(["nombredelainversion", "nombreinversion", "productoproyectonombre", "objeto"]);
            var (registered, viable) = (Column(["fechaderegistro", "fecharegistro"]), Column(["fechadeviabilidad", "fechaviabilidad"]));
            var (beneficiaries, alternative, progress) = (Column(["beneficiarios", "numhabitantesbenef"]), Column(["descripciondelaalternativa", "alternativa"]), Column(["avanceejecucion"]));
            int[] amounts = [.. _plain.Select((p, i) => (p, i)).Where(c => c.p.StartsWith("monto", StringComparison.Ordinal) || c.p.StartsWith("costo", StringComparison.Ordinal) || c.p.StartsWith("vl", StringComparison.Ordinal) || c.p is "pia" or "pim" or "devengado" or "girado").Select(c => c.i)];
            var (transfer, counterpart) = (Column(["vlrepasseconv"]), Column(["vlcontrapartidaconv"]));
            var (year, accrued) = (Column(["anoeje", "anio", "ano"]), Column(["montodevengadoanual", "montodevengado", "devengado"]));
            var byYear = new SortedDictionary<string, (decimal Budget, decimal Accrued)>(StringComparer.Ordinal);
            var projects = 0L;
            long rows = 0, padded = 0, nonDistrict = 0;
            decimal total = 0, overRows = 0, ofProjects = 0;
            var lookup = _projects.GetAlternateLookup<ReadOnlySpan<char>>();
            var width = _columns.Length;
            while (file.Rows.Read(row))
            {
                if (row.Whole.IsWhiteSpace() && row.Count <= 1)
                    continue;
                if (file.Container == "html" && row.Count < width)
                    continue;
                rows++;
                if (row.Count != width && file.Container == "csv")
                    Trap("row-width", row.Line, $"{row.Count}/{width}");
                Cells(row);

                var key = code < 0 ? default : CodeOf(row, code);
                var isProject = type < 0 || row[type].Trim() is "2";
                var hasAmount = SpendNumber.TryParse(row[amount], out var minor, out _);
                foreach (var column in amounts)
                    AmountTraps(row, column);
                if (hasAmount)
                    overRows += minor;
                else if (amount >= 0 && !row[amount].IsWhiteSpace())
                    Trap("amount-unreadable", row.Line, row[amount].ToString());
                if (year >= 0 && _kind!.Rule == AmountRule.EveryRow)
                {
                    var at = row[year].Trim().ToString();
                    var sums = byYear.GetValueOrDefault(at);
                    byYear[at] = (sums.Budget + (hasAmount ? minor : 0), sums.Accrued + (SpendNumber.TryParse(row[accrued], out var spent, out _) ? spent : 0));
                }

                if (code >= 0 && isProject)
                {
                    if (key.IsEmpty)
                    {
                        Trap("code-empty", row.Line, null);
                    }
                    else
                    {
                        ofProjects += hasAmount ? minor : 0;
                        ref var seen = ref CollectionsMarshal.GetValueRefOrAddDefault(lookup, key, out var known);
                        if (known)
                        {
                            seen.Rows++;
                            if (_kind!.Rule == AmountRule.OncePerProject && hasAmount)
                            {
                                if (!seen.HasAmount)
                                {
                                    (seen.HasAmount, seen.Amount) = (true, minor);
                                    total += minor;
                                }
                                else if (seen.Amount != minor && !seen.Disagrees)
                                {
                                    seen.Disagrees = true;
                                    Trap("amount-disagrees", row.Line, key.ToString());
                                }
                            }
                        }
                        else
                        {
                            projects++;
                            seen = new ProjectSeen { Rows = 1, HasAmount = hasAmount, Amount = minor };
                            if (_kind!.Rule == AmountRule.OncePerProject && hasAmount)
                                total += minor;
                        }
                    }
                }

                if (ubigeo >= 0)
                    Place(row, ubigeo, ref padded, ref nonDistrict);
                if (place >= 0 && row[place].Trim() is "- TODOS -" or "-MUL.DEP-" or "-MUL.PROV-" or "-MUL.DIS-")
                    Trap("place-several", row.Line, row[place].ToString());
                if (department >= 0 && row[department].Trim() is "-MUL.DEP-")
                    Trap("department-several", row.Line, null);
                if (name >= 0 && row[name] is { Length: > 0 } text && (char.IsWhiteSpace(text[0]) || char.IsWhiteSpace(text[^1])))
                    Trap("name-spaces", row.Line, null);
                if (viable >= 0)
                    Dates(row, registered, viable);
                if (beneficiaries >= 0 && row[beneficiaries].Trim() is "" or "0" or "0.0")
                    Trap(row[beneficiaries].IsWhiteSpace() ? "beneficiaries-empty" : "beneficiaries-zero", row.Line, null);
                if (alternative >= 0 && row[alternative].Length is 4_000)
                    Trap("text-cut", row.Line, null);
                if (progress >= 0 && SpendNumber.TryParse(row[progress], out var percent, out _) && percent > 100_00)
                    Trap("progress-over-100", row.Line, row[progress].ToString());
                if (transfer >= 0 && counterpart >= 0 && hasAmount
                    && SpendNumber.TryParse(row[transfer], out var given, out _) && SpendNumber.TryParse(row[counterpart], out var own, out _) && minor != given + own)
                    Trap("parts-differ", row.Line, key.ToString());
                // Movements may be alike; a project in a place is told once.
                if (_kind!.Rule == AmountRule.OncePerProject && !_rows.Add(Fingerprint(row)))
                    Trap("row-twice", row.Line, null);
            }

            if (file.Rows is CsvRows { EndedWithinQuotes: true })
                Trap("cut-off", row.Line, null);
            if (file.Rows is XlsxRows { Formulas: > 0 and var formulas })
                _traps["formulas"] = (formulas, 0, null);
            if (_kind?.Rule == AmountRule.OncePerProject)
            {
                var several = _projects.Values.Where(p => p.Rows > 1).ToList();
                if (several.Count > 0)
                    _traps["project-several-rows"] = (several.Count, 0, several.Sum(p => p.Rows - 1L).ToString(System.Globalization.CultureInfo.InvariantCulture));
            }

            var money = amount >= 0 && _kind is not null;
            return new FileDescription(
                _kind?.Name ?? "unknown", file.Container, file.Encoding, file.Delimiter, _columns, rows, code >= 0 ? projects : null, padded, nonDistrict,
                money ? _columns[amount] : null, money ? _kind!.Rule : null, money ? (_kind!.Rule == AmountRule.OncePerProject ? total : code >= 0 ? ofProjects : overRows) : null, money ? overRows : null, byYear,
                [.. _traps.Select(t => (Key: t.Key.Split('\n', 2), t.Value)).Select(t => new FileTrap(t.Key[0], t.Value.Count, t.Value.Line, t.Value.Example, t.Key.ElementAtOrDefault(1)))]);
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

        private void FindHeadings(TableRow row)
        {
            string[]? first = null;
            for (var i = 0; i < HeadingsWithin && file.Rows.Read(row); i++)
            {
                string[] cells = [.. Enumerable.Range(0, row.Count).Select(c => row[c].ToString())];
                if (cells.All(string.IsNullOrWhiteSpace))
                    continue;
                first ??= cells;
                string[] plain = [.. cells.Select(FileKind.Plain)];
                if (FileKind.Of(plain) is not { } kind)
                    continue;
                (_kind, _columns, _plain) = (kind, cells, plain);
                if (first != cells)
                    Trap("rows-above-headings", row.Line, null);
                break;
            }

            if (_kind is null)
            {
                // The rows looked at are not described again: a file that nobody knows gets its headings and a plain word.
                (_columns, _plain) = (first ?? [], [.. (first ?? []).Select(FileKind.Plain)]);
                throw new TableFault("kind-unknown", string.Join(", ", _columns.Take(12)));
            }

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
            if (_plain.Where(p => p.StartsWith("responsable", StringComparison.Ordinal) || p is "nomeparlamentar" or "autor" or "beneficiarioemenda" or "nremenda").ToList() is { Count: > 0 } persons)
                _traps["persons-dropped"] = (persons.Count, 1, string.Join(", ", persons));
            if (_kind.Rule == AmountRule.OncePerProject && Column(["ubigeo"]) < 0 && _kind.Name != "convenios-brasil")
                _traps["column-missing"] = (1, 1, "UBIGEO");
        }

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
            var whole = row.Whole;
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

        private void AmountTraps(TableRow row, int column)
        {
            if (!SpendNumber.TryParse(row[column], out var minor, out var traits) || traits == NumberTraits.None)
            {
                if (minor < 0)
                    Trap($"amount-negative\n{_columns[column].Trim()}", row.Line, row[column].ToString());
                return;
            }

            foreach (var (trait, code) in new[]
            {
                (NumberTraits.Exponent, "amount-exponent"), (NumberTraits.ExcessDecimals, "amount-decimals"), (NumberTraits.CommaThousands, "amount-thousands"),
                (NumberTraits.DecimalComma, "amount-comma"), (NumberTraits.Dash, "amount-dash"),
            })
            {
                // Spreadsheets write great and broken numbers so by their format.
                if (traits.HasFlag(trait) && !(trait == NumberTraits.Exponent && file.Container == "xlsx"))
                    Trap($"{code}\n{_columns[column].Trim()}", row.Line, row[column].Trim().ToString());
            }

            if (minor < 0)
                Trap($"amount-negative\n{_columns[column].Trim()}", row.Line, row[column].ToString());
        }

        private void Place(TableRow row, int column, ref long padded, ref long nonDistrict)
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
                nonDistrict++;
                Trap("ubigeo-cut", row.Line, code.ToString());
                return;
            }

            if (code.Length == 5)
            {
                padded++;
                Trap("ubigeo-padded", row.Line, code.ToString());
            }

            if (!code.EndsWith("00", StringComparison.Ordinal))
                return;
            nonDistrict++;
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
}
