using System.Diagnostics;
using System.Globalization;
using System.Text;
using Minka.Observatory.Duck;
using Minka.Observatory.Generating;
using Minka.Observatory.Importing;
using Minka.Observatory.Panels;
using Minka.Observatory.Store;

namespace Minka.Benchmarks;

/// <summary>Generated spending: our import and panels, and DuckDB writing the same file's Parquet by one COPY, in one run.</summary>
static class SpendBench
{
    public static int Run(int rows, string? file)
    {
        var folder = Directory.CreateTempSubdirectory("minka-bench-spend-").FullName;
        try
        {
            if (!DuckLibrary.IsHere)
            {
                Console.WriteLine("DuckDB is missing: cd native && npm ci --ignore-scripts");
                return 2;
            }
            var path = file ?? Path.Combine(folder, "2024-Gasto.csv");
            if (file is null)
            {
                using var text = new StreamWriter(path, false, new UTF8Encoding(false), 1 << 20);
                Measure("generate", () => SpendGenerator.Write(text, GeneratedKind.Monthly, rows, 1));
            }
            Console.WriteLine($"{new FileInfo(path).Length / 1e6:0} MB, DuckDB {DuckLibrary.Version}, 2 threads, load {File.ReadAllText("/proc/loadavg").Trim()}");
            var store = SpendStore.Open(Path.Combine(folder, "store"));
            var ours = Measure("import", () => new ImportFile(store, TimeProvider.System).Execute(path, new ImportOptions()));
            ours += Measure("projects prepared", () => new SpendPanels(store).PrepareProjects());
            Console.WriteLine($"peak memory {Peak()} MB; Parquet {Size(Path.Combine(folder, "store", "tables")) / 1e6:0} MB");
            foreach (var (by, amount) in ((PanelBy, PanelAmount)[])[(PanelBy.Province, PanelAmount.Pim), (PanelBy.Province, PanelAmount.Pim), (PanelBy.District, PanelAmount.Pim), (PanelBy.Department, PanelAmount.Devengado), (PanelBy.Country, PanelAmount.Pim)])
                Measure($"panel {by} {amount}", () => new SpendPanels(store).Read(by, amount));
            Measure("all other panels", () => new SpendPanels(store).PrepareAll());
            Console.WriteLine($"peak memory {Peak()} MB");

            var all = Copy("*", "all 63 columns");
            var same = Copy(Kept, "the columns that the store keeps");
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"import / COPY: {ours / all:0.00} of all columns, {ours / same:0.00} of the same columns"));
            return 0;

            double Copy(string columns, string name)
            {
                var to = Path.Combine(folder, "copy").Replace('\\', '/');
                if (Directory.Exists(to)) Directory.Delete(to, recursive: true);
                using var database = DuckDatabase.Open(null, 2, 3_000, Path.Combine(folder, "spill"));
                var cpu = Measure($"COPY of {name}", () => database.Run(
                    $"COPY (SELECT {new Sql(columns)} FROM read_csv({path}, types = {new Sql("{'DEPARTAMENTO_EJECUTORA': 'VARCHAR', 'PROVINCIA_EJECUTORA': 'VARCHAR', 'DISTRITO_EJECUTORA': 'VARCHAR'}")})) TO {to} (FORMAT parquet, COMPRESSION zstd, PARTITION_BY (ANO_EJE, DEPARTAMENTO_EJECUTORA))"));
                Console.WriteLine($"Parquet {Size(to) / 1e6:0} MB");
                return cpu;
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    const string Kept =
        "ANO_EJE, MES_EJE, NIVEL_GOBIERNO, SEC_EJEC, DEPARTAMENTO_EJECUTORA, PROVINCIA_EJECUTORA, DISTRITO_EJECUTORA, DEPARTAMENTO_META, TIPO_ACT_PROY, PRODUCTO_PROYECTO, FUNCION, RUBRO, "
        + "MONTO_PIA, MONTO_PIM, MONTO_CERTIFICADO, MONTO_COMPROMETIDO_ANUAL, MONTO_COMPROMETIDO, MONTO_DEVENGADO, MONTO_GIRADO";

    static double Measure(string name, Action run)
    {
        var process = Process.GetCurrentProcess();
        var (cpu, wall) = (process.TotalProcessorTime, Stopwatch.GetTimestamp());
        run();
        process.Refresh();
        var took = (process.TotalProcessorTime - cpu).TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {took:0.00} s CPU, {Stopwatch.GetElapsedTime(wall).TotalSeconds:0.00} s wall"));
        return took;
    }

    static long Peak()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 / 1_000_000;
    }

    static long Size(string folder) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Sum(f => new FileInfo(f).Length);
}
