using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Minka.Observatory.Describing;

namespace Minka.Observatory.Packs;

/// <summary>A pack that was built.</summary>
/// <param name="Folder">Its folder.</param>
/// <param name="AlreadyThere">Whether it had been built from the same recipe before, unchanged; then nothing was done.</param>
/// <param name="Files">Its files with their lengths.</param>
/// <param name="Notes">What a reader should know: districts drawn with another polygon, sources without geometry.</param>
public sealed record BuiltPack(string Folder, bool AlreadyThere, IReadOnlyList<(string Path, long Bytes)> Files, IReadOnlyList<string> Notes);

/// <summary>Makes a country pack from the original files of a recipe: joins, adds up, simplifies, writes manifest and notice. The same sources give the same bytes.</summary>
/// <param name="recipe">The recipe.</param>
public sealed class PackBuilder(PackRecipe recipe)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly List<string> _notes = [];

    /// <summary>Which sources a folder lacks, or holds in another version.</summary>
    /// <param name="folder">The folder.</param>
    public IReadOnlyList<(RecipeSource Source, bool Altered)> Lacking(string folder) =>
        [.. recipe.Sources.Select(s => (Source: s, Path: Path.Combine(folder, s.File))).Where(s => !SourceFetch.IsRight(s.Source, s.Path)).Select(s => (s.Source, File.Exists(s.Path)))];

    /// <summary>Whether a folder holds what this recipe makes, unchanged.</summary>
    /// <param name="folder">The folder.</param>
    public bool IsBuilt(string folder)
    {
        var path = Path.Combine(folder, "manifest.json");
        if (!File.Exists(path))
            return false;
        try
        {
            var manifest = JsonNode.Parse(File.ReadAllText(path));
            return manifest?["recipe"]?.GetValue<string>() == Digest() && manifest["files"]!.AsArray().All(f => Path.Combine(folder, f!["path"]!.GetValue<string>()) is var file && File.Exists(file) && Sha256(File.ReadAllBytes(file)) == f["sha256"]!.GetValue<string>());
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or NullReferenceException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Builds the pack beside its place; the caller checks it and moves it there by <see cref="Install"/>.</summary>
    /// <param name="sources">Folder of the original files.</param>
    /// <param name="folder">Where the pack is to lie.</param>
    /// <returns>Folder of the new pack, to be installed.</returns>
    /// <exception cref="PackBuildFault">A source is missing, altered or not as the recipe expects.</exception>
    public BuiltPack Build(string sources, string folder)
    {
        if (Lacking(sources) is [var (source, altered), ..])
            throw altered ? SourceFetch.WrongFile(source, Path.Combine(sources, source.File), sources) : new PackBuildFault("source-missing", source.File, sources);
        if (IsBuilt(folder))
            return new BuiltPack(folder, true, [], []);
        var next = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)) + ".next";
        if (Directory.Exists(next))
            Directory.Delete(next, recursive: true);
        Directory.CreateDirectory(next);
        var files = new JsonArray();
        string From(string key) => Path.Combine(sources, recipe.Source(key).File);
        var districts = DistrictList.Read(From(recipe.Territories.Districts), From(recipe.Territories.Indicators));
        var drawn = Outlines(sources, next, files, districts);
        Territories(next, files, districts, drawn);
        Budget(From(recipe.Budget.Source), next, files, districts);
        Write(next, "NOTICE.md", Notice());
        var manifest = new JsonObject
        {
            ["id"] = recipe.Id,
            ["name"] = recipe.Name,
            ["country"] = recipe.Country,
            ["language"] = recipe.Language,
            ["recipe"] = Digest(),
            ["format"] = "CSV: UTF-8, comma, LF, header row, empty = missing, codes are text. TopoJSON: EPSG:4326.",
            ["files"] = files,
        };
        Write(next, "manifest.json", manifest.ToJsonString(Indented) + "\n");
        return new BuiltPack(next, false, [.. Directory.EnumerateFiles(next).Order(StringComparer.Ordinal).Select(f => (Path.GetFileName(f), new FileInfo(f).Length))], [.. _notes, .. recipe.NotBuilt]);
    }

    /// <summary>Moves a new pack to its place; the one that lay there goes when the new one is there.</summary>
    /// <param name="next">The new pack.</param>
    /// <param name="folder">Its place.</param>
    public static void Install(string next, string folder)
    {
        folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        var old = folder + ".old";
        if (Directory.Exists(old))
            Directory.Delete(old, recursive: true);
        Directory.CreateDirectory(Path.GetDirectoryName(folder)!);
        if (Directory.Exists(folder))
            Directory.Move(folder, old);
        Directory.Move(next, folder);
        if (Directory.Exists(old))
            Directory.Delete(old, recursive: true);
    }

    /// <summary>Puts the pack of before back where <see cref="Install"/> was cut off between its two moves.</summary>
    /// <param name="folder">The place of the pack.</param>
    public static void Recover(string folder)
    {
        folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (!Directory.Exists(folder) && Directory.Exists(folder + ".old"))
            Directory.Move(folder + ".old", folder);
    }

    /// <summary>Writes the outlines; for each year the polygon that stands for each district.</summary>
    private Dictionary<int, Dictionary<string, string>> Outlines(string sources, string next, JsonArray files, List<ListedDistrict> districts)
    {
        var drawn = new Dictionary<int, Dictionary<string, string>>();
        var codes = districts.Select(d => d.Code).ToHashSet(StringComparer.Ordinal);
        foreach (var outline in recipe.Outlines)
        {
            var (read, without) = GeoShapes.Read(Path.Combine(sources, recipe.Source(outline.Source).File), outline.Code);
            var shapes = read.Select(s => s with { Code = outline.Recode.GetValueOrDefault(s.Code, s.Code) }).ToList();
            if (without > 0)
                _notes.Add($"{outline.Path}: {without} sin geometría en la fuente");
            if (outline.Level == "district")
            {
                foreach (var gone in shapes.Where(s => !codes.Contains(s.Code)).ToList())
                {
                    _notes.Add($"{outline.Path}: el polígono {gone.Code} no está en la lista de {recipe.Territories.Year} y se omite");
                    shapes.Remove(gone);
                }

                var places = Drawn(outline, shapes, districts);
                drawn[outline.Year!.Value] = places;
                _notes.Add($"{outline.Path}: {places.Count(p => p.Key != p.Value)} distritos se dibujan con otro polígono: {string.Join(' ', places.Where(p => p.Key != p.Value).Select(p => $"{p.Key}→{p.Value}"))}");
            }

            var topology = new Topology([.. shapes.OrderBy(s => s.Code, StringComparer.Ordinal)], outline.Grid, outline.Tolerance);
            var entry = Entry(Write(next, outline.Path, topology.ToJson(outline.Object, outline.Column)), outline.Path, "boundaries", outline.Level, shapes.Count, [outline.Column], outline.Year, [recipe.Source(outline.Source)]);
            entry["objects"] = new JsonObject { [outline.Object] = shapes.Count };
            files.Add(entry);
        }

        return drawn;
    }

    private Dictionary<string, string> Drawn(RecipeOutline outline, List<GeoShape> shapes, List<ListedDistrict> districts)
    {
        var has = shapes.Select(s => s.Code).ToHashSet(StringComparer.Ordinal);
        var drawn = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var district in districts)
        {
            if (has.Contains(district.Code))
            {
                drawn[district.Code] = district.Code;
                continue;
            }

            if (outline.DrawnAs.TryGetValue(district.Code, out var told))
            {
                drawn[district.Code] = told;
                continue;
            }

            if (DistrictList.Number(district.Longitude) is not { } x || DistrictList.Number(district.Latitude) is not { } y)
                throw new PackBuildFault("district-without-point", district.Code);
            if (shapes.FirstOrDefault(s => s.Holds(x, y)) is { } around)
            {
                drawn[district.Code] = around.Code;
                continue;
            }

            // An island, or a place whose own polygon the source lacks: the nearest of its province.
            var nearest = shapes.Where(s => s.Code[..4] == district.Code[..4]).MinBy(s => s.DistanceTo(x, y)) ?? throw new PackBuildFault("district-without-polygon", district.Code);
            drawn[district.Code] = nearest.Code;
            _notes.Add($"{outline.Path}: la capital de {district.Code} no cae en ningún polígono; se dibuja con el más cercano de su provincia, {nearest.Code}");
        }

        return drawn;
    }

    private void Territories(string next, JsonArray files, List<ListedDistrict> districts, Dictionary<int, Dictionary<string, string>> drawn)
    {
        RecipeSource[] sources = [recipe.Source(recipe.Territories.Districts), recipe.Source(recipe.Territories.Indicators)];
        var year = recipe.Territories.Year;
        int[] years = [.. drawn.Keys.Order()];
        string[] heads =
        [
            "ubigeo", "ubigeo_reniec", "departamento", "provincia", "distrito", "capital", "categoria", "altitud_m", "poblacion", "latitud", "longitud", "superficie_km2", "macroregion",
            "pobreza_total_2018", "pobreza_extrema_2013", "idh_2019", "indice_vulnerabilidad_alimentaria", .. years.Select(y => $"ubigeo_mapa_{y}"),
        ];
        Table("ubigeo_distritos.csv", "district", heads, districts.Select(d => (IEnumerable<string>)
        [
            d.Code, d.Reniec, d.Department, d.Province, d.Name, d.Capital, d.Category, d.Altitude, Whole(d.Population), d.Latitude, d.Longitude, DistrictList.Shown(d.Area, 2), d.Macroregion,
            DistrictList.Shown(d.Poverty, 2), DistrictList.Shown(d.ExtremePoverty, 2), DistrictList.Shown(d.Hdi, 4), DistrictList.Shown(d.Vulnerability, 4), .. years.Select(y => drawn[y][d.Code]),
        ]), false);
        foreach (var (path, level, length, code, name) in ((string, string, int, string, string)[])[("ubigeo_provincias.csv", "province", 4, "provincia_id", "provincia"), ("ubigeo_departamentos.csv", "department", 2, "departamento_id", "departamento")])
        {
            string[] columns = [code, .. level == "province" ? (string[])["departamento_id", "departamento"] : [], name, "iso_3166_2", "capital", "altitud_m", "latitud", "longitud", "superficie_km2", "poblacion_2025", "distritos", "pobreza_total_2018", "pobreza_extrema_2013", "idh_2019", "indice_vulnerabilidad_alimentaria"];
            Table(path, level, columns, districts.GroupBy(d => d.Code[..length], StringComparer.Ordinal).Select(g =>
            {
                // The first district of a province, and of the first province of a department, is its capital's.
                var seat = g.First();
                List<ListedDistrict> of = [.. g];
                return (IEnumerable<string>)
                [
                    g.Key, .. level == "province" ? (string[])[g.Key[..2], seat.Department] : [], level == "province" ? seat.Province : seat.Department, of.Select(d => d.Iso).FirstOrDefault(i => i.Length > 0 && i != "NA") ?? "", seat.Capital, seat.Altitude, seat.Latitude, seat.Longitude,
                    of.All(d => d.Area is not null) ? DistrictList.Shown(of.Sum(d => d.Area!.Value), 2) : "", Whole(of.Sum(d => d.Population)), Whole(of.Count),
                    DistrictList.Shown(DistrictList.Mean(of, d => d.Poverty), 2), DistrictList.Shown(DistrictList.Mean(of, d => d.ExtremePoverty), 2), DistrictList.Shown(DistrictList.Mean(of, d => d.Hdi), 4), DistrictList.Shown(DistrictList.Mean(of, d => d.Vulnerability), 4),
                ];
            }), true);
        }

        void Table(string path, string level, string[] columns, IEnumerable<IEnumerable<string>> rows, bool means)
        {
            List<IEnumerable<string>> all = [.. rows];
            var entry = Entry(Write(next, path, DistrictList.Csv([columns, .. all])), path, "territories", level, all.Count, columns, year, sources);
            if (means)
            {
                entry["notes"] = "Poverty, HDI and food vulnerability are means of the districts weighted by their population of 2025; areas are empty where a district tells none.";
                entry["indicators"] = new JsonArray(
                    Mean("pobreza_total_2018", "poverty-2018", "Pobreza total 2018 (promedio de los distritos)", "Total poverty 2018 (mean of the districts)", "%", 2018, "percent"),
                    Mean("pobreza_extrema_2013", "extreme-poverty-2013", "Pobreza extrema 2013 (promedio de los distritos)", "Extreme poverty 2013 (mean of the districts)", "%", 2013, "percent"),
                    Mean("idh_2019", "hdi-2019", "Índice de desarrollo humano 2019 (promedio de los distritos)", "Human development index 2019 (mean of the districts)", "índice", 2019, "index"),
                    Mean("indice_vulnerabilidad_alimentaria", "food-vulnerability", "Vulnerabilidad a la inseguridad alimentaria (promedio de los distritos)", "Vulnerability to food insecurity (mean of the districts)", "índice", null, "index"));
            }

            files.Add(entry);
        }

        static JsonNode Mean(string column, string key, string name, string english, string unit, int? of, string kind) => new JsonObject
        {
            ["column"] = column,
            ["key"] = key,
            ["name"] = name,
            ["nameEn"] = english,
            ["unit"] = unit,
            ["year"] = of,
            ["kind"] = kind,
        };
    }

    private void Budget(string source, string next, JsonArray files, List<ListedDistrict> districts)
    {
        string[] heads = ["anio", "ubigeo", "sec_ejec", "municipalidad", "pia", "pim", "certificado", "compromiso_anual", "devengado", "girado", "avance_pct"];
        var known = districts.Select(d => d.Code).ToHashSet(StringComparer.Ordinal);
        var rows = new List<string[]>();
        var years = new SortedSet<int>();
        foreach (var row in DistrictList.Rows(source, ["Año", "Municipalidad", "PIA", "PIM", "Certificación", "Compromiso Anual", "Devengado", "Girado", "Avance %"]))
        {
            var colon = row[1].IndexOf(':', StringComparison.Ordinal);
            var parts = colon < 0 ? [] : row[1][..colon].Trim().Split('-');
            if (parts is not [{ Length: 6 } ubigeo, var office] || !int.TryParse(row[0], NumberStyles.None, CultureInfo.InvariantCulture, out var year))
                throw new PackBuildFault("source-unreadable", Path.GetFileName(source), row[1]);
            if (!known.Contains(ubigeo))
                throw new PackBuildFault("budget-without-district", ubigeo);
            years.Add(year);
            rows.Add([Whole(year), ubigeo, office, row[1][(colon + 1)..].Trim(), .. row[2..8].Select(a => SpendNumber.TryParse(a, out var minor, out _) ? (minor / 100m).ToString("0.##", CultureInfo.InvariantCulture) : throw new PackBuildFault("source-unreadable", Path.GetFileName(source), a)), row[8]]);
        }

        foreach (var year in years)
        {
            var of = rows.Where(r => r[0] == Whole(year)).Select(r => r[1]).ToHashSet(StringComparer.Ordinal);
            _notes.Add($"{recipe.Budget.Path}: {year}, {of.Count} de {known.Count} distritos con presupuesto");
        }

        files.Add(Entry(Write(next, recipe.Budget.Path, DistrictList.Csv([heads, .. rows.OrderBy(r => r[0], StringComparer.Ordinal).ThenBy(r => r[1], StringComparer.Ordinal)])), recipe.Budget.Path, "budget-execution", "municipality", rows.Count, heads, null, [recipe.Source(recipe.Budget.Source)], years));
    }

    private static JsonObject Entry(byte[] content, string path, string kind, string level, int rows, IEnumerable<string> columns, int? year, IReadOnlyList<RecipeSource> sources, IEnumerable<int>? years = null) => new()
    {
        ["path"] = path,
        ["kind"] = kind,
        ["level"] = level,
        ["rows"] = rows,
        ["columns"] = new JsonArray([.. columns.Select(c => JsonValue.Create(c))]),
        ["vintageYear"] = years is null ? year : new JsonArray([.. years.Select(y => JsonValue.Create(y))]),
        ["source"] = new JsonArray([.. sources.Select(s => new JsonObject { ["repository"] = $"https://github.com/{s.Repository}", ["commit"] = s.Commit, ["path"] = s.Path })]),
        ["licence"] = string.Join(", ", sources.Select(s => s.Licence).Distinct(StringComparer.Ordinal)),
        ["attribution"] = string.Join(' ', sources.Select(s => s.Attribution)),
        ["bytes"] = content.Length,
        ["sha256"] = Sha256(content),
    };

    private string Notice()
    {
        var text = new StringBuilder($"# {recipe.Name}\n\nHecho por la receta `{recipe.Id}` de Minka con estos archivos públicos; muestre la atribución de cada archivo (`manifest.json`) donde se vean sus datos.\n\n| archivo original | repositorio y versión | licencia |\n|---|---|---|\n");
        foreach (var s in recipe.Sources)
            text.Append(CultureInfo.InvariantCulture, $"| `{s.Path}` | {s.Repository} @ `{s.Commit[..7]}` | {s.Licence}, {s.Copyright} |\n");
        text.Append("\nCambios: códigos normalizados, tablas unidas, promedios por provincia y departamento, contornos simplificados y reducidos al código.\n");
        if (recipe.Sources.Any(s => s.Licence == "MPL-2.0"))
            text.Append("\nLos contornos bajo MPL-2.0 siguen bajo ella: <https://www.mozilla.org/MPL/2.0/>.\n");
        if (recipe.NotBuilt.Count > 0)
            text.Append("\nNo contiene:\n").AppendJoin('\n', recipe.NotBuilt.Select(n => "- " + n)).Append('\n');
        return text.Append("""

            ## MIT

            Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions:

            The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

            THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
            """).Append('\n').ToString().ReplaceLineEndings("\n");
    }

    private string Digest() => Sha256(JsonSerializer.SerializeToUtf8Bytes(recipe));

    private static byte[] Write(string folder, string name, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        File.WriteAllBytes(Path.Combine(folder, name), bytes);
        return bytes;
    }

    private static string Whole(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
