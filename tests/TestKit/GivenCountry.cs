using System.Security.Cryptography;
using Minka.Observatory.Packs;

namespace Minka.TestKit;

/// <summary>A tiny country as original files in a folder, and the recipe that joins them: two departments, three provinces, four districts.</summary>
public sealed class GivenCountry : IDisposable
{
    static readonly (string Key, string File, string Text)[] Files =
    [
        ("districts", "lista.csv", """
            departamento;provincia;distrito;ubigeo;capital_legal;categoría;altitud;población;latitud;longitud
            Amazonas;Chachapoyas;Chachapoyas;010101;Chachapoyas;Ciudad;2338.0;200;-6.2;-77.9
            Amazonas;Chachapoyas;Asunción;010102;Asunción;Pueblo;2822.9;100;-6.0;-77.7
            Amazonas;Bagua;Bagua;010201;Bagua;Ciudad;400.0;100;-5.6;-78.5
            Áncash;Huaraz;Huaraz;020101;Huaraz;Ciudad;3052.0;500;-9.5;-77.5

            """),
        ("indicators", "indicadores.csv", """
            inei,reniec,macroregion_inei,iso_3166_2,superficie,indice_vulnerabilidad_alimentaria,idh_2019,pct_pobreza_total,pct_pobreza_extrema
            010101,010101,ORIENTE,PE-AMA,153.78,0.28,0.64,9.03,1.44
            010102,010102,ORIENTE,PE-AMA,25.71,0.56,0.42,36.52,15.68
            010201,010202,ORIENTE,PE-AMA,100,0.3,0.5,20,5
            020101,020101,CENTRO,PE-ANC,432.99,0.1,0.6,12.5,1

            """),
        ("budget", "presupuesto.csv", """
            Año,Municipalidad,PIA,PIM,Certificación,Compromiso Anual,Devengado,Girado,Avance %
            2024,010101-300001: MUNICIPALIDAD DE CHACHAPOYAS,100,200,180,170,150,150,75.0
            2024,010102-300002: MUNICIPALIDAD DE ASUNCION,10,20,15,10,5,5,25.0
            2024,010201-300003: MUNICIPALIDAD DE BAGUA,1,2,2,2,2,2,100.0
            2024,020101-300004: MUNICIPALIDAD DE HUARAZ,5,10,10,10,10,10,100.0

            """),
        ("departments", "contornos.json", """
            {"type":"FeatureCollection","features":[
            {"type":"Feature","properties":{"CCDD":"01"},"geometry":{"type":"Polygon","coordinates":[[[-79,-7],[-77,-7],[-77,-5],[-79,-5],[-79,-7]]]}},
            {"type":"Feature","properties":{"CCDD":"02"},"geometry":{"type":"Polygon","coordinates":[[[-79,-10],[-77,-10],[-77,-7],[-79,-7],[-79,-10]]]}}]}
            """ + "\n"),
    ];

    public GivenCountry()
    {
        foreach (var (_, file, text) in Files) File.WriteAllText(Path.Combine(Folder, file), text.ReplaceLineEndings("\n"));
    }

    /// <summary>Of the original files.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("minka-country-").FullName;

    public PackRecipe Recipe => new()
    {
        Id = "pe-2025",
        Name = "País diminuto",
        Country = "PE",
        Language = "es",
        Address = "https://files.invalid/{repository}/{commit}/{path}",
        Sources = [.. Files.Select(f => Source(f.Key, f.File))],
        Territories = new("districts", "indicators", 2025),
        Budget = new("budget", "gasto.csv"),
        Outlines = [new() { Source = "departments", Path = "departamentos.topojson", Object = "departamentos", Level = "department", Code = "CCDD", Column = "d", Grid = 0.001, Tolerance = 0.0001 }],
        NotBuilt = ["Contornos de provincias y distritos."],
    };

    /// <summary>For tests that must not wait.</summary>
    public static SourceFetch Impatient => new(SourceFetch.Client(), TimeProvider.System) { Pause = TimeSpan.FromMilliseconds(5), Silence = TimeSpan.FromMilliseconds(700) };

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    RecipeSource Source(string key, string file)
    {
        var content = File.ReadAllBytes(Path.Combine(Folder, file));
        return new()
        {
            Key = key,
            File = file,
            Repository = "demo/pais",
            Commit = "0123456789abcdef0123456789abcdef01234567",
            Path = file,
            Licence = "CC0-1.0",
            Copyright = "–",
            Attribution = $"Hecho para una prueba: {file}.",
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(content)),
            Bytes = content.Length,
        };
    }
}
