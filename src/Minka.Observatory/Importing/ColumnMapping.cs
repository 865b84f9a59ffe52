using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Minka.Observatory.Describing;
using Minka.Observatory.Tables;

namespace Minka.Observatory.Importing;

/// <summary>A mapping file is faulty.</summary>
/// <param name="code">A code for the language files.</param>
/// <param name="place">The member it is about.</param>
public sealed class MappingFault(string code, string place) : Exception($"{code}: {place}")
{
    /// <summary>A code for the language files.</summary>
    public string Code { get; } = code;

    /// <summary>The member it is about.</summary>
    public string Place { get; } = place;
}

/// <summary>
/// How a file that no ministry published is read: <c>{"kind": "gasto-mensual", "columns": {"MONTO_PIM": "Presupuesto"}, "unit": 1000000,
/// "decimal": ",", "year": 2020, "encoding": "cp850", "delimiter": ";", "sheet": "2020", "others": false}</c>. Columns are named on the left as the published file of
/// that kind names them, on the right as the file does.
/// </summary>
/// <param name="Kind">The published kind that the file is read as.</param>
/// <param name="Columns">Plain heading of the file → plain heading of the kind.</param>
/// <param name="Unit">Soles in one unit of the file.</param>
/// <param name="Decimal">What parts decimals; <see langword="null"/> to know it from each number.</param>
/// <param name="Year">The year of all rows, where no column says it.</param>
/// <param name="Form">How its text is to be read.</param>
/// <param name="Others">Whether columns that the mapping does not name are read where their heading is one that the kind knows.</param>
public sealed record ColumnMapping(FileKind Kind, IReadOnlyDictionary<string, string> Columns, decimal Unit, char? Decimal, int? Year, TextForm Form, bool Others)
{
    private static readonly JsonSerializerOptions Written = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Name of the sheet of a workbook; <see langword="null"/> for the first that has the columns.</summary>
    public string? Sheet { get; init; }

    /// <summary>Reads a mapping.</summary>
    /// <param name="json">Its text.</param>
    /// <exception cref="MappingFault">It is no JSON, or a member is missing or unknown.</exception>
    public static ColumnMapping Parse(string json)
    {
        JsonElement root;
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            root = document.RootElement.Clone();
        }
        catch (JsonException e)
        {
            throw new MappingFault("mapping-broken", $"{(e.LineNumber ?? 0) + 1}");
        }

        if (root.ValueKind != JsonValueKind.Object)
            throw new MappingFault("mapping-broken", "1");
        if (root.EnumerateObject().FirstOrDefault(p => p.Name is not ("kind" or "columns" or "unit" or "decimal" or "year" or "encoding" or "delimiter" or "sheet" or "others")) is { Value.ValueKind: not JsonValueKind.Undefined } unknown)
            throw new MappingFault("mapping-member", unknown.Name);
        var kindName = root.TryGetProperty("kind", out var named) && named.ValueKind == JsonValueKind.String ? named.GetString() : null;
        var kind = FileKind.All.FirstOrDefault(k => k.Name == kindName) ?? throw new MappingFault("mapping-kind", string.Join(", ", FileKind.All.Select(k => k.Name)));
        if (!root.TryGetProperty("columns", out var columns) || columns.ValueKind != JsonValueKind.Object || !columns.EnumerateObject().Any())
            throw new MappingFault("mapping-member", "columns");
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var column in columns.EnumerateObject())
        {
            if (column.Value.ValueKind != JsonValueKind.String || !map.TryAdd(FileKind.Plain(column.Value.GetString()!), FileKind.Plain(column.Name)))
                throw new MappingFault("mapping-column", column.Name);
        }

        var unit = 1m;
        if (root.TryGetProperty("unit", out var u) && (u.ValueKind != JsonValueKind.Number || !u.TryGetDecimal(out unit) || unit <= 0 || unit > 1_000_000_000m))
            throw new MappingFault("mapping-member", "unit");
        char? point = null;
        if (root.TryGetProperty("decimal", out var d))
            point = d.ValueKind == JsonValueKind.String && d.GetString() is { Length: 1 } sign && sign is "," or "." ? sign[0] : throw new MappingFault("mapping-member", "decimal");
        int? year = null;
        if (root.TryGetProperty("year", out var y))
            year = y.ValueKind == JsonValueKind.Number && y.TryGetInt32(out var number) && number is >= 1900 and <= 2200 ? number : throw new MappingFault("mapping-member", "year");
        string? encoding = null;
        if (root.TryGetProperty("encoding", out var n))
            encoding = n.ValueKind == JsonValueKind.String && TextForm.Encodings.Contains(n.GetString()) ? n.GetString() : throw new MappingFault("mapping-member", "encoding");
        char? delimiter = null;
        if (root.TryGetProperty("delimiter", out var l))
            delimiter = l.ValueKind == JsonValueKind.String && l.GetString() is { Length: 1 } part && TextForm.Delimiters.Contains(part[0], StringComparison.Ordinal) ? part[0] : throw new MappingFault("mapping-member", "delimiter");
        string? sheet = null;
        if (root.TryGetProperty("sheet", out var w))
            sheet = w.ValueKind == JsonValueKind.String && w.GetString() is { } tab && !string.IsNullOrWhiteSpace(tab) ? tab : throw new MappingFault("mapping-member", "sheet");
        var others = true;
        if (root.TryGetProperty("others", out var o))
            others = o.ValueKind is JsonValueKind.True or JsonValueKind.False ? o.GetBoolean() : throw new MappingFault("mapping-member", "others");
        return new ColumnMapping(kind, map, unit, point, year, new TextForm(encoding, delimiter), others) { Sheet = sheet };
    }

    /// <summary>The mapping as <see cref="Parse"/> takes it; headings are told in their plain form.</summary>
    public string ToJson()
    {
        var json = new JsonObject { ["kind"] = Kind.Name, ["columns"] = new JsonObject(Columns.Select(c => KeyValuePair.Create(c.Value, (JsonNode?)c.Key))) };
        if (Unit != 1)
            json["unit"] = Unit;
        if (Decimal is { } point)
            json["decimal"] = point.ToString();
        if (Year is { } year)
            json["year"] = year;
        if (Form.Encoding is { } encoding)
            json["encoding"] = encoding;
        if (Form.Delimiter is { } delimiter)
            json["delimiter"] = delimiter.ToString();
        if (Sheet is { } sheet)
            json["sheet"] = sheet;
        if (!Others)
            json["others"] = false;
        return json.ToJsonString(Written);
    }

    /// <summary>The plain headings of the kind for a row of headings; <see langword="null"/> if a mapped column is missing.</summary>
    /// <param name="cells">Headings as they stand.</param>
    internal string[]? Headings(IReadOnlyList<string> cells)
    {
        string[] plain = [.. cells.Select(FileKind.Plain)];
        if (!Columns.Keys.All(plain.Contains))
            return null;
        return [.. plain.Select(p => Columns.GetValueOrDefault(p, Others || FileKind.NamesPersons(p) ? p : ""))];
    }

    /// <summary>An amount by the signs and the unit of the file.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="minor">Céntimos.</param>
    internal bool TryAmount(ReadOnlySpan<char> cell, out long minor)
    {
        minor = 0;
        bool read;
        if (Decimal is { } point && cell.Length <= 60)
        {
            Span<char> plain = stackalloc char[cell.Length];
            var length = 0;
            foreach (var c in cell)
            {
                if (c == (point == ',' ? '.' : ','))
                    continue;
                plain[length++] = c == ',' ? '.' : c;
            }

            read = Scaled(plain[..length], out minor);
        }
        else
        {
            read = Scaled(cell, out minor);
        }

        return read;
    }

    private bool Scaled(ReadOnlySpan<char> cell, out long minor)
    {
        if (Unit == 1)
            return SpendNumber.TryParse(cell, out minor, out _);
        minor = 0;
        // Millions with two decimals are whole after scaling, so scale before rounding.
        if (!SpendNumber.TryParseExact(cell, out var value))
            return false;
        var scaled = value * Unit * 100;
        if (Math.Abs(scaled) > 9_000_000_000_000_000_000m)
            return false;
        minor = (long)decimal.Round(scaled, MidpointRounding.AwayFromZero);
        return true;
    }
}
