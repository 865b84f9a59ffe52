using System.Globalization;
using System.Text;
using Minka.Observatory.Describing;
using Minka.Observatory.Tables;

namespace Minka.Observatory.Packs;

/// <summary>A district of the list.</summary>
internal sealed record ListedDistrict
{
    public required string Code { get; init; }

    public required string Department { get; init; }

    public required string Province { get; init; }

    public required string Name { get; init; }

    public required string Capital { get; init; }

    public required string Category { get; init; }

    public required string Altitude { get; init; }

    public required long Population { get; init; }

    public required string Latitude { get; init; }

    public required string Longitude { get; init; }

    public string Reniec { get; init; } = "";

    public string Macroregion { get; init; } = "";

    public string Iso { get; init; } = "";

    public double? Area { get; init; }

    public double? Poverty { get; init; }

    public double? ExtremePoverty { get; init; }

    public double? Hdi { get; init; }

    public double? Vulnerability { get; init; }
}

/// <summary>The list of districts joined with its indicators, and its provinces and departments.</summary>
internal static class DistrictList
{
    public static List<ListedDistrict> Read(string list, string indicators)
    {
        var more = Rows(indicators, ["inei", "reniec", "macroregion_inei", "iso_3166_2", "superficie", "indice_vulnerabilidad_alimentaria", "idh_2019", "pct_pobreza_total", "pct_pobreza_extrema"])
            .Where(r => r[0] is not ("" or "NA"))
            .ToDictionary(r => Code(r[0], indicators), StringComparer.Ordinal);
        var districts = Rows(list, ["ubigeo", "departamento", "provincia", "distrito", "capital_legal", "categoría", "altitud", "población", "latitud", "longitud"])
            .Select(r =>
            {
                var code = Code(r[0], list);
                var known = more.GetValueOrDefault(code);
                return new ListedDistrict
                {
                    Code = code,
                    Department = r[1],
                    Province = r[2],
                    Name = r[3],
                    Capital = r[4],
                    Category = r[5],
                    Altitude = r[6],
                    Population = long.TryParse(r[7], NumberStyles.None, CultureInfo.InvariantCulture, out var people) ? people : throw new PackBuildFault("source-unreadable", Path.GetFileName(list), $"{code} población"),
                    Latitude = r[8],
                    Longitude = r[9],
                    Reniec = known?[1] is { } reniec && reniec != "NA" ? reniec : "",
                    Macroregion = known?[2] is { } region && region != "NA" ? region : "",
                    Iso = known?[3] ?? "",
                    Area = Number(known?[4]),
                    Vulnerability = Number(known?[5]),
                    Hdi = Number(known?[6]),
                    Poverty = Number(known?[7]),
                    ExtremePoverty = Number(known?[8]),
                };
            }).OrderBy(d => d.Code, StringComparer.Ordinal).ToList();
        return districts.Select(d => d.Code).Distinct(StringComparer.Ordinal).Count() == districts.Count ? districts : throw new PackBuildFault("source-unreadable", Path.GetFileName(list), "ubigeo");
    }

    public static double? Number(string? text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;

    public static string Shown(double? value, int decimals) => value is { } v ? Math.Round((decimal)v, decimals, MidpointRounding.ToEven).ToString("0." + new string('#', decimals), CultureInfo.InvariantCulture) : "";

    /// <summary>Mean of districts by population; of those that tell the figure.</summary>
    public static double? Mean(IReadOnlyCollection<ListedDistrict> of, Func<ListedDistrict, double?> figure)
    {
        var known = of.Where(d => figure(d) is not null && d.Population > 0).ToList();
        return known.Count == 0 ? null : known.Sum(d => figure(d)!.Value * d.Population) / known.Sum(d => d.Population);
    }

    public static string Csv(IEnumerable<IEnumerable<string>> rows)
    {
        var text = new StringBuilder();
        foreach (var row in rows)
            text.AppendJoin(',', row.Select(c => c.AsSpan().IndexOfAny(",\"\n\r") < 0 ? c : $"\"{c.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")).Append('\n');
        return text.ToString();
    }

    /// <summary>Rows of a table by the names of its columns.</summary>
    public static IEnumerable<string[]> Rows(string path, IReadOnlyList<string> columns)
    {
        TableFile file;
        try
        {
            file = TableFile.Open(path);
        }
        catch (TableFault fault)
        {
            throw new PackBuildFault("source-unreadable", Path.GetFileName(path), fault.Code);
        }

        using (file)
        {
            var row = new TableRow();
            if (!file.Rows.Read(row))
                throw new PackBuildFault("source-unreadable", Path.GetFileName(path), "empty");
            string[] heads = [.. Enumerable.Range(0, row.Count).Select(i => FileKind.Plain(row[i].ToString()))];
            int[] at = [.. columns.Select(c => Array.IndexOf(heads, FileKind.Plain(c)) is >= 0 and var i ? i : throw new PackBuildFault("source-unreadable", Path.GetFileName(path), c))];
            while (file.Rows.Read(row))
            {
                if (!row.Whole.IsWhiteSpace())
                    yield return [.. at.Select(i => row[i].Trim().ToString())];
            }
        }
    }

    private static string Code(string text, string file)
    {
        var code = text.EndsWith(".0", StringComparison.Ordinal) ? text[..^2] : text;
        return code.Length is 5 or 6 && code.All(char.IsAsciiDigit) ? code.PadLeft(6, '0') : throw new PackBuildFault("source-unreadable", Path.GetFileName(file), text);
    }
}
