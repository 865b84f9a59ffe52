using Minka.Observatory.Generating;
using Minka.Observatory.Importing;
using Minka.Observatory.Store;

namespace Minka.TestKit;

/// <summary>Spending stored for a test: invented files in the ministry's schema.</summary>
public static class GivenSpending
{
    /// <summary>methods.md §1.2: eight of ten projects are below a million and hold an eighth of the money.</summary>
    public static IReadOnlyList<decimal> TenProjects { get; } = [45_000, 60_000, 80_000, 80_000, 120_000, 250_000, 400_000, 900_000, 1_500_000, 12_000_000];

    /// <summary>The ten projects as a file of the investment bank, in one province, alternately in two districts and three functions.</summary>
    public static string TenProjectsFile(string department = "01", string province = "0101")
    {
        var lines = TenProjects.Select((a, i) => FormattableString.Invariant(
            $"{2_000_001 + i},\"PROYECTO DE EJEMPLO {i + 1}\",{a},{a},{Functions[i % 3]},GL,01/0{1 + (i % 2)}/202{i % 2},{province}0{1 + (i % 2)},DEP {department},PROV {province},DIST {1 + (i % 2)}"));
        return "Código único de inversión,Nombre de la inversión,Monto viable,Costo actualizado,Función,Nivel,Fecha de registro,Ubigeo,Departamento,Provincia,Distrito\n" + string.Join('\n', lines) + "\n";
    }

    /// <summary>Six canals and a bridge of one size in a district, registered lately and not begun: a candidate for bundling round 2000001.</summary>
    public static string CanalsFile(string district = "060501") =>
        "Código único de inversión,Nombre de la inversión,Monto viable,Costo actualizado,Estado de la inversión,Función,Nivel,Fecha de registro,Fecha de viabilidad,Ubigeo,Departamento,Provincia,Distrito\n"
        + string.Concat(Enumerable.Range(1, 7).Select(i => FormattableString.Invariant(
            $"{2_000_000 + i},DEMO: MEJORAMIENTO DEL {(i == 7 ? "PUENTE" : "CANAL DE RIEGO")} EN EL CASERIO {i},{100_000 + (10_000 * i)},{100_000 + (10_000 * i)},ACTIVO,AGROPECUARIA,GL,0{i}/03/2024,0{i}/05/2024,{district},DEP {district[..2]},PROV {district[..4]},DIST {district}\n")));

    /// <summary>Imports a text as a file.</summary>
    public static ImportRecord Import(string store, string name, string text, TimeProvider? time = null)
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("minka-spend-").FullName, name);
        File.WriteAllText(path, text);
        return Import(store, path, time);
    }

    public static ImportRecord Import(string store, string path, TimeProvider? time = null) =>
        new ImportFile(SpendStore.Open(store), time ?? TimeProvider.System).Execute(path, new ImportOptions()).Record;

    /// <summary>Imports generated monthly spending.</summary>
    public static ImportRecord Generated(string store, long rows, long seed, int year = 2024)
    {
        using var text = new StringWriter();
        SpendGenerator.Write(text, GeneratedKind.Monthly, rows, seed, year);
        return Import(store, $"{year}-Gasto.csv", text.ToString());
    }

    static readonly string[] Functions = ["TRANSPORTE", "SANEAMIENTO", "EDUCACION"];
}
